//! What a backup is not written over, and what no ledger is made of: damaged files, used places.

use std::fs;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;

use super::backups::{backup, file, restore};

const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// The names of what is in a place's folder, beside what a test put there.
fn left(place: &Place, own: &[&str]) -> Vec<String> {
    let entries = fs::read_dir(place.folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !own.contains(&name.as_str())).collect()
}

/// Nothing of a ledger is there.
async fn nothing_is_left(place: &Place, own: &[&str]) {
    assert_eq!(left(place, own), Vec::<String>::new());
    let status = place.run(&["status"]).await;
    assert!(status.err.contains("[NO_LEDGER]"), "{status:?}");
    if let Some(database) = place.database() {
        let client = database.connect().await;
        let sql = "SELECT rolname::text FROM pg_roles WHERE starts_with(rolname, $1)";
        let roles = client.query(sql, &[&database.name()]).await.unwrap();
        assert!(roles.is_empty(), "{roles:?}");
    }
}

/// Edits of one line: the first, an event's or the last, with what is replaced there and by what.
const EDITS: [(&str, Which, &str, &str); 13] = [
    ("an event", Which::Fourth, "\"data\":\"{", "\"data\":\"{ "),
    ("a time", Which::Fourth, ":00.", ":01."),
    ("a stream", Which::Fourth, "\"stream\":\"", "\"stream\":\"x"),
    (
        "a hash",
        Which::Fourth,
        "\"leaf_hash\":\"",
        "\"leaf_hash\":\"0",
    ),
    ("a blank", Which::Fourth, "{", "{ "),
    ("a field more", Which::Fourth, "{", "{\"note\":1,"),
    (
        "a field less",
        Which::Fourth,
        "\"revision\"",
        "\"reversion\"",
    ),
    (
        "the ledger",
        Which::First,
        "\"ledger\":\"0",
        "\"ledger\":\"1",
    ),
    ("the epoch", Which::First, "\"epoch\":0", "\"epoch\":7"),
    ("the time of making", Which::First, "2024", "2023"),
    (
        "a newer format",
        Which::First,
        "\"version\":1",
        "\"version\":2",
    ),
    (
        "another file",
        Which::First,
        "ledger-backup",
        "ledger-letter",
    ),
    ("the count", Which::Last, "\"count\":", "\"count\":1"),
];

#[derive(Clone, Copy)]
enum Which {
    First,
    Fourth,
    Last,
}

/// A file with one line replaced, and that line's number.
fn edited(lines: &[String], which: Which, line: impl Fn(&str) -> String) -> (Vec<String>, usize) {
    let at = match which {
        Which::First => 0,
        Which::Fourth => 3,
        Which::Last => lines.len() - 1,
    };
    let mut edited = lines.to_vec();
    edited[at] = line(&lines[at]);
    assert_ne!(edited[at], lines[at]);
    (edited, at + 1)
}

/// Every kind of damage, with the line by which it is refused.
fn damages(lines: &[String]) -> Vec<(&'static str, (Vec<String>, usize))> {
    let last = lines.len();
    let without = |at: usize| [&lines[..at], &lines[at + 1..]].concat();
    let mut swapped = lines.to_vec();
    swapped.swap(3, 4);
    let twice = [&lines[..4], &lines[3..]].concat();
    let trailing = [lines, &lines[last - 1..]].concat();
    let letter = edited(lines, Which::Fourth, |_| "拝啓".to_owned());
    let mut damages = vec![
        ("a line that is none", letter),
        ("another root", edited(lines, Which::First, flipped_root)),
        (
            "another root at the end",
            edited(lines, Which::Last, flipped_root),
        ),
        ("an event away", (without(3), 4)),
        ("the last event away", (without(last - 2), last - 1)),
        ("two events swapped", (swapped, 4)),
        ("an event twice", (twice, 5)),
        ("the end away", (lines[..last - 1].to_vec(), last)),
        (
            "half of it away",
            (lines[..last / 2].to_vec(), last / 2 + 1),
        ),
        ("the first line away", (without(0), 1)),
        ("more behind it", (trailing, last + 1)),
    ];
    for (what, which, from, to) in EDITS {
        let line = |line: &str| line.replacen(from, to, 1);
        damages.push((what, edited(lines, which, line)));
    }
    damages
}

/// Another last digit of the root that a line names.
fn flipped_root(line: &str) -> String {
    let begins = line.find("\"head\":\"").unwrap() + 8;
    let ends = begins + line[begins..].find('"').unwrap() - 1;
    let digit = if line[ends..].starts_with('0') {
        "1"
    } else {
        "0"
    };
    format!("{}{digit}{}", &line[..ends], &line[ends + 1..])
}

