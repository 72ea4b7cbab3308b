//! 32 writers in four processes and two readers in two more, at one ledger.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ledger_core::id::EventId;
use ledger_tests::torture::{History, Log, Seed, Worker, open, signal};

use super::worker;

const PROCESSES: u32 = 4;
/// Writers in each process.
const WRITERS: u32 = 8;
const READERS: usize = 2;
/// Longest wait for what must come; far beyond any retry.
const PATIENCE: Duration = Duration::from_mins(2);

/// What a reader has seen.
#[derive(Default)]
struct Seen {
    /// By position.
    ids: Vec<EventId>,
    /// What it should not have said: another position, or its last words.
    wrong: Option<String>,
}

impl Seen {
    fn take(&mut self, line: &str) {
        let next = (self.ids.len() + 1).to_string();
        let words = line.split_once(' ');
        let id = words.filter(|(position, _)| *position == next);
        match id.and_then(|(_, id)| id.parse().ok()) {
            Some(id) if self.wrong.is_none() => self.ids.push(EventId::new(id)),
            _ => self.wrong = Some(format!("{line} instead of {next}")),
        }
    }

    /// How many it has seen.
    fn count(&self) -> usize {
        assert_eq!(self.wrong, None, "a reader's line");
        self.ids.len()
    }
}

/// The processes, and what they have said.
pub(super) struct Fleet {
    address: String,
    history: Arc<Mutex<History>>,
    writers: Vec<Worker>,
    readers: Vec<(Worker, Arc<Mutex<Seen>>)>,
}

fn start_writers(address: &str, history: &Arc<Mutex<History>>, process: u32) -> Worker {
    let first = process * WRITERS;
    let numbers: Vec<String> = {
        let history = history.lock().unwrap();
        let writers = first..first + WRITERS;
        writers.map(|one| history.next(one).to_string()).collect()
    };
    let first = first.to_string();
    let mut arguments = vec!["write", address, &first];
    arguments.extend(numbers.iter().map(String::as_str));
    let history = Arc::clone(history);
    Worker::start(&mut worker(&arguments), move |line| {
        history.lock().unwrap().take(line);
    })
}

/// Goes on after what was seen; each event must be the next one.
fn start_reader(address: &str, seen: &Arc<Mutex<Seen>>) -> Worker {
    let from = seen.lock().unwrap().count().to_string();
    let seen = Arc::clone(seen);
    let mut command = worker(&["follow", address, &from]);
    Worker::start(&mut command, move |line| seen.lock().unwrap().take(line))
}

impl Fleet {
    /// Starts all of it at a ledger.
    pub(super) fn start(address: &str) -> Self {
        let history = Arc::<Mutex<History>>::default();
        let readers = (0..READERS).map(|_| {
            let seen = Arc::<Mutex<Seen>>::default();
            (start_reader(address, &seen), seen)
        });
        Self {
            address: address.to_owned(),
            writers: (0..PROCESSES)
                .map(|process| start_writers(address, &history, process))
                .collect(),
            readers: readers.collect(),
            history,
        }
    }

    /// Kills a process and starts it again, or stops one for a moment.
    pub(super) fn strike(&mut self, chance: &mut Seed) {
        let index = chance.below(self.writers.len());
        match chance.below(6) {
            0..=2 => {
                self.writers[index].kill();
                let process = u32::try_from(index).unwrap();
                self.writers[index] = start_writers(&self.address, &self.history, process);
            },
            3 => {
                let (reader, seen) = &mut self.readers[index % READERS];
                reader.kill();
                *reader = start_reader(&self.address, seen);
            },
            _ => {
                let process = self.writers[index].id();
                signal(process, "STOP");
                thread::sleep(chance.millis(10, 400));
                signal(process, "CONT");
            },
        }
    }

    /// Waits until this many more appends are answered.
    pub(super) fn wait_for_answers(&self, more: usize) {
        let answered = || {
            let history = self.history.lock().unwrap();
            assert_eq!(history.wrong(), None);
            history.answered()
        };
        let wanted = answered() + more;
        wait_until("more answers", || answered() >= wanted);
    }

    /// Lets everybody come to an end and compares what they said with the ledger at `address`.
    pub(super) async fn settle(mut self, address: &str) {
        self.writers.iter_mut().for_each(Worker::close);
        let ended = self.writers.iter_mut().map(|one| one.finish(PATIENCE));
        let ended: Vec<bool> = ended.collect();
        assert_eq!(self.history.lock().unwrap().wrong(), None);
        assert!(ended.iter().all(|well| *well), "{ended:?}");
        let store = open(address).await.unwrap();
        let log = Log::read(&*store.store).await.unwrap();
        let history = self.history.lock().unwrap();
        history.check(&log).unwrap();
        for (reader, seen) in &mut self.readers {
            let seen_all = || seen.lock().unwrap().count() >= log.ids.len();
            wait_until("a reader at the head", seen_all);
            reader.kill();
            let same = seen.lock().unwrap().ids == log.ids;
            assert!(same, "a reader saw another log");
        }
        let (answered, events) = (history.answered(), log.ids.len());
        eprintln!("{answered} answered appends, {events} events: all there, in order, once");
    }
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < PATIENCE, "waited too long for {what}");
        thread::sleep(Duration::from_millis(10));
    }
}
