//! The loop around decisions: idempotent, exact, atomic over streams, on both engines.

use std::sync::Arc;

use ledger_commands::register::{ConsultationRow, Grown, ReferralRow, RegisterRow as _, child_id};
use ledger_commands::{Command, Envelope, ExecuteError, Ledger, Receipt};
use ledger_core::actor::{Actor, Role};
use ledger_core::code::Topic;
use ledger_core::event::{AccessPurpose, Event, Open, Recorded};
use ledger_core::history::History;
use ledger_core::id::{CommandId, LedgerId, Revision, StreamName};
use ledger_core::store::{EventStore, ReadStream};
use ledger_tests::clock::CountedIds;
use ledger_tests::ledger::{Engine, TestLedger};
use serde_json::{Value, json};

/// A ledger with commands over it.
pub(crate) struct Centre {
    pub(crate) test: TestLedger,
    pub(crate) ledger: Ledger,
    pub(crate) ids: CountedIds,
}

impl Centre {
    pub(crate) async fn new(engine: Engine) -> Self {
        let test = TestLedger::new(engine).await;
        let ledger = over(&test);
        let ids = CountedIds::new();
        Self { test, ledger, ids }
    }

    pub(crate) fn envelope(&self) -> Envelope {
        let actor = Actor::new("staff-1").unwrap();
        Envelope::new(self.ids.next(CommandId::new), actor, Role::Staff)
    }

    pub(crate) fn command(&self, json: Value) -> Command {
        Command::read(json, self.test.id, self.ids.next(CommandId::new)).unwrap()
    }

    async fn does(&self, json: Value) -> Receipt {
        let command = self.command(json);
        self.ledger
            .execute(&command, &self.envelope())
            .await
            .unwrap()
    }

    async fn refuses(&self, json: Value) -> &'static str {
        let command = self.command(json);
        let refused = self.ledger.execute(&command, &self.envelope()).await;
        match refused {
            Err(ExecuteError::Rejected(rejection)) => rejection.code(),
            other => panic!("not refused: {other:?}"),
        }
    }

    pub(crate) async fn register(&self, number: &str) -> Receipt {
        self.does(json!({
            "command": "register-child", "number": number, "occurred": "2021-08-02",
            "name": "見本　花子", "birth_date": "2019-10-15", "area": "kitazawa",
        }))
        .await
    }

    async fn history(&self, stream: &StreamName) -> History {
        let mut history = History::default();
        for recorded in self.events(stream).await {
            history.push(recorded).unwrap();
        }
        history
    }

    pub(crate) async fn events(&self, stream: &StreamName) -> Vec<Recorded> {
        let read = ReadStream::whole(stream.clone());
        let page = self.test.store.read_stream(&read).await.unwrap();
        assert_eq!(page.next, None);
        let mut events = Vec::new();
        for stored in page.events.iter() {
            events.push(self.test.codec.decode(stored, Open::All).await.unwrap());
        }
        events
    }

    pub(crate) fn child(&self, number: &str) -> StreamName {
        StreamName::child(child_id(self.test.id, number))
    }
}

/// Another program over the same log and keys.
fn over(test: &TestLedger) -> Ledger {
    let store: Arc<dyn EventStore> = test.shared();
    let clock = Arc::new(test.clock.clone());
    Ledger::new(store, test.codec.clone(), clock, test.id)
}

fn consultation(children: &[&str], topic: &str) -> Value {
    json!({
        "command": "record-consultation", "children": children, "occurred": "2021-08-06T16:10",
        "consulter": "guardian", "channel": "phone", "topics": [topic],
        "content": "在宅生活の不安について。",
    })
}

fn row(ledger: LedgerId, number: u32) -> (ConsultationRow, CommandId) {
    let row = ConsultationRow {
        number: format!("S{number:05}"),
        day: "2021-08-06".parse().unwrap(),
        time: None,
        child: Some("C001".to_owned()),
        name: None,
        area: None,
        consulter: "guardian".parse().ok(),
        channel: "phone".parse().ok(),
        topics: vec![Topic::Respite],
        content: Some("見本の内容".to_owned()),
        action: None,
        staff: None,
        duration_minutes: None,
        flags: Vec::new(),
    };
    let command = row.command(ledger);
    (row, command)
}

