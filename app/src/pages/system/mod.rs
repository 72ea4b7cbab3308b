//! システムの状態: how far what is kept has come, a way to make it anew, backups, and the settings as they were set.

mod tables;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::authorise::{Action, Subject};
use ledger_core::code::{BackupOf, BackupTarget};
use ledger_core::event::ExportedList;
use ledger_core::history::Entry;
use ledger_core::id::{Position, StreamName};
use ledger_projections::generation::Generation;
use ledger_projections::registry;
use serde::{Deserialize, Serialize};

use super::act;
use super::chrome::Chrome;
use super::door::SignedIn;
use super::export::{self, Book, Links};
use super::fault::{Refusal, shown};
use super::form::{Query, Sent};
use super::language::{current, t};
use super::site::Site;
use crate::lang::Lang;
use crate::reading::{Backups, LastBackup, Status, closed_history, status};
use crate::rebuilding::Work;
use crate::render;

/// Settings of one page.
const PAGE: usize = 100;

#[derive(Template)]
#[template(path = "system.html")]
struct Page {
    chrome: Chrome,
    position: String,
    recorded: String,
    root: String,
    lines: Vec<Line>,
    consumers: Vec<(String, String, String)>,
    backups: Vec<Backup>,
    /// After how long a backup is old, and who said so.
    backup_term: String,
    /// The form by which another term is set.
    may_set_term: bool,
    /// Something is being made anew, or waits.
    is_busy: bool,
    settings: Vec<Setting>,
    all: usize,
    next: Option<usize>,
    export: Option<Links>,
}

/// A kept projection.
struct Line {
    name: String,
    title: &'static str,
    version: i64,
    position: u64,
    lag: u64,
    state: String,
    /// How far it has come that is being made anew, and how far it is to go.
    going: Option<(u64, u64)>,
    /// It may be asked for.
    is_free: bool,
    /// How its last making ended.
    ended: Option<String>,
}

/// The newest backup of log or keys; nothing stands in a line where there is none.
struct Backup {
    title: &'static str,
    /// None is recorded, or it is old.
    warning: Option<String>,
    taken: Option<TakenBackup>,
}

struct TakenBackup {
    at: String,
    by: String,
    event: u64,
    position: u64,
    since: u64,
    size: String,
    sha256: String,
    /// Whether it was kept is not known.
    is_stream: bool,
}

/// One setting, as an event.
struct Setting {
    position: u64,
    recorded: String,
    by: String,
    title: &'static str,
    said: String,
    /// The form by which it is set.
    form: Option<String>,
    /// The command by which it is set where it has no form, as it is a whole table.
    table: Option<&'static str>,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(skip_serializing)]
    page: usize,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(skip_serializing)]
    format: String,
    /// The table that a file is to hold, by its code.
    #[serde(skip_serializing)]
    table: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    projection: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    may(&signed_in)?;
    let (open, lang) = (&site.open.open, current());
    let status = status(open, site.today()).await?;
    let history = closed_history(open.store.as_ref(), &StreamName::programme(), None).await?;
    let skipped = asked.page.saturating_mul(PAGE);
    let settings = history
        .standing()
        .map(|entry| setting(entry, &signed_in, lang));
    let mut settings: Vec<Setting> = settings.collect();
    settings.reverse();
    let all = settings.len();
    let work = site.rebuilds.work();
    let recorded = status.head.recorded_at;
    let recorded = recorded.map(|at| at.in_japan().format("%Y-%m-%d %H:%M:%S").to_string());
    let mut page = Page {
        chrome: Chrome::of(t("システムの状態", "System"), &signed_in, "/system"),
        position: status.head.position.to_string(),
        recorded: recorded.unwrap_or_default(),
        root: status.head.frontier.root().to_string(),
        lines: lines(&status, &work, lang),
        consumers: consumers(&status, lang),
        backups: backups(&status, lang),
        backup_term: backup_term(&status.backups, lang),
        may_set_term: signed_in
            .may(Action::ChangeSettings, Subject::Ledger)
            .is_ok(),
        is_busy: work.going.is_some() || !work.waiting.is_empty(),
        settings,
        all,
        next: (all > skipped.saturating_add(PAGE)).then(|| asked.page.saturating_add(1)),
        export: None,
    };
    let tables = page.tables();
    if let Some(format) = export::format(&asked.format)? {
        let named = (ExportedList::System, format, status.head.position);
        let title = page.chrome.title.clone();
        let book = Book { title, tables };
        drop(page);
        return export::hand_over_book(&site, &signed_in, named, (book, &asked.table)).await;
    }
    page.export = Links::of_tables(&signed_in, ExportedList::System, &asked, &tables);
    page.settings = page.settings.into_iter().skip(skipped).take(PAGE).collect();
    shown(&page)
}

