//! Refers a person to another office, or records that an office referred one to the centre (連携).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Area, Direction, PartyKind, ReferralReason, Section, Urgency};
use ledger_core::event::{Draft, ReferralEvent, ReferralMade};
use ledger_core::id::{ChildId, ConsentId, LedgerId, OrganisationId, ReferralId, StreamName};
use ledger_core::time::{Day, Occurred};

use super::other_office::OtherOffice;
use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::rule::{directory, time};
use crate::state::Child;

/// Refers a person to another office, or records that an office referred one to the centre (連携).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeReferral {
    /// The person.
    pub child: ChildId,
    /// The referral's new id.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Which way it goes; left out: from the centre.
    #[serde(default = "from_the_centre")]
    pub direction: Direction,
    /// Kind of the other office; left out: a district health-welfare centre.
    #[serde(default = "district_centre")]
    pub party: PartyKind,
    /// The other office, where it is in the directory.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// The other office, in words.
    #[serde(default)]
    pub office: Option<String>,
    /// Area; of a district centre it has to be given.
    #[serde(default)]
    pub area: Option<Area>,
    /// Section of a district centre, of which it has to be given.
    #[serde(default)]
    pub section: Option<Section>,
    /// How urgent.
    pub urgency: Urgency,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReferralReason>,
    /// Day by which it is hoped to be completed.
    #[serde(default)]
    pub due_on: Option<Day>,
    /// The consent on which it rests.
    #[serde(default)]
    pub consent: Option<ConsentId>,
    /// What is asked for.
    #[serde(default)]
    pub request: Option<String>,
    /// Who of the centre makes it, or takes it in.
    #[serde(default)]
    pub staff: Option<String>,
}

const fn from_the_centre() -> Direction {
    Direction::To
}

const fn district_centre() -> PartyKind {
    PartyKind::DistrictCentre
}

impl Decision for MakeReferral {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        directory::streams(self.child, self.organisation, self.occurred)
    }

    fn reads_also(&self, view: View<'_>, _ledger: LedgerId) -> Vec<StreamName> {
        view.other_cases(&StreamName::child(self.child))
    }

    fn wrong(&self, context: &Context) -> Vec<Rejection> {
        let each = [
            time::occurred(self.occurred, context, "occurred").err(),
            self.due().err(),
        ];
        let office = self.other_office().wrong();
        each.into_iter().flatten().chain(office).collect()
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        directory::act(self.child, self.occurred, view, context, |child| {
            self.drafts(child, view)
        })
    }
}

impl MakeReferral {
    fn drafts(&self, child: &Child, view: View<'_>) -> Result<Vec<Draft>, Rejection> {
        if child.referral(self.referral).is_some() {
            return Err(Reason::AlreadyRecorded.on("referral"));
        }
        self.other_office().check(self.occurred, view)?;
        self.due()?;
        let event = ReferralEvent::Made(ReferralMade {
            referral: self.referral,
            number: None,
            area: self.area,
            section: self.section,
            urgency: Some(self.urgency),
            redirected_from: None,
            direction: self.direction,
            party: self.party,
            organisation: self.organisation,
            reason: self.reason,
            due_on: self.due_on,
            consent: self.consent,
            office: private(self.office.as_deref()),
            request: private(self.request.as_deref()),
            staff: private(self.staff.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }

    fn other_office(&self) -> OtherOffice<'_> {
        OtherOffice {
            party: self.party,
            organisation: self.organisation,
            office: self.office.as_deref(),
            area: self.area,
            section: self.section,
        }
    }

    /// It is not hoped to be completed before it is made.
    fn due(&self) -> Result<(), Rejection> {
        self.due_on.map_or(Ok(()), |due| {
            time::in_order(self.occurred.day(), Occurred::Day(due), "due_on")
        })
    }
}
