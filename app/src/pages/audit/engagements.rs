//! 監査の実施状況: every audit with its state, its scope, and which questions and findings wait, and how long.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::Command;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::ExportedList;
use ledger_core::time::Day;
use ledger_projections::audit::{EngagementCard, engagement_card};
use ledger_projections::card::Wait;
use serde::{Deserialize, Serialize};

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{self, Cell, Links, Table};
use super::super::fault::{Refusal, shown};
use super::super::form::Query;
use super::super::language::{current, t};
use super::super::paging::Paging;
use super::super::site::Site;
use super::days::Days;
use super::frame::Frame;
use crate::lang::Lang;
use crate::reading::histories;
use crate::render;

/// Audits of one page.
const LINES: usize = 50;

#[derive(Template)]
#[template(path = "audit/engagements.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    /// How many there are, not all of which need stand on this page.
    all: usize,
    lines: Vec<Line>,
    paging: Paging,
    /// What the form is called that opens one; none for who may not.
    opens: Option<&'static str>,
    export: Option<Links>,
}

struct Line {
    /// The place among all audits, as at the command line.
    number: usize,
    audit: String,
    opened: String,
    state: &'static str,
    from: u64,
    to: u64,
    /// How often the log was recomputed, and whether something was wrong.
    verified: usize,
    is_clean: bool,
    samples: usize,
    questions: usize,
    /// How long the first of those waits that have no answer.
    longest_question: Option<i64>,
    findings: usize,
    longest_finding: Option<i64>,
    closed: String,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// How many pages were passed.
    #[serde(skip_serializing)]
    page: usize,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(skip_serializing)]
    format: String,
    /// First and last day of recording of which an audit is to be opened.
    #[serde(skip_serializing)]
    recorded_from: String,
    #[serde(skip_serializing)]
    recorded_to: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (frame, chrome) = Frame::of_engagements(&signed_in)?;
    if let Some(days) = Days::asked(&asked.recorded_from, &asked.recorded_to)? {
        let form = days.form(site.open.open.store.as_ref(), signed_in.head);
        return Ok(form.await?);
    }
    let streams = histories(&site.open.open, "audit-", signed_in.head).await?;
    let numbered = (1_usize..).zip(streams.iter());
    let cards = numbered.filter_map(|(number, (_, history))| {
        let card = engagement_card(history, site.today())?;
        Some(line(number, &card, current()))
    });
    let mut lines: Vec<Line> = cards.collect();
    lines.reverse();
    if let Some(format) = export::format(&asked.format)? {
        let named = (ExportedList::Audits, format, signed_in.head);
        return export::hand_over(&site, &signed_in, named, table(&lines)).await;
    }
    let all = lines.len();
    let paging = Paging::of(&asked, asked.page, (LINES, all));
    let lines = lines.drain(paging.shown.clone()).collect();
    let opens = signed_in.may(Action::AuditWork, Subject::Audit).is_ok();
    shown(&Page {
        chrome,
        frame,
        all,
        lines,
        paging,
        opens: opens.then(|| act_title("open-audit")),
        export: Links::of(&signed_in, ExportedList::Audits, &asked),
    })
}

/// What the command of a name does, as a link has it.
pub(super) fn act_title(command: &'static str) -> &'static str {
    let about = match current() {
        Lang::Ja => Command::about_ja(command),
        Lang::En => Command::about(command),
    };
    about.unwrap_or(command).trim_end_matches(['。', '.'])
}

fn line(number: usize, card: &EngagementCard, lang: Lang) -> Line {
    let closed = card.closed.as_ref().and_then(|closed| closed.closed_on);
    Line {
        number,
        audit: card.engagement.to_string(),
        opened: day(card.opened_on, lang),
        state: render::audit_state(card, lang),
        from: card.from_position.get(),
        to: card.to_position.get(),
        verified: card.verifications.len(),
        is_clean: card.verifications.iter().all(|one| one.clean),
        samples: card.samples.len(),
        questions: card.open_questions,
        longest_question: longest(card.questions.iter().map(|one| one.wait)),
        findings: card.open_findings,
        longest_finding: longest(card.findings.iter().map(|one| one.wait)),
        closed: day(closed, lang),
    }
}

pub(super) fn day(on: Option<Day>, lang: Lang) -> String {
    on.map_or_else(|| "―".to_owned(), |on| render::day(on, lang))
}

/// Days of the one that waits longest.
fn longest(waits: impl Iterator<Item = Wait>) -> Option<i64> {
    let open = waits.filter(|wait| wait.open);
    open.filter_map(|wait| wait.days).max()
}

fn table(lines: &[Line]) -> Table {
    let columns = [
        t("番号", "Number"),
        t("開始", "Opened on"),
        t("状態", "State"),
        t("対象の最初の位置", "First position"),
        t("対象の最後の位置", "Last position"),
        t("改ざんの有無の確認", "Verifications"),
        t("異状の有無", "Clean"),
        t("標本", "Samples"),
        t("未回答の質問", "Open questions"),
        t(
            "最も長い待ち日数（質問）",
            "Longest wait of a question, days",
        ),
        t("未解消の指摘", "Open findings"),
        t(
            "最も長い待ち日数（指摘）",
            "Longest wait of a finding, days",
        ),
        t("終了", "Closed on"),
    ];
    let rows = lines.iter().map(|line| {
        let wait = |days: Option<i64>| days.map_or(Cell::Nothing, Cell::Number);
        let clean = (line.verified > 0).then(|| clean(line.is_clean).to_owned());
        vec![
            Cell::number(line.number),
            Cell::text(&line.opened),
            Cell::text(line.state),
            Cell::told(&line.from.to_string()),
            Cell::told(&line.to.to_string()),
            Cell::number(line.verified),
            Cell::known(clean),
            Cell::number(line.samples),
            Cell::number(line.questions),
            wait(line.longest_question),
            Cell::number(line.findings),
            wait(line.longest_finding),
            Cell::text(&line.closed),
        ]
    });
    Table::new(t("監査の実施状況", "Audits"), columns, rows)
}

/// What a recomputation of the log found.
pub(super) fn clean(is_clean: bool) -> &'static str {
    if is_clean {
        t("異状なし", "Clean")
    } else {
        t("異状あり", "Not clean")
    }
}
