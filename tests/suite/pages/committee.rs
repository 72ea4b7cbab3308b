//! The committee's pages: the figures that the sample ledgers must yield, nothing about anybody, and what a
//! meeting was shown, for ever.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;

use ledger_app::import::encoding::recognise;
use ledger_app::import::sheet::Sheet;
use ledger_core::time::{parse_day, wareki};
use ledger_projections::figures::{OF_DAY, OF_YEAR};
use ledger_projections::indicators::INDICATORS;
use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::{Place, sample_ledgers};
use ledger_tests::serving::Serving;
use serde_json::Value;

use super::{BINARY, openings, said, signed_in};

/// The pages, without those of one figure and one meeting.
pub(super) const PAGES: [&str; 15] = [
    "",
    "/course",
    "/areas",
    "/facilities",
    "/disaster",
    "/referrals",
    "/picture",
    "/journeys",
    "/issues",
    "/budget",
    "/quality",
    "/changes",
    "/meetings",
    "/recommendations",
    "/requests",
];

/// Meetings of the samples: their numbers, days, and the years of which each was shown the figures.
const MEETINGS: [(&str, &str, &str, &str); 3] = [
    ("1", "R4.5.12", "2021", "2022-03-31"),
    ("2", "R5.5.12", "2022", "2023-03-31"),
    ("3", "R6.4.1", "2023", "2024-03-31"),
];

/// The sample registers, with a meeting of each year whose figures are frozen.
pub(crate) async fn samples() -> Place {
    let place = Place::with_samples(Engine::Sqlite).await;
    for (nth, on, year, day) in MEETINGS {
        let convene =
            format!("convene-meeting --occurred {on} --nth {nth} --planned-on 2024-06-30");
        let meeting = place.told(&format!("{convene} --agenda 実施状況")).await;
        let freeze = format!("freeze-materials --meeting {meeting} --occurred {on}");
        let what = format!("--fiscal-year {year} --on-day {day}");
        place.told(&format!("{freeze} {what}")).await;
    }
    place
}

