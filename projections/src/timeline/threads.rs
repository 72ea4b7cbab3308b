//! What holds the events of a timeline together beside their days: the referral and the other offices.

use ledger_core::code::{Area, PartyKind, Section};
use ledger_core::event::{
    CareTeamEvent, ConsentEvent, DisasterPlanEvent, Event, HospitalEvent, ReferralEvent,
    SupportPlanEvent, Thing,
};
use ledger_core::id::{OrganisationId, ReferralId};

use super::{Timeline, TimelineEntry};

/// An office with which the centre works for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherOffice {
    /// One of the directory.
    Known(OrganisationId),
    /// One of a kind.
    Kind(PartyKind),
    /// A district centre, or one of its sections.
    District(Option<Area>, Option<Section>),
}

impl OtherOffice {
    fn of(organisation: Option<OrganisationId>, party: PartyKind) -> Self {
        organisation.map_or(Self::Kind(party), Self::Known)
    }
}

impl TimelineEntry {
    /// The referral of which it is a step, or by which it came.
    #[must_use]
    pub const fn referral(&self) -> Option<ReferralId> {
        if let Event::Referral(event) = &self.event {
            return Some(event.referral());
        }
        if let Event::SupportPlan(SupportPlanEvent::Requested(it)) = &self.event {
            return it.referral;
        }
        if let Event::SupportPlan(SupportPlanEvent::HandedOver(it)) = &self.event {
            return it.referral;
        }
        if let Event::DisasterPlan(DisasterPlanEvent::Transferred(it)) = &self.event {
            return it.referral;
        }
        if let Event::Hospital(HospitalEvent::NoticeReceived(it)) = &self.event {
            return it.referral;
        }
        None
    }
}

impl Timeline {
    /// The other offices with which an event of it deals, each once: those that it names, or that the
    /// beginning of its referral, stay or membership names.
    #[must_use]
    pub fn offices(&self, entry: &TimelineEntry) -> Vec<OtherOffice> {
        let mut offices = named(&entry.event);
        let thing = entry.event.thing().filter(is_with_an_office);
        if let Some(thing) = thing.filter(|_| offices.is_empty()) {
            let begins = |one: &&TimelineEntry| one.event.begins();
            let own = |one: &&TimelineEntry| one.event.thing() == Some(thing);
            let first = self.entries.iter().filter(begins).find(own);
            offices.extend(first.map(|first| named(&first.event)).unwrap_or_default());
        }
        let mut each: Vec<OtherOffice> = Vec::new();
        for office in offices {
            if !each.contains(&office) {
                each.push(office);
            }
        }
        each
    }
}

/// Whether a thing is with one office from its beginning on.
const fn is_with_an_office(thing: &Thing) -> bool {
    match thing {
        Thing::Referral(_) | Thing::HospitalStay(_) | Thing::CareTeamMember(_) => true,
        Thing::Guardian(_)
        | Thing::SupportPlan(_)
        | Thing::DisasterPlan(_)
        | Thing::Consent(_)
        | Thing::FollowUp(_) => false,
    }
}

/// The offices that an event names.
fn named(event: &Event) -> Vec<OtherOffice> {
    let one = |organisation, party| vec![OtherOffice::of(organisation, party)];
    if let Event::Referral(ReferralEvent::Made(it)) = event {
        if it.organisation.is_none() && it.party == PartyKind::DistrictCentre {
            return vec![OtherOffice::District(it.area, it.section)];
        }
        return one(it.organisation, it.party);
    }
    if let Event::CareTeam(CareTeamEvent::Joined(it)) = event {
        return one(it.organisation, it.party);
    }
    if let Event::Hospital(HospitalEvent::Started(it)) = event {
        return one(it.organisation, PartyKind::Hospital);
    }
    if let Event::Consent(ConsentEvent::Shared(it)) = event {
        return one(it.organisation, it.party);
    }
    if let Event::SupportPlan(event) = event {
        return of_plan(event);
    }
    Vec::new()
}

fn of_plan(event: &SupportPlanEvent) -> Vec<OtherOffice> {
    let kinds = |parties: &[PartyKind]| parties.iter().copied().map(OtherOffice::Kind).collect();
    match event {
        SupportPlanEvent::Delivered(it) if !it.organisations.is_empty() => {
            let known = it.organisations.iter().copied();
            known.map(OtherOffice::Known).collect()
        },
        SupportPlanEvent::Delivered(it) => kinds(&it.parties),
        SupportPlanEvent::ConferenceHeld(it) => kinds(&it.parties),
        SupportPlanEvent::Requested(it) => {
            it.requested_by.map(OtherOffice::Kind).into_iter().collect()
        },
        SupportPlanEvent::HandedOver(it) => {
            vec![OtherOffice::of(it.organisation, PartyKind::AdvisorOffice)]
        },
        SupportPlanEvent::Drafted(_)
        | SupportPlanEvent::Agreed(_)
        | SupportPlanEvent::Revised(_)
        | SupportPlanEvent::Closed(_)
        | SupportPlanEvent::Discharged(_)
        | SupportPlanEvent::SectionsWritten(_)
        | SupportPlanEvent::Explained(_)
        | SupportPlanEvent::Monitored(_) => Vec::new(),
    }
}
