//! Records that an agreed version of a home-living support plan was handed out, within consent.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{DataClass, PartyKind, SharingPurpose};
use ledger_core::event::{Draft, SupportPlanDelivered, SupportPlanEvent};
use ledger_core::id::{ChildId, ConsentId, LedgerId, OrganisationId, StreamName, SupportPlanId};
use ledger_core::time::Occurred;

use super::open_plan;
use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::consent::{Sharing, may_share};
use crate::rule::list::distinct;
use crate::rule::text::private_list;
use crate::rule::{directory, time};
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
    /// Offices of the directory that get it; the consent must cover each.
    #[serde(default)]
    pub organisations: Vec<OrganisationId>,
    /// Kinds of further offices that get it and are not in the directory; the consent must cover
    /// each, and one that is limited to named offices covers none of them.
    #[serde(default)]
    pub parties: Vec<PartyKind>,
    /// Only the family gets it; without this, the offices that get it are named.
    #[serde(default)]
    pub family_only: bool,
    /// The consent on which it is handed out; needed where an office gets it.
    #[serde(default)]
    pub consent: Option<ConsentId>,
    /// To whom, each in words; one or more where no office of the directory is named.
    #[serde(default)]
    pub recipients: Vec<String>,
}

/// An office that gets the plan: its kind, and which it is where it is in the directory.
type Recipient = (PartyKind, Option<OrganisationId>);

impl Decision for DeliverSupportPlan {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        directory::streams(self.child, distinct(&self.organisations), self.occurred)
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

impl DeliverSupportPlan {
    fn drafts(&self, child: &Child, view: View<'_>) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let version = plan.versions.get(&self.version);
        let version = version.ok_or(Reason::PlanNotFound.on("version"))?;
        let agreed = version.agreed.ok_or(Reason::NotAgreed.on("version"))?;
        time::in_order(agreed.day(), self.occurred, "occurred")?;
        let recipients = private_list(&self.recipients);
        if recipients.open().is_none_or(Vec::is_empty) && self.organisations.is_empty() {
            return Err(Reason::MissingValue.on("recipients"));
        }
        let offices = self.offices(view)?;
        // A recipient in words alone would pass by the consent.
        if offices.is_empty() != self.family_only {
            return Err(Reason::MissingValue.on("parties"));
        }
        let consent = self.consent_of(child, &offices)?;
        let kinds: Vec<PartyKind> = offices.iter().map(|(kind, _)| *kind).collect();
        let event = SupportPlanEvent::Delivered(SupportPlanDelivered {
            plan: self.plan,
            version: self.version,
            parties: distinct(&kinds),
            organisations: distinct(&self.organisations),
            consent,
            recipients,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }

    /// The offices of the directory with their kinds, and the kinds of those that are not in it.
    fn offices(&self, view: View<'_>) -> Result<Vec<Recipient>, Rejection> {
        let mut offices: Vec<Recipient> = self.parties.iter().map(|kind| (*kind, None)).collect();
        for office in distinct(&self.organisations) {
            let kind = directory::kind_of(office, self.occurred, view);
            let kind = kind.map_err(|mut refused| {
                refused.field = Some("organisations");
                refused
            })?;
            offices.push((kind, Some(office)));
        }
        Ok(offices)
    }

    /// An office gets the plan on a consent only, for the support or for the discharge, and all of
    /// them on the one that is written down; the family needs none for its own plan.
    fn consent_of(
        &self,
        child: &Child,
        offices: &[Recipient],
    ) -> Result<Option<ConsentId>, Rejection> {
        if offices.is_empty() || self.consent.is_some() {
            self.covers(child, self.consent, offices)?;
            return Ok(self.consent);
        }
        let mut given = child
            .consents
            .given
            .keys()
            .chain(child.others.consents.keys());
        let found = given.find(|id| self.covers(child, Some(**id), offices).is_ok());
        let found = found.ok_or(Reason::ConsentMissing.on("consent"))?;
        Ok(Some(*found))
    }

    fn covers(
        &self,
        child: &Child,
        consent: Option<ConsentId>,
        offices: &[Recipient],
    ) -> Result<(), Rejection> {
        for (party, organisation) in offices {
            let sharing = |purpose| Sharing {
                party: *party,
                organisation: *organisation,
                data: &[DataClass::SupportPlan],
                purpose,
            };
            let may = |purpose| may_share(child, consent, &sharing(purpose), self.occurred);
            may(SharingPurpose::Support).or_else(|_| may(SharingPurpose::Discharge))?;
        }
        Ok(())
    }
}
