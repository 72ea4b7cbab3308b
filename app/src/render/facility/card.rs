//! The card of one facility, year by year.

use ledger_core::time::{FiscalYear, wareki_fiscal_year};
use ledger_projections::facility::{FacilityCard, Visit, support_grid};
use ledger_projections::indicators::Target;

use super::effects::{acceptances, confidence};
use super::{head, in_row, short, taking_part};
use crate::lang::Lang;
use crate::render::amounts::full_time;
use crate::render::sheet::{Sheet, numbered};

/// The card of a facility, with its number where that is known: what is known of it, and each year's visits.
#[must_use]
pub fn facility(number: Option<usize>, card: &FacilityCard, lang: Lang) -> String {
    let mut sheet = Sheet::new(lang);
    let title = numbered(sheet.pick("施設", "Facility"), number);
    let (name, id) = (card.called(), card.facility);
    sheet.line(&format!("{title}  {name}  {id}"));
    sheet.maybe(2, ("施設番号", "number"), card.number.as_deref());
    let kind = card.kind.map(|kind| lang.pick(kind.ja(), kind.code()));
    sheet.maybe(2, ("種別", "kind"), kind);
    let area = card.area.map(|area| lang.pick(area.ja(), area.code()));
    sheet.maybe(2, ("総合支所", "area"), area);
    if let Some(told) = &card.staffing {
        let on = short(told.told_on, lang);
        let nurses = full_time(told.nurse_fte_hundredths, lang);
        sheet.field(2, ("看護師", "nurses"), &format!("{nurses}  {on}"));
        let given = told.procedures.iter();
        let given: Vec<&str> = given.map(|one| lang.pick(one.ja(), one.code())).collect();
        let given = (!given.is_empty()).then(|| given.join(sheet.pick("、", ", ")));
        sheet.maybe(4, ("対応できるケア", "care"), given.as_deref());
    }
    for year in years(card) {
        of_year(&mut sheet, card, year);
    }
    sheet.finish()
}

/// The years in which a facility takes part or has visits.
fn years(card: &FacilityCard) -> Vec<FiscalYear> {
    let enrolled = card.enrolments.iter().map(|one| one.fiscal_year);
    let visited = card.visits.iter().filter_map(Visit::year);
    let mut years: Vec<FiscalYear> = enrolled.chain(visited).collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn of_year(sheet: &mut Sheet, card: &FacilityCard, year: FiscalYear) {
    let lang = sheet.lang;
    let grid = support_grid(vec![card.clone()], year, Target::Unset);
    let name = match lang {
        Lang::Ja => wareki_fiscal_year(year),
        Lang::En => format!("fiscal year {year}"),
    };
    let Some(row) = grid.rows.first() else { return };
    let taking_part = match taking_part(row, year, lang) {
        said if said.is_empty() => lang.pick("支援対象", "takes part").to_owned(),
        said => said,
    };
    sheet.line(&format!("  {name}  {}", taking_part.trim()));
    let cells = in_row(row, 0, year, lang);
    let visits = head(lang).into_iter().zip(cells).skip(4);
    let visits = visits.filter(|(_, cell)| !cell.is_empty());
    let visits: Vec<String> = visits
        .map(|(head, cell)| format!("{head} {cell}"))
        .collect();
    sheet.line(&format!("    {}", visits.join("  ")));
    let mut parts = confidence(card, year, lang);
    parts.extend(acceptances(card, year, lang));
    if !parts.is_empty() {
        sheet.line(&format!("    {}", parts.join("  ")));
    }
}
