//! An act about a person that names an office of the directory.

use ledger_core::code::PartyKind;
use ledger_core::event::Draft;
use ledger_core::id::{ChildId, OrganisationId, StreamName};
use ledger_core::time::Occurred;

use super::closed_year;
use super::person::judged;
use crate::decision::{Context, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::state::{Child, Organisation, StreamState as _};

/// The person's stream, which is written, and the offices' and the year's, which are only read.
pub(crate) fn streams(
    child: ChildId,
    offices: impl IntoIterator<Item = OrganisationId>,
    occurred: Occurred,
) -> Vec<StreamName> {
    let offices = offices.into_iter().map(StreamName::organisation);
    std::iter::once(StreamName::child(child))
        .chain(offices)
        .chain(closed_year::stream(Some(occurred)))
        .collect()
}

/// What a person's act writes, once the person is known and the time is right.
pub(crate) fn act(
    child: ChildId,
    occurred: Occurred,
    view: View<'_>,
    context: &Context,
    drafts: impl FnOnce(&Child) -> Result<Vec<Draft>, Rejection>,
) -> Result<Vec<Written>, Rejection> {
    closed_year::may_record(view, Some(occurred), context)?;
    let stream = StreamName::child(child);
    let state = view.together(&stream)?;
    let child = Child::of(&state).ok_or(Reason::WrongStream)?;
    let drafts = judged(child, occurred, context, drafts(child))?;
    Ok(vec![Written { stream, drafts }])
}

/// The kind of an office of the directory that was worked with on that day.
pub(crate) fn kind_of(
    office: OrganisationId,
    occurred: Occurred,
    view: View<'_>,
) -> Result<PartyKind, Rejection> {
    let known: &Organisation = view.state(&StreamName::organisation(office))?;
    let profile = known.profile.as_ref();
    let profile = profile.ok_or(Reason::UnknownOrganisation.on("organisation"))?;
    let closed = known.closed.and_then(|step| step.day());
    if closed.is_some_and(|closed| occurred.day() > Some(closed)) {
        return Err(Reason::OrganisationClosed.on("organisation"));
    }
    Ok(profile.kind)
}
