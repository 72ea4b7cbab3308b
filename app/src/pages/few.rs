//! A figure's value as pages show it: ※ in place of one that tells of few persons.

use ledger_projections::indicators::{Amount, Indicator, is_of_few};
use ledger_projections::settings::Settings;

use super::export::Cell;
use super::language::current;
use crate::render;

/// What stands where a number is not shown.
pub(super) const WITHHELD: &str = "※";

/// A value in words, and as it is taken along.
pub(super) fn value(indicator: &Indicator, value: &Amount, settings: &Settings) -> (String, Cell) {
    if is_of_few(indicator.id, value, settings) {
        return (WITHHELD.to_owned(), Cell::text(WITHHELD));
    }
    (
        render::amount(value, indicator.unit_ja, current()),
        Cell::amount(value, indicator.unit_ja),
    )
}
