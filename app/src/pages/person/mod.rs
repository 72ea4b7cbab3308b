//! The pages about one person: the timeline and what is printed from it. Each opening is recorded first.

mod choices;
mod due;
pub(super) mod emergency;
pub(super) mod letter;
mod looking;
pub(super) mod plan;
mod printed;
pub(super) mod sheet;
mod threads;
pub(super) mod timeline;
mod written;

use axum::response::Response;
use ledger_commands::authorise::{Action, Subject, may_be_in_charge};
use ledger_core::event::AccessPurpose;
use ledger_core::id::ChildId;
use ledger_projections::timeline::Timeline;

use super::door::SignedIn;
use super::fault::Refusal;
use super::language::t;
use super::site::Site;
use crate::reading::{Clocks, OpenedTimeline, opened_timeline_for, the_child};

/// A person's timeline, recorded as opened for this; where being in charge is missing, the page that asks
/// for a reason.
pub(super) async fn opened(
    site: &Site,
    signed_in: &SignedIn,
    child: &str,
    purpose: AccessPurpose,
) -> Result<Result<(ChildId, OpenedTimeline), Response>, Refusal> {
    let clocks = Clocks {
        as_of: None,
        as_at: None,
        today: site.today(),
    };
    opened_at(site, signed_in, child, (clocks, purpose)).await
}

/// The same through these clocks.
async fn opened_at(
    site: &Site,
    signed_in: &SignedIn,
    child: &str,
    (clocks, purpose): (Clocks, AccessPurpose),
) -> Result<Result<(ChildId, OpenedTimeline), Response>, Refusal> {
    // Before anything is looked up: whose numbers there are is not for everybody either.
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let store = site.open.open.store.as_ref();
    let child = the_child(store, site.open.ledger.id(), child).await?;
    if !may_be_in_charge(signed_in.role) {
        return Err(Refusal::sealed(&format!("{}{child}", signed_in.records())));
    }
    // The loop of commands refuses who may not, and records the others; no record, no text.
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    match opened_timeline_for(&site.open, &envelope, child, (clocks, purpose)).await {
        Ok(timeline) => Ok(Ok((child, timeline))),
        // Being in charge, or a reason, is what is missing.
        Err(refused) if emergency::is_unassigned(&refused) => {
            Ok(Err(emergency::asked(site, signed_in, child).await?))
        },
        Err(refused) => Err(refused.into()),
    }
}

/// The person's number, or else the id: no name, as a browser keeps titles.
fn number_of(timeline: &Timeline, child: ChildId) -> String {
    let number = timeline.person.number.clone();
    number.unwrap_or_else(|| child.to_string())
}

/// The person's name with kana, as a heading has it.
fn called(timeline: &Timeline) -> String {
    let person = &timeline.person;
    let kana = person.kana.as_ref().map(|kana| format!("（{kana}）"));
    match &person.name {
        Some(name) => format!("{name}{}", kana.unwrap_or_default()),
        None => t("氏名の記録はありません", "No name is recorded").to_owned(),
    }
}
