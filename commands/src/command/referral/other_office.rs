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
        if let Some(rejection) = self.wrong().into_iter().next() {
            return Err(rejection);
        }
        if let Some(organisation) = self.organisation
            && directory::kind_of(organisation, occurred, view)? != self.party
        {
            return Err(Reason::WrongForParty.on("organisation"));
        }
        Ok(())
    }

    /// All that is wrong with how it is named, whatever the directory says.
    pub(super) fn wrong(&self) -> Vec<Rejection> {
        match self.party {
            // Nobody refers a person to themselves.
            PartyKind::Centre => vec![Reason::UnknownCode.on("party")],
            PartyKind::DistrictCentre => self.wrong_of_district_centre(),
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
            | PartyKind::Other => self.wrong_of_named(),
        }
    }

    fn wrong_of_district_centre(&self) -> Vec<Rejection> {
        let area = match self.area {
            None => Some(Reason::MissingValue.on("area")),
            // The district centres are the ward's own.
            Some(Area::OutsideWard) => Some(Reason::UnknownCode.on("area")),
            Some(
                Area::Setagaya | Area::Kitazawa | Area::Tamagawa | Area::Kinuta | Area::Karasuyama,
            ) => None,
        };
        let section = self.section.is_none();
        let section = section.then(|| Reason::MissingValue.on("section"));
        area.into_iter().chain(section).collect()
    }

    fn wrong_of_named(&self) -> Vec<Rejection> {
        let section = self.section.is_some();
        let section = section.then(|| Reason::WrongForParty.on("section"));
        let unnamed = self.organisation.is_none() && given(self.office).is_none();
        let unnamed = unnamed.then(|| Reason::MissingValue.on("organisation"));
        section.into_iter().chain(unnamed).collect()
    }
}
