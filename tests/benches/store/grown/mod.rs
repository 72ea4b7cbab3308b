//! What growth costs: the same measurements on a ledger that was made to hold many events first.

mod disk;
mod rows;

use std::sync::Arc;
use std::time::Instant;

use ledger_core::id::Position;
use ledger_core::store::{LedgerStore, ReadAll};
use ledger_tests::ledger::{Engine, TestLedger};
use tokio_postgres::Client;

use crate::appends::appends;
use crate::bare::Bare;
use crate::reads::{bare_streams, copy_out, read_streams};
use crate::{Effort, Pair};
use disk::Disk;
use rows::{Shape, grow, named};

/// Numbers of events, separated by commas.
const VARIABLE: &str = "CARE_LEDGER_BENCH_GROWN";
/// Streams that one side of a sample reads.
const STREAMS: usize = 20;
/// Steps from one stream that is read to the next, whose events are in other pages: a prime.
const STRIDE: usize = 7_919;

/// One line for each size, the smallest first where the variable says so.
pub(crate) async fn bench(effort: Effort) {
    let sizes = std::env::var(VARIABLE).unwrap_or_default();
    let sizes = sizes.split(',').filter(|size| !size.trim().is_empty());
    for (number, size) in sizes.enumerate() {
        let events = size.trim().parse().unwrap();
        if number == 0 {
            print_heading();
        }
        measure(effort, Shape::of(events)).await;
    }
}

fn print_heading() {
    println!("grown ledgers: ratios to the bare driver on as many rows; disk in bytes an event");
    print_columns(&[
        "events",
        "1 writer",
        "32 writers",
        "32 to new",
        "middle",
        "end",
        "streams",
        "table",
        "by position",
        "by stream",
        "s to grow",
    ]);
}

fn print_columns(columns: &[&str]) {
    let columns: Vec<String> = columns.iter().map(|text| format!("{text:>11}")).collect();
    println!("{}", columns.join(" "));
}

/// What one line holds.
#[derive(Default)]
struct Line {
    one: Pair,
    many: Pair,
    many_to_new: Pair,
    middle: Pair,
    end: Pair,
    streams: Pair,
}

async fn measure(effort: Effort, shape: Shape) {
    let begun = Instant::now();
    let ledger = grow(shape).await;
    let grown = begun.elapsed().as_secs();
    let (bare, new) = (
        Bare::grown(shape.events, shape.open).await,
        TestLedger::new(Engine::Postgres).await,
    );
    let client = ledger.database().unwrap().connect().await;
    let checkpoint = client.batch_execute(include_str!("../sql/checkpoint.sql"));
    checkpoint.await.unwrap();
    let disk = Disk::of(&client, ledger.database().unwrap()).await;
    let (mut line, mut streams) = (Line::default(), Streams::of(shape));
    // Reads first: they are of what was grown, before appends lengthen it.
    for _ in 0..effort.samples {
        line.reads(&ledger, (&client, effort.events), &mut streams)
            .await;
    }
    for _ in 0..effort.samples {
        line.appends(effort, [&ledger, &new], &bare).await;
    }
    line.print((shape, grown), disk);
}

/// Numbers of streams, none twice before all were there.
struct Streams {
    next: usize,
    count: usize,
}

impl Streams {
    const fn of(shape: Shape) -> Self {
        let count = shape.whole_streams();
        Self { next: 0, count }
    }

    fn take(&mut self) -> Vec<usize> {
        let numbers = self.next..self.next + STREAMS;
        self.next += STREAMS;
        numbers.map(|n| n * STRIDE % self.count).collect()
    }
}

impl Line {
    /// Stretches in the middle and at the end, and whole streams, each side others.
    async fn reads(
        &mut self,
        ledger: &TestLedger,
        (client, stretch): (&Client, usize),
        streams: &mut Streams,
    ) {
        let (store, database) = (ledger.shared(), ledger.database().unwrap());
        let events = store.head().await.unwrap().position.get();
        let events = usize::try_from(events).unwrap();
        let stretch = stretch.min(events);
        for (after, pair) in [
            ((events - stretch) / 2, &mut self.middle),
            (events - stretch, &mut self.end),
        ] {
            let ours = replay(&store, after, stretch).await;
            let sql = named(database, include_str!("../sql/copy_stretch.sql"))
                .replace("@after@", &after.to_string())
                .replace("@to@", &(after + stretch).to_string());
            pair.push(ours, copy_out(client, &sql, stretch).await);
        }
        let sql = [
            include_str!("../sql/stream_id.sql"),
            include_str!("../sql/bare_stream.sql"),
        ];
        let ours = read_streams(&store, &streams.take()).await;
        let sql = sql.map(|sql| named(database, sql));
        let theirs = bare_streams(client, sql, &streams.take()).await;
        self.streams.push(ours, theirs);
    }

    async fn appends(&mut self, effort: Effort, [ledger, new]: [&TestLedger; 2], bare: &Bare) {
        let ours = appends(&ledger.shared(), 1, effort.time).await;
        let theirs = bare.inserts(1, effort.time).await;
        self.one.push(ours.rate, theirs.rate);
        let ours = appends(&ledger.shared(), 32, effort.time).await;
        let theirs = bare.inserts(32, effort.time).await;
        self.many.push(ours.rate, theirs.rate);
        let short = appends(&new.shared(), 32, effort.time).await;
        self.many_to_new.push(ours.rate, short.rate);
    }

    fn print(self, (shape, seconds): (Shape, u64), disk: Disk) {
        let ratios = [
            self.one,
            self.many,
            self.many_to_new,
            self.middle,
            self.end,
            self.streams,
        ];
        let ratios = ratios.map(|pair| format!("{:.2}", pair.ratio()));
        let disk = disk.per_event(shape.events);
        let disk = disk.map(|bytes| format!("{bytes:.1}"));
        let (events, seconds) = (shape.events.to_string(), seconds.to_string());
        let mut columns = vec![events.as_str()];
        columns.extend(ratios.iter().chain(&disk).map(String::as_str));
        columns.push(&seconds);
        print_columns(&columns);
    }
}

/// Reads on from a position until so many events came; gives events a second.
async fn replay(store: &Arc<dyn LedgerStore>, after: usize, events: usize) -> f64 {
    let (begun, mut count) = (Instant::now(), 0);
    let mut read = ReadAll::after(Position::new(after as u64));
    while count < events {
        let page = store.read_all(&read).await.unwrap();
        count += page.events.len();
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => break,
        }
    }
    assert!(count >= events, "the stretch is in the log");
    count as f64 / begun.elapsed().as_secs_f64()
}
