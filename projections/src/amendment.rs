//! What a later event says about an earlier one of its stream: that it was corrected, annulled or moved; why, by whom and when.

use std::collections::HashMap;

use ledger_core::actor::Role;
use ledger_core::code::CorrectionReason;
use ledger_core::event::{CorrectionEvent, Event, Recorded};
use ledger_core::history::History;
use ledger_core::id::{ChildId, EventId, Position};
use ledger_core::private::Private;
use ledger_core::time::Timestamp;
use serde::Serialize;

/// What is said about an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// It has another content.
    Corrected,
    /// It never happened.
    Annulled,
    /// It did happen, although it was annulled.
    Reinstated,
    /// It happened to another person.
    Reassigned,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 4] = [
        Self::Corrected,
        Self::Annulled,
        Self::Reinstated,
        Self::Reassigned,
    ];

    /// Its name in addresses and for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::Annulled => "annulled",
            Self::Reinstated => "reinstated",
            Self::Reassigned => "reassigned",
        }
    }
}

/// One thing that a later event says about an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Amendment {
    /// What.
    pub act: Act,
    /// Place in the log of the event that says it.
    pub position: Position,
    /// That event.
    pub event_id: EventId,
    /// Why, as a code.
    pub reason: CorrectionReason,
    /// Why in words, where that was said and can be read here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// Who said it.
    pub actor: String,
    /// In which role.
    pub role: Role,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The person to whom the event was moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<ChildId>,
    /// The event that stands there now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_to_event: Option<EventId>,
}

impl Amendment {
    /// What an event says about an earlier one, with that one's id; nothing where it is no correction.
    #[must_use]
    pub fn of(recorded: &Recorded) -> Option<(EventId, Self)> {
        let Event::Correction(event) = &recorded.event else {
            return None;
        };
        let (act, reason, explanation) = said(event);
        let moved = match event {
            CorrectionEvent::Reassigned(it) => Some((it.to, it.to_event)),
            CorrectionEvent::Corrected(_)
            | CorrectionEvent::IdentityCorrected(_)
            | CorrectionEvent::Annulled(_)
            | CorrectionEvent::AnnulmentReversed(_) => None,
        };
        let amendment = Self {
            act,
            position: recorded.position,
            event_id: recorded.id,
            reason,
            explanation: explanation.text().map(str::to_owned),
            actor: recorded.metadata.actor.to_string(),
            role: recorded.metadata.role,
            recorded_at: recorded.recorded_at,
            moved_to: moved.map(|(to, _)| to),
            moved_to_event: moved.map(|(_, event)| event),
        };
        Some((event.target(), amendment))
    }
}

const fn said(event: &CorrectionEvent) -> (Act, CorrectionReason, &Private<Option<String>>) {
    match event {
        CorrectionEvent::Corrected(it) | CorrectionEvent::IdentityCorrected(it) => {
            (Act::Corrected, it.reason, &it.explanation)
        },
        CorrectionEvent::Annulled(it) => (Act::Annulled, it.reason, &it.explanation),
        CorrectionEvent::AnnulmentReversed(it) => (Act::Reinstated, it.reason, &it.explanation),
        CorrectionEvent::Reassigned(it) => (Act::Reassigned, it.reason, &it.explanation),
    }
}

/// What is said about each event of some streams, oldest first.
#[must_use]
pub fn amendments<'a>(
    histories: impl IntoIterator<Item = &'a History>,
) -> HashMap<EventId, Vec<Amendment>> {
    let mut about: HashMap<EventId, Vec<Amendment>> = HashMap::new();
    for history in histories {
        let said = history.entries().iter();
        for (target, amendment) in said.filter_map(|entry| Amendment::of(&entry.recorded)) {
            about.entry(target).or_default().push(amendment);
        }
    }
    about
}

#[cfg(test)]
mod tests {
    use ledger_core::event::{
        AnnulmentReversed, CommitteeEvent, Event, EventAnnulled, MeetingHeld,
    };
    use ledger_core::id::{MeetingId, StreamName};

    use super::*;
    use crate::story::Story;

    fn held() -> Event {
        let held = MeetingHeld {
            meeting: MeetingId::new(uuid::Uuid::from_u128(7)),
            attendee_count: 5,
            attendees: Private::Open(Vec::new()),
        };
        Event::from(CommitteeEvent::Held(held))
    }

    #[test]
    fn what_was_annulled_and_reinstated_keeps_both_with_their_reasons() {
        let meeting = MeetingId::new(uuid::Uuid::from_u128(7));
        let mut story = Story::of(StreamName::committee(meeting));
        let target = story.add("2022-05-19", held());
        let annulled = EventAnnulled {
            target,
            reason: CorrectionReason::Duplicate,
            explanation: Private::Open(Some("二重に入力".to_owned())),
        };
        let by = story.add("2022-05-20", CorrectionEvent::Annulled(annulled));
        let reversed = AnnulmentReversed {
            target,
            reason: CorrectionReason::Other,
            explanation: Private::Open(None),
        };
        story.add("2022-05-21", CorrectionEvent::AnnulmentReversed(reversed));

        let about = amendments([&story.history]);

        assert_eq!(about.len(), 1);
        let [first, second] = about[&target].as_slice() else {
            panic!("{about:?}");
        };
        assert_eq!((first.act, first.event_id), (Act::Annulled, by));
        assert_eq!(first.position, Position::new(2));
        assert_eq!(first.explanation.as_deref(), Some("二重に入力"));
        assert_eq!(first.actor, "staff-1");
        assert_eq!(second.act, Act::Reinstated);
        assert_eq!(second.explanation, None);
    }
}
