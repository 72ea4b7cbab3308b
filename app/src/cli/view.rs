//! What is looked at the same way at the command line and over HTTP: with the same options, and the same JSON
//! as the answer.

use ledger_commands::authorise::Action;
use ledger_core::event::{AccessPurpose, Codec, ExportedList};
use ledger_core::id::ChildId;
use ledger_core::time::Day;
use serde_json::Value;

pub(crate) use super::audit::Args as Audits;
pub(crate) use super::budget::Args as Budget;
pub(crate) use super::changes::Args as Changes;
pub(crate) use super::cross::Args as Cross;
pub(crate) use super::directory::Args as Directory;
pub(crate) use super::door::Door;
pub(crate) use super::events::{Count as EventCounts, List as Events, Show as OneEvent};
pub(crate) use super::explain::Args as Explain;
pub(crate) use super::facilities::Args as Facilities;
pub(crate) use super::facility::Args as Facility;
pub(crate) use super::figures::Args as Figures;
pub(crate) use super::indicators::Args as Indicators;
pub(crate) use super::meeting::Args as Meeting;
pub(crate) use super::meetings::Args as Meetings;
pub(crate) use super::pack::Args as Pack;
pub(crate) use super::programme::Args as Programme;
pub(crate) use super::requests::Args as Requests;
pub(crate) use super::scope::ScopeArgs;
pub(crate) use super::timeline::Args as Timeline;
pub(crate) use super::trainee::Args as Trainee;
pub(crate) use super::trainees::Args as Trainees;
pub(crate) use super::work_list::Args as WorkList;
use crate::failure::Failure;
use crate::reading::{find_child, the_child};

/// By whom and when a view is asked for.
pub(crate) struct Asking<'a> {
    /// The ledger as they may see it.
    pub(crate) door: &'a Door,
    /// The day on which they ask.
    pub(crate) today: Day,
    /// A part of a number names a person, too: a convenience at the command line, another child in an address.
    pub(crate) by_part: bool,
    /// Opens what is only compared and told to nobody, where the keys are at hand.
    pub(crate) codec: Option<Codec>,
}

impl Asking<'_> {
    /// The person whom a number or an id names.
    ///
    /// # Errors
    /// [`Failure`] when nobody is named, or the store fails.
    pub(super) async fn child(&self, given: &str) -> Result<ChildId, Failure> {
        let store = self.door.ledger().store.as_ref();
        if self.by_part {
            find_child(store, store.ledger_id(), given).await
        } else {
            the_child(store, store.ledger_id(), given).await
        }
    }
}

/// Something that is looked at; its options are the fields.
pub(crate) trait View: clap::Args + Send + Sync + 'static {
    /// What somebody must be allowed to, before anything is read.
    const ACTION: Action;

    /// For what personal text is opened; none where it stays closed.
    fn opens(&self) -> Option<AccessPurpose> {
        None
    }

    /// The list that is taken out of the ledger in whole, which is recorded before it is handed over; none where
    /// it is looked at.
    fn takes(&self) -> Option<Taken> {
        None
    }

    /// The answer.
    ///
    /// # Errors
    /// [`Failure`] when there is no such thing, when it may not be seen, or when the ledger fails.
    fn value(&self, asking: &Asking<'_>) -> impl Future<Output = Result<Value, Failure>> + Send;
}

/// A list that is taken out of the ledger, and the field of the answer in which it stands.
pub(crate) struct Taken {
    pub(crate) list: ExportedList,
    pub(crate) field: &'static str,
}

/// The purpose of opening a card's text, where that is asked for.
pub(super) fn of_card(open: bool) -> Option<AccessPurpose> {
    open.then_some(AccessPurpose::Event)
}

/// What a reading of options found wrong, in both languages.
pub(crate) fn misread(error: &clap::Error) -> Failure {
    super::usage::failure(error)
}
