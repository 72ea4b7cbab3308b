//! The files of the committee's pages: what stands in them stands on the page, nobody's name does, and that
//! they are taken is recorded before.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::committee::{PAGES, identifiers, samples, tells_of_nobody};
use super::exports::exported;
use super::{BINARY, signed_in};

/// The code of each page's file, in the order of [`PAGES`].
const CODES: [&str; 15] = [
    "scorecard",
    "monthly-course",
    "areas-and-services",
    "facility-support",
    "disaster-preparedness",
    "referral-flow",
    "support-system",
    "steps-of-support",
    "issues",
    "budget",
    "trust-in-records",
    "figure-changes",
    "meetings",
    "recommendations",
    "requests",
];

/// The queries of a page's files.
fn files(page: &str) -> Vec<String> {
    let links = page.split("href=\"?").skip(1);
    let links = links.map(|link| link.split('"').next().unwrap().replace("&#38;", "&"));
    links.filter(|link| link.contains("format=")).collect()
}

/// The sheets of a workbook but the last, which says who took it: name, head and rows.
fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let (about, names) = names.split_last().unwrap();
    assert_eq!(about, "出力情報");
    let sheets = names.iter().map(|name| {
        let cells = book.worksheet_range(name).unwrap();
        let rows = cells.rows();
        let rows = rows.map(|row| row.iter().map(ToString::to_string).collect());
        (name.clone(), rows.collect())
    });
    sheets.collect()
}

