//! Takes rows into the ledger, pipelined in their order, and settles what became of each.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use ledger_commands::{Decision, Envelope, ExecuteError, Ledger, Pending, Receipt};
use ledger_core::actor::{Actor, Role};
use ledger_core::code::Register;
use ledger_core::event::Source;
use ledger_core::id::{CommandId, Position, StreamName};
use ledger_core::seal::MacKey;
use ledger_core::store::{AppendError, BoxError};
use ledger_core::time::Day;

use super::changed::{Differences, Now};
use super::fingerprint::fingerprint;
use super::index::{Known, RowIndex};
use super::leaning::{Leaning, Refused};
use super::refusal::Refusal;
use super::rejects::{Rejected, RejectsError, RejectsFile};
use super::rows::ReadRow;
use super::summary::FileSummary;

/// Most rows whose answers are waited for at once.
const WINDOW_ROWS: usize = 256;

/// Most rows remembered beside the index until it is brought to the head.
const RECENT_ROWS: usize = 4_096;

/// After how many days a row counts as recorded late.
const LATE_DAYS: i64 = 365;

/// How often a row is sent again to a busy store, and how long is waited before.
const BUSY_RETRIES: usize = 100;
const BUSY_PAUSE: Duration = Duration::from_millis(50);

/// Why a run failed; rows taken before stay.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// A row could not be recorded though no rule refuses it.
    #[error("a row cannot be recorded")]
    Execute(#[source] ExecuteError),
    /// The index of rows failed.
    #[error("the index of register rows cannot be read")]
    Index(#[source] BoxError),
    /// The rejects file failed.
    #[error(transparent)]
    Rejects(#[from] RejectsError),
}

/// A row on its way.
pub struct Row {
    /// For the rejects file: its file, row and cells as read.
    pub rejected: Rejected,
    /// Its row in the file that is imported, which of a rejects file is not that of the register.
    pub place: u32,
    /// By which it and other rows lean on each other.
    pub leaning: Leaning,
}

struct Flight {
    pending: Pending,
    task: Task,
}

/// A row whose command is sent.
struct Task {
    row: Row,
    register: Register,
    key: String,
    decision: Box<dyn Decision>,
    envelope: Envelope,
    late: bool,
}

/// Where a row was read from: the file's hash and the row in it.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// SHA-256 of the file, hex.
    pub sha256: &'a str,
    /// Row as a spreadsheet counts it.
    pub row: u32,
}

/// Takes rows into the ledger.
pub struct Taker<'a> {
    /// The ledger.
    pub ledger: &'a Ledger,
    /// Which rows are there already.
    pub index: &'a dyn RowIndex,
    /// Tells in which columns a changed row differs.
    pub differences: &'a Differences,
    /// Fingerprints rows.
    pub mac: MacKey,
    /// Who imports.
    pub actor: Actor,
    /// Where refused rows go.
    pub rejects: RejectsFile,
    /// What was refused.
    pub refused: Refused,
    /// The file at work.
    pub summary: FileSummary,
    window: VecDeque<Flight>,
    recent: HashMap<(Register, String), Known>,
    begun: HashMap<String, Option<StreamName>>,
}

