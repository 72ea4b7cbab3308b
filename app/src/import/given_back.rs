//! The columns of a rejects file that are its own, and what it holds when it is given back.

use std::collections::BTreeSet;

use ledger_core::code::Register;
use ledger_core::text::normal;

use super::cells::Places;
use super::refusal::Refusal;
use super::rejects::{FILE, ROW, Rejected, TEXT};
use super::sheet::SheetRow;
use super::spreadsheet::take_off_quote;

/// Where a rejects file's own columns stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own {
    file: Option<usize>,
    row: Option<usize>,
    text: Option<usize>,
}

impl Own {
    pub(super) fn find(header: &[String]) -> Self {
        let place = |wanted: &str| header.iter().position(|name| name == wanted);
        Self {
            file: place(FILE),
            row: place(ROW),
            text: place(TEXT),
        }
    }

    /// The register's file and the row there; the row of the rejects file where it says none.
    pub(super) fn origin(&self, row: &SheetRow) -> (String, u32) {
        let cell = |place: Option<usize>| place.and_then(|place| row.cells.get(place));
        let name = take_off_quote(cell(self.file).unwrap_or_default());
        let number = cell(self.row).and_then(|cell| normal(cell).parse().ok());
        (name.trim().to_owned(), number.unwrap_or(row.row))
    }

    /// The text that an earlier run kept of a row.
    pub(super) fn kept_text(&self, row: &SheetRow) -> Option<String> {
        let text = take_off_quote(row.cells.get(self.text?)?);
        Some(text.to_owned()).filter(|text| !text.trim().is_empty())
    }
}

/// What a rejects file holds.
pub struct GivenBack {
    own: Own,
    wanted: usize,
    whole: Vec<(Register, Places)>,
    /// The registers of which it has rows.
    pub registers: BTreeSet<Register>,
    /// Its rows that name no register, each with its row in this file and with the cells of every register that
    /// the file has the columns of.
    pub nameless: Vec<(u32, Rejected)>,
}

impl GivenBack {
    pub(super) fn new(own: Own, wanted: usize, whole: Vec<(Register, Places)>) -> Self {
        Self {
            own,
            wanted,
            whole,
            registers: BTreeSet::new(),
            nameless: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, row: &SheetRow) {
        if row.is_blank() {
            return;
        }
        let (file, number) = self.own.origin(row);
        if let Some(register) = register_of(&file) {
            self.registers.insert(register);
            return;
        }
        let refusal = Refusal::of_shape(row, self.wanted);
        let shapeless = refusal.is_some() || self.whole.is_empty();
        let mut rejected = Rejected {
            file,
            row: number,
            refusal: refusal.unwrap_or_else(Refusal::unknown_register),
            registers: Vec::new(),
            cells: Vec::new(),
            text: Some(row.text.clone()),
        };
        if !shapeless {
            rejected.text = self.own.kept_text(row);
            for (register, places) in &self.whole {
                rejected.registers.push(*register);
                for (column, cell) in places.raw(row) {
                    if rejected.cells.iter().all(|(known, _)| *known != column) {
                        rejected.cells.push((column, cell.to_owned()));
                    }
                }
            }
        }
        self.nameless.push((row.row, rejected));
    }
}

/// The register that a file's name says.
#[must_use]
pub fn register_of(name: &str) -> Option<Register> {
    let name = normal(name);
    let stem = name
        .strip_suffix(".csv")
        .or_else(|| name.strip_suffix(".CSV"))?;
    Register::from_ja(stem)
}
