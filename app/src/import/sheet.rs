//! Reads the records of a CSV file with the row numbers that a spreadsheet shows.

use std::collections::VecDeque;
use std::io::{self, BufRead as _, BufReader, Read};

use csv::StringRecord;
use ledger_core::text::normal;

use super::encoding::{Encoding, TextReader};
use super::record::{Extent, Splitter, cells_of_line, swallows_rows};

/// Most bytes of one record; in a longer one a quote was left open.
const RECORD_BYTES_MAX: usize = 1 << 20;

/// A CSV file: its header, then record after record.
pub struct Sheet<R> {
    source: BufReader<TextReader<R>>,
    /// Lines that were read to look for the end of a quote and are records of their own.
    ahead: VecDeque<String>,
    /// How many of the next lines stand where a wrong quote was: there a quote proves nothing.
    doubtful: usize,
    header: Vec<String>,
    row: u32,
}

/// One record of a sheet.
#[derive(Clone, Debug, Default)]
pub struct SheetRow {
    /// Row as a spreadsheet counts: the header is 1, a record with line breaks is one row, an
    /// empty line is one, too.
    pub row: u32,
    /// Its cells, as read.
    pub cells: StringRecord,
    /// Its text, as read, without the last line end.
    pub text: String,
    /// A quote in it is left open, or closed within a cell: the cells are a guess.
    pub wrong_quote: bool,
}

impl SheetRow {
    /// Whether nothing at all is written in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

impl<R: Read> Sheet<R> {
    /// Opens a sheet and reads its header; an empty file has an empty one.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn open(source: R, encoding: Encoding) -> io::Result<Self> {
        let mut sheet = Self {
            source: BufReader::new(TextReader::new(source, encoding)),
            ahead: VecDeque::new(),
            doubtful: 0,
            header: Vec::new(),
            row: 0,
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
    /// A quote that is left open, or closed within a cell, spoils its own line alone: the lines
    /// after it are read as records of their own, so that no row vanishes in another's text.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn next_row(&mut self) -> io::Result<Option<SheetRow>> {
        while let Some(first) = self.next_line()? {
            self.row = self.row.saturating_add(1);
            if first != "\n" {
                return self.record(first).map(Some);
            }
            self.doubtful = self.doubtful.saturating_sub(1);
        }
        Ok(None)
    }

    fn record(&mut self, first: String) -> io::Result<SheetRow> {
        let mut splitter = Splitter::default();
        let mut extent = splitter.feed(&first);
        let mut bytes = first.len();
        let mut lines = vec![first];
        while extent == Extent::Open && bytes < RECORD_BYTES_MAX {
            let Some(line) = self.next_line()? else {
                break;
            };
            extent = splitter.feed(&line);
            bytes = bytes.saturating_add(line.len());
            lines.push(line);
        }
        let stray = self.doubtful > 0 && splitter.has_stray_quote();
        let cells = splitter.cells();
        let swallows = swallows_rows(&lines, &cells, self.header.len());
        if extent != Extent::Ended || stray || swallows {
            return Ok(self.wrong(lines));
        }
        self.doubtful = self.doubtful.saturating_sub(lines.len());
        Ok(self.row(cells, &lines.concat(), false))
    }

    /// The first of the lines as a row with a wrong quote; the others are read again.
    fn wrong(&mut self, lines: Vec<String>) -> SheetRow {
        let mut lines = lines.into_iter();
        let first = lines.next().unwrap_or_default();
        self.doubtful = self.doubtful.saturating_sub(1).max(lines.len());
        for line in lines.rev() {
            self.ahead.push_front(line);
        }
        self.row(cells_of_line(&first), &first, true)
    }

    fn row(&self, cells: Vec<String>, text: &str, wrong_quote: bool) -> SheetRow {
        SheetRow {
            row: self.row,
            cells: StringRecord::from(cells),
            text: text.trim_end_matches('\n').to_owned(),
            wrong_quote,
        }
    }

    /// The next line with its end, one that was read ahead first.
    fn next_line(&mut self) -> io::Result<Option<String>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        if self.source.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8(line);
        line.map(Some)
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidData))
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

        assert_eq!(sheet.next_row().unwrap().unwrap().text, "1");
        assert_eq!(sheet.next_row().unwrap().unwrap().text, "1,\"x,y\",3");
        assert!(sheet.next_row().unwrap().is_none());
    }

    /// Rows and texts of a sheet, and whether a quote is wrong in them.
    fn texts(text: &str) -> Vec<(u32, String, bool)> {
        let mut sheet = Sheet::open(text.as_bytes(), Encoding::Utf8).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = sheet.next_row().unwrap() {
            rows.push((row.row, row.text, row.wrong_quote));
        }
        rows
    }

    fn told(rows: &[(u32, String, bool)]) -> Vec<(u32, &str, bool)> {
        rows.iter()
            .map(|(row, text, wrong)| (*row, text.as_str(), *wrong))
            .collect()
    }

    /// An open quote took every row after it into one cell, and nobody was told.
    #[test]
    fn a_quote_left_open_spoils_its_line_alone() {
        let rows = texts("a,b\n1,\"x\n2,y\n\n3,\"z\nz\"\n");

        let wanted = [
            (2, "1,\"x", true),
            (3, "2,y", false),
            (5, "3,\"z\nz\"", false),
        ];
        assert_eq!(told(&rows), wanted);
    }

    #[test]
    fn text_after_a_closing_quote_spoils_its_line_alone() {
        let rows = texts("a,b\n1,\"x\"y\n2,\"y\n\"\"\"z\"\n3,w\n");

        let wanted = [
            (2, "1,\"x\"y", true),
            (3, "2,\"y", true),
            (4, "\"\"\"z\"", false),
            (5, "3,w", false),
        ];
        assert_eq!(told(&rows), wanted);
    }

    /// The next row's stray quote closed the open one, and the count of fields was right again.
    #[test]
    fn a_row_that_a_text_swallowed_whole_is_found() {
        let rows = texts("a,b,c\nS1,x,\"y\nS2,x,y\"\nS3,x,y\n");

        let wanted = [
            (2, "S1,x,\"y", true),
            (3, "S2,x,y\"", true),
            (4, "S3,x,y", false),
        ];
        assert_eq!(told(&rows), wanted);
    }

    #[test]
    fn an_empty_file_has_no_header_and_no_rows() {
        let mut sheet = Sheet::open("".as_bytes(), Encoding::Utf8).unwrap();

        assert!(sheet.header().is_empty());
        assert!(sheet.next_row().unwrap().is_none());
    }
}
