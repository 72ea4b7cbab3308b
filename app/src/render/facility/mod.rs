//! Technical support to facilities in words: the year's grid, and the card of one facility.

mod card;
mod effects;

pub use card::facility;

use ledger_core::code::VisitStaff;
use ledger_core::time::{Day, FiscalYear, wareki_short};
use ledger_projections::facility::{
    FacilityCard, GridRow, SupportGrid, VISITS_A_YEAR, Visit, VisitState,
};

use self::effects::{acceptances, confidence};
use super::columns::columns;
use super::indicator::target;
use super::sheet::Sheet;
use crate::lang::Lang;

/// A day in as few letters as it can be told.
fn short(on: Option<Day>, lang: Lang) -> String {
    match (on, lang) {
        (Some(on), Lang::Ja) => wareki_short(on),
        (Some(on), Lang::En) => on.to_string(),
        (None, _) => "—".to_owned(),
    }
}

fn staff(kind: Option<VisitStaff>, lang: Lang) -> &'static str {
    kind.map_or("", |kind| lang.pick(kind.ja(), kind.code()))
}

/// A visit in a cell.
fn cell(visit: &Visit, lang: Lang) -> String {
    let state = match visit.state {
        VisitState::Done => "",
        VisitState::Scheduled => lang.pick("予定 ", "arranged "),
        VisitState::Missed => lang.pick("未実施 ", "missed "),
        VisitState::Cancelled => lang.pick("取りやめ ", "cancelled "),
    };
    let on = short(visit.on, lang);
    let said = format!("{state}{on} {}", staff(visit.staff_kind, lang));
    said.trim_end().to_owned()
}

/// The year's grid: what was planned and done, a line a facility, and what is to come.
#[must_use]
pub fn facility_grid(grid: &SupportGrid, numbers: &[usize], lang: Lang) -> String {
    let mut sheet = Sheet::new(lang);
    sheet.line(&format!("  {}", sums(grid, lang)));
    let mut rows = vec![head(lang)];
    for (row, number) in grid.rows.iter().zip(numbers) {
        rows.push(in_row(row, *number, grid.fiscal_year, lang));
    }
    if !grid.rows.is_empty() {
        for line in columns(&rows) {
            sheet.line(&format!("  {line}"));
        }
    }
    if grid.free_rows > 0 {
        let free = grid.free_rows;
        let said = sheet
            .pick("対象施設の空き", "places for facilities")
            .to_owned();
        let unit = sheet.pick("か所", "").to_owned();
        sheet.line(&format!("  {said}: {free}{unit}"));
    }
    arranged(
        &mut sheet,
        grid,
        VisitState::Scheduled,
        ("今後の訪問予定", "visits to come"),
    );
    arranged(
        &mut sheet,
        grid,
        VisitState::Missed,
        (
            "予定日を過ぎ、実施も取りやめも記録のない訪問",
            "visits whose day passed without a record",
        ),
    );
    effects(&mut sheet, grid);
    sheet.finish()
}

fn sums(grid: &SupportGrid, lang: Lang) -> String {
    let planned = match (grid.planned_facilities, lang) {
        (Some(count), Lang::Ja) => format!(
            "{}回（{count}か所×{VISITS_A_YEAR}回）",
            target(grid.planned, lang)
        ),
        (Some(count), Lang::En) => {
            format!(
                "{} ({count} facilities x {VISITS_A_YEAR})",
                target(grid.planned, lang)
            )
        },
        (None, _) => target(grid.planned, lang),
    };
    let (done, counted) = (grid.done, grid.counted);
    let (to_come, missed, gaps) = (grid.scheduled, grid.missed, grid.gaps);
    match lang {
        Lang::Ja => format!(
            "予定数 {planned}　実施 {done}回（各施設4回までで{counted}回）　今後の予定 {to_come}回　未実施 {missed}回　空き {gaps}回"
        ),
        Lang::En => format!(
            "planned {planned}; done {done} ({counted} up to four a facility); to come {to_come}; missed {missed}; gaps {gaps}"
        ),
    }
}

