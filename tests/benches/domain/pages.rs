//! Each page of indicators against one scan of the facts from which it is made.

use ledger_core::id::Position;
use ledger_core::time::FiscalYear;
use ledger_projections::facts::{Facts, Kind, Versions};
use ledger_projections::generation;
use ledger_projections::indicators::{Basis, INDICATORS, Scope};
use ledger_tests::ledger::TestLedger;

use super::{at_most, judge, median, timed};

/// Every row of the table through the same driver; how many.
async fn scan(ledger: &TestLedger) -> usize {
    let live = generation::live(&ledger.views, &Facts).await.unwrap();
    let sql = include_str!("sql/facts.sql");
    let rows = ledger.views.query(live, sql, Vec::new()).await.unwrap();
    std::hint::black_box(&rows).len()
}

/// What every page asks of the views, once, for all its figures.
async fn asked(ledger: &TestLedger) -> usize {
    let at = Position::from_i64(i64::MAX);
    let facts = Versions::between(&ledger.views, at, at, Kind::ALL).await;
    facts.unwrap().facts.len()
}

pub(super) async fn bench(ledger: &TestLedger, samples: usize) {
    let basis = Basis::read(&*ledger.store, &ledger.facts(), None)
        .await
        .unwrap();
    let scope = Scope::of_year(FiscalYear::new(2022));
    let (mut scans, mut queries) = (Vec::new(), Vec::new());
    for _ in 0..samples {
        let (took, rows) = timed(scan(ledger)).await;
        assert_eq!(rows, asked(ledger).await, "nothing was corrected");
        scans.push(took);
        queries.push(timed(asked(ledger)).await.0);
    }
    let (scan, query) = (median(scans), median(queries));
    println!(
        "        scan of {} facts {:.0} ms, the pages' query into memory {:.0} ms",
        basis.facts().all().len(),
        scan * 1_000.0,
        query * 1_000.0
    );
    let letters: Vec<&str> = INDICATORS.iter().map(|one| &one.id[..1]).collect();
    let mut pages = letters.clone();
    pages.dedup();
    for page in pages {
        let mut measured = Vec::new();
        for _ in 0..samples {
            let work = async {
                let facts = basis.facts();
                let own = INDICATORS.iter().filter(|one| one.id.starts_with(page));
                let own = own.map(|one| {
                    ledger_projections::indicators::measure(one, &facts, scope, &basis.settings)
                });
                std::hint::black_box(own.collect::<Vec<_>>());
            };
            measured.push(timed(work).await.0);
        }
        let measured = median(measured);
        let ratio = measured / scan;
        let what = format!(
            "page {page} ({:.0} ms) to a scan of its facts",
            measured * 1_000.0
        );
        judge(&what, ratio, at_most(ratio, 1.0));
    }
}
