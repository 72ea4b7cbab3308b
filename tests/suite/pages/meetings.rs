//! The committee's secretariat convenes a meeting, freezes its materials for a wrong year, and takes that back by itself.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
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

#[tokio::test(flavor = "multi_thread")]
async fn materials_of_a_wrong_year_are_annulled_from_the_meetings_page_and_frozen_anew() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");

    let form = committee.open("/acts/convene-meeting").body;
    let nth = between(&form, "id=\"nth\"", ">");
    assert!(nth.contains("value=\"1\""), "{nth}");
    let fields = [
        ("nth", "1"),
        ("occurred", "2024-04-01"),
        ("planned_on", "2024-04-20"),
    ];
    let convened = give(&mut committee, "/acts/convene-meeting", &fields);
    assert!(
        convened.body.contains("記録しました。"),
        "{}",
        convened.body
    );
    let told = "この回の資料は、まだ確定していません。";
    assert!(convened.body.contains(told), "{}", convened.body);
    let meeting = id_of(&place, "meeting-convened", "meeting");

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

    let wrong = freeze(&mut committee, (&meeting, "2021", "2022-03-31"));
    assert_eq!(wrong.status, 200, "{}", wrong.body);
    let frozen = newest(&place, "materials-frozen");
    let amend = format!("/events/{frozen}/amend");
    assert!(wrong.body.contains(&amend), "{}", wrong.body);
    assert!(!wrong.body.contains(&format!("\"/events/{frozen}\"")));
    let taken = give(
        &mut committee,
        &format!("{amend}?act=annul"),
        &[("reason", "typo"), ("explanation", "年度の誤り")],
    );
    assert_eq!(taken.status, 200, "{}", taken.body);
    assert!(taken.body.contains("記録しました。"), "{}", taken.body);
    assert!(taken.body.contains("未確定"), "{}", taken.body);
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
    let registered = newest(&place, "child-registered");

    let last = position(&place);
    for other in [registered, last + 1_000] {
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
    assert_eq!(committee.open(&format!("/events/{convened}")).status, 403);
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
