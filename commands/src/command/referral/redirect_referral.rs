//! Sends a referral on to another section: the old one ends and the new one begins together.

use serde::Deserialize;

use ledger_core::code::{Area, Direction, PartyKind, Section, Urgency};
use ledger_core::event::{Draft, ReferralEvent, ReferralMade, ReferralRedirected};
use ledger_core::id::{ChildId, ReferralId};
use ledger_core::time::Occurred;

use super::going_on;
use crate::command::when::when;
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Sends a referral on to another section: the old one ends and the new one begins together.
#[derive(Clone, PartialEq, Eq, Deserialize)]
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
    pub occurred: Occurred,
    /// Area of the new district centre.
    pub area: Area,
    /// Its section.
    pub section: Section,
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

impl Act for RedirectReferral {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = going_on(child, self.referral)?;
        if known.completed.is_some() || known.feedback.is_some() {
            return Err(Reason::ReferralNotOpen.on("referral"));
        }
        if child.referral(self.to).is_some() || self.to == self.referral {
            return Err(Reason::AlreadyRecorded.on("to"));
        }
        // The district centres are the ward's own.
        if self.area == Area::OutsideWard {
            return Err(Reason::UnknownCode.on("area"));
        }
        if (known.area, known.section) == (Some(self.area), Some(self.section)) {
            return Err(Reason::NothingChanges.on("section"));
        }
        time::in_order(known.latest_day(), self.occurred, "occurred")?;
        let redirected = ReferralEvent::Redirected(ReferralRedirected {
            referral: self.referral,
            to: self.to,
            reason: private(self.reason.as_deref()),
        });
        let made = ReferralEvent::Made(ReferralMade {
            referral: self.to,
            number: None,
            area: Some(self.area),
            section: Some(self.section),
            urgency: self.urgency.or(known.urgency),
            redirected_from: Some(self.referral),
            direction: Direction::To,
            party: PartyKind::DistrictCentre,
            organisation: None,
            reason: None,
            due_on: None,
            consent: None,
            request: private(self.request.as_deref()),
            staff: private(self.staff.as_deref()),
        });
        let events = [redirected, made];
        Ok(events.map(|event| Draft::new(event, self.occurred)).into())
    }
}
