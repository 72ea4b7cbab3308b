//! What a command is to the loop: the streams it reads, and a pure decision over their states.

use std::borrow::Cow;

use ledger_core::actor::{Actor, Role};
use ledger_core::event::Draft;
use ledger_core::history::History;
use ledger_core::id::{CommandId, EventId, LedgerId, StreamName};
use ledger_core::time::{Day, Occurred, Timestamp};

use crate::authorise::Action;
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year;
use crate::state::{Folded, Meeting, Pack, State, StreamState};

/// The moment and the ids in which a decision is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The ledger, from which register numbers take their ids.
    pub ledger: LedgerId,
    /// Who sends the command.
    pub actor: Actor,
    /// In which role.
    pub role: Role,
    /// The command that decides.
    pub command: CommandId,
    /// The present moment.
    pub now: Timestamp,
    /// Today in Japan.
    pub today: Day,
}

impl Context {
    /// The id that the decision's `index`th event will have, counted over all its streams.
    #[must_use]
    pub fn event_id(&self, index: usize) -> EventId {
        EventId::of_command(self.command, index)
    }
}

/// Events that a decision makes for one stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The stream.
    pub stream: StreamName,
    /// The events, in their order.
    pub drafts: Vec<Draft>,
}

/// One stream as a decision sees it.
#[derive(Debug)]
pub struct Loaded {
    /// The stream.
    pub stream: StreamName,
    /// Its state.
    pub folded: Folded,
    /// Its whole history, where the decision asked for it.
    pub history: Option<History>,
}

/// The streams that a decision named, in its order.
#[derive(Clone, Copy, Debug)]
pub struct View<'a>(&'a [Loaded]);

impl<'a> View<'a> {
    /// A view of loaded streams.
    #[must_use]
    pub const fn new(streams: &'a [Loaded]) -> Self {
        Self(streams)
    }

    fn loaded(self, stream: &StreamName) -> Result<&'a Loaded, Rejection> {
        let found = self.0.iter().find(|loaded| loaded.stream == *stream);
        found.ok_or_else(|| Reason::WrongStream.into())
    }

    /// The state of one of the streams.
    ///
    /// # Errors
    /// [`Reason::WrongStream`] when the stream is of another kind, or was not named.
    pub fn state<S: StreamState>(self, stream: &StreamName) -> Result<&'a S, Rejection> {
        let found = S::of(self.loaded(stream)?.folded.state());
        found.ok_or_else(|| Reason::WrongStream.into())
    }

    /// The streams of the other cases of a merged person, of whom one of the streams is: of an alias
    /// the case that goes on, and once that is known its other aliases, too.
    #[must_use]
    pub fn other_cases(self, stream: &StreamName) -> Vec<StreamName> {
        let of = |stream: &StreamName| {
            let folded = self.folded(stream);
            folded.map_or_else(|_| Vec::new(), |folded| folded.state().other_cases())
        };
        let mut others = of(stream);
        for other in others.clone() {
            for further in of(&other) {
                if further != *stream && !others.contains(&further) {
                    others.push(further);
                }
            }
        }
        others
    }

    /// The state of one of the streams together with those of a merged person's other cases.
    ///
    /// # Errors
    /// [`Reason::WrongStream`] when one of the streams was not named.
    pub fn together(self, stream: &StreamName) -> Result<Cow<'a, State>, Rejection> {
        let own = self.folded(stream)?.state();
        let others = self.other_cases(stream);
        let others = others.iter().map(|other| Ok(self.folded(other)?.state()));
        let others: Vec<&State> = others.collect::<Result<_, Rejection>>()?;
        Ok(own.beside(&others))
    }

    /// The fold of one of the streams, whatever its kind.
    ///
    /// # Errors
    /// [`Reason::WrongStream`] when the stream was not named.
    pub fn folded(self, stream: &StreamName) -> Result<&'a Folded, Rejection> {
        Ok(&self.loaded(stream)?.folded)
    }

    /// The packs that meetings were shown; those of the decisions that ask for them.
    pub(crate) fn packs(self) -> impl Iterator<Item = &'a Pack> {
        let states = self.0.iter().map(|loaded| loaded.folded.state());
        states.filter_map(|state| Meeting::of(state)?.frozen.as_ref())
    }

    /// The whole history of one of the streams.
    ///
    /// # Errors
    /// [`Reason::WrongStream`] when the stream was not named or its history not asked for.
    pub fn history(self, stream: &StreamName) -> Result<&'a History, Rejection> {
        let found = self.loaded(stream)?.history.as_ref();
        found.ok_or_else(|| Reason::WrongStream.into())
    }
}

/// A command, or a row of a register: decides which events follow from what stands.
///
/// A decision is pure: the same view and context give the same answer.
pub trait Decision: Send + Sync {
    /// The streams it reads and may write, in the order in which their events take positions.
    fn streams(&self, ledger: LedgerId) -> Vec<StreamName>;

    /// What it is, as far as rights go; none: whoever may run it may do it (imports, first settings).
    fn action(&self) -> Option<Action> {
        None
    }

    /// Whether it needs the whole history of its streams, and not their state alone.
    fn reads_history(&self) -> bool {
        false
    }

    /// Further streams that it reads and does not write, which only those before tell; asked after
    /// these are folded, and again until it names no new one.
    fn reads_also(&self, _view: View<'_>, _ledger: LedgerId) -> Vec<StreamName> {
        Vec::new()
    }

    /// Whether it also reads the stream of every meeting that was shown figures.
    fn reads_packs(&self) -> bool {
        false
    }

    /// Events whose private fields, and those of their corrections, it needs open; asked after
    /// the streams are folded, and only where it reads the history.
    fn opens(&self, _view: View<'_>, _ledger: LedgerId) -> Vec<EventId> {
        Vec::new()
    }

    /// All that is wrong with it whatever the streams say, where a form tells that at once: [`Self::decide`] stops at
    /// the first.
    fn wrong(&self, _context: &Context) -> Vec<Rejection> {
        Vec::new()
    }

    /// Decides. No event at all is a rejection, never an empty answer.
    ///
    /// # Errors
    /// [`Rejection`] with its code and sentences.
    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection>;
}

/// A decision over one stream's state alone; every such one is a [`Decision`].
pub trait Single: Send + Sync {
    /// The kind of state.
    type State: StreamState;

    /// The stream.
    fn stream(&self, ledger: LedgerId) -> StreamName;

    /// When it occurred, where a closed fiscal year takes it in no more; none for what a register
    /// shows and for settings.
    fn falls_on(&self) -> Option<Occurred> {
        None
    }

    /// The events that follow.
    ///
    /// # Errors
    /// [`Rejection`] with its code and sentences.
    fn drafts(&self, state: &Self::State, context: &Context) -> Result<Vec<Draft>, Rejection>;
}

impl<T: Single> Decision for T {
    fn streams(&self, ledger: LedgerId) -> Vec<StreamName> {
        let year = closed_year::stream(self.falls_on());
        [self.stream(ledger)].into_iter().chain(year).collect()
    }

    fn reads_also(&self, view: View<'_>, ledger: LedgerId) -> Vec<StreamName> {
        view.other_cases(&self.stream(ledger))
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        closed_year::may_record(view, self.falls_on(), context)?;
        let stream = self.stream(context.ledger);
        let state = view.together(&stream)?;
        let state = T::State::of(&state).ok_or(Reason::WrongStream)?;
        let drafts = self.drafts(state, context)?;
        Ok(vec![Written { stream, drafts }])
    }
}