impl<'a> Taker<'a> {
    /// A taker without rows.
    #[must_use]
    pub fn new(
        (ledger, index, differences): (&'a Ledger, &'a dyn RowIndex, &'a Differences),
        mac: MacKey,
        actor: Actor,
        rejects: RejectsFile,
    ) -> Self {
        Self {
            ledger,
            index,
            differences,
            mac,
            actor,
            rejects,
            refused: Refused::default(),
            summary: FileSummary::default(),
            window: VecDeque::new(),
            recent: HashMap::new(),
            begun: HashMap::new(),
        }
    }

    /// Takes one row that was read; its answer may still be under way when this returns.
    ///
    /// # Errors
    /// [`TakeError`] when the run cannot go on.
    pub async fn take<R: ReadRow>(
        &mut self,
        parsed: R,
        row: Row,
        origin: Origin<'_>,
    ) -> Result<(), TakeError> {
        let now = Now::of(&parsed, self.ledger.id());
        let mac = fingerprint(&self.mac, &now.cells);
        let filled = R::GROWS.then(|| now.filled());
        let late = self.is_late(parsed.happened_on());
        let known = self.known(R::REGISTER, &now.key).await?;
        let begins = parsed.begins().filter(|_| known.is_none());
        if let Some(begins) = &begins
            && self.is_of_another(&now, begins).await?
        {
            let refusal = Refusal::of_another_person();
            return self.refuse(R::REGISTER, row, refusal);
        }
        let (command, decision): (CommandId, Box<dyn Decision>) = match &known {
            None => (parsed.command(self.ledger.id()), Box::new(parsed)),
            Some(known) if known.was(&mac) => {
                self.summary.already = self.summary.already.saturating_add(1);
                return Ok(());
            },
            Some(known) => match self.growth(parsed, &now.cells, known) {
                Some(command) => command,
                None => return self.changed(&now, known, row).await,
            },
        };
        let mut envelope = Envelope::new(command, self.actor.clone(), Role::Unauthenticated);
        envelope.source = Some(Source::Register {
            register: R::REGISTER,
            file: origin.sha256.to_owned(),
            row: origin.row,
            key: now.key.clone(),
        });
        envelope.mac = Some(mac.clone());
        envelope.filled.clone_from(&filled);
        let late = late && known.is_none();
        let mut macs = known.map(|known| known.macs).unwrap_or_default();
        macs.push(mac);
        let known = Known {
            position: Position::default(),
            macs,
            filled,
        };
        self.begun
            .extend(begins.map(|begins| (begins, now.stream.clone())));
        let task = Task {
            row,
            register: R::REGISTER,
            key: now.key,
            decision,
            envelope,
            late,
        };
        self.submit(task, known).await
    }

    fn is_late(&self, day: Day) -> bool {
        let today = self.ledger.clock().now().day_in_japan();
        today.signed_duration_since(day).num_days() > LATE_DAYS
    }

    /// Whether what a row begins, by its number, is another person's already.
    async fn is_of_another(&mut self, now: &Now, begins: &str) -> Result<bool, TakeError> {
        let begun = self.begun.get(begins);
        if begun.is_some_and(|stream| *stream != now.stream) {
            // Whether that row was taken is known once it is settled.
            self.settle().await?;
        }
        let streams = self.index.streams(now.register, begins).await;
        let streams = streams.map_err(TakeError::Index)?;
        let own = now.stream.as_ref().map(StreamName::as_str);
        Ok(streams.iter().any(|stream| Some(stream.as_str()) != own))
    }

    /// Refuses one row before its command is made.
    ///
    /// # Errors
    /// [`TakeError`] when the rejects file cannot be written.
    pub fn refuse(
        &mut self,
        register: Register,
        mut row: Row,
        refusal: Refusal,
    ) -> Result<(), TakeError> {
        self.refused.add(register, &row.leaning);
        self.summary.reject(row.place, &refusal);
        row.rejected.refusal = refusal;
        Ok(self.rejects.add(&row.rejected)?)
    }

    /// Refuses a row on which no other leans: its key is in the ledger, or it has none.
    ///
    /// # Errors
    /// [`TakeError`] when the rejects file cannot be written.
    pub fn refuse_alone(&mut self, mut row: Row, refusal: Refusal) -> Result<(), TakeError> {
        self.summary.reject(row.place, &refusal);
        row.rejected.refusal = refusal;
        Ok(self.rejects.add(&row.rejected)?)
    }

    /// Waits for every row under way, and brings the index to them.
    ///
    /// # Errors
    /// [`TakeError`] when the run cannot go on.
    pub async fn settle(&mut self) -> Result<(), TakeError> {
        while !self.window.is_empty() {
            self.settle_oldest().await?;
        }
        if !self.recent.is_empty() {
            self.index.catch_up().await.map_err(TakeError::Index)?;
            self.recent.clear();
            self.begun.clear();
        }
        Ok(())
    }

    async fn known(&self, register: Register, key: &str) -> Result<Option<Known>, TakeError> {
        if let Some(known) = self.recent.get(&(register, key.to_owned())) {
            return Ok(Some(known.clone()));
        }
        self.index
            .find(register, key)
            .await
            .map_err(TakeError::Index)
    }

    /// The command of a row whose filled cells are unchanged and that fills empty ones.
    fn growth<R: ReadRow>(
        &self,
        parsed: R,
        cells: &[(&'static str, String)],
        known: &Known,
    ) -> Option<super::rows::Command> {
        let filled = known.filled.as_deref()?;
        let before: Vec<_> = cells
            .iter()
            .filter(|(column, _)| filled.iter().any(|known| known == column))
            .cloned()
            .collect();
        let unchanged = known.is(&fingerprint(&self.mac, &before));
        unchanged
            .then(|| parsed.grow(filled, self.ledger.id()))
            .flatten()
    }

    async fn changed(&mut self, now: &Now, known: &Known, row: Row) -> Result<(), TakeError> {
        // A row of this run has its position once it is settled and indexed.
        let position = if known.position == Position::default() {
            self.settle().await?;
            let found = self.index.find(now.register, &now.key).await;
            found.map_err(TakeError::Index)?.map(|known| known.position)
        } else {
            Some(known.position)
        };
        let difference = match position {
            Some(position) => self.differences.find(now, position).await,
            None => None,
        };
        let refusal = Refusal::row_changed(difference.as_ref());
        self.refuse_alone(row, refusal)
    }

    async fn submit(&mut self, task: Task, known: Known) -> Result<(), TakeError> {
        if self.window.len() >= WINDOW_ROWS {
            self.settle_oldest().await?;
        }
        if self.recent.len() >= RECENT_ROWS {
            self.settle().await?;
        }
        loop {
            match self.ledger.submit(&*task.decision, &task.envelope).await {
                Ok(pending) => {
                    self.recent.insert((task.register, task.key.clone()), known);
                    self.window.push_back(Flight { pending, task });
                    return Ok(());
                },
                Err(ExecuteError::Rejected(rejection)) => {
                    let refusal = self
                        .refused
                        .explain(task.register, &task.row.leaning, rejection);
                    return self.refuse(task.register, task.row, refusal);
                },
                Err(ExecuteError::Busy) if !self.window.is_empty() => self.settle_oldest().await?,
                Err(_) => return self.again(task).await,
            }
        }
    }

    async fn settle_oldest(&mut self) -> Result<(), TakeError> {
        let Some(flight) = self.window.pop_front() else {
            return Ok(());
        };
        match flight.pending.wait().await {
            Ok(receipt) => {
                self.took(&receipt, flight.task.late);
                Ok(())
            },
            Err(error) => {
                tracing::debug!(%error, "an append failed; the rows after it are sent again");
                self.again(flight.task).await
            },
        }
    }

    /// Sends a failed row again, and every row under way that failed with it, in their order.
    async fn again(&mut self, first: Task) -> Result<(), TakeError> {
        let mut failed = vec![first];
        while let Some(flight) = self.window.pop_front() {
            match flight.pending.wait().await {
                Ok(receipt) => self.took(&receipt, flight.task.late),
                Err(_) => failed.push(flight.task),
            }
        }
        self.ledger.forget();
        for task in failed {
            self.execute(task).await?;
        }
        Ok(())
    }

    async fn execute(&mut self, task: Task) -> Result<(), TakeError> {
        for _ in 0..BUSY_RETRIES {
            match self.ledger.execute(&*task.decision, &task.envelope).await {
                Ok(receipt) => {
                    self.took(&receipt, task.late);
                    return Ok(());
                },
                Err(ExecuteError::Rejected(rejection)) => {
                    self.recent.remove(&(task.register, task.key.clone()));
                    let refusal = self
                        .refused
                        .explain(task.register, &task.row.leaning, rejection);
                    return self.refuse(task.register, task.row, refusal);
                },
                Err(ExecuteError::Append(error))
                    if matches!(*error, AppendError::Refused { .. }) =>
                {
                    self.recent.remove(&(task.register, task.key.clone()));
                    return self.refuse(task.register, task.row, Refusal::too_large());
                },
                Err(ExecuteError::Busy | ExecuteError::Contended { .. }) => {
                    tokio::time::sleep(BUSY_PAUSE).await;
                },
                Err(error) => return Err(TakeError::Execute(error)),
            }
        }
        Err(TakeError::Execute(ExecuteError::Busy))
    }

    fn took(&mut self, receipt: &Receipt, late: bool) {
        if late && !receipt.repeated {
            self.summary.late = self.summary.late.saturating_add(1);
        }
        let count = if receipt.repeated {
            &mut self.summary.already
        } else {
            &mut self.summary.taken
        };
        *count = count.saturating_add(1);
        for flag in &receipt.flags {
            let count = self.summary.flags.entry(*flag).or_default();
            *count = count.saturating_add(1);
        }
    }
}
