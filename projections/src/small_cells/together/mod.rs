//! Cells of several tables that are shown together with sums that tell of them: which are withheld, so that none
//! of those can be computed.
//!
//! Guaranteed for every withheld cell: other counts, none of them negative, agree with every cell that is shown
//! and with every sum that is told, and differ in that cell. No cell of 1 to 4 is shown, and what is withheld of a
//! told sum is not 1 to 4 together either, unless nothing else is in the sum, the sums themselves say so, or the search
//! for other counts ends before it finds how: a table is not given up for that.

use std::collections::{BTreeMap, BTreeSet};

use super::SHOWN_MIN;

/// Most cells that change together in the search for other counts that agree, too.
const CHANGED_MAX: usize = 10;

/// The cells of two rows and two columns, of which each can be one more or less while their sums stay.
const RECTANGLE: usize = 4;

/// Most attempts of that search for one cell; where it ends without an answer, a cell counts as given away.
const ATTEMPTS_MAX: usize = 4_000;

/// Most attempts for all cells that are shown together.
const ATTEMPTS_OF_ALL_MAX: usize = 40_000;

/// A cell's place among those that are shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(usize);

/// A cell whose count would be another one, and whether it would be more.
type Change = (usize, bool);

/// A cell with what is known of it.
#[derive(Clone, Copy, Debug)]
struct Cell {
    count: i64,
    stands: Stands,
}

/// Where a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// In a table that is shown.
    Shown,
    /// On no page, and where it is small it must not be told either.
    Guarded,
    /// On no page: it ties sums together.
    Tying,
}

impl Cell {
    /// Whether nobody may be able to compute it.
    fn is_secret(&self) -> bool {
        0 < self.count && self.count < SHOWN_MIN && self.stands != Stands::Tying
    }
}

/// Cells of counts, and the sums of them that are told beside.
#[derive(Clone, Debug, Default)]
pub struct Together {
    cells: Vec<Cell>,
    /// Each sum's cells; those that are taken off with `false`.
    sums: Vec<Vec<(usize, bool)>>,
}

impl Together {
    /// A cell that is shown where that gives nobody away.
    pub fn cell(&mut self, count: i64) -> Place {
        self.take(count, Stands::Shown)
    }

    /// A count of a table that is not shown: where it is small, what is shown may not tell it.
    pub fn guarded(&mut self, count: i64) -> Place {
        self.take(count, Stands::Guarded)
    }

    /// A count that is never shown, as it only says what two tables have to do with each other.
    pub fn unseen(&mut self, count: i64) -> Place {
        self.take(count, Stands::Tying)
    }

    fn take(&mut self, count: i64, stands: Stands) -> Place {
        self.cells.push(Cell { count, stands });
        Place(self.cells.len().saturating_sub(1))
    }

    /// The sum of some cells is told.
    pub fn told(&mut self, cells: &[Place]) {
        self.told_less(cells, &[]);
    }

    /// What some cells are more than others, all of them together, is told.
    pub fn told_less(&mut self, cells: &[Place], less: &[Place]) {
        let added = cells.iter().map(|place| (place.0, true));
        let taken = less.iter().map(|place| (place.0, false));
        self.sums.push(added.chain(taken).collect());
    }

    /// The cells that are not shown; none where no choice of cells withholds the small ones.
    #[must_use]
    pub fn withheld(&self) -> Option<BTreeSet<Place>> {
        let those = |is: fn(&Cell) -> bool| {
            let cells = self.cells.iter().enumerate();
            cells.filter(move |(_, cell)| is(cell)).map(|(at, _)| at)
        };
        let unseen: BTreeSet<usize> = those(|cell| cell.stands != Stands::Shown).collect();
        let small: Vec<usize> = those(Cell::is_secret).collect();
        let mut hidden: BTreeSet<usize> = unseen.iter().chain(&small).copied().collect();
        let mut left = ATTEMPTS_OF_ALL_MAX;
        for cell in small {
            let mut found = |open| {
                let costs = self.costs(&hidden, open);
                self.other_counts(&[cell], (&costs, CHANGED_MAX), &mut left)
            };
            let found = found(false).or_else(|| found(true));
            // What changes along with a cell can be another number, too.
            hidden.extend(found?);
        }
        // What the sums themselves say is told whatever is withheld, and no table is given up for what a search left open.
        let mut told: BTreeSet<Vec<usize>> = BTreeSet::new();
        while let Some(few) = self.few_together(&hidden, &told) {
            match self.other_few(&few, &hidden, &mut left) {
                Some(found) => hidden.extend(found),
                None => {
                    told.insert(few);
                },
            }
        }
        let seen = hidden.into_iter().filter(|at| !unseen.contains(at));
        Some(seen.map(Place).collect())
    }

    /// The cells that change where a few that are withheld are more or fewer together. Others of them would take back
    /// what one of them moves, and a rectangle is enough nearly always: so the search ends soon.
    fn other_few(
        &self,
        few: &[usize],
        hidden: &BTreeSet<usize>,
        left: &mut usize,
    ) -> Option<BTreeSet<usize>> {
        let costs = self.costs(hidden, true);
        let costs = |at: usize| costs(at).filter(|_| !few.contains(&at));
        let mut found = |most| self.other_counts(few, (&costs, most), left);
        found(RECTANGLE).or_else(|| found(CHANGED_MAX))
    }

