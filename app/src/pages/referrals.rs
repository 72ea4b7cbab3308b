//! 連携: every referral with its three ticks, what it waits for and since when, and what to record next.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::code::{Area, PartyKind, Section, Urgency};
use ledger_core::event::ExportedList;
use ledger_core::time::Day;
use ledger_projections::referral_board::{ReferralLine, ReferralState, Tick, referral_board};
use serde::{Deserialize, Serialize};

use super::children::Choice;
use super::chrome::Chrome;
use super::door::SignedIn;
use super::export::{self, Cell, Links, Table};
use super::fault::{Refusal, shown};
use super::form::Query;
use super::in_charge::all_named;
use super::language::{current, t, term};
use super::paging::Paging;
use super::site::Site;
use crate::fault::views_failure;
use crate::lang::Lang;
use crate::reading::ClosedAccounts;
use crate::render;

#[derive(Template)]
#[template(path = "referrals.html")]
struct Page {
    chrome: Chrome,
    asked: Asked,
    areas: Vec<Choice>,
    states: Vec<Choice>,
    open: usize,
    /// How many fit, not all of which need stand on this page.
    found: usize,
    lines: Vec<Line>,
    paging: Paging,
    /// Whether steps can be recorded from here.
    records: bool,
    /// Below which path the children's records are read.
    timelines: &'static str,
    /// How the list is taken along.
    export: Option<Links>,
}

/// Referrals on a page.
const LINES: usize = 60;

struct Line {
    child: String,
    /// The referral, where the centre made it and a letter goes with it.
    letter: Option<String>,
    number: String,
    office: String,
    made_on: String,
    due_on: Option<String>,
    is_urgent: bool,
    /// The day that is hoped for has passed.
    is_late: bool,
    ticks: Vec<(&'static str, bool, String)>,
    state: &'static str,
    waits: Option<String>,
    /// That the other office was asked for it, when and by whom.
    asked: Option<String>,
    in_charge: String,
    acts: Vec<(String, &'static str)>,
}

/// What is looked for; what is open where nothing is said.
#[derive(Default, Deserialize, Serialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    area: String,
    /// `mine`: whoever looks is in charge of the person.
    #[serde(default)]
    charge: String,
    /// How many pages were passed.
    #[serde(default, skip_serializing)]
    page: usize,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(default, skip_serializing)]
    format: String,
}

/// The states of which one can be looked for.
const STATES: [(&str, (&str, &str)); 6] = [
    ("", ("終わっていないもの", "Not ended")),
    ("receipt", ("受理待ち", "Waits to be received")),
    ("decision", ("決定待ち", "Waits for a decision")),
    ("completion", ("対応中", "Under way")),
    ("feedback", ("報告待ち", "Waits for feedback")),
    ("all", ("すべて", "All")),
];

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let open = &site.open.open;
    let head = open.catch_up_on_work().await?;
    let today = site.today();
    let board = referral_board(&open.facts, today, head).await;
    let board = board.map_err(|error| views_failure(&error))?;
    let own = signed_in.account.as_str();
    let wanted = board.lines().iter().filter(|line| asked.wants(line, own));
    if let Some(format) = export::format(&asked.format)? {
        // In a file an account stands by its name alone.
        let unmarked = ClosedAccounts::default();
        let table = table(wanted.map(|line| shown_line(line, (today, &unmarked))));
        let named = (ExportedList::Referrals, format, head);
        return export::hand_over(&site, &signed_in, named, table).await;
    }
    let closed = ClosedAccounts::read(open, head).await?;
    let records = signed_in.may(Action::RecordWork, Subject::Person).is_ok();
    let area = |area: &Area| Choice {
        code: area.code(),
        label: term(area.code(), area.ja()),
        chosen: asked.area == area.code(),
    };
    let states = STATES.iter().map(|(code, (ja, en))| Choice {
        code,
        label: t(ja, en).to_owned(),
        chosen: asked.state == *code,
    });
    let wanted: Vec<&ReferralLine> = wanted.collect();
    let paging = Paging::of(&asked, asked.page, (LINES, wanted.len()));
    let lines = wanted.get(paging.shown.clone()).unwrap_or_default();
    shown(&Page {
        chrome: Chrome::of(t("連携", "Referrals"), &signed_in, "/referrals"),
        areas: Area::ALL.iter().map(area).collect(),
        states: states.collect(),
        open: board.lines().iter().filter(|line| is_open(line)).count(),
        found: wanted.len(),
        lines: lines
            .iter()
            .map(|line| shown_line(line, (today, &closed)))
            .collect(),
        paging,
        records,
        timelines: signed_in.records(),
        export: Links::of(&signed_in, ExportedList::Referrals, &asked),
        asked,
    })
}

