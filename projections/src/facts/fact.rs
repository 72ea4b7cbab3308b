//! One countable fact.

use ledger_core::code::Area;
use ledger_core::time::Day;

pub use super::kind::Kind;

/// One countable fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its kind.
    pub kind: Kind,
    /// What it is about: a consultation, a referral, a plan … by id, a procedure by code.
    pub thing: String,
    /// Whom it is about; nobody for an anonymous inquiry.
    pub subject: Option<String>,
    /// When; none where unknown.
    pub on_day: Option<Day>,
    /// Minute of the day in Japan, where known.
    pub minute: Option<i64>,
    /// A code that says more; of a person the register number.
    pub detail: Option<String>,
    /// A version, a flag, an amount, a number of minutes.
    pub value: Option<i64>,
    /// A second id or code.
    pub other: Option<String>,
    /// The area, where one is given.
    pub area: Option<Area>,
    /// The day by which something is expected.
    pub due_on: Option<Day>,
    /// Further codes, joined by commas: of a consultation its topics.
    pub codes: Option<String>,
}

impl Fact {
    /// A fact about a thing; the projection adds whom and when.
    pub(super) fn about(kind: Kind, thing: impl std::fmt::Display) -> Self {
        Self {
            kind,
            thing: thing.to_string(),
            subject: None,
            on_day: None,
            minute: None,
            detail: None,
            value: None,
            other: None,
            area: None,
            due_on: None,
            codes: None,
        }
    }

    /// The same fact with a value.
    pub(super) fn valued(mut self, value: impl Into<i64>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// The same fact with a value, where there is one.
    pub(super) fn maybe(mut self, value: Option<u32>) -> Self {
        self.value = value.map(i64::from);
        self
    }

    /// The same fact with a code that says more.
    pub(super) fn detail(mut self, detail: impl std::fmt::Display) -> Self {
        self.detail = Some(detail.to_string());
        self
    }

    /// The same fact with a code that says more, where there is one.
    pub(super) fn maybe_detail(mut self, detail: Option<impl std::fmt::Display>) -> Self {
        self.detail = detail.map(|detail| detail.to_string());
        self
    }

    /// The same fact with a second id or code.
    pub(super) fn other(mut self, other: impl std::fmt::Display) -> Self {
        self.other = Some(other.to_string());
        self
    }

    /// The same fact with a second id or code, where there is one.
    pub(super) fn maybe_other(mut self, other: Option<impl std::fmt::Display>) -> Self {
        self.other = other.map(|other| other.to_string());
        self
    }

    /// The same fact in an area.
    pub(super) const fn area(mut self, area: Option<Area>) -> Self {
        self.area = area;
        self
    }

    /// The same fact with the day by which something is expected.
    pub(super) const fn due(mut self, due_on: Option<Day>) -> Self {
        self.due_on = due_on;
        self
    }

    /// The same fact with further codes; none of them holds a comma.
    pub(super) fn codes(mut self, codes: impl Iterator<Item = &'static str>) -> Self {
        let codes: Vec<&str> = codes.collect();
        self.codes = (!codes.is_empty()).then(|| codes.join(","));
        self
    }

    /// The same fact about a person whose stream this is not.
    pub(super) fn of(mut self, subject: impl std::fmt::Display) -> Self {
        self.subject = Some(subject.to_string());
        self
    }
}
