//! 記録する: a consultation in half a minute, by keyboard alone.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::authorise::{Action, Subject};
use ledger_commands::command::ReadCommandError;
use ledger_commands::{Command, Envelope, ExecuteError, LastEvent};
use ledger_core::code::{ActionTaken, Channel, Consulter, Topic};
use ledger_core::event::AccessPurpose;
use ledger_core::id::CommandId;
use ledger_core::time::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use super::children::Choice;
use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, hint, shown_as};
use super::form::{Draft, Query, fields};
use super::site::Site;
use crate::failure::Exit;
use crate::fault::execute_failure;
use crate::lang::Lang;
use crate::my_number::{self, has_my_number};

/// What is typed into the form, as it was typed; shown again where it was not recorded.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Typed {
    /// Who types.
    #[serde(default)]
    account: String,
    /// An id made with the page. The command's follows from it and from what was typed: the same sent twice
    /// is recorded once, and what was changed in between is a record of its own.
    #[serde(default)]
    command: String,
    /// Register numbers.
    #[serde(default)]
    children: String,
    #[serde(default)]
    occurred: String,
    #[serde(default)]
    consulter: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    action: String,
    #[serde(default)]
    duration_minutes: String,
    #[serde(default)]
    content: String,
    #[serde(default)]
    follow_up_due_on: String,
    #[serde(default)]
    follow_up_what: String,
}

/// What is wrong with a field, or with the whole where none is named.
struct Fault {
    field: &'static str,
    message: String,
    /// It may have been recorded all the same.
    is_unsure: bool,
}

#[derive(Template)]
#[template(path = "record.html")]
struct Page {
    chrome: Chrome,
    typed: Typed,
    consulters: Vec<Choice>,
    channels: Vec<Choice>,
    topics: Vec<Choice>,
    actions: Vec<Choice>,
    /// What stands above the faults.
    heading: &'static str,
    faults: Vec<Fault>,
}

impl Fault {
    /// The message behind its field's name, for the list above the form.
    fn in_summary(&self) -> String {
        let own = FIELDS.iter().find(|(own, _)| *own == self.field);
        own.map_or_else(
            || self.message.clone(),
            |(_, label)| format!("{label}: {}", self.message),
        )
    }
}

impl Page {
    /// What is wrong with one field.
    fn fault(&self, field: &str) -> Option<&str> {
        let own = self.faults.iter().find(|fault| fault.field == field);
        own.map(|fault| fault.message.as_str())
    }
}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    child: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::RecordWork, Subject::Person)?;
    let typed = Typed {
        account: signed_in.account.to_string(),
        command: (site.new_id)().to_string(),
        children: asked.child,
        occurred: minute(site.now()),
        consulter: Consulter::Guardian.code().to_owned(),
        channel: Channel::Phone.code().to_owned(),
        ..Typed::default()
    };
    asking(&signed_in, typed, Vec::new())
}

pub(super) async fn send(
    State(site): State<Arc<Site>>,
    sent: Draft<Typed>,
) -> Result<Response, Refusal> {
    let (signed_in, typed) = (sent.signed_in, sent.fields);
    signed_in.may(Action::RecordWork, Subject::Person)?;
    if !sent.is_own {
        typed.is_of(&signed_in)?;
        let told = "サインインし直したため、まだ記録していません。内容を確かめて、もう一度送ってください。";
        return asking(&signed_in, typed, vec![Fault::whole(told)]);
    }
    match record(&site, &signed_in, &typed).await {
        Ok(recorded) => {
            let to = next(&site, &signed_in, &recorded).await;
            Ok(Redirect::to(&to).into_response())
        },
        Err(fault) => asking(&signed_in, typed, vec![fault]),
    }
}

/// The form with what was typed before somebody had to sign in again.
///
/// # Errors
/// [`Refusal`] where that is no such form.
pub(super) fn resumed(signed_in: &SignedIn, draft: &str) -> Result<Response, Refusal> {
    let typed: Typed = fields(draft.as_bytes())?;
    signed_in.may(Action::RecordWork, Subject::Person)?;
    typed.is_of(signed_in)?;
    let told = "サインインが切れていたため、まだ記録していません。内容を確かめて、もう一度送ってください。";
    asking(signed_in, typed, vec![Fault::whole(told)])
}