async fn the_same_command_twice_gives_the_first_receipt(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    let command = centre.command(consultation(&["C001"], "respite"));
    let envelope = centre.envelope();

    let first = centre.ledger.execute(&command, &envelope).await.unwrap();
    let second = centre.ledger.execute(&command, &envelope).await.unwrap();
    let other = over(&centre.test)
        .execute(&command, &envelope)
        .await
        .unwrap();

    assert!(!first.repeated);
    let repeated = Receipt {
        repeated: true,
        ..first.clone()
    };
    assert_eq!(second, repeated);
    assert_eq!(other, repeated);
    assert_eq!(centre.events(&first.streams[0].stream).await.len(), 2);
}

async fn a_command_that_was_taken_is_not_refused_when_it_comes_again(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    let change = json!({
        "command": "change-profile", "child": "C001", "occurred": "2022-04-01",
        "field": "area", "old": "kitazawa", "new": "kinuta",
    });
    let (command, envelope) = (centre.command(change), centre.envelope());
    let first = over(&centre.test)
        .execute(&command, &envelope)
        .await
        .unwrap();

    let again = centre.ledger.execute(&command, &envelope).await.unwrap();

    assert_eq!(again.events, first.events);
    assert!(again.repeated);
}

/// What is kept of a command's id in memory is shorter than the id: the stream has the last word.
async fn two_commands_that_look_alike_in_memory_are_both_taken(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    let id = CommandId::new(ledger_tests::samples::uuid(70));
    let (high, low) = id.uuid().as_u64_pair();
    let alike = CommandId::new(uuid::Uuid::from_u64_pair(high ^ 1, low ^ 1));
    let actor = Actor::new("staff-1").unwrap();
    let envelope = |id| Envelope::new(id, actor.clone(), Role::Staff);

    let first = centre.command(consultation(&["C001"], "respite"));
    let other = centre.command(consultation(&["C001"], "clinic"));
    let first = centre.ledger.execute(&first, &envelope(id)).await.unwrap();
    let second = centre.ledger.execute(&other, &envelope(alike)).await;

    assert!(!second.unwrap().repeated);
    assert_eq!(centre.events(&first.streams[0].stream).await.len(), 3);
}

async fn writers_that_race_for_one_person_all_get_their_turn(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    let others = [over(&centre.test), over(&centre.test), over(&centre.test)];
    let commands = [0, 1, 2].map(|_| {
        let command = centre.command(consultation(&["C001"], "respite"));
        (command, centre.envelope())
    });

    let racing = others.iter().zip(&commands);
    let racing = racing.map(|(ledger, (command, envelope))| ledger.execute(command, envelope));
    let receipts = futures::future::join_all(racing).await;

    let mut revisions: Vec<Revision> = receipts
        .into_iter()
        .map(|receipt| receipt.unwrap().streams[0].revision)
        .collect();
    revisions.sort();
    assert_eq!(revisions, [1, 2, 3].map(Revision::new));
}

async fn a_refusal_rests_on_the_stream_and_not_on_what_was_remembered(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    let child = json!({"command": "start-care-procedure", "child": "C001",
        "occurred": "2021-08-06", "procedure": "suction"});
    let other = over(&centre.test);
    other
        .execute(&centre.command(child), &centre.envelope())
        .await
        .unwrap();

    let ended = centre
        .does(json!({"command": "end-care-procedure", "child": "C001",
            "occurred": "2021-09-06", "procedure": "suction"}))
        .await;

    assert_eq!(ended.streams[0].revision, Revision::new(2));
}

async fn a_consultation_about_siblings_is_written_for_all_or_for_none(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    centre.register("C002").await;

    let refused = centre
        .refuses(consultation(&["C001", "C002", "C999"], "family"))
        .await;
    let taken = centre.does(consultation(&["C001", "C002"], "family")).await;

    assert_eq!(refused, "UNKNOWN_PERSON");
    assert_eq!(taken.events.len(), 2);
    let (one, two) = (centre.child("C001"), centre.child("C002"));
    let (one, two) = (centre.events(&one).await, centre.events(&two).await);
    assert_eq!((one.len(), two.len()), (2, 2));
    assert_eq!(one[1].event, two[1].event);
    assert_eq!(one[1].position.plus(1), two[1].position);
    assert_eq!(two[1].position, taken.position());
}

