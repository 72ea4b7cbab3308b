//! The other office of a referral, named as its kind asks for.

use ledger_core::code::{Area, PartyKind, Section};
use ledger_core::id::OrganisationId;
use ledger_core::time::Occurred;

use crate::decision::View;
use crate::rejection::{Reason, Rejection};
use crate::rule::directory;
use crate::rule::text::given;

/// The other office of a referral.
pub(super) struct OtherOffice<'a> {
    pub(super) party: PartyKind,
    pub(super) organisation: Option<OrganisationId>,
    pub(super) office: Option<&'a str>,
    pub(super) area: Option<Area>,
    pub(super) section: Option<Section>,
}

impl OtherOffice<'_> {
    /// A district centre is named by its area and section, any other office by its place in the
    /// directory or in words; an office of the directory is of the kind that is said.
    pub(super) fn check(&self, occurred: Occurred, view: View<'_>) -> Result<(), Rejection> {
        match self.party {
            // Nobody refers a person to themselves.
            PartyKind::Centre => return Err(Reason::UnknownCode.on("party")),
            PartyKind::DistrictCentre => self.check_district_centre()?,
            PartyKind::Hospital
            | PartyKind::Clinic
            | PartyKind::VisitingNursing
            | PartyKind::DayFacility
            | PartyKind::Nursery
            | PartyKind::School
            | PartyKind::SpecialNeedsSchool
            | PartyKind::ShortStay
            | PartyKind::HomeHelp
            | PartyKind::AdvisorOffice
            | PartyKind::AdultFacility
            | PartyKind::DistrictNurse
            | PartyKind::FamilyAssociation
            | PartyKind::TokyoCentre
            | PartyKind::Ward
            | PartyKind::Other => self.check_named()?,
        }
        if let Some(organisation) = self.organisation
            && directory::kind_of(organisation, occurred, view)? != self.party
        {
            return Err(Reason::WrongForParty.on("organisation"));
        }
        Ok(())
    }

    fn check_district_centre(&self) -> Result<(), Rejection> {
        match self.area {
            None => return Err(Reason::MissingValue.on("area")),
            // The district centres are the ward's own.
            Some(Area::OutsideWard) => return Err(Reason::UnknownCode.on("area")),
            Some(
                Area::Setagaya | Area::Kitazawa | Area::Tamagawa | Area::Kinuta | Area::Karasuyama,
            ) => {},
        }
        if self.section.is_none() {
            return Err(Reason::MissingValue.on("section"));
        }
        Ok(())
    }

    fn check_named(&self) -> Result<(), Rejection> {
        if self.section.is_some() {
            return Err(Reason::WrongForParty.on("section"));
        }
        if self.organisation.is_none() && given(self.office).is_none() {
            return Err(Reason::MissingValue.on("organisation"));
        }
        Ok(())
    }
}