/// Where it goes on: at the person's timeline, which shows what was recorded; for whoever may not open
/// that, at the day's work with a word that it was.
async fn next(site: &Site, signed_in: &SignedIn, recorded: &[LastEvent]) -> String {
    let Some(last) = recorded.first() else {
        return "/".to_owned();
    };
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let ledger = &site.open.ledger;
    let may = ledger
        .may_open(&last.stream, AccessPurpose::Timeline, &envelope)
        .await;
    let child = last.stream.as_str().strip_prefix("child-");
    if let (Ok(()), Some(child)) = (may, child) {
        return format!("/children/{child}#e{}", last.position);
    }
    let positions = recorded
        .iter()
        .map(|last| ("recorded", last.position.get()));
    let query = serde_html_form::to_string(positions.collect::<Vec<_>>());
    format!("/?{}", query.unwrap_or_default())
}

/// How long a record may take: less than the page, which comes back with what was typed.
const ANSWER: Duration = Duration::from_secs(8);

/// Records what was typed; the last event about each person, in the order of the form.
async fn record(site: &Site, signed_in: &SignedIn, typed: &Typed) -> Result<Vec<LastEvent>, Fault> {
    let page = Uuid::try_parse(&typed.command).map(CommandId::new);
    let page = page.map_err(|_| Fault::whole("画面を開き直してから送ってください。"))?;
    let fields = typed.fields();
    let command = CommandId::new(page.made(&Value::Object(fields.clone()).to_string()));
    if let Some((field, _)) = fields.iter().find(|(_, value)| has_my_number(value)) {
        let refused = my_number::refused(field.clone());
        return Err(Fault::on(field, refused.message(Lang::Ja)));
    }
    let read = Command::read(Value::Object(fields), site.open.ledger.id(), command);
    let decision = read.map_err(Fault::from)?;
    let envelope = Envelope::new(command, signed_in.account.clone(), signed_in.role);
    let executed = timeout(ANSWER, site.open.ledger.execute(&decision, &envelope)).await;
    let receipt = executed
        .map_err(|_| Fault::unsure())?
        .map_err(Fault::from)?;
    Ok(receipt.streams)
}

impl Typed {
    /// Refuses what somebody else typed: it is shown to nobody but them.
    fn is_of(&self, signed_in: &SignedIn) -> Result<(), Refusal> {
        if self.account == signed_in.account.as_str() {
            return Ok(());
        }
        Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "別の方が入力した内容です",
            "入力したときと別のアカウントでサインインしたため、内容を表示していません。何も記録していません。",
            "入力した方がサインインし直して、もう一度入力してください。",
        ))
    }

    /// The command as its JSON file has it; what was left empty is left out.
    fn fields(&self) -> Map<String, Value> {
        let split = |c: char| c.is_whitespace() || ",、，".contains(c);
        let children = self.children.split(split).filter(|text| !text.is_empty());
        let children: Vec<&str> = children.collect();
        let mut fields = Map::new();
        fields.insert("command".to_owned(), "record-consultation".into());
        fields.insert("children".to_owned(), json!(children));
        fields.insert("topics".to_owned(), json!(self.topics));
        for (name, typed) in [
            ("occurred", &self.occurred),
            ("consulter", &self.consulter),
            ("channel", &self.channel),
            ("action", &self.action),
            ("duration_minutes", &self.duration_minutes),
            ("content", &self.content),
            ("follow_up_due_on", &self.follow_up_due_on),
            ("follow_up_what", &self.follow_up_what),
        ] {
            let typed = typed.trim();
            if !typed.is_empty() {
                fields.insert(name.to_owned(), value(name, typed));
            }
        }
        fields
    }
}

