//! A simulated trial: same seed, same ledger on both engines; every event type, every role.

use std::collections::BTreeSet;
use std::sync::Arc;

use ledger_app::lang::Lang;
use ledger_app::render::breakdown;
use ledger_app::simulate::{Options, PlayError, Played, PlayedRandom, Stage, count, play};
use ledger_commands::Ledger;
use ledger_core::event::{Codec, Event, Metadata};
use ledger_core::id::Position;
use ledger_core::seal::{
    CachedKeys, KeyEncryptionKey, Randomness, Sealer, SqliteKeys, SystemRandom,
};
use ledger_core::store::audit::audit;
use ledger_core::store::{ReadAll, StoredEvent};
use ledger_core::time::FiscalYear;
use ledger_projections::catch_up::catch_up;
use ledger_projections::indicators::{Pack, Scope, pack};
use ledger_tests::ledger::{Engine, TestLedger};

/// A small trial over the whole of the paper's period.
fn options(children: u32, seed: u64) -> Options {
    Options {
        children,
        from: "2021-08-01".parse().unwrap(),
        to: "2024-03-01".parse().unwrap(),
        seed,
    }
}

/// A smaller one, over its first year.
fn first_year(seed: u64) -> Options {
    Options {
        to: "2022-03-01".parse().unwrap(),
        ..options(8, seed)
    }
}

/// A play in a ledger of its own.
async fn played(engine: Engine, options: Options) -> (TestLedger, Played) {
    let ledger = TestLedger::new(engine).await;
    let done = play_in(&ledger, options).await;
    (ledger, done.unwrap_or_else(|error| panic!("{error}")))
}

async fn play_in(ledger: &TestLedger, options: Options) -> Result<Played, PlayError> {
    let store = ledger.shared();
    let clock = ledger.clock.clone();
    let given = Arc::new(clock.clone());
    let codec = seeded(ledger, options.seed).await;
    let executes = Ledger::new(store.clone(), codec, given, ledger.id);
    let stage = Stage {
        ledger: &executes,
        store: store.as_ref(),
        views: &ledger.views,
        set_clock: &|moment| clock.set(moment),
    };
    play(stage, &options, &mut |_, _| {}).await
}

/// A codec whose keys and nonces follow from a seed.
async fn seeded(ledger: &TestLedger, seed: u64) -> Codec {
    let random: Arc<dyn Randomness> = Arc::new(PlayedRandom::of(seed));
    let (kek, keys) = (format!("{seed}.kek"), format!("{seed}.keys"));
    let folder = ledger.folder();
    let kek = KeyEncryptionKey::create(&folder.join(kek), ledger.id, &SystemRandom).unwrap();
    let keys = SqliteKeys::create_file(&folder.join(keys), kek, Arc::clone(&random)).await;
    let keys = Arc::new(CachedKeys::new(Arc::new(keys.unwrap())));
    Codec::new(Sealer::new(ledger.id, keys, random))
}

/// Every event of a ledger.
async fn events(ledger: &TestLedger) -> Vec<StoredEvent> {
    let mut events = Vec::new();
    let mut read = ReadAll::after(Position::default());
    loop {
        let page = ledger.store.read_all(&read).await.unwrap();
        events.extend(page.events.iter().cloned());
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => return events,
        }
    }
}

/// All that is stored of every event, a line each.
async fn lines(ledger: &TestLedger) -> Vec<String> {
    let line = |event: StoredEvent| {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        format!(
            "{} {} {} {} {} {} {} {} {:?}",
            event.position,
            event.stream,
            event.revision,
            event.id,
            event.event_type,
            event.recorded_at,
            text(&event.data),
            text(&event.metadata),
            event.sealed.as_deref().map(hex::encode),
        )
    };
    events(ledger).await.into_iter().map(line).collect()
}

