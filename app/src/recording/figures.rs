//! What `freeze-materials` freezes: the figures as the log makes them, and the position at which they stand.

use ledger_commands::Reason;
use ledger_core::event::PeriodSet;
use ledger_core::time::{FiscalYear, wareki_fiscal_year};
use ledger_projections::facts::Facts;
use ledger_projections::indicators::Scope;
use serde_json::{Map, Value, json};

use super::said as read;
use crate::failure::Failure;
use crate::fault::rejection_failure;
use crate::reading::{frozen_at, reached, settings_at};
use crate::wiring::OpenWithKeys;

/// Puts in the figures of the year and the day, as at the position or the head; figures that are given
/// must be these.
pub(super) async fn find_figures(
    name: &str,
    fields: &mut Map<String, Value>,
    open: &OpenWithKeys,
) -> Result<(), Failure> {
    if name != "freeze-materials" {
        return Ok(());
    }
    let (Some(year), Some(day)) = (read(fields, "fiscal_year"), read(fields, "on_day")) else {
        // What is missing or wrong is told when the command is read.
        return Ok(());
    };
    let settings = settings_at(&open.open, None).await?;
    if let Some(period) = settings.period()
        && !settings.in_trial(year)
    {
        return Err(outside(period));
    }
    if FiscalYear::of(day) < year {
        return Err(not_begun(year));
    }
    let head = open.open.catch_up(&Facts, &mut |_, _| {}).await?;
    let at = reached(read(fields, "as_at").unwrap_or(head), head, "--as-at")?;
    fields.entry("as_at").or_insert(json!(at));
    fields.entry("head").or_insert(json!(head));
    let (made, _) = frozen_at(&open.open, Scope { year, day }, at).await?;
    let made = json!(made);
    if *fields.entry("figures").or_insert_with(|| made.clone()) == made {
        return Ok(());
    }
    let differ = Reason::FiguresDiffer.on("figures");
    Err(rejection_failure(&differ).hint(
        "--figures を省くと、台帳から計算した数を確定します。",
        "without --figures those that the ledger makes are frozen",
    ))
}

/// A year of which there are no figures.
fn outside(period: &PeriodSet) -> Failure {
    let years = [period.starts_on, period.ends_on].map(FiscalYear::of);
    let [first_ja, last_ja] = years.map(wareki_fiscal_year);
    let [first, last] = years.map(FiscalYear::year);
    Failure::refused(
        "YEAR_OUTSIDE_PROGRAMME",
        format!(
            "事業の実施期間にない年度です。{first_ja}（{first}）から{last_ja}（{last}）までです。"
        ),
        format!("the programme's fiscal years are {first} to {last}"),
    )
    .on("--fiscal-year")
}

/// A day on which nothing of the year can have happened.
fn not_begun(year: FiscalYear) -> Failure {
    let (ja, en) = (wareki_fiscal_year(year), year.year());
    Failure::refused(
        "YEAR_NOT_BEGUN",
        format!("その日には{ja}はまだ始まっていません。"),
        format!("fiscal year {en} has not begun on that day"),
    )
    .on("--on-day")
}
