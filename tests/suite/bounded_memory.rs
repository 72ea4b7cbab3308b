//! Memory does not grow with the log: ten times the events, at most one and a half times the peak.
//!
//! Only the ratio is asserted; the time that it takes is no promise.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;

const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");
const PERSONS: usize = 500;

/// Writes registers of invented people with this many consultations.
fn write_registers(folder: &Path, consultations: usize) {
    fs::create_dir(folder).unwrap();
    let mut persons = "対象者番号,氏名,フリガナ,生年月日,総合支所,人工呼吸器,医療的ケア,運動機能障害,重症心身障害認定,出生体重g,初回把握日,保護者氏名,続柄\n".to_owned();
    for n in 0..PERSONS {
        writeln!(
            persons,
            "C{n:05},見本 {n},ミホン,2015-01-01,砧,無,吸引,軽度,無,2000,2021-08-01,見本 親,母"
        )
        .unwrap();
    }
    fs::write(folder.join("対象者台帳.csv"), persons).unwrap();
    let mut rows =
        "受付番号,受付日,時刻,対象者番号,氏名,総合支所,相談者,方法,主訴,内容,対応,担当,所要分\n"
            .to_owned();
    for n in 0..consultations {
        let (month, day, minute, person) = (1 + n % 12, 1 + n % 28, n % 60, n % PERSONS);
        writeln!(rows, "S{n:07},2022-{month:02}-{day:02},10:{minute:02},C{person:05},見本 {person},砧,保護者,電話,退院;災害,内容の例,情報提供,相談員A,20").unwrap();
    }
    fs::write(folder.join("相談記録簿.csv"), rows).unwrap();
}

/// Runs the program and gives its highest memory in kB.
fn peak(place: &Place, arguments: &[&str]) -> u64 {
    let file = place.folder().join("peak");
    let mut command = place.process(BINARY, arguments);
    let output = command
        .env("CARE_LEDGER_PEAK_FILE", &file)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    let line = fs::read_to_string(file).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// What is measured.
const WHAT: [&str; 5] = ["import", "rebuild", "verify", "backup", "restore"];

/// Peaks of [`WHAT`] at a size, in kB.
async fn peaks(engine: Engine, consultations: usize) -> [u64; WHAT.len()] {
    let place = Place::new(engine).await;
    let registers = place.folder().join("registers");
    write_registers(&registers, consultations);
    peak(&place, &["init"]);
    let import = peak(&place, &["import", registers.to_str().unwrap()]);
    let kept = place.folder().join("kept.jsonl");
    let kept = kept.to_str().unwrap();
    let again = Place::new(engine).await;
    [
        import,
        peak(&place, &["rebuild"]),
        peak(&place, &["verify"]),
        peak(&place, &["backup", kept]),
        peak(&again, &["restore", kept]),
    ]
}

/// Compares the peaks at `events` with those at ten times as many.
async fn compare_with_ten_times(engine: Engine, events: usize) {
    let small = peaks(engine, events).await;
    let large = peaks(engine, events * 10).await;

    for (what, (small, large)) in WHAT.iter().zip(small.iter().zip(&large)) {
        eprintln!("{engine:?} {what}: {small} kB at {events}, {large} kB at ten times as many");
        assert!(
            large * 2 <= small * 3,
            "{what}: {small} kB at {events}, {large} kB at ten times as many"
        );
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn ten_times_the_events_take_at_most_half_as_much_memory_again() {
    compare_with_ten_times(Engine::Sqlite, 20_000).await;
}

#[cfg(target_os = "linux")]
#[ignore = "a million events take many minutes: cargo test --release --test suite -- --ignored million"]
#[tokio::test(flavor = "multi_thread")]
async fn a_million_events_take_at_most_half_as_much_memory_again_sqlite() {
    compare_with_ten_times(Engine::Sqlite, 100_000).await;
}

#[cfg(target_os = "linux")]
#[ignore = "a million events take many minutes: cargo test --release --test suite -- --ignored million"]
#[tokio::test(flavor = "multi_thread")]
async fn a_million_events_take_at_most_half_as_much_memory_again_postgres() {
    compare_with_ten_times(Engine::Postgres, 100_000).await;
}