/// A number where the command has one; what is none is told by its reader.
fn value(name: &str, typed: &str) -> Value {
    let number = (name == "duration_minutes").then(|| ledger_core::text::normal(typed));
    let number = number.and_then(|text| text.parse::<u32>().ok());
    number.map_or_else(|| typed.into(), Value::from)
}

impl Fault {
    /// It may have been recorded.
    fn unsure() -> Self {
        Self {
            is_unsure: true,
            ..Self::whole(
                "台帳から返事がありません。少し待って、このままもう一度送ってください（二重にはなりません）。",
            )
        }
    }

    fn whole(message: impl Into<String>) -> Self {
        Self::on("", message)
    }

    /// At a field of the page; one that is not there concerns the whole.
    fn on(field: &str, message: impl Into<String>) -> Self {
        let own = FIELDS.iter().find(|(own, _)| *own == field);
        Self {
            field: own.map_or("", |(own, _)| *own),
            message: message.into(),
            is_unsure: false,
        }
    }
}

impl From<ReadCommandError> for Fault {
    fn from(error: ReadCommandError) -> Self {
        match error {
            ReadCommandError::Field { field, fault } => {
                // Of a list the field as a whole is on the page.
                let own = field.split(['[', '.']).next().unwrap_or_default();
                Self::on(own, fault.ja())
            },
            ReadCommandError::NoName | ReadCommandError::UnknownName { .. } => {
                Self::whole("画面を開き直してから送ってください。")
            },
        }
    }
}

impl From<ExecuteError> for Fault {
    fn from(error: ExecuteError) -> Self {
        let failure = execute_failure(&error);
        if failure.exit == Exit::Failed {
            let message = failure.message(Lang::En);
            tracing::error!(code = failure.code, message, "a record was not written");
            return if error.may_be_written() {
                Self::unsure()
            } else {
                Self::whole(
                    "台帳に書けませんでした。少し待ってもう一度送り、続くようならシステム管理者に知らせてください。",
                )
            };
        }
        let (message, hint) = (failure.message(Lang::Ja), hint(&failure));
        Self::on(
            failure.field().unwrap_or_default(),
            format!("{message}{hint}"),
        )
    }
}

/// The fields of the page, with their labels.
const FIELDS: [(&str, &str); 10] = [
    ("children", "対象者番号"),
    ("occurred", "日時"),
    ("consulter", "相談者"),
    ("channel", "方法"),
    ("topics", "主訴"),
    ("content", "内容"),
    ("action", "対応"),
    ("duration_minutes", "時間（分）"),
    ("follow_up_what", "次にすること"),
    ("follow_up_due_on", "いつまでに"),
];

fn asking(signed_in: &SignedIn, typed: Typed, faults: Vec<Fault>) -> Result<Response, Refusal> {
    macro_rules! choices {
        ($Table:ident, $chosen:expr) => {
            $Table::ALL
                .iter()
                .map(|one| Choice {
                    code: one.code(),
                    ja: one.ja(),
                    chosen: $chosen(one.code()),
                })
                .collect()
        };
    }
    let (status, heading) = match faults.first() {
        None => (StatusCode::OK, ""),
        Some(fault) if fault.is_unsure => (
            StatusCode::SERVICE_UNAVAILABLE,
            "記録できたか確かめられません",
        ),
        Some(_) => (StatusCode::UNPROCESSABLE_ENTITY, "まだ記録していません"),
    };
    let page = Page {
        chrome: Chrome::of("記録する", signed_in, "/record"),
        consulters: choices!(Consulter, |code| typed.consulter == code),
        channels: choices!(Channel, |code| typed.channel == code),
        topics: choices!(Topic, |code: &str| typed.topics.iter().any(|it| it == code)),
        actions: choices!(ActionTaken, |code| typed.action == code),
        typed,
        heading,
        faults,
    };
    shown_as(status, &page)
}

/// A moment as a browser's field for one has it, in Japan.
fn minute(now: Timestamp) -> String {
    now.in_japan().format("%Y-%m-%dT%H:%M").to_string()
}