fn table(lines: impl Iterator<Item = Line>) -> Table {
    let rows = lines.map(|line| {
        let ticks = line.ticks.into_iter();
        let ticks = ticks.map(|(step, _, day)| Cell::text(format!("{step} {day}")));
        let first = [
            Cell::text(line.number),
            Cell::text(line.office),
            Cell::known(line.is_urgent.then(urgent)),
            Cell::text(line.made_on),
            Cell::known(line.due_on),
        ];
        let last = [
            Cell::text(line.state),
            line.waits.map_or(Cell::Nothing, |waits| Cell::told(&waits)),
            Cell::known(line.asked),
            Cell::text(line.in_charge),
        ];
        first.into_iter().chain(ticks).chain(last).collect()
    });
    Table::new(
        t("連携", "Referrals"),
        vec![
            t("対象者番号", "Child's number"),
            t("連携先", "Other office"),
            t("緊急度", "Urgency"),
            t("依頼日", "Made"),
            t("期限", "Due"),
            t("受理", "Received"),
            t("決定", "Decided"),
            t("報告", "Reported"),
            t("状態", "State"),
            t("待ち", "Waits"),
            t("照会", "Asked"),
            t("担当", "In charge"),
        ],
        rows,
    )
}

fn urgent() -> String {
    term(Urgency::Urgent.code(), Urgency::Urgent.ja())
}

fn is_open(line: &ReferralLine) -> bool {
    line.state != ReferralState::Nothing
}

impl Asked {
    fn wants(&self, line: &ReferralLine, own: &str) -> bool {
        let in_state = match self.state.as_str() {
            "" => is_open(line),
            "all" => true,
            state => line.state.code() == state,
        };
        let there = line.area.is_some_and(|area| area.code() == self.area);
        in_state
            && (self.area.is_empty() || there)
            && (self.charge != "mine" || line.in_charge.iter().any(|account| account == own))
    }
}

fn shown_line(line: &ReferralLine, (today, closed): (Day, &ClosedAccounts)) -> Line {
    let day = |day: Option<Day>| day.map(|day| render::day(day, current()));
    let since = line
        .since
        .map(|since| today.signed_duration_since(since).num_days());
    Line {
        child: line.child.clone(),
        letter: (!line.is_incoming).then(|| line.referral.clone()),
        number: line.number.clone().unwrap_or_else(|| line.child.clone()),
        office: office(line),
        made_on: day(line.made_on).unwrap_or_else(|| t("日付不明", "No date").to_owned()),
        due_on: day(line.due_on),
        is_urgent: line.is_urgent,
        is_late: is_open(line) && line.due_on.is_some_and(|due| due < today),
        ticks: ticks(line),
        state: waits_for(line.state),
        waits: since.filter(|days| *days > 0).map(waited),
        asked: line
            .reminder
            .as_ref()
            .map(|reminder| render::reminded(reminder, current())),
        in_charge: all_named(&line.in_charge, closed),
        acts: acts(line),
    }
}

