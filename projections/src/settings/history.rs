//! Settings at every position of a stretch of the log, each correction from where it stands.

use std::collections::{BTreeSet, HashMap};

use ledger_core::event::{Event, ProgrammeEvent, ReadEventError, Recorded};
use ledger_core::history::History;
use ledger_core::id::{EventId, Position, Revision, StreamName};
use ledger_core::store::{EventStore, ReadStream};

use super::{Settings, SettingsError};

/// Settings at every position of a stretch of the log.
#[derive(Clone, Debug, Default)]
pub struct SettingsHistory {
    /// What each event said, in the order of the events.
    said: Vec<Vec<Said>>,
    places: HashMap<EventId, usize>,
}

/// What an event said from a position on, as it was recorded or corrected.
#[derive(Clone, Debug)]
struct Said {
    from: Position,
    /// Where something else is said, or nothing.
    to: Option<Position>,
    event: ProgrammeEvent,
}

impl SettingsHistory {
    /// Reads every setting up to a position, or up to the newest one.
    ///
    /// # Errors
    /// [`SettingsError`] when the stream cannot be read or understood.
    pub async fn read(
        store: &dyn EventStore,
        as_at: Option<Position>,
    ) -> Result<Self, SettingsError> {
        let (mut read_so_far, mut fold) = (Self::default(), History::default());
        let mut read = ReadStream {
            as_at,
            ..ReadStream::whole(StreamName::programme())
        };
        loop {
            let page = store.read_stream(&read).await?;
            for stored in page.events.iter() {
                read_so_far.push(&mut fold, Recorded::read(stored)?)?;
            }
            match page.next {
                Some(next) => read.from = Some(Revision::new(next)),
                None => return Ok(read_so_far),
            }
        }
    }

    /// A history of known events, in the order of their positions.
    #[must_use]
    pub fn of(events: Vec<(Position, ProgrammeEvent)>) -> Self {
        let said = events.into_iter().map(|(from, event)| {
            let to = None;
            vec![Said { from, to, event }]
        });
        Self {
            said: said.collect(),
            places: HashMap::new(),
        }
    }

    /// The settings as they stood at a position.
    #[must_use]
    pub fn at(&self, position: Position) -> Settings {
        let held = |said: &&Said| said.from <= position && said.to.is_none_or(|to| position < to);
        let then = self.said.iter().filter_map(|said| said.iter().find(held));
        Settings::of(then.map(|said| &said.event))
    }

    /// The positions behind `from` and up to `to` at which settings change, in order.
    #[must_use]
    pub fn positions_in(&self, from: Position, to: Position) -> BTreeSet<Position> {
        let said = self.said.iter().flatten();
        let changed = said.flat_map(|said| [Some(said.from), said.to]).flatten();
        changed.filter(|at| from < *at && *at <= to).collect()
    }

    /// The settings as they stand at the end.
    pub(super) fn newest(&self) -> Settings {
        self.at(Position::from_i64(i64::MAX))
    }

    fn push(&mut self, fold: &mut History, recorded: Recorded) -> Result<(), ReadEventError> {
        let position = recorded.position;
        let about = if let Event::Correction(correction) = &recorded.event {
            correction.target()
        } else {
            recorded.id
        };
        let pushed = fold.push(recorded);
        pushed.map_err(|source| ReadEventError::Decode { position, source })?;
        let place = *self.places.entry(about).or_insert_with(|| {
            self.said.push(Vec::new());
            self.said.len().saturating_sub(1)
        });
        let (Some(said), Some(entry)) = (self.said.get_mut(place), fold.find(about)) else {
            return Ok(());
        };
        if let Some(last) = said.last_mut() {
            last.to = last.to.or(Some(position));
        }
        if let (true, Event::Programme(event)) = (entry.stands(), entry.event()) {
            said.push(Said {
                from: position,
                to: None,
                event: event.clone(),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ledger_core::code::CorrectionReason;
    use ledger_core::event::{CorrectionEvent, EventAnnulled, EventCorrected, PeriodSet};
    use ledger_core::private::Private;
    use serde_json::json;

    use super::*;
    use crate::story::{Story, day};

    fn period(ends_on: &str) -> ProgrammeEvent {
        ProgrammeEvent::PeriodSet(PeriodSet {
            preparation_from: day("2021-04-01"),
            starts_on: day("2021-08-01"),
            ends_on: day(ends_on),
        })
    }

    fn corrected(target: EventId, ends_on: &str) -> CorrectionEvent {
        let payload = json!({"preparation_from": "2021-04-01", "starts_on": "2021-08-01",
            "ends_on": ends_on});
        CorrectionEvent::Corrected(EventCorrected {
            target,
            target_type: "programme-period-set".to_owned(),
            schema: 1,
            payload: payload.as_object().unwrap().clone(),
            occurred: None,
            reason: CorrectionReason::ALL[0],
            private_payload: Private::Open(serde_json::Map::new()),
            explanation: Private::Open(None),
        })
    }

    #[test]
    fn a_corrected_setting_holds_from_the_correction_on_and_an_annulled_one_no_longer() {
        let mut story = Story::of(StreamName::programme());
        let set = story.add("2021-07-01", period("2024-03-31"));
        story.add("2021-07-02", corrected(set, "2025-03-31"));
        story.add(
            "2021-07-03",
            CorrectionEvent::Annulled(EventAnnulled {
                target: set,
                reason: CorrectionReason::ALL[0],
                explanation: Private::Open(None),
            }),
        );

        let (mut history, mut fold) = (SettingsHistory::default(), History::default());
        for entry in story.history.entries() {
            history.push(&mut fold, entry.recorded.clone()).unwrap();
        }

        let ends = |at: u64| {
            let settings = history.at(Position::new(at));
            settings.period.map(|period| period.ends_on)
        };
        assert_eq!(ends(0), None);
        assert_eq!(ends(1), Some(day("2024-03-31")));
        assert_eq!(ends(2), Some(day("2025-03-31")));
        assert_eq!(ends(3), None);
        assert_eq!(history.newest().period, None);
    }
}
