//! Tables as an Excel workbook: a sheet for each, and who took them along on the last.

use std::borrow::Cow;
use std::error::Error;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::super::language::t;
use super::measured::{Flat, Sheet};
use super::table::{Stamp, Table};

/// Widest column, in pixels.
const WIDEST: u32 = 400;
/// Longest name that Excel takes for a sheet, in UTF-16 units, and signs that it does not take in one.
const NAME_MAX: usize = 31;
const NOT_IN_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

pub(super) fn bytes(tables: &[Table], stamp: &Stamp) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut book = Workbook::new();
    let (head, text) = (Format::new().set_bold(), Format::new().set_text_wrap());
    let (mut names, mut lines) = (vec![t("出力情報", "About").to_owned()], Vec::new());
    for table in tables {
        let name = name(&table.title, &names);
        let sheet = book.add_worksheet();
        sheet.set_name(&name)?;
        let spread = Sheet::of(table);
        for (column, title) in (0_u16..).zip(spread.heads()) {
            sheet.write_with_format(0, column, title, &head)?;
        }
        for (line, row) in (1_u32..).zip(spread.rows()) {
            for (column, cell) in (0_u16..).zip(row) {
                write(sheet, (line, column), cell, &text)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_autofit_max_width(WIDEST);
        sheet.autofit();
        lines.push((t("表", "Table"), table.title.clone()));
        if !table.stamp.is_empty() {
            lines.push((t("時点", "As of"), table.stamp.clone()));
        }
        lines.push((t("件数", "Rows"), table.rows.len().to_string()));
        names.push(name);
    }
    about(book.add_worksheet(), stamp, lines, &head)?;
    Ok(book.save_to_buffer()?)
}

/// Who took them along and when, and what of each table is to be known.
fn about(
    sheet: &mut Worksheet,
    stamp: &Stamp,
    tables: Vec<(&'static str, String)>,
    head: &Format,
) -> Result<(), XlsxError> {
    sheet.set_name(t("出力情報", "About"))?;
    let rows = [
        (t("出力した日時", "Exported at"), stamp.on.clone()),
        (t("出力した人", "Exported by"), stamp.by.clone()),
        (
            t("台帳の位置", "Position of the ledger"),
            stamp.as_at.to_string(),
        ),
    ];
    for (line, (label, said)) in (0_u32..).zip(rows.into_iter().chain(tables)) {
        sheet.write_with_format(line, 0, label, head)?;
        sheet.write_string(line, 1, said)?;
    }
    sheet.autofit();
    Ok(())
}

/// A name that Excel takes and no other sheet has, whatever the table is called.
fn name(title: &str, taken: &[String]) -> String {
    let plain: String = title
        .chars()
        .map(|one| {
            if NOT_IN_NAMES.contains(&one) {
                ' '
            } else {
                one
            }
        })
        .collect();
    let is_taken = |name: &String| {
        let taken = taken.iter();
        taken
            .map(|one| one.to_lowercase())
            .any(|one| one == name.to_lowercase())
    };
    let mut name = cut(&plain, NAME_MAX);
    let mut numbers = 2_u32..;
    while is_taken(&name) {
        let number = format!(" {}", numbers.next().unwrap_or_default());
        let rest = NAME_MAX.saturating_sub(number.len());
        name = format!("{}{number}", cut(&plain, rest));
    }
    name
}

/// As much of a text as fits into so many UTF-16 units, without an apostrophe or blank at an end.
fn cut(text: &str, most: usize) -> String {
    let mut length = 0_usize;
    let fits = text.chars().take_while(|one| {
        length = length.saturating_add(one.len_utf16());
        length <= most
    });
    let fits: String = fits.collect();
    fits.trim_matches(|one: char| one == '\'' || one.is_whitespace())
        .to_owned()
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
    cell: Flat<'_>,
    text: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Flat::Text(said) => sheet.write_string_with_format(line, column, fitting(said), text)?,
        // Excel keeps 15 digits, and no count has more.
        Flat::Number(number) => match number.parse::<f64>() {
            Ok(number) => sheet.write_number_with_format(line, column, number, text)?,
            Err(_) => sheet.write_string_with_format(line, column, number, text)?,
        },
        Flat::Nothing => return Ok(()),
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use ledger_core::id::Position;

    use super::super::table::Cell;
    use super::*;

    #[test]
    fn a_text_that_no_cell_holds_is_cut_and_says_so() {
        let long = "𠮷野".repeat(20_000);
        let rows = [vec![Cell::text("C101"), Cell::text(&*long)]];
        let table = Table::new("例", ["番号", "内容"], rows);
        let stamp = Stamp {
            on: "令和8年11月27日".to_owned(),
            by: "kacho".to_owned(),
            as_at: Position::new(7),
        };
        assert!(
            bytes(&[table], &stamp).is_ok(),
            "no cell is too long for Excel"
        );
        let told = fitting(&long);
        assert!(told.starts_with("𠮷野𠮷野"), "{}", told.len());
        assert!(told.ends_with("全文はCSVにあります）"), "{}", told.len());
        let units = told.encode_utf16().count();
        assert!((CELL_MAX - 1..=CELL_MAX).contains(&units), "{units}");
        assert_eq!(fitting("短い"), "短い");
    }

    #[test]
    fn every_sheet_has_a_name_that_excel_takes() {
        let long = "あ".repeat(40);
        assert_eq!(name("10か所×4回の表", &[]), "10か所×4回の表");
        assert_eq!(name("'A/B: C'", &[]), "A B  C");
        assert_eq!(name(&long, &[]).chars().count(), 31);
        let taken = [name(&long, &[]), "about".to_owned()];
        let other = name(&long, &taken);
        assert!(
            other.ends_with(" 2") && other.chars().count() == 31,
            "{other}"
        );
        assert_eq!(name("About", &taken), "About 2");
    }
}
