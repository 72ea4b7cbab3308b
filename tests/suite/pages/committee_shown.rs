//! What the committee's pages say beside their numbers: the end of the full subsidy, forecasts, what is not judged,
//! what moved since a meeting; and that no picture stands without its table.

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::committee::{PAGES, annulled_since, samples};
use super::{BINARY, said, signed_in};

/// An amount of yen.
fn yen(told: &str) -> i64 {
    let digits: String = told.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

/// The text between two others.
pub(super) fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    let (_, rest) = page
        .split_once(before)
        .unwrap_or_else(|| panic!("{before}: {page}"));
    rest.split(after).next().unwrap()
}

/// What a figure's page says it is.
fn value(page: &str) -> &str {
    between(page, "<dt>実績</dt><dd>", "</dd>")
}

/// The numbers of each year: rate, cost, subsidy, the ward's share, and that at one half.
fn years(page: &str) -> Vec<Vec<&str>> {
    let rows = between(page, "補助率1/2なら区の負担</th>", "</table>");
    let rows = rows.split("<tr>").skip(1).map(|row| {
        let cells = row.split("<td class=\"number\">").skip(1);
        cells.map(|cell| cell.split('<').next().unwrap()).collect()
    });
    rows.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_full_subsidy_is_told_with_what_the_ward_then_pays() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let page = committee.open("/committee/budget?fiscal_year=2021").body;
    let rows = years(&page);
    assert_eq!(rows.len(), 3, "{rows:?}");
    let known: Vec<_> = rows
        .iter()
        .zip(2021..)
        .filter(|(row, _)| row[1] != "―")
        .collect();
    for (row, year) in &known {
        assert_eq!(row[0], "100％", "the first three years: {row:?}");
        let figure = format!("/committee/figures/H-5?fiscal_year={year}");
        assert_eq!(value(&committee.open(&figure).body), row[3], "{figure}");
        assert_eq!(yen(row[1]), yen(row[2]) + yen(row[3]), "{row:?}");
        assert_eq!(
            row[4], "―",
            "without a menu nothing tells what is eligible: {row:?}"
        );
    }
    let (last, _) = known.last().expect("a year with its cost");
    let (notice, half) = cliff(&page);
    assert_eq!(half, yen(last[1]) - yen(last[1]) / 2, "{notice}");
    let more = between(notice, "より", "の増");
    assert_eq!(yen(more), half - yen(last[3]), "{notice}");
    assert!(notice.contains("仮定の額です"), "{notice}");
}

