//! What `freeze-materials` freezes: the figures as the log makes them, and the position at which they stand.

use ledger_commands::Reason;
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
    let begins = settings_at(&open.open, None).await?.starts_on();
    let begins = begins.map(FiscalYear::of);
    if begins.is_some_and(|begins| year < begins) {
        return Err(before_the_trial(begins));
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
fn before_the_trial(begins: Option<FiscalYear>) -> Failure {
    let first = begins.map(|year| (wareki_fiscal_year(year), year.year()));
    let (ja, en) = first.unwrap_or_default();
    Failure::refused(
        "YEAR_BEFORE_PROGRAMME",
        format!("事業が始まる前の年度です。年度は西暦で、最初の{ja}は{en}です。"),
        format!("the year lies before the programme, which begins in fiscal year {en}"),
    )
    .on("--fiscal-year")
}
