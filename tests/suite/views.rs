//! Kept projections while several programs look at them, and while they are built anew.

use std::ops::Range;

use futures::future::join_all;
use ledger_core::id::{EventType, Position};
use ledger_core::store::{
    Append, AppendError, Deliveries, EventPage, EventStore, ExpectedRevision, Followed, Head,
    LedgerStore, PendingAppend, ReadAll, ReadError, ReadStream,
};
use ledger_projections::compare::compare;
use ledger_projections::event_index::EventIndex;
use ledger_projections::facts::{FactReader, Facts};
use ledger_projections::generation::{Generation, generations};
use ledger_projections::projection::{Batch, Fold, Projection, Seen};
use ledger_projections::rebuild::rebuild;
use ledger_projections::runner::RunError;
use ledger_projections::views::{Statement, Table, Value, Views, ViewsError};
use ledger_projections::{catch_up, figures, registry};
use ledger_tests::conformance::{append, event};
use ledger_tests::ledger::{Engine, TestLedger, address};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// The views once more, as another process opens them.
fn opened_again(ledger: &TestLedger) -> Views {
    match ledger.database() {
        None => Views::sqlite(&ledger.folder().join("log.db")).unwrap(),
        Some(database) => {
            let role = format!("{}_app", database.name());
            Views::postgres(&address(database, &database.url_as(&role))).unwrap()
        },
    }
}

/// A ledger of this many registrations, without views.
async fn ledger(engine: Engine, persons: u32) -> TestLedger {
    let ledger = TestLedger::new(engine).await;
    register(&ledger, 0..persons).await;
    ledger
}