fn head(lang: Lang) -> Vec<String> {
    let first = lang.pick("番号 施設 種別 総合支所", "no. facility kind area");
    let mut head: Vec<String> = first.split(' ').map(str::to_owned).collect();
    head.extend((1..=VISITS_A_YEAR).map(|nth| match lang {
        Lang::Ja => format!("{nth}回目"),
        Lang::En => format!("visit {nth}"),
    }));
    head.push(lang.pick("5回目以降", "further").to_owned());
    head
}

fn in_row(row: &GridRow, number: usize, year: FiscalYear, lang: Lang) -> Vec<String> {
    let card = &row.card;
    let kind = card
        .kind
        .map_or("—", |kind| lang.pick(kind.ja(), kind.code()));
    let area = card
        .area
        .map_or("—", |area| lang.pick(area.ja(), area.code()));
    let mut cells = vec![
        number.to_string(),
        format!("{}{}", card.called(), taking_part(row, year, lang)),
        kind.to_owned(),
        area.to_owned(),
    ];
    let gap = if row.takes_part(year) {
        lang.pick("空き", "free")
    } else {
        "—"
    };
    let visits = row.visits.iter();
    cells.extend(visits.map(|visit| {
        visit
            .as_ref()
            .map_or_else(|| gap.to_owned(), |visit| cell(visit, lang))
    }));
    let extra: Vec<String> = row.extra.iter().map(|visit| cell(visit, lang)).collect();
    cells.push(extra.join(lang.pick("、", ", ")));
    cells
}

/// What is to be said of a facility that does not take part to the year's end.
fn taking_part(row: &GridRow, year: FiscalYear, lang: Lang) -> String {
    let withdrawn = row.card.enrolment(year).and_then(|one| one.withdrawn_on);
    match (withdrawn, row.enrolled, lang) {
        (Some(on), _, Lang::Ja) => format!("（{}まで対象）", wareki_short(on)),
        (Some(on), _, Lang::En) => format!(" (until {on})"),
        (None, false, _) => lang.pick("（対象登録なし）", " (not enrolled)").to_owned(),
        (None, true, _) => String::new(),
    }
}

/// The visits of a state over all facilities, by their days.
fn arranged(sheet: &mut Sheet, grid: &SupportGrid, state: VisitState, title: (&str, &str)) {
    let lang = sheet.lang;
    let rows = grid.rows.iter().flat_map(|row| {
        let visits = row.card.visits_in(grid.fiscal_year);
        visits.map(move |visit| (visit, row.card.called()))
    });
    let mut visits: Vec<(&Visit, String)> =
        rows.filter(|(visit, _)| visit.state == state).collect();
    visits.sort_by_key(|(visit, _)| visit.on);
    if visits.is_empty() {
        return;
    }
    let title = sheet.pick(title.0, title.1).to_owned();
    sheet.line(&format!("{title}:"));
    for (visit, name) in visits {
        let (on, who) = (short(visit.on, lang), staff(visit.staff_kind, lang));
        sheet.line(&format!("  {on}  {name}  {who}"));
    }
}

/// What the support did: confidence before and after, children taken on.
fn effects(sheet: &mut Sheet, grid: &SupportGrid) {
    let mut lines = Vec::new();
    for row in &grid.rows {
        let mut parts = confidence(&row.card, grid.fiscal_year, sheet.lang);
        parts.extend(acceptances(&row.card, grid.fiscal_year, sheet.lang));
        if !parts.is_empty() {
            lines.push(format!("  {}  {}", row.card.called(), parts.join("  ")));
        }
    }
    if lines.is_empty() {
        return;
    }
    sheet.say(
        "手技への自信（支援前→支援後、5段階）と受入れ:",
        "confidence (before → after, of 5) and acceptances:",
    );
    for line in lines {
        sheet.line(&line);
    }
}

/// Facilities that have no part in the year, with their numbers.
#[must_use]
pub fn other_facilities(others: &[(usize, &FacilityCard)], lang: Lang) -> Option<String> {
    if others.is_empty() {
        return None;
    }
    let names = others.iter();
    let names = names.map(|(number, card)| format!("{number} {}", card.called()));
    let names: Vec<String> = names.collect();
    let title = lang.pick(
        "この年度に関わりのない施設",
        "facilities without a part in it",
    );
    Some(format!("{title}: {}", names.join(lang.pick("、", ", "))))
}
