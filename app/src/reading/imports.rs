//! Reads where imported events come from: the files, by whom and when, and which of their rows were taken or not.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use futures::lock::Mutex;
use ledger_core::code::{Flag, Register};
use ledger_core::event::{AccessEvent, Event, ImportRowsRejected, Metadata, Recorded, Source};
use ledger_core::id::Position;
use ledger_core::store::{Direction, EventPage, EventStore, Filter, ReadAll, StoredEvent};
use ledger_core::time::Timestamp;

use super::unreadable;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::wiring::OpenLedger;

/// The type of what an import leaves of rows that it did not take.
const REJECTED: &str = "import-rows-rejected";

/// How many events are looked at, the newest first.
const LOOKED_AT_MAX: usize = 200_000;

/// What stands in the ledger of one file.
#[derive(Clone, Debug)]
pub struct ImportedFile {
    /// The register whose rows they are; none where they named none, so that none was taken.
    pub register: Option<Register>,
    /// SHA-256 of the file's bytes, hex.
    pub sha256: String,
    /// Who took it in.
    pub actors: BTreeSet<String>,
    /// When the first of its events was recorded, and where.
    pub first: (Timestamp, Position),
    /// The same of the last one.
    pub last: (Timestamp, Position),
    /// How many events its rows made.
    pub events: usize,
    /// The rows of which there are events, as a spreadsheet counts them.
    pub rows: BTreeSet<u32>,
    /// What is imperfect about them, and how often.
    pub flags: BTreeMap<Flag, usize>,
    /// What the runs that read it did not take, the newest first.
    pub rejections: Vec<Rejections>,
    /// More of it may stand before what was looked at: then the first event, counts, rows and flags are those
    /// of a part.
    pub is_part: bool,
}

/// What one run did not take of a file.
#[derive(Clone, Debug)]
pub struct Rejections {
    /// When that was recorded, and where.
    pub at: (Timestamp, Position),
    /// Who imported.
    pub by: String,
    /// Which rows, and why.
    pub rows: ImportRowsRejected,
}

impl Rejections {
    /// The rows that it names, by their column and by the code of why they were not taken.
    #[must_use]
    pub fn reasons(&self) -> BTreeMap<(&str, &str), BTreeSet<u32>> {
        let mut reasons: BTreeMap<(&str, &str), BTreeSet<u32>> = BTreeMap::new();
        for row in &self.rows.rejected {
            let column = row.column.as_deref().unwrap_or_default();
            let own = reasons.entry((column, &row.code)).or_default();
            own.insert(row.row);
        }
        reasons
    }
}

/// A register, and the SHA-256 of a file of it.
type Key = (Option<Register>, String);

/// The files of a ledger as far as they were looked at.
#[derive(Default)]
struct Imports {
    /// Everything up to here was looked at.
    at: Option<Position>,
    /// In no order.
    files: Vec<ImportedFile>,
    /// Where the log is longer than is looked at, the position up to which it was, and whose rows stand just before.
    looked_to: Option<Position>,
    before: BTreeSet<Key>,
}

/// What a program that goes on running looked at; what came since is added.
#[derive(Default)]
pub(super) struct HeldImports(Mutex<Imports>);

/// The files that were imported, the newest first; and, where the log is longer than is looked at, the
/// position up to which it was.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub async fn imports(open: &OpenLedger) -> Result<(Vec<ImportedFile>, Option<Position>), Failure> {
    let (once, store) = (HeldImports::default(), open.store.as_ref());
    let known = open.held.as_ref().map_or(&once, |held| &held.imports);
    let mut known = known.0.lock().await;
    let end = store.head().await;
    let end = end.map_err(|error| read_failure(&error))?.position;
    match known.at {
        None => known.look_back(store).await?,
        Some(at) => known.look_on(store, at).await?,
    }
    known.at = known.at.max(Some(end));
    let mut files = known.files.clone();
    files.sort_by_key(|file| Reverse(file.last.1));
    for file in &mut files {
        file.rejections.sort_by_key(|run| Reverse(run.at.1));
    }
    Ok((files, known.looked_to))
}

