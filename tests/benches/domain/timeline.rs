//! A person's timeline against reading and opening the same events.

use ledger_app::lang::Lang;
use ledger_app::reading::history;
use ledger_app::render;
use ledger_core::event::Open;
use ledger_core::id::{Revision, StreamName};
use ledger_core::store::ReadStream;
use ledger_core::time::Day;
use ledger_projections::timeline::{TimelineOptions, timeline};
use ledger_projections::yearly_clock::YearlyClock;
use ledger_tests::ledger::TestLedger;

use super::{at_most, judge, median, timed};

/// Reads and opens a stream, and keeps nothing; how many events.
async fn opened(ledger: &TestLedger, stream: &StreamName) -> usize {
    let (mut read, mut count) = (ReadStream::whole(stream.clone()), 0);
    loop {
        let page = ledger.store.read_stream(&read).await.unwrap();
        for stored in page.events.iter() {
            let recorded = ledger.codec.decode(stored, Open::All).await.unwrap();
            std::hint::black_box(recorded);
            count += 1;
        }
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return count,
        }
    }
}

/// Reads, opens, folds and renders it; how long the text is.
async fn shown(ledger: &TestLedger, stream: &StreamName) -> usize {
    let store = ledger.shared();
    let history = history(&*store, &ledger.codec, stream, None).await.unwrap();
    let today = Day::from_ymd_opt(2024, 4, 1).unwrap();
    let options = TimelineOptions {
        as_of: None,
        as_at: None,
        today,
        yearly_clock: YearlyClock::PROPOSED,
    };
    render::timeline(&timeline(&history, options), Lang::Ja).len()
}

pub(super) async fn bench(ledger: &TestLedger, stream: &StreamName, samples: usize) {
    let events = opened(ledger, stream).await;
    let (mut plain, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..samples {
        plain.push(timed(opened(ledger, stream)).await.0);
        let (took, length) = timed(shown(ledger, stream)).await;
        assert!(length > events, "every event is a line or more");
        whole.push(took);
    }
    let (plain, whole) = (median(plain), median(whole));
    let ratio = whole / plain;
    let what = format!(
        "timeline of {events} events ({:.0} ms) to reading and opening them ({:.0} ms)",
        whole * 1_000.0,
        plain * 1_000.0
    );
    judge(&what, ratio, at_most(ratio, 5.0));
}
