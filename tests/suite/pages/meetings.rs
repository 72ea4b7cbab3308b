//! The committee's secretariat convenes a meeting, freezes its materials for a wrong year, and takes that back by itself.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::acts::{give, newest};
use super::choosing::{list, option};
use super::committee_shown::between;
use super::{BINARY, centre, id_of, position, said, signed_in};

/// Freezes what stands of a year, by the form.
fn freeze(committee: &mut Browser<'_>, (meeting, year, on): (&str, &str, &str)) -> Response {
    let fields = [
        ("meeting", meeting),
        ("occurred", "2024-04-02"),
        ("fiscal_year", year),
        ("on_day", on),
    ];
    give(committee, "/acts/freeze-materials", &fields)
}

/// Convenes the first meeting, by the form, and gives its id.
fn convene(committee: &mut Browser<'_>, place: &Place) -> String {
    let fields = [
        ("nth", "1"),
        ("occurred", "2024-04-01"),
        ("planned_on", "2024-04-20"),
    ];
    let convened = give(committee, "/acts/convene-meeting", &fields);
    for told in ["記録しました。", "この回の資料は、まだ確定していません。"]
    {
        assert!(convened.body.contains(told), "{told}: {}", convened.body);
    }
    id_of(place, "meeting-convened", "meeting")
}

/// The number that the form proposes for the next meeting.
fn proposed(committee: &mut Browser<'_>) -> String {
    let form = committee.open("/acts/convene-meeting").body;
    between(&form, "id=\"nth\"", ">").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn materials_are_frozen_of_a_year_of_the_programme_that_has_begun() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    assert!(proposed(&mut committee).contains("value=\"1\""));
    let meeting = convene(&mut committee, &place);
    assert!(proposed(&mut committee).contains("value=\"2\""));

    let form = committee.open("/acts/freeze-materials").body;
    let years = list(&form, "fiscal_year");
    assert_eq!(option(years, "令和3年度"), "2021");
    assert!(!years.contains("令和8年度"), "{years}");
    let before = position(&place);
    for (year, on, told) in [
        ("2026", "2026-04-02", "実施期間にない年度"),
        ("2020", "2021-03-31", "実施期間にない年度"),
        ("2023", "2022-04-01", "まだ始まっていません"),
    ] {
        let refused = freeze(&mut committee, (&meeting, year, on));
        assert_eq!(refused.status, 422, "{year}: {}", refused.body);
        assert!(refused.body.contains(told), "{year}: {}", refused.body);
    }
    assert_eq!(position(&place), before, "nothing was frozen");
}

#[tokio::test(flavor = "multi_thread")]
async fn materials_of_a_wrong_year_are_annulled_from_the_meetings_page_and_frozen_anew() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let meeting = convene(&mut committee, &place);

    let wrong = freeze(&mut committee, (&meeting, "2021", "2022-03-31"));

    assert_eq!(wrong.status, 200, "{}", wrong.body);
    let frozen = newest(&place, "materials-frozen");
    let amend = format!("/events/{frozen}/amend");
    assert!(wrong.body.contains(&amend), "{}", wrong.body);
    assert!(!wrong.body.contains(&format!("\"/events/{frozen}\"")));
    // The figures themselves are more than the committee is shown of them.
    for act in ["", "?act=correct", "?act=annul"] {
        let form = committee.open(&format!("{amend}{act}")).body;
        assert!(form.contains("取り消す（なかったこと）"), "{act}: {form}");
        for whole in ["event.figures", "list_digest", "内容を訂正する"] {
            assert!(!form.contains(whole), "{act} {whole}: {form}");
        }
    }
    let reason = [("reason", "typo"), ("explanation", "年度の誤り")];
    let taken = give(&mut committee, &format!("{amend}?act=annul"), &reason);
    assert_eq!(taken.status, 200, "{}", taken.body);
    for told in [
        "記録しました。",
        "この回の資料は、まだ確定していません。",
        "取消済",
        "取消しを撤回する",
    ] {
        assert!(taken.body.contains(told), "{told}: {}", taken.body);
    }
    let right = freeze(&mut committee, (&meeting, "2022", "2023-03-31"));
    assert!(right.body.contains("令和4年度"), "{}", right.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_committee_amends_no_other_records_and_learns_of_none() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let mut admin = signed_in(&serving, &place, "kanri", "admin");
    let convene = "record convene-meeting --nth 1 --planned-on 2024-04-20";
    said(&place, &format!("{convene} --occurred 2024-04-01 --json"));
    let convened = newest(&place, "meeting-convened");
    let spent =
        "record set-budget-line --fiscal-year 2023 --line staff --name 人件費 --amount-yen 1000";
    said(&place, &format!("{spent} --occurred 2023-04-01 --json"));
    let budgeted = newest(&place, "budget-line-set");
    let registered = newest(&place, "child-registered");
    let setting = newest(&place, "programme-defined");

    let last = position(&place);
    for other in [registered, setting, budgeted, last + 1_000] {
        for browser in [&mut committee, &mut admin] {
            let refused = browser.open(&format!("/events/{other}/amend"));
            assert_eq!(refused.status, 403, "{other}: {}", refused.body);
        }
    }
    let amend = format!("/events/{convened}/amend");
    assert_eq!(committee.open(&amend).status, 200);
    assert_eq!(admin.open(&amend).status, 403);
    // Who reads events finds the record itself beside it.
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let page = manager.open("/committee/meetings/1").body;
    assert!(page.contains(&format!("\"/events/{convened}\"")), "{page}");
    let form = manager.open(&amend).body;
    assert!(form.contains("内容を訂正する"), "{form}");
    assert_eq!(committee.open(&format!("/events/{convened}")).status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_was_annulled_by_mistake_is_brought_back_from_the_list() {
    let place = centre(Engine::Sqlite).await;
    let convene = "record convene-meeting --nth 1 --planned-on 2024-04-20";
    said(&place, &format!("{convene} --occurred 2024-04-01 --json"));
    let convened = newest(&place, "meeting-convened");
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let amend = format!("/events/{convened}/amend");
    let reason = [("reason", "typo"), ("explanation", "会議の取違え")];

    let gone = give(&mut committee, &format!("{amend}?act=annul"), &reason).body;

    assert!(
        gone.contains("開催通知のあった委員会は、まだありません"),
        "{gone}"
    );
    assert!(gone.contains(&format!("href=\"{amend}\"")), "{gone}");
    let back = give(&mut committee, &format!("{amend}?act=reverse"), &reason);
    assert_eq!(back.status, 200, "{}", back.body);
    assert!(back.body.contains("開催通知済"), "{}", back.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_held_recommends_nothing() {
    let place = centre(Engine::Sqlite).await;
    let convene = "record convene-meeting --nth 1 --planned-on 2024-04-20";
    said(&place, &format!("{convene} --occurred 2024-04-01 --json"));
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let meeting = id_of(&place, "meeting-convened", "meeting");
    let fields = [
        ("meeting", &*meeting),
        ("occurred", "2024-04-20"),
        ("addressee", "centre"),
        ("text", "進めること。"),
    ];

    let refused = give(&mut committee, "/acts/make-recommendation", &fields);

    assert_eq!(refused.status, 422, "{}", refused.body);
    let told = "会議はまだ開かれていません";
    assert!(refused.body.contains(told), "{}", refused.body);
}
