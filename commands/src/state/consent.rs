//! Consents to share what the centre knows, and their withdrawal.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::code::{DataClass, PartyKind, SharingPurpose};
use ledger_core::event::{ConsentEvent, ConsentGiven};
use ledger_core::id::{ConsentId, OrganisationId, SharingId};
use ledger_core::time::Day;

use super::{Happened, Step};

/// A consent, with what it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// When it was given.
    pub given: Step,
    /// Kinds of offices that may be told.
    pub recipients: Vec<PartyKind>,
    /// Only these offices, where they are named.
    pub organisations: Vec<OrganisationId>,
    /// What may be told.
    pub data: Vec<DataClass>,
    /// For what.
    pub purpose: SharingPurpose,
    /// Last day on which it holds.
    pub valid_to: Option<Day>,
    /// When it was taken back.
    pub withdrawn: Option<Step>,
}

impl Consent {
    fn new(given: &ConsentGiven, step: Step) -> Self {
        Self {
            given: step,
            recipients: given.recipients.clone(),
            organisations: given.organisations.clone(),
            data: given.data.clone(),
            purpose: given.purpose,
            valid_to: given.valid_to,
            withdrawn: None,
        }
    }

    /// The latest dated step, at which an undated one stands.
    #[must_use]
    pub fn latest_day(&self) -> Option<Day> {
        let withdrawn = self.withdrawn.and_then(|step| step.day());
        self.given.day().max(withdrawn)
    }

    /// Whether it was neither taken back nor out of date before it was given.
    pub(crate) fn is_orderly(&self) -> bool {
        let withdrawn = self.withdrawn.and_then(|step| step.day());
        let later = [withdrawn, self.valid_to].into_iter().flatten().min();
        later.is_none_or(|day| self.given.day() <= Some(day))
    }
}

/// A person's consents, refusals and sharings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consents {
    /// The consents that were given.
    pub given: BTreeMap<ConsentId, Consent>,
    /// The consents that were asked for and refused.
    pub refused: BTreeMap<ConsentId, Step>,
    /// What was shared.
    pub shared: BTreeSet<SharingId>,
}

impl Consents {
    /// Whether a consent was given or refused under this id.
    #[must_use]
    pub fn knows(&self, id: ConsentId) -> bool {
        self.given.contains_key(&id) || self.refused.contains_key(&id)
    }

    /// The latest dated step of one consent.
    #[must_use]
    pub fn latest_day(&self, id: ConsentId) -> Option<Day> {
        let refused = self.refused.get(&id).and_then(Step::day);
        let given = self.given.get(&id).and_then(Consent::latest_day);
        given.max(refused)
    }

    /// Takes an event in; a withdrawal of a consent that does not stand changes nothing.
    pub(super) fn evolve(&mut self, event: &ConsentEvent, happened: &Happened<'_>) {
        let step = happened.step();
        match event {
            ConsentEvent::Given(given) => {
                self.given.insert(given.consent, Consent::new(given, step));
            },
            ConsentEvent::Withdrawn(withdrawn) => {
                if let Some(consent) = self.given.get_mut(&withdrawn.consent) {
                    consent.withdrawn = Some(step);
                }
            },
            ConsentEvent::Refused(refused) => {
                self.refused.insert(refused.consent, step);
            },
            ConsentEvent::Shared(shared) => drop(self.shared.insert(shared.sharing)),
        }
    }
}
