//! Facts of every event, kept by a projection, and the figures that are frozen and compared from them.

use std::collections::BTreeSet;

use ledger_core::actor::Role;
use ledger_core::code::CorrectionReason;
use ledger_core::event::{CorrectionEvent, Draft, Event, EventAnnulled, EventCorrected, Metadata};
use ledger_core::id::{EventId, Position, StreamName};
use ledger_core::private::{Private, split};
use ledger_core::store::{Append, EventStore, ExpectedRevision};
use ledger_core::time::{FiscalYear, Occurred};
use ledger_projections::facts::{Kind, Versions};
use ledger_projections::indicators::{
    Amount, Basis, CauseKind, INDICATORS, Scope, changed_of, find, pack,
};
use ledger_projections::views::Views;
use ledger_projections::{catch_up, compare};
use ledger_tests::ledger::{Engine, TestLedger};
use ledger_tests::samples;

/// A ledger to which events are appended one by one, each with its number as its id.
struct Log {
    ledger: TestLedger,
    next: u128,
}

impl Log {
    /// Every sample, the programme's in its own stream, the others in the child's.
    async fn of_samples(engine: Engine) -> Self {
        let mut log = Self {
            ledger: TestLedger::new(engine).await,
            next: 1_000,
        };
        for event in samples::events() {
            log.add(event).await;
        }
        log
    }

    async fn add(&mut self, event: Event) -> EventId {
        let id = EventId::new(samples::uuid(self.next));
        self.next += 1;
        let stream = if matches!(event, Event::Programme(_)) {
            StreamName::programme()
        } else {
            StreamName::child(samples::child())
        };
        let occurred = Occurred::parse("2021-08-06").unwrap();
        let metadata = Metadata {
            role: Role::Staff,
            ..samples::metadata(&event, id, occurred)
        };
        let draft = Draft::new(event, occurred);
        let today = occurred.day().unwrap();
        let codec = &self.ledger.codec;
        let encoded = codec.encode((&stream, id), &draft, &metadata, today).await;
        let append = Append::to(stream, ExpectedRevision::Any, vec![encoded.unwrap()]);
        self.ledger.store.append(append).await.unwrap();
        id
    }

    /// Brings the facts forward and gives the newest position.
    async fn caught_up(&self) -> Position {
        let at = Position::new(u64::try_from(self.next - 1_000).unwrap());
        let ledger = &self.ledger;
        catch_up::catch_up(&*ledger.store, &ledger.views, at, &mut |_, _| {})
            .await
            .unwrap();
        at
    }

    async fn value(&self, id: &str, year: i32, as_at: Option<Position>) -> Amount {
        let ledger = &self.ledger;
        let basis = Basis::read(&*ledger.store, &ledger.facts(), as_at)
            .await
            .unwrap();
        let scope = Scope::of_year(FiscalYear::new(year));
        basis.measure(find(id).unwrap(), scope).value.clone()
    }
}

/// The sample consultation and the id of its event.
fn consultation() -> (EventId, Event) {
    let found = samples::events().into_iter().zip(1_000_u128..);
    let mut found = found.filter(|(event, _)| event.info().name == "consultation-recorded");
    let (event, number) = found.next().unwrap();
    (EventId::new(samples::uuid(number)), event)
}

fn corrected(target: EventId, event: &Event, occurred: &str) -> Event {
    let (payload, private) = split(event.encode().unwrap()).unwrap();
    Event::Correction(CorrectionEvent::Corrected(EventCorrected {
        target,
        target_type: event.info().name.to_owned(),
        schema: event.info().version,
        payload,
        occurred: Some(Occurred::parse(occurred).unwrap()),
        reason: CorrectionReason::WrongDate,
        private_payload: Private::Open(private.unwrap_or_default()),
        explanation: Private::Open(None),
    }))
}

fn annulled(target: EventId) -> Event {
    Event::Correction(CorrectionEvent::Annulled(EventAnnulled {
        target,
        reason: CorrectionReason::Duplicate,
        explanation: Private::Open(None),
    }))
}

