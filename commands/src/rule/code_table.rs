//! The code tables whose terms the ward may revise, by their names.

use ledger_core::code::{
    ActionTaken, Area, CareProcedure, CareRole, Channel, Competency, Consulter, FacilityKind,
    Outcome, PartyKind, ReferralReason, Section, Service, SessionKind, Term, Topic, Urgency,
    VerificationMethod, VisitStaff, WelfareService,
};

const TABLES: &[(&str, &[Term])] = &[
    ("action", ActionTaken::TERMS),
    ("area", Area::TERMS),
    ("care-procedure", CareProcedure::TERMS),
    ("care-role", CareRole::TERMS),
    ("channel", Channel::TERMS),
    ("competency", Competency::TERMS),
    ("consulter", Consulter::TERMS),
    ("facility-kind", FacilityKind::TERMS),
    ("outcome", Outcome::TERMS),
    ("party", PartyKind::TERMS),
    ("referral-reason", ReferralReason::TERMS),
    ("section", Section::TERMS),
    ("service", Service::TERMS),
    ("session-kind", SessionKind::TERMS),
    ("topic", Topic::TERMS),
    ("urgency", Urgency::TERMS),
    ("verification-method", VerificationMethod::TERMS),
    ("visit-staff", VisitStaff::TERMS),
    ("welfare-service", WelfareService::TERMS),
];

/// The codes of a table with their terms; none where no table has the name.
pub(crate) fn terms(table: &str) -> Option<&'static [Term]> {
    let found = TABLES.iter().find(|(name, _)| *name == table);
    found.map(|(_, terms)| *terms)
}
