//! Of which kinds an event of a timeline is, by which some of them are looked for.

use ledger_core::code::Channel;
use ledger_core::event::{ConsultationEvent, Event, SupportPlanEvent};

use super::TimelineEntry;

/// A kind of event of a timeline. One event may be of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A consultation.
    Consultation,
    /// Somebody went there.
    Visit,
    /// A referral or a step of one.
    Referral,
    /// A step of a home-living support plan.
    SupportPlan,
    /// People met about the person.
    Meeting,
    /// A stay in hospital, its end, and what was told of it.
    Hospital,
    /// A step of a disaster plan.
    DisasterPlan,
    /// Who the person is and what care they need.
    Profile,
    /// Who works with the person.
    CareTeam,
    /// Consent, and what was told to others.
    Consent,
    /// A promised next step.
    FollowUp,
    /// What the family said.
    FamilyVoice,
    /// The case as a whole.
    Case,
    /// It was corrected, annulled or moved.
    Amended,
}

impl EntryKind {
    /// Every kind, in the order of the page.
    pub const ALL: &'static [Self] = &[
        Self::Consultation,
        Self::Visit,
        Self::Referral,
        Self::SupportPlan,
        Self::Meeting,
        Self::Hospital,
        Self::DisasterPlan,
        Self::Profile,
        Self::CareTeam,
        Self::Consent,
        Self::FollowUp,
        Self::FamilyVoice,
        Self::Case,
        Self::Amended,
    ];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Consultation => "consultation",
            Self::Visit => "visit",
            Self::Referral => "referral",
            Self::SupportPlan => "support-plan",
            Self::Meeting => "meeting",
            Self::Hospital => "hospital",
            Self::DisasterPlan => "disaster-plan",
            Self::Profile => "profile",
            Self::CareTeam => "care-team",
            Self::Consent => "consent",
            Self::FollowUp => "follow-up",
            Self::FamilyVoice => "family-voice",
            Self::Case => "case",
            Self::Amended => "amended",
        }
    }
}

impl TimelineEntry {
    /// The kinds of which it is.
    #[must_use]
    pub fn kinds(&self) -> Vec<EntryKind> {
        let mut kinds: Vec<EntryKind> = own(&self.event).into_iter().collect();
        kinds.extend(met(&self.event));
        let amended = !self.earlier.is_empty() || !self.amendments.is_empty();
        if amended || self.standing != "stands" {
            kinds.push(EntryKind::Amended);
        }
        kinds
    }
}

/// The kind by what an event is about; none of what stands in no person's stream.
const fn own(event: &Event) -> Option<EntryKind> {
    Some(match event {
        Event::Consultation(_) => EntryKind::Consultation,
        Event::Referral(_) => EntryKind::Referral,
        Event::SupportPlan(SupportPlanEvent::Discharged(_)) | Event::Hospital(_) => {
            EntryKind::Hospital
        },
        Event::SupportPlan(_) => EntryKind::SupportPlan,
        Event::DisasterPlan(_) => EntryKind::DisasterPlan,
        Event::Profile(_) => EntryKind::Profile,
        Event::CareTeam(_) => EntryKind::CareTeam,
        Event::Consent(_) => EntryKind::Consent,
        Event::FollowUp(_) => EntryKind::FollowUp,
        Event::FamilyVoice(_) => EntryKind::FamilyVoice,
        Event::Case(_) => EntryKind::Case,
        Event::Correction(_)
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
        | Event::Access(_) => return None,
    })
}

/// Whether people met, at the person's or at a table.
fn met(event: &Event) -> Option<EntryKind> {
    if let Event::SupportPlan(SupportPlanEvent::ConferenceHeld(_)) = event {
        return Some(EntryKind::Meeting);
    }
    let Event::Consultation(ConsultationEvent::Recorded(held)) = event else {
        return None;
    };
    match held.channel? {
        Channel::Visit => Some(EntryKind::Visit),
        Channel::Meeting => Some(EntryKind::Meeting),
        Channel::Phone | Channel::Office | Channel::Online | Channel::Mail => None,
    }
}