/// What a referral waits for, in words.
pub(super) fn waits_for(state: ReferralState) -> &'static str {
    let words = STATES.iter().find(|(known, _)| *known == state.code());
    words.map_or_else(|| t("終了", "Ended"), |(_, (ja, en))| t(ja, en))
}

/// The other office, and which way the referral goes.
pub(super) fn office(line: &ReferralLine) -> String {
    let code = line.office.as_deref().unwrap_or_default();
    let section = code.parse::<Section>().map(Section::ja);
    let party = || code.parse::<PartyKind>().map(PartyKind::ja);
    let office = section.or_else(|_| party()).map_or_else(
        |_| t("連携先不明", "Unknown office").to_owned(),
        |ja| term(code, ja),
    );
    let area = line.area.map(|area| term(area.code(), area.ja()));
    let office = format!("{} {office}", area.unwrap_or_default());
    let office = office.trim();
    match (current(), line.is_incoming) {
        (Lang::Ja, true) => format!("{office}から受けた連携"),
        (Lang::En, true) => format!("From: {office}"),
        (Lang::Ja, false) => format!("{office}へ"),
        (Lang::En, false) => format!("To: {office}"),
    }
}

fn waited(days: i64) -> String {
    match current() {
        Lang::Ja => format!("{days}日"),
        Lang::En => render::counted(days, "day", "days"),
    }
}

/// The three ticks: received, decided, reported.
fn ticks(line: &ReferralLine) -> Vec<(&'static str, bool, String)> {
    let day = |tick: Tick| match tick {
        Tick::Done(Some(day)) => render::day(day, current()),
        Tick::Done(None) => t("日付不明", "No date").to_owned(),
        Tick::Open => t("まだ", "Not yet").to_owned(),
    };
    let (decision, decided) = if line.declined.is_done() {
        (t("受入不可", "Declined"), line.declined)
    } else {
        (t("受入決定", "Accepted"), line.accepted)
    };
    [
        (t("受理", "Received"), line.received),
        (decision, decided),
        (t("報告", "Reported"), line.fed_back),
    ]
    .into_iter()
    .map(|(step, tick)| (step, tick.is_done(), day(tick)))
    .collect()
}

/// A command, and what it is called in both languages.
type Act = (&'static str, (&'static str, &'static str));

/// The centre asks the other office; what came to the centre is its own to do.
const REMIND: Act = (
    "remind-referral",
    ("状況の照会を記録", "Record that you asked how far it is"),
);

/// What is recorded next, by what the referral waits for.
fn acts(line: &ReferralLine) -> Vec<(String, &'static str)> {
    let next: &[Act] = match line.state {
        ReferralState::Receipt => &[
            ("receive-referral", ("受理を記録", "Record the receipt")),
            REMIND,
        ],
        ReferralState::Decision => &[
            (
                "accept-referral",
                ("受入決定を記録", "Record the acceptance"),
            ),
            ("decline-referral", ("受入不可を記録", "Record the refusal")),
            REMIND,
        ],
        ReferralState::Completion => &[
            ("complete-referral", ("完了を記録", "Record the completion")),
            (
                "report-referral-progress",
                ("経過を記録", "Record progress"),
            ),
            REMIND,
        ],
        ReferralState::Feedback => &[("receive-feedback", ("報告を記録", "Record the feedback"))],
        ReferralState::Nothing => &[("reopen-referral", ("再開を記録", "Record the reopening"))],
    };
    let number = line.number.as_deref().unwrap_or(&line.child);
    // What was begun in a merged case is brought to its end there.
    let child = line.case.as_deref().unwrap_or(number);
    let next = next.iter();
    let next = next.filter(|act| !line.is_incoming || **act != REMIND);
    let paths = next.map(|(command, (ja, en))| {
        let query = [("child", child), ("referral", line.referral.as_str())];
        let query = serde_html_form::to_string(query).unwrap_or_default();
        (format!("/acts/{command}?{query}"), t(ja, en))
    });
    paths.collect()
}
