//! Who a person is and what care they need.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::{
    Area, BirthWeightBand, CareProcedure, Handbook, MotorImpairment, ProfileField, WelfareService,
};
use crate::id::{ChildId, GuardianId};
use crate::private::Private;
use crate::time::Day;

events! {
    /// What becomes known about a person.
    pub enum ProfileEvent {
        /// The centre took a person into its register.
        "child-registered" @ 1 identity => Registered(ChildRegistered),
        /// One field of the profile changed.
        "profile-changed" @ 1 identity => Changed(ProfileChanged),
        /// Birth weight and weeks became known.
        "birth-detail-recorded" @ 1 record => BirthDetail(BirthDetailRecorded),
        /// A kind of daily medical care began, or became known.
        "care-procedure-started" @ 1 record => ProcedureStarted(CareProcedureStarted),
        /// A kind of daily medical care ended.
        "care-procedure-ended" @ 1 record => ProcedureEnded(CareProcedureEnded),
        /// Motor function and the severe-disability certificate were looked at.
        "mobility-assessed" @ 1 clear => MobilityAssessed(MobilityAssessed),
        /// A guardian or contact became known.
        "guardian-added" @ 1 identity => GuardianAdded(GuardianDetail),
        /// What is known about a guardian changed.
        "guardian-changed" @ 1 identity => GuardianChanged(GuardianDetail),
        /// A guardian is one no longer.
        "guardian-removed" @ 1 identity => GuardianRemoved(GuardianRemoved),
        /// The handbooks held and the welfare services in use became known, all of them.
        "welfare-services-recorded" @ 1 record => WelfareServices(WelfareServicesRecorded),
        /// A doctor assessed the medical-care score (医療的ケアスコア).
        "care-score-assessed" @ 1 record => CareScore(CareScoreAssessed),
    }
}

/// A person was taken into the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChildRegistered {
    /// The person.
    pub child: ChildId,
    /// Register number (対象者番号), NFKC and upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Month of birth, `YYYY-MM`; stays when the birth date is erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_month: Option<String>,
    /// Area in which the person lives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// Name (氏名).
    pub name: Private<Option<String>>,
    /// Name in kana (フリガナ).
    pub kana: Private<Option<String>>,
    /// Birth date.
    pub birth_date: Private<Option<Day>>,
}

/// One field of the profile changed, on the day it occurred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProfileChanged {
    /// The field.
    pub field: ProfileField,
    /// The new area, where the area changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// The new month of birth, `YYYY-MM`, where the birth date changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_month: Option<String>,
    /// The value before; an area by its code, a date as ISO 8601.
    pub old: Private<Option<String>>,
    /// The value now.
    pub new: Private<Option<String>>,
}

/// Birth weight and weeks of pregnancy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BirthDetailRecorded {
    /// Band of the weight; stays when the grams are erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight_band: Option<BirthWeightBand>,
    /// Weight in grams.
    pub weight_grams: Private<Option<u32>>,
    /// Completed weeks of pregnancy.
    pub gestation_weeks: Private<Option<u32>>,
}

/// A kind of daily medical care began, or became known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CareProcedureStarted {
    /// The kind.
    pub procedure: CareProcedure,
    /// Hours a day, where known; the ventilator rule may ask for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_per_day: Option<u32>,
    /// The device, in words.
    pub device: Private<Option<String>>,
}

/// A kind of daily medical care ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CareProcedureEnded {
    /// The kind.
    pub procedure: CareProcedure,
    /// Why, in words.
    pub reason: Private<Option<String>>,
}

/// Motor function and the severe-disability certificate; 動ける is derived from the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MobilityAssessed {
    /// Degree of motor impairment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motor_impairment: Option<MotorImpairment>,
    /// Certified with severe motor and intellectual disability (重症心身障害認定).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smid_certified: Option<bool>,
}

impl MobilityAssessed {
    /// Whether this makes a 動ける医療的ケア児・者; both inputs must be known.
    #[must_use]
    pub fn movable(&self) -> bool {
        self.motor_impairment
            .is_some_and(MotorImpairment::at_most_mild)
            && self.smid_certified == Some(false)
    }
}

/// A guardian or contact, as known now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GuardianDetail {
    /// The guardian.
    pub guardian: GuardianId,
    /// A contact of an adult rather than a guardian.
    pub contact_only: bool,
    /// Name.
    pub name: Private<Option<String>>,
    /// Relation to the person (続柄).
    pub relation: Private<Option<String>>,
    /// Telephone, mail or address.
    pub contact: Private<Option<String>>,
}

/// A guardian is one no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GuardianRemoved {
    /// The guardian.
    pub guardian: GuardianId,
    /// Why, in words.
    pub reason: Private<Option<String>>,
}

/// Handbooks held and welfare services in use, all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WelfareServicesRecorded {
    /// Handbooks held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handbooks: Vec<Handbook>,
    /// Welfare services in use; none: linked to no service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<WelfareService>,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// The medical-care score of 2021, as a doctor assessed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CareScoreAssessed {
    /// The sum of points.
    pub score: u32,
    /// Version of the form, such as `2021`.
    pub form_version: String,
    /// Who assessed it.
    pub assessor: Private<Option<String>>,
}
