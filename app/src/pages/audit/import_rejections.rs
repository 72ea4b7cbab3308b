//! What imports did not take, as it stands in the ledger: by reasons, with the rows of each.

use std::collections::BTreeSet;

use crate::import::reason::reason;
use crate::lang::Lang;
use crate::reading::{Rejections, ranges};
use crate::render;

/// Reasons, and ranges of rows of each, that are told in the list of files; a run of its own tells all.
const REASONS_MAX: usize = 5;
const RANGES_MAX: usize = 12;

/// What one run did not take of a file.
pub(super) struct Refused {
    pub(super) position: u64,
    pub(super) at: String,
    pub(super) by: String,
    pub(super) counts: String,
    /// Required columns that the file lacked, for which none of it was taken.
    pub(super) missing: String,
    pub(super) reasons: Vec<Because>,
    /// Reasons that are not told here, and rows that are told nowhere but in the rejects file.
    pub(super) more: usize,
    pub(super) unnamed: u64,
}

/// Rows that were refused for one reason.
pub(super) struct Because {
    /// The column to look at; empty where the row as a whole is wrong.
    pub(super) column: String,
    pub(super) said: String,
    pub(super) code: String,
    pub(super) count: usize,
    pub(super) rows: String,
    /// Ranges that are not told here.
    pub(super) more: usize,
}

/// What a run did not take; all of it, or the beginning.
pub(super) fn refused(one: &Rejections, is_whole: bool, lang: Lang) -> Refused {
    let rows = &one.rows;
    let by_reason = one.reasons();
    let named = u64::try_from(rows.rejected.len()).unwrap_or(u64::MAX);
    let (all, most) = (
        by_reason.len(),
        if is_whole { usize::MAX } else { REASONS_MAX },
    );
    let told = by_reason.iter().take(most);
    let told = told.map(|((column, code), rows)| because((column, code), rows, is_whole, lang));
    Refused {
        position: one.at.1.get(),
        at: one.at.0.in_japan().format("%Y-%m-%d %H:%M").to_string(),
        by: render::account(&one.by, lang),
        counts: counts(one, lang),
        missing: rows.missing_columns.join("、"),
        reasons: told.collect(),
        more: all.saturating_sub(most),
        unnamed: rows.rows_rejected.saturating_sub(named),
    }
}

fn because(
    (column, code): (&str, &str),
    rows: &BTreeSet<u32>,
    is_whole: bool,
    lang: Lang,
) -> Because {
    let most = if is_whole { usize::MAX } else { RANGES_MAX };
    let (told, more) = told(&ranges(rows), most, lang);
    Because {
        column: column.to_owned(),
        said: reason(code, lang).unwrap_or_default().to_owned(),
        code: code.to_owned(),
        count: rows.len(),
        rows: told,
        more,
    }
}

/// Ranges of rows in words, so many at most, and how many more there are.
pub(super) fn told(ranges: &[(u32, u32)], most: usize, lang: Lang) -> (String, usize) {
    let told = ranges.iter().take(most).map(|(from, to)| {
        if from == to {
            from.to_string()
        } else {
            format!("{from}〜{to}")
        }
    });
    let told: Vec<String> = told.collect();
    (
        told.join(lang.pick("、", ", ")),
        ranges.len().saturating_sub(most),
    )
}

fn counts(one: &Rejections, lang: Lang) -> String {
    let rows = &one.rows;
    let (read, taken) = (rows.rows_read, rows.rows_taken);
    let (already, rejected) = (rows.rows_already, rows.rows_rejected);
    match lang {
        Lang::Ja => format!("却下 {rejected}行（読込 {read}、登録 {taken}、登録済 {already}）"),
        Lang::En => format!(
            "{rejected} rows rejected (read {read}, taken {taken}, already there {already})"
        ),
    }
}
