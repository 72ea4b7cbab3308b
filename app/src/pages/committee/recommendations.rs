//! 提言への対応: each recommendation of the committee, how long it waits or waited, and which events answer it.
//! What it says is opened when somebody asks for it, after that was recorded.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::authorise::{Action, Assignment, Subject, authorise};
use ledger_core::event::ExportedList;
use ledger_core::id::StreamName;
use ledger_core::time::Day;
use ledger_projections::committee::{MeetingCard, RecommendationView, meeting_card};
use ledger_projections::indicators::find;

use super::super::chrome::Chrome;
use super::super::door::{Sender as _, SignedIn};
use super::super::export::{Cell, Table};
use super::super::fault::{Refusal, shown};
use super::super::figures::Asked;
use super::super::form::{Query, Sent};
use super::super::language::{current, t, term};
use super::super::opening::reopened;
use super::super::sign_in::Nothing;
use super::super::site::Site;
use super::frame::Frame;
use super::meetings::address;
use super::paper::{Paper, answer};
use super::row::{self, Row};
use crate::lang::Lang;
use crate::reading::{find_event, histories};
use crate::render;

#[derive(Template)]
#[template(path = "committee/recommendations.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    lines: Vec<Line>,
    figures: Vec<Row>,
    form: String,
    may_open: bool,
    opened: bool,
    /// Events can be looked at.
    with_events: bool,
}

struct Line {
    meeting: String,
    address: String,
    to: String,
    made: String,
    due: String,
    state: String,
    late: bool,
    about: String,
    about_name: &'static str,
    /// The year whose figure answers it: that of which the meeting was shown the figures.
    about_year: Option<i32>,
    text: String,
    answers: Vec<Answer>,
}

struct Answer {
    on: String,
    text: String,
    /// Positions of the events that show it.
    evidence: Vec<String>,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let page = made(&site, &signed_in, false).await?;
    let named = (ExportedList::Recommendations, signed_in.head);
    answer((&site, &signed_in), named, &asked, page).await
}

/// The same with what the recommendations say.
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
    signed_in.may(Action::ReadFigures, Subject::Ledger)?;
    let may =
        |action, subject| authorise(signed_in.role, action, subject, Assignment::None).is_ok();
    let cards = cards(site, signed_in, opened).await?;
    let with_events = may(Action::ReadEvents, Subject::Ledger);
    let mut lines = Vec::new();
    for card in &cards {
        for made in &card.recommendations {
            lines.push(line(site, card, made).await?);
        }
    }
    let present = super::looked::Present::of(site, signed_in, None).await?;
    let frame = Frame::of("/committee/recommendations");
    Ok(Page {
        chrome: frame.chrome(signed_in),
        frame,
        lines,
        figures: Row::all(&["J-1", "J-2"], &present.looked),
        form: signed_in.form().as_str().to_owned(),
        may_open: may(Action::OpenText, Subject::Governance) && !opened,
        opened,
        with_events,
    })
}

/// The recommendations as they are taken along: how each stands, and nothing of what it says.
fn made_table(lines: &[Line]) -> Table {
    let columns = [
        t("委員会", "Meeting"),
        t("宛先", "To"),
        t("提言の日", "Made on"),
        t("関わる指標", "Related indicators"),
        t("回答期限", "Answer due"),
        t("状態", "State"),
        t("回答の日", "Answered on"),
        t("根拠の記録の件数", "Supporting events"),
    ];
    let rows = lines.iter().map(|line| {
        let on: Vec<&str> = line.answers.iter().map(|answer| &*answer.on).collect();
        let evidence = line.answers.iter().map(|answer| answer.evidence.len());
        vec![
            Cell::text(&line.meeting),
            Cell::text(&line.to),
            Cell::text(&line.made),
            Cell::text(format!("{} {}", line.about, line.about_name).trim()),
            Cell::text(&line.due),
            Cell::text(&line.state),
            Cell::text(on.join(t("、", ", "))),
            Cell::number(evidence.sum()),
        ]
    });
    Table::new(t("提言", "Recommendations"), columns, rows).coded("recommendations")
}

