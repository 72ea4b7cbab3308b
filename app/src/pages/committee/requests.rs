//! 国・都への要望: what the ward asks of the state and of Tokyo and what the liaison council said, each with how it
//! stands and the figures that speak for it, to be printed. What they say is opened when somebody asks for it, after
//! that was recorded.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::authorise::{Action, Assignment, Subject, authorise};
use ledger_core::event::ExportedList;
use ledger_core::history::History;
use ledger_core::time::Day;
use ledger_projections::card::Wait;
use ledger_projections::request::{
    OpinionCard, RequestCard, RequestEnd, opinion_card, request_card,
};

use super::super::chrome::Chrome;
use super::super::door::{Sender as _, SignedIn};
use super::super::export::{Cell, Table};
use super::super::fault::{Refusal, shown};
use super::super::figures::Asked as Wanted;
use super::super::form::{Query, Sent};
use super::super::language::{current, listed, t};
use super::super::opening::reopened;
use super::super::sign_in::Nothing;
use super::super::site::Site;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::paper::{Paper, answer};
use super::row::{self, Row};
use crate::lang::Lang;
use crate::reading::histories;
use crate::render;

/// What speaks for a request besides the figures that it names: needs that no service met.
const FIGURES: [&str; 3] = ["E-6", "C-4", "D-2"];

#[derive(Template)]
#[template(path = "committee/requests.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    requests: Vec<Asked>,
    opinions: Vec<Asked>,
    figures: Vec<Row>,
    form: String,
    may_open: bool,
    opened: bool,
}

/// What was asked of somebody, and how it stands.
struct Asked {
    /// Of whom, or from whom.
    who: String,
    on: String,
    due: String,
    state: String,
    is_late: bool,
    text: String,
    /// The figures that speak for it.
    figures: Vec<Row>,
    evidence: usize,
    answers: Vec<(String, String)>,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Wanted>,
) -> Result<Response, Refusal> {
    let page = made(&site, &signed_in, false).await?;
    let named = (ExportedList::Requests, signed_in.head);
    answer((&site, &signed_in), named, &asked, page).await
}

/// The same with what they say.
pub(super) async fn open(
    State(site): State<Arc<Site>>,
    sent: Sent<Nothing>,
) -> Result<Response, Refusal> {
    let Nothing {} = sent.fields;
    sent.sender.may(Action::OpenText, Subject::Governance)?;
    let mut page = made(&site, &sent.sender, true).await?;
    page.frame.printed = sent.sender.printed();
    shown(&page)
}

async fn made(site: &Site, signed_in: &SignedIn, opened: bool) -> Result<Page, Refusal> {
    let present = Present::of(site, signed_in, None).await?;
    let looked = &present.looked;
    let opens = authorise(
        signed_in.role,
        Action::OpenText,
        Subject::Governance,
        Assignment::None,
    );
    let lang = current();
    let requests = read(site, signed_in, ("request-", opened), request_card).await?;
    let opinions = read(site, signed_in, ("opinion-", opened), opinion_card).await?;
    let frame = Frame::of("/committee/requests").looking_at(looked);
    Ok(Page {
        chrome: frame.chrome(signed_in),
        requests: requests
            .iter()
            .map(|card| request(card, looked, lang))
            .collect(),
        opinions: opinions.iter().map(|card| opinion(card, lang)).collect(),
        figures: Row::all(&FIGURES, looked),
        form: signed_in.form().as_str().to_owned(),
        may_open: opens.is_ok() && !opened,
        opened,
        frame,
    })
}