async fn every_event_makes_a_fact_that_a_replay_makes_again(engine: Engine) {
    let mut log = Log::of_samples(engine).await;
    let (target, event) = consultation();
    log.add(corrected(target, &event, "2022-04-02")).await;
    log.add(annulled(target)).await;
    let at = log.caught_up().await;
    let ledger = &log.ledger;

    let start = Position::default();
    let facts = Versions::between(&ledger.views, start, at, Kind::ALL)
        .await
        .unwrap();

    let events: BTreeSet<EventId> = facts.facts.iter().map(|fact| fact.event).collect();
    assert_eq!(u64::try_from(events.len()).unwrap(), at.get());
    let some = [Kind::Consultation, Kind::CaseMerged];
    let some = Versions::between(&ledger.views, start, at, &some)
        .await
        .unwrap();
    let kinds: BTreeSet<Kind> = some.facts.iter().map(|fact| fact.kind).collect();
    assert_eq!(kinds.len(), 2, "only the kinds that were asked for");
    let contact = some.facts.iter().filter(|fact| fact.event == target);
    let recorded: BTreeSet<_> = contact
        .map(|fact| (fact.recorded, fact.role.clone()))
        .collect();
    assert_eq!(
        recorded.len(),
        1,
        "a correction keeps when and by whom the event was recorded"
    );
    let scratch = Views::sqlite(&ledger.folder().join("scratch.db")).unwrap();
    let differences =
        compare::compare(&*ledger.store, &ledger.views, &scratch, at, &mut |_, _| {}).await;
    assert_eq!(differences.unwrap().differences, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_makes_a_fact_that_a_replay_makes_again_on_sqlite() {
    every_event_makes_a_fact_that_a_replay_makes_again(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_makes_a_fact_that_a_replay_makes_again_on_postgres() {
    every_event_makes_a_fact_that_a_replay_makes_again(Engine::Postgres).await;
}

/// A date corrected across 31 March moves a contact between years; what was shown before stays, and
/// the correction is named.
async fn figures_stay_as_at_a_position_and_tell_why_they_changed(engine: Engine) -> String {
    let mut log = Log::of_samples(engine).await;
    let (target, event) = consultation();
    let then = log.caught_up().await;
    let scope = Scope::of_year(FiscalYear::new(2021));
    let frozen = pack(&*log.ledger.store, &log.ledger.facts(), scope, then)
        .await
        .unwrap();

    let correction = log.add(corrected(target, &event, "2022-04-02")).await;
    let moved = log.caught_up().await;

    let count = |count| Amount::Count { count };
    assert_eq!(log.value("A-1", 2021, Some(then)).await, count(1));
    assert_eq!(log.value("A-1", 2021, None).await, count(0));
    assert_eq!(log.value("A-1", 2022, None).await, count(1));
    let ledger = &log.ledger;
    let again = pack(&*ledger.store, &ledger.facts(), scope, then)
        .await
        .unwrap();
    assert_eq!(again.canonical().unwrap(), frozen.canonical().unwrap());
    let kept: (&dyn EventStore, _) = (&*ledger.store, &ledger.views);
    let changes = changed_of(INDICATORS, kept, scope, (then, moved))
        .await
        .unwrap();
    let contacts = changes
        .iter()
        .find(|change| change.indicator == "A-1")
        .unwrap();
    let causes: Vec<_> = contacts
        .causes
        .iter()
        .map(|one| (one.event, one.kind))
        .collect();
    assert_eq!(causes, [(correction, CauseKind::Corrected)]);

    log.add(annulled(target)).await;
    log.caught_up().await;
    assert_eq!(log.value("A-1", 2022, None).await, count(0));
    assert_eq!(log.value("A-1", 2022, Some(moved)).await, count(1));
    frozen.digest().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_stay_and_tell_why_they_changed_alike_on_both_engines() {
    let sqlite = figures_stay_as_at_a_position_and_tell_why_they_changed(Engine::Sqlite).await;
    let postgres = figures_stay_as_at_a_position_and_tell_why_they_changed(Engine::Postgres).await;

    assert_eq!(sqlite, postgres, "one digest, whatever the engine");
}
