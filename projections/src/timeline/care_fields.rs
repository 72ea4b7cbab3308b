//! Of which fields of care an event of a timeline is, by what it is about and with which kind of office.

use std::collections::{BTreeSet, HashMap};

use ledger_core::code::PartyKind;
use ledger_core::event::{
    CareTeamEvent, ConsentEvent, ConsultationEvent, ConsultationRecorded, Event, FollowUpEvent,
    ProfileEvent, ReferralEvent, ReferralMade, SupportPlanEvent, SupportPlanSectionsWritten, Thing,
};
use ledger_core::id::ConsultationId;
use ledger_core::private::Private;

use super::TimelineEntry;
use super::care_field::{
    CareField, SUPPORT_PLAN, of_consulter, of_party, of_reason, of_role, of_section, of_topic,
};

type Fields = BTreeSet<CareField>;

/// Puts into each entry its fields of care.
pub(super) fn fill_in(entries: &mut [TimelineEntry]) {
    let said = Said::by(entries);
    let fields: Vec<Fields> = entries.iter().map(|entry| said.of(&entry.event)).collect();
    for (entry, fields) in entries.iter_mut().zip(fields) {
        entry.care_fields = fields.into_iter().collect();
    }
}

/// What the entries say that others rest on.
struct Said<'e> {
    /// What begins each thing.
    beginnings: HashMap<Thing, &'e Event>,
    consultations: HashMap<ConsultationId, &'e ConsultationRecorded>,
}

impl<'e> Said<'e> {
    fn by(entries: &'e [TimelineEntry]) -> Self {
        let (mut beginnings, mut consultations) = (HashMap::new(), HashMap::new());
        for TimelineEntry { event, .. } in entries {
            if let Some(thing) = event.thing().filter(|_| event.begins()) {
                beginnings.entry(thing).or_insert(event);
            }
            if let Event::Consultation(ConsultationEvent::Recorded(held)) = event {
                consultations.entry(held.consultation).or_insert(held);
            }
        }
        Self {
            beginnings,
            consultations,
        }
    }

    fn of(&self, event: &Event) -> Fields {
        let fields = own(event);
        let thing = event.thing().filter(says_for_its_steps);
        let Some(thing) = thing.filter(|_| fields.is_empty()) else {
            return fields;
        };
        match self.beginnings.get(&thing) {
            Some(Event::FollowUp(FollowUpEvent::Scheduled(it))) => {
                let held = it
                    .consultation
                    .and_then(|held| self.consultations.get(&held));
                held.map(|held| of_consultation(held)).unwrap_or_default()
            },
            Some(first) => own(first),
            None => fields,
        }
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