/// Has a projection made anew beside the pages, which go on with the one that is there.
pub(super) async fn send(
    State(site): State<Arc<Site>>,
    sent: Sent<Chosen>,
) -> Result<Response, Refusal> {
    may(&sent.sender)?;
    let projection = registry::find(&sent.fields.projection).ok_or_else(Refusal::not_found)?;
    site.rebuilds.ask(projection);
    Ok(Redirect::to("/system").into_response())
}

/// Whoever keeps the accounts keeps the program.
fn may(signed_in: &SignedIn) -> Result<(), Refusal> {
    signed_in.may(Action::ManageAccounts, Subject::Ledger)
}

fn lines(status: &Status, work: &Work, lang: Lang) -> Vec<Line> {
    let head = status.head.position;
    let known = registry::ALL.iter().map(|projection| {
        let own = status
            .views
            .iter()
            .filter(|one| one.name == projection.name());
        let live = own.clone().find(|one| one.serves(*projection));
        line(projection.name(), (live, own.last()), (head, work), lang)
    });
    known.collect()
}

fn line(
    name: &'static str,
    (live, newest): (Option<&Generation>, Option<&Generation>),
    (head, work): (Position, &Work),
    lang: Lang,
) -> Line {
    let at = live.map_or(Position::default(), |live| live.position);
    let going = work.going.filter(|going| going.name == name);
    let waits = work.waiting.contains(&name);
    let state = match (going.is_some(), waits, live) {
        (true, ..) => lang.pick("作り直しています", "being made anew"),
        (_, true, _) => lang.pick("作り直しを待っています", "waits to be made anew"),
        (.., Some(live)) if live.fault.is_some() => lang.pick("停止しています", "stopped"),
        (.., Some(_)) => lang.pick("使用中", "in use"),
        (.., None) => lang.pick("まだありません", "not there yet"),
    };
    let fault = live.and_then(|live| live.fault.as_deref());
    let ended = work.ended.get(name).map(|ended| {
        let at = ended.at.in_japan().format("%H:%M:%S");
        match (lang, &ended.done) {
            (Lang::Ja, Ok(position)) => format!("{at} 位置{position}まで作り直しました"),
            (Lang::En, Ok(position)) => format!("{at} made anew up to position {position}"),
            (_, Err(failure)) => format!("{at} {}", failure.message(lang)),
        }
    });
    Line {
        name: name.to_owned(),
        title: title(name, lang),
        version: live.or(newest).map_or(0, |one| one.version),
        position: at.get(),
        lag: head.get().saturating_sub(at.get()),
        state: fault.map_or_else(|| state.to_owned(), |fault| format!("{state}: {fault}")),
        going: going.map(|going| (going.at.get(), going.to.get())),
        is_free: going.is_none() && !waits,
        ended,
    }
}

/// What a kept projection is for.
fn title(name: &str, lang: Lang) -> &'static str {
    match name {
        "facts" => lang.pick("指標の元になる事実", "facts that figures count"),
        "register_rows" => lang.pick("取り込んだ台帳の行", "imported register rows"),
        "event_index" => lang.pick("分類と種類の索引", "index by category and type"),
        _ => "",
    }
}

fn consumers(status: &Status, lang: Lang) -> Vec<(String, String, String)> {
    let consumers = status.consumers.iter().map(|one| {
        let partition = one.partition;
        let name = match lang {
            Lang::Ja => format!("{} 区画{partition}", one.consumer),
            Lang::En => format!("{} partition {partition}", one.consumer),
        };
        let fault = one
            .fault
            .as_ref()
            .map(|fault| format!("#{}: {}", fault.position, fault.what));
        let behind = one.lag(status.head.position).to_string();
        (name, behind, fault.unwrap_or_default())
    });
    consumers.collect()
}

fn backups(status: &Status, lang: Lang) -> Vec<Backup> {
    let head = status.head.position;
    let each = status.backups.each().into_iter();
    let lines = each.map(|(what, last)| Backup {
        title: match what {
            BackupOf::Ledger => lang.pick("台帳", "The log"),
            BackupOf::Keys => lang.pick("鍵", "The keys"),
        },
        warning: status
            .backups
            .is_late(last)
            .then(|| late(last, &status.backups, lang)),
        taken: last.map(|last| taken(last, head, lang)),
    });
    lines.collect()
}

fn late(last: Option<&LastBackup>, backups: &Backups, lang: Lang) -> String {
    if last.is_none() {
        return lang
            .pick("取った記録がありません", "none is recorded")
            .to_owned();
    }
    let days = days(backups, lang);
    match lang {
        Lang::Ja => format!("{days}を超えています"),
        Lang::En => format!("older than {days}"),
    }
}

