//! What the committee sees of requests to the state, of notices and of the ways of the persons served.

use ledger_tests::browsing::hidden;
use ledger_tests::ledger::Engine;
use ledger_tests::serving::Serving;

use super::committee::samples;
use super::{BINARY, openings, signed_in};

#[tokio::test(flavor = "multi_thread")]
async fn a_request_stands_with_its_figures_and_is_opened_by_who_may() {
    let place = super::centre(Engine::Sqlite).await;
    place
        .told("make-request --occurred R4.10.3 --addressee 国 --due-on 2023-03-31 --indicators D-2 --text 非常用電源の助成を求める。")
        .await;
    place
        .told("receive-opinion --occurred R4.11.1 --text 送迎が足りない。")
        .await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let before = openings(&place);

    let closed = committee.open("/committee/requests").body;

    for told in [
        "期限超過",
        "1年以内の検証",
        "令和4年10月3日",
        "令和4年11月1日",
        "満たされなかった需要",
    ] {
        assert!(closed.contains(told), "{told}: {closed}");
    }
    for sealed in ["非常用電源", "送迎"] {
        assert!(!closed.contains(sealed), "{sealed}: {closed}");
    }
    assert_eq!(openings(&place), before);
    let token = hidden(&committee.open("/committee/requests"), "page_token");
    let open = committee.send("/committee/requests", &[("page_token", &*token)]);
    assert_eq!(open.status, 200, "{}", open.body);
    for told in ["非常用電源の助成を求める。", "送迎が足りない。"] {
        assert!(open.body.contains(told), "{told}: {}", open.body);
    }
    assert_eq!(openings(&place), before + 2, "each is recorded");

    let mut staff = signed_in(&serving, &place, "sato", "staff");
    assert!(
        !staff
            .open("/committee/requests")
            .body
            .contains("文面を開く")
    );
    let token = hidden(&staff.open("/"), "page_token");
    let refused = staff.send("/committee/requests", &[("page_token", &*token)]);
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert_eq!(openings(&place), before + 2);
}

/// The cells of the rows of the table behind a text.
fn rows(page: &str, behind: &str) -> Vec<Vec<String>> {
    let table = page.split(behind).nth(1).expect("the section");
    let table = table.split("<tbody>").nth(1).unwrap();
    let table = table.split("</tbody>").next().unwrap();
    let cells = |row: &str| {
        let cells = row.split("<td").skip(1);
        let cells = cells.map(|cell| {
            let text = cell.split_once('>').unwrap().1;
            text.split("</td>").next().unwrap().to_owned()
        });
        cells.collect()
    };
    table.split("<tr>").skip(1).map(cells).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobodys_way_and_no_small_number_is_told() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");

    let page = committee.open("/committee/journeys?fiscal_year=2023").body;

    let ways = rows(&page, "id=\"steps\"");
    assert_eq!(ways.len(), 9, "{page}");
    let told = |way: &&Vec<String>| way[1] != "※";
    assert!(ways.iter().any(|way| told(&way)), "{ways:?}");
    for way in &ways {
        let [_, days, persons] = way.as_slice() else {
            panic!("{way:?}");
        };
        // Of nobody there is nothing to withhold.
        let expected = match persons.as_str() {
            "※" => Some("※"),
            "なし" => Some("―"),
            // Without a day there is nothing to count days from.
            undated if undated.starts_with("日付のない報告") => Some("―"),
            _ => None,
        };
        let few = expected.is_some();
        assert!(expected.is_none_or(|expected| days == expected), "{way:?}");
        assert!(few || !["※", "―"].contains(&days.as_str()), "{way:?}");
        assert!(
            few || persons.contains('〜') || persons.contains("以上"),
            "{way:?}"
        );
    }
    let picture = committee.open("/committee/picture?fiscal_year=2023").body;
    if picture.contains("id=\"notices\"") {
        for notice in rows(&picture, "id=\"notices\"") {
            let count = notice.last().unwrap();
            let count = count.parse::<i64>().ok();
            assert!(count.is_none_or(|count| count >= 5), "{notice:?}");
        }
    }
    let scorecard = committee.open("/committee?fiscal_year=2023").body;
    assert!(scorecard.contains("最後に数えた月 令和"), "{scorecard}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_meeting_was_shown_is_not_there_for_the_committee() {
    let place = super::centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    for (account, role, is_shown) in [("iin-1", "committee", false), ("kacho", "manager", true)] {
        let mut browser = signed_in(&serving, &place, account, role);
        let page = browser.open("/committee/journeys").body;
        assert_eq!(page.contains("id=\"steps\""), is_shown, "{role}: {page}");
        let said = page.contains("まだ確定していません");
        assert_eq!(said, !is_shown, "{role}: {page}");
    }
}
