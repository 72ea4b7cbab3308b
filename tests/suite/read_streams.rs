//! A decision rests on the streams that it only reads: they are where it saw them when it is written.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use ledger_commands::state::Child;
use ledger_commands::{Context, Decision, ExecuteError, Ledger, Reason, Rejection, View, Written};
use ledger_core::actor::{Actor, Role};
use ledger_core::code::CareProcedure;
use ledger_core::event::{CareProcedureStarted, Draft, Metadata, ProfileEvent};
use ledger_core::id::{CommandId, EventId, LedgerId, Revision, StreamName};
use ledger_core::private::Private;
use ledger_core::store::{
    Append, AppendError, Deliveries, EventPage, EventStore, ExpectedRevision, Followed, Head,
    LedgerStore, PendingAppend, ReadAll, ReadError, ReadStream,
};
use ledger_core::time::Occurred;
use ledger_tests::ledger::Engine;
use serde_json::json;

use crate::commands::Centre;

/// Lets C001's suction begin only while C002 has no ventilator; writes to the first stream alone.
struct RestsOnAnother {
    written: StreamName,
    read: StreamName,
}

impl Decision for RestsOnAnother {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        vec![self.read.clone(), self.written.clone()]
    }

    fn decide(&self, view: View<'_>, _context: &Context) -> Result<Vec<Written>, Rejection> {
        let other: &Child = view.state(&self.read)?;
        if other
            .profile
            .open_procedure(CareProcedure::Ventilator)
            .is_some()
        {
            return Err(Reason::ProcedureOpen.into());
        }
        let _own: &Child = view.state(&self.written)?;
        let began = ProfileEvent::ProcedureStarted(CareProcedureStarted {
            procedure: CareProcedure::Suction,
            hours_per_day: None,
            device: Private::Open(None),
        });
        Ok(vec![Written {
            stream: self.written.clone(),
            drafts: vec![Draft::new(began, Occurred::parse("2021-08-06").unwrap())],
        }])
    }
}

/// A store in which somebody else writes just before the next append.
struct WriterBetween {
    store: Arc<dyn LedgerStore>,
    between: Mutex<Option<Append>>,
}

#[async_trait]
impl EventStore for WriterBetween {
    async fn submit(&self, append: Append) -> Result<PendingAppend, AppendError> {
        let between = self.between.lock().unwrap().take();
        if let Some(between) = between {
            self.store.append(between).await?;
        }
        self.store.submit(append).await
    }

    async fn read_stream(&self, read: &ReadStream) -> Result<EventPage, ReadError> {
        self.store.read_stream(read).await
    }

    async fn read_all(&self, read: &ReadAll) -> Result<EventPage, ReadError> {
        self.store.read_all(read).await
    }

    async fn head(&self) -> Result<Head, ReadError> {
        self.store.head().await
    }

    async fn follow(&self, followed: Followed) -> Result<Deliveries, ReadError> {
        self.store.follow(followed).await
    }
}

/// A ledger with C001 and C002, the append by which a ventilator of C002's begins, and a ledger in
/// whose store that append comes just before the next one.
async fn with_a_writer_between(engine: Engine) -> (Centre, Ledger, RestsOnAnother) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    centre.register("C002").await;
    let (written, read) = (centre.child("C001"), centre.child("C002"));
    let began = ProfileEvent::ProcedureStarted(CareProcedureStarted {
        procedure: CareProcedure::Ventilator,
        hours_per_day: None,
        device: Private::Open(None),
    });
    let day = "2021-08-05".parse().unwrap();
    let draft = Draft::new(began, Occurred::Day(day));
    let id = EventId::of_command(centre.ids.next(CommandId::new), 0);
    let metadata = metadata(&draft, centre.ids.next(CommandId::new));
    let event = centre
        .test
        .codec
        .encode((&read, id), &draft, &metadata, day);
    let expected = ExpectedRevision::Exact(Revision::new(0));
    let between = Append::to(read.clone(), expected, vec![event.await.unwrap()]);
    let store: Arc<dyn EventStore> = Arc::new(WriterBetween {
        store: centre.test.shared(),
        between: Mutex::new(Some(between)),
    });
    let clock = Arc::new(centre.test.clock.clone());
    let ledger = Ledger::new(store, centre.test.codec.clone(), clock, centre.test.id);
    (centre, ledger, RestsOnAnother { written, read })
}

