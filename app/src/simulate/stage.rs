//! Where a trial is played: the ledger under its clock, through which every command goes.

use chrono::TimeDelta;
use ledger_commands::{Command, Decision, Envelope, ExecuteError, Ledger, Pending, record_backup};
use ledger_core::code::{BackupOf, BackupTarget, Register, SecondFactor, SignInChange};
use ledger_core::event::{
    AccessPurpose, BackupTaken, ExportFormat, ExportedList, ImportRowsRejected, ListExported,
    RejectedRow, SignInChanged, SignInLinkMade, TokenMade, TokensRevoked,
};
use ledger_core::id::{CommandId, EventId, Position, StreamName};
use ledger_core::proof::Hash;
use ledger_core::store::LedgerStore;
use ledger_core::time::{Day, Timestamp};
use ledger_projections::views::Views;
use serde_json::Value;
use uuid::Uuid;

use super::PlayError;
use super::draws::Draws;
use super::who::Who;
use crate::sign_in::lasting::after;

/// Days for which a token is lent.
const TOKEN_DAYS: i64 = 7;
/// Bytes of one event in a backup, about.
const EVENT_BYTES: u64 = 1_500;

/// Commands that may be under way at once; fewer than a store lets wait.
const UNDER_WAY: usize = 256;

/// A ledger that a trial can be played in.
#[derive(Clone, Copy)]
pub struct Stage<'a> {
    /// Executes the commands.
    pub ledger: &'a Ledger,
    /// Its log.
    pub store: &'a dyn LedgerStore,
    /// Its kept projections, from which a meeting's figures are frozen.
    pub views: &'a Views,
    /// Sets the clock that `ledger` and `store` go by.
    pub set_clock: &'a (dyn Fn(Timestamp) + Send + Sync),
}

/// A command that was given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Done(CommandId);

impl Done {
    /// The id of what the command made.
    pub(super) fn made(self, kind: &str) -> Uuid {
        self.0.made(kind)
    }

    /// The id of its first event.
    pub(super) fn event(self) -> EventId {
        self.nth(0)
    }

    /// The id of its `index`th event, over all its streams.
    pub(super) fn nth(self, index: usize) -> EventId {
        EventId::of_command(self.0, index)
    }
}

/// Gives commands in order and lets those about different streams overlap.
///
/// The clock only moves when nothing is under way: so every event has the time at which its command
/// was given, however the store groups its commits.
pub(super) struct Desk<'a> {
    pub(super) stage: Stage<'a>,
    under_way: Vec<(&'static str, Pending)>,
    now: Timestamp,
    given: u64,
}

impl<'a> Desk<'a> {
    pub(super) const fn new(stage: Stage<'a>, now: Timestamp) -> Self {
        Self {
            stage,
            under_way: Vec::new(),
            now,
            given: 0,
        }
    }

    /// The moment that is played.
    pub(super) const fn now(&self) -> Timestamp {
        self.now
    }

    /// The day that is played.
    pub(super) fn today(&self) -> Day {
        self.now.day_in_japan()
    }

    /// How many commands were given.
    pub(super) const fn given(&self) -> u64 {
        self.given
    }

    /// Waits for what is under way, and moves the clock.
    pub(super) async fn set_clock(&mut self, now: Timestamp) -> Result<(), PlayError> {
        self.settle().await?;
        (self.stage.set_clock)(now);
        self.now = now;
        Ok(())
    }

    /// Waits for everything under way.
    pub(super) async fn settle(&mut self) -> Result<(), PlayError> {
        for (command, pending) in std::mem::take(&mut self.under_way) {
            let done = pending.wait().await;
            done.map_err(|error| self.failed(command, error))?;
        }
        Ok(())
    }

