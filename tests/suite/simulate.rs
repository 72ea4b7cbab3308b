//! A simulated trial: same seed, same ledger on both engines; every event type, every role.

use std::collections::BTreeSet;

use ledger_app::simulate::{Options, PlayError, Played, Stage, play};
use ledger_commands::Ledger;
use ledger_core::event::{Event, Metadata};
use ledger_core::id::Position;
use ledger_core::store::{ReadAll, StoredEvent};
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

/// A play in a ledger of its own.
async fn played(engine: Engine, options: Options) -> (TestLedger, Played) {
    let ledger = TestLedger::new(engine).await;
    let done = play_in(&ledger, options).await;
    (ledger, done.unwrap_or_else(|error| panic!("{error}")))
}

async fn play_in(ledger: &TestLedger, options: Options) -> Result<Played, PlayError> {
    let store = ledger.shared();
    let clock = ledger.clock.clone();
    let executes = Ledger::new(
        store.clone(),
        ledger.codec.clone(),
        std::sync::Arc::new(clock.clone()),
        ledger.id,
    );
    let stage = Stage {
        ledger: &executes,
        store: store.as_ref(),
        views: &ledger.views,
        set_clock: &|moment| clock.set(moment),
    };
    play(stage, &options, &mut |_, _| {}).await
}

/// Every event of a ledger.
async fn events(ledger: &TestLedger) -> Vec<StoredEvent> {
    let mut events = Vec::new();
    let mut from = Position::default();
    loop {
        let page = ledger.store.read_all(&ReadAll::after(from)).await.unwrap();
        events.extend(page.events.iter().cloned());
        match page.next {
            Some(next) => from = Position::new(next - 1),
            None => return events,
        }
    }
}

#[tokio::test]
async fn a_small_trial_plays_every_event_type_in_every_role() {
    let (ledger, done) = played(Engine::Sqlite, options(25, 1)).await;

    let events = events(&ledger).await;
    assert_eq!(done.head.get(), u64::try_from(events.len()).unwrap());
    let types: BTreeSet<String> = events.iter().map(|it| it.event_type.to_string()).collect();
    let missing: Vec<&str> = Event::types()
        .into_iter()
        .map(|info| info.name)
        .filter(|name| !types.contains(*name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
    let roles: BTreeSet<String> = events
        .iter()
        .map(|it| serde_json::from_slice::<Metadata>(&it.metadata).unwrap())
        .map(|metadata| serde_json::to_string(&metadata.role).unwrap())
        .collect();
    assert_eq!(roles.len(), 7, "{roles:?}");
}
