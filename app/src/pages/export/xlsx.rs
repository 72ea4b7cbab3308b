//! A table as an Excel workbook: the table on the first sheet, and who took it along on the second.

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

/// Texts are written as texts: Excel runs none of them.
fn write(
    sheet: &mut Worksheet,
    (line, column): (u32, u16),
    cell: &Cell,
    text: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(said) => sheet.write_string_with_format(line, column, said, text)?,
        Cell::Nothing => return Ok(()),
    };
    Ok(())
}