/// Without blanks, which a page writes otherwise than a file.
fn tight(text: &str) -> String {
    let text = [
        ("&#38;", "&"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (code, sign)| {
        text.replace(code, sign)
    });
    // A file's numbers have no signs between their thousands.
    text.replace(',', "").split_whitespace().collect()
}

/// What is read of HTML.
fn read(html: &str) -> String {
    let parts = html.split('<');
    let parts = parts.map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    tight(&parts.collect::<String>())
}

/// What is read of each row of a page's tables with its tags behind, and what stands around the tables.
fn rows(page: &str) -> (Vec<String>, String) {
    let mut around = String::new();
    let mut rows = Vec::new();
    for part in page.split("<table") {
        let (table, rest) = part.split_once("</table>").unwrap_or(("", part));
        around.push_str(&read(rest));
        let own = table.split("<tr").skip(1);
        rows.extend(own.map(|row| format!("{}{}", read(row), tight(row))));
    }
    (rows, around)
}

/// Every row of the file stands in a row of the page; a word may stand above the table.
fn stands_on(path: &str, page: &str, sheet: &str, lines: &[Vec<String>]) {
    let (rows, around) = rows(page);
    for line in lines.iter().skip(1) {
        let cells: Vec<String> = line.iter().map(|cell| tight(cell)).collect();
        // A short number stands somewhere by chance.
        let is_by_chance = |cell: &str| cell.len() < 5 && cell.parse::<i64>().is_ok();
        let fits = |row: &String| {
            let mut cells = cells.iter();
            cells.all(|cell| row.contains(cell) || (!is_by_chance(cell) && around.contains(cell)))
        };
        assert!(rows.iter().any(fits), "{path} {sheet}: {cells:?}");
    }
}

/// The pages that are taken along, each with the code of its file.
fn taken_pages() -> Vec<(String, &'static str)> {
    let pages = PAGES.iter().zip(CODES);
    let pages = pages.map(|(page, code)| (format!("/committee{page}?fiscal_year=2022"), code));
    let more = [
        (
            "/committee/areas?fiscal_year=2021".to_owned(),
            "areas-and-services",
        ),
        (
            "/committee/figures/E-2?fiscal_year=2022".to_owned(),
            "figure",
        ),
        (
            "/committee/figures/A-1?fiscal_year=2022&meeting=2".to_owned(),
            "figure",
        ),
        ("/committee/meetings/2".to_owned(), "meeting-materials"),
        ("/figures?fiscal_year=2022".to_owned(), "figures"),
    ];
    pages.chain(more).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_committee_takes_along_is_what_its_pages_show_and_names_nobody() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let identifiers = identifiers();
    for (path, code) in taken_pages() {
        let page = committee.open(&path);
        let files = files(&page.body);
        assert!(files.len() > 1, "{path}: {}", page.body);
        let without = path.split('?').next().unwrap();
        let mut withheld = page.body.matches('※').count();
        for query in files {
            let file = committee.open(&format!("{without}?{query}"));
            assert_eq!(file.status, 200, "{path} {query}: {}", file.body);
            let event = exported(&place).unwrap().to_string();
            assert!(
                event.contains(&format!("\"list\":\"{code}\"")),
                "{path}: {event}"
            );
            if query.contains("format=csv") {
                assert!(file.body.contains("出力者 iin-1"), "{path} {query}");
                tells_of_nobody(&path, &file.body, &identifiers);
                continue;
            }
            let sheets = sheets(&file.bytes);
            for (name, lines) in &sheets {
                let text: Vec<String> = lines.iter().map(|line| line.join("\t")).collect();
                tells_of_nobody(&path, &text.join("\n"), &identifiers);
                withheld += text.join("").matches('※').count();
                // A figure's own line stands above its table, in another form.
                if !(path.contains("/figures") && name == "関わる指標") && code != "requests" {
                    stands_on(&path, &page.body, name, lines);
                }
            }
        }
        let withholds = [
            "areas-and-services",
            "monthly-course",
            "disaster-preparedness",
        ];
        assert!(
            withheld > 1 || !withholds.contains(&code),
            "{path} withholds"
        );
    }
}

/// The newest event that says what was taken along.
fn taken(place: &Place) -> Option<String> {
    exported(place).map(|event| event.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_take_a_page_along_gets_it_and_nobody_else_does() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let audit = [
        "/audit/corrections",
        "/audit/imports",
        "/audit/rules",
        "/audit/sample?seed=a",
    ];
    let keepers = ["/accounts", "/system"];
    let figures = ["/committee", "/committee/areas", "/committee/figures/A-1"];
    for (account, role, takes, not) in [
        ("iin-1", "committee", &figures[..], &audit[..]),
        (
            "kacho",
            "manager",
            &[&figures[..], &audit, &["/organisations"]].concat(),
            &keepers[..],
        ),
        (
            "kansa-1",
            "auditor",
            &[&audit[..], &["/organisations"]].concat(),
            &figures[..],
        ),
        (
            "sato",
            "staff",
            &[][..],
            &[&figures[..], &["/organisations"]].concat(),
        ),
        (
            "kanri",
            "admin",
            &[&keepers[..], &["/organisations"]].concat(),
            &figures[..],
        ),
    ] {
        let mut browser = signed_in(&serving, &place, account, role);
        let may = takes.iter().map(|path| (path, true));
        for (path, may) in may.chain(not.iter().map(|path| (path, false))) {
            let links = files(&browser.open(path).body);
            assert_eq!(!links.is_empty(), may, "{role} {path}: {links:?}");
            let without = path.split('?').next().unwrap();
            let asked = ["format=csv".to_owned(), "format=xlsx".to_owned()];
            let asked = if may { links } else { asked.to_vec() };
            for query in asked {
                let before = taken(&place);
                let seed = if without == *path { "" } else { "seed=a&" };
                let query = if may { query } else { format!("{seed}{query}") };
                let file = browser.open(&format!("{without}?{query}"));
                assert_eq!(
                    file.status == 200,
                    may,
                    "{role} {path} {query}: {}",
                    file.body
                );
                assert_eq!(taken(&place) != before, may, "{role} {path} {query}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_an_auditor_holds_the_whole_list() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    for (path, sheet) in [
        ("/audit/imports", "ファイル"),
        ("/audit/rules", "別の読み方で数えたとき"),
        ("/audit/sample?seed=a&n=7", "標本"),
        ("/organisations", "施設"),
    ] {
        let page = auditor.open(path).body;
        let book = files(&page)
            .into_iter()
            .find(|query| query.contains("xlsx"));
        let without = path.split('?').next().unwrap();
        let book = auditor.open(&format!("{without}?{}", book.unwrap()));
        let sheets = sheets(&book.bytes);
        let (_, lines) = sheets.iter().find(|(name, _)| name == sheet).unwrap();
        assert!(lines.len() > 5, "{path}: {lines:?}");
        if path.contains("sample") {
            assert_eq!(lines.len(), 8, "{lines:?}");
        }
        let missing = auditor.open(&format!("{without}?format=csv&table=none&seed=a"));
        let is_alone = path.contains("sample");
        assert_eq!(
            missing.status == 404,
            !is_alone,
            "{path}: {}",
            missing.status
        );
    }
}

fn opened(browser: &mut Browser<'_>, path: &str) -> String {
    let token = hidden(&browser.open(path), "page_token");
    let answer = browser.send(path, &[("page_token", &*token)]);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_that_the_committee_opens_tell_of_nobody_and_are_in_no_file() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let convene = "convene-meeting --occurred R4.5.12 --nth 1 --planned-on 2022-05-19";
    let meeting = place.told(&format!("{convene} --agenda 実施状況")).await;
    let on = format!("--meeting {meeting} --occurred R4.5.19");
    let held = format!("hold-meeting {on} --attendee-count 7 --attendees 見本　一郎");
    place.told(&held).await;
    let made = format!("make-recommendation {on} --addressee センター --due-on 2022-09-30");
    place
        .told(&format!("{made} --text 期限前に案内すること。"))
        .await;
    let sent = "make-request --occurred R4.6.1 --addressee 国 --due-on 2023-03-31 --text 報酬の加算を求める。";
    place.told(sent).await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let identifiers = identifiers();
    for (path, text) in [
        ("/committee/recommendations", "期限前に案内すること。"),
        ("/committee/requests", "報酬の加算を求める。"),
    ] {
        let page = opened(&mut committee, path);
        assert!(page.contains(text), "{path}: {page}");
        assert!(!page.contains("見本"), "{path}: {page}");
        tells_of_nobody(path, &page, &identifiers);
        for query in files(&committee.open(path).body) {
            let file = committee.open(&format!("{path}?{query}"));
            let told = if query.contains("csv") {
                file.body
            } else {
                format!("{:?}", sheets(&file.bytes))
            };
            assert!(
                told.len() > 100 && !told.contains(text),
                "{path} {query}: {told}"
            );
        }
    }
}