/// What was asked as it is taken along: how each stands, and nothing of what it says.
fn asked_table(title: &str, asked: &[Asked]) -> Table {
    let columns = [
        t("相手", "Of or from whom"),
        t("日", "On"),
        t("回答期限", "Due"),
        t("状態", "State"),
        t("根拠の記録の件数", "Supporting events"),
        t("関わる指標", "Related indicators"),
        t("回答・結果の日", "Answered or ended on"),
    ];
    let rows = asked.iter().map(|one| {
        let figures = one.figures.iter();
        let figures: Vec<String> = figures
            .map(|row| format!("{} {} {}", row.id, row.name, row.value))
            .collect();
        let on: Vec<&str> = one.answers.iter().map(|(on, _)| &**on).collect();
        vec![
            Cell::text(&one.who),
            Cell::text(&one.on),
            Cell::text(&one.due),
            Cell::text(&one.state),
            Cell::number(one.evidence),
            Cell::text(listed(&figures)),
            Cell::text(listed(&on)),
        ]
    });
    Table::new(title, columns, rows)
}

/// The cards of the streams whose names begin so, newest first; with their text where that is asked for, each
/// after it was recorded.
async fn read<C>(
    site: &Site,
    signed_in: &SignedIn,
    (prefix, opened): (&str, bool),
    fold: fn(&History, Day) -> Option<C>,
) -> Result<Vec<C>, Refusal> {
    let (open, today) = (&site.open.open, site.today());
    let mut cards = Vec::new();
    let found = histories(open, prefix, signed_in.head).await?;
    for (stream, closed) in found.iter() {
        cards.extend(if opened {
            fold(&reopened(site, signed_in, stream).await?, today)
        } else {
            fold(closed, today)
        });
    }
    cards.reverse();
    Ok(cards)
}

fn request(card: &RequestCard, looked: &Looked, lang: Lang) -> Asked {
    let to = card.addressee;
    let figures = card.indicators.iter();
    let answers = card.end.iter().map(|end| match end {
        RequestEnd::Answered { on, text } => (day(*on, lang), text.clone().unwrap_or_default()),
        RequestEnd::Withdrawn { on, reason } => {
            (day(*on, lang), reason.clone().unwrap_or_default())
        },
    });
    let state = match &card.end {
        Some(RequestEnd::Answered { .. }) => t("回答あり", "Answered").to_owned(),
        Some(RequestEnd::Withdrawn { .. }) => t("取下げ", "Withdrawn").to_owned(),
        None => waiting(card.wait),
    };
    Asked {
        who: render::code_term(to.code(), to.ja(), lang),
        on: day(card.made_on, lang),
        due: day(card.due_on, lang),
        state,
        is_late: card.wait.overdue,
        text: card.text.clone().unwrap_or_default(),
        figures: figures.filter_map(|id| Row::of(id, looked)).collect(),
        evidence: card.evidence.len(),
        answers: answers.collect(),
    }
}

fn opinion(card: &OpinionCard, lang: Lang) -> Asked {
    let answers = card.answers.iter();
    let answers = answers.map(|answer| {
        let text = answer.text.clone().unwrap_or_default();
        (day(answer.answered_on, lang), text)
    });
    let evidence = card.answers.iter().map(|answer| answer.evidence.len());
    Asked {
        who: t("連絡協議会", "Liaison council").to_owned(),
        on: day(card.received_on, lang),
        due: day(None, lang),
        state: if card.answers.is_empty() {
            waiting(card.wait)
        } else {
            t("回答済み", "Answered").to_owned()
        },
        is_late: card.wait.overdue,
        text: card.text.clone().unwrap_or_default(),
        figures: Vec::new(),
        evidence: evidence.sum(),
        answers: answers.collect(),
    }
}

fn day(on: Option<Day>, lang: Lang) -> String {
    on.map_or_else(|| "―".to_owned(), |on| render::day(on, lang))
}

fn waiting(wait: Wait) -> String {
    let word = if wait.overdue {
        t("期限超過", "Overdue")
    } else {
        t("未回答", "Not answered")
    };
    let days = wait.days.map(|days| match current() {
        Lang::Ja => format!("（{days}日）"),
        Lang::En => format!(" ({})", render::counted(days, "day", "days")),
    });
    format!("{word}{}", days.unwrap_or_default())
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        vec![
            asked_table(t("要望", "Requests"), &self.requests).coded("requests"),
            asked_table(
                t("連絡協議会の意見", "Opinions of the council"),
                &self.opinions,
            )
            .coded("opinions"),
            row::table(&self.figures),
        ]
    }
}
