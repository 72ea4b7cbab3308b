//! 支援体制の図 as tables to take along.

use super::super::frame::Frame;
use super::super::paper::Paper;
use super::{Edge, Given, Page, Told};
use crate::pages::chrome::Chrome;
use crate::pages::export::{Cell, Table};
use crate::pages::language::t;

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        let mut tables = Vec::new();
        if let Some(drawn) = self.drawn.as_ref().filter(|drawn| !drawn.few) {
            tables.push(edges_table(&drawn.edges).stamped(&drawn.stamp));
            let notices = self.notices.as_ref();
            let told = notices.filter(|notices| !notices.lines.is_empty());
            tables.extend(told.map(|told| notices_table(&told.lines).stamped(&drawn.stamp)));
        }
        tables.push(given_table(&self.given));
        tables
    }
}

fn edges_table(edges: &[Edge]) -> Table {
    let columns = [
        t("どこから", "From"),
        t("どこへ", "To"),
        t("件数", "Number"),
        t("未完結", "Open"),
    ];
    let rows = edges.iter().map(|edge| {
        vec![
            Cell::text(&edge.from),
            Cell::text(&edge.to),
            Cell::Number(edge.made),
            Cell::count(&edge.open_in_words()),
        ]
    });
    Table::new(t("つなぎ", "Hand-overs"), columns, rows).coded("hand-over")
}

fn notices_table(lines: &[Told]) -> Table {
    let columns = [
        t("どこから", "From"),
        t("どこへ", "To"),
        t("連絡", "Notice"),
        t("件数", "Number"),
    ];
    let rows = lines.iter().map(|one| {
        let words = [one.from, one.to, one.what].map(Cell::text);
        words.into_iter().chain([Cell::count(&one.count)]).collect()
    });
    Table::new(t("連絡", "Notices"), columns, rows).coded("notices")
}

fn given_table(given: &[Given]) -> Table {
    let columns = [
        t("支援", "Support"),
        t("実績", "Actual"),
        t("予定数", "Planned number"),
        t("数え方", "Counting rule"),
    ];
    let rows = given.iter().map(|one| {
        vec![
            Cell::text(one.what),
            one.row.value_cell(),
            one.row.planned_cell(),
            Cell::text(one.row.rule_in_words()),
        ]
    });
    Table::new(
        t("センターが行う支援", "What the centre provides"),
        columns,
        rows,
    )
    .coded("given")
}
