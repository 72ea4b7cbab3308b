//! The events that are asked for by when they happened, in the order of the list.

use std::collections::HashMap;

use ledger_core::id::{EventId, Position};
use ledger_core::store::Direction;
use ledger_core::time::Day;
use ledger_projections::amendment::Act;

use super::Asked;
use super::found::{Seen, Wants, delay, streams_there};
use crate::failure::Failure;
use crate::reading::{Known, occurrences};
use crate::wiring::OpenLedger;

/// What lists go by: where they go by recording, the position alone.
type Place = (Option<Day>, Position);

/// Where a list begins.
pub(super) enum Beginning {
    /// At its own beginning.
    Own,
    /// At an event.
    Event(Position),
    /// At a day of what happened.
    Day(Day),
}

/// Where the list begins that is asked for, with the position at which it does.
///
/// # Errors
/// [`Failure`] where the day is none.
pub(super) fn begins_at(asked: &Asked, from: Option<Position>) -> Result<Beginning, Failure> {
    let day = asked.day()?.filter(|_| asked.is_by_occurrence());
    Ok(match (day, from) {
        (Some(day), _) => Beginning::Day(day),
        (None, Some(from)) => Beginning::Event(from),
        (None, None) => Beginning::Own,
    })
}

/// The events that fit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// Their positions, as the list goes, from where it begins.
    pub(super) positions: Vec<Position>,
    /// How many fit besides, but do not say when they happened.
    pub(super) undated: usize,
}

impl Placed {
    /// Those of the log up to a position.
    ///
    /// # Errors
    /// [`Failure`] when log or views cannot be read, and where the list has no such beginning.
    pub(super) async fn of(
        open: &OpenLedger,
        wants: &Wants<'_>,
        (head, beginning): (Position, Beginning),
        acts: &HashMap<EventId, Act>,
    ) -> Result<Self, Failure> {
        let there = streams_there(open, wants.asked, head).await?;
        let range = wants.asked.occurred()?;
        let fits = |event: &Known| {
            let is_there = there
                .as_ref()
                .is_none_or(|there| there.contains(&*event.stream));
            let kind = &wants.asked.kind;
            let delay = event.day.and_then(|day| delay(day, event.recorded));
            is_there
                && (kind.is_empty() || **kind == *event.kind)
                && wants.fits(&Seen {
                    stream: &event.stream,
                    actor: event.actor.as_deref(),
                    delay,
                    is_amended: acts.contains_key(&event.id),
                })
        };
        let placed = occurrences(open, head, |events| {
            let first = first_place(events, wants.asked, beginning)?;
            let fitting = events.iter().filter(|event| fits(event));
            Ok(place(fitting, (wants.asked, range), first))
        });
        placed.await?
    }
}

/// The place at which the list begins; none at its own beginning.
///
/// # Errors
/// [`Failure`] where the list goes by when events happened and the one does not say.
fn first_place(
    events: &[Known],
    asked: &Asked,
    beginning: Beginning,
) -> Result<Option<Place>, Failure> {
    match (beginning, asked.is_by_occurrence(), asked.direction()) {
        (Beginning::Own, ..) => Ok(None),
        (Beginning::Day(day), _, Direction::Forwards) => Ok(Some((Some(day), Position::default()))),
        (Beginning::Day(day), _, Direction::Backwards) => {
            Ok(Some((Some(day), Position::new(u64::MAX))))
        },
        (Beginning::Event(from), false, _) => Ok(Some((None, from))),
        (Beginning::Event(from), true, _) => {
            let found = events.binary_search_by_key(&from, |event| event.position);
            let event = found.ok().and_then(|place| events.get(place));
            let day = event.and_then(|event| event.day);
            day.map(|day| Some((Some(day), from)))
                .ok_or_else(|| no_day(from))
        },
    }
}

