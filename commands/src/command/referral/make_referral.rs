//! Refers a person to a section of a district health-welfare centre (連携).

use serde::Deserialize;

use ledger_core::code::{Area, Direction, PartyKind, Section, Urgency};
use ledger_core::event::{Draft, ReferralEvent, ReferralMade};
use ledger_core::id::{ChildId, ReferralId};
use ledger_core::time::Occurred;

use crate::command::when::when;
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Refers a person to a section of a district health-welfare centre (連携).
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeReferral {
    /// The person.
    pub child: ChildId,
    /// The referral's new id.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    pub occurred: Occurred,
    /// Area of the district centre.
    pub area: Area,
    /// Its section.
    pub section: Section,
    /// How urgent.
    pub urgency: Urgency,
    /// What is asked for.
    #[serde(default)]
    pub request: Option<String>,
    /// Who of the centre makes it.
    #[serde(default)]
    pub staff: Option<String>,
}

impl Act for MakeReferral {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.referral(self.referral).is_some() {
            return Err(Reason::AlreadyRecorded.on("referral"));
        }
        // The district centres are the ward's own.
        if self.area == Area::OutsideWard {
            return Err(Reason::UnknownCode.on("area"));
        }
        let event = ReferralEvent::Made(ReferralMade {
            referral: self.referral,
            number: None,
            area: Some(self.area),
            section: Some(self.section),
            urgency: Some(self.urgency),
            redirected_from: None,
            direction: Direction::To,
            party: PartyKind::DistrictCentre,
            organisation: None,
            reason: None,
            due_on: None,
            consent: None,
            request: private(self.request.as_deref()),
            staff: private(self.staff.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