async fn a_consultation_moves_to_the_right_person_at_once(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    centre.register("C002").await;
    let recorded = centre.does(consultation(&["C001"], "respite")).await;

    let moved = centre
        .does(json!({"command": "reassign-event", "child": "C001",
            "target": recorded.events[0], "to": "C002", "reason": "wrong-person"}))
        .await;

    let from = centre.history(&centre.child("C001")).await;
    let to = centre.history(&centre.child("C002")).await;
    assert!(!from.find(recorded.events[0]).unwrap().stands());
    let there = to.find(moved.events[1]).unwrap();
    assert_eq!(
        there.event(),
        &from.find(recorded.events[0]).unwrap().recorded.event
    );
    let subjects = &there.recorded.metadata.subjects;
    assert_eq!(subjects[0].kind, "reassigned-from");
    assert_eq!(subjects[0].id, child_id(centre.test.id, "C001").to_string());
    let again = json!({"command": "reassign-event", "child": "C001",
        "target": recorded.events[0], "to": "C002", "reason": "wrong-person"});
    assert_eq!(centre.refuses(again).await, "STALE_TARGET");
}

async fn a_correction_counts_for_the_next_decision(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    let started = centre
        .does(json!({"command": "start-care-procedure", "child": "C001",
            "occurred": "2021-08-06", "procedure": "ventilator", "device": "見本の機器"}))
        .await;
    let draft = json!({"command": "draft-disaster-plan", "child": "C001",
        "occurred": "2021-09-01", "office": "centre"});
    assert_eq!(centre.refuses(draft.clone()).await, "VENTILATOR_NOT_CENTRE");

    let corrected = centre
        .does(
            json!({"command": "correct-event", "stream": started.streams[0].stream,
            "target": started.events[0], "clear": {"procedure": "oxygen"}, "reason": "typo"}),
        )
        .await;
    centre.does(draft).await;

    let history = centre.history(&started.streams[0].stream).await;
    let entry = history.find(started.events[0]).unwrap();
    assert_eq!(entry.corrections[0].by, corrected.events[0]);
    let Event::Profile(ledger_core::event::ProfileEvent::ProcedureStarted(now)) = entry.event()
    else {
        panic!("the type stays");
    };
    assert_eq!(now.procedure.code(), "oxygen");
    assert_eq!(now.device.text(), Some("見本の機器"));
}

async fn submitted_rows_are_written_in_their_order_and_known_to_the_next(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    let mut pending = Vec::new();

    for number in 0..60 {
        let (row, command) = row(centre.test.id, number);
        let mut envelope = centre.envelope();
        envelope.command = command;
        pending.push(centre.ledger.submit(&row, &envelope).await.unwrap());
        // The same row once more, before its answer has come.
        if number == 30 {
            pending.push(centre.ledger.submit(&row, &envelope).await.unwrap());
        }
    }
    let mut receipts = Vec::new();
    for pending in pending {
        receipts.push(pending.wait().await.unwrap());
    }

    let again = receipts.remove(31);
    assert!(again.repeated);
    assert_eq!(again.position(), receipts[30].position());
    let positions: Vec<u64> = receipts
        .iter()
        .map(|receipt| receipt.position().get())
        .collect();
    let wanted: Vec<u64> = (2..62).collect();
    assert_eq!(positions, wanted);
    assert_eq!(receipts[59].streams[0].revision, Revision::new(60));
}

