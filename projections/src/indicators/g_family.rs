//! G: how families say they are: anxiety, satisfaction, and how many answered.

use std::collections::BTreeSet;

use super::fact_set::first;
use super::fold::Fold;
use super::given::{Given, Groups};
use super::measure::{Excluded, Line, Measured};
use crate::facts::{Kind, Stored};

/// The stages that are compared with the discharge notice.
const LATER: [&str; 3] = ["three-months", "six-months", "twelve-months"];

/// G-1: mean change of anxiety from the discharge notice to the latest later stage in the period;
/// each stage in the breakdown.
pub(super) fn anxiety(given: &Given<'_, '_>) -> Measured {
    let asked: BTreeSet<&str> = given
        .within(Kind::FamilyVoice)
        .filter_map(|fact| given.facts.person(fact))
        .collect();
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    let mut stages = Groups::default();
    for person in asked {
        let voices = given
            .facts
            .person_facts(Kind::FamilyVoice, person)
            .iter()
            .copied();
        let voices: Vec<&Stored> = voices.filter(|fact| fact.value.is_some()).collect();
        let at = |stage: &str| first(voices.iter().copied().filter(|fact| fact.thing == stage));
        let notice = at("discharge-notice");
        let mut newest = None;
        for stage in LATER {
            let later = at(stage).filter(|fact| given.period().holds(fact.day));
            if let Some((notice, later)) = notice.zip(later) {
                let level = |fact: &Stored| fact.value.unwrap_or(0);
                let change = level(later).saturating_sub(level(notice));
                let one = given.counted(later, person).amount(change).with([notice]);
                stages.add(format!("stage/{stage}"), one.clone());
                newest = Some(one);
            }
        }
        if let Some(one) = newest {
            counted.push(one);
        } else {
            let own = given.facts.person_facts(Kind::FamilyVoice, person).iter();
            let own = own.filter(|fact| given.period().holds(fact.day));
            excluded.extend(own.map(|fact| Excluded::of(fact, person, "not-paired")));
        }
    }
    Measured::new(Fold::Mean, counted)
        .without(excluded)
        .lines(stages.lines(Fold::Mean))
}

/// G-2: mean satisfaction, 1 to 5.
pub(super) fn satisfaction(given: &Given<'_, '_>) -> Measured {
    let mut stages = Groups::default();
    let mut counted = Vec::new();
    for fact in given.within(Kind::FamilySatisfaction) {
        let one = given.counted(fact, fact.event.to_string());
        let one = one.amount(fact.value.unwrap_or(0));
        stages.add(format!("stage/{}", fact.thing), one.clone());
        counted.push(one);
    }
    Measured::new(Fold::Mean, counted).lines(stages.lines(Fold::Mean))
}

/// G-3: answers, of the times that families were asked; those in their own words beside.
pub(super) fn response(given: &Given<'_, '_>) -> Measured {
    let mut stages = Groups::default();
    let (mut counted, mut words) = (Vec::new(), Vec::new());
    for fact in given.within(Kind::FamilyVoice) {
        let one = given.counted(fact, fact.event.to_string());
        let one = one.hit(fact.says("answered"));
        stages.add(format!("stage/{}", fact.thing), one.clone());
        // What they said stays sealed; that they said something is noted since version 2 of the event.
        if fact.codes.is_some() {
            words.push(one.clone());
        }
        counted.push(one);
    }
    Measured::new(Fold::Share, counted)
        .lines([Line::new("with-words", Fold::Units, words)])
        .lines(stages.lines(Fold::Share))
}
