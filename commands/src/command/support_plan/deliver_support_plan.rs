//! Records that an agreed version of a home-living support plan was handed out, within consent.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{DataClass, PartyKind, SharingPurpose};
use ledger_core::event::{Draft, SupportPlanDelivered, SupportPlanEvent};
use ledger_core::id::{ChildId, ConsentId, SupportPlanId};
use ledger_core::time::Occurred;

use super::open_plan;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::consent::{Sharing, may_share};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private_list;
use crate::rule::time;
use crate::state::Child;

/// Records that an agreed version of a home-living support plan was handed out, within consent.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverSupportPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: SupportPlanId,
    /// The version.
    pub version: u32,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Kinds of offices that get it; the consent must cover each.
    #[serde(default)]
    pub parties: Vec<PartyKind>,
    /// Only the family gets it; without this, the offices that get it are named.
    #[serde(default)]
    pub family_only: bool,
    /// The consent on which it is handed out; needed where an office gets it.
    #[serde(default)]
    pub consent: Option<ConsentId>,
    /// To whom, each in words; one or more.
    pub recipients: Vec<String>,
}

impl Act for DeliverSupportPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let version = plan.versions.get(&self.version);
        let version = version.ok_or(Reason::PlanNotFound.on("version"))?;
        let agreed = version.agreed.ok_or(Reason::NotAgreed.on("version"))?;
        time::in_order(agreed.day(), self.occurred, "occurred")?;
        let recipients = private_list(&self.recipients);
        if recipients.open().is_none_or(Vec::is_empty) {
            return Err(Reason::MissingValue.on("recipients"));
        }
        // A recipient in words alone would pass by the consent.
        if self.parties.is_empty() != self.family_only {
            return Err(Reason::MissingValue.on("parties"));
        }
        let consent = consent_of(self, child)?;
        let event = SupportPlanEvent::Delivered(SupportPlanDelivered {
            plan: self.plan,
            version: self.version,
            parties: self.parties.clone(),
            consent,
            recipients,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}

/// An office gets the plan on a consent only, for the support or for the discharge; the family needs
/// none for its own plan.
fn consent_of(command: &DeliverSupportPlan, child: &Child) -> Result<Option<ConsentId>, Rejection> {
    let mut consent = command.consent;
    for party in &command.parties {
        let sharing = |purpose| Sharing {
            party: *party,
            organisation: None,
            data: &[DataClass::SupportPlan],
            purpose,
        };
        let may = |purpose| may_share(child, consent, &sharing(purpose), command.occurred);
        let found = may(SharingPurpose::Support).or_else(|_| may(SharingPurpose::Discharge))?;
        consent = Some(found);
    }
    Ok(consent)
}