/// A registration for each number.
pub(crate) async fn register(ledger: &TestLedger, numbers: Range<u32>) {
    for n in numbers {
        let id = ledger_tests::samples::uuid(5_000 + u128::from(n));
        let mut new = event(format!(r#"{{"child":"{id}","number":"C{n}"}}"#).as_bytes());
        new.event_type = EventType::new("child-registered").unwrap();
        new.metadata = bytes::Bytes::from(metadata(id));
        append(
            &*ledger.store,
            &format!("child-{id}"),
            ExpectedRevision::NoStream,
            vec![new],
        )
        .await;
    }
}

/// What stands beside each event, in the ledger's form.
fn metadata(id: uuid::Uuid) -> String {
    format!(
        r#"{{"$causationId":"{id}","$correlationId":"{id}","actor":"test:mihon","command":"{id}","occurred":{{"at":"2022-04-01","precision":"day"}},"role":"staff","schema":1}}"#
    )
}

async fn persons(views: &Views) -> u64 {
    let day = "2022-04-01".parse().unwrap();
    figures::figures_on(&FactReader::once(views.clone()), day, None)
        .await
        .unwrap()
        .count("persons")
        .unwrap()
        .try_into()
        .unwrap()
}

async fn live(views: &Views, name: &str) -> Generation {
    let all = generations(views).await.unwrap();
    let mut own = all.into_iter().filter(|one| one.name == name && one.live);
    let found = own.next().unwrap();
    assert_eq!(own.next(), None, "one live generation");
    found
}

async fn four_openings_catch_up_from_nothing_at_once(engine: Engine) {
    let ledger = ledger(engine, 40).await;
    let head = ledger.store.head().await.unwrap().position;
    let views: Vec<Views> = (0..4).map(|_| opened_again(&ledger)).collect();

    let work = views.iter().map(|views| async {
        catch_up::catch_up(&*ledger.store, views, head, &mut |_, _| {}).await
    });
    for done in join_all(work).await {
        done.unwrap();
    }

    assert_eq!(live(&ledger.views, "facts").await.position, head);
    let kept = generations(&ledger.views).await.unwrap();
    assert_eq!(kept.len(), registry::ALL.len());
    assert_eq!(persons(&ledger.views).await, 40);
    is_what_the_log_makes(&ledger).await;
}

/// Every row of every projection is what the log makes of it.
pub(crate) async fn is_what_the_log_makes(ledger: &TestLedger) {
    let folder = tempfile::tempdir().unwrap();
    let scratch = Views::sqlite(&folder.path().join("scratch.db")).unwrap();
    let head = ledger.store.head().await.unwrap().position;
    let (store, views, mut quiet) = (&*ledger.store, &ledger.views, |_, _| {});
    let compared = compare(store, views, &scratch, head, &mut quiet)
        .await
        .unwrap();
    assert_eq!((compared.differences, compared.lags), (vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn four_openings_catch_up_from_nothing_at_once_on_both_engines() {
    for engine in ENGINES {
        four_openings_catch_up_from_nothing_at_once(engine).await;
    }
}

async fn two_rebuild_at_once(engine: Engine) {
    let ledger = ledger(engine, 40).await;
    let head = ledger.store.head().await.unwrap().position;
    catch_up::catch_up(&*ledger.store, &ledger.views, head, &mut |_, _| {})
        .await
        .unwrap();
    let views = [opened_again(&ledger), opened_again(&ledger)];

    let work = views.iter().map(|views| async {
        rebuild(&*ledger.store, views, &[&Facts], head, &mut |_, _| {}).await
    });
    for done in join_all(work).await {
        done.unwrap();
    }

    let made = live(&ledger.views, "facts").await;
    assert!(made.number > 1 && made.position == head, "{made:?}");
    let kept = generations(&ledger.views).await.unwrap();
    assert_eq!(kept.len(), registry::ALL.len());
    assert_eq!(persons(&ledger.views).await, 40);
    is_what_the_log_makes(&ledger).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_rebuilds_at_once_end_well_on_both_engines() {
    for engine in ENGINES {
        two_rebuild_at_once(engine).await;
    }
}

/// The live version may have gone on while another was built; what was read is not taken back.
#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_never_takes_back_what_the_live_version_knows() {
    for engine in ENGINES {
        let ledger = ledger(engine, 40).await;
        let head = ledger.store.head().await.unwrap().position;
        catch_up::catch_up(&*ledger.store, &ledger.views, head, &mut |_, _| {})
            .await
            .unwrap();
        let earlier = Position::new(head.get() / 2);

        rebuild(
            &*ledger.store,
            &ledger.views,
            &[&Facts],
            earlier,
            &mut |_, _| {},
        )
        .await
        .unwrap();

        let made = live(&ledger.views, "facts").await;
        assert!(made.number > 1 && made.position == head, "{made:?}");
        assert_eq!(persons(&ledger.views).await, 40);
    }
}

/// The facts under a later version.
struct NewerFacts;

#[async_trait::async_trait]
impl Projection for NewerFacts {
    fn name(&self) -> &'static str {
        Facts.name()
    }
    fn version(&self) -> i64 {
        Facts.version() + 1
    }
    fn schema(&self) -> &'static [&'static str] {
        Facts.schema()
    }
    fn discard(&self) -> &'static [&'static str] {
        Facts.discard()
    }
    fn listing(&self) -> &'static str {
        Facts.listing()
    }
    fn is_versioned(&self) -> bool {
        true
    }
    async fn begin(&self, views: &Views, generation: i64) -> Result<Box<dyn Fold>, ViewsError> {
        Facts.begin(views, generation).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_version_is_built_beside_the_live_one_and_an_interrupted_build_goes_on() {
    for engine in ENGINES {
        let ledger = ledger(engine, 10).await;
        let head = ledger.store.head().await.unwrap().position;
        catch_up::catch_up(&*ledger.store, &ledger.views, head, &mut |_, _| {})
            .await
            .unwrap();
        // As a build leaves it that was killed behind the fourth event; its rows are left out here,
        // so that it shows where the build goes on.
        let begun = "INSERT INTO projection (name, generation, version, position, state) VALUES ('facts', 2, $1, 4, 'building')";
        let version = vec![Value::from(NewerFacts.version())];
        let tables = Facts.schema().iter();
        let tables = tables.map(|sql| Statement::on(2, sql, Vec::new()));
        let batch = [Statement::on(0, begun, version)].into_iter().chain(tables);
        ledger.views.write(batch.collect()).await.unwrap();
        assert_eq!(persons(&ledger.views).await, 10, "the live version answers");

        rebuild(
            &*ledger.store,
            &ledger.views,
            &[&NewerFacts],
            head,
            &mut |_, _| {},
        )
        .await
        .unwrap();

        let newer = live(&ledger.views, "facts").await;
        assert_eq!(
            (newer.number, newer.version, newer.position),
            (2, NewerFacts.version(), head)
        );
        assert_eq!(persons(&ledger.views).await, 6);
        let old = ledger.views.prepare(1, "SELECT kind FROM facts_@g@").await;
        assert!(old.is_err(), "the old tables are gone");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poisoned_event_is_named_and_what_was_live_still_answers() {
    for engine in ENGINES {
        let ledger = ledger(engine, 3).await;
        let head = ledger.store.head().await.unwrap().position;
        catch_up::catch_up(&*ledger.store, &ledger.views, head, &mut |_, _| {})
            .await
            .unwrap();
        let mut poison = event(b"[]");
        poison.event_type = EventType::new("child-registered").unwrap();
        append(
            &*ledger.store,
            "child-x",
            ExpectedRevision::Any,
            vec![poison],
        )
        .await;

        let to = ledger.store.head().await.unwrap().position;
        let stopped = catch_up::catch_up(&*ledger.store, &ledger.views, to, &mut |_, _| {}).await;

        assert!(
            matches!(stopped, Err(RunError::Poisoned { position, .. }) if position == to),
            "{stopped:?}"
        );
        let fault = live(&ledger.views, "facts").await.fault.unwrap();
        assert!(fault.starts_with(&format!("{to}:")), "{fault}");
        assert_eq!(persons(&ledger.views).await, 3);
        // What does not look into events goes on.
        let index = live(&ledger.views, "event_index").await;
        assert_eq!((index.position, index.fault), (to, None));
    }
}

static PICKY: Table = Table {
    insert: "INSERT INTO picky_@g@ (number) VALUES ($1)",
    copy: "COPY picky_@g@ (number) FROM STDIN (FORMAT binary)",
};

/// A projection whose table takes every event but the one at position 5, whatever it says.
struct Picky;

#[async_trait::async_trait]
impl Projection for Picky {
    fn name(&self) -> &'static str {
        "picky"
    }
    fn version(&self) -> i64 {
        1
    }
    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE picky_@g@ (number bigint CHECK (number <> 5))"]
    }
    fn discard(&self) -> &'static [&'static str] {
        &["DROP TABLE picky_@g@"]
    }
    fn listing(&self) -> &'static str {
        "SELECT CAST(number AS text), number FROM picky_@g@ WHERE CAST(number AS text) > $1 LIMIT $2"
    }
    fn is_versioned(&self) -> bool {
        false
    }
    fn reads_content(&self) -> bool {
        false
    }
    async fn begin(&self, _: &Views, _: i64) -> Result<Box<dyn Fold>, ViewsError> {
        Ok(Box::new(Self))
    }
}

impl Fold for Picky {
    fn event(&mut self, seen: &Seen<'_>, batch: &mut Batch) {
        batch.insert(&PICKY, vec![Value::from(seen.stored.position.as_i64())]);
    }
}

/// Appends an event of the ledger's own that cannot be understood.
async fn poison(ledger: &TestLedger) {
    let mut poison = event(b"[]");
    poison.event_type = EventType::new("child-registered").unwrap();
    let none = ExpectedRevision::Any;
    append(&*ledger.store, "child-x", none, vec![poison]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_build_behind_a_poisoned_event_switches_what_does_not_read_it() {
    for engine in ENGINES {
        let ledger = ledger(engine, 3).await;
        poison(&ledger).await;
        let (store, views, mut quiet) = (&*ledger.store, &ledger.views, |_, _| {});
        let to = store.head().await.unwrap().position;

        for _ in 0..2 {
            let stopped = catch_up::catch_up(store, views, to, &mut quiet).await;
            assert!(
                matches!(stopped, Err(RunError::Poisoned { .. })),
                "{stopped:?}"
            );
            assert_eq!(live(views, "event_index").await.position, to);
        }
        let of_facts = async || {
            let all = generations(views).await.unwrap();
            all.into_iter().find(|one| one.name == "facts").unwrap()
        };
        let stopped = of_facts().await;
        assert!(!stopped.live && stopped.fault.is_some(), "{stopped:?}");
        // Asked for by name, it is begun anew instead of met again where it stopped.
        let again = rebuild(store, views, &[&Facts], to, &mut quiet).await;
        assert!(matches!(again, Err(RunError::Poisoned { .. })), "{again:?}");
        let index = catch_up::catch_up_for(store, views, &EventIndex, to, &mut quiet).await;
        index.unwrap();
        let facts = catch_up::catch_up_for(store, views, &Facts, to, &mut quiet).await;
        assert!(facts.is_err(), "facts are not there");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poisoned_event_is_told_though_another_projection_stops_behind_it() {
    for engine in ENGINES {
        let ledger = ledger(engine, 2).await;
        poison(&ledger).await;
        for _ in 0..4 {
            append(
                &*ledger.store,
                "else",
                ExpectedRevision::Any,
                vec![event(b"{}")],
            )
            .await;
        }
        let head = ledger.store.head().await.unwrap().position;
        let both: [&dyn Projection; 2] = [&Facts, &Picky];

        let stopped = rebuild(&*ledger.store, &ledger.views, &both, head, &mut |_, _| {}).await;

        assert!(
            matches!(stopped, Err(RunError::Poisoned { position, .. }) if position.get() == 3),
            "{stopped:?}"
        );
        let all = generations(&ledger.views).await.unwrap();
        let places = all
            .iter()
            .map(|one| (one.name.as_str(), one.position.get(), one.live));
        assert_eq!(
            places.collect::<Vec<_>>(),
            [("facts", 2, false), ("picky", 4, false)]
        );
        assert!(all.iter().all(|one| one.fault.is_some()), "{all:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_stops_its_projection_alone() {
    for engine in ENGINES {
        let ledger = ledger(engine, 9).await;
        let head = ledger.store.head().await.unwrap().position;
        let both: [&dyn Projection; 2] = [&Facts, &Picky];

        let stopped = rebuild(&*ledger.store, &ledger.views, &both, head, &mut |_, _| {}).await;

        let Err(RunError::Unwritten {
            position,
            projection,
            ..
        }) = stopped
        else {
            panic!("{stopped:?}");
        };
        assert_eq!((position.get(), projection.as_str()), (5, "picky"));
        let all = generations(&ledger.views).await.unwrap();
        let picky = all.iter().find(|one| one.name == "picky").unwrap();
        assert!(!picky.live);
        assert_eq!(picky.position.get(), 4);
        assert!(picky.fault.as_ref().unwrap().starts_with("5: "));
        let facts = live(&ledger.views, "facts").await;
        assert_eq!((facts.position, facts.fault), (head, None));
        assert_eq!(persons(&ledger.views).await, 9);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_the_generations_makes_no_table() {
    for engine in ENGINES {
        let ledger = TestLedger::new(engine).await;

        assert_eq!(generations(&ledger.views).await.unwrap(), []);
        let there = ledger.views.prepare(0, "SELECT name FROM projection").await;

        assert!(there.is_err(), "nothing was made");
    }
}

/// A store that counts the pages that are read of streams.
struct Counted {
    store: std::sync::Arc<dyn LedgerStore>,
    pages: std::sync::atomic::AtomicUsize,
}

#[async_trait::async_trait]
impl EventStore for Counted {
    async fn submit(&self, append: Append) -> Result<PendingAppend, AppendError> {
        self.store.submit(append).await
    }
    async fn read_stream(&self, read: &ReadStream) -> Result<EventPage, ReadError> {
        self.pages.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        self.store.read_stream(read).await
    }
    async fn read_all(&self, _read: &ReadAll) -> Result<EventPage, ReadError> {
        panic!("a timeline reads its own stream alone")
    }
    async fn head(&self) -> Result<Head, ReadError> {
        self.store.head().await
    }
    async fn follow(&self, followed: Followed) -> Result<Deliveries, ReadError> {
        self.store.follow(followed).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_of_two_thousand_events_is_one_read_of_its_stream() {
    for engine in ENGINES {
        let ledger = ledger(engine, 1).await;
        let id = ledger_tests::samples::uuid(5_000);
        let stream = format!("child-{id}");
        for _ in 0..3 {
            let many = ledger_tests::conformance::events(999);
            let many = many.into_iter().map(|mut new| {
                new.event_type = EventType::new("mobility-assessed").unwrap();
                new.data = bytes::Bytes::from_static(b"{}");
                new.metadata = bytes::Bytes::from(metadata(id));
                new
            });
            append(
                &*ledger.store,
                &stream,
                ExpectedRevision::Any,
                many.collect(),
            )
            .await;
        }
        let store = Counted {
            store: ledger.shared(),
            pages: 0.into(),
        };
        let name = ledger_core::id::StreamName::new(&stream).unwrap();

        let at = Some(Position::new(2_000));
        let read = ledger_app::reading::history(&store, &ledger.codec, &name, at).await;

        assert_eq!(read.unwrap().entries().len(), 2_000);
        assert_eq!(store.pages.into_inner(), 1);
    }
}
