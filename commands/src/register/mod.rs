//! Rows of the centre's registers as facts: typed, each with the events that it becomes.
//!
//! A fact is never refused because it is late or incomplete; it is taken with a data-quality flag.
//! A row that fills more cells later goes through [`Grown`].

mod child_row;
mod consultation_row;
mod disaster_plan_row;
mod facility_row;
mod facts;
mod grown;
mod referral_growth;
mod referral_row;
mod support_plan_row;
mod training_row;

#[cfg(test)]
mod tests;

pub use child_row::ChildRow;
pub use consultation_row::ConsultationRow;
pub use disaster_plan_row::DisasterPlanRow;
pub use facility_row::FacilityRow;
pub use grown::Grown;
pub use referral_row::ReferralRow;
pub use support_plan_row::SupportPlanRow;
pub use training_row::TrainingRow;

use ledger_core::code::Register;
use ledger_core::id::{ChildId, CommandId, LedgerId, StreamName};
use ledger_core::time::{Day, TimeOfDay};

use crate::rule::text::given;

/// A row of a register, cells parsed.
pub trait RegisterRow {
    /// The register.
    const REGISTER: Register;

    /// Every column of the register, in its order.
    const COLUMNS: &'static [&'static str];

    /// The parts of the row's key in their normal form: numbers NFKC and upper case, days ISO 8601,
    /// versions without leading zeros.
    fn key(&self) -> Vec<String>;

    /// The filled columns in the register's order, each with its value in normal form: the same
    /// value gives the same text, whatever its notation in the file.
    fn cells(&self) -> Vec<(&'static str, String)>;

    /// The names of the filled columns, in the register's order.
    fn filled(&self) -> Vec<&'static str> {
        self.cells().into_iter().map(|(column, _)| column).collect()
    }

    /// The id of the command that records the row for the first time.
    fn command(&self, ledger: LedgerId) -> CommandId {
        command(ledger, Self::REGISTER, &self.key(), &[])
    }
}

/// The id of a row's command: UUIDv5 of register and key, and of the newly filled columns where it grew.
fn command(ledger: LedgerId, register: Register, key: &[String], newly: &[&str]) -> CommandId {
    let key = key.iter().map(String::as_str);
    let parts: Vec<&str> = key.chain(newly.iter().copied()).collect();
    CommandId::new(ledger.derive(register.code(), &parts))
}

/// The id of the person with a register number (対象者番号).
#[must_use]
pub fn child_id(ledger: LedgerId, number: &str) -> ChildId {
    ChildId::new(ledger.derive("child", &[number]))
}

/// The stream of the person that a row names; an empty number names nobody who is registered.
fn child_stream(ledger: LedgerId, number: Option<&str>) -> StreamName {
    StreamName::child(child_id(ledger, number.unwrap_or_default()))
}

/// Collects a row's filled cells in their normal form.
#[derive(Default)]
struct Cells(Vec<(&'static str, String)>);

impl Cells {
    fn text(mut self, column: &'static str, text: Option<&str>) -> Self {
        self.0.extend(given(text).map(|text| (column, text)));
        self
    }

    fn number(self, column: &'static str, number: Option<&str>) -> Self {
        let number = number.map(ledger_core::text::register_number);
        self.text(column, number.as_deref())
    }

    fn show(mut self, column: &'static str, value: Option<impl ToString>) -> Self {
        self.0
            .extend(value.map(|value| (column, value.to_string())));
        self
    }

    fn day(self, column: &'static str, day: Option<Day>) -> Self {
        self.show(column, day)
    }

    fn time(self, column: &'static str, time: Option<TimeOfDay>) -> Self {
        self.show(column, time.map(|time| time.format("%H:%M").to_string()))
    }

    fn yes_no(self, column: &'static str, value: Option<bool>) -> Self {
        self.show(column, value.map(|yes| if yes { "有" } else { "無" }))
    }

    fn list<T: ToString>(self, column: &'static str, values: &[T]) -> Self {
        let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
        self.text(column, Some(&texts.join(";")))
    }
}
