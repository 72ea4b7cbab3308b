//! Technical support to facilities (施設への技術支援).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::{Acceptance, Area, CareProcedure, FacilityKind, SurveyPhase, VisitStaff};
use crate::id::{ChildId, FacilityId, SurveyId, VisitId};
use crate::private::Private;
use crate::time::{Day, FiscalYear};

events! {
    /// What happens with one facility.
    pub enum FacilityEvent {
        /// A facility became known.
        "facility-registered" @ 1 clear => Registered(FacilityProfile),
        /// Its name, kind or area changed.
        "facility-changed" @ 1 clear => Changed(FacilityProfile),
        /// Staff visited and gave technical support.
        "facility-support-given" @ 1 record => SupportGiven(SupportGiven),
        /// The facility takes part in a fiscal year (対象施設).
        "facility-enrolled" @ 1 clear => Enrolled(FacilityEnrolled),
        /// It takes part no longer.
        "facility-withdrawn" @ 1 record => Withdrawn(FacilityWithdrawn),
        /// A visit was arranged.
        "support-visit-scheduled" @ 1 record => VisitScheduled(SupportVisitScheduled),
        /// An arranged visit did not take place.
        "support-visit-cancelled" @ 1 record => VisitCancelled(SupportVisitCancelled),
        /// Its nurses said how sure they are of a procedure.
        "facility-confidence-surveyed" @ 1 record => ConfidenceSurveyed(ConfidenceSurveyed),
        /// It took a child on, or did not.
        "facility-acceptance-recorded" @ 1 record => AcceptanceRecorded(AcceptanceRecorded),
        /// Its nurses, or the care that it can give, changed.
        "facility-staffing-changed" @ 1 clear => StaffingChanged(FacilityStaffingChanged),
    }
}

/// A facility, as known now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// A facility takes part in a fiscal year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FacilityEnrolled {
    /// The year.
    pub fiscal_year: FiscalYear,
}

/// A facility takes part no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FacilityWithdrawn {
    /// Why.
    pub reason: Private<Option<String>>,
}

/// A visit was arranged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportVisitScheduled {
    /// The visit; the visit given later has the same id.
    pub visit: VisitId,
    /// The day.
    pub planned_on: Day,
    /// Who of the centre is to visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff_kind: Option<VisitStaff>,
    /// What for.
    pub note: Private<Option<String>>,
}

/// An arranged visit did not take place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportVisitCancelled {
    /// The visit.
    pub visit: VisitId,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// How sure a facility's nurses are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConfidenceSurveyed {
    /// The survey; before and after have one each.
    pub survey: SurveyId,
    /// Before or after the support.
    pub phase: SurveyPhase,
    /// Of which procedure; none: over all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure: Option<CareProcedure>,
    /// 1 (not at all) to 5 (fully).
    pub confidence: u32,
    /// How alone they feel, 1 (not at all) to 5 (very much).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub isolation: Option<u32>,
    /// In their words.
    pub note: Private<Option<String>>,
}

/// A facility took a child on, or did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AcceptanceRecorded {
    /// Which.
    pub outcome: Acceptance,
    /// The child, where it is in the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child: Option<ChildId>,
    /// The care that the child needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<CareProcedure>,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// A facility's nurses and the care that it can give, as known now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FacilityStaffingChanged {
    /// Nurses, in hundredths of a full-time post.
    pub nurse_fte_hundredths: u32,
    /// Daily medical care that it can give.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<CareProcedure>,
}
