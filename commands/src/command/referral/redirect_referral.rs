//! Sends a referral on to another office of its kind: the old one ends and the new one begins together.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Area, PartyKind, Section, Urgency};
use ledger_core::event::{Draft, ReferralEvent, ReferralMade, ReferralRedirected};
use ledger_core::id::{ChildId, LedgerId, OrganisationId, ReferralId, StreamName};
use ledger_core::time::Occurred;

use super::other_office::OtherOffice;
use super::{going_on, outgoing};
use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::{given, private};
use crate::rule::{directory, time};
use crate::state::{Child, Referral};

/// Sends a referral on to another office of its kind: the old one ends and the new one begins together.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedirectReferral {
    /// The person.
    pub child: ChildId,
    /// The referral that ends; a declined one can be sent on, a completed one cannot.
    pub referral: ReferralId,
    /// The new referral's id.
    pub to: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The new office, where it is in the directory.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// The new office, in words.
    #[serde(default)]
    pub office: Option<String>,
    /// Area; of a district centre it has to be given.
    #[serde(default)]
    pub area: Option<Area>,
    /// Section of a district centre, of which it has to be given.
    #[serde(default)]
    pub section: Option<Section>,
    /// How urgent; none: as before.
    #[serde(default)]
    pub urgency: Option<Urgency>,
    /// What is asked for.
    #[serde(default)]
    pub request: Option<String>,
    /// Why it goes on.
    #[serde(default)]
    pub reason: Option<String>,
    /// Who of the centre sends it on.
    #[serde(default)]
    pub staff: Option<String>,
}

impl Decision for RedirectReferral {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        directory::streams(self.child, self.organisation, self.occurred)
    }

    fn reads_also(&self, view: View<'_>, _ledger: LedgerId) -> Vec<StreamName> {
        view.other_cases(&StreamName::child(self.child))
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        directory::act(self.child, self.occurred, view, context, |child| {
            self.drafts(child, view)
        })
    }
}

impl RedirectReferral {
    fn drafts(&self, child: &Child, view: View<'_>) -> Result<Vec<Draft>, Rejection> {
        let known = going_on(child, self.referral)?;
        outgoing(known)?;
        if known.completed.is_some() || known.feedback.is_some() {
            return Err(Reason::ReferralNotOpen.on("referral"));
        }
        if child.referral(self.to).is_some() || self.to == self.referral {
            return Err(Reason::AlreadyRecorded.on("to"));
        }
        let other = OtherOffice {
            party: known.party,
            organisation: self.organisation,
            office: self.office.as_deref(),
            area: self.area,
            section: self.section,
        };
        other.check(self.occurred, view)?;
        self.goes_elsewhere(known)?;
        time::in_order(known.latest_day(), self.occurred, "occurred")?;
        let redirected = ReferralEvent::Redirected(ReferralRedirected {
            referral: self.referral,
            to: self.to,
            reason: private(self.reason.as_deref()),
        });
        let made = ReferralEvent::Made(ReferralMade {
            referral: self.to,
            number: None,
            area: self.area,
            section: self.section,
            urgency: self.urgency.or(known.urgency),
            redirected_from: Some(self.referral),
            direction: known.direction,
            party: known.party,
            organisation: self.organisation,
            reason: known.reason,
            due_on: known.due_on,
            consent: known.consent,
            office: private(self.office.as_deref()),
            request: private(self.request.as_deref()),
            staff: private(self.staff.as_deref()),
        });
        let events = [redirected, made];
        Ok(events.map(|event| Draft::new(event, self.occurred)).into())
    }

    /// The new office is another one; words alone cannot be compared.
    fn goes_elsewhere(&self, known: &Referral) -> Result<(), Rejection> {
        if known.party == PartyKind::DistrictCentre {
            if (known.area, known.section) == (self.area, self.section) {
                return Err(Reason::NothingChanges.on("section"));
            }
        } else if self.organisation.is_some()
            && self.organisation == known.organisation
            && given(self.office.as_deref()).is_none()
        {
            return Err(Reason::NothingChanges.on("organisation"));
        }
        Ok(())
    }
}
