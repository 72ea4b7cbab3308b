//! The lines of the access review: one access in words, on the page and in the file that is taken along.

use ledger_core::event::{AccessEvent, Event, Privacy};
use ledger_core::id::StreamName;
use ledger_projections::access_review::{Flag, Reviewed};
use ledger_projections::indicators::FactSet;

use super::super::export::{Cell, Table};
use crate::lang::Lang;
use crate::render;

/// One access.
pub(super) struct Line {
    pub(super) position: u64,
    pub(super) at: String,
    pub(super) by: String,
    /// The person whose text was opened: the id, and the number.
    pub(super) person: Option<(String, String)>,
    pub(super) what: String,
    pub(super) flags: Vec<&'static str>,
}

/// What a flag says.
pub(super) const fn flag_title(flag: Flag, lang: Lang) -> &'static str {
    match flag {
        Flag::NotInCharge => lang.pick("担当外", "Not in charge"),
        Flag::Emergency => lang.pick("緊急閲覧", "Emergency"),
        Flag::Night => lang.pick("夜間", "At night"),
        Flag::TakenOut => lang.pick("持出し", "Exported"),
        Flag::Many => lang.pick("ふだんより多い日", "Well above usual"),
    }
}

/// The register number of a person, or the id where there is none.
pub(super) fn number_of(person: &str, facts: &FactSet<'_>) -> String {
    let known = facts.registered(person);
    let number = known.and_then(|known| known.detail.clone());
    number.unwrap_or_else(|| person.to_owned())
}

/// An account with its role.
pub(super) fn said_by(actor: &str, role: &str, lang: Lang) -> String {
    let actor = render::account(actor, lang);
    match lang {
        Lang::Ja => format!("{actor}（{role}）"),
        Lang::En => format!("{actor} ({role})"),
    }
}

/// An access in words.
pub(super) fn line(one: &Reviewed<'_>, facts: &FactSet<'_>, lang: Lang) -> Line {
    let access = one.access;
    let role = render::role_of_account(access.role, lang);
    let person = one.person.as_deref();
    Line {
        position: access.position.get(),
        at: access.at.in_japan().format("%Y-%m-%d %H:%M:%S").to_string(),
        by: said_by(access.actor.as_str(), role, lang),
        person: person.map(|person| (person.to_owned(), number_of(person, facts))),
        what: what(one, lang),
        flags: one
            .flags
            .iter()
            .map(|flag| flag_title(*flag, lang))
            .collect(),
    }
}

fn what(one: &Reviewed<'_>, lang: Lang) -> String {
    match &one.access.event {
        AccessEvent::Opened(opened) => {
            let purpose = render::access_purpose(opened.purpose, lang);
            if one.person.is_some() {
                return purpose.to_owned();
            }
            format!("{purpose}: {}", title(&opened.stream, lang))
        },
        AccessEvent::Exported(_)
        | AccessEvent::BackupTaken(_)
        | AccessEvent::RowsRejected(_)
        | AccessEvent::SessionBegun(_)
        | AccessEvent::LinkMade(_)
        | AccessEvent::SignInChanged(_)
        | AccessEvent::TokenMade(_)
        | AccessEvent::TokensRevoked(_) => {
            let event = Event::Access(one.access.event.clone());
            render::sentence(&event, Privacy::Nothing, lang)
        },
    }
}

fn title(stream: &StreamName, lang: Lang) -> String {
    let category = stream.category().unwrap_or(stream.as_str());
    render::category_title(category, lang).to_owned()
}

/// The accesses as they are taken along.
pub(super) fn table(wanted: &[&Reviewed<'_>], facts: &FactSet<'_>, lang: Lang) -> Table {
    let rows = wanted.iter().map(|one| {
        let line = line(one, facts, lang);
        vec![
            Cell::told(&line.position.to_string()),
            Cell::text(line.at),
            Cell::text(one.access.actor.to_string()),
            Cell::text(render::role_of_account(one.access.role, lang)),
            Cell::known(line.person.map(|(_, number)| number)),
            Cell::text(line.what),
            Cell::text(line.flags.join(lang.pick("、", ", "))),
        ]
    });
    Table::new(
        lang.pick("閲覧の点検", "Access review"),
        vec![
            lang.pick("位置", "Position"),
            lang.pick("時刻", "At"),
            lang.pick("アカウント", "Account"),
            lang.pick("役割", "Role"),
            lang.pick("対象者番号", "Person"),
            lang.pick("何をしたか", "What"),
            lang.pick("点検の印", "Flags"),
        ],
        rows,
    )
}
