//! Reads the records of a CSV file with the row numbers that a spreadsheet shows.

use std::io::Read;

use csv::StringRecord;
use ledger_core::text::normal;

use super::encoding::{Encoding, TextReader};

/// A CSV file: its header, then record after record.
pub struct Sheet<R> {
    reader: csv::Reader<TextReader<R>>,
    header: Vec<String>,
    row: u32,
    line: u64,
}

/// One record of a sheet.
#[derive(Clone, Debug, Default)]
pub struct SheetRow {
    /// Row as a spreadsheet counts: the header is 1, a record with line breaks is one row, an
    /// empty line is one, too.
    pub row: u32,
    /// Its cells, as read.
    pub cells: StringRecord,
}

impl SheetRow {
    /// Whether nothing at all is written in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// The row as CSV text, without its line end.
    #[must_use]
    pub fn text(&self) -> String {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        // Writing to memory does not fail.
        let written = writer.write_byte_record(self.cells.as_byte_record());
        let bytes = written.ok().and_then(|()| writer.into_inner().ok());
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        text.unwrap_or_default().trim_end_matches('\n').to_owned()
    }
}

impl<R: Read> Sheet<R> {
    /// Opens a sheet and reads its header; an empty file has an empty one.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn open(source: R, encoding: Encoding) -> Result<Self, csv::Error> {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(TextReader::new(source, encoding));
        let mut sheet = Self {
            reader,
            header: Vec::new(),
            row: 0,
            line: 1,
        };
        if let Some(first) = sheet.next_row()? {
            sheet.header = first.cells.iter().map(normal).collect();
        }
        Ok(sheet)
    }

    /// The header's names, NFKC and trimmed.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The next record; none at the end.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn next_row(&mut self) -> Result<Option<SheetRow>, csv::Error> {
        let mut cells = StringRecord::new();
        if !self.reader.read_record(&mut cells)? {
            return Ok(None);
        }
        // All lines since the record before are this record's own or empty ones above it.
        let line = self.reader.position().line();
        let lines = line.saturating_sub(self.line);
        self.line = line;
        let breaks = cells
            .iter()
            .flat_map(str::bytes)
            .filter(|b| *b == b'\n')
            .count();
        let inner = u64::try_from(breaks).unwrap_or(u64::MAX);
        let rows = u32::try_from(lines.saturating_sub(inner)).unwrap_or(u32::MAX);
        self.row = self.row.saturating_add(rows.max(1));
        Ok(Some(SheetRow {
            row: self.row,
            cells,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut sheet = Sheet::open(text.as_bytes(), Encoding::Utf8).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = sheet.next_row().unwrap() {
            rows.push((row.row, row.cells.iter().map(str::to_owned).collect()));
        }
        rows
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        let text = "a,b\r\n1,\"x\r\ny\r\nz\"\r\n\r\n\r\n2,w\r\n\"3\",\"\n\"";

        let rows = rows(text);

        let numbers: Vec<u32> = rows.iter().map(|(row, _)| *row).collect();
        assert_eq!(numbers, [2, 5, 6]);
        assert_eq!(rows[0].1, ["1", "x\ny\nz"]);
        assert_eq!(rows[2].1, ["3", "\n"]);
    }

    #[test]
    fn a_header_is_read_without_width_and_margins() {
        let sheet = Sheet::open(" 出生体重ｇ ,氏名\n".as_bytes(), Encoding::Utf8).unwrap();

        assert_eq!(sheet.header(), ["出生体重g", "氏名"]);
    }

    #[test]
    fn rows_of_any_width_are_read_and_keep_their_text() {
        let mut sheet = Sheet::open("a,b\n1\n1,\"x,y\",3\n".as_bytes(), Encoding::Utf8).unwrap();

        assert_eq!(sheet.next_row().unwrap().unwrap().text(), "1");
        assert_eq!(sheet.next_row().unwrap().unwrap().text(), "1,\"x,y\",3");
        assert!(sheet.next_row().unwrap().is_none());
    }

    #[test]
    fn an_empty_file_has_no_header_and_no_rows() {
        let mut sheet = Sheet::open("".as_bytes(), Encoding::Utf8).unwrap();

        assert!(sheet.header().is_empty());
        assert!(sheet.next_row().unwrap().is_none());
    }
}
