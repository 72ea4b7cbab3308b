//! Which roles sign in with a second factor before anybody set a rule.

use ledger_core::actor::Role;

/// Those who see everything, who check everything and who keep the accounts; an assumption, as the
/// security guideline for medical information systems (version 6.0) asks for two factors of all by
/// fiscal year 2027 and a ward decides how it gets there.
#[must_use]
pub const fn default(role: Role) -> bool {
    match role {
        Role::Manager | Role::Auditor | Role::Admin => true,
        Role::Staff | Role::Committee | Role::System | Role::Unauthenticated => false,
    }
}
