//! A table as CSV (RFC 4180) that Excel in Japan opens as it is: UTF-8 with a byte order mark, and no cell
//! that a spreadsheet would run.

use std::error::Error;

use super::table::{Cell, Table};

/// Tells Excel that the text is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

pub(super) fn bytes(table: &Table) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut lines = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(MARK.to_vec());
    lines.write_record(&table.columns)?;
    for row in &table.rows {
        lines.write_record(row.iter().map(cell))?;
    }
    Ok(lines.into_inner()?)
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::Nothing => String::new(),
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
    use super::*;

    #[test]
    fn a_file_begins_with_the_mark_and_holds_nothing_that_runs() {
        let table = Table {
            title: "例",
            columns: vec!["番号", "内容"],
            rows: vec![
                vec![
                    Cell::text("C001"),
                    Cell::text("=HYPERLINK(\"http://evil\")"),
                ],
                vec![Cell::text("-3"), Cell::text("一行目\n\"二\"行目")],
                vec![Cell::Nothing, Cell::text(" @SUM(A1)")],
            ],
        };
        let text = String::from_utf8(bytes(&table).unwrap()).unwrap();
        assert_eq!(
            text,
            "\u{feff}番号,内容\r\nC001,\"'=HYPERLINK(\"\"http://evil\"\")\"\r\n'-3,\"一行目\n\"\"二\"\"行目\"\r\n,' @SUM(A1)\r\n"
        );
    }
}