async fn every_damage_is_refused_by_its_line_and_leaves_nothing(engine: Engine) {
    let home = Place::initialised(Engine::Sqlite).await;
    let kept = backup(&home, "home.jsonl", &[]).await;
    let lines: Vec<String> = fs::read_to_string(&kept)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    assert!(lines.len() > 8);
    let place = Place::new(engine).await;
    let damaged = file(&place, "damaged.jsonl");

    for (what, (lines, line)) in damages(&lines) {
        fs::write(&damaged, lines.join("\n") + "\n").unwrap();

        let refused = restore(&place, &damaged, &[]).await;
        let checked = restore(&place, &damaged, &["--check", "--json"]).await;

        assert_eq!((refused.code, checked.code), (1, 1), "{what}: {refused:?}");
        let named = format!("の{line}行目");
        assert!(
            refused.err.contains("[BACKUP_DAMAGED]"),
            "{what}: {refused:?}"
        );
        assert!(
            refused.err.contains(&named),
            "{what}, {line}: {}",
            refused.err
        );
        assert!(checked.err.contains(&named), "{what}: {}", checked.err);
        nothing_is_left(&place, &["damaged.jsonl"]).await;
    }
    // What was left over is in nobody's way.
    let _made = restore(&place, &kept, &[]).await.done();
    let _clean = place.run(&["verify"]).await.done();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_damage_is_refused_by_its_line_and_leaves_nothing_on_sqlite() {
    every_damage_is_refused_by_its_line_and_leaves_nothing(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_damage_is_refused_by_its_line_and_leaves_nothing_on_postgres() {
    every_damage_is_refused_by_its_line_and_leaves_nothing(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_backup_is_told_by_its_head_and_a_missing_one_could_not_be_checked() {
    let place = Place::initialised(Engine::Sqlite).await;
    let kept = backup(&place, "kept.jsonl", &[]).await;
    let head = place.json(&["verify"]).await["head"].clone();

    let checked = restore(&place, &kept, &["--check", "--json"]).await.done();
    let said = restore(&place, &kept, &["--check"]).await.done();
    let missing = restore(&place, &file(&place, "none.jsonl"), &["--check"]).await;

    assert_eq!(checked.json()["head"], head);
    assert!(said.out.starts_with(head.as_str().unwrap()), "{said:?}");
    assert_eq!(missing.code, 2, "{missing:?}");
    assert!(missing.err.contains("[FILE_FAILED]"), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_holds_a_ledger_or_a_file_is_left_alone() {
    for engine in BOTH {
        let (home, place) = (
            Place::with_samples(Engine::Sqlite).await,
            Place::initialised(engine).await,
        );
        let kept = backup(&home, "home.jsonl", &[]).await;
        let before = backup(&place, "before.jsonl", &[]).await;

        let refused = restore(&place, &kept, &[]).await;

        assert_eq!(refused.code, 1);
        assert!(refused.err.contains("[LEDGER_EXISTS]"), "{refused:?}");
        let after = backup(&place, "after.jsonl", &[]).await;
        assert!(fs::read(&after).unwrap() == fs::read(&before).unwrap());
        if engine == Engine::Sqlite {
            let letter = Place::new(engine).await;
            let text = "拝啓\n".repeat(500);
            fs::write(file(&letter, "centre.db"), &text).unwrap();
            let refused = restore(&letter, &kept, &[]).await;
            assert!(refused.err.contains("[LEDGER_EXISTS]"), "{refused:?}");
            assert_eq!(
                fs::read_to_string(file(&letter, "centre.db")).unwrap(),
                text
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_replaces_nothing_unless_told_to_and_nothing_but_a_backup() {
    let place = Place::initialised(Engine::Sqlite).await;
    let kept = backup(&place, "kept.jsonl", &[]).await;
    let _child = place
        .told("register-child --number C101 --name 見本 --occurred R3.8.5")
        .await;
    let before = fs::read(&kept).unwrap();
    let line = ["backup", kept.to_str().unwrap()];

    let refused = place.run(&line).await;

    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("[FILE_EXISTS]"), "{refused:?}");
    assert!(refused.err.contains("--force"), "{refused:?}");
    assert_eq!(fs::read(&kept).unwrap(), before);
    let _replaced = backup(&place, "kept.jsonl", &["--force"]).await;
    assert_ne!(fs::read(&kept).unwrap(), before);
    // The ledger itself, given by mistake, is no backup.
    let ledger = file(&place, "centre.db");
    let mistake = ["backup", ledger.to_str().unwrap(), "--force"];
    let refused = place.run(&mistake).await;
    assert!(refused.err.contains("[FILE_EXISTS]"), "{refused:?}");
    let _clean = place.run(&["verify"]).await.done();
    // One that is not written leaves nothing.
    let beyond = file(&place, "beyond.jsonl");
    let line = ["backup", beyond.to_str().unwrap(), "--until", "9999"];
    let refused = place.run(&line).await;
    assert!(refused.err.contains("[NO_SUCH_POSITION]"), "{refused:?}");
    let beside = left(&place, &[]);
    assert!(
        !beside
            .iter()
            .any(|name| name.contains(".part") || name.contains("beyond")),
        "{beside:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_to_the_standard_output_is_the_file_and_nothing_else() {
    for engine in BOTH {
        let place = Place::initialised(engine).await;
        let kept = backup(&place, "kept.jsonl", &[]).await;

        let answer = place.run(&["backup", "-"]).await.done();

        assert_eq!(answer.out, fs::read_to_string(&kept).unwrap());
        assert!(answer.err.contains("控えを書きました"), "{}", answer.err);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&kept).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
