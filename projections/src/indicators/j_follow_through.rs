//! J: what became of the committee's recommendations.

use super::fact_set::{first, until};
use super::fold::Fold;
use super::given::{Given, code};
use super::measure::{Counted, Excluded, Line, Measured};
use super::scope::days_between;
use crate::facts::{Kind, Stored};

fn answer<'a>(given: &Given<'a, '_>, made: &Stored) -> Option<&'a Stored> {
    first(until(
        given.facts.about(Kind::RecommendationAnswered, &made.thing),
        given.scope.day,
    ))
}

fn unit(given: &Given<'_, '_>, made: &Stored, answer: Option<&Stored>) -> Counted {
    let mut one = Counted::of(made, None, made.thing.as_str()).with(answer);
    let evidence = given.facts.about(Kind::RecommendationEvidence, &made.thing);
    for shown in evidence {
        let event = code(shown.other.as_deref()).parse().ok();
        one.rests_on
            .extend(event.filter(|event| !one.rests_on.contains(event)));
    }
    one
}

/// J-1: recommendations answered by their day, of those due in the period.
pub(super) fn answered_in_time(given: &Given<'_, '_>) -> Measured {
    let made = given.facts.of(Kind::RecommendationMade).iter().copied();
    let (due, undated): (Vec<&Stored>, Vec<&Stored>) = made.partition(|fact| fact.due.is_some());
    let due = due
        .into_iter()
        .filter(|fact| given.period().holds(fact.due));
    let counted = due.map(|made| {
        let answer = answer(given, made);
        let in_time = answer.is_some_and(|answer| answer.day <= made.due);
        unit(given, made, answer).hit(in_time)
    });
    let excluded = undated
        .iter()
        .map(|made| Excluded::of(made, &made.thing, "no-due-day"));
    Measured::new(Fold::Share, counted.collect()).without(excluded.collect())
}

/// J-2: days from a recommendation to its answer, of those made by the end of the period; open ones
/// beside.
pub(super) fn days_open(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut open) = (Vec::new(), Vec::new());
    for made in given.facts.of(Kind::RecommendationMade) {
        let Some(day) = made.day.filter(|day| *day <= given.end()) else {
            continue;
        };
        let answer = answer(given, made);
        let until = answer
            .and_then(|answer| answer.day)
            .unwrap_or(given.scope.day);
        let one = unit(given, made, answer).amount(days_between(day, until));
        if answer.is_some() {
            counted.push(one);
        } else {
            open.push(one);
        }
    }
    Measured::new(Fold::Days, counted).lines([Line::new("still-open", Fold::Days, open)])
}
