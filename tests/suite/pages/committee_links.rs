//! From a number of the committee's pages to its definition and its events, and back again.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::committee::{PAGES, annulled_since, samples};
use super::{BINARY, out, signed_in};

/// Where a page leads.
fn links(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1);
    let links = links.map(|link| link.split('"').next().unwrap().replace("&#38;", "&"));
    links.map(|link| link.replace("&amp;", "&")).collect()
}

/// The link that begins so.
fn link(page: &str, begins: &str) -> String {
    let mut links = links(page).into_iter();
    let found = links.find(|link| link.starts_with(begins));
    found.unwrap_or_else(|| panic!("{begins}: {page}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_link_to_a_figure_says_of_which_year() {
    let place = samples().await;
    let convened = place
        .told("convene-meeting --occurred R5.5.12 --nth 4 --planned-on 2023-05-19 --agenda 実施")
        .await;
    let on = format!("--meeting {convened} --occurred R5.5.19");
    let frozen = format!("freeze-materials {on} --fiscal-year 2022 --on-day 2023-03-31");
    place.told(&frozen).await;
    let held = format!("hold-meeting {on} --attendee-count 7 --attendees 見本　一郎");
    place.told(&held).await;
    let made = format!("make-recommendation {on} --addressee センター --due-on 2023-09-30");
    place
        .told(&format!("{made} --indicator D-2 --text 案内すること。"))
        .await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let pages = PAGES
        .iter()
        .map(|page| format!("/committee{page}?fiscal_year=2022"));
    let more = ["/committee/meetings/4", "/figures?fiscal_year=2022"].map(str::to_owned);
    let mut seen = 0;
    for path in pages.chain(more) {
        let page = committee.open(&path).body;
        for link in links(&page)
            .iter()
            .filter(|link| link.starts_with("/committee/figures/"))
        {
            assert!(link.contains("?fiscal_year=20"), "{path}: {link}");
            seen += 1;
        }
    }
    assert!(seen > 150, "{seen}");
    let recommended = committee.open("/committee/recommendations").body;
    let to = link(&recommended, "/committee/figures/D-2");
    assert_eq!(to, "/committee/figures/D-2?fiscal_year=2022");
    let course = committee.open("/committee/course").body;
    assert!(
        course.contains("/committee/figures/A-1?fiscal_year=2021"),
        "{course}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_leads_to_its_events_and_an_event_back_to_the_number() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let figures = manager.open("/figures?fiscal_year=2021").body;
    let figure = link(&figures, "/committee/figures/A-1");
    let page = manager.open(&figure).body;
    assert!(page.contains("<dd>539件</dd>"), "{page}");

    let event = link(&page, "/events/");
    assert!(
        manager
            .open(&event)
            .body
            .contains(&format!("{event}/figures"))
    );
    let counts = manager.open(&format!("{event}/figures")).body;
    assert!(
        counts.contains("aria-current=\"page\">令和3年度"),
        "{counts}"
    );
    let back = link(&counts, "/committee/figures/A-1");
    assert_eq!(back, figure);
    assert!(counts.contains("<td>539件</td>"), "{counts}");
    assert!(manager.open(&back).body.contains(&format!("\"{event}\"")));
    // The ward's further figures are among them, and every one of them leads on.
    link(&counts, "/committee/figures/consultations?fiscal_year=2021");
    let figures = links(&counts);
    let figures = figures
        .iter()
        .filter(|link| link.starts_with("/committee/figures/"));
    for figure in figures {
        assert_eq!(manager.open(figure).status, 200, "{figure}");
    }
    // Another year can be looked at, in which the event does not count.
    let other = link(&counts, "?fiscal_year=2022");
    let other = manager.open(&format!("{event}/figures{other}")).body;
    assert!(!other.contains("/committee/figures/A-1?"), "{other}");
}

/// The events that a figure's page lists behind a heading.
fn listed(page: &str, heading: &str) -> usize {
    let Some((_, list)) = page.split_once(heading) else {
        return 0;
    };
    let list = list.split("<h3").next().unwrap();
    list.matches("<li><a href=\"/events/").count()
}

/// How many a heading says there are.
fn said(page: &str, heading: &str) -> usize {
    let count = page.split_once(heading).map(|(_, rest)| rest);
    let count = count.and_then(|rest| rest.split_once("<small>"));
    let digits = count.map_or("0", |(_, rest)| rest.split('件').next().unwrap());
    digits.parse().unwrap()
}

/// Every event of a list whose pages are asked for by this field.
fn all(browser: &mut Browser<'_>, path: &str, heading: &str, field: &str) -> usize {
    let first = browser.open(path).body;
    let mut seen = listed(&first, heading);
    for page in 2.. {
        let next = format!("{field}={page}");
        let page = browser.open(&format!("{path}&{next}")).body;
        if !first.contains(&next) {
            return seen;
        }
        seen += listed(&page, heading);
    }
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_of_a_figure_is_reached_page_by_page_counted_or_left_out() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let mut many = 0;
    for id in ["A-1", "A-3", "C-1", "E-3", "E-4", "E-5", "B-6"] {
        let path = format!("/committee/figures/{id}?fiscal_year=2022");
        let page = manager.open(&path).body;
        for (heading, field) in [("id=\"counted\"", "page"), ("id=\"left-out\"", "left_out")] {
            let count = said(&page, heading);
            assert_eq!(
                all(&mut manager, &path, heading, field),
                count,
                "{id} {heading}"
            );
            many = many.max(if field == "left_out" { count } else { 0 });
        }
    }
    assert!(many > 0, "some figure leaves something out");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cell_of_the_areas_leads_to_its_row_of_the_breakdown() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let areas = manager.open("/committee/areas?fiscal_year=2022").body;
    let cell = areas.split("line=area/kinuta/contacts\">").nth(1).unwrap();
    let count = cell.split('<').next().unwrap();
    let path = "/committee/figures/E-2?fiscal_year=2022&line=area/kinuta/contacts";
    let page = manager.open(path).body;
    let row = page.split("aria-current=\"true\"").nth(1).unwrap();
    let row = row.split("</tr>").next().unwrap();
    assert!(
        row.contains("砧") && row.contains(&format!("<td>{count}")),
        "{count}: {row}"
    );
    assert_eq!(said(&page, "id=\"counted\"").to_string(), count);
    // Of persons the list has more events than persons, and says so.
    let cell = areas.split("line=area/kinuta/persons\">").nth(1).unwrap();
    let persons = cell.split('<').next().unwrap();
    let page = manager.open(&path.replace("contacts", "persons")).body;
    let told = format!(
        "この一覧は延べ{}件の記録です。数えたのは実人数{persons}人で",
        said(&page, "id=\"counted\"")
    );
    assert!(page.contains(&told), "{told}: {page}");
    // What is withheld leads nowhere.
    assert!(!areas.contains("\">※</a>"), "{areas}");
    let facilities = manager.open("/committee/facilities?fiscal_year=2022").body;
    let facility = link(
        &facilities,
        "/committee/figures/A-4?fiscal_year=2022&line=facility/",
    );
    assert!(
        manager
            .open(&facility)
            .body
            .contains("aria-current=\"true\""),
        "{facility}"
    );
    // The committee sees the row without its events, and no others than a meeting was shown.
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let seen = committee.open(path).body;
    assert!(
        !seen.contains("/events/") && !seen.contains("id=\"counted\""),
        "{seen}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_of_a_meeting_opens_as_the_meeting_was_shown_it() {
    let (place, _meeting): (Place, String) = annulled_since().await;
    let serving = Serving::start(&place, BINARY);
    for (account, role) in [("iin-1", "committee"), ("kansa-1", "auditor")] {
        let mut browser = signed_in(&serving, &place, account, role);
        let meeting = browser.open("/committee/meetings/2").body;
        let to = link(&meeting, "/committee/figures/A-1");
        assert_eq!(to, "/committee/figures/A-1?fiscal_year=2021&meeting=2");
        let then = browser.open(&to).body;
        assert!(
            then.contains("<dd>2件</dd>") && then.contains("第2回の資料"),
            "{then}"
        );
        let now = link(&then, "/committee/figures/A-1?fiscal_year=2021");
        let now = browser.open(now.split('&').next().unwrap()).body;
        assert!(
            now.contains("<dd>1件</dd>") && !now.contains("第2回の資料として確定した時点の数"),
            "{now}"
        );
        let events = listed(&then, "id=\"counted\"");
        assert_eq!(events, if role == "auditor" { 2 } else { 0 }, "{then}");
        for unknown in ["9", "x"] {
            let path = format!("/committee/figures/A-1?meeting={unknown}");
            assert_eq!(browser.open(&path).status, 404, "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_without_a_year_is_of_the_newest() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let newest = manager.open("/committee/figures/A-1").body;
    assert!(newest.contains("<dd>999件</dd>"), "{newest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_years_end_with_the_trial_and_the_page_says_why_and_how_to_go_on() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let why = "選べる年度は、事業の設定の実施期間";
    for path in [
        "/figures",
        "/committee",
        "/committee/course",
        "/committee/figures/A-1",
    ] {
        let page = manager.open(path).body;
        assert!(
            page.contains(why) && page.contains("令和5年度までです"),
            "{path}: {page}"
        );
        let form = manager.open(&link(&page, "/acts/set-period")).body;
        for kept in ["2021-04-01", "2021-08-01"] {
            assert!(
                form.contains(&format!("value=\"{kept}\"")),
                "{kept}: {form}"
            );
        }
        let page = committee.open(path).body;
        assert!(page.contains(why), "{path}: {page}");
        assert!(
            page.contains("センター長またはシステム管理者が"),
            "{path}: {page}"
        );
        assert!(!page.contains("/acts/set-period"), "{path}: {page}");
    }
    for path in ["/figures", "/committee", "/committee/figures/A-1"] {
        let refused = manager.open(&format!("{path}?fiscal_year=2024"));
        assert_eq!(refused.status, 404, "{path}: {}", refused.body);
        for told in ["令和5年度", "実施期間の終わりを改めます"] {
            assert!(refused.body.contains(told), "{path}: {}", refused.body);
        }
    }

    let set = "record set-period --occurred 2024-04-01 --json --set period=";
    let period =
        r#"{"preparation_from":"2021-04-01","starts_on":"2021-08-01","ends_on":"2099-03-31"}"#;
    out(&place, &format!("{set}{period}"));

    let page = manager.open("/figures").body;
    assert!(!page.contains(why), "{page}");
    assert_eq!(manager.open("/figures?fiscal_year=2024").status, 200);
}