impl Imports {
    /// Looks from the log's end back, as far as it is looked at.
    async fn look_back(&mut self, store: &dyn EventStore) -> Result<(), Failure> {
        let mut new = Self::default();
        let mut looked_at: usize = 0;
        let mut read = ReadAll {
            from: None,
            direction: Direction::Backwards,
            limit: usize::MAX,
            filter: Filter::default(),
            as_at: None,
        };
        loop {
            let page = store.read_all(&read).await;
            let page = page.map_err(|error| read_failure(&error))?;
            new.take_in(&page)?;
            looked_at = looked_at.saturating_add(page.events.len());
            let Some(next) = page.next.map(Position::new) else {
                break;
            };
            read.from = Some(next);
            if looked_at >= LOOKED_AT_MAX {
                let page = store.read_all(&read).await;
                let page = page.map_err(|error| read_failure(&error))?;
                let before = page.events.iter().filter_map(source);
                new.before = before.map(|(_, file, _)| file).collect();
                mark_parts(&mut new.files, &new.before);
                new.looked_to = Some(next);
                break;
            }
        }
        *self = new;
        Ok(())
    }

    /// Looks at what came after a position.
    async fn look_on(&mut self, store: &dyn EventStore, at: Position) -> Result<(), Failure> {
        let mut read = ReadAll::after(at);
        loop {
            let page = store.read_all(&read).await;
            let page = page.map_err(|error| read_failure(&error))?;
            self.take_in(&page)?;
            match page.next {
                Some(next) => read.from = Some(Position::new(next)),
                None => return Ok(()),
            }
        }
    }

    fn take_in(&mut self, page: &EventPage) -> Result<(), Failure> {
        let known = self.files.len();
        for stored in page.events.iter() {
            take(&mut self.files, stored)?;
            self.at = self.at.max(Some(stored.position));
        }
        // Of a file that is met for the first time a part may stand before what was looked at.
        for file in self.files.iter_mut().skip(known) {
            file.is_part = self.before.contains(&(file.register, file.sha256.clone()));
        }
        Ok(())
    }
}

/// Marks the files that may begin before what was looked at: the one that reaches back farthest, and those of
/// the events just before.
fn mark_parts(files: &mut [ImportedFile], before: &BTreeSet<Key>) {
    let farthest = files.iter().map(|file| file.first.1).min();
    for file in files {
        let goes_on = before.contains(&(file.register, file.sha256.clone()));
        file.is_part = goes_on || Some(file.first.1) == farthest;
    }
}

/// What an event says of itself, and the file and row from which it comes; none of one that comes from no
/// register. A foreign event has other metadata.
fn source(stored: &StoredEvent) -> Option<(Metadata, Key, u32)> {
    let metadata = serde_json::from_slice::<Metadata>(&stored.metadata).ok()?;
    let Some(Source::Register {
        register,
        file,
        row,
        ..
    }) = &metadata.source
    else {
        return None;
    };
    let (key, row) = ((Some(*register), file.clone()), *row);
    Some((metadata, key, row))
}

fn take(files: &mut Vec<ImportedFile>, stored: &StoredEvent) -> Result<(), Failure> {
    if stored.event_type.as_str() == REJECTED {
        return take_rejections(files, stored);
    }
    let Some((metadata, key, row)) = source(stored) else {
        return Ok(());
    };
    let at = (stored.recorded_at, stored.position);
    let Some(known) = known(files, key, at) else {
        return Err(unreadable(&std::fmt::Error));
    };
    known.actors.insert(metadata.actor.to_string());
    if known.events == 0 || at.1 < known.first.1 {
        known.first = at;
    }
    known.events = known.events.saturating_add(1);
    known.rows.insert(row);
    for flag in &metadata.flags {
        let count = known.flags.entry(*flag).or_default();
        *count = count.saturating_add(1);
    }
    Ok(())
}

