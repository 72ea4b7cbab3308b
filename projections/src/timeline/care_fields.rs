//! Of which fields of care an event of a timeline is, by what it is about and with which kind of office.

use std::collections::BTreeSet;

use ledger_core::code::PartyKind;
use ledger_core::event::{
    CareTeamEvent, ConsentEvent, ConsultationEvent, ConsultationRecorded, Event, FollowUpEvent,
    ProfileEvent, ReferralEvent, ReferralMade, SupportPlanEvent, SupportPlanSectionsWritten, Thing,
};
use ledger_core::id::ConsultationId;
use ledger_core::private::Private;

use super::care_field::{
    CareField, SUPPORT_PLAN, of_consulter, of_party, of_reason, of_role, of_section, of_topic,
};
use super::{Timeline, TimelineEntry};

type Fields = BTreeSet<CareField>;

impl Timeline {
    /// The fields of care of one of its events, in their order: those that it says, or that the beginning of
    /// its referral, membership, consent or promise says.
    #[must_use]
    pub fn care_fields(&self, entry: &TimelineEntry) -> Vec<CareField> {
        let mut fields = own(&entry.event);
        if let Some(first) = fields.is_empty().then(|| self.beginning(entry)).flatten() {
            fields = own(&first.event);
            if let Event::FollowUp(FollowUpEvent::Scheduled(it)) = &first.event {
                let held = it.consultation.and_then(|held| self.consultation(held));
                fields = held.map(of_consultation).unwrap_or_default();
            }
        }
        fields.into_iter().collect()
    }

    /// What begins the thing of which an event is a step; itself, where it is that.
    fn beginning(&self, entry: &TimelineEntry) -> Option<&TimelineEntry> {
        let thing = entry.event.thing().filter(says_for_its_steps)?;
        let begins = |one: &&TimelineEntry| one.event.begins();
        let own = |one: &&TimelineEntry| one.event.thing() == Some(thing);
        self.entries.iter().filter(begins).find(own)
    }

    fn consultation(&self, id: ConsultationId) -> Option<&ConsultationRecorded> {
        let held = self.entries.iter().filter_map(|entry| {
            if let Event::Consultation(ConsultationEvent::Recorded(held)) = &entry.event {
                return Some(held);
            }
            None
        });
        let mut held = held;
        held.find(|held| held.consultation == id)
    }
}

/// Whether the beginning of a thing says the fields of its steps.
const fn says_for_its_steps(thing: &Thing) -> bool {
    match thing {
        Thing::Referral(_) | Thing::CareTeamMember(_) | Thing::Consent(_) | Thing::FollowUp(_) => {
            true
        },
        Thing::Guardian(_)
        | Thing::SupportPlan(_)
        | Thing::DisasterPlan(_)
        | Thing::HospitalStay(_) => false,
    }
}

/// The fields that an event says itself.
fn own(event: &Event) -> Fields {
    match event {
        Event::Consultation(ConsultationEvent::Recorded(held)) => of_consultation(held),
        Event::Referral(ReferralEvent::Made(it)) => of_referral(it),
        Event::Hospital(_) => [CareField::Medical].into(),
        Event::SupportPlan(event) => of_plan(event),
        Event::Profile(event) => of_profile(event),
        Event::CareTeam(CareTeamEvent::Joined(it)) => {
            together([of_party(it.party), of_role(it.role)])
        },
        Event::Consent(ConsentEvent::Given(it)) => of_parties(&it.recipients),
        Event::Consent(ConsentEvent::Refused(it)) => of_parties(&it.recipients),
        Event::Consent(ConsentEvent::Shared(it)) => of_parties(&[it.party]),
        Event::FamilyVoice(_) => [CareField::Family].into(),
        // A disaster plan is a kind of its own and lies in every field; a case is no matter of care.
        Event::DisasterPlan(_)
        | Event::Case(_)
        | Event::Consultation(
            ConsultationEvent::InquiryLinked(_) | ConsultationEvent::InquiryUnlinked(_),
        )
        | Event::Referral(_)
        | Event::CareTeam(_)
        | Event::Consent(ConsentEvent::Withdrawn(_))
        | Event::FollowUp(_)
        | Event::Correction(_)
        | Event::Facility(_)
        | Event::Trainee(_)
        | Event::Programme(_)
        | Event::Organisation(_)
        | Event::Finance(_)
        | Event::Committee(_)
        | Event::Request(_)
        | Event::Audit(_)
        | Event::Account(_)
        | Event::Approval(_)
        | Event::Access(_) => Fields::new(),
    }
}

