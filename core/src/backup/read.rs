//! Reads a backup and holds every line of it to the tree.

use std::io::BufRead;

use super::entry::Names;
use super::line::{Trailer, from_line, to_event};
use super::lines::Lines;
use super::{BackupError, Entry, FileFault, Header};
use crate::id::Position;
use crate::proof::{Checkpoint, Frontier};
use crate::store::Head;
use crate::store::audit::{Fault, Walk};

/// A backup being read. It is known to be good only when its end was reached.
pub struct Reader<R> {
    lines: Lines<R>,
    header: Header,
    walk: Walk,
    names: Names,
    until: Position,
    /// The head that the events up to `until` make.
    head: Head,
}

impl<R: BufRead> Reader<R> {
    /// Reads the first line.
    ///
    /// # Errors
    /// [`BackupError`] when it is not a backup's.
    pub fn new(input: R) -> Result<Self, BackupError> {
        let mut lines = Lines::new(input);
        let header = match Header::from_line(lines.next()?) {
            Ok(header) => header,
            Err(fault) => return Err(lines.fault(fault)),
        };
        Ok(Self {
            lines,
            header,
            walk: Walk::new(Checkpoint::empty()),
            names: Names::default(),
            until: header.head.position,
            head: Head {
                position: Position::default(),
                epoch: header.epoch,
                frontier: Frontier::default(),
                recorded_at: None,
            },
        })
    }

    /// What its first line says; true only if the whole file is.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// Takes the events up to a position alone; the rest of the file is checked all the same.
    ///
    /// A ledger that is cut goes its own way from there, so its epoch is one higher: a program that still
    /// holds the longer one in memory is fenced.
    #[must_use]
    pub fn until(mut self, position: Position) -> Self {
        if position < self.header.head.position {
            self.until = position;
            self.head.epoch = self.header.epoch.saturating_add(1);
        }
        self
    }

    /// Reads the file to its end, keeps nothing of it, and gives its head.
    ///
    /// # Errors
    /// [`BackupError`] when a line of it is wrong.
    pub fn check(
        &mut self,
        progress: &mut (dyn FnMut(Position, Position) + Send),
    ) -> Result<Checkpoint, BackupError> {
        while let Some(entry) = self.next_entry()? {
            progress(entry.event.position, self.header.head.position);
        }
        Ok(self.header.head)
    }

    /// The head of a ledger that is made of the events taken.
    pub(crate) const fn head(&self) -> &Head {
        &self.head
    }

    /// How far the file goes.
    pub(crate) const fn end(&self) -> Position {
        self.header.head.position
    }

    /// The next event to be taken; none once the whole file was found good.
    pub(crate) fn next_entry(&mut self) -> Result<Option<Entry>, BackupError> {
        while self.walk.next() <= self.header.head.position {
            let entry = self.read_event()?;
            if entry.event.position <= self.until {
                self.head.position = entry.event.position;
                self.head.recorded_at = Some(entry.event.recorded_at);
                self.head.frontier.push(entry.event.leaf_hash);
                return Ok(Some(entry));
            }
        }
        self.read_end().map(|()| None)
    }

    fn read_event(&mut self) -> Result<Entry, BackupError> {
        let expected = self.walk.next();
        let line = self.lines.next()?;
        let read = match to_event(line) {
            Err(_) if from_line::<Trailer>(line).is_ok() => Err(FileFault::Position { expected }),
            read => read,
        };
        let checked = read.and_then(|event| {
            let fits = self.walk.step(&event);
            fits.map_err(|fault| of_walk(&fault))?;
            self.names.entry(event)
        });
        checked.map_err(|fault| self.lines.fault(fault))
    }

    /// Reads the last line and compares what it and the first one say with what was read.
    fn read_end(&mut self) -> Result<(), BackupError> {
        let made = self.walk.head();
        let line = self.lines.next()?;
        let trailer = match from_line::<Trailer>(line) {
            Err(_) if to_event(line).is_ok() => Err(FileFault::Head),
            read => read,
        };
        let trailer = trailer.map_err(|fault| self.lines.fault(fault))?;
        let first = |fault| BackupError::Damaged { line: 1, fault };
        if self.header.head != made {
            return Err(first(FileFault::Head));
        }
        if trailer.head != made || trailer.count != made.position.get() {
            return Err(self.lines.fault(FileFault::Head));
        }
        // Events are held by the tree, so what is left to differ is the first line, or this hash.
        if trailer.sha256 != self.lines.before() {
            return Err(first(FileFault::Digest));
        }
        self.lines.end()
    }
}

fn of_walk(fault: &Fault) -> FileFault {
    match fault {
        Fault::Gap { position } => FileFault::Position {
            expected: *position,
        },
        Fault::Leaf { .. } => FileFault::Leaf,
        Fault::TimeBackwards { .. } => FileFault::TimeBackwards,
        Fault::Damaged { .. } | Fault::Head { .. } | Fault::NotAPrefix { .. } => {
            FileFault::Malformed
        },
    }
}
