//! The links under which a page's tables are taken along.

use std::num::NonZeroU32;

use ledger_commands::tells_of_persons;
use ledger_core::event::ExportedList;
use serde::Serialize;

use super::super::door::SignedIn;
use super::table::Table;

/// What is asked of a page, without in which form.
pub(in crate::pages) trait Wanted: Serialize {
    /// `csv` or `xlsx` for a file, and the code of the table that it is to hold.
    fn form(&self) -> (&str, &str);
}

/// The queries under which a page's tables are taken along.
pub(in crate::pages) struct Links {
    /// All of them as a workbook.
    pub(in crate::pages) xlsx: String,
    /// Each as CSV: its title, where there are several, and the query.
    pub(in crate::pages) csv: Vec<(String, String)>,
    /// How many such lists somebody takes along a day; none where nothing bounds it.
    pub(in crate::pages) a_day: Option<NonZeroU32>,
}

impl Links {
    /// Those of a page with one table; none for whoever may not take it.
    pub(in crate::pages) fn of(
        signed_in: &SignedIn,
        list: ExportedList,
        asked: &impl Serialize,
    ) -> Option<Self> {
        signed_in.may_take(list).ok()?;
        Some(Self {
            xlsx: query(asked, "xlsx", "")?,
            csv: vec![(String::new(), query(asked, "csv", "")?)],
            a_day: a_day(signed_in, list),
        })
    }

    /// Those of a page's tables; none for whoever may not take them, and where there are none.
    pub(in crate::pages) fn of_tables(
        signed_in: &SignedIn,
        list: ExportedList,
        asked: &impl Serialize,
        tables: &[Table],
    ) -> Option<Self> {
        signed_in.may_take(list).ok()?;
        let csv = tables.iter().filter_map(|table| {
            let title = if tables.len() > 1 { &*table.title } else { "" };
            Some((title.to_owned(), query(asked, "csv", table.code)?))
        });
        let csv: Vec<_> = csv.collect();
        (!csv.is_empty()).then_some(Self {
            xlsx: query(asked, "xlsx", "")?,
            csv,
            a_day: a_day(signed_in, list),
        })
    }
}

fn a_day(signed_in: &SignedIn, list: ExportedList) -> Option<NonZeroU32> {
    tells_of_persons(list).then_some(signed_in.exports_a_day)
}

fn query(asked: &impl Serialize, format: &str, table: &str) -> Option<String> {
    let mut parts = vec![serde_html_form::to_string(asked).ok()?];
    if !table.is_empty() {
        parts.push(format!("table={table}"));
    }
    parts.push(format!("format={format}"));
    parts.retain(|part| !part.is_empty());
    Some(parts.join("&"))
}