    /// Gives a command as JSON, as people write one.
    pub(super) async fn give(
        &mut self,
        (who, name): (Who, &'static str),
        fields: Value,
        draws: &mut Draws,
    ) -> Result<Done, PlayError> {
        let id = self.command_id(draws);
        let command = Command::read(fields, self.stage.ledger.id(), id);
        let command = command.map_err(|error| PlayError::Unreadable {
            command: name,
            error,
        })?;
        self.submit((who, name), &command, id).await
    }

    /// Gives a decision that is no daily command: a new ledger's first settings.
    pub(super) async fn decide(
        &mut self,
        (who, name): (Who, &'static str),
        decision: &dyn Decision,
        draws: &mut Draws,
    ) -> Result<Done, PlayError> {
        let id = self.command_id(draws);
        self.submit((who, name), decision, id).await
    }

    async fn submit(
        &mut self,
        (who, name): (Who, &'static str),
        decision: &dyn Decision,
        id: CommandId,
    ) -> Result<Done, PlayError> {
        if self.under_way.len() >= UNDER_WAY {
            self.settle().await?;
        }
        let envelope = Envelope::new(id, who.actor()?, who.role());
        let pending = self.stage.ledger.submit(decision, &envelope).await;
        let pending = pending.map_err(|error| self.failed(name, error))?;
        self.under_way.push((name, pending));
        self.given = self.given.saturating_add(1);
        Ok(Done(id))
    }

    /// Records that somebody opens the personal text of a stream, as showing it does.
    pub(super) async fn open_text(
        &mut self,
        who: Who,
        stream: &StreamName,
        draws: &mut Draws,
    ) -> Result<(), PlayError> {
        let envelope = Envelope::new(self.command_id(draws), who.actor()?, who.role());
        let ledger = self.stage.ledger;
        let done = ledger.record_access(stream, AccessPurpose::Timeline, &envelope);
        let done = done.await;
        done.map_err(|error| self.failed("record-access", error))?;
        Ok(())
    }

    /// Records that somebody takes the list of events along, as handing it over does.
    pub(super) async fn take_events_along(
        &mut self,
        who: Who,
        as_at: Position,
        draws: &mut Draws,
    ) -> Result<(), PlayError> {
        let exported = ListExported {
            list: ExportedList::Events,
            format: ExportFormat::Csv,
            rows: as_at.get(),
            as_at,
        };
        let envelope = Envelope::new(self.command_id(draws), who.actor()?, who.role());
        let done = self.stage.ledger.record_export(exported, &envelope).await;
        done.map_err(|error| self.failed("record-export", error))?;
        Ok(())
    }

    /// Records that somebody imported a register of which two rows were not taken, as `import` does.
    pub(super) async fn refuse_rows(
        &mut self,
        who: Who,
        draws: &mut Draws,
    ) -> Result<(), PlayError> {
        let rejected = |row: u32, column: Option<&str>, code: &str| RejectedRow {
            row,
            column: column.map(str::to_owned),
            code: code.to_owned(),
        };
        let refused = ImportRowsRejected {
            register: Some(Register::Consultations),
            file: Hash::of(&draws.bytes()).to_string(),
            rows_read: 2,
            rows_taken: 0,
            rows_already: 0,
            rows_rejected: 2,
            missing_columns: Vec::new(),
            rejected: vec![
                rejected(2, Some("主訴"), "MISSING_VALUE"),
                rejected(3, None, "WRONG_FIELD_COUNT"),
            ],
        };
        let envelope = Envelope::new(self.command_id(draws), who.actor()?, who.role());
        let done = self
            .stage
            .ledger
            .record_rejected_rows(vec![refused], &envelope);
        let done = done.await;
        done.map_err(|error| self.failed("record-rejected-rows", error))?;
        Ok(())
    }

    /// Records that somebody took a backup of the log, as `backup` does.
    pub(super) async fn take_backup(
        &mut self,
        who: Who,
        (position, root): (Position, String),
        draws: &mut Draws,
    ) -> Result<(), PlayError> {
        let taken = BackupTaken {
            backup: BackupOf::Ledger,
            written_to: BackupTarget::File,
            position,
            sha256: Hash::of(root.as_bytes()).to_string(),
            root,
            cut: false,
            count: position.get(),
            bytes: position.get().saturating_mul(EVENT_BYTES),
        };
        let envelope = Envelope::new(self.command_id(draws), who.actor()?, who.role());
        let (store, clock) = (self.stage.store, self.stage.ledger.clock());
        let done = record_backup(store, clock, (taken, who.role()), &envelope).await;
        done.map_err(|error| self.failed("record-backup", error))?;
        Ok(())
    }

    /// Records that somebody comes in by a link that another made, and signs in, as the pages do.
    pub(super) async fn come_in(
        &mut self,
        (by, who): (Who, Who),
        draws: &mut Draws,
    ) -> Result<(), PlayError> {
        let (ledger, account) = (self.stage.ledger, who.actor()?);
        let inviter = Envelope::new(self.command_id(draws), by.actor()?, by.role());
        let made = SignInLinkMade {
            account: account.clone(),
        };
        let done = ledger.record_sign_in_link(made, &inviter).await;
        done.map_err(|error| self.failed("record-sign-in-link", error))?;
        for change in [SignInChange::PasswordSet, SignInChange::CodesRegistered] {
            let own = Envelope::new(self.command_id(draws), account.clone(), who.role());
            let changed = SignInChanged {
                account: account.clone(),
                change,
            };
            let done = ledger.record_sign_in_change(changed, &own).await;
            done.map_err(|error| self.failed("record-sign-in-change", error))?;
        }
        let own = Envelope::new(self.command_id(draws), account, who.role());
        let done = ledger.record_session(Some(SecondFactor::OneTimeCode), &own);
        let done = done.await;
        done.map_err(|error| self.failed("record-session", error))?;
        Ok(())
    }

    /// Records that somebody lets a program act as an account for a while and then takes that back, as the
    /// command line does.
    pub(super) async fn lend_token(
        &mut self,
        (by, who): (Who, Who),
        draws: &mut Draws,
    ) -> Result<(), PlayError> {
        let (ledger, account) = (self.stage.ledger, who.actor()?);
        let token = hex::encode(draws.bytes().get(..4).unwrap_or_default());
        let made = TokenMade {
            account: account.clone(),
            token: token.clone(),
            until: after(self.now, TimeDelta::days(TOKEN_DAYS)),
        };
        let envelope = Envelope::new(self.command_id(draws), by.actor()?, by.role());
        let done = ledger.record_token(made, &envelope).await;
        done.map_err(|error| self.failed("record-token", error))?;
        let revoked = TokensRevoked {
            account,
            tokens: vec![token],
        };
        let envelope = Envelope::new(self.command_id(draws), by.actor()?, by.role());
        let done = ledger.record_tokens_revoked(revoked, &envelope).await;
        done.map_err(|error| self.failed("record-tokens-revoked", error))?;
        Ok(())
    }

    /// A new id: the played moment and drawn bytes, in the shape of UUID version 7.
    fn command_id(&self, draws: &mut Draws) -> CommandId {
        let micros = u64::try_from(self.now.micros()).unwrap_or(0);
        let millis = micros.checked_div(1_000).unwrap_or(0);
        let id = uuid::Builder::from_unix_timestamp_millis(millis, &draws.bytes());
        CommandId::new(id.into_uuid())
    }

    fn failed(&self, command: &'static str, error: ExecuteError) -> PlayError {
        match error {
            ExecuteError::Rejected(rejection) => PlayError::Refused {
                command,
                day: self.today(),
                rejection: Box::new(rejection),
            },
            error @ (ExecuteError::Busy
            | ExecuteError::Contended { .. }
            | ExecuteError::Append(_)
            | ExecuteError::Read(_)
            | ExecuteError::Decode(_)
            | ExecuteError::History(_)
            | ExecuteError::Encode(_)) => PlayError::Execute {
                command,
                error: Box::new(error),
            },
        }
    }
}
