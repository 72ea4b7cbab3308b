//! Splits lines of CSV into cells, and tells a quote left open from a line break inside a text.

use ledger_core::text::normal;

/// How far a record goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// It ends with the line.
    Ended,
    /// A quote is open: the next line belongs to it.
    Open,
    /// Something else than a separator or a line end follows a closing quote.
    Broken,
}

#[derive(Clone, Copy, Debug, Default)]
enum Place {
    #[default]
    CellBegins,
    Plain,
    Quoted,
    QuoteClosed,
}

/// Splits one record, line by line.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    cells: Vec<String>,
    cell: String,
    place: Place,
    stray: bool,
}

impl Splitter {
    /// Takes in the record's next line, its line end included.
    pub(super) fn feed(&mut self, line: &str) -> Extent {
        for c in line.chars() {
            match (self.place, c) {
                (Place::CellBegins, '"') => self.place = Place::Quoted,
                (Place::Quoted, '"') => self.place = Place::QuoteClosed,
                (Place::QuoteClosed, '"') => {
                    self.cell.push('"');
                    self.place = Place::Quoted;
                },
                (Place::Quoted, c) => self.cell.push(c),
                (_, ',' | '\n') => self.end_cell(),
                (Place::QuoteClosed, _) => return Extent::Broken,
                (Place::CellBegins | Place::Plain, c) => {
                    self.stray |= c == '"';
                    self.cell.push(c);
                    self.place = Place::Plain;
                },
            }
        }
        if matches!(self.place, Place::Quoted) {
            Extent::Open
        } else {
            Extent::Ended
        }
    }

    /// Whether a cell holds a quote without beginning with one.
    pub(super) const fn has_stray_quote(&self) -> bool {
        self.stray
    }

    /// The cells of an ended record.
    pub(super) fn cells(self) -> Vec<String> {
        self.cells
    }

    fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
        self.place = Place::CellBegins;
    }
}

/// The cells of one line by itself, where a quote that is wrong is a character like any other.
pub(super) fn cells_of_line(line: &str) -> Vec<String> {
    let line = line.trim_end_matches('\n');
    let mut splitter = Splitter::default();
    if splitter.feed(&format!("{line}\n")) == Extent::Ended {
        return splitter.cells();
    }
    line.split(',').map(str::to_owned).collect()
}

/// Whether lines after the first of a record look like rows of their own, which a quote left open
/// swallowed: alone they have as many cells as the header, and where the whole does so, too, they
/// begin with a number of the same make.
pub(super) fn swallows_rows(lines: &[String], cells: &[String], wanted: usize) -> bool {
    let Some((first, rest)) = lines.split_first() else {
        return false;
    };
    if rest.is_empty() {
        return false;
    }
    let own = cells_of_line(first);
    let make = own.first().map(|cell| make(cell)).unwrap_or_default();
    let alike = |cell: &str| make.contains('9') && self::make(cell) == make;
    rest.iter().any(|line| {
        let alone = cells_of_line(line);
        let key = alone.first().map(String::as_str).unwrap_or_default();
        alone.len() == wanted && (cells.len() != wanted || (own.len() > 1 && alike(key)))
    })
}

/// A register number with each run of digits as one 9.
fn make(cell: &str) -> String {
    let mut make = String::new();
    for c in normal(cell).to_uppercase().chars() {
        let c = if c.is_ascii_digit() { '9' } else { c };
        if c != '9' || !make.ends_with('9') {
            make.push(c);
        }
    }
    make
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_cells_keep_separators_quotes_and_line_breaks() {
        let mut splitter = Splitter::default();

        assert_eq!(splitter.feed("1,\"a,\"\"b\n"), Extent::Open);
        assert_eq!(splitter.feed("\"\"\",,c\"d\n"), Extent::Ended);
        assert!(splitter.has_stray_quote());
        assert_eq!(splitter.cells(), ["1", "a,\"b\n\"", "", "c\"d"]);
    }

    #[test]
    fn text_after_a_closing_quote_breaks_a_record() {
        assert_eq!(Splitter::default().feed("1,\"a\"b,c\n"), Extent::Broken);
        assert_eq!(cells_of_line("1,\"a\"b,c\n"), ["1", "\"a\"b", "c"]);
    }

    #[test]
    fn a_text_with_a_line_break_is_not_taken_for_rows() {
        let lines =
            |text: &str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
        let swallows = |text: &str| {
            let mut splitter = Splitter::default();
            splitter.feed(text);
            swallows_rows(&lines(text), &splitter.cells(), 4)
        };

        assert!(!swallows("S1,\"a\nb\",c,d\n"));
        assert!(!swallows("\"2021\n2022\",S1,c,d\n"));
        assert!(!swallows("S1,a,\"b\n薬, 食事\",d\n"));
        assert!(swallows("S1,a,\"b,c\nS22,a,b\",c\n"));
        assert!(swallows("S1,a,\"b\nS2,a,b,c\nx\"\n"));
    }
}
