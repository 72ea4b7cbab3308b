//! What a form says before it is too late: a verification planned late, who may be in charge, that nothing can be chosen.

use ledger_tests::browsing::hidden;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::acts::{fields_at_fault, give, newest};
use super::choosing::list;
use super::{BINARY, centre, id_of, out, put_in_charge, said, signed_in};

/// A disaster plan of C101 that the family agreed to.
fn agreed(place: &Place) -> String {
    said(
        place,
        "record draft-disaster-plan --child C101 --office centre --plan-text 車で避難する --occurred 2024-04-10 --json",
    );
    let plan = id_of(place, "disaster-plan-drafted", "plan");
    let agree = format!("record agree-disaster-plan --child C101 --plan {plan} --version 1");
    said(place, &format!("{agree} --occurred 2024-04-11 --json"));
    plan
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verification_more_than_a_year_ahead_is_asked_about_once() {
    let place = centre(Engine::Sqlite).await;
    let plan = agreed(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = "/acts/verify-disaster-plan?child=C101";
    let typed = |due: &'static str| {
        [
            ("child", "C101".to_owned()),
            ("plan", plan.clone()),
            ("occurred", "2025-04-10".to_owned()),
            ("guardian_present", "yes".to_owned()),
            ("method", "visit".to_owned()),
            ("result", "valid".to_owned()),
            ("next_due", due.to_owned()),
        ]
    };
    let late = typed("2026-04-11");
    let mut late: Vec<(&str, &str)> = late.iter().map(|(name, text)| (*name, &**text)).collect();
    let before = newest(&place, "staff-assigned");

    let asked = give(&mut staff, path, &late);

    assert_eq!(asked.status, 422, "{}", asked.body);
    assert_eq!(fields_at_fault(&asked), ["next_due"], "{}", asked.body);
    assert!(asked.body.contains("1年より先"), "{}", asked.body);
    assert_eq!(hidden(&asked, "late_due"), "2026-04-11");
    assert_eq!(newest(&place, "staff-assigned"), before);
    late.push(("late_due", "2026-04-11"));
    let kept = give(&mut staff, path, &late);
    assert_eq!(kept.status, 200, "{}", kept.body);
    assert!(kept.body.contains("次回予定が1年より先"), "{}", kept.body);
    // One within the year is asked nothing.
    let own = typed("2026-04-10");
    let own: Vec<(&str, &str)> = own.iter().map(|(name, text)| (*name, &**text)).collect();
    let own = give(&mut staff, path, &own);
    assert_eq!(own.status, 200, "{}", own.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_put_in_charge_is_chosen_among_those_who_may_be() {
    let place = centre(Engine::Sqlite).await;
    let open = |name: &str, role: &str| {
        let line = format!("record open-account --name {name} --role {role}");
        said(&place, &format!("{line} --occurred 2024-04-01 --json"));
    };
    for (name, role) in [
        ("ito", "staff"),
        ("mori", "staff"),
        ("iin-1", "committee"),
        ("kansa-1", "auditor"),
    ] {
        open(name, role);
    }
    said(
        &place,
        "record close-account --account mori --occurred 2024-04-02 --json",
    );
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let path = "/acts/assign-staff?child=C101";
    let form = manager.open(path);

    let accounts = list(&form.body, "account");

    assert!(accounts.contains("value=\"ito\""), "{accounts}");
    assert!(accounts.contains("ito（相談員・保健師）"), "{accounts}");
    assert!(accounts.contains("kacho（センター長）"), "{accounts}");
    for other in ["mori", "iin-1", "kansa-1", " selected"] {
        assert!(!accounts.contains(other), "{other}: {accounts}");
    }
    let assigned = || {
        out(
            &place,
            "events list --type staff-assigned --limit 1000 --json",
        )
    };
    for (account, told) in [
        ("mori", "閉じられています"),
        ("iin-1", "担当になれません"),
        ("nobody", "見つかりません"),
    ] {
        let typed = [
            ("child", "C101"),
            ("account", account),
            ("charge", "main"),
            ("occurred", "2024-04-03"),
        ];
        let refused = give(&mut manager, path, &typed);
        assert_eq!(refused.status, 422, "{account}: {}", refused.body);
        assert_eq!(fields_at_fault(&refused), ["account"], "{}", refused.body);
        assert!(refused.body.contains(told), "{account}: {}", refused.body);
    }
    assert_eq!(assigned(), "", "nothing was recorded");
    let typed = [
        ("child", "C101"),
        ("account", "ito"),
        ("charge", "main"),
        ("occurred", "2024-04-03"),
    ];
    assert_eq!(give(&mut manager, path, &typed).status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_is_registered_a_form_says_so_and_where_it_is() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    for (path, field, told) in [
        ("/acts/make-referral?child=C101", "organisation", "名簿"),
        ("/acts/share-information?child=C101", "consent", "同意"),
    ] {
        let form = staff.open(path);
        assert_eq!(form.status, 200, "{path}: {}", form.body);
        assert!(
            list(&form.body, field).contains("選べるものがありません"),
            "{}",
            form.body
        );
        let (_, help) = form
            .body
            .split_once(&format!("id=\"{field}-help\""))
            .unwrap();
        let help = help.split("</p>").next().unwrap();
        assert!(
            help.contains("まだ登録がない") && help.contains(told),
            "{help}"
        );
    }
    said(
        &place,
        "record register-organisation --name 見本訪問看護 --kind visiting-nursing --occurred 2024-04-01 --json",
    );
    let form = staff.open("/acts/make-referral?child=C101");
    assert!(
        list(&form.body, "organisation").contains("見本訪問看護"),
        "{}",
        form.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_told_numbers_and_where_a_record_came_from_rather_than_ids() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    for path in [
        "/children/C001",
        "/children/C001?view=print",
        "/children/C001/sheet",
    ] {
        let page = manager.open(path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        assert!(page.body.contains("取込み（"), "{path}: {}", page.body);
        assert!(!page.body.contains("os:"), "{path}: {}", page.body);
    }
    for line in [
        "register-child --number C900 --name 見本　次郎 --birth-date 2020-01-15 --area kinuta --occurred R3.8.5",
        "draft-disaster-plan --child C900 --office centre --plan-text 車で避難する --occurred 2024-04-10",
    ] {
        said(&place, &format!("record {line} --json"));
    }
    let plan = id_of(&place, "disaster-plan-drafted", "plan");
    let short: String = plan.chars().take(8).collect();
    let timeline = manager.open("/children/C900");
    assert!(
        timeline.body.contains("災害時個別支援計画: 作成中"),
        "{}",
        timeline.body
    );
    assert!(
        timeline
            .body
            .contains("災害時個別支援計画（令和6年4月10日から）の内容"),
        "{}",
        timeline.body
    );
    let told = timeline.body.replace(&plan, "");
    assert!(!told.contains(&short), "{short}: {}", timeline.body);
    let named = manager.open(&format!("/children/C900/plans/{plan}"));
    assert!(named.body.contains("令和6年4月10日から"), "{}", named.body);
}