/// What the registers' figures must be.
fn expected() -> Value {
    let text = std::fs::read_to_string(sample_ledgers().join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Every cell of some columns of a register.
fn cells(register: &str, columns: &[&str]) -> Vec<String> {
    let path = sample_ledgers().join(register);
    let encoding = recognise(File::open(&path).unwrap()).unwrap().encoding;
    let mut sheet = Sheet::open(BufReader::new(File::open(&path).unwrap()), encoding).unwrap();
    let places: Vec<usize> = columns
        .iter()
        .map(|name| sheet.header().iter().position(|own| own == name).unwrap())
        .collect();
    let mut found = Vec::new();
    while let Some(row) = sheet.next_row().unwrap() {
        found.extend(places.iter().map(|place| row.cells[*place].to_owned()));
    }
    found
}

/// Everything in the registers that names somebody, in each way in which a page could write it.
pub(super) fn identifiers() -> BTreeSet<String> {
    let persons = "対象者台帳.csv";
    let trainees = "相談員指導・育成記録.csv";
    let names = cells(persons, &["氏名", "フリガナ", "保護者氏名"]);
    let others = cells(trainees, &["氏名"]);
    let mut found: BTreeSet<String> = BTreeSet::new();
    for name in names
        .iter()
        .chain(&others)
        .filter(|name| !name.trim().is_empty())
    {
        let parts: Vec<&str> = name.split_whitespace().collect();
        found.extend(["", " ", "　"].map(|between| parts.join(between)));
    }
    // A family name alone tells enough; those of the advisors are words of the field.
    let parts = names.iter().flat_map(|name| name.split_whitespace());
    let kanji = |part: &&str| part.chars().count() > 1 && !part.chars().all(is_kana);
    found.extend(parts.filter(kanji).map(str::to_owned));
    found.extend(cells(persons, &["対象者番号"]));
    found.extend(cells("相談記録簿.csv", &["受付番号"]));
    for born in cells(persons, &["生年月日"]) {
        let day = parse_day(&born).unwrap().day;
        found.extend([born, day.to_string(), wareki(day)]);
    }
    assert!(found.len() > 1_000, "{}", found.len());
    found
}

fn is_kana(letter: char) -> bool {
    ('ァ'..='ヿ').contains(&letter)
}

/// The script of every page.
const FORMS: &str = "<script src=\"/assets/care-ledger-kept.js\" defer></script>";

pub(super) fn tells_of_nobody(path: &str, body: &str, identifiers: &BTreeSet<String>) {
    for identifier in identifiers {
        assert!(!body.contains(identifier), "{path}: {identifier}");
    }
    // Its own records it amends; it reads no events.
    let amended = body.matches("/amend\"").count();
    let events = body.matches("/events/").count();
    assert!(!body.contains("child-") && events == amended, "{path}");
    // The one script takes away forms that were not sent, wherever somebody is signed in.
    let plain = body.replace(FORMS, "");
    assert!(
        !plain.contains("style=") && !plain.contains("<script"),
        "{path}"
    );
    assert!(body.len() < 100_000, "{path}: {}", body.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_tells_the_committee_of_anybody() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let identifiers = identifiers();

    let pages = PAGES.iter().flat_map(|page| {
        let years = ["?fiscal_year=2022", "?fiscal_year=2021"];
        years.map(|year| format!("/committee{page}{year}"))
    });
    let ids = INDICATORS.iter().chain(OF_YEAR).chain(OF_DAY);
    let figures = ids.map(|figure| format!("/committee/figures/{}?fiscal_year=2022", figure.id));
    let meetings = (1..=3).map(|nth| format!("/committee/meetings/{nth}"));
    let more = [
        "/figures".to_owned(),
        "/committee/changes?meeting=1".to_owned(),
    ];
    for path in pages.chain(figures).chain(meetings).chain(more) {
        let page = committee.open(&path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        tells_of_nobody(&path, &page.body, &identifiers);
    }
    for path in [
        "figures/Z-1",
        "figures/child",
        "meetings/9",
        "meetings/x",
        "areas?fiscal_year=1",
    ] {
        assert_eq!(
            committee.open(&format!("/committee/{path}")).status,
            404,
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scorecard_holds_the_samples_figures_against_the_papers_plan() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let expected = expected();
    let figures = [
        ("consultations", "件"),
        ("support_plan_persons_first_agreed", "人"),
        ("facility_visits", "回"),
        ("advisors_active", "名"),
    ];
    for year in ["2021", "2022", "2023"] {
        let page = committee
            .open(&format!("/committee?fiscal_year={year}"))
            .body;
        for (key, unit) in figures {
            let value = format!("実績</span><b>{}{unit}</b>", expected[year][key]);
            assert!(page.contains(&value), "{year} {value}: {page}");
        }
        let capped = &expected[year]["facility_visits_capped_at_4"];
        assert!(
            page.contains(&format!("各施設4回までと数える読みでは{capped}回")),
            "{year}: {page}"
        );
    }
    let first = committee.open("/committee?fiscal_year=2021").body;
    for planned in ["500程度", "5程度", "40", "1〜2", "20程度"] {
        assert!(
            first.contains(&format!("予定数</span><b>{planned}</b>")),
            "{planned}: {first}"
        );
    }
    assert!(
        first.contains("<b>達成</b>") && first.contains("<b>未達（70％未満とした場合）</b>"),
        "{first}"
    );
    assert!(
        first.contains("区の資料") && !first.contains("順次拡大"),
        "{first}"
    );

    let second = committee.open("/committee?fiscal_year=2022").body;
    assert_eq!(
        second.matches("予定数</span><b>順次拡大</b>").count(),
        2,
        "{second}"
    );
    assert_eq!(second.matches("判定なし").count(), 2, "{second}");
    assert!(second.contains("通年の予定数は1000"), "{second}");
    // What was done the year before stands beside.
    assert!(second.contains("前年度</span>539件</td>"), "{second}");

    let planned = serde_json::json!({"service": "specialist-consultation", "fiscal_year": 2022,
        "low": 800, "high": 800, "unit": "件", "count_rule_ja": "延べ件数", "approximate": true});
    let set = format!("record set-planned-number --occurred R4.4.1 --planned {planned} --json");
    let _set = said(&place, &set);
    let decided = committee.open("/committee?fiscal_year=2022").body;
    assert!(decided.contains("予定数</span><b>800程度</b>"), "{decided}");
    assert!(decided.contains("令和4年4月1日の決定"), "{decided}");
}

/// What stands in a cell, whether it leads on or not.
fn told(cell: &str) -> &str {
    let linked = cell
        .strip_prefix("<a ")
        .and_then(|rest| rest.split_once('>'));
    let told = linked.map_or(cell, |(_, told)| told);
    told.split('<').next().unwrap()
}

/// The counts of a page's table that begins behind a mark, row by row.
fn counts(page: &str, mark: &str) -> Vec<Vec<String>> {
    let table = page.split(mark).nth(1).unwrap();
    let body = table.split("<tbody>").nth(1).unwrap();
    let body = body.split("</tbody>").next().unwrap();
    let row = |row: &str| -> Vec<String> {
        let cells = row.split("<td class=\"number\">").skip(1);
        cells.map(|cell| told(cell).to_owned()).collect()
    };
    body.split("<tr>").skip(1).map(row).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn months_and_areas_add_up_and_small_cells_are_withheld_with_others() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let expected = expected();

    let course = committee.open("/committee/course").body;
    let contacts = counts(&course, "id=\"of-A-1\"");
    for (row, year) in contacts.iter().zip(["2021", "2022", "2023"]) {
        let months = expected[year]["consultations_per_month"]
            .as_object()
            .unwrap();
        let shown: Vec<&String> = row.iter().filter(|cell| *cell != "―").collect();
        let right: Vec<String> = months.values().map(ToString::to_string).collect();
        assert_eq!(
            shown[..12.min(months.len())],
            right.iter().collect::<Vec<_>>()[..],
            "{year}"
        );
    }
    let plans = counts(&course, "id=\"of-A-3\"");
    assert!(plans.iter().flatten().any(|cell| cell == "※"), "{plans:?}");
    assert!(
        course.contains("role=\"img\"") && course.contains("第3回の資料として確定"),
        "{course}"
    );

    for year in ["2021", "2022", "2023"] {
        let areas = committee
            .open(&format!("/committee/areas?fiscal_year={year}"))
            .body;
        let table = counts(&areas, "id=\"persons\"");
        let sum: i64 = table
            .iter()
            .filter_map(|row| row[0].parse::<i64>().ok())
            .sum();
        let hidden = table.iter().any(|row| row[0] == "※");
        assert!(
            hidden || sum == expected[year]["consultations"].as_i64().unwrap(),
            "{table:?}"
        );
        for column in 0..table[0].len() {
            let cells: Vec<&str> = table.iter().map(|row| &*row[column]).collect();
            let small = cells.iter().filter_map(|cell| cell.parse::<i64>().ok());
            assert!(
                small.into_iter().all(|count| count == 0 || count >= 5),
                "{year}: {cells:?}"
            );
            let withheld = cells.iter().filter(|cell| **cell == "※").count();
            assert_ne!(withheld, 1, "{year}: the total would tell it: {cells:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn disaster_board_grid_and_flow_show_what_the_samples_hold() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let expected = expected();

    let disaster = committee.open("/committee/disaster?fiscal_year=2023").body;
    let on = &expected["at_2024-03-31"];
    let (current, overdue) = (
        on["disaster_plans_current"].as_i64().unwrap(),
        on["disaster_plans_overdue"].as_i64().unwrap(),
    );
    let verified = format!("{}人中{current}人", current + overdue);
    assert!(disaster.contains(&verified), "{verified}: {disaster}");
    assert!(disaster.contains("今夜停電したら") && disaster.contains("class=\"chart stack\""));

    let grid = committee
        .open("/committee/facilities?fiscal_year=2021")
        .body;
    let visits = &expected["2021"]["facility_visits"];
    assert!(grid.contains(&format!("<dd>{visits}回</dd>")), "{grid}");
    assert_eq!(
        grid.matches("（対象施設の空き）").count(),
        1,
        "9 of 10: {grid}"
    );
    let extra = expected["2021"]["facility_visits"].as_u64().unwrap()
        - expected["2021"]["facility_visits_capped_at_4"]
            .as_u64()
            .unwrap();
    let further: u64 = counts(&grid, "id=\"grid\"")
        .iter()
        .map(|row| row[0].parse::<u64>().unwrap())
        .sum();
    assert_eq!(further, extra);
    assert_eq!(comes_out(&grid, extra), visits.as_u64());
}

/// How many visits there were as the rows say, once columns and what is said below the grid come out as the same.
fn comes_out(grid: &str, extra: u64) -> Option<u64> {
    let number = |one: &String| one.parse::<u64>().unwrap();
    let rows = counts(grid, "id=\"grid\"");
    let done: u64 = rows.iter().map(|row| number(&row[1])).sum();
    let foot = grid.split("<tfoot>").nth(1)?.split("</tfoot>").next()?;
    let foot = foot.split("<td class=\"number\">").skip(1);
    let foot: Vec<u64> = foot.map(|cell| number(&told(cell).to_owned())).collect();
    let (all, columns) = foot.split_last()?;
    assert_eq!(
        (columns.iter().sum::<u64>(), *all),
        (done, done),
        "{foot:?}"
    );
    let account = counts(grid, "id=\"account\"");
    let account: Vec<u64> = account.iter().map(|row| number(&row[0])).collect();
    let places: u64 = account[1..5].iter().sum();
    assert_eq!(account[0], places, "{account:?}");
    assert_eq!(account[1] + account[5], account[6], "{account:?}");
    assert_eq!([account[5], account[6]], [extra, done], "{account:?}");
    Some(done)
}

#[tokio::test(flavor = "multi_thread")]
async fn hand_overs_money_and_issues_are_those_of_the_samples_and_the_paper() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let expected = expected();

    let made = expected["2021"]["referrals_made"].to_string();
    let flow = committee.open("/committee/referrals?fiscal_year=2021").body;
    let offices = counts(&flow, "id=\"flow\"");
    let sum: i64 = offices
        .iter()
        .map(|row| row[0].parse::<i64>().unwrap())
        .sum();
    assert_eq!(sum.to_string(), made, "{offices:?}");
    assert!(flow.contains("【未完結】"), "{flow}");
    // What is open is of the year's referrals, and the page says how C-4 and the list count otherwise.
    let became = flow.split("その後の表").nth(1).unwrap();
    let open = became
        .split("<tr>")
        .filter(|row| row.contains("<td>未完結</td>"));
    let open = open.map(|row| told(row.split("<td class=\"number\">").nth(1).unwrap()));
    let open: i64 = open.map(|count| count.parse::<i64>().unwrap()).sum();
    let stamp = format!("この年度に依頼した連携 {made}件、うち未完結 {open}件");
    assert!(open > 0 && flow.contains(&stamp), "{stamp}: {flow}");
    assert!(
        flow.contains("指標C-4（期限を過ぎた連携）</a>は数え方が異なります"),
        "{flow}"
    );
    assert!(!flow.contains("href=\"/referrals\""), "{flow}");
    let picture = committee.open("/committee/picture?fiscal_year=2021").body;
    let edges = counts(&picture, "id=\"hand-over\"");
    let sum: i64 = edges.iter().map(|row| row[0].parse::<i64>().unwrap()).sum();
    assert_eq!(sum.to_string(), made, "{edges:?}");
    assert!(picture.contains("class=\"chart flow\""), "{picture}");

    let budget = committee.open("/committee/budget?fiscal_year=2021").body;
    for yen in [
        "15,680,000円",
        "4,080,000円",
        "11,600,000円",
        "12,600,000円",
        "3,080,000円",
    ] {
        assert!(budget.contains(yen), "{yen}: {budget}");
    }
    let issues = committee.open("/committee/issues").body;
    let contacts = issues.split("A-1　").nth(1).unwrap();
    let contacts: Vec<&str> = contacts.split("<td>").skip(1).take(3).map(told).collect();
    assert_eq!(contacts, ["539件", "924件", "999件"]);
    assert!(issues.contains("▲ 75増"), "{issues}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_committee_sees_what_divides_a_figure_only_as_a_meeting_was_shown_it() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    for page in ["areas", "disaster", "referrals", "picture"] {
        let path = format!("/committee/{page}?fiscal_year=2021");
        let seen = committee.open(&path).body;
        assert!(
            seen.contains("資料がまだ確定していません"),
            "{page}: {seen}"
        );
        let seen = auditor.open(&path).body;
        assert!(!seen.contains("確定していません"), "{page}: {seen}");
    }
    let path = "/committee/figures/E-2?fiscal_year=2021";
    assert!(!committee.open(path).body.contains("id=\"breakdown\""));
    let all = auditor.open(path).body;
    assert!(
        all.contains("総合支所: 砧 延べ件数") && all.contains("id=\"counted\""),
        "{all}"
    );
    let listed = auditor.open("/committee/figures/A-1?fiscal_year=2021").body;
    assert!(
        listed.contains("数えた記録 <small>539件</small>"),
        "{listed}"
    );
    let links = listed.matches("<a href=\"/events/").count();
    assert_eq!(links, 200, "a page of them");
    assert!(listed.contains("page=3#counted\""), "{listed}");
    let event = listed.split("<a href=\"/events/").nth(1).unwrap();
    let event = event.split('"').next().unwrap();
    assert_eq!(auditor.open(&format!("/events/{event}")).status, 200);
    assert!(listed.len() < 100_000, "{}", listed.len());
}

/// A ledger with two consultations of fiscal year 2021, shown to meeting 2, of which one was annulled since.
pub(super) async fn annulled_since() -> (Place, String) {
    let place = super::centre(Engine::Sqlite).await;
    let talk = "consultation --children C101 --consulter 保護者 --channel 電話 --topics 就学";
    place
        .told(&format!("{talk} --occurred 2021-08-06T10:00"))
        .await;
    let child = place
        .told(&format!("{talk} --occurred 2021-09-07T10:00"))
        .await;
    let target = place.position().await;
    let convene = "convene-meeting --occurred R4.4.28 --nth 2 --planned-on 2022-05-19";
    let meeting = place.told(&format!("{convene} --agenda 実施状況")).await;
    let freeze = format!("freeze-materials --meeting {meeting} --occurred R4.5.12");
    place
        .told(&format!("{freeze} --fiscal-year 2021 --on-day 2022-03-31"))
        .await;
    place
        .told("open-account --name test:second --role manager --occurred R4.5.1")
        .await;
    let approval = "019a0000-0000-7000-8000-000000000009";
    place
        .told(&format!("request-approval --set approval={approval} --act frozen-figure --stream child-{child} --reason 二重 --occurred R4.6.1"))
        .await;
    let grant = [
        "record",
        "grant-approval",
        "--approval",
        approval,
        "--occurred",
        "R4.6.2",
    ];
    let grant = grant.map(str::to_owned).into_iter();
    let grant = grant.chain(place.options_with("--actor", "test:second"));
    let _granted = place.run_exactly(&grant.collect::<Vec<_>>()).await.done();
    place
        .told(&format!(
            "annul-event --target {target} --reason duplicate --approval {approval}"
        ))
        .await;
    (place, meeting)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_of_a_meeting_stay_and_what_they_are_now_stands_beside() {
    let (place, meeting) = annulled_since().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");

    for path in ["2".to_owned(), meeting] {
        let page = committee.open(&format!("/committee/meetings/{path}")).body;
        let row = page.split("<tr id=\"A-1\">").nth(1).unwrap();
        let row = row.split("</tr>").next().unwrap();
        assert!(row.contains("<td>2件</td><td>1件</td>"), "{row}");
        assert!(row.contains("変わった"), "{row}");
        assert!(
            page.contains("✓ 確定した資料は確定したときのまま"),
            "{page}"
        );
    }
    let listed = committee.open("/committee/meetings").body;
    assert!(
        listed.contains("第2回") && listed.contains("資料確定"),
        "{listed}"
    );
    let changes = committee.open("/committee/changes").body;
    assert!(changes.contains("<td>2件</td><td>1件"), "{changes}");
    assert!(!changes.contains("/events/"), "{changes}");
    let causes = auditor.open("/committee/changes?meeting=2").body;
    assert!(
        causes.contains("（取消し）") && causes.contains("/events/"),
        "{causes}"
    );
    // A breakdown of fewer than five stays closed even in a meeting's figures.
    let one = committee
        .open("/committee/figures/A-1?fiscal_year=2021")
        .body;
    assert!(!one.contains("月: 令和3年8月"), "{one}");
    assert!(one.contains("数が5未満の指標は"), "{one}");
}

fn text_opens(browser: &mut Browser<'_>) -> (u16, String) {
    let token = hidden(&browser.open("/committee/recommendations"), "page_token");
    let answer = browser.send("/committee/recommendations", &[("page_token", &*token)]);
    (answer.status, answer.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_recommended_is_opened_after_that_was_recorded_and_by_who_may() {
    let place = super::centre(Engine::Sqlite).await;
    let convene = "convene-meeting --occurred R4.4.28 --nth 2 --planned-on 2022-05-19";
    let meeting = place.told(&format!("{convene} --agenda 実施状況")).await;
    let on = format!("--meeting {meeting} --occurred R4.5.19");
    place
        .told(&format!(
            "hold-meeting {on} --attendee-count 7 --attendees 見本　一郎"
        ))
        .await;
    place
        .told(&format!("make-recommendation {on} --addressee センター --due-on 2022-09-30 --indicator D-2 --text 期限前に案内すること。"))
        .await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let before = openings(&place);

    let closed = committee.open("/committee/recommendations").body;
    assert!(
        closed.contains("期限超過") && closed.contains("1年以内の検証"),
        "{closed}"
    );
    assert!(!closed.contains("案内すること"), "{closed}");
    assert_eq!(openings(&place), before);
    let (status, open) = text_opens(&mut committee);
    assert_eq!(status, 200, "{open}");
    assert!(
        open.contains("期限前に案内すること。") && !open.contains("見本"),
        "{open}"
    );
    assert_eq!(openings(&place), before + 1);

    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let page = staff.open("/committee/recommendations").body;
    assert!(!page.contains("文面を開く"), "{page}");
    let token = hidden(&staff.open("/"), "page_token");
    let refused = staff.send("/committee/recommendations", &[("page_token", &*token)]);
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert!(!refused.body.contains("案内すること"), "{}", refused.body);
    assert_eq!(openings(&place), before + 1);
}
