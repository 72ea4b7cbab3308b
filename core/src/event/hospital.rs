//! Hospital stays (入院) and the notice of discharge that the centre gets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::id::{HospitalStayId, OrganisationId, ReferralId};
use crate::private::Private;
use crate::time::Day;

events! {
    /// A stay in hospital, up to the discharge, which is an event of the home-living plan's group.
    pub enum HospitalEvent {
        /// The person went into hospital, or the centre learnt of it.
        "hospital-stay-started" @ 1 record => Started(HospitalStayStarted),
        /// The hospital told the centre of a coming discharge (退院の連絡).
        "discharge-notice-received" @ 1 record => NoticeReceived(DischargeNoticeReceived),
        /// The planned day of discharge was set or moved.
        "discharge-date-set" @ 1 record => DateSet(DischargeDateSet),
    }
}

/// A stay in hospital began, or became known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HospitalStayStarted {
    /// The stay.
    pub stay: HospitalStayId,
    /// The hospital, where it is in the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The hospital, in words.
    pub hospital: Private<Option<String>>,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// The hospital told of a coming discharge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DischargeNoticeReceived {
    /// The stay.
    pub stay: HospitalStayId,
    /// Day on which the discharge is planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned_on: Option<Day>,
    /// The referral from the hospital that carried it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<ReferralId>,
    /// Who told it (医療ソーシャルワーカー).
    pub sender: Private<Option<String>>,
    /// What was told.
    pub note: Private<Option<String>>,
}

/// The planned day of discharge was set or moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DischargeDateSet {
    /// The stay.
    pub stay: HospitalStayId,
    /// The day.
    pub planned_on: Day,
    /// Why.
    pub note: Private<Option<String>>,
}
