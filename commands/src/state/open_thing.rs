//! What of a person goes on, named as people know it.

use std::fmt;

use uuid::Uuid;

/// What kind of thing goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpenKind {
    /// A referral.
    Referral,
    /// A home-living support plan.
    SupportPlan,
    /// An individual disaster plan.
    DisasterPlan,
    /// A stay in hospital.
    HospitalStay,
    /// A promised next step.
    FollowUp,
}

impl OpenKind {
    /// The ward's term.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Referral => "連携",
            Self::SupportPlan => "在宅生活支援プラン",
            Self::DisasterPlan => "災害時個別支援計画",
            Self::HospitalStay => "入院",
            Self::FollowUp => "次の対応",
        }
    }

    /// What it is called in English.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Referral => "referral",
            Self::SupportPlan => "home-living support plan",
            Self::DisasterPlan => "disaster plan",
            Self::HospitalStay => "hospital stay",
            Self::FollowUp => "follow-up",
        }
    }
}

/// A thing that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenThing {
    /// What it is.
    pub kind: OpenKind,
    /// Its register number, else the beginning of its id.
    pub name: String,
}

impl OpenThing {
    pub(super) fn new(kind: OpenKind, id: Uuid, number: Option<&str>) -> Self {
        let id = || id.to_string().chars().take(SHORT).collect();
        Self {
            kind,
            name: number.map_or_else(id, str::to_owned),
        }
    }
}

/// How much of an id is told.
const SHORT: usize = 8;

impl fmt::Display for OpenThing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.en(), self.name)
    }
}
