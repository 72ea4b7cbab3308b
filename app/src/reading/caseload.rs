//! Which lines the list of children is held to, asked for on its page and over HTTP alike.

use ledger_core::code::Area;
use ledger_core::text::register_number;
use ledger_core::time::AgeBand;
use ledger_projections::caseload::CaseloadLine;

/// The code of an age that is not known.
pub const UNKNOWN_AGE: &str = "unknown";

/// What a line has to have; where nothing is said, everybody whose case goes on is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The beginning of a register number.
    pub number: Option<&'a str>,
    /// An area's code.
    pub area: Option<&'a str>,
    /// An age band's code, or [`UNKNOWN_AGE`].
    pub age: Option<&'a str>,
    /// The code of daily medical care that goes on.
    pub procedure: Option<&'a str>,
    /// An account in charge.
    pub in_charge: Option<&'a str>,
    /// Closed cases as well.
    pub closed: bool,
}

impl Wanted<'_> {
    /// Whether a line has all of it.
    #[must_use]
    pub fn has(&self, line: &CaseloadLine) -> bool {
        let number = self.number.map(register_number);
        let begins = |wanted: String| {
            let own = line.number.as_ref();
            wanted.is_empty() || own.is_some_and(|own| own.starts_with(&wanted))
        };
        let mut procedures = line.procedures.iter().map(|care| care.code());
        let mut in_charge = line.in_charge.iter();
        number.is_none_or(begins)
            && self
                .area
                .is_none_or(|area| line.area.map(Area::code) == Some(area))
            && self
                .age
                .is_none_or(|age| line.age.map_or(UNKNOWN_AGE, AgeBand::code) == age)
            && self
                .procedure
                .is_none_or(|wanted| procedures.any(|care| care == wanted))
            && self
                .in_charge
                .is_none_or(|wanted| in_charge.any(|account| account == wanted))
            && (self.closed || line.closed_on.is_none())
    }
}

/// The codes of an age, that of one that is not known behind the bands.
pub fn age_codes() -> impl Iterator<Item = &'static str> {
    let bands = AgeBand::ALL.iter().map(|band| band.code());
    bands.chain([UNKNOWN_AGE])
}
