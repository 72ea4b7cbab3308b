//! What can happen on a day of a simulated trial: one step of one service.

use super::centre::Centre;
use super::{
    PlayError, audit, care_team, case, committee, consent, consultation, correction, directory,
    disaster, duplicate, facility, hospital, intake, money, opinion, profile, referral, settings,
    support, trainee,
};

/// One step of one service, about a person where a number says so.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scene {
    /// The centre gets to know a person.
    Intake(u32, intake::Step),
    /// Something of a person's profile changes.
    Profile(u32),
    /// Somebody consults the centre.
    Consultation(consultation::Step),
    /// Consent and sharing.
    Consent(u32, consent::Step),
    /// Who works with a person.
    CareTeam(u32, care_team::Step),
    /// A case closes or opens again.
    Case(u32, case::Step),
    /// One person stands in the register twice.
    Duplicate(duplicate::Step),
    /// Something recorded turns out wrong.
    Correction(correction::Step),
    /// A stay in hospital.
    Hospital(u32, hospital::Step),
    /// A home-living support plan.
    Support(u32, support::Step),
    /// A disaster plan.
    Disaster(u32, disaster::Step),
    /// A referral.
    Referral(u32, referral::Step),
    /// Technical support to a facility.
    Facility(usize, facility::Step),
    /// Training of an advisor.
    Trainee(u32, trainee::Step),
    /// The directory of offices.
    Directory(directory::Step),
    /// Budget, spending, subsidy.
    Money(money::Step),
    /// A meeting of the committee.
    Committee(committee::Step),
    /// Opinions and requests.
    Opinion(opinion::Step),
    /// An audit.
    Audit(audit::Step),
    /// Settings and accounts.
    Settings(settings::Step),
}

impl Scene {
    /// Plays it.
    pub(super) async fn play(self, centre: &mut Centre<'_>) -> Result<(), PlayError> {
        match self {
            Self::Intake(child, step) => Box::pin(intake::play(centre, child, step)).await,
            Self::Profile(child) => Box::pin(profile::play(centre, child)).await,
            Self::Consultation(step) => Box::pin(consultation::play(centre, step)).await,
            Self::Consent(child, step) => Box::pin(consent::play(centre, child, step)).await,
            Self::CareTeam(child, step) => Box::pin(care_team::play(centre, child, step)).await,
            Self::Case(child, step) => Box::pin(case::play(centre, child, step)).await,
            Self::Duplicate(step) => Box::pin(duplicate::play(centre, step)).await,
            Self::Correction(step) => Box::pin(correction::play(centre, step)).await,
            Self::Hospital(child, step) => Box::pin(hospital::play(centre, child, step)).await,
            Self::Support(child, step) => Box::pin(support::play(centre, child, step)).await,
            Self::Disaster(child, step) => Box::pin(disaster::play(centre, child, step)).await,
            Self::Referral(child, step) => Box::pin(referral::play(centre, child, step)).await,
            Self::Facility(index, step) => Box::pin(facility::play(centre, index, step)).await,
            Self::Trainee(index, step) => Box::pin(trainee::play(centre, index, step)).await,
            Self::Directory(step) => Box::pin(directory::play(centre, step)).await,
            Self::Money(step) => Box::pin(money::play(centre, step)).await,
            Self::Committee(step) => Box::pin(committee::play(centre, step)).await,
            Self::Opinion(step) => Box::pin(opinion::play(centre, step)).await,
            Self::Audit(step) => Box::pin(audit::play(centre, step)).await,
            Self::Settings(step) => Box::pin(settings::play(centre, step)).await,
        }
    }
}
