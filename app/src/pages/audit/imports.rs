//! 取込みの来歴: the files from which events were imported, what of them stands in the ledger, and what was refused.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{self, Book, Cell, Links, Table};
use super::super::fault::{Refusal, shown};
use super::super::form::Query;
use super::super::language::current;
use super::super::site::Site;
use super::frame::Frame;
use super::import_rejections::{Refused, refused, told};
use crate::lang::Lang;
use crate::reading::{ImportedFile, gaps, imports};
use crate::render;
use serde::{Deserialize, Serialize};

/// Files of one page.
const PAGE: usize = 50;
/// Ranges of rows that are told of one file.
const RANGES_MAX: usize = 40;

#[derive(Template)]
#[template(path = "audit/imports.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    all: usize,
    lines: Vec<Line>,
    /// The page that follows.
    next: Option<usize>,
    /// How far back the log was looked at, where that was not all of it.
    looked_to: Option<u64>,
    /// One run alone is told, with every row that it did not take.
    is_run: bool,
    export: Option<Links>,
}

struct Line {
    file: String,
    sha256: String,
    by: String,
    first: String,
    last: String,
    first_position: u64,
    last_position: u64,
    rows: usize,
    events: usize,
    flags: Vec<(String, usize)>,
    /// Rows without a record, and how many ranges more there are.
    gaps: String,
    more_gaps: usize,
    /// What the newest run did not take, or the one that is asked for; and the other runs.
    refused: Option<Refused>,
    runs: Vec<u64>,
    /// More of it may stand before what was looked at: nothing is told of its beginning, counts and gaps.
    is_part: bool,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(skip_serializing)]
    page: usize,
    /// The position at which a run said what it did not take.
    #[serde(skip_serializing)]
    run: Option<u64>,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(skip_serializing)]
    format: String,
    /// The table that a file is to hold, by its code.
    #[serde(skip_serializing)]
    table: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let frame = Frame::of("/audit/imports");
    let (chrome, lang) = (frame.chrome(&signed_in)?, current());
    let (files, looked_to) = imports(&site.open.open).await?;
    let tables = tables(&files, lang);
    let export = Links::of_tables(&signed_in, ExportedList::Imports, &asked, &tables);
    if let Some(format) = export::format(&asked.format)? {
        let named = (ExportedList::Imports, format, signed_in.head);
        let title = chrome.title.clone();
        let book = Book { title, tables };
        return export::hand_over_book(&site, &signed_in, named, (book, &asked.table)).await;
    }
    let skipped = asked.page.saturating_mul(PAGE);
    let follows = files.len() > skipped.saturating_add(PAGE);
    let lines: Vec<Line> = if let Some(run) = asked.run {
        let own = |file: &&ImportedFile| runs(file).contains(&run);
        let file = files.iter().find(own).ok_or_else(Refusal::not_found)?;
        vec![line(file, Some(run), lang)]
    } else {
        let lines = files.iter().skip(skipped).take(PAGE);
        lines.map(|file| line(file, None, lang)).collect()
    };
    shown(&Page {
        chrome,
        frame,
        all: files.len(),
        lines,
        next: (follows && asked.run.is_none()).then(|| asked.page.saturating_add(1)),
        looked_to: looked_to.map(ledger_core::id::Position::get),
        is_run: asked.run.is_some(),
        export,
    })
}

/// Every file, and every reason for which rows of one were not taken.
fn tables(files: &[ImportedFile], lang: Lang) -> Vec<Table> {
    let columns = [
        lang.pick("ファイル", "File"),
        "SHA-256",
        lang.pick("取込みを行った人", "By"),
        lang.pick("始まり", "From"),
        lang.pick("終わり", "To"),
        lang.pick("最後の位置", "Last position"),
        lang.pick("取り込んだ行", "Rows taken"),
        lang.pick("そこからできた記録", "Events made of them"),
        lang.pick("注意の印", "Flags"),
        lang.pick("記録のない行", "Rows without a record"),
    ];
    let rows = files.iter().map(|file| cells(file, lang));
    let refused = [
        lang.pick("ファイル", "File"),
        "SHA-256",
        lang.pick("却下の記録", "Event"),
        lang.pick("時刻", "At"),
        lang.pick("取込みを行った人", "By"),
        lang.pick("列", "Column"),
        lang.pick("理由", "Why"),
        lang.pick("理由のコード", "Code"),
        lang.pick("行数", "Rows"),
        lang.pick("行番号", "Numbers of the rows"),
    ];
    let not_taken = files.iter().flat_map(|file| rejected(file, lang));
    vec![
        Table::new(lang.pick("ファイル", "Files"), columns, rows).coded("files"),
        Table::new(lang.pick("却下した行", "Rejected rows"), refused, not_taken).coded("rejected"),
    ]
}

