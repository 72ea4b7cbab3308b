//! All kept projections made anew against a plain replay that decodes every event.

use ledger_core::event::Recorded;
use ledger_core::id::Position;
use ledger_core::store::ReadAll;
use ledger_projections::{rebuild, registry};
use ledger_tests::ledger::TestLedger;

use super::{at_least, judge, median, timed};

/// Reads and decodes the whole log; how many events.
async fn replay(ledger: &TestLedger) -> u64 {
    let (mut read, mut count) = (ReadAll::after(Position::default()), 0);
    loop {
        let page = ledger.store.read_all(&read).await.unwrap();
        for stored in page.events.iter() {
            std::hint::black_box(Recorded::read(stored).unwrap());
            count += 1;
        }
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => return count,
        }
    }
}

async fn rebuilt(ledger: &TestLedger, head: Position) {
    let (store, views) = (&*ledger.store, &ledger.views);
    let built = rebuild::rebuild(store, views, registry::ALL, head, &mut |_, _| {}).await;
    built.unwrap();
}

pub(super) async fn bench(ledger: &TestLedger, head: Position, samples: usize) {
    let (mut plain, mut built) = (Vec::new(), Vec::new());
    for _ in 0..samples {
        let (took, count) = timed(replay(ledger)).await;
        assert_eq!(count, head.get());
        plain.push(took);
        built.push(timed(rebuilt(ledger, head)).await.0);
    }
    let (plain, built) = (median(plain), median(built));
    let ratio = plain / built;
    let what =
        format!("rebuild of all projections ({built:.1} s) to a plain replay ({plain:.1} s)");
    judge(&what, ratio, at_least(ratio, 0.3));
}
