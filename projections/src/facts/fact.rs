//! One countable fact, and the kinds of them.

use ledger_core::time::Day;

/// What kind of fact; the codes stand in the figures' SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person became known; detail: register number.
    PersonKnown,
    /// Daily medical care began; thing: the procedure.
    ProcedureStarted,
    /// Daily medical care ended; thing: the procedure.
    ProcedureEnded,
    /// Mobility was assessed; value: 1 where 動ける.
    Mobility,
    /// A consultation; minute: of the day, where known.
    Consultation,
    /// A referral was made.
    ReferralMade,
    /// It was received.
    ReferralReceived,
    /// It was accepted.
    ReferralAccepted,
    /// It was declined.
    ReferralDeclined,
    /// It was completed.
    ReferralCompleted,
    /// Its loop was closed by feedback.
    ReferralFedBack,
    /// It was withdrawn or redirected.
    ReferralEnded,
    /// Version 1 of a home-living plan was drafted.
    SupportPlanDrafted,
    /// A version was agreed; value: the version.
    SupportPlanAgreed,
    /// A version was written; value: the version.
    SupportPlanRevised,
    /// Version 1 of a disaster plan was drafted.
    DisasterPlanDrafted,
    /// A version was agreed; value: the version.
    DisasterPlanAgreed,
    /// A plan was verified with a guardian.
    DisasterPlanVerified,
    /// A plan ended.
    DisasterPlanEnded,
    /// A facility was visited.
    FacilityVisit,
    /// A training session was held.
    TrainingSession,
    /// Training was completed.
    TraineeCompleted,
}

impl Kind {
    /// The code in the table.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PersonKnown => "person-known",
            Self::ProcedureStarted => "procedure-started",
            Self::ProcedureEnded => "procedure-ended",
            Self::Mobility => "mobility",
            Self::Consultation => "consultation",
            Self::ReferralMade => "referral-made",
            Self::ReferralReceived => "referral-received",
            Self::ReferralAccepted => "referral-accepted",
            Self::ReferralDeclined => "referral-declined",
            Self::ReferralCompleted => "referral-completed",
            Self::ReferralFedBack => "referral-fed-back",
            Self::ReferralEnded => "referral-ended",
            Self::SupportPlanDrafted => "support-plan-drafted",
            Self::SupportPlanAgreed => "support-plan-agreed",
            Self::SupportPlanRevised => "support-plan-revised",
            Self::DisasterPlanDrafted => "disaster-plan-drafted",
            Self::DisasterPlanAgreed => "disaster-plan-agreed",
            Self::DisasterPlanVerified => "disaster-plan-verified",
            Self::DisasterPlanEnded => "disaster-plan-ended",
            Self::FacilityVisit => "facility-visit",
            Self::TrainingSession => "training-session",
            Self::TraineeCompleted => "trainee-completed",
        }
    }
}

/// One countable fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its kind.
    pub kind: Kind,
    /// What it is about: a consultation, a referral, a plan … by id, a procedure by code.
    pub thing: String,
    /// Whom it is about; nobody for an anonymous inquiry.
    pub subject: Option<String>,
    /// When; none where unknown.
    pub on_day: Option<Day>,
    /// Minute of the day in Japan, where known.
    pub minute: Option<i64>,
    /// A register number.
    pub detail: Option<String>,
    /// A version or a flag.
    pub value: Option<i64>,
}

impl Fact {
    /// A fact about a thing; the projection adds whom and when.
    pub(super) fn about(kind: Kind, thing: impl std::fmt::Display) -> Self {
        Self {
            kind,
            thing: thing.to_string(),
            subject: None,
            on_day: None,
            minute: None,
            detail: None,
            value: None,
        }
    }

    /// The same fact with a value.
    pub(super) fn valued(mut self, value: impl Into<i64>) -> Self {
        self.value = Some(value.into());
        self
    }
}
