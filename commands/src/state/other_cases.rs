//! What the other cases of a merged person say that a decision about one of them has to know.
//!
//! Things keep their place: what was begun in an alias is brought to its end there, so nothing of
//! another case is found by its id. What is true of the person is true in each of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use ledger_core::id::{ConsentId, StreamName};

use super::{Child, Consent, OpenThing, State, StreamState as _};

/// What stands in the other cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherCases {
    /// Consents that were given.
    pub consents: BTreeMap<ConsentId, Consent>,
    /// A home-living support plan goes on.
    pub open_support_plan: bool,
    /// An individual disaster plan goes on.
    pub open_disaster_plan: bool,
    /// A stay in hospital goes on.
    pub in_hospital: bool,
    /// The referrals, plans, stays in hospital and promised next steps that are open.
    pub open_things: Vec<OpenThing>,
}

impl OtherCases {
    fn add(&mut self, child: &Child) {
        let consents = child.consents.given.iter();
        self.consents
            .extend(consents.map(|(id, it)| (*id, it.clone())));
        self.open_support_plan |= child.has_open_support_plan();
        self.open_disaster_plan |= child.has_open_disaster_plan();
        self.in_hospital |= child.open_hospital_stay().is_some();
        self.open_things.extend(child.open_things());
    }
}

impl State {
    /// The streams of the other cases of a merged person.
    #[must_use]
    pub fn other_cases(&self) -> Vec<StreamName> {
        let Self::Child(child) = self else {
            return Vec::new();
        };
        let others = child.case.absorbed.iter().chain(&child.case.absorbed_into);
        others.map(|other| StreamName::child(*other)).collect()
    }

    /// The state together with those of the person's other cases.
    #[must_use]
    pub fn beside(&self, others: &[&Self]) -> Cow<'_, Self> {
        let (Self::Child(child), false) = (self, others.is_empty()) else {
            return Cow::Borrowed(self);
        };
        let others = others.iter().filter_map(|other| Child::of(other));
        let others: Vec<&Child> = others.collect();
        let mut joined = child.clone();
        for other in &others {
            joined.others.add(other);
        }
        let profiles: Vec<_> = others.iter().map(|other| &other.profile).collect();
        joined.profile.join(&profiles);
        Cow::Owned(Self::Child(joined))
    }
}
