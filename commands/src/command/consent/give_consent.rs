//! Records that the person or the legal guardian consented to sharing.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{ConsentForm, DataClass, PartyKind, SharingPurpose, Speaker};
use ledger_core::event::{ConsentEvent, ConsentGiven, Draft};
use ledger_core::id::{ChildId, ConsentId, OrganisationId};
use ledger_core::time::{Day, Occurred};

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::content;
use crate::rule::limit::ADULT_YEARS;
use crate::rule::list::distinct;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that the person or the legal guardian consented to sharing.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveConsent {
    /// The person.
    pub child: ChildId,
    /// The consent's new id.
    pub consent: ConsentId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Kinds of offices that may be told; one or more.
    #[serde(default)]
    pub recipients: Vec<PartyKind>,
    /// Only these offices, where they are named.
    #[serde(default)]
    pub organisations: Vec<OrganisationId>,
    /// What may be told; one or more.
    #[serde(default)]
    pub data: Vec<DataClass>,
    /// For what.
    pub purpose: SharingPurpose,
    /// How it was given.
    pub form: ConsentForm,
    /// Who gave it: the person or the legal guardian.
    pub given_by: Speaker,
    /// Last day on which it holds.
    #[serde(default)]
    pub valid_to: Option<Day>,
    /// Who gave it, by name.
    #[serde(default)]
    pub giver: Option<String>,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for GiveConsent {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.consents.knows(self.consent) {
            return Err(Reason::AlreadyRecorded.on("consent"));
        }
        let day = self.occurred.day();
        let age = day.and_then(|day| child.profile.birth.age_years(day));
        let minor = age.is_some_and(|age| age < ADULT_YEARS);
        // Nobody is the guardian of an adult before there is one.
        if self.given_by == Speaker::Family || minor && self.given_by == Speaker::AdultGuardian {
            return Err(Reason::ConsentByOther.on("given_by"));
        }
        if let Some(until) = self.valid_to {
            time::not_before(self.occurred.day(), until, "valid_to")?;
        }
        let event = ConsentEvent::Given(ConsentGiven {
            consent: self.consent,
            recipients: distinct(&self.recipients),
            organisations: distinct(&self.organisations),
            data: distinct(&self.data),
            purpose: self.purpose,
            form: self.form,
            given_by: self.given_by,
            valid_to: self.valid_to,
            giver: private(self.giver.as_deref()),
            note: private(self.note.as_deref()),
        });
        let draft = Draft::new(event, self.occurred);
        content::check(&draft.event)?;
        Ok(vec![draft])
    }
}
