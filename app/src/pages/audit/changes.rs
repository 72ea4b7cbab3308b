//! 設定の変更の履歴: what was set, by whom and when, beside what held before.

use ledger_core::history::{Entry, History};

use super::super::act::setting;
use super::super::export::{Cell, Table};
use crate::lang::Lang;
use crate::render;

/// Changes that the page shows, the newest first.
pub(super) const SHOWN: usize = 40;

/// One setting as it was made.
pub(super) struct Change {
    pub(super) position: u64,
    pub(super) at: String,
    pub(super) by: String,
    pub(super) title: &'static str,
    /// What the same setting said before; nothing where it was made for the first time.
    pub(super) before: Option<String>,
    pub(super) after: String,
}

/// Every setting of the programme that stands, the newest first.
pub(super) fn changes(history: &History, lang: Lang) -> Vec<Change> {
    let mut made: Vec<(setting::Which, &Entry)> = Vec::new();
    let mut changes = Vec::new();
    for entry in history.standing() {
        let which = setting::which(entry.event());
        let before = made.iter().rev().find(|(known, _)| *known == which);
        changes.push(change(entry, before.map(|(_, before)| *before), lang));
        made.push((which, entry));
    }
    changes.reverse();
    changes
}

fn change(entry: &Entry, before: Option<&Entry>, lang: Lang) -> Change {
    let recorded = &entry.recorded;
    let said = |entry: &Entry| render::sentence(entry.event(), entry.recorded.privacy, lang);
    Change {
        position: recorded.position.get(),
        at: render::minute(recorded.recorded_at, lang),
        by: render::account(recorded.metadata.actor.as_str(), lang),
        title: render::event_title(entry.event().info().name, lang),
        before: before.map(said),
        after: said(entry),
    }
}

/// The changes as they are taken along.
pub(super) fn table(changes: &[Change], lang: Lang) -> Table {
    let columns = [
        lang.pick("位置", "position"),
        lang.pick("記録した時刻", "recorded at"),
        lang.pick("定めた人", "set by"),
        lang.pick("設定", "setting"),
        lang.pick("前の内容", "before"),
        lang.pick("内容", "since"),
    ];
    let rows = changes.iter().map(|one| {
        vec![
            Cell::text(one.position.to_string()),
            Cell::text(&one.at),
            Cell::text(&one.by),
            Cell::text(one.title),
            Cell::known(one.before.clone()),
            Cell::text(&one.after),
        ]
    });
    let title = lang.pick("設定の変更の履歴", "changes of settings");
    Table::new(title, columns, rows).coded("changes")
}