    /// What it costs to change a cell, where those that are shown are left as they are or may be withheld, too.
    fn costs<'s>(
        &'s self,
        hidden: &'s BTreeSet<usize>,
        open: bool,
    ) -> impl Fn(usize) -> Option<i64> + 's {
        move |at: usize| match (hidden.contains(&at), open) {
            // Few and small cells are withheld rather than many and large ones.
            (true, false) => Some(0),
            (true, true) => Some(1),
            (false, false) => None,
            (false, true) => {
                let count = self.cells.get(at).map_or(0, |cell| cell.count);
                Some(count.saturating_add(1).saturating_mul(2))
            },
        }
    }

    /// What is withheld of a sum that is told, where it is 1 to 4 together and the rest of the sum tells so; none of
    /// those that are told anyway.
    fn few_together(
        &self,
        hidden: &BTreeSet<usize>,
        told: &BTreeSet<Vec<usize>>,
    ) -> Option<Vec<usize>> {
        self.sums.iter().find_map(|sum| {
            let (few, rest): (Vec<&(usize, bool)>, Vec<_>) =
                sum.iter().partition(|(at, _)| hidden.contains(at));
            // What ties sums together, and what is taken off and withheld, is known to nobody: then neither is this.
            let is_shown = |at: usize| {
                let cell = self.cells.get(at);
                cell.is_some_and(|cell| cell.stands == Stands::Shown)
            };
            if few.iter().any(|(at, is_added)| !is_added || !is_shown(*at)) {
                return None;
            }
            let counted = |cells: &[&(usize, bool)]| {
                let cells = cells.iter().filter_map(|(at, _)| self.cells.get(*at));
                cells.map(|cell| cell.count).sum::<i64>()
            };
            let is_few = (1..SHOWN_MIN).contains(&counted(&few)) && counted(&rest) > 0;
            let few: Vec<usize> = few.into_iter().map(|(at, _)| *at).collect();
            (is_few && !told.contains(&few)).then_some(few)
        })
    }

    /// The cheapest cells that can each be one more or one less while every sum stays and no count becomes negative,
    /// and by which these cells are more or fewer together.
    fn other_counts(
        &self,
        wanted: &[usize],
        (cost, most): (&impl Fn(usize) -> Option<i64>, usize),
        left: &mut usize,
    ) -> Option<BTreeSet<usize>> {
        let mut waiting: BTreeSet<(i64, usize, Vec<Change>)> = BTreeSet::new();
        let mut seen: BTreeSet<Vec<Change>> = BTreeSet::new();
        for (cell, more) in wanted
            .iter()
            .flat_map(|cell| [(*cell, true), (*cell, false)])
        {
            if self.can_change(cell, more) {
                waiting.insert((0, 1, vec![(cell, more)]));
            }
        }
        for _ in 0..ATTEMPTS_MAX.min(*left) {
            *left = left.saturating_sub(1);
            let (paid, _, changed) = waiting.pop_first()?;
            let Some((sum, over)) = self.unbalanced(&changed) else {
                if moves(&changed, wanted) {
                    return Some(changed.into_iter().map(|(at, _)| at).collect());
                }
                continue;
            };
            if changed.len() >= most {
                continue;
            }
            for (at, is_added) in sum.iter().copied() {
                // What is too much is taken off by less of what is added, or by more of what is taken off.
                let more = is_added != over;
                let is_new = changed.iter().all(|(own, _)| *own != at);
                let Some(price) = cost(at).filter(|_| is_new && self.can_change(at, more)) else {
                    continue;
                };
                let mut next = changed.clone();
                next.push((at, more));
                next.sort_unstable();
                if seen.insert(next.clone()) {
                    waiting.insert((paid.saturating_add(price), next.len(), next));
                }
            }
        }
        None
    }

    fn can_change(&self, cell: usize, more: bool) -> bool {
        more || self.cells.get(cell).is_some_and(|cell| cell.count > 0)
    }

    /// The first sum that would be another one, and whether it would be too much.
    fn unbalanced(&self, changed: &[(usize, bool)]) -> Option<(&[(usize, bool)], bool)> {
        let changed: BTreeMap<usize, bool> = changed.iter().copied().collect();
        self.sums.iter().find_map(|sum| {
            let moved = sum.iter().fold(0_i64, |moved, (at, is_added)| {
                match changed.get(at).map(|more| more == is_added) {
                    Some(true) => moved.saturating_add(1),
                    Some(false) => moved.saturating_sub(1),
                    None => moved,
                }
            });
            (moved != 0).then_some((sum.as_slice(), moved > 0))
        })
    }
}

/// Whether changes make these cells more or fewer together.
fn moves(changed: &[Change], wanted: &[usize]) -> bool {
    let own = |more: bool| {
        let own = changed.iter();
        own.filter(|(at, is_more)| *is_more == more && wanted.contains(at))
            .count()
    };
    own(true) != own(false)
}

#[cfg(test)]
mod tests;
