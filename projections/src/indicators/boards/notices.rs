//! What is told to the centre and by it beside hand-overs: notices, answers, plans and information handed over.

use crate::facts::Kind;
use crate::indicators::given::Given;

/// Something that is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A hospital tells of a discharge.
    Discharge,
    /// An office asks something about a referral.
    Question,
    /// An office tells how far a referral is.
    Progress,
    /// The centre asks how far a referral is.
    Reminder,
    /// The centre answers a question about a referral.
    Answer,
    /// The centre hands a plan out.
    PlanDelivered,
    /// The centre explains a plan to the family.
    PlanExplained,
    /// The centre shares information.
    Shared,
}

impl Notice {
    /// Every one, those that come to the centre first.
    pub const ALL: [Self; 8] = [
        Self::Discharge,
        Self::Question,
        Self::Progress,
        Self::Reminder,
        Self::Answer,
        Self::PlanDelivered,
        Self::PlanExplained,
        Self::Shared,
    ];

    /// Whether it comes to the centre.
    #[must_use]
    pub const fn comes(self) -> bool {
        match self {
            Self::Discharge | Self::Question | Self::Progress => true,
            Self::Reminder
            | Self::Answer
            | Self::PlanDelivered
            | Self::PlanExplained
            | Self::Shared => false,
        }
    }

    /// The kind of facts that tell of it, and what they say where the kind tells of others, too.
    const fn fact(self) -> (Kind, Option<&'static str>) {
        match self {
            Self::Discharge => (Kind::DischargeNotice, None),
            Self::Question => (Kind::ReferralStep, Some("information-requested")),
            Self::Progress => (Kind::ReferralStep, Some("progress-reported")),
            Self::Reminder => (Kind::ReferralStep, Some("reminded")),
            Self::Answer => (Kind::ReferralStep, Some("information-answered")),
            Self::PlanDelivered => (Kind::SupportPlanStep, Some("delivered")),
            Self::PlanExplained => (Kind::SupportPlanStep, Some("explained")),
            Self::Shared => (Kind::InformationShared, None),
        }
    }
}

/// How often each was told in the period.
#[must_use]
pub fn notices(given: &Given<'_, '_>) -> Vec<(Notice, i64)> {
    let count = |notice: Notice| {
        let (kind, says) = notice.fact();
        let told = given.within(kind);
        let told = told.filter(|fact| says.is_none_or(|says| fact.says(says)));
        told.fold(0_i64, |count, _| count.saturating_add(1))
    };
    Notice::ALL
        .into_iter()
        .map(|notice| (notice, count(notice)))
        .collect()
}
