//! From which files was imported, and which of their rows were not taken, by reasons.

use std::collections::BTreeMap;

use ledger_commands::authorise::Action;
use ledger_core::code::{Flag, Register};
use ledger_core::event::ExportedList;
use ledger_core::id::Position;
use ledger_core::time::Timestamp;
use serde_json::{Value, json};

use crate::api::part::Part;
use crate::cli::view::{Asking, Taken, View};
use crate::failure::Failure;
use crate::reading::{ImportedFile, Rejections, gaps, imports, ranges};

/// 取込みの来歴（ファイル、却下した行と理由） / the files from which was imported, and what was rejected of them
#[derive(Debug, clap::Args)]
pub(in crate::api) struct Imports {
    #[command(flatten)]
    part: Part,
}

impl View for Imports {
    const ACTION: Action = Action::ReviewLedger;

    fn takes(&self) -> Option<Taken> {
        self.part.takes(ExportedList::Imports, "imports")
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let (files, looked_to) = imports(asking.door.ledger()).await?;
        let (imports, next) = self.part.of(files.iter().map(as_json).collect());
        Ok(json!({ "imports": imports, "looked_to": looked_to, "next": next }))
    }
}

/// A file; of one that may begin before what was looked at, neither its beginning nor a count is told.
fn as_json(file: &ImportedFile) -> Value {
    let known = |value: Value| if file.is_part { Value::Null } else { value };
    let flags = file.flags.iter();
    let flags: BTreeMap<&str, usize> = flags
        .map(|(flag, count)| (Flag::code(*flag), *count))
        .collect();
    let rejections = file.rejections.iter().map(rejected);
    json!({
        "register": file.register.map(Register::code),
        "sha256": file.sha256,
        "by": file.actors,
        "partial": file.is_part,
        "first": known(moment(file.first)),
        "last": moment(file.last),
        "rows": known(file.rows.len().into()),
        "events": known(file.events.into()),
        "flags": known(json!(flags)),
        "rows_without_events": known(json!(gaps(&file.rows))),
        "rejections": rejections.collect::<Vec<_>>(),
    })
}

fn moment((at, position): (Timestamp, Position)) -> Value {
    json!({ "at": at, "position": position })
}

/// What a run did not take; the event at its position names every row that it names.
fn rejected(run: &Rejections) -> Value {
    let rows = &run.rows;
    let reasons = run.reasons();
    let reasons = reasons.iter().map(|((column, code), rows)| {
        json!({
            "column": (!column.is_empty()).then_some(column),
            "code": code,
            "count": rows.len(),
            "rows": ranges(rows),
        })
    });
    json!({
        "at": run.at.0,
        "position": run.at.1,
        "by": run.by,
        "rows_read": rows.rows_read,
        "rows_taken": rows.rows_taken,
        "rows_already": rows.rows_already,
        "rows_rejected": rows.rows_rejected,
        "missing_columns": rows.missing_columns,
        "reasons": reasons.collect::<Vec<_>>(),
    })
}
