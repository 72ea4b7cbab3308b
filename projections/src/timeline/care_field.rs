//! The fields of care (分野), and which of them each code is taken for: the one table of this assumption.
//!
//! The paper names the fields in two places: the liaison council joins 保健・医療・福祉・教育・保育, and its
//! annex draws ＜地域医療＞＜保健＞＜福祉＞＜教育・保育＞＜家族会＞. No event says its field, and no source says
//! which topic or office belongs to which, but for the plan at discharge (保健・医療・福祉サービス等の全体的な
//! コーディネート) and for what an office is by its name. The rest is our assumption, so it stands in this file
//! alone, nothing is stored by it, and the page says so.

use ledger_core::code::{CareRole, Consulter, PartyKind, ReferralReason, Section, Topic};

use CareField::{Childcare, Education, Family, Health, Medical, Welfare};

/// A field of care by which events of a timeline are looked for. One event may be of several, or of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CareField {
    /// 医療
    Medical,
    /// 保健
    Health,
    /// 福祉
    Welfare,
    /// 保育
    Childcare,
    /// 教育
    Education,
    /// 家族
    Family,
}

impl CareField {
    /// Every field, in the order of the page.
    pub const ALL: &'static [Self] = &[Medical, Health, Welfare, Childcare, Education, Family];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Medical => "medical",
            Health => "health",
            Welfare => "welfare",
            Childcare => "childcare",
            Education => "education",
            Family => "family",
        }
    }
}

/// The fields that a home-living support plan coordinates, as the paper says.
pub(super) const SUPPORT_PLAN: &[CareField] = &[Medical, Health, Welfare];

/// What a consultation was about.
pub(super) const fn of_topic(topic: Topic) -> &'static [CareField] {
    match topic {
        Topic::Discharge | Topic::VisitingNursing | Topic::Clinic | Topic::Technique => &[Medical],
        Topic::WelfareServices
        | Topic::ChildDevelopment
        | Topic::Equipment
        | Topic::Transport
        | Topic::Finance
        | Topic::FindingAdvisor => &[Welfare],
        Topic::Respite => &[Welfare, Family],
        Topic::NurseryEntry => &[Childcare],
        Topic::SchoolEntry => &[Education],
        Topic::Family | Topic::ParentsWork | Topic::MentalBurden => &[Family],
        Topic::TransitionToAdult => &[Medical, Welfare],
        Topic::Disaster | Topic::Moving | Topic::Other => &[],
    }
}

/// The office that consulted; the person and the guardian consult in every field.
pub(super) const fn of_consulter(consulter: Consulter) -> &'static [CareField] {
    match consulter {
        Consulter::Hospital | Consulter::VisitingNursing => &[Medical],
        Consulter::School => &[Education],
        Consulter::Advisor => &[Welfare],
        // A facility may be a nursery or a day facility.
        Consulter::Facility
        | Consulter::Person
        | Consulter::Guardian
        | Consulter::WardOffice
        | Consulter::Other => &[],
    }
}

/// A kind of office.
pub(super) const fn of_party(party: PartyKind) -> &'static [CareField] {
    match party {
        PartyKind::Hospital | PartyKind::Clinic | PartyKind::VisitingNursing => &[Medical],
        PartyKind::DistrictCentre => &[Health, Welfare],
        PartyKind::DistrictNurse => &[Health],
        PartyKind::DayFacility
        | PartyKind::ShortStay
        | PartyKind::HomeHelp
        | PartyKind::AdvisorOffice
        | PartyKind::AdultFacility => &[Welfare],
        PartyKind::Nursery => &[Childcare],
        PartyKind::School | PartyKind::SpecialNeedsSchool => &[Education],
        PartyKind::FamilyAssociation => &[Family],
        PartyKind::TokyoCentre | PartyKind::Ward | PartyKind::Centre | PartyKind::Other => &[],
    }
}

/// A section of a district centre.
pub(super) const fn of_section(section: Section) -> &'static [CareField] {
    match section {
        Section::HealthPromotion => &[Health],
        Section::HealthWelfare | Section::LivelihoodSupport => &[Welfare],
        Section::ChildFamily => &[Childcare, Family],
    }
}

/// What somebody of the care team is to the person, beside the office that they come from.
pub(super) const fn of_role(role: CareRole) -> &'static [CareField] {
    match role {
        CareRole::AttendingDoctor
        | CareRole::FamilyDoctor
        | CareRole::MedicalSocialWorker
        | CareRole::VisitingNurse
        | CareRole::Therapist
        | CareRole::FacilityNurse => &[Medical],
        CareRole::DistrictNurse => &[Health],
        CareRole::SupportSpecialist | CareRole::HomeHelper => &[Welfare],
        // Of a nursery or of a school: the office says which.
        CareRole::Teacher | CareRole::Coordinator | CareRole::Other => &[],
    }
}

/// Why a person is referred.
pub(super) const fn of_reason(reason: ReferralReason) -> &'static [CareField] {
    match reason {
        ReferralReason::Services | ReferralReason::Livelihood => &[Welfare],
        ReferralReason::HealthVisit => &[Health],
        ReferralReason::Discharge => &[Medical],
        ReferralReason::Education => &[Childcare, Education],
        ReferralReason::DisasterPlan | ReferralReason::HandOver | ReferralReason::Other => &[],
    }
}