fn days(backups: &Backups, lang: Lang) -> String {
    let (days, business) = (backups.days, backups.business_days);
    match (lang, business) {
        (Lang::Ja, false) => format!("{days}日"),
        (Lang::En, false) => format!("{days} days"),
        (Lang::Ja, true) => format!("{days}営業日"),
        (Lang::En, true) => format!("{days} business days"),
    }
}

fn backup_term(backups: &Backups, lang: Lang) -> String {
    let days = days(backups, lang);
    match (lang, backups.is_set) {
        (Lang::Ja, true) => format!("{days}を超えた控えを古いとします（区の設定）。"),
        (Lang::En, true) => format!("A backup older than {days} is old, as the ward set it."),
        (Lang::Ja, false) => {
            format!("{days}を超えた控えを古いとします（仮定。区の資料にはありません）。")
        },
        (Lang::En, false) => {
            format!("A backup older than {days} is old: assumed, the ward's paper does not say.")
        },
    }
}

fn taken(last: &LastBackup, head: Position, lang: Lang) -> TakenBackup {
    let (count, bytes) = (last.taken.count, last.taken.bytes);
    let unit = match last.taken.backup {
        BackupOf::Ledger => lang.pick("件", " events"),
        BackupOf::Keys => lang.pick("本", " keys"),
    };
    let bytes_word = lang.pick("バイト", " bytes");
    TakenBackup {
        at: render::minute(last.at, lang),
        by: last.by.clone(),
        event: last.position.get(),
        position: last.taken.position.get(),
        since: last.since(head),
        size: format!("{count}{unit}{}{bytes}{bytes_word}", lang.pick("、", ", ")),
        sha256: last.taken.sha256.clone(),
        is_stream: last.taken.written_to == BackupTarget::Stream,
    }
}

/// The commands by which the programme is set, by the events that they make.
const COMMANDS: &[(&str, &str)] = &[
    ("programme-defined", "define-programme"),
    ("programme-period-set", "set-period"),
    ("programme-start-moved", "move-start"),
    ("opening-hours-set", "set-opening-hours"),
    ("planned-number-set", "set-planned-number"),
    ("counting-rule-adopted", "adopt-counting-rule"),
    ("known-population-set", "set-known-population"),
    ("review-term-set", "set-review-term"),
    ("contractor-appointed", "appoint-contractor"),
    ("staff-post-set", "set-staff-post"),
    ("staff-post-ended", "end-staff-post"),
    ("concurrent-post-conflict-noted", "note-concurrent-conflict"),
    ("required-competency-set", "require-competency"),
    ("second-factor-rule-set", "set-second-factor-rule"),
];

/// The same of those that set a whole table, from a file at the command line.
const TABLES: &[(&str, &str)] = &[
    ("area-table-set", "set-area-table"),
    ("code-table-revised", "revise-code-table"),
    ("holiday-calendar-set", "set-holiday-calendar"),
];

fn setting(entry: &Entry, signed_in: &SignedIn, lang: Lang) -> Setting {
    let recorded = &entry.recorded;
    let event_type = entry.event().info().name;
    let command = COMMANDS.iter().find(|(event, _)| *event == event_type);
    let may = signed_in
        .may(Action::ChangeSettings, Subject::Ledger)
        .is_ok();
    let at = recorded.recorded_at.in_japan().format("%Y-%m-%d %H:%M");
    Setting {
        position: recorded.position.get(),
        recorded: at.to_string(),
        by: render::account(recorded.metadata.actor.as_str(), current()),
        title: render::event_title(event_type, lang),
        said: render::sentence(entry.event(), recorded.privacy, lang),
        form: command
            .filter(|(_, command)| may && act::may_give(signed_in, command))
            .map(|(_, command)| act::setting::form(command, entry.event())),
        table: TABLES
            .iter()
            .find(|(event, _)| *event == event_type)
            .map(|(_, command)| *command),
    }
}

#[cfg(test)]
mod tests {
    use ledger_commands::Command;
    use ledger_core::event::ProgrammeEvent;

    use super::*;

    #[test]
    fn every_setting_has_its_form_or_is_a_table_of_the_command_line() {
        for info in ProgrammeEvent::TYPES {
            let is_in = |all: &[(&str, &str)]| all.iter().any(|(event, _)| *event == info.name);
            assert_ne!(is_in(COMMANDS), is_in(TABLES), "{}", info.name);
        }
        for (_, command) in COMMANDS.iter().chain(TABLES) {
            assert!(Command::NAMES.contains(command), "{command}");
        }
        for projection in registry::ALL {
            assert_ne!(title(projection.name(), Lang::Ja), "");
        }
    }
}
