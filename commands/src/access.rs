//! Who opened whose personal text: an event, written before the text is shown; who took what out, and what an
//! import refused.

use ledger_core::actor::{Actor, Role};
use ledger_core::event::{
    AccessEvent, AccessPurpose, BackupTaken, Draft, ExportedList, ImportRowsRejected, ListExported,
    PersonalTextOpened, encode_clear,
};
use ledger_core::id::{ChildId, EventId, Revision, StreamName};
use ledger_core::store::{Append, EventStore, ExpectedRevision};
use ledger_core::time::{Clock, Occurred};

use crate::authorise::{Action, Assignment, Subject, account, authorise};
use crate::envelope::{Envelope, LastEvent, Receipt};
use crate::ledger::{ExecuteError, Ledger};
use crate::rejection::Rejection;
use crate::state::{Account, Child, Folded, StreamState as _};

/// What the lines of a list are about.
#[derive(Clone, Copy)]
enum About {
    /// Sums, and what was made of them.
    Figures,
    /// Nobody served: whoever keeps them takes them as well.
    Keeping,
    /// How figures are counted, and how the ledger is audited.
    Rules,
    /// One of many persons each, or what was done to their records.
    Persons,
}

const fn about(list: ExportedList) -> About {
    match list {
        ExportedList::Figures
        | ExportedList::Figure
        | ExportedList::Scorecard
        | ExportedList::MonthlyCourse
        | ExportedList::AreasAndServices
        | ExportedList::FacilitySupport
        | ExportedList::DisasterPreparedness
        | ExportedList::ReferralFlow
        | ExportedList::SupportSystem
        | ExportedList::StepsOfSupport
        | ExportedList::Issues
        | ExportedList::Budget
        | ExportedList::TrustInRecords
        | ExportedList::FigureChanges
        | ExportedList::Meetings
        | ExportedList::MeetingMaterials
        | ExportedList::Recommendations
        | ExportedList::Requests => About::Figures,
        ExportedList::Organisations | ExportedList::Accounts | ExportedList::System => {
            About::Keeping
        },
        ExportedList::CountingRules | ExportedList::Audits => About::Rules,
        ExportedList::WorkList
        | ExportedList::Caseload
        | ExportedList::Referrals
        | ExportedList::Events
        | ExportedList::Timeline
        | ExportedList::AccessReview
        | ExportedList::Corrections
        | ExportedList::Imports
        | ExportedList::Sample => About::Persons,
    }
}

/// Whether a role may take a list out of the ledger.
///
/// # Errors
/// [`Rejection`] where it may not.
pub fn may_take(role: Role, list: ExportedList) -> Result<(), Rejection> {
    let may = |action, subject| authorise(role, action, subject, Assignment::None);
    match about(list) {
        About::Figures => may(Action::Export, Subject::Governance),
        About::Keeping => may(Action::ManageAccounts, Subject::Ledger)
            .or_else(|_| may(Action::Export, Subject::Ledger)),
        About::Rules | About::Persons => may(Action::Export, Subject::Ledger),
    }
}

/// Whether a list has a line for each of many persons or of what was done to their records; the others are sums,
/// offices, or how the program is.
#[must_use]
pub const fn tells_of_persons(list: ExportedList) -> bool {
    matches!(about(list), About::Persons)
}

impl Ledger {
    /// Records that the envelope's actor opens the personal text of a stream, in today's access
    /// stream; show the text only after this returned.
    ///
    /// It is the one command that appends whatever the stream's revision.
    ///
    /// # Errors
    /// [`ExecuteError::Rejected`] when the actor may not open it, the others when the event cannot be
    /// written: then nothing may be shown.
    pub async fn record_access(
        &self,
        stream: &StreamName,
        purpose: AccessPurpose,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        self.may_open(stream, purpose, envelope).await?;
        let opened = PersonalTextOpened {
            stream: stream.clone(),
            purpose,
        };
        self.write_access(AccessEvent::Opened(opened), envelope)
            .await
    }

    /// Records that the envelope's actor takes a table out of the ledger, in today's access stream; hand it
    /// over only after this returned.
    ///
    /// # Errors
    /// [`ExecuteError::Rejected`] when the actor may not take it, the others when the event cannot be
    /// written: then nothing may be handed over.
    pub async fn record_export(
        &self,
        exported: ListExported,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        let role = self.role_of(&envelope.actor, envelope.role).await?;
        may_take(role, exported.list)?;
        self.write_access(AccessEvent::Exported(exported), envelope)
            .await
    }

    /// Records which rows an import by the envelope's actor did not take, an event for each file, all or none.
    ///
    /// # Errors
    /// [`ExecuteError::Rejected`] when the actor may not import, the others when the events cannot be written.
    pub async fn record_rejected_rows(
        &self,
        files: Vec<ImportRowsRejected>,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        let role = self.role_of(&envelope.actor, envelope.role).await?;
        let action = Action::RecordWork;
        authorise(role, action, Subject::Ledger, Assignment::None)?;
        let events = files.into_iter().map(AccessEvent::RowsRejected);
        write((self.store(), self.clock()), events.collect(), envelope).await
    }

    /// Writes into today's access stream, whatever its revision.
    pub(crate) async fn write_access(
        &self,
        event: AccessEvent,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        write((self.store(), self.clock()), vec![event], envelope).await
    }

