//! Sets a menu of the subsidy in a fiscal year: which lines it pays for, at which rate, up to which cap.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, FinanceEvent, SubsidyMenuSet};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::{FiscalYear, Occurred};

use super::may_write;
use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::YEN_MAX;
use crate::rule::subsidy;
use crate::rule::text::text;
use crate::state::{Programme, YearBooks};

/// Sets a menu of the subsidy in a fiscal year; rate and cap that are not given are those of the
/// paper for that year of operation.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSubsidyMenu {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The menu's code.
    pub menu: String,
    /// Its name.
    pub name: String,
    /// Codes of the budget lines that it pays for; a line is paid for by one menu.
    pub lines: Vec<String>,
    /// The rate in percent, 1 to 100; none: 100 in the first three years of operation, then 50.
    #[serde(default)]
    pub rate_percent: Option<u32>,
    /// The cap in yen; none: 10,000,000.
    #[serde(default)]
    pub cap_yen: Option<i64>,
}

impl Decision for SetSubsidyMenu {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        let year = StreamName::fiscal_year(self.fiscal_year);
        vec![year, StreamName::programme()]
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let stream = StreamName::fiscal_year(self.fiscal_year);
        let books: &YearBooks = view.state(&stream)?;
        may_write(books, (self.fiscal_year, self.occurred), context)?;
        let set = self.set(view.state(&StreamName::programme())?)?;
        check(books, &set)?;
        if books.menus.get(&set.menu) == Some(&set) {
            return Err(Reason::NothingChanges.into());
        }
        let event = FinanceEvent::SubsidyMenuSet(set);
        Ok(vec![Written {
            stream,
            drafts: vec![Draft::new(event, self.occurred)],
        }])
    }
}

impl SetSubsidyMenu {
    fn set(&self, programme: &Programme) -> Result<SubsidyMenuSet, Rejection> {
        let rate = match (self.rate_percent, programme.first_year()) {
            (Some(rate), _) => rate,
            (None, Some(first)) => subsidy::rate_percent(first, self.fiscal_year),
            // Without a period nothing says which year of operation this is.
            (None, None) => return Err(Reason::MissingValue.on("rate_percent")),
        };
        Ok(SubsidyMenuSet {
            fiscal_year: self.fiscal_year,
            menu: text(&self.menu),
            name_ja: text(&self.name),
            lines: self.lines.iter().map(|line| text(line)).collect(),
            rate_percent: rate,
            cap_yen: self.cap_yen.unwrap_or(subsidy::CAP_YEN),
        })
    }
}

fn check(books: &YearBooks, set: &SubsidyMenuSet) -> Result<(), Rejection> {
    let missing = [("menu", &set.menu), ("name", &set.name_ja)];
    if let Some((field, _)) = missing.iter().find(|(_, text)| text.is_empty()) {
        return Err(Reason::MissingValue.on(field));
    }
    if set.lines.is_empty() {
        return Err(Reason::MissingValue.on("lines"));
    }
    if !(1..=100).contains(&set.rate_percent) {
        return Err(Reason::NotANumber.on("rate_percent"));
    }
    if !(0..=YEN_MAX).contains(&set.cap_yen) {
        return Err(Reason::NotANumber.on("cap_yen"));
    }
    for (index, line) in set.lines.iter().enumerate() {
        if books.spendable(line).is_none() {
            return Err(Reason::UnknownBudgetLine.on("lines"));
        }
        let mut others = books.menus.values().filter(|other| other.menu != set.menu);
        let elsewhere = others.any(|other| other.lines.contains(line));
        if elsewhere || set.lines.iter().take(index).any(|other| other == line) {
            return Err(Reason::AlreadyRecorded.on("lines"));
        }
    }
    Ok(())
}
