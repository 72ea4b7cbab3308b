//! Reads the cells of one row as text, dates, times, numbers and codes.

use ledger_core::code::Flag;
use ledger_core::text::{
    REGISTER_NUMBER_CHARS_MAX, has_control, is_register_number, normal, register_number,
};
use ledger_core::time::{Day, TimeOfDay, parse_day, parse_time};

use super::refusal::Refusal;
use super::sheet::SheetRow;
use super::spreadsheet::take_off_quote;
use crate::my_number::holds_my_number;

/// Most characters of a text.
const TEXT_CHARS_MAX: usize = 50_000;

/// Where the columns of a register stand in a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    columns: Vec<(&'static str, usize)>,
    quoted: bool,
}

impl Places {
    /// Finds a register's columns by their names; else gives the missing ones.
    ///
    /// `quoted` says that the file is one of ours, in which a cell that a spreadsheet would run
    /// has a leading `'`.
    ///
    /// # Errors
    /// The columns that are not there.
    pub fn find(
        header: &[String],
        wanted: &[&'static str],
        quoted: bool,
    ) -> Result<Self, Vec<&'static str>> {
        let mut columns = Vec::with_capacity(wanted.len());
        let mut missing = Vec::new();
        for name in wanted {
            let known = normal(name);
            match header.iter().position(|found| *found == known) {
                Some(place) => columns.push((*name, place)),
                None => missing.push(*name),
            }
        }
        if missing.is_empty() {
            Ok(Self { columns, quoted })
        } else {
            Err(missing)
        }
    }

    /// The register's columns and their cells in a row, as read.
    pub fn raw<'a>(&'a self, row: &'a SheetRow) -> impl Iterator<Item = (&'static str, &'a str)> {
        self.columns.iter().map(|(name, place)| {
            let cell = row.cells.get(*place).unwrap_or_default();
            (
                *name,
                if self.quoted {
                    take_off_quote(cell)
                } else {
                    cell
                },
            )
        })
    }
}

/// The cells of one row of a register.
pub struct Cells<'a> {
    row: &'a SheetRow,
    places: &'a Places,
    flags: Vec<Flag>,
}

/// A table of codes, as cells name them.
pub trait Coded: Copy + 'static {
    /// Every code.
    const TABLE: &'static [Self];
    /// Its Japanese term.
    fn term(self) -> &'static str;
    /// Finds a code by its Japanese term.
    fn of_term(term: &str) -> Option<Self>;
}

macro_rules! coded {
    ($($Name:ident),+ $(,)?) => { $(
        impl Coded for ledger_core::code::$Name {
            const TABLE: &'static [Self] = Self::ALL;
            fn term(self) -> &'static str { self.ja() }
            fn of_term(term: &str) -> Option<Self> { Self::from_ja(term) }
        }
    )+ };
}
coded!(
    ActionTaken,
    Area,
    CareProcedure,
    Channel,
    Consulter,
    DisasterPlanResult,
    DisasterPlanStep,
    FacilityKind,
    MotorImpairment,
    Outcome,
    RevisionReason,
    Section,
    SessionKind,
    Topic,
    Urgency,
    VerificationMethod,
    VisitStaff,
);

impl<'a> Cells<'a> {
    /// The cells of a row, found by the places of the register's columns.
    #[must_use]
    pub const fn new(row: &'a SheetRow, places: &'a Places) -> Self {
        Self {
            row,
            places,
            flags: Vec::new(),
        }
    }

    /// What was found while reading, for the row's event; read it last.
    #[must_use]
    pub fn flags(&mut self) -> Vec<Flag> {
        std::mem::take(&mut self.flags)
    }

    /// A cell as read.
    fn raw(&self, column: &'static str) -> &str {
        let raw = self.places.raw(self.row).find(|(name, _)| *name == column);
        raw.map_or("", |(_, cell)| cell)
    }

    /// A cell in normal form; none where it is empty.
    fn cell(&self, column: &'static str) -> Option<String> {
        Some(normal(self.raw(column))).filter(|cell| !cell.is_empty())
    }

    /// Free text.
    ///
    /// # Errors
    /// [`Refusal`] for an Individual Number or a control character in it, or far too long a text.
    pub fn text(&self, column: &'static str) -> Result<Option<String>, Refusal> {
        if has_control(self.raw(column)) {
            return Err(Refusal::control(column));
        }
        let Some(text) = self.cell(column) else {
            return Ok(None);
        };
        if text.chars().count() > TEXT_CHARS_MAX {
            return Err(Refusal::too_long(column, TEXT_CHARS_MAX));
        }
        if holds_my_number(&text) {
            return Err(Refusal::my_number(column));
        }
        Ok(Some(text))
    }

    /// Free texts, separated by `;`.
    ///
    /// # Errors
    /// As for one text.
    pub fn texts(&self, column: &'static str) -> Result<Vec<String>, Refusal> {
        let text = self.text(column)?.unwrap_or_default();
        Ok(parts(&text).map(str::to_owned).collect())
    }