async fn a_submitted_growth_sees_what_was_submitted_before_it(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    let mut referral = ReferralRow {
        number: "F0001".to_owned(),
        child: Some("C001".to_owned()),
        made_on: "2021-09-10".parse().unwrap(),
        area: "kitazawa".parse().ok(),
        section: "health-welfare".parse().ok(),
        request: None,
        urgency: None,
        received_on: None,
        accepted_on: None,
        declined_on: None,
        decline_reason: None,
        completed_on: None,
        outcome: None,
        feedback: None,
        flags: Vec::new(),
    };
    let before = referral.filled();
    let mut envelope = centre.envelope();
    envelope.command = referral.command(centre.test.id);
    let made = centre.ledger.submit(&referral, &envelope).await.unwrap();

    referral.request = Some("手当の案内".to_owned());
    referral.received_on = "2021-09-16".parse().ok();
    let grown = Grown::new(referral, &before);
    envelope.command = grown.command(centre.test.id);
    let grown = centre.ledger.submit(&grown, &envelope).await.unwrap();
    let (row, command) = row(centre.test.id, 1);
    envelope.command = command;
    let next = centre.ledger.submit(&row, &envelope).await.unwrap();

    assert_eq!(made.wait().await.unwrap().events.len(), 1);
    assert_eq!(grown.wait().await.unwrap().events.len(), 2);
    assert_eq!(
        next.wait().await.unwrap().streams[0].revision,
        Revision::new(4)
    );
}

async fn a_submitted_command_that_lost_a_race_is_executed_anew(engine: Engine) {
    let centre = Centre::new(engine).await;
    centre.register("C001").await;
    let other = over(&centre.test);
    let command = centre.command(consultation(&["C001"], "respite"));
    other.execute(&command, &centre.envelope()).await.unwrap();
    let (first, second) = (row(centre.test.id, 1), row(centre.test.id, 2));
    let envelope = |command| Envelope {
        command,
        ..centre.envelope()
    };
    let (one, two) = (envelope(first.1), envelope(second.1));

    // This ledger remembers the person as registered and nothing more.
    let lost = centre.ledger.submit(&first.0, &one).await.unwrap();
    let after = centre.ledger.submit(&second.0, &two).await.unwrap();

    assert!(matches!(lost.wait().await, Err(ExecuteError::Append(_))));
    // The next one rests on the stream as it is, and not on what was lost.
    assert_eq!(
        after.wait().await.unwrap().streams[0].revision,
        Revision::new(2)
    );
    let again = centre.ledger.execute(&first.0, &one).await.unwrap();
    assert_eq!(
        (again.streams[0].revision, again.repeated),
        (Revision::new(3), false)
    );
}

async fn opening_text_is_an_event_of_the_day_in_japan(engine: Engine) {
    let centre = Centre::new(engine).await;
    let child = centre.register("C001").await.streams[0].stream.clone();
    let mut envelope = centre.envelope();
    envelope.role = Role::Manager;

    let opened = centre
        .ledger
        .record_access(&child, AccessPurpose::Timeline, &envelope);
    let opened = opened.await.unwrap();

    assert_eq!(opened.streams[0].stream.as_str(), "access-2024-04-01");
    let events = centre.events(&opened.streams[0].stream).await;
    assert_eq!(events[0].id, opened.events[0]);
    assert_eq!(events[0].metadata.actor.as_str(), "staff-1");
}

/// One test a promise and engine.
macro_rules! on_both_engines {
    ($($promise:ident,)+) => {
        mod sqlite { use super::*; $(
            #[tokio::test]
            async fn $promise() { super::$promise(Engine::Sqlite).await; }
        )+ }
        mod postgres { use super::*; $(
            #[tokio::test]
            async fn $promise() { super::$promise(Engine::Postgres).await; }
        )+ }
    };
}

on_both_engines! {
    the_same_command_twice_gives_the_first_receipt,
    a_command_that_was_taken_is_not_refused_when_it_comes_again,
    two_commands_that_look_alike_in_memory_are_both_taken,
    writers_that_race_for_one_person_all_get_their_turn,
    a_refusal_rests_on_the_stream_and_not_on_what_was_remembered,
    a_consultation_about_siblings_is_written_for_all_or_for_none,
    a_consultation_moves_to_the_right_person_at_once,
    a_correction_counts_for_the_next_decision,
    submitted_rows_are_written_in_their_order_and_known_to_the_next,
    a_submitted_growth_sees_what_was_submitted_before_it,
    a_submitted_command_that_lost_a_race_is_executed_anew,
    opening_text_is_an_event_of_the_day_in_japan,
}
