//! The programme's years, and the units of its planned numbers, among which a form lets somebody choose.

use ledger_core::time::{Day, FiscalYear};
use ledger_projections::settings::Settings;

use crate::pages::fault::Refusal;
use crate::pages::language::{current, t};
use crate::pages::site::Site;
use crate::pages::years::known_years;
use crate::reading::settings_at;
use crate::render;

/// The units in which the ward's paper states planned numbers.
const UNITS: [(&str, (&str, &str)); 5] = [
    ("cases", ("件（延べ件数）", "Contacts")),
    ("children", ("人（実人数）", "Children")),
    ("visits", ("回（訪問）", "Visits")),
    ("advisors", ("名（相談員）", "Advisors")),
    ("plans", ("件（計画）", "Plans")),
];

/// What a field of an act takes of the programme's; none of another field.
pub(super) async fn of(
    site: &Site,
    act: &str,
    field: &str,
) -> Result<Option<Vec<(String, String)>>, Refusal> {
    let choices: fn(&Settings, Day) -> Vec<(String, String)> = match (act, field) {
        ("freeze-materials", "fiscal_year") => begun_years,
        ("set-planned-number", "planned.fiscal_year") => years,
        ("set-planned-number", "planned.unit") => units,
        _ => return Ok(None),
    };
    let settings = settings_at(&site.open.open, None).await?;
    Ok(Some(choices(&settings, site.today())))
}

/// The years of which there are figures that could be frozen, newest first.
fn begun_years(settings: &Settings, today: Day) -> Vec<(String, String)> {
    let years = known_years(settings, today);
    years.into_iter().rev().map(named).collect()
}

/// The years of the programme's period; none where none is set.
fn years(settings: &Settings, _: Day) -> Vec<(String, String)> {
    let period = settings.period();
    let years = period.map(|_| known_years(settings, Day::MAX));
    years.unwrap_or_default().into_iter().map(named).collect()
}

/// The units that the planned numbers have, each once.
fn units(settings: &Settings, _: Day) -> Vec<(String, String)> {
    let mut units: Vec<&str> = Vec::new();
    for planned in settings.planned() {
        if !units.contains(&planned.unit.as_str()) {
            units.push(&planned.unit);
        }
    }
    let named = units.into_iter().map(|unit| {
        let known = UNITS.iter().find(|(code, _)| *code == unit);
        let called = known.map_or(unit, |(_, (ja, en))| t(ja, en));
        (unit.to_owned(), called.to_owned())
    });
    named.collect()
}

fn named(year: FiscalYear) -> (String, String) {
    (
        year.year().to_string(),
        render::fiscal_year(year, current()),
    )
}