/// What is told of the fourth year, and what is left to the ward then.
fn cliff(page: &str) -> (&str, i64) {
    let notice = between(page, "令和6年度（4年目）に", "</p>");
    (notice, yen(between(notice, "区の負担は<b>", "</b>")))
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_menu_of_the_subsidy_one_half_is_that_of_what_is_eligible() {
    let place = samples().await;
    let menu = "set-subsidy-menu --fiscal-year 2021 --occurred R3.8.1 --menu 相談";
    let lines = "--name 小児等在宅医療 --lines 相談員 --rate-percent 100 --cap-yen 10000000";
    place.told(&format!("{menu} {lines}")).await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let page = committee.open("/committee/budget?fiscal_year=2021").body;
    assert!(page.contains("小児等在宅医療"), "{page}");
    let years = years(&page);
    for (id, cell) in [("H-5", years[0][3]), ("H-6", years[0][4])] {
        let figure = format!("/committee/figures/{id}?fiscal_year=2021");
        assert_eq!(value(&committee.open(&figure).body), cell, "{figure}");
    }
    assert!(yen(years[0][4]) > yen(years[0][3]), "{years:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scorecard_tells_a_forecast_the_first_year_and_what_is_not_judged() {
    let place = samples().await;
    let convene = "convene-meeting --occurred R5.10.2 --nth 7 --planned-on 2023-10-10";
    let meeting = place.told(&format!("{convene} --agenda 実施状況")).await;
    let freeze = format!("freeze-materials --meeting {meeting} --occurred R5.10.2");
    place
        .told(&format!("{freeze} --fiscal-year 2023 --on-day 2023-09-30"))
        .await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let first = committee.open("/committee?fiscal_year=2021").body;
    assert!(
        first.contains("初年度の予定数（専門相談500件程度"),
        "{first}"
    );
    assert!(!first.contains("２年目以降は「順次拡大」"), "{first}");
    // Once the year is over nothing is forecast.
    let visits = between(&first, "<title id=\"chart-A-4-title\">", "</tr>");
    assert!(!visits.contains("見込み"), "{visits}");
    assert!(
        visits.contains("年度末までの予定") && visits.contains("日すべて経過）"),
        "{visits}"
    );
    let second = committee.open("/committee?fiscal_year=2022").body;
    assert!(
        second.contains("２年目以降は「順次拡大」とあるだけで"),
        "{second}"
    );
    assert!(!second.contains("初年度の予定数（専門相談"), "{second}");
    // What is to be expanded is neither judged nor forecast; visits are both.
    let contacts = between(&second, "<title id=\"chart-A-1-title\">", "</tr>");
    assert!(
        contacts.contains("判定なし") && !contacts.contains("見込み"),
        "{contacts}"
    );
    let visits = between(&second, "<title id=\"chart-A-4-title\">", "</tr>");
    assert!(
        !visits.contains("判定なし") && visits.contains("年度末までの予定"),
        "{visits}"
    );
    // How many count by the rule's other reading, and which number is the scale's and not the plan's.
    assert!(visits.contains("各施設4回までと数える読みでは"), "{visits}");
    assert!(
        visits.contains("予定 40</text>") && visits.contains("目盛の端 50"),
        "{visits}"
    );

    // In the middle of a year more is expected than was done.
    let figure = committee
        .open("/committee/figures/A-4?fiscal_year=2023&meeting=7")
        .body;
    let ahead = between(&figure, "このままなら年度末に", "経過）");
    let numbers = ahead.split(|it: char| !it.is_ascii_digit());
    let numbers: Vec<i64> = numbers.filter_map(|it| it.parse().ok()).collect();
    let [forecast, all, passed] = numbers[..] else {
        panic!("{ahead}")
    };
    let done = yen(value(&figure));
    assert!(passed < all && forecast > done, "{done}: {ahead}");
    assert!(
        (forecast - done * all / passed).abs() <= 1,
        "{done}: {ahead}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_in_the_records_is_told_by_figures_and_the_root() {
    let (place, _meeting) = annulled_since().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let page = committee.open("/committee/quality?fiscal_year=2021").body;
    let ids = ["B-6", "E-7"].map(str::to_owned);
    for id in ids
        .into_iter()
        .chain((1..=10).map(|nth| format!("I-{nth}")))
    {
        let row = between(
            &page,
            &format!("/committee/figures/{id}?fiscal_year=2021\">"),
            "</tr>",
        );
        let shown = between(row, "実績</span>", "</td>");
        let shown = shown.split('<').next().unwrap();
        let figure = committee.open(&format!("/committee/figures/{id}?fiscal_year=2021"));
        assert_eq!(value(&figure.body), shown, "{id}");
    }
    let status = said(&place, "status --json");
    let (position, root) = (&status["position"], status["root"].as_str().unwrap());
    assert!(
        page.contains(&format!("{position}:{root}")),
        "{status}: {page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_picture_has_its_table_beside_it() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let mut seen = 0;
    for page in PAGES {
        let path = format!("/committee{page}?fiscal_year=2022");
        let body = committee.open(&path).body;
        let sections: Vec<&str> = body.split("<section").collect();
        for section in sections {
            let section = section.split("</section>").next().unwrap();
            let Some(last) = section.rfind("role=\"img\"") else {
                continue;
            };
            seen += section.matches("role=\"img\"").count();
            let is_within = section[..last].rfind("<table") > section[..last].rfind("</table>");
            assert!(
                is_within || section[last..].contains("<table"),
                "{path}: {section}"
            );
        }
        let pictures = body.matches("<svg").count();
        assert_eq!(pictures, body.matches("role=\"img\"").count(), "{path}");
    }
    assert!(seen > 25, "{seen}");
}

/// A ledger in which a meeting was shown six consultations, and the person turned out to live elsewhere since.
async fn moved_since() -> Place {
    let place = super::centre(Engine::Sqlite).await;
    let talk = "consultation --children C101 --consulter 保護者 --channel 電話 --topics 就学";
    for day in 1..=6 {
        place
            .told(&format!("{talk} --occurred 2021-09-0{day}T10:00"))
            .await;
    }
    let convene = "convene-meeting --occurred R4.4.28 --nth 2 --planned-on 2022-05-19";
    let meeting = place.told(&format!("{convene} --agenda 実施状況")).await;
    let freeze = format!("freeze-materials --meeting {meeting} --occurred R4.5.12");
    place
        .told(&format!("{freeze} --fiscal-year 2021 --on-day 2022-03-31"))
        .await;
    let moved = "change-profile --child C101 --field area --old kinuta --new tamagawa";
    place.told(&format!("{moved} --occurred 2021-08-20")).await;
    place
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_a_breakdown_that_changed_are_told_to_who_sees_them() {
    let place = moved_since().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let row = |page: &str| between(page, "/committee/figures/E-2?", "</tr>").to_owned();
    let seen = row(&committee.open("/committee/changes").body);
    assert!(seen.contains("値は同じで"), "{seen}");
    assert!(!seen.contains('砧') && !seen.contains('→'), "{seen}");
    let seen = row(&auditor.open("/committee/changes").body);
    assert!(
        seen.contains("砧") && seen.contains("玉川") && seen.contains("6 → "),
        "{seen}"
    );
    // How far the log was read is told apart, as it says nothing of what is counted.
    let changes = auditor.open("/committee/changes").body;
    assert!(!changes.contains("/committee/figures/I-9?"), "{changes}");
    assert!(changes.contains("I-9（再生の位置）は "), "{changes}");
    let meeting = auditor.open("/committee/meetings/2").body;
    let row = between(&meeting, "<tr id=\"I-9\">", "</tr>");
    assert!(row.contains("読んだ位置のみ"), "{row}");
    // One stamp says as of when a figure is; a second one only what is as of another time.
    let path = "/committee/figures/E-2?fiscal_year=2021";
    let stamps = |page: &str| page.matches("class=\"stamp\"").count();
    assert_eq!(stamps(&auditor.open(path).body), 1);
    let seen = committee.open(path).body;
    assert_eq!(stamps(&seen), 2, "{seen}");
    assert!(
        seen.contains("会議の資料として確定した時点のものです: "),
        "{seen}"
    );
    let seen = committee.open(&format!("{path}&meeting=2")).body;
    assert_eq!(stamps(&seen), 1, "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn that_only_a_breakdown_changed_is_told() {
    let place = samples().await;
    for child in 1..=30 {
        let services = format!("record-welfare-services --child C{child:03} --services 居宅介護");
        place
            .told(&format!("{services} --occurred 2023-06-01"))
            .await;
    }
    let serving = Serving::start(&place, BINARY);
    let told = "値は同じで、内訳だけが変わりました";
    for (account, role, sees) in [("iin-1", "committee", false), ("kansa-1", "auditor", true)] {
        let mut browser = signed_in(&serving, &place, account, role);
        let page = browser.open("/committee/changes").body;
        let row = between(&page, "/committee/figures/E-1?fiscal_year=2023", "</tr>");
        assert!(row.contains(told), "{role}: {row}");
        assert_eq!(row.contains('→'), sees, "{role}: {row}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scorecard_tells_what_moved_since_the_last_materials() {
    let (place, _meeting) = annulled_since().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let page = committee.open("/committee?fiscal_year=2021").body;
    assert!(page.contains("前回配布版（第2回）から ▼ 1減"), "{page}");
    assert!(page.contains("前回配布版（第2回）から 変わらず"), "{page}");
    let other = committee.open("/committee?fiscal_year=2022").body;
    assert!(!other.contains("前回配布版"), "{other}");
}

#[tokio::test(flavor = "multi_thread")]
async fn months_tell_the_rate_and_the_days_of_waiting_and_areas_the_kinds_of_care() {
    let place = samples().await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let course = committee.open("/committee/course").body;
    assert!(course.len() < 100_000, "{}", course.len());
    for (id, unit) in [("D-1", "％"), ("C-2", "日")] {
        let section = between(&course, &format!("id=\"of-{id}\""), "</section>");
        let row = section.split("<tr>").last().unwrap();
        let newest = between(row, "<b>", "</b>");
        assert!(newest.ends_with(unit), "{row}");
        assert_eq!(row.matches("<td class=\"number\">").count(), 13, "{row}");
        // The newest is what the figure's page says of the same meeting.
        let figure = committee.open(&format!(
            "/committee/figures/{id}?fiscal_year=2023&meeting=3"
        ));
        let told = value(&figure.body);
        let number = newest.trim_end_matches(unit);
        if id == "C-2" {
            assert!(told.contains(number), "{newest}: {told}");
            continue;
        }
        // Exact rates of two months would tell how many plans were made between them.
        let exact = between(told, "（", "％）").replace('.', "");
        let (exact, rounded): (i64, i64) = (exact.parse().unwrap(), number.parse().unwrap());
        let is_near = exact.abs_diff(rounded.saturating_mul(10)) <= 25;
        assert!(is_near && rounded.rem_euclid(5) == 0, "{newest}: {told}");
    }
    for browser in [&mut committee, &mut manager] {
        let areas = browser.open("/committee/areas?fiscal_year=2022").body;
        let care = between(&areas, "id=\"care\"", "</table>");
        let counts: Vec<&str> = care.split("<td class=\"number\">").skip(1).collect();
        assert!(counts.len() > 4, "{care}");
        for count in counts {
            let count = count.trim_start_matches("<a href=\"");
            let count = count.split_once("\">").map_or(count, |(_, told)| told);
            let count = count.split('<').next().unwrap();
            assert!(count.parse::<i64>().unwrap() >= 5, "{care}");
        }
        assert!(!care.contains("<tfoot>"), "they do not add up: {care}");
    }
}