fn together<const N: usize>(fields: [&[CareField]; N]) -> Fields {
    fields.into_iter().flatten().copied().collect()
}

fn of_parties(parties: &[PartyKind]) -> Fields {
    let each = parties.iter().flat_map(|party| of_party(*party));
    each.copied().collect()
}

fn of_consultation(held: &ConsultationRecorded) -> Fields {
    let about = held.topics.iter().flat_map(|topic| of_topic(*topic));
    let from = held.consulter.map(of_consulter).unwrap_or_default();
    about.chain(from).copied().collect()
}

/// The section says more than its district centre.
fn of_referral(made: &ReferralMade) -> Fields {
    let office = made
        .section
        .map_or_else(|| of_party(made.party), of_section);
    together([office, made.reason.map(of_reason).unwrap_or_default()])
}

fn of_profile(event: &ProfileEvent) -> Fields {
    match event {
        ProfileEvent::BirthDetail(_)
        | ProfileEvent::ProcedureStarted(_)
        | ProfileEvent::ProcedureEnded(_)
        | ProfileEvent::CareScore(_) => [CareField::Medical].into(),
        // The degree of impairment is a doctor's, the certification an office's.
        ProfileEvent::MobilityAssessed(_) => [CareField::Medical, CareField::Welfare].into(),
        ProfileEvent::WelfareServices(_) => [CareField::Welfare].into(),
        ProfileEvent::GuardianAdded(_)
        | ProfileEvent::GuardianChanged(_)
        | ProfileEvent::GuardianRemoved(_) => [CareField::Family].into(),
        ProfileEvent::Registered(_) | ProfileEvent::Changed(_) => Fields::new(),
    }
}

fn of_plan(event: &SupportPlanEvent) -> Fields {
    let with_family = |mut fields: Fields, is_there: bool| {
        fields.extend(is_there.then_some(CareField::Family));
        fields
    };
    match event {
        SupportPlanEvent::Discharged(_) => [CareField::Medical].into(),
        SupportPlanEvent::Requested(it) => {
            let party = it.requested_by.map(of_party).unwrap_or_default();
            with_family(together([party]), it.by_family)
        },
        SupportPlanEvent::ConferenceHeld(it) => {
            with_family(of_parties(&it.parties), it.with_family)
        },
        SupportPlanEvent::Delivered(it) => of_parties(&it.parties),
        SupportPlanEvent::HandedOver(_) => [CareField::Welfare].into(),
        SupportPlanEvent::SectionsWritten(it) => of_sections(it),
        SupportPlanEvent::Explained(_) => with_family(together([SUPPORT_PLAN]), true),
        SupportPlanEvent::Drafted(_)
        | SupportPlanEvent::Agreed(_)
        | SupportPlanEvent::Revised(_)
        | SupportPlanEvent::Monitored(_)
        | SupportPlanEvent::Closed(_) => together([SUPPORT_PLAN]),
    }
}

/// The sections that were written and can be read here.
fn of_sections(written: &SupportPlanSectionsWritten) -> Fields {
    let sections: [(&Private<Option<String>>, &[CareField]); 5] = [
        (&written.health, &[CareField::Health]),
        (&written.medical, &[CareField::Medical]),
        (&written.welfare, &[CareField::Welfare]),
        (
            &written.education,
            &[CareField::Childcare, CareField::Education],
        ),
        (&written.family, &[CareField::Family]),
    ];
    let is_written = |text: &Private<Option<String>>| text.open().is_some_and(Option::is_some);
    let written = sections.into_iter().filter(|(text, _)| is_written(text));
    written.flat_map(|(_, fields)| fields).copied().collect()
}
