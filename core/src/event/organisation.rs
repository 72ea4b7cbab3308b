//! Offices that the centre works with (関係機関・地域資源), and what each can take on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::{Area, Capacity, CareProcedure, PartyKind, WelfareService};
use crate::id::OrganisationId;
use crate::private::Private;

events! {
    /// One office of the directory.
    pub enum OrganisationEvent {
        /// An office was taken into the directory.
        "organisation-registered" @ 1 clear => Registered(OrganisationProfile),
        /// What is known of it changed.
        "organisation-changed" @ 1 clear => Changed(OrganisationProfile),
        /// The office was asked what it can take on (受入状況の確認).
        "resource-confirmed" @ 1 record => ResourceConfirmed(ResourceConfirmed),
        /// The office is gone, or worked with no longer.
        "organisation-closed" @ 1 clear => Closed(OrganisationClosed),
    }
}

/// An office of the directory, as known now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrganisationProfile {
    /// The office.
    pub organisation: OrganisationId,
    /// Kind.
    pub kind: PartyKind,
    /// Name; an office's, never a person's.
    pub name: String,
    /// Area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// The office's own telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The office's own address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// What an office can take on, as it said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ResourceConfirmed {
    /// The office.
    pub organisation: OrganisationId,
    /// How much.
    pub capacity: Capacity,
    /// Daily medical care that it can give.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<CareProcedure>,
    /// Services that it offers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<WelfareService>,
    /// Youngest age taken, in years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_from: Option<u32>,
    /// Oldest age taken, in years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_to: Option<u32>,
    /// Free places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
    /// Who said it.
    pub confirmed_with: Private<Option<String>>,
    /// Conditions, in words.
    pub note: Private<Option<String>>,
}

/// An office is worked with no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrganisationClosed {
    /// The office.
    pub organisation: OrganisationId,
}