fn take_rejections(files: &mut Vec<ImportedFile>, stored: &StoredEvent) -> Result<(), Failure> {
    let recorded = Recorded::read(stored).map_err(|error| unreadable(&error))?;
    let Event::Access(AccessEvent::RowsRejected(rows)) = recorded.event else {
        return Ok(());
    };
    let at = (stored.recorded_at, stored.position);
    let by = recorded.metadata.actor.to_string();
    let key = (rows.register, rows.file.clone());
    let Some(known) = known(files, key, at) else {
        return Err(unreadable(&std::fmt::Error));
    };
    known.actors.insert(by.clone());
    known.rejections.push(Rejections { at, by, rows });
    Ok(())
}

/// The file, put behind the others where it is met for the first time.
fn known(
    files: &mut Vec<ImportedFile>,
    (register, file): Key,
    at: (Timestamp, Position),
) -> Option<&mut ImportedFile> {
    let own = |known: &ImportedFile| known.register == register && known.sha256 == file;
    let place = files.iter().position(own).unwrap_or(files.len());
    if place == files.len() {
        files.push(ImportedFile {
            register,
            sha256: file,
            actors: BTreeSet::new(),
            first: at,
            last: at,
            events: 0,
            rows: BTreeSet::new(),
            flags: BTreeMap::new(),
            rejections: Vec::new(),
            is_part: false,
        });
    }
    let known = files.get_mut(place)?;
    if known.events == 0 && at.1 < known.first.1 {
        known.first = at;
    }
    if at.1 > known.last.1 {
        known.last = at;
    }
    Some(known)
}

/// Rows as ranges.
#[must_use]
pub fn ranges(rows: &BTreeSet<u32>) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match ranges.last_mut() {
            Some((_, to)) if to.checked_add(1) == Some(*row) => *to = *row,
            _ => ranges.push((*row, *row)),
        }
    }
    ranges
}

/// The rows between the header and the last row that was taken of which there is nothing, as ranges.
#[must_use]
pub fn gaps(rows: &BTreeSet<u32>) -> Vec<(u32, u32)> {
    let (mut gaps, mut next) = (Vec::new(), 2_u32);
    for row in rows {
        if *row > next {
            gaps.push((next, row.saturating_sub(1)));
        }
        next = next.max(row.saturating_add(1));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_left_nothing_are_told_as_ranges_behind_the_header() {
        let rows = |rows: &[u32]| gaps(&rows.iter().copied().collect());
        assert_eq!(rows(&[2, 3, 4]), []);
        assert_eq!(rows(&[3, 4, 8, 9, 11]), [(2, 2), (5, 7), (10, 10)]);
        assert_eq!(rows(&[]), []);
    }

    fn file(sha256: &str, first: u64) -> ImportedFile {
        let at = |position| {
            let at = "2024-04-01T00:00:00Z".parse().unwrap();
            (at, Position::new(position))
        };
        ImportedFile {
            register: Some(Register::ALL[0]),
            sha256: sha256.to_owned(),
            actors: BTreeSet::new(),
            first: at(first),
            last: at(900),
            events: 1,
            rows: BTreeSet::from([7]),
            flags: BTreeMap::new(),
            rejections: Vec::new(),
            is_part: false,
        }
    }

    #[test]
    fn rows_are_told_as_ranges() {
        let told = |rows: &[u32]| ranges(&rows.iter().copied().collect());
        assert_eq!(told(&[9, 2, 3, 4, 7]), [(2, 4), (7, 7), (9, 9)]);
        assert_eq!(told(&[u32::MAX]), [(u32::MAX, u32::MAX)]);
        assert_eq!(told(&[]), []);
    }

    #[test]
    fn a_file_that_may_begin_before_what_was_looked_at_is_a_part() {
        let mut files = [file("a", 800), file("b", 300), file("c", 500)];

        mark_parts(
            &mut files,
            &BTreeSet::from([
                (Some(Register::ALL[0]), "c".to_owned()),
                (Some(Register::ALL[1]), "a".to_owned()),
            ]),
        );

        let parts = files.map(|file| (file.sha256, file.is_part));
        let wanted = [("a", false), ("b", true), ("c", true)];
        assert_eq!(parts, wanted.map(|(file, part)| (file.to_owned(), part)));
    }
}