    /// A register number.
    ///
    /// # Errors
    /// [`Refusal`] when it is too long to be one, or has spaces or control characters in it.
    pub fn number(&self, column: &'static str) -> Result<Option<String>, Refusal> {
        if has_control(self.raw(column)) {
            return Err(Refusal::control(column));
        }
        let Some(number) = self.cell(column).map(|cell| register_number(&cell)) else {
            return Ok(None);
        };
        if number.chars().count() > REGISTER_NUMBER_CHARS_MAX {
            return Err(Refusal::too_long(column, REGISTER_NUMBER_CHARS_MAX));
        }
        if !is_register_number(&number) {
            return Err(Refusal::not_a_register_number(column));
        }
        Ok(Some(number))
    }

    /// The register number that is the row's key.
    ///
    /// # Errors
    /// [`Refusal`] when it is empty or too long.
    pub fn key(&self, column: &'static str) -> Result<String, Refusal> {
        required(self.number(column)?, column)
    }

    /// A day; one written in another era than its own is flagged.
    ///
    /// # Errors
    /// [`Refusal`] when it is no date.
    pub fn day(&mut self, column: &'static str) -> Result<Option<Day>, Refusal> {
        let Some(cell) = self.cell(column) else {
            return Ok(None);
        };
        let parsed = parse_day(&cell).map_err(|error| Refusal::not_a_date(column, error))?;
        if parsed.moved_era && !self.flags.contains(&Flag::EraMoved) {
            self.flags.push(Flag::EraMoved);
        }
        Ok(Some(parsed.day))
    }

    /// A day that must be there.
    ///
    /// # Errors
    /// [`Refusal`] when it is empty or no date.
    pub fn required_day(&mut self, column: &'static str) -> Result<Day, Refusal> {
        let day = self.day(column)?;
        required(day, column)
    }

    /// A time of day.
    ///
    /// # Errors
    /// [`Refusal`] when it is none.
    pub fn time(&self, column: &'static str) -> Result<Option<TimeOfDay>, Refusal> {
        let time = self.cell(column).map(|cell| parse_time(&cell)).transpose();
        time.map_err(|error| Refusal::not_a_time(column, error))
    }

    /// A whole number from `least` to `most`.
    ///
    /// # Errors
    /// [`Refusal`] when it is none, or out of range.
    pub fn count(
        &self,
        column: &'static str,
        (least, most): (u32, u32),
    ) -> Result<Option<u32>, Refusal> {
        let Some(cell) = self.cell(column) else {
            return Ok(None);
        };
        let plain = cell.bytes().all(|byte| byte.is_ascii_digit());
        let number = cell.parse().ok().filter(|_| plain);
        match number.filter(|number| (least..=most).contains(number)) {
            Some(number) => Ok(Some(number)),
            None => Err(Refusal::not_a_number(column, least, most)),
        }
    }

    /// A whole number that must be there.
    ///
    /// # Errors
    /// [`Refusal`] when it is empty, none, or out of range.
    pub fn required_count(&self, column: &'static str, range: (u32, u32)) -> Result<u32, Refusal> {
        required(self.count(column, range)?, column)
    }

    /// A code.
    ///
    /// # Errors
    /// [`Refusal`] when its table does not have it.
    pub fn code<T: Coded>(&self, column: &'static str) -> Result<Option<T>, Refusal> {
        let code = self.cell(column).map(|cell| find(column, &cell));
        code.transpose()
    }

    /// A code that must be there.
    ///
    /// # Errors
    /// [`Refusal`] when it is empty or its table does not have it.
    pub fn required_code<T: Coded>(&self, column: &'static str) -> Result<T, Refusal> {
        required(self.code(column)?, column)
    }

    /// Codes, separated by `;`, each once.
    ///
    /// # Errors
    /// [`Refusal`] when its table does not have one of them.
    pub fn codes<T: Coded + PartialEq>(&self, column: &'static str) -> Result<Vec<T>, Refusal> {
        let cell = self.cell(column).unwrap_or_default();
        let mut codes = Vec::new();
        for part in parts(&cell) {
            let code = find(column, part)?;
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        Ok(codes)
    }

    /// 有 or 無.
    ///
    /// # Errors
    /// [`Refusal`] when it is something else.
    pub fn yes_no(&self, column: &'static str) -> Result<Option<bool>, Refusal> {
        match self.cell(column).as_deref() {
            None => Ok(None),
            Some("有") => Ok(Some(true)),
            Some("無") => Ok(Some(false)),
            Some(_) => Err(Refusal::unknown_code(column, &["有", "無"])),
        }
    }
}

/// The parts of a list; NFKC has made the full-width separator a plain one.
fn parts(list: &str) -> impl Iterator<Item = &str> {
    list.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn find<T: Coded>(column: &'static str, term: &str) -> Result<T, Refusal> {
    T::of_term(term).ok_or_else(|| {
        let known: Vec<&str> = T::TABLE.iter().map(|code| code.term()).collect();
        Refusal::unknown_code(column, &known)
    })
}

fn required<T>(value: Option<T>, column: &'static str) -> Result<T, Refusal> {
    value.ok_or_else(|| Refusal::missing_value(column))
}
