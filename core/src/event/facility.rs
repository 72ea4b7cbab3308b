//! Technical support to facilities (施設への技術支援).

use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::{Area, FacilityKind, VisitStaff};
use crate::id::{FacilityId, VisitId};
use crate::private::Private;

events! {
    /// What happens with one facility.
    pub enum FacilityEvent {
        /// A facility became known.
        "facility-registered" @ 1 clear => Registered(FacilityProfile),
        /// Its name, kind or area changed.
        "facility-changed" @ 1 clear => Changed(FacilityProfile),
        /// Staff visited and gave technical support.
        "facility-support-given" @ 1 record => SupportGiven(SupportGiven),
    }
}

/// A facility, as known now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacilityProfile {
    /// The facility.
    pub facility: FacilityId,
    /// Register number (施設番号), NFKC and upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<FacilityKind>,
    /// Area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
}

/// One support visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportGiven {
    /// The visit.
    pub visit: VisitId,
    /// Register number (支援番号), NFKC and upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Which visit of the fiscal year it is, as written (回).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<u32>,
    /// Who of the centre visited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff_kind: Option<VisitStaff>,
    /// How long it took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_minutes: Option<u32>,
    /// What was done.
    pub content: Private<Option<String>>,
}