/// The meetings, newest first; those with recommendations opened where that is asked for, each after it was
/// recorded.
async fn cards(
    site: &Site,
    signed_in: &SignedIn,
    opened: bool,
) -> Result<Vec<MeetingCard>, Refusal> {
    let (open, today) = (&site.open.open, site.today());
    let mut cards = Vec::new();
    let found = histories(open, "committee-", signed_in.head).await?;
    for (stream, closed) in found.iter() {
        let Some(card) = meeting_card(closed, today) else {
            continue;
        };
        let with_text = opened && !card.recommendations.is_empty();
        cards.push(if with_text {
            open_card(site, signed_in, stream, today)
                .await?
                .unwrap_or(card)
        } else {
            card
        });
    }
    cards.sort_by_key(|card| std::cmp::Reverse((card.planned_on, card.nth)));
    Ok(cards)
}

async fn open_card(
    site: &Site,
    signed_in: &SignedIn,
    stream: &StreamName,
    today: Day,
) -> Result<Option<MeetingCard>, Refusal> {
    let opened = reopened(site, signed_in, stream).await?;
    Ok(meeting_card(&opened, today))
}

async fn line(site: &Site, card: &MeetingCard, made: &RecommendationView) -> Result<Line, Refusal> {
    let day = |on: Option<Day>| on.map_or_else(|| "―".to_owned(), |on| render::day(on, current()));
    let about = made.indicator.clone().unwrap_or_default();
    let mut answers = Vec::new();
    for answer in &made.answers {
        let mut evidence = Vec::new();
        for event in &answer.evidence {
            let found = find_event(site.open.open.store.as_ref(), &event.to_string()).await;
            evidence.extend(found.ok().map(|found| found.position.to_string()));
        }
        answers.push(Answer {
            on: day(answer.answered_on),
            text: answer.text.clone().unwrap_or_default(),
            evidence,
        });
    }
    Ok(Line {
        meeting: render::meeting_name(card, current()),
        address: address(card),
        to: term(made.addressee.code(), made.addressee.ja()),
        made: day(made.made_on),
        due: day(made.due_on),
        state: state(made, site.today()),
        late: made.wait.overdue,
        about_year: card.materials.as_ref().map(|it| it.fiscal_year.year()),
        about_name: find(&about).map_or("", |known| t(known.ja, known.en)),
        about,
        text: made.text.clone().unwrap_or_default(),
        answers,
    })
}

fn state(made: &RecommendationView, today: Day) -> String {
    let late = made
        .due_on
        .map(|due| today.signed_duration_since(due).num_days());
    let word = match (made.wait.overdue, made.wait.open) {
        (true, _) => overdue(late),
        (false, true) => t("未回答", "Open").to_owned(),
        (false, false) => t("回答済み", "Answered").to_owned(),
    };
    // Beside it since the recommendation, which J-2 counts.
    let days = made.wait.days.map(|days| {
        let told = render::counted(days, "day", "days");
        let waits = made.wait.open;
        match current() {
            Lang::Ja if waits => format!("（提言から{days}日）"),
            Lang::En if waits => format!(" ({told} since it was made)"),
            Lang::Ja => format!("（提言から{days}日で回答）"),
            Lang::En => format!(" (after {told})"),
        }
    });
    format!("{word}{}", days.unwrap_or_default())
}

/// For how long an answer is overdue: from the day by which it was to be given.
fn overdue(days: Option<i64>) -> String {
    let Some(days) = days else {
        return t("期限超過", "Overdue").to_owned();
    };
    match current() {
        Lang::Ja => format!("期限超過 {days}日"),
        Lang::En => format!("Overdue for {}", render::counted(days, "day", "days")),
    }
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        vec![made_table(&self.lines), row::table(&self.figures)]
    }
}