fn metadata(draft: &Draft, command: CommandId) -> Metadata {
    Metadata {
        schema: draft.event.info().version,
        actor: Actor::new("staff-2").unwrap(),
        role: Role::Staff,
        occurred: draft.occurred,
        command,
        correlation: command.uuid(),
        causation: command.uuid(),
        performed_by: Vec::new(),
        subjects: Vec::new(),
        source: None,
        flags: Vec::new(),
        mac: None,
        filled: None,
    }
}

async fn a_rule_that_rests_on_another_stream_holds_when_it_is_written(engine: Engine) {
    let (centre, ledger, decision) = with_a_writer_between(engine).await;

    let decided = ledger.execute(&decision, &centre.envelope()).await;

    assert!(
        matches!(decided, Err(ExecuteError::Rejected(_))),
        "{decided:?}"
    );
    assert_eq!(centre.events(&decision.written).await.len(), 1);
}

async fn a_submitted_command_rests_on_the_streams_that_it_only_read(engine: Engine) {
    let (centre, ledger, decision) = with_a_writer_between(engine).await;
    let envelope = centre.envelope();

    let lost = ledger
        .submit(&decision, &envelope)
        .await
        .unwrap()
        .wait()
        .await;

    assert!(matches!(lost, Err(ExecuteError::Append(_))), "{lost:?}");
    // What was remembered of the other stream is gone with it.
    let again = ledger.submit(&decision, &envelope).await;
    assert!(matches!(again, Err(ExecuteError::Rejected(_))), "{again:?}");
    assert_eq!(centre.events(&decision.written).await.len(), 1);
}

async fn a_stream_with_an_append_under_way_is_waited_for_by_who_only_reads_it(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    centre.register("C002").await;
    let (written, read) = (centre.child("C001"), centre.child("C002"));
    let begins = centre.command(json!({"command": "start-care-procedure", "child": "C002",
        "occurred": "2021-08-05", "procedure": "ventilator"}));

    let under_way = centre
        .ledger
        .submit(&begins, &centre.envelope())
        .await
        .unwrap();
    let decision = RestsOnAnother { written, read };
    let refused = centre.ledger.submit(&decision, &centre.envelope()).await;

    assert!(
        matches!(refused, Err(ExecuteError::Rejected(_))),
        "{refused:?}"
    );
    under_way.wait().await.unwrap();
}

#[tokio::test]
async fn a_rule_that_rests_on_another_stream_holds_when_it_is_written_on_sqlite() {
    a_rule_that_rests_on_another_stream_holds_when_it_is_written(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_rule_that_rests_on_another_stream_holds_when_it_is_written_on_postgres() {
    a_rule_that_rests_on_another_stream_holds_when_it_is_written(Engine::Postgres).await;
}

#[tokio::test]
async fn a_submitted_command_rests_on_the_streams_that_it_only_read_on_sqlite() {
    a_submitted_command_rests_on_the_streams_that_it_only_read(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_submitted_command_rests_on_the_streams_that_it_only_read_on_postgres() {
    a_submitted_command_rests_on_the_streams_that_it_only_read(Engine::Postgres).await;
}

#[tokio::test]
async fn a_stream_with_an_append_under_way_is_waited_for_by_who_only_reads_it_on_sqlite() {
    a_stream_with_an_append_under_way_is_waited_for_by_who_only_reads_it(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_stream_with_an_append_under_way_is_waited_for_by_who_only_reads_it_on_postgres() {
    a_stream_with_an_append_under_way_is_waited_for_by_who_only_reads_it(Engine::Postgres).await;
}
