//! One audit: its scope, how the log was verified, its samples drawn again, its questions with their answers and its
//! findings with their clearances, each with the event that recorded it, and the forms of the next step. What it says
//! is opened when somebody asks for it, after that was recorded.

mod lines;
mod places;
mod tables;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::ExportedList;
use ledger_core::id::{EngagementId, Position, StreamName};
use ledger_projections::audit::{EngagementCard, engagement_card};
use serde::{Deserialize, Serialize};

use self::lines::{End, Finding, Question, Sample, Verification};
use self::places::Places;
use super::super::chrome::Chrome;
use super::super::door::{Sender as _, SignedIn};
use super::super::export::{self, Book, Links};
use super::super::fault::{Refusal, shown};
use super::super::form::{Query, Sent};
use super::super::language::{current, t};
use super::super::opening::reopened;
use super::super::sign_in::Nothing;
use super::super::site::Site;
use super::engagements::{act_title, day};
use super::frame::Frame;
use crate::lang::Lang;
use crate::reading::closed_history;
use crate::render;

/// The forms that add a step to an audit that goes on, beside those about one of its questions or findings.
const STEPS: [&str; 4] = [
    "record-chain-verified",
    "ask-audit-question",
    "issue-audit-finding",
    "close-audit",
];

#[derive(Template)]
#[template(path = "audit/engagement.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    audit: EngagementId,
    facts: Vec<(&'static str, String)>,
    /// The event that recorded its beginning.
    recorded_in: Option<Position>,
    scope: Option<String>,
    verifications: Vec<Verification>,
    samples: Vec<Sample>,
    questions: Vec<Question>,
    findings: Vec<Finding>,
    end: Option<End>,
    /// Forms of the next step with their titles, for who may.
    steps: Vec<(String, &'static str)>,
    /// What the forms about one question or finding are called; none for who may not.
    answers: Option<&'static str>,
    audits: Option<(&'static str, &'static str)>,
    form: String,
    may_open: bool,
    opened: bool,
    export: Option<Links>,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// `csv` or `xlsx`: its tables as a file.
    #[serde(skip_serializing)]
    format: String,
    /// The table that a file is to hold, by its code.
    #[serde(skip_serializing)]
    table: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(audit): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let mut page = made(&site, &signed_in, &audit, false).await?;
    let tables = tables::of(&page);
    let list = ExportedList::Audits;
    if let Some(format) = export::format(&asked.format)? {
        let title = page.chrome.title.clone();
        drop(page);
        let (named, book) = ((list, format, signed_in.head), Book { title, tables });
        return export::hand_over_book(&site, &signed_in, named, (book, &asked.table)).await;
    }
    page.export = Links::of_tables(&signed_in, list, &asked, &tables);
    shown(&page)
}

/// The same with what it says.
pub(super) async fn open(
    State(site): State<Arc<Site>>,
    Path(audit): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Response, Refusal> {
    let Nothing {} = sent.fields;
    sent.sender.may(Action::OpenText, Subject::Audit)?;
    shown(&made(&site, &sent.sender, &audit, true).await?)
}

async fn made(
    site: &Site,
    signed_in: &SignedIn,
    audit: &str,
    opened: bool,
) -> Result<Page, Refusal> {
    let (frame, mut chrome) = Frame::of_engagements(signed_in)?;
    let audit: EngagementId = audit.parse().map_err(|_| Refusal::not_found())?;
    let stream = StreamName::audit(audit);
    let store = site.open.open.store.as_ref();
    let closed = closed_history(store, &stream, None).await?;
    // Nobody opened what there is not.
    if closed.entries().is_empty() {
        return Err(Refusal::not_found());
    }
    let history = if opened {
        reopened(site, signed_in, &stream).await?
    } else {
        closed
    };
    let card = engagement_card(&history, site.today()).ok_or_else(Refusal::not_found)?;
    let places = Places::of(store, (&history, &card), signed_in.role).await?;
    let lang = current();
    let may = |action| signed_in.may(action, Subject::Audit).is_ok();
    let (goes_on, works) = (card.closed.is_none(), may(Action::AuditWork));
    let opened_on = day(card.opened_on, lang);
    chrome.title = match lang {
        Lang::Ja => format!("監査（{opened_on}開始）"),
        Lang::En => format!("Audit opened on {opened_on}"),
    };
    let steps = if goes_on && works {
        steps(&card)
    } else {
        Vec::new()
    };
    Ok(Page {
        facts: facts(&card, lang),
        recorded_in: places.own(card.recorded_in),
        scope: card.scope.clone(),
        verifications: lines::verifications(&card, &places, lang),
        samples: lines::samples(&site.open.open, &card, &places, lang).await?,
        questions: lines::questions(&card, &places, lang),
        findings: lines::findings(&card, &places, lang),
        end: card.closed.as_ref().map(|it| lines::end(it, &places, lang)),
        steps,
        answers: (goes_on && may(Action::AnswerAudit)).then(|| act_title("give-audit-answer")),
        audits: (goes_on && works).then(|| {
            let found = act_title("issue-audit-finding");
            (found, act_title("clear-audit-finding"))
        }),
        form: signed_in.form().as_str().to_owned(),
        may_open: may(Action::OpenText) && !opened,
        opened,
        export: None,
        chrome,
        frame,
        audit,
    })
}

/// Where the next step is recorded; a sample where it is drawn.
fn steps(card: &EngagementCard) -> Vec<(String, &'static str)> {
    let (from, to) = (card.from_position, card.to_position);
    let sample = (
        format!("/audit/sample?from={from}&to={to}"),
        t("標本を引いて記録する", "Draw a sample and record it"),
    );
    let audit = card.engagement;
    let forms = STEPS.iter();
    let forms = forms.map(|name| (format!("/acts/{name}?engagement={audit}"), act_title(name)));
    forms.chain([sample]).collect()
}

fn facts(card: &EngagementCard, lang: Lang) -> Vec<(&'static str, String)> {
    let (from, to) = (card.from_position, card.to_position);
    vec![
        (
            t("状態", "State"),
            render::audit_state(card, lang).to_owned(),
        ),
        (t("開始", "Opened on"), day(card.opened_on, lang)),
        (
            t("対象の位置", "Positions"),
            format!("#{from}{}#{to}", t("〜", "–")),
        ),
        (
            t("未回答の質問", "Open questions"),
            card.open_questions.to_string(),
        ),
        (
            t("未解消の指摘", "Open findings"),
            card.open_findings.to_string(),
        ),
    ]
}
