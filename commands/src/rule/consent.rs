//! Whether what the centre knows may be told to an office: by a consent that held at that time.

use ledger_core::code::{DataClass, PartyKind, SharingPurpose};
use ledger_core::id::{ConsentId, OrganisationId};
use ledger_core::time::Occurred;

use super::time::last_day;
use crate::rejection::{Reason, Rejection};
use crate::state::{Child, Consent};

/// What is told to whom, for what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sharing<'a> {
    /// Kind of office.
    pub(crate) party: PartyKind,
    /// The office, where it is in the directory.
    pub(crate) organisation: Option<OrganisationId>,
    /// What is told; one or more.
    pub(crate) data: &'a [DataClass],
    /// For what.
    pub(crate) purpose: SharingPurpose,
}

/// The consent by which something may be told at that time: the named one, or any that covers all
/// of it.
///
/// # Errors
/// [`Reason::ConsentNotFound`] when the named one is not there, [`Reason::ConsentMissing`] when
/// none covers it.
pub(crate) fn may_share(
    child: &Child,
    named: Option<ConsentId>,
    sharing: &Sharing<'_>,
    occurred: Occurred,
) -> Result<ConsentId, Rejection> {
    let Some(id) = named else {
        let found = covers(child, sharing, occurred);
        return found.ok_or(Reason::ConsentMissing.on("consent"));
    };
    let own = child.consents.given.get(&id);
    let consent = own.or_else(|| child.others.consents.get(&id));
    let consent = consent.ok_or(Reason::ConsentNotFound.on("consent"))?;
    if covers_all(consent, sharing) && holds(consent, occurred) {
        Ok(id)
    } else {
        Err(Reason::ConsentMissing.on("consent"))
    }
}

/// The consent that covers all of a sharing at that time.
#[must_use]
pub(crate) fn covers(
    child: &Child,
    sharing: &Sharing<'_>,
    occurred: Occurred,
) -> Option<ConsentId> {
    let mut given = child.consents.given.iter().chain(&child.others.consents);
    let found = given.find(|(_, it)| covers_all(it, sharing) && holds(it, occurred));
    found.map(|(id, _)| *id)
}

fn covers_all(consent: &Consent, sharing: &Sharing<'_>) -> bool {
    let named = &consent.organisations;
    let office = sharing.organisation;
    consent.recipients.contains(&sharing.party)
        && (named.is_empty() || office.is_some_and(|office| named.contains(&office)))
        && sharing
            .data
            .iter()
            .all(|class| consent.data.contains(class))
        && consent.purpose == sharing.purpose
}

/// Whether a consent held all the time in which something may have occurred.
///
/// On the day of a withdrawal it holds only for what is known to be earlier by the minute.
fn holds(consent: &Consent, occurred: Occurred) -> bool {
    let (Some(first), Some(last)) = (occurred.day(), last_day(occurred)) else {
        return false;
    };
    let given = match (consent.given.occurred, occurred) {
        (Occurred::Minute(given), Occurred::Minute(at)) => given <= at,
        (given, _) => given.day().is_none_or(|given| given <= first),
    };
    let withdrawn = consent.withdrawn.map(|step| step.occurred);
    let standing = match (withdrawn, occurred) {
        (None, _) => true,
        (Some(Occurred::Minute(withdrawn)), Occurred::Minute(at)) => at < withdrawn,
        (Some(withdrawn), _) => withdrawn.day().is_some_and(|withdrawn| last < withdrawn),
    };
    given && standing && consent.valid_to.is_none_or(|until| last <= until)
}
