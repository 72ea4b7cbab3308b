//! What stands in a stream of any kind, a line each, its texts closed: a person as on the timeline, anything else as its
//! card.

use std::collections::BTreeSet;

use ledger_commands::state::{Account, Approval, Happened};
use ledger_core::event::Event;
use ledger_core::history::{Entry, History};
use ledger_core::id::StreamName;
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::audit::engagement_card;
use ledger_projections::budget::budget_card;
use ledger_projections::committee::meeting_card;
use ledger_projections::facility::facility_card;
use ledger_projections::organisation::directory_entry;
use ledger_projections::programme::programme_card;
use ledger_projections::request::{opinion_card, request_card};
use ledger_projections::settings::Settings;
use ledger_projections::timeline::{TimelineOptions, timeline_state};
use ledger_projections::trainee::trainee_card;

use super::sheet::SEALED;
use super::words::{day, fiscal_year, term_within};
use super::{
    audit, budget, facility, meeting, office, opinion, person_lines, programme, request,
    role_of_account, sentence, timeline_cards, trainee,
};
use crate::lang::Lang;

/// Through which clocks a stream is looked at, and by which settings.
#[derive(Clone, Copy, Debug)]
pub struct Looked<'a> {
    /// The clocks; of anything but persons what had occurred by the day that is looked at, or by today.
    pub options: TimelineOptions,
    /// The programme's settings by then.
    pub settings: &'a Settings,
}

/// What stands in a stream, a line each; nothing where its events stand for themselves, as those about who opened
/// what do.
#[must_use]
pub fn state_lines(
    stream: &StreamName,
    history: &History,
    looked: Looked<'_>,
    lang: Lang,
) -> Vec<String> {
    if history.entries().is_empty() {
        return Vec::new();
    }
    let on = looked.options.as_of.unwrap_or(looked.options.today);
    match stream.category().unwrap_or(stream.as_str()) {
        "child" => person(history, looked.options, lang),
        "programme" => settings(history, on, lang),
        "account" => account(history, on, lang),
        "approval" => approval(history, on, lang),
        "inquiry" => told(history, on, lang),
        kind => lines(card(kind, history, (looked, on), lang), lang),
    }
}

/// The card of a stream of this kind; none where it has no card, or nothing stands.
fn card(
    kind: &str,
    history: &History,
    (looked, on): (Looked<'_>, Day),
    lang: Lang,
) -> Option<String> {
    match kind {
        "facility" => facility_card(history, on).map(|card| facility(None, &card, lang)),
        "organisation" => directory_entry(history, on).map(|entry| office(&entry, lang)),
        "trainee" => {
            let card = trainee_card(history, looked.settings.competencies(), on);
            card.map(|card| trainee(None, &card, false, lang))
        },
        "committee" => meeting_card(history, on).map(|card| meeting(&card, false, lang)),
        "opinion" => opinion_card(history, on).map(|card| opinion(None, &card, false, lang)),
        "request" => request_card(history, on).map(|card| request(None, &card, false, lang)),
        "audit" => engagement_card(history, on).map(|card| audit(None, &card, false, lang)),
        "fiscal" => {
            let card = budget_card(history, year_of(history)?, on);
            card.map(|card| budget(&card, None, false, lang))
        },
        _ => None,
    }
}

/// A card's lines, without the one that says at the command line how its texts are opened.
fn lines(card: Option<String>, lang: Lang) -> Vec<String> {
    let card = card.unwrap_or_default();
    let lines = card.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && *line != lang.pick(SEALED.0, SEALED.1));
    lines.map(str::to_owned).collect()
}

fn person(history: &History, options: TimelineOptions, lang: Lang) -> Vec<String> {
    let timeline = timeline_state(history, options);
    let mut lines = person_lines(&timeline.person, lang);
    lines.extend(timeline_cards(&timeline, lang));
    lines
}

/// The year of the books that a stream holds, as its name says it.
fn year_of(history: &History) -> Option<FiscalYear> {
    let first = history.entries().first()?;
    let (_, year) = first.recorded.stream.as_str().split_once('-')?;
    Some(FiscalYear::new(year.parse().ok()?))
}

