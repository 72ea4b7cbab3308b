//! Lists are taken along as CSV and Excel, and that they are is recorded.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::{BINARY, out, signed_in};

/// Lists that the manager takes along, with the code of each.
const LISTS: [(&str, &str); 4] = [
    ("/?recorded=1", "work-list"),
    ("/children?closed=all", "caseload"),
    ("/referrals?state=all", "referrals"),
    ("/figures?fiscal_year=2023", "figures"),
];

/// The newest export as the log has it.
pub(super) fn exported(place: &Place) -> Option<serde_json::Value> {
    let lines = out(
        place,
        "events list --type list-exported --limit 1000 --json",
    );
    let event: serde_json::Value = serde_json::from_str(lines.lines().last()?).unwrap();
    let position = &event["position"];
    let shown = out(place, &format!("events show {position} --json"));
    Some(serde_json::from_str(&shown).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_taken_along_as_it_is_shown() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    for (path, table) in LISTS {
        let page = manager.open(path);
        let rows = |page: &Response| page.body.matches(" scope=\"row\">").count();
        let mut shown = rows(&page);
        assert!(shown > 10, "{path}: {}", page.body);
        // What is taken along is the whole list, of which a page may show a part.
        if page.body.contains("次のページ") {
            shown += rows(&manager.open(&format!("{path}&page=1")));
        }
        assert!(page.body.contains("format=csv\">CSV</a>"), "{path}");

        let csv = manager.open(&format!("{path}&format=csv"));
        assert_eq!(csv.status, 200, "{path}: {}", csv.body);
        assert!(csv.bytes.starts_with("\u{feff}".as_bytes()), "{path}");
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
        let name = csv.header("content-disposition").unwrap();
        assert!(name.starts_with("attachment; filename*=UTF-8''"), "{name}");
        // The hour and minute stand in it, before the position.
        let time = name.split("_%E4%BD%8D%E7%BD%AE").next().unwrap();
        let time = time.rsplit('_').next().unwrap();
        assert!(time.len() == 4 && time.parse::<u16>().is_ok(), "{name}");
        assert_eq!(
            csv.body.matches("\r\n").count(),
            shown + 3,
            "{path}: {}",
            csv.body
        );
        // Behind an empty line it says who took it along, and as of when it is.
        let (_, last) = csv.body.split_once("\r\n\r\n").unwrap();
        let event = exported(&place).unwrap().to_string();
        let position = event.split("\"as_at\":").nth(1).unwrap();
        let position: String = position.chars().take_while(char::is_ascii_digit).collect();
        assert!(
            last.contains("出力者 kacho") && last.contains(&format!("台帳の位置 {position}／")),
            "{path}: {last}"
        );
        let event = exported(&place).unwrap().to_string();
        assert!(event.contains(&format!("\"list\":\"{table}\"")), "{event}");
        assert!(event.contains(&format!("\"rows\":{shown}")), "{event}");
        assert!(event.contains("\"format\":\"csv\""), "{event}");

        let book = manager.open(&format!("{path}&format=xlsx"));
        assert_eq!(book.status, 200, "{path}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.bytes)).unwrap();
        let first = book.sheet_names()[0].clone();
        let cells = book.worksheet_range(&first).unwrap();
        assert_eq!(cells.rows().count(), shown + 1, "{path}");
        // Every cell is the text that the other file has.
        let mut lines = csv.body.trim_start_matches('\u{feff}').lines();
        let heads: Vec<String> = cells.rows().next().unwrap().iter().map(told).collect();
        assert_eq!(heads.join(","), lines.next().unwrap(), "{path}");
        let about = book.worksheet_range("出力情報").unwrap();
        let about: Vec<String> = about.rows().flatten().map(told).collect();
        assert!(about.contains(&"kacho".to_owned()), "{about:?}");
    }
    assert_eq!(manager.open("/referrals?format=pdf").status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_of_a_file_are_numbers_apart_from_their_units() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let path = "/figures?fiscal_year=2023";

    let csv = manager.open(&format!("{path}&format=csv")).body;

    let head = csv.trim_start_matches('\u{feff}').lines().next().unwrap();
    assert!(
        head.contains(",実績,実績の単位,実績の表記,予定数"),
        "{head}"
    );
    assert!(csv.contains(",A-1,専門相談 延べ件数,999,件,,"), "{csv}");
    let book = manager.open(&format!("{path}&format=xlsx"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.bytes)).unwrap();
    let first = book.sheet_names()[0].clone();
    let cells = book.worksheet_range(&first).unwrap();
    let row = cells.rows().find(|row| told(&row[1]) == "A-1").unwrap();
    assert_eq!(row[3], Data::Float(999.0), "{row:?}");
    assert_eq!(told(&row[4]), "件");
    // Money has its unit in the heading.
    let budget = "/committee/budget?fiscal_year=2021&table=lines&format=csv";
    let budget = manager.open(budget).body;
    let head = budget
        .trim_start_matches('\u{feff}')
        .lines()
        .next()
        .unwrap();
    assert!(head.starts_with("予算科目,予算額（円）,"), "{head}");
    let first = budget.lines().nth(1).unwrap().split(',').nth(1).unwrap();
    assert!(first.parse::<i64>().is_ok(), "{budget}");
}

fn told(cell: &Data) -> String {
    cell.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_take_a_list_along_gets_none_and_nothing_is_recorded() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    for (account, role, takes) in [
        ("sato", "staff", &[][..]),
        ("kansa-1", "auditor", &["/children", "/referrals"][..]),
        ("iin-1", "committee", &["/figures"][..]),
    ] {
        let mut browser = signed_in(&serving, &place, account, role);
        for path in ["/children", "/referrals", "/figures"] {
            let before = exported(&place);
            let page = browser.open(path);
            let file = browser.open(&format!("{path}?format=csv"));
            let may = takes.contains(&path);
            assert_eq!(file.status == 200, may, "{role} {path}: {}", file.body);
            let linked = page.status == 200 && page.body.contains("format=csv");
            assert_eq!(linked, may, "{role} {path}");
            assert_eq!(exported(&place) != before, may, "{role} {path}");
        }
    }
}
