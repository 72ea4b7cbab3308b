//! One figure as tables to take along: itself, its breakdown and, for who may read events, their lists.

use ledger_projections::indicators::Measure;

use super::super::frame::Frame;
use super::super::paper::Paper;
use super::super::row;
use super::Page;
use super::events::event;
use crate::pages::chrome::Chrome;
use crate::pages::export::{Cell, Table};
use crate::pages::language::{current, t};
use crate::render;

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        self.of_lists(usize::MAX)
    }

    fn heads(&self) -> Vec<Table> {
        self.of_lists(0)
    }
}

impl Page {
    /// The tables, with so many rows of the lists of events.
    fn of_lists(&self, rows: usize) -> Vec<Table> {
        let columns = [
            t("区分", "Group"),
            t("実績", "Actual"),
            t("予定数", "Planned number"),
        ];
        let breakdown = self.breakdown.iter().filter(|it| !it.rows.is_empty());
        let breakdown = breakdown.map(|breakdown| {
            let rows = breakdown.rows.iter().map(|row| {
                let first = std::iter::once(Cell::text(&row.name));
                first.chain(row.cells.iter().cloned()).collect()
            });
            Table::new(t("内訳", "Breakdown"), columns, rows)
                .coded("breakdown")
                .stamped(&breakdown.stamp)
        });
        let figure = std::iter::once(row::table(std::slice::from_ref(&self.row)));
        let lists = self.listed.iter().flat_map(|measure| lists(measure, rows));
        figure.chain(breakdown).chain(lists).collect()
    }
}

/// Events as they are taken along: those that are counted, and those that are left out and why.
fn lists(measure: &Measure, rows: usize) -> [Table; 2] {
    let position = t("記録の位置", "Position");
    let counted = measure.counted.iter().take(rows).map(event).map(|one| {
        let below = t("分母のみ", "Denominator only");
        vec![
            Cell::told(&one.position.to_string()),
            Cell::text(one.on),
            Cell::text(if one.below { below } else { "" }),
        ]
    });
    let excluded = measure.excluded.iter().take(rows).map(|one| {
        let why = render::reason(one.reason, current());
        vec![Cell::told(&one.position.to_string()), Cell::text(why)]
    });
    let columns = [position, t("出来事の日", "Occurred on"), t("扱い", "How")];
    [
        Table::new(t("数えた記録", "Events counted"), columns, counted).coded("counted"),
        Table::new(
            t("除いた記録", "Events excluded"),
            [position, t("理由", "Why")],
            excluded,
        )
        .coded("excluded"),
    ]
}
