//! What holds whatever is done: random commands against invariants, a replay and a naive recount.

mod acts;
mod centre;
mod held;
mod invariants;
mod naive;
mod recount;
mod unrelated;

use std::collections::BTreeSet;

use ledger_core::time::FiscalYear;
use ledger_projections::indicators::Scope;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};

use self::acts::{Act, KINDS, acts};
use self::centre::Centre;

/// The year that is looked at, whole; most of what happens lies in it.
fn scope() -> Scope {
    Scope::of_year(FiscalYear::new(2022))
}

/// Runs random cases, each on a new ledger, and shrinks the first that fails.
fn hold<S: Strategy>(cases: u32, strategy: S, check: impl AsyncFn(S::Value)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases,
        max_shrink_iters: 400,
        failure_persistence: None,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&strategy, |value| {
        runtime.block_on(check(value));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

async fn lived(acts: &[Act]) -> Centre {
    let mut centre = Centre::new().await;
    for (nth, act) in acts.iter().enumerate() {
        centre.does(nth, act).await;
    }
    centre
}

/// What the other tests try is really done, not only refused.
#[test]
fn every_kind_of_act_is_taken_in_some_life() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::deterministic();
    let mut never: BTreeSet<&str> = KINDS.iter().map(|(_, name)| *name).collect();
    for _ in 0..100 {
        let life = acts(90..120).new_tree(&mut runner).unwrap().current();
        let centre = runtime.block_on(lived(&life));
        never.retain(|name| !centre.taken.contains(*name));
        if never.is_empty() {
            return;
        }
    }
    panic!("never taken: {never:?}");
}

#[test]
fn random_commands_never_break_an_invariant() {
    hold(24, acts(10..90), async |acts: Vec<Act>| {
        let centre = lived(&acts).await;
        invariants::hold(&centre).await;
    });
}

#[test]
fn what_is_kept_is_what_a_replay_makes() {
    hold(12, acts(10..90), async |acts: Vec<Act>| {
        let mut centre = Centre::new().await;
        for (nth, act) in acts.iter().enumerate() {
            centre.does(nth, act).await;
            // Kept rows come forward a few events at a time, and once from the first event.
            if nth % 7 == 0 {
                centre.caught_up().await;
            }
        }
        centre.is_what_a_replay_makes().await;
    });
}

#[test]
fn what_is_held_in_memory_is_what_stands() {
    hold(12, acts(10..90), async |acts: Vec<Act>| {
        let mut centre = Centre::new().await;
        let held = held::Reader::new(&centre);
        for (nth, act) in acts.iter().enumerate() {
            centre.does(nth, act).await;
            if nth % 3 == 0 {
                held.agrees(&centre).await;
            }
        }
        held.agrees(&centre).await;
    });
}

#[test]
fn indicators_are_what_a_naive_recount_finds() {
    hold(32, acts(20..120), async |acts: Vec<Act>| {
        let centre = lived(&acts).await;
        recount::agrees(&centre).await;
    });
}

#[test]
fn a_correction_changes_no_figure_that_did_not_count_what_it_corrects() {
    let changes = (acts(10..60), any::<u16>(), 0_u16..400, any::<bool>());
    hold(24, changes, async |(acts, which, days, annuls)| {
        let mut centre = lived(&acts).await;
        unrelated::check(&mut centre, which, days, annuls).await;
    });
}