/// What stands and had occurred by a day.
fn standing(history: &History, on: Day) -> impl Iterator<Item = &Entry> {
    let had_occurred = move |entry: &&Entry| entry.day().is_none_or(|day| day <= on);
    history.standing().filter(had_occurred)
}

/// The settings of the year that is nearest to the day, and behind them what is otherwise in the years for which a
/// number is planned.
fn settings(history: &History, on: Day, lang: Lang) -> Vec<String> {
    let events = standing(history, on).filter_map(|entry| {
        let Event::Programme(event) = entry.event() else {
            return None;
        };
        Some(event)
    });
    let settings = Settings::of(events);
    let of_year = |year| {
        let card = programme_card(history, year, on);
        lines(card.map(|card| programme(&card, false, lang)), lang)
    };
    let near = settings.year_near(on);
    let planned = settings.planned().iter();
    let others: BTreeSet<FiscalYear> = planned.filter_map(|one| one.fiscal_year).collect();
    let mut all = of_year(near);
    for year in others.into_iter().filter(|year| *year != near) {
        let name = fiscal_year(year, lang);
        let own = of_year(year);
        let own = own.into_iter().filter(|line| !all.contains(line));
        let own: Vec<String> = own.map(|line| format!("{name}  {line}")).collect();
        all.extend(own);
    }
    all
}

fn happened(entry: &Entry) -> Happened<'_> {
    Happened {
        id: entry.recorded.id,
        latest: entry.latest(),
        event: entry.event(),
        occurred: entry.occurred(),
    }
}

/// A line with its label.
fn labelled(label: (&str, &str), said: &str, lang: Lang) -> String {
    format!("{}: {said}", lang.pick(label.0, label.1))
}

fn account(history: &History, on: Day, lang: Lang) -> Vec<String> {
    let mut account = Account::default();
    for entry in standing(history, on) {
        account.evolve(&happened(entry));
    }
    let Some(name) = &account.name else {
        return Vec::new();
    };
    let closed = lang.pick("閉じています", "closed");
    let role = account
        .role
        .map_or(closed, |role| role_of_account(role, lang));
    vec![
        labelled(("アカウント", "account"), name.as_str(), lang),
        labelled(("役割", "role"), role, lang),
    ]
}

fn approval(history: &History, on: Day, lang: Lang) -> Vec<String> {
    let mut approval = Approval::default();
    for entry in standing(history, on) {
        approval.evolve(&happened(entry));
    }
    let Some(asked) = &approval.asked else {
        return Vec::new();
    };
    let on = |day_of: Option<Day>| day_of.map_or_else(|| "—".to_owned(), |it| day(it, lang));
    let state = match (&approval.granted, &approval.refused) {
        (Some((by, step)), None) => {
            let word = lang.pick("承認", "granted");
            format!("{word}  {by}  {}", on(step.day()))
        },
        (_, Some(step)) => {
            let word = lang.pick("承認しない・取下げ", "refused or taken back");
            format!("{word}  {}", on(step.day()))
        },
        (None, None) => lang.pick("承認待ち", "waiting").to_owned(),
    };
    let by = format!("{}  {}", asked.by, on(asked.step.day()));
    let mut lines = vec![
        labelled(("承認する行為", "act"), &term_within(asked.act, lang), lang),
        labelled(("対象", "stream"), asked.stream.as_str(), lang),
        labelled(("依頼した人", "asked by"), &by, lang),
        labelled(("状態", "state"), &state, lang),
    ];
    if approval.used.is_some() {
        lines.push(lang.pick("実施済み", "done as approved").to_owned());
    }
    lines
}

/// What stands, told event by event: of a consultation about nobody known there is no card.
fn told(history: &History, on: Day, lang: Lang) -> Vec<String> {
    let standing = standing(history, on);
    let told = standing.map(|entry| sentence(entry.event(), entry.recorded.privacy, lang));
    told.collect()
}
