//! What callers do, drawn at random.

use std::collections::HashSet;

use ledger_core::id::{EventType, StreamName};
use ledger_core::store::{Append, ExpectedRevision, NewEvent, StreamAppend, StreamCheck};
use ledger_tests::conformance::{event, exact, stream};
use proptest::prelude::*;

use super::list::Model;
use super::looks::{Look, looks};

/// Types of the events.
const TYPES: usize = 3;

/// Streams that a case is about; few, so that appends meet.
pub(super) const STREAMS: u8 = 3;

/// What a caller expects, relative to where the stream is when it asks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wish {
    Any,
    NoStream,
    Exists,
    /// The newest revision, or this many before it.
    Behind(u64),
    /// One revision too many.
    Ahead,
}

/// One thing that a caller does.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Appends new events to streams, and checks others.
    Append {
        parts: Vec<(u8, Wish, usize)>,
        checks: Vec<(u8, Wish)>,
    },
    /// Repeats an earlier append, whatever became of it; counted from the newest.
    Repeat { back: usize },
    /// Repeats the first part of an earlier append alone, or with other events beside it.
    RepeatPart { back: usize, beside: bool },
    /// Reads a stream or the log.
    Look(Look),
}

fn wishes() -> impl Strategy<Value = Wish> {
    prop_oneof![
        2 => Just(Wish::Any),
        2 => Just(Wish::NoStream),
        1 => Just(Wish::Exists),
        5 => (0..3_u64).prop_map(Wish::Behind),
        1 => Just(Wish::Ahead),
    ]
}

pub(super) fn steps() -> impl Strategy<Value = Vec<(Step, usize)>> {
    let parts = prop::collection::vec((0..STREAMS, wishes(), 0..4_usize), 1..3);
    let checks = prop::collection::vec((0..STREAMS, wishes()), 0..2);
    let step = prop_oneof![
        6 => (parts, checks).prop_map(|(parts, checks)| Step::Append { parts, checks }),
        3 => (0..6_usize).prop_map(|back| Step::Repeat { back }),
        1 => (0..6_usize, any::<bool>()).prop_map(|(back, beside)| Step::RepeatPart { back, beside }),
        4 => looks().prop_map(Step::Look),
    ];
    prop::collection::vec((step, 0..2_usize), 1..25)
}

/// The type of this number, which may be one that no event has.
pub(super) fn type_of(number: usize) -> EventType {
    EventType::new(format!("type-{number}")).unwrap()
}

fn typed(number: usize) -> NewEvent {
    NewEvent {
        event_type: type_of(number % TYPES),
        ..event(b"model")
    }
}

impl Model {
    /// The wish as this caller would write it, who knows where the stream is.
    fn expected(&self, name: &StreamName, wish: Wish) -> ExpectedRevision {
        let events = u64::try_from(self.stream(name).len()).unwrap();
        match wish {
            Wish::Any => ExpectedRevision::Any,
            Wish::NoStream => ExpectedRevision::NoStream,
            Wish::Exists => ExpectedRevision::Exists,
            Wish::Ahead => exact(events),
            Wish::Behind(by) => events
                .checked_sub(by + 1)
                .map_or(ExpectedRevision::NoStream, exact),
        }
    }

    /// The append that a step stands for; none where there is nothing to repeat.
    pub(super) fn of_step(&self, step: &Step, earlier: &[Append]) -> Option<Append> {
        let nth = |back: usize| earlier.iter().rev().nth(back).cloned();
        match *step {
            Step::Look(_) => None,
            Step::Repeat { back } => nth(back),
            Step::RepeatPart { back, beside } => {
                let mut append = nth(back)?;
                append.streams.truncate(1);
                if beside {
                    append.streams[0].events.push(typed(0));
                }
                Some(append)
            },
            Step::Append {
                ref parts,
                ref checks,
            } => {
                let mut named = HashSet::new();
                let mut append = Append::default();
                for &(number, wish, count) in parts {
                    let name = stream(&format!("s-{number}"));
                    if named.insert(name.clone()) {
                        let expected = self.expected(&name, wish);
                        let events = (0..count).map(|n| typed(n + usize::from(number))).collect();
                        append.streams.push(StreamAppend {
                            stream: name,
                            expected,
                            events,
                        });
                    }
                }
                for &(number, wish) in checks {
                    let name = stream(&format!("s-{number}"));
                    if named.insert(name.clone()) {
                        let expected = self.expected(&name, wish);
                        append.checks.push(StreamCheck {
                            stream: name,
                            expected,
                        });
                    }
                }
                Some(append)
            },
        }
    }
}
