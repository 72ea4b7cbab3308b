//! How each unit of a figure counts, so that two measurements can be compared unit by unit.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::id::EventId;

use super::fold::Fold;
use super::measure::{Counted, Excluded, Measure};

/// Where a unit stands: in which list, under which name.
pub(super) type Key<'m> = (&'m str, &'m str);

/// Every unit of a figure and of its breakdown.
pub(super) type Units<'m> = BTreeMap<Key<'m>, Shape<'m>>;

/// How a unit counts, and the events on which that rests.
#[derive(Debug, Default)]
pub(super) struct Shape<'m> {
    /// What the value sees of it: above the line or below, and how much.
    pub(super) counts: Vec<(bool, i64)>,
    /// The events, those for which it is left out, too.
    pub(super) events: BTreeSet<EventId>,
    /// Whom they are about.
    pub(super) subjects: BTreeSet<&'m str>,
}

impl<'m> Shape<'m> {
    fn count(&mut self, one: &'m Counted, fold: Fold) {
        let units = fold.counts_units();
        let count = (one.hit, if units { 0 } else { one.amount });
        // Where units are counted, a second event of the same unit changes nothing.
        let again = units && self.counts.contains(&count);
        if !again && (one.hit || fold.counts_below()) {
            self.counts.push(count);
        }
        self.events.insert(one.event);
        self.events.extend(&one.rests_on);
        self.subjects.extend(one.subject.as_deref());
    }

    fn leave_out(&mut self, one: &'m Excluded) {
        self.events.insert(one.event);
        self.events.extend(&one.rests_on);
        // Where persons are counted, the unit is the person.
        self.subjects.insert(&one.unit);
    }
}

/// How a unit counts; not at all where it stands nowhere.
pub(super) fn counts<'s>(shape: Option<&'s Shape<'_>>) -> &'s [(bool, i64)] {
    shape.map_or(&[], |shape| shape.counts.as_slice())
}

/// Every unit of a figure and of its breakdown, with how it counts.
pub(super) fn units(measure: &Measure) -> Units<'_> {
    let mut units = Units::new();
    let own = measure.counted.iter().map(|one| ("", measure.fold, one));
    let lines = measure.lines.iter().flat_map(|line| {
        let counted = line.counted.iter();
        counted.map(|one| (line.key.as_str(), line.fold, one))
    });
    for (list, fold, one) in own.chain(lines) {
        let unit = units.entry((list, &*one.unit)).or_default();
        unit.count(one, fold);
    }
    for one in &measure.excluded {
        let unit = units.entry(("", one.unit.as_str())).or_default();
        unit.leave_out(one);
    }
    for unit in units.values_mut() {
        unit.counts.sort_unstable();
    }
    units
}
