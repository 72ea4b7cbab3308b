//! What a figure counts, event by event, without saying whom: persons are numbers of this answer alone.

use std::collections::HashMap;

use ledger_projections::indicators::Measure;
use serde_json::{Value, json};

/// Gives names the numbers 1, 2, 3 … in the order in which they come.
#[derive(Default)]
struct Numbers<'m>(HashMap<&'m str, usize>);

impl<'m> Numbers<'m> {
    fn of(&mut self, name: &'m str) -> usize {
        let next = self.0.len().saturating_add(1);
        *self.0.entry(name).or_insert(next)
    }
}

/// What is counted and what is left out, of a figure: a unit or a person that stands twice has the same
/// number twice.
pub(super) fn listed(measure: &Measure) -> [Value; 2] {
    let (mut units, mut subjects) = (Numbers::default(), Numbers::default());
    let counted = measure.counted.iter().map(|one| {
        json!({
            "unit": units.of(&one.unit),
            "event": one.event,
            "position": one.position,
            "subject": one.subject.as_deref().map(|subject| subjects.of(subject)),
            "day": one.day,
            "amount": one.amount,
            "hit": one.hit,
            "rests_on": one.rests_on,
        })
    });
    let counted = counted.collect();
    let excluded = measure.excluded.iter().map(|one| {
        json!({
            "unit": units.of(&one.unit),
            "event": one.event,
            "position": one.position,
            "reason": one.reason,
            "rests_on": one.rests_on,
        })
    });
    [counted, excluded.collect()]
}