    /// Whether the envelope's actor may open the personal text of a stream for a purpose; nothing is
    /// opened or recorded.
    ///
    /// # Errors
    /// [`ExecuteError::Rejected`] when not, the others when that cannot be read.
    pub async fn may_open(
        &self,
        stream: &StreamName,
        purpose: AccessPurpose,
        envelope: &Envelope,
    ) -> Result<(), ExecuteError> {
        let actor = &envelope.actor;
        let role = self.role_of(actor, envelope.role).await?;
        let (action, subject) = (action(purpose), Subject::of(stream));
        let unassigned = authorise(role, action, subject, Assignment::None);
        if unassigned.is_ok() || subject != Subject::Person {
            return Ok(unassigned?);
        }
        // Only now does it matter whether the actor is in charge, which the person's stream tells.
        let (assignment, survivor) = self.assigned(stream, actor).await?;
        let own = authorise(role, action, subject, assignment);
        match survivor {
            Some(survivor) if own.is_err() => {
                let (assignment, _) = self.assigned(&StreamName::child(survivor), actor).await?;
                Ok(authorise(role, action, subject, assignment)?)
            },
            Some(_) | None => Ok(own?),
        }
    }

    /// How an account works with a person by a stream of theirs; of a merged case also the one that goes on, as whoever
    /// is in charge there is in charge of the person.
    async fn assigned(
        &self,
        stream: &StreamName,
        actor: &Actor,
    ) -> Result<(Assignment, Option<ChildId>), ExecuteError> {
        let now = self.clock().now();
        let assigned = |folded: &Folded| {
            let child = Child::of(folded.state())?;
            let assignment = child.care_team.assignment(actor, now);
            Some((assignment, child.case.absorbed_into))
        };
        let assigned = self.with_stream(stream.clone(), assigned).await?;
        Ok(assigned.unwrap_or((Assignment::None, None)))
    }

    /// The account of this name as it stands; one that was never opened has no role.
    ///
    /// # Errors
    /// [`ExecuteError`] when it cannot be read.
    pub async fn account_of(&self, name: &Actor) -> Result<Account, ExecuteError> {
        let stream = account::stream(self.id(), name);
        let known = |folded: &Folded| Account::of(folded.state()).cloned();
        Ok(self.with_stream(stream, known).await?.unwrap_or_default())
    }

    /// In which role somebody acts, by their account where there is one.
    ///
    /// # Errors
    /// [`ExecuteError::Rejected`] when the account is closed, the others when it cannot be read.
    pub(crate) async fn role_of(&self, actor: &Actor, given: Role) -> Result<Role, ExecuteError> {
        let stream = account::stream(self.id(), actor);
        let acting = |folded: &Folded| {
            let account = Account::of(folded.state());
            account.map_or(Ok(given), |account| account::acting(given, account))
        };
        Ok(self.with_stream(stream, acting).await??)
    }
}

/// Records that the envelope's actor, in a role, took a backup, in today's access stream; call it once the
/// backup is written. No key is needed for it, as none is for a backup.
///
/// # Errors
/// [`ExecuteError::Rejected`] when the role may take none, the others when the event cannot be written: the
/// ledger may be one that can only be read.
pub async fn record_backup(
    store: &dyn EventStore,
    clock: &dyn Clock,
    (taken, role): (BackupTaken, Role),
    envelope: &Envelope,
) -> Result<Receipt, ExecuteError> {
    authorise(role, Action::Export, Subject::Ledger, Assignment::None)?;
    write(
        (store, clock),
        vec![AccessEvent::BackupTaken(taken)],
        envelope,
    )
    .await
}

/// Writes into today's access stream, whatever its revision, all or none; its events have no private fields.
async fn write(
    (store, clock): (&dyn EventStore, &dyn Clock),
    events: Vec<AccessEvent>,
    envelope: &Envelope,
) -> Result<Receipt, ExecuteError> {
    let now = clock.now();
    let today = now.day_in_japan();
    let occurred = Occurred::minute_in_japan(today, now.in_japan().time());
    let log = StreamName::access(today);
    let (mut ids, mut new) = (Vec::new(), Vec::new());
    for (index, event) in events.into_iter().enumerate() {
        let draft = Draft::new(event, occurred);
        let id = EventId::of_command(envelope.command, index);
        new.push(encode_clear(id, &draft, &envelope.metadata(&draft, index))?);
        ids.push(id);
    }
    let append = Append::to(log.clone(), ExpectedRevision::Any, new);
    let appended = store.append(append).await?;
    let receipt = Receipt {
        streams: vec![LastEvent {
            stream: log,
            revision: Revision::default(),
            position: appended.position,
        }],
        repeated: false,
        events: ids,
        flags: Vec::new(),
    };
    Ok(crate::ledger::settled(receipt, &appended))
}

/// What opening text for a purpose is, as far as rights go.
const fn action(purpose: AccessPurpose) -> Action {
    match purpose {
        AccessPurpose::Timeline => Action::ReadTimeline,
        AccessPurpose::Event
        | AccessPurpose::Replay
        | AccessPurpose::Search
        | AccessPurpose::WorkList => Action::OpenText,
        AccessPurpose::Export | AccessPurpose::Print => Action::Export,
    }
}