#[tokio::test]
async fn a_small_trial_plays_every_event_type_in_every_role_and_verifies() {
    let (ledger, done) = played(Engine::Sqlite, options(30, 2)).await;

    let events = events(&ledger).await;
    let counts = count(&*ledger.store).await.unwrap();
    assert_eq!(done.head.get(), u64::try_from(events.len()).unwrap());
    assert_eq!(counts.types.values().sum::<u64>(), done.head.get());
    assert_eq!(counts.categories.values().sum::<u64>(), done.head.get());
    let known = Event::types().into_iter().map(|info| info.name);
    let missing: Vec<&str> = known
        .filter(|name| !counts.types.contains_key(*name))
        .collect();
    // Nothing is left out: a type that comes new asks for its scene here.
    assert_eq!(missing, Vec::<&str>::new());
    let metadata = events
        .iter()
        .map(|it| serde_json::from_slice::<Metadata>(&it.metadata).unwrap());
    let roles: BTreeSet<String> = metadata.map(|it| format!("{:?}", it.role)).collect();
    assert_eq!(roles.len(), 7, "{roles:?}");
    let audited = audit(&*ledger.store, None, None, &mut |_, _| {})
        .await
        .unwrap();
    assert!(audited.fault.is_none());
    catch_up(&*ledger.store, &ledger.views, done.head, &mut |_, _| {})
        .await
        .unwrap();
    let scope = Scope::of_year(FiscalYear::new(2022));
    let frozen = pack(&*ledger.store, &ledger.facts(), scope, done.head).await;
    let frozen = frozen.unwrap();
    for id in [
        "A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "C-1", "D-1", "H-1", "I-1",
    ] {
        let entry = frozen.figures.iter().find(|entry| entry.indicator == id);
        assert!(entry.unwrap().n > 0, "{id}");
    }
    for year in [2021, 2022, 2023] {
        let scope = Scope::of_year(FiscalYear::new(year));
        let pack = pack(&*ledger.store, &ledger.facts(), scope, done.head).await;
        told_in_japanese(&pack.unwrap());
    }
}

/// Every row of every breakdown has Japanese words; facilities go by their names, rules by their ids.
fn told_in_japanese(pack: &Pack) {
    for entry in &pack.figures {
        for line in &entry.lines {
            let parts = line.key.split('/').map(str::to_owned);
            let ids = parts.filter(|part| part.parse::<uuid::Uuid>().is_ok());
            let names = ids.map(|id| (id, "見本園".to_owned())).collect();
            let told = breakdown(&line.key, &names, Lang::Ja).replace("CR-", "");
            let raw = told.chars().any(|c| c.is_ascii_alphabetic());
            assert!(!raw, "{}: {} is told as {told}", entry.indicator, line.key);
        }
    }
}

/// What was frozen for a meeting is what anybody counts again at that position.
#[tokio::test]
async fn a_meetings_frozen_figures_are_counted_again_from_the_log() {
    let (ledger, done) = played(Engine::Sqlite, first_year(3)).await;

    let frozen = events(&ledger).await;
    let frozen = frozen
        .iter()
        .find(|it| it.event_type.as_str() == "materials-frozen");
    let data: serde_json::Value = serde_json::from_slice(&frozen.unwrap().data).unwrap();
    catch_up(&*ledger.store, &ledger.views, done.head, &mut |_, _| {})
        .await
        .unwrap();
    let scope = Scope {
        year: FiscalYear::new(2021),
        day: data["on_day"].as_str().unwrap().parse().unwrap(),
    };
    let at = Position::new(data["as_at"].as_u64().unwrap());
    let again = pack(&*ledger.store, &ledger.facts(), scope, at).await;
    assert_eq!(data["digest"], again.unwrap().digest().unwrap());
}

#[tokio::test]
async fn the_same_seed_gives_the_same_ledger_on_both_engines_and_another_one_another() {
    let (first, _) = played(Engine::Sqlite, first_year(1)).await;
    let (again, _) = played(Engine::Sqlite, first_year(1)).await;
    let (there, _) = played(Engine::Postgres, first_year(1)).await;
    let (other, _) = played(Engine::Sqlite, first_year(2)).await;

    let first = lines(&first).await;
    assert!(first.len() > 500, "{}", first.len());
    let differs = |second: &[String]| {
        first
            .iter()
            .zip(second)
            .find(|(one, two)| one != two)
            .map(|(one, two)| format!("{one}\n{two}"))
    };
    for second in [lines(&again).await, lines(&there).await] {
        assert_eq!(differs(&second), None);
        assert_eq!(first.len(), second.len());
    }
    assert!(differs(&lines(&other).await).is_some());
}

#[tokio::test]
async fn a_ledger_that_holds_anything_is_refused_and_left_as_it_was() {
    let (ledger, done) = played(Engine::Sqlite, first_year(1)).await;

    let refused = play_in(&ledger, first_year(2)).await;

    assert!(matches!(refused, Err(PlayError::Used)), "{refused:?}");
    let head = ledger.store.head().await.unwrap();
    assert_eq!(head.position, done.head);
}

#[tokio::test]
async fn a_trial_that_cannot_be_played_writes_nothing() {
    let ledger = TestLedger::new(Engine::Sqlite).await;

    let refused = play_in(&ledger, options(0, 1)).await;

    assert!(matches!(
        refused,
        Err(PlayError::Options {
            field: "children",
            ..
        })
    ));
    assert_eq!(
        ledger.store.head().await.unwrap().position,
        Position::default()
    );
}