/// A file; of one that may begin before what was looked at, no count is told.
fn cells(file: &ImportedFile, lang: Lang) -> Vec<Cell> {
    let line = line(file, None, lang);
    let known = |cell| if line.is_part { Cell::Nothing } else { cell };
    let flags = line
        .flags
        .iter()
        .map(|(flag, count)| format!("{flag} {count}"));
    let (gaps, _) = told(&gaps(&file.rows), usize::MAX, lang);
    let flags = flags.collect::<Vec<_>>().join(lang.pick("、", ", "));
    vec![
        Cell::text(&line.file),
        Cell::text(&line.sha256),
        Cell::text(&line.by),
        known(Cell::text(&line.first)),
        Cell::text(&line.last),
        Cell::told(&line.last_position.to_string()),
        known(Cell::number(line.rows)),
        known(Cell::number(line.events)),
        known(Cell::text(flags)),
        known(Cell::text(gaps)),
    ]
}

/// Why rows of a file were not taken, run by run.
fn rejected(file: &ImportedFile, lang: Lang) -> Vec<Vec<Cell>> {
    let name = line(file, None, lang).file;
    let runs = file.rejections.iter().map(|one| refused(one, true, lang));
    let rows = runs.flat_map(|run| {
        let name = name.clone();
        run.reasons.into_iter().map(move |because| {
            vec![
                Cell::text(&name),
                Cell::text(&file.sha256),
                Cell::told(&run.position.to_string()),
                Cell::text(&run.at),
                Cell::text(&run.by),
                Cell::text(because.column),
                Cell::text(because.said),
                Cell::text(because.code),
                Cell::number(because.count),
                Cell::text(because.rows),
            ]
        })
    });
    rows.collect()
}

/// The positions at which runs said what they did not take of a file, newest first.
fn runs(file: &ImportedFile) -> Vec<u64> {
    let runs = file.rejections.iter();
    runs.map(|one| one.at.1.get()).collect()
}

fn line(file: &ImportedFile, run: Option<u64>, lang: Lang) -> Line {
    let at = |at: ledger_core::time::Timestamp| at.in_japan().format("%Y-%m-%d %H:%M").to_string();
    let actors = file.actors.iter();
    let actors: Vec<String> = actors.map(|actor| render::account(actor, lang)).collect();
    let (gaps, more_gaps) = told(&gaps(&file.rows), RANGES_MAX, lang);
    let shown = file.rejections.iter().find(|one| match run {
        Some(run) => one.at.1.get() == run,
        None => true,
    });
    let shown = shown.map(|one| refused(one, run.is_some(), lang));
    let others = runs(file).into_iter();
    let others = others.filter(|run| shown.as_ref().is_none_or(|shown| shown.position != *run));
    let flags = file.flags.iter();
    let flags =
        flags.map(|(flag, count)| (render::code_term(flag.code(), flag.ja(), lang), *count));
    Line {
        file: file.register.map_or_else(
            || {
                lang.pick("台帳名のない行", "Rows that name no register")
                    .to_owned()
            },
            |register| format!("{}.csv", register.ja()),
        ),
        runs: others.collect(),
        refused: shown,
        sha256: file.sha256.clone(),
        by: actors.join(lang.pick("、", ", ")),
        first: at(file.first.0),
        last: at(file.last.0),
        first_position: file.first.1.get(),
        last_position: file.last.1.get(),
        rows: file.rows.len(),
        events: file.events,
        flags: flags.collect(),
        gaps,
        more_gaps,
        is_part: file.is_part,
    }
}
