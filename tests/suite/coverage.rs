//! `docs/coverage.md` has a line for every row of the ward's paper, and names only what is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ledger_commands::Command as Known;
use ledger_core::event::Event;
use ledger_projections::indicators::INDICATORS;

/// How many rows each section of the paper's list has.
const ROWS: [(&str, usize); 8] = [
    ("1.1", 11),
    ("1.2", 11),
    ("1.3", 5),
    ("1.4", 28),
    ("1.5", 15),
    ("1.6", 10),
    ("1.7", 3),
    ("1.8", 20),
];

const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");

/// The commands that the program's help lists.
fn program() -> Vec<String> {
    let help = Command::new(BINARY).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"));
    let commands = commands.skip(1).take_while(|line| !line.is_empty());
    commands
        .filter_map(|line| {
            line.strip_prefix("  ")?
                .split(' ')
                .next()
                .map(str::to_owned)
        })
        .filter(|name| !name.is_empty())
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A line of the table: its section, its row, and its four cells.
struct Line {
    section: String,
    row: String,
    cells: [String; 4],
}

fn lines() -> Vec<Line> {
    let table = fs::read_to_string(root().join("docs/coverage.md")).unwrap();
    let mut section = String::new();
    let mut lines = Vec::new();
    for line in table.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.split(' ').next().unwrap().clone_into(&mut section);
        }
        let Some(inside) = line
            .strip_prefix("| ")
            .and_then(|line| line.strip_suffix(" |"))
        else {
            continue;
        };
        let cells: Vec<&str> = inside.split(" | ").map(str::trim).collect();
        let [row, command, event, view, test] = cells[..] else {
            panic!("not five cells: {line}");
        };
        if row == "row" {
            continue;
        }
        lines.push(Line {
            section: section.clone(),
            row: row.to_owned(),
            cells: [command, event, view, test].map(str::to_owned),
        });
    }
    lines
}

/// The names that a cell has between backticks.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The text of every Rust file below a folder, this one left out.
fn sources(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

fn sources_of(folders: &[&str]) -> String {
    let mut text = String::new();
    for folder in folders {
        sources(&root().join(folder), &mut text);
    }
    text
}

#[test]
fn every_row_of_the_paper_has_one_line() {
    let lines = lines();
    for (section, count) in ROWS {
        let found: Vec<&str> = lines
            .iter()
            .filter(|line| line.section == section)
            .map(|line| line.row.as_str())
            .collect();
        assert_eq!(found.len(), count, "section {section}: {found:?}");
    }
    for n in 1..=11 {
        let id = format!("D{n} ");
        assert!(lines.iter().any(|line| line.row.starts_with(&id)), "{id}");
    }
    for n in 1..=15 {
        let id = format!("R{n} ");
        assert!(lines.iter().any(|line| line.row.starts_with(&id)), "{id}");
    }
}

#[test]
fn every_command_event_and_view_of_the_table_is_there() {
    let types: Vec<&str> = Event::types().iter().map(|info| info.name).collect();
    let program = program();
    let is_view = |name: &str| {
        program.iter().any(|command| command == name)
            || INDICATORS.iter().any(|indicator| indicator.id == name)
    };
    for line in lines() {
        let [command, event, view, _] = &line.cells;
        for name in names(command) {
            assert!(Known::NAMES.contains(&name), "{}: {name}", line.row);
        }
        for name in names(event) {
            assert!(types.contains(&name), "{}: {name}", line.row);
        }
        for name in names(view) {
            assert!(is_view(name), "{}: {name}", line.row);
        }
    }
}

#[test]
fn every_test_of_the_table_is_there() {
    let tests = sources_of(&[
        "core/src",
        "commands/src",
        "projections/src",
        "app/src",
        "tests/suite",
    ]);
    for line in lines() {
        for name in names(&line.cells[3]) {
            assert!(
                tests.contains(&format!("fn {name}(")),
                "{}: {name}",
                line.row
            );
        }
    }
}

/// A row without a name in one of its cells says so, and why.
#[test]
fn what_is_missing_is_said_with_its_reason() {
    for line in lines() {
        let [command, ..] = &line.cells;
        for cell in &line.cells {
            assert!(
                !names(cell).is_empty() || cell.starts_with('—'),
                "{}",
                line.row
            );
        }
        if names(command).is_empty() {
            assert!(command.starts_with("—: "), "{}: no reason", line.row);
        }
    }
}
