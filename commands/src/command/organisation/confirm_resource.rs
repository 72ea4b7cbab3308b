//! Records what an office said that it can take on (受入状況の確認), on the day on which it was asked.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Capacity, CareProcedure, WelfareService};
use ledger_core::event::{Draft, OrganisationEvent, ResourceConfirmed};
use ledger_core::id::{LedgerId, OrganisationId, StreamName};
use ledger_core::time::Occurred;

use super::worked_with;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::AGE_YEARS_MAX;
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Organisation;

/// Records what an office said that it can take on (受入状況の確認), on the day on which it was asked.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmResource {
    /// The office.
    pub organisation: OrganisationId,
    /// When it was asked.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// How much it can take on.
    pub capacity: Capacity,
    /// Daily medical care that it can give.
    #[serde(default)]
    pub procedures: Vec<CareProcedure>,
    /// Services that it offers.
    #[serde(default)]
    pub services: Vec<WelfareService>,
    /// Youngest age taken, in years.
    #[serde(default)]
    pub age_from: Option<u32>,
    /// Oldest age taken, in years.
    #[serde(default)]
    pub age_to: Option<u32>,
    /// Free places.
    #[serde(default)]
    pub places: Option<u32>,
    /// Who said it.
    #[serde(default)]
    pub confirmed_with: Option<String>,
    /// Conditions, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Single for ConfirmResource {
    type State = Organisation;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::organisation(self.organisation)
    }

    fn drafts(&self, known: &Organisation, context: &Context) -> Result<Vec<Draft>, Rejection> {
        worked_with(known)?;
        time::occurred(self.occurred, context, "occurred")?;
        for (age, field) in [(self.age_from, "age_from"), (self.age_to, "age_to")] {
            if age.is_some_and(|age| age > AGE_YEARS_MAX) {
                return Err(Reason::NotANumber.on(field));
            }
        }
        if matches!((self.age_from, self.age_to), (Some(from), Some(to)) if from > to) {
            return Err(Reason::NotANumber.on("age_to"));
        }
        if self.contradicts() {
            return Err(Reason::PlacesDiffer.on("places"));
        }
        let event = OrganisationEvent::ResourceConfirmed(ResourceConfirmed {
            organisation: self.organisation,
            capacity: self.capacity,
            procedures: self.procedures.clone(),
            services: self.services.clone(),
            age_from: self.age_from,
            age_to: self.age_to,
            places: self.places,
            confirmed_with: private(self.confirmed_with.as_deref()),
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}

impl ConfirmResource {
    /// Whether the number of free places says another thing than the capacity.
    fn contradicts(&self) -> bool {
        let taken = matches!(self.capacity, Capacity::Full | Capacity::NotOffered);
        match self.places {
            Some(0) => self.capacity == Capacity::Open,
            Some(_) => taken,
            None => false,
        }
    }
}
