//! How the program stands as tables to take along: what it keeps, who follows it, backups and settings.

use super::super::export::{Cell, Table};
use super::super::language::t;
use super::{Backup, Line, Page, Setting};

impl Page {
    /// Its tables, the settings those of the page.
    pub(super) fn tables(&self) -> Vec<Table> {
        let mut tables = vec![kept(&self.lines)];
        if !self.consumers.is_empty() {
            tables.push(consumers(&self.consumers));
        }
        tables.extend([backups(&self.backups), settings(&self.settings)]);
        tables
    }
}

fn kept(lines: &[Line]) -> Table {
    let columns = [
        t("表", "Projection"),
        t("表のコード", "Its code"),
        t("版", "Version"),
        t("位置", "Position"),
        t("遅れ", "Lag"),
        t("状態", "State"),
    ];
    let rows = lines.iter().map(|line| {
        vec![
            Cell::text(line.title),
            Cell::text(&line.name),
            Cell::Number(line.version),
            Cell::told(&line.position.to_string()),
            Cell::told(&line.lag.to_string()),
            Cell::text(&line.state),
        ]
    });
    Table::new(t("集計用の表", "Kept projections"), columns, rows).coded("kept")
}

fn consumers(consumers: &[(String, String, String)]) -> Table {
    let columns = [
        t("連携処理", "Consumer"),
        t("遅れ", "Lag"),
        t("停止の原因", "What stops it"),
    ];
    let rows = consumers.iter();
    let rows = rows.map(|(name, lag, fault)| [name, lag, fault].map(Cell::text).into());
    Table::new(t("連携処理", "Consumers"), columns, rows).coded("consumers")
}

fn backups(backups: &[Backup]) -> Table {
    let columns = [
        t("控え", "Backup"),
        t("注意", "Warning"),
        t("いつ", "When"),
        t("位置", "Position"),
        t("その後の記録", "Events since"),
        t("大きさ", "Size"),
        "SHA-256",
        t("取った人", "By"),
    ];
    let rows = backups.iter().map(|one| {
        let known = |told: Option<String>| Cell::known(told);
        let taken = one.taken.as_ref();
        vec![
            Cell::text(one.title),
            known(one.warning.clone()),
            known(taken.map(|it| it.at.clone())),
            known(taken.map(|it| it.position.to_string())),
            known(taken.map(|it| it.since.to_string())),
            known(taken.map(|it| it.size.clone())),
            known(taken.map(|it| it.sha256.clone())),
            known(taken.map(|it| it.by.clone())),
        ]
    });
    Table::new(t("控え", "Backups"), columns, rows).coded("backups")
}

fn settings(settings: &[Setting]) -> Table {
    let columns = [
        t("位置", "Position"),
        t("設定", "Setting"),
        t("内容", "What it says"),
        t("定めた人", "Set by"),
        t("記録した時刻", "Recorded at"),
    ];
    let rows = settings.iter().map(|one| {
        vec![
            Cell::told(&one.position.to_string()),
            Cell::text(one.title),
            Cell::text(&one.said),
            Cell::text(&one.by),
            Cell::text(&one.recorded),
        ]
    });
    Table::new(t("設定の記録", "Settings"), columns, rows).coded("settings")
}
