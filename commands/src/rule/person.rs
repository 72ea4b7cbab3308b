//! What every daily act about a registered person must keep.

use ledger_core::code::Flag;
use ledger_core::event::Draft;
use ledger_core::id::{ChildId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::{case, time};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::state::Child;

/// The person is known, the time is right, and the case took new things at that time.
pub(crate) fn may_act(
    child: &Child,
    occurred: Occurred,
    context: &Context,
) -> Result<(), Rejection> {
    is_known(child, occurred, context)?;
    case::refusal(child, occurred).map_or(Ok(()), |reason| Err(reason.on("child")))
}

/// The person is registered, and the act lies neither in the future nor before the birth.
pub(crate) fn is_known(
    child: &Child,
    occurred: Occurred,
    context: &Context,
) -> Result<(), Rejection> {
    if child.profile.registered.is_none() {
        return Err(Reason::UnknownPerson.on("child"));
    }
    time::occurred(occurred, context, "occurred")?;
    time::after_birth(&child.profile.birth, occurred, "occurred")
}

/// Flags events that lie before the person's registration.
pub(crate) fn flag_early(child: &Child, drafts: Vec<Draft>) -> Vec<Draft> {
    let registered = child.registered_on();
    let early = |draft: &Draft| matches!((draft.occurred.day(), registered), (Some(day), Some(since)) if day < since);
    let flagged = drafts.into_iter().map(|draft| {
        if early(&draft) {
            draft.flagged(Flag::BeforeRegistration)
        } else {
            draft
        }
    });
    flagged.collect()
}

/// What an act about a person writes, if the person is known, the time right and the case open for it.
pub(crate) fn judged(
    child: &Child,
    occurred: Occurred,
    context: &Context,
    acted: Result<Vec<Draft>, Rejection>,
) -> Result<Vec<Draft>, Rejection> {
    is_known(child, occurred, context)?;
    match acted {
        Ok(drafts) => {
            case::takes(child, &drafts)?;
            Ok(flag_early(child, drafts))
        },
        // What is missing in an alias may stand in the survivor: that says more.
        Err(_) if child.case.absorbed_into.is_some() => Err(Reason::CaseMerged.on("child")),
        Err(rejection) => Err(rejection),
    }
}

/// A daily act about one registered person; every such one is a decision over the person's stream.
pub(crate) trait Act: Send + Sync {
    /// The person.
    fn child(&self) -> ChildId;

    /// When it occurred.
    fn occurred(&self) -> Occurred;

    /// What follows, once the person is known and the time is right.
    fn act(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection>;
}

impl<T: Act> Single for T {
    type State = Child;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::child(self.child())
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred())
    }

    fn drafts(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        judged(child, self.occurred(), context, self.act(child, context))
    }
}

/// The two things that every act says the same way.
macro_rules! about_child {
    () => {
        fn child(&self) -> ledger_core::id::ChildId {
            self.child
        }

        fn occurred(&self) -> ledger_core::time::Occurred {
            self.occurred
        }
    };
}
pub(crate) use about_child;
