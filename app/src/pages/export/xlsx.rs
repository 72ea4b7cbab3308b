//! A table as an Excel workbook: the table on the first sheet, and who took it along on the second.

use std::borrow::Cow;
use std::error::Error;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::super::language::t;
use super::table::{Cell, Stamp, Table};

/// Widest column, in pixels.
const WIDEST: u32 = 400;

pub(super) fn bytes(table: &Table, stamp: &Stamp) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut book = Workbook::new();
    let (head, text) = (Format::new().set_bold(), Format::new().set_text_wrap());
    let sheet = book.add_worksheet();
    sheet.set_name(table.title)?;
    for (column, title) in (0_u16..).zip(&table.columns) {
        sheet.write_with_format(0, column, *title, &head)?;
    }
    for (line, row) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            write(sheet, (line, column), cell, &text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_autofit_max_width(WIDEST);
    sheet.autofit();
    let about = book.add_worksheet();
    about.set_name(t("出力情報", "About"))?;
    let rows = [
        (t("表", "Table"), table.title.to_owned()),
        (t("出力した日時", "Exported at"), stamp.on.clone()),
        (t("出力した人", "Exported by"), stamp.by.clone()),
        (
            t("台帳の位置", "Position of the ledger"),
            stamp.as_at.to_string(),
        ),
        (t("件数", "Rows"), table.rows.len().to_string()),
    ];
    for (line, (label, said)) in (0_u32..).zip(rows) {
        about.write_with_format(line, 0, label, &head)?;
        about.write_string(line, 1, said)?;
    }
    about.autofit();
    Ok(book.save_to_buffer()?)
}

/// Most UTF-16 units of a cell, as Excel has it.
const CELL_MAX: usize = 32_767;

/// What a cell takes of a text, and behind it, where that is not all, that it is cut.
fn fitting(said: &str) -> Cow<'_, str> {
    if said.encode_utf16().count() <= CELL_MAX {
        return Cow::Borrowed(said);
    }
    let note = t(
        "…（Excelのセルに入らないため以下略。全文はCSVにあります）",
        "… (cut: an Excel cell holds no more; the CSV has the whole text)",
    );
    let mut room = CELL_MAX.saturating_sub(note.encode_utf16().count());
    let mut kept = String::new();
    for character in said.chars() {
        let Some(left) = room.checked_sub(character.len_utf16()) else {
            break;
        };
        room = left;
        kept.push(character);
    }
    kept.push_str(note);
    Cow::Owned(kept)
}

/// Texts are written as texts: Excel runs none of them.
fn write(
    sheet: &mut Worksheet,
    (line, column): (u32, u16),
    cell: &Cell,
    text: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(said) => sheet.write_string_with_format(line, column, fitting(said), text)?,
        Cell::Nothing => return Ok(()),
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use ledger_core::id::Position;

    use super::*;

    #[test]
    fn a_text_that_no_cell_holds_is_cut_and_says_so() {
        let long = "𠮷野".repeat(20_000);
        let table = Table {
            title: "例",
            columns: vec!["番号", "内容"],
            rows: vec![vec![Cell::text("C101"), Cell::text(&*long)]],
        };
        let stamp = Stamp {
            on: "令和8年11月27日".to_owned(),
            by: "kacho".to_owned(),
            as_at: Position::new(7),
        };
        assert!(
            bytes(&table, &stamp).is_ok(),
            "no cell is too long for Excel"
        );
        let told = fitting(&long);
        assert!(told.starts_with("𠮷野𠮷野"), "{}", told.len());
        assert!(told.ends_with("全文はCSVにあります）"), "{}", told.len());
        let units = told.encode_utf16().count();
        assert!((CELL_MAX - 1..=CELL_MAX).contains(&units), "{units}");
        assert_eq!(fitting("短い"), "短い");
    }
}
