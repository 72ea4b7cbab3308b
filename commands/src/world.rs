//! A ledger in memory for the tests of decisions: given, when, then, without a store.

use std::collections::BTreeMap;

use ledger_core::actor::{Actor, Role};
use ledger_core::code::Flag;
use ledger_core::event::{Draft, Privacy, Recorded};
use ledger_core::history::History;
use ledger_core::id::{CommandId, EventId, LedgerId, Position, Revision, StreamName};
use ledger_core::time::{Day, Timestamp};
use uuid::Uuid;

use crate::command::{Command, ReadCommandError};
use crate::decision::{Context, Decision, Loaded, View, Written};
use crate::envelope::Envelope;
use crate::rejection::Rejection;
use crate::state::Folded;

/// The ledger of all these tests.
pub(crate) fn ledger() -> LedgerId {
    LedgerId::new(Uuid::from_u128(1))
}

/// A day, written `2021-08-06`.
pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Some text.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it stands where a text may be absent"
)]
pub(crate) fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// What a JSON value is read into, register numbers for ids.
pub(crate) fn read_json(json: serde_json::Value) -> Result<Command, ReadCommandError> {
    Command::read(json, ledger(), CommandId::new(Uuid::from_u128(1_000)))
}

/// A command read from JSON, which is one.
pub(crate) fn command(json: serde_json::Value) -> Command {
    read_json(json).unwrap()
}

/// What stands in the ledger, and what the clock says.
pub(crate) struct World {
    streams: BTreeMap<StreamName, History>,
    now: Timestamp,
    commands: u128,
    actor: Actor,
    role: Role,
}

impl World {
    /// An empty ledger at noon in Japan on 1 April 2024.
    pub(crate) fn new() -> Self {
        Self {
            streams: BTreeMap::new(),
            now: "2024-04-01T03:00:00Z".parse().unwrap(),
            commands: 0,
            actor: Actor::new("staff-1").unwrap(),
            role: Role::Staff,
        }
    }

    /// Somebody else goes on.
    pub(crate) fn signs_in(&mut self, actor: &str, role: Role) {
        self.actor = Actor::new(actor).unwrap();
        self.role = role;
    }

    /// Opens an account of the staff; what it is given must be open.
    pub(crate) fn opens_account(&mut self, name: &str) {
        let open = serde_json::json!({"command": "open-account", "name": name, "role": "staff",
            "occurred": "2021-07-26"});
        self.did(open);
    }

    /// Lets another of the staff act from here on; it is `staff-1` at first.
    pub(crate) fn act_as(&mut self, actor: &str) {
        self.signs_in(actor, Role::Staff);
    }

    /// Another time, in UTC.
    pub(crate) fn clock_says(&mut self, now: &str) {
        self.now = now.parse().unwrap();
    }

    /// Decides without writing.
    pub(crate) fn decide(&self, decision: &dyn Decision) -> Result<Vec<Written>, Rejection> {
        let context = self.context();
        let load = |stream: StreamName| {
            let history = self.streams.get(&stream).cloned().unwrap_or_default();
            Loaded {
                folded: Folded::of_history(&stream, &history),
                history: decision.reads_history().then_some(history),
                stream,
            }
        };
        let mut loaded: Vec<Loaded> = decision.streams(ledger()).into_iter().map(load).collect();
        let meetings = self.streams.keys();
        let meetings = meetings.filter(|stream| stream.category() == Some("committee"));
        let packs = meetings.filter(|_| decision.reads_packs());
        loaded.extend(packs.cloned().map(load));
        loop {
            let also = decision
                .reads_also(View::new(&loaded), ledger())
                .into_iter();
            let known = |stream: &StreamName| loaded.iter().any(|other| other.stream == *stream);
            let mut new: Vec<StreamName> = also.filter(|stream| !known(stream)).collect();
            new.sort();
            new.dedup();
            if new.is_empty() {
                break;
            }
            loaded.extend(new.into_iter().map(load));
        }
        decision.decide(View::new(&loaded), &context)
    }

    /// Decides and writes; gives the new events' ids and drafts.
    pub(crate) fn does(&mut self, decision: &dyn Decision) -> Vec<(EventId, Draft)> {
        let written = match self.decide(decision) {
            Ok(written) => written,
            Err(rejection) => panic!("refused: {rejection}"),
        };
        let context = self.context();
        let envelope = Envelope::new(context.command, self.actor.clone(), self.role);
        let mut all = Vec::new();
        for Written { stream, drafts } in written {
            let history = self.streams.entry(stream.clone()).or_default();
            for draft in drafts {
                let revision = history.entries().len().try_into().unwrap();
                let id = context.event_id(all.len());
                let recorded = Recorded {
                    position: Position::new(1),
                    stream: stream.clone(),
                    revision: Revision::new(revision),
                    id,
                    recorded_at: self.now,
                    metadata: envelope.metadata(&draft, all.len()),
                    event: draft.event.clone(),
                    privacy: Privacy::Opened,
                };
                history.push(recorded).unwrap();
                all.push((id, draft));
            }
        }
        self.commands = context.command.uuid().as_u128();
        all
    }

    /// Decides and writes a command given as JSON.
    pub(crate) fn did(&mut self, json: serde_json::Value) -> Vec<(EventId, Draft)> {
        self.does(&command(json))
    }

    /// The code and field with which a command given as JSON is refused.
    pub(crate) fn refuses(&self, json: serde_json::Value) -> (&'static str, &'static str) {
        self.refuses_decision(&command(json))
    }

    /// Why a command given as JSON is refused.
    pub(crate) fn rejects(&self, json: serde_json::Value) -> Rejection {
        self.decide(&command(json)).err().unwrap()
    }

    /// The code and field with which a decision is refused.
    pub(crate) fn refuses_decision(&self, decision: &dyn Decision) -> (&'static str, &'static str) {
        let rejection = self.decide(decision).err().unwrap();
        (rejection.code(), rejection.field.unwrap_or_default())
    }

    /// The history of a stream.
    pub(crate) fn history(&self, stream: &StreamName) -> &History {
        &self.streams[stream]
    }

    fn context(&self) -> Context {
        Context {
            ledger: ledger(),
            actor: self.actor.clone(),
            role: self.role,
            command: CommandId::new(Uuid::from_u128(self.commands.saturating_add(1))),
            now: self.now,
            today: self.now.day_in_japan(),
        }
    }
}

/// The stored names of events, in order.
pub(crate) fn names(events: &[(EventId, Draft)]) -> Vec<&'static str> {
    events
        .iter()
        .map(|(_, draft)| draft.event.info().name)
        .collect()
}

/// The flags of all events, in order.
pub(crate) fn flags(events: &[(EventId, Draft)]) -> Vec<Flag> {
    events
        .iter()
        .flat_map(|(_, draft)| draft.flags.clone())
        .collect()
}
