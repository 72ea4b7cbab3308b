//! Which backups were taken last, in lines and for machines.

use ledger_core::code::BackupOf;
use ledger_core::id::Position;
use serde_json::{Value, json};

use crate::lang::Lang;
use crate::reading::{Backups, LastBackup};

/// A line for the log and one for the keys.
pub(super) fn lines(backups: &Backups, head: Position, lang: Lang) -> Vec<String> {
    let each = backups.each().into_iter();
    let lines = each.map(|(what, last)| line(backups, (what, last), head, lang));
    lines.collect()
}

fn line(
    backups: &Backups,
    (what, last): (BackupOf, Option<&LastBackup>),
    head: Position,
    lang: Lang,
) -> String {
    let name = lang.pick(what.ja(), what.code());
    let Some(last) = last else {
        return match lang {
            Lang::Ja => format!("控え {name}: 取った記録がありません"),
            Lang::En => format!("backup {name}: none is recorded"),
        };
    };
    let at = last.at.in_japan().format("%Y-%m-%d %H:%M");
    let (position, since, days) = (last.taken.position, last.since(head), backups.days);
    let late = backups.is_late(Some(last));
    match lang {
        Lang::Ja => {
            let late = if late {
                format!("、{days}日を超えています")
            } else {
                String::new()
            };
            format!("控え {name}: {at}、位置{position}まで（その後 {since}件{late}）")
        },
        Lang::En => {
            let late = if late {
                format!(", older than {days} days")
            } else {
                String::new()
            };
            format!("backup {name}: {at}, up to position {position} ({since} events since{late})")
        },
    }
}

/// The same, for machines.
pub(super) fn value(backups: &Backups, head: Position) -> Value {
    let of = |last: Option<&LastBackup>| {
        last.map(|last| {
            json!({
                "at": last.at,
                "by": last.by,
                "event": last.position,
                "position": last.taken.position,
                "root": last.taken.root,
                "written_to": last.taken.written_to,
                "bytes": last.taken.bytes,
                "sha256": last.taken.sha256,
                "since": last.since(head),
                "late": backups.is_late(Some(last)),
            })
        })
    };
    json!({
        "ledger": of(backups.ledger.as_ref()),
        "keys": of(backups.keys.as_ref()),
        "days": backups.days,
        "business_days": backups.business_days,
        "set": backups.is_set,
    })
}