/// What fits as the list goes, from the first place on.
fn place<'a>(
    fitting: impl Iterator<Item = &'a Known>,
    (asked, (from, to)): (&Asked, (Option<Day>, Option<Day>)),
    first: Option<Place>,
) -> Placed {
    let (mut places, mut undated): (Vec<Place>, usize) = (Vec::new(), 0);
    let is_by_day = asked.is_by_occurrence();
    for event in fitting {
        let is_in = |day: Day| from.is_none_or(|it| it <= day) && to.is_none_or(|it| day <= it);
        match event.day {
            None if asked.is_undated() => places.push((None, event.position)),
            None => undated = undated.saturating_add(1),
            Some(day) if !asked.is_undated() && is_in(day) => {
                places.push((is_by_day.then_some(day), event.position));
            },
            Some(_) => {},
        }
    }
    places.sort_unstable();
    let is_before = |place: &Place| match asked.direction() {
        Direction::Forwards => first.is_some_and(|first| *place < first),
        Direction::Backwards => first.is_some_and(|first| *place > first),
    };
    if asked.direction() == Direction::Backwards {
        places.reverse();
    }
    let before = places.partition_point(is_before);
    let places = places.iter().skip(before);
    Placed {
        positions: places.map(|(_, position)| *position).collect(),
        undated,
    }
}

/// A list by what happened does not begin at an event that does not say when it did.
fn no_day(position: Position) -> Failure {
    Failure::refused(
        "NO_DAY_OF_OCCURRENCE",
        format!("「位置」: #{position}には出来事の日がないので、出来事の順の一覧はそこから始められません。"),
        format!("event #{position} does not say when it occurred, so a list by occurrence cannot begin there"),
    )
    .hint(
        "位置を空にするか、記録の順で表示してください。",
        "leave the position empty, or order the list by recording",
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// Events at positions 1 and on that happened on these days, the last two on none.
    fn known() -> Vec<Known> {
        let days = [
            Some("2024-04-03"),
            Some("2024-04-01"),
            Some("2024-04-03"),
            Some("2023-12-31"),
            None,
            None,
        ];
        let known = (1_u64..).zip(days).map(|(at, day)| Known {
            position: Position::new(at),
            id: "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
            kind: Arc::from("consultation-recorded"),
            stream: Arc::from("child-1"),
            actor: None,
            day: day.map(|day| day.parse().unwrap()),
            recorded: "2024-05-01".parse().unwrap(),
        });
        known.collect()
    }

    /// What is found of them.
    fn found(query: &str) -> (Vec<u64>, usize) {
        let asked: Asked = serde_html_form::from_str(query).unwrap();
        let beginning = begins_at(&asked, asked.position().unwrap()).unwrap();
        let known = known();
        let first = first_place(&known, &asked, beginning).unwrap();
        let placed = place(known.iter(), (&asked, asked.occurred().unwrap()), first);
        let positions = placed.positions.iter().map(|at| at.get());
        (positions.collect(), placed.undated)
    }

    #[test]
    fn a_range_of_days_goes_by_recording_and_tells_how_many_have_no_day() {
        assert_eq!(found("occurred_from=2024-04-01"), (vec![3, 2, 1], 2));
        assert_eq!(
            found("occurred_from=2024-04-01&occurred_to=2024-04-02&order=old"),
            (vec![2], 2)
        );
        assert_eq!(found("occurred_to=2023-12-31"), (vec![4], 2));
        assert_eq!(found("occurred_from=2024-04-01&from=2"), (vec![2, 1], 2));
    }

    #[test]
    fn by_occurrence_the_list_begins_at_a_day_or_at_an_event() {
        assert_eq!(found("order=occurred-old"), (vec![4, 2, 1, 3], 2));
        assert_eq!(found("order=occurred"), (vec![3, 1, 2, 4], 2));
        assert_eq!(found("order=occurred&day=2024-04-02"), (vec![2, 4], 2));
        assert_eq!(
            found("order=occurred-old&day=2024-04-01"),
            (vec![2, 1, 3], 2)
        );
        assert_eq!(found("order=occurred&from=1"), (vec![1, 2, 4], 2));
    }

    #[test]
    fn what_has_no_day_is_found_alone_by_recording() {
        assert_eq!(found("dated=no"), (vec![6, 5], 0));
        assert_eq!(found("dated=no&order=occurred-old&from=6"), (vec![6], 0));
    }

    #[test]
    fn a_list_by_occurrence_does_not_begin_where_there_is_no_day() {
        let asked: Asked = serde_html_form::from_str("order=occurred").unwrap();
        for at in [5, 7] {
            let beginning = Beginning::Event(Position::new(at));
            assert!(first_place(&known(), &asked, beginning).is_err(), "{at}");
        }
    }
}
