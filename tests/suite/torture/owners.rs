//! Two owners of one lease, of which the one that holds it is stopped until the other has taken it over:
//! when it wakes, it changes nothing under what it no longer holds, and goes on once it holds it again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ledger_core::store::audit::audit;
use ledger_core::store::{LedgerStore, StoredEvent};
use ledger_tests::conformance::read_log;
use ledger_tests::ledger::{Engine, TestLedger};
use ledger_tests::torture::{Seed, Worker, address_of, signal};
use tokio::task::block_in_place;

use super::worker;

/// Milliseconds for which an owner asks at a time.
const LEASE_MILLIS: u64 = 150;
/// Takeovers while the owner before was stopped.
const TAKEOVERS: usize = 4;
/// Tries at them: an owner that is stopped inside its transaction keeps the other out of the file.
const TRIES: usize = 60;
/// How long a stopped owner is left so.
const STOPPED: Duration = Duration::from_millis(900);
/// Longest wait for what must come.
const PATIENCE: Duration = Duration::from_mins(1);

/// What an owner said, in its order.
type Told = Arc<Mutex<Vec<String>>>;

struct Owner {
    process: Worker,
    told: Told,
}

impl Owner {
    fn start(address: &str) -> Self {
        let told = Told::default();
        let take = {
            let told = Arc::clone(&told);
            move |line: &str| told.lock().unwrap().push(line.to_owned())
        };
        let process = Worker::start(
            &mut worker(&["own", address, &LEASE_MILLIS.to_string()]),
            take,
        );
        Self { process, told }
    }

    fn written(&self) -> usize {
        wrote(&self.told.lock().unwrap()).count()
    }

    /// Waits until it has written more; answers whether it did in time.
    fn writes_more(&self, patience: Duration) -> bool {
        let (before, began) = (self.written(), Instant::now());
        while self.written() == before {
            if began.elapsed() > patience {
                return false;
            }
            thread::sleep(Duration::from_millis(5));
        }
        true
    }
}

/// What an owner was told that stands: `EPOCH HOLDER NUMBER`.
fn wrote(told: &[String]) -> impl Iterator<Item = &str> {
    told.iter().filter_map(|line| line.strip_prefix("wrote "))
}

/// Stops one owner after another while it holds the lease, and wakes it once the other wrote.
fn fight(owners: &[Owner; 2], seed: &mut Seed) {
    let (mut takeovers, mut tries) = (0, 0);
    while takeovers < TAKEOVERS {
        tries += 1;
        assert!(tries <= TRIES, "{takeovers} takeovers in {TRIES} tries");
        let (stopped, other) = (&owners[tries % 2], &owners[(tries + 1) % 2]);
        assert!(stopped.writes_more(PATIENCE), "an owner goes on");
        // At any moment of what it does while it holds the lease.
        thread::sleep(seed.millis(0, 9));
        signal(stopped.process.id(), "STOP");
        let taken_over = other.writes_more(STOPPED);
        signal(stopped.process.id(), "CONT");
        takeovers += usize::from(taken_over);
    }
    for owner in owners {
        assert!(owner.writes_more(PATIENCE), "an owner goes on");
    }
}

/// The epochs of the events in the log's order, checked against what the owners were told.
fn check(log: &[StoredEvent], told: &[Vec<String>]) {
    let texts: Vec<&str> = log
        .iter()
        .map(|event| std::str::from_utf8(&event.data).unwrap())
        .collect();
    let (mut holders, mut newest) = (HashMap::new(), 0_u64);
    for text in &texts {
        let (epoch, rest) = text.split_once(' ').unwrap();
        let (holder, _) = rest.split_once(' ').unwrap();
        let epoch: u64 = epoch.parse().unwrap();
        assert!(epoch >= newest, "{text} stands after epoch {newest}");
        let first = *holders.entry(epoch).or_insert(holder);
        assert_eq!(first, holder, "epoch {epoch} had two holders");
        newest = epoch;
    }
    for told in told {
        // Each owner's events stand once each, in its order; what it was not told of may stand, too.
        let mut standing = texts.iter();
        for text in wrote(told) {
            assert!(standing.any(|there| *there == text), "{text} is not there");
            assert_eq!(texts.iter().filter(|there| **there == text).count(), 1);
        }
    }
    assert!(holders.len() > TAKEOVERS, "{} epochs", holders.len());
}

/// A time for which an owner surely had the lease: from the answer to as long after the question as it
/// had asked for, or to when it began to give it back.
struct Held {
    asked: u64,
    answered: u64,
    ends: u64,
}

fn held(told: &[String]) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    for line in told {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |at: usize| words[at].parse::<u64>().unwrap();
        match words[0] {
            "held" => held.push(Held {
                asked: number(1),
                answered: number(2),
                // The engines count in milliseconds.
                ends: number(1) + (LEASE_MILLIS - 2) * 1_000_000,
            }),
            "released" => {
                for one in &mut held {
                    one.ends = one.ends.min(number(1));
                }
            },
            _ => {},
        }
    }
    held
}

/// Nobody was given the lease while the other surely had it.
fn check_leases(told: &[Vec<String>; 2]) {
    let [one, other] = [held(&told[0]), held(&told[1])];
    for (mine, theirs) in [(&one, &other), (&other, &one)] {
        for mine in mine {
            let taken =
                |theirs: &&Held| theirs.asked > mine.answered && theirs.answered < mine.ends;
            assert_eq!(
                theirs.iter().filter(taken).count(),
                0,
                "a lease was taken away"
            );
        }
    }
}

async fn a_woken_owner_changes_nothing(engine: Engine) {
    let mut seed = Seed::of_environment("owners");
    let ledger = TestLedger::new(engine).await;
    let store: Arc<dyn LedgerStore> = ledger.shared();
    let address = address_of(&ledger);
    let told = block_in_place(|| {
        let mut owners = [(); 2].map(|()| Owner::start(&address));
        fight(&owners, &mut seed);
        for owner in &mut owners {
            assert!(owner.process.finish(PATIENCE));
        }
        owners.map(|owner| owner.told.lock().unwrap().clone())
    });

    let log = read_log(&*store).await;
    check(&log, &told);
    check_leases(&told);
    let audit = audit(&*store, None, None, &mut |_, _| {}).await.unwrap();
    assert_eq!(audit.fault, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_that_wakes_too_late_changes_nothing_and_goes_on_sqlite() {
    a_woken_owner_changes_nothing(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_that_wakes_too_late_changes_nothing_and_goes_on_postgres() {
    a_woken_owner_changes_nothing(Engine::Postgres).await;
}
