//! A table as CSV (RFC 4180) that Excel in Japan opens as it is: UTF-8 with a byte order mark, and no cell
//! that a spreadsheet would run. Behind an empty line it says who took it along, when, and as of when it tells.

use std::error::Error;

use csv::{Terminator, WriterBuilder};

use super::super::language::current;
use super::measured::{Flat, Sheet};
use super::table::{Stamp, Table};
use crate::lang::Lang;

/// Tells Excel that the text is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

pub(super) fn bytes(table: &Table, stamp: &Stamp) -> Result<Vec<u8>, Box<dyn Error>> {
    let sheet = Sheet::of(table);
    let records = sheet.rows().map(|row| row.into_iter().map(cell).collect());
    let head = sheet.heads();
    let width = head.len();
    let mut bytes = written(MARK.to_vec(), std::iter::once(head).chain(records))?;
    bytes.extend(b"\r\n");
    // As wide as the rows above, so that a strict reader takes it as well.
    let mut last = vec![String::new(); width];
    if let Some(first) = last.first_mut() {
        *first = harmless(&told(table, stamp));
    }
    written(bytes, std::iter::once(last))
}

fn written(
    before: Vec<u8>,
    records: impl Iterator<Item = Vec<String>>,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut lines = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(before);
    for record in records {
        lines.write_record(&record)?;
    }
    Ok(lines.into_inner()?)
}

/// What the last line says.
fn told(table: &Table, stamp: &Stamp) -> String {
    let (title, on) = (&table.title, &stamp.on);
    let (by, as_at) = (&stamp.by, stamp.as_at);
    let of = match table.stamp.as_str() {
        "" => String::new(),
        of => format!("／{of}"),
    };
    match current() {
        Lang::Ja => format!("出力: {on}／出力者 {by}／台帳の位置 {as_at}／{title}{of}"),
        Lang::En => format!("Exported: {on}／by {by}／position {as_at} of the ledger／{title}{of}"),
    }
}

fn cell(cell: Flat<'_>) -> String {
    match cell {
        Flat::Text(text) => harmless(text),
        Flat::Number(number) => number.to_owned(),
        Flat::Nothing => String::new(),
    }
}

/// A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front (OWASP,
/// CSV injection).
fn harmless(text: &str) -> String {
    let begins = text.trim_start_matches(' ').chars().next();
    if begins.is_some_and(|first| "=+-@\t\r\n＝＋－＠".contains(first)) {
        return format!("'{text}");
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use ledger_core::id::Position;

    use super::super::table::Cell;
    use super::*;

    fn written(table: &Table) -> String {
        let stamp = Stamp {
            on: "令和6年4月1日 09:05".to_owned(),
            by: "kacho".to_owned(),
            as_at: Position::new(52),
        };
        String::from_utf8(bytes(table, &stamp).unwrap()).unwrap()
    }

    #[test]
    fn a_file_begins_with_the_mark_and_holds_nothing_that_runs() {
        let rows = vec![
            vec![
                Cell::text("C001"),
                Cell::text("=HYPERLINK(\"http://evil\")"),
            ],
            vec![Cell::text("-3"), Cell::text("一行目\n\"二\"行目")],
            vec![Cell::Nothing, Cell::text(" @SUM(A1)")],
            vec![Cell::count("-7"), Cell::count("※")],
        ];
        let text = written(&Table::new("例", ["番号", "内容"], rows));
        let (table, last) = text.split_once("\r\n\r\n").unwrap();
        assert_eq!(
            table,
            "\u{feff}番号,内容\r\nC001,\"'=HYPERLINK(\"\"http://evil\"\")\"\r\n'-3,\"一行目\n\"\"二\"\"行目\"\r\n,' @SUM(A1)\r\n-7,※"
        );
        assert_eq!(
            last,
            "出力: 令和6年4月1日 09:05／出力者 kacho／台帳の位置 52／例,\r\n"
        );
    }

    #[test]
    fn a_strict_reader_takes_the_last_line_for_a_row_of_the_same_width() {
        let rows = vec![vec![Cell::text("一"), Cell::Number(1), Cell::Nothing]];
        let table = Table::new("例", ["い", "ろ", "は"], rows).stamped("基準日 令和4年3月31日");
        let text = written(&table);
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 2);
        assert!(
            rows[1][0].ends_with("例／基準日 令和4年3月31日"),
            "{rows:?}"
        );
    }
}
