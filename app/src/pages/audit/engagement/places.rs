//! Where the events stand that an audit names, and which of them the role reads.

use std::collections::{BTreeSet, HashMap};

use ledger_core::actor::Role;
use ledger_core::history::History;
use ledger_core::id::{EventId, Position};
use ledger_core::store::{EventStore, StoredEvent};
use ledger_projections::audit::EngagementCard;

use super::super::super::language::{current, t};
use crate::failure::Failure;
use crate::reading::events_named;
use crate::render;
use crate::rights::reads;

/// The events of an audit, and those of which it tells.
pub(super) struct Places {
    own: HashMap<EventId, Position>,
    named: HashMap<EventId, StoredEvent>,
    role: Role,
}

/// An event of which an audit tells.
pub(super) struct Named {
    /// Where it stands, where the role reads it.
    pub(super) to: Option<Position>,
    /// Its kind; for one that is not read or not there, that it is not.
    pub(super) title: String,
}

impl Places {
    /// Looks for every event that the audit names.
    ///
    /// # Errors
    /// [`Failure`] when the store fails.
    pub(super) async fn of(
        store: &dyn EventStore,
        (history, card): (&History, &EngagementCard),
        role: Role,
    ) -> Result<Self, Failure> {
        let sampled = card.samples.iter().flat_map(|sample| &sample.events);
        let asked = card.questions.iter().map(|question| &question.event);
        let cleared = card.findings.iter().filter_map(|it| it.clearance.as_ref());
        let shown = cleared.flat_map(|clearance| &clearance.evidence);
        let ids: BTreeSet<EventId> = sampled.chain(asked).chain(shown).copied().collect();
        let entries = history.entries().iter();
        Ok(Self {
            own: entries
                .map(|entry| (entry.recorded.id, entry.recorded.position))
                .collect(),
            named: events_named(store, &ids).await?,
            role,
        })
    }

    /// Where one of the audit's own events stands.
    pub(super) fn own(&self, id: EventId) -> Option<Position> {
        self.own.get(&id).copied()
    }

    /// Where an event stands of which the audit tells.
    pub(super) fn position(&self, id: EventId) -> Option<Position> {
        self.named.get(&id).map(|stored| stored.position)
    }

    /// An event of which the audit tells.
    pub(super) fn named(&self, id: EventId) -> Named {
        let Some(stored) = self.named.get(&id) else {
            return Named {
                to: None,
                title: t("この台帳にありません", "Not in this ledger").to_owned(),
            };
        };
        if !reads(self.role, stored.stream.category()) {
            let title = t("この役割では見られない記録", "Not visible to this role");
            return Named {
                to: None,
                title: title.to_owned(),
            };
        }
        Named {
            to: Some(stored.position),
            title: render::event_title(stored.event_type.as_str(), current()).to_owned(),
        }
    }
}
