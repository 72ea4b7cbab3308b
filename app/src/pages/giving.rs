//! Gives the ledger what a form says, and tells at which field it was refused.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::StatusCode;
use ledger_commands::authorise::{Action, Subject};
use ledger_commands::command::ReadCommandError;
use ledger_commands::{Command, Envelope, ExecuteError, Receipt, Rejection};
use ledger_core::event::AccessPurpose;
use ledger_core::id::{CommandId, Position, StreamName};
use serde_json::{Map, Value};
use tokio::time::timeout;
use uuid::Uuid;

use super::act::first::First;
use super::committee;
use super::door::SignedIn;
use super::fault::hint;
use super::language::{current, sentence, t};
use super::site::Site;
use super::today::MINE;
use crate::failure::{Exit, Failure};
use crate::fault::{execute_failure, rejection_failure};
use crate::lang::Lang;
use crate::my_number::{self, has_my_number};
use crate::recording;

/// How long a record may take: less than the page, which comes back with what was typed.
const ANSWER: Duration = Duration::from_secs(8);

/// What a form that comes back says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Something is wrong.
    Wrong,
    /// It may have been recorded all the same.
    Unsure,
    /// Nothing is wrong; it is to be sent once more.
    NotYet,
    /// Nothing is wrong; something else is done.
    Done,
}

/// That a form is one of before the last sign-in, and is to be sent once more.
pub(super) fn signed_in_again() -> &'static str {
    t(
        "サインインし直したため、まだ記録していません。内容を確かめて、もう一度送ってください。",
        "You signed in again, so it is not recorded yet. Check the content and send it once more.",
    )
}

/// What is wrong with a field, or with the whole where none is named.
pub(super) struct Fault {
    /// The field as the page has it; empty for the whole.
    pub(super) field: String,
    /// What the field is called.
    label: String,
    /// In a sentence or two.
    pub(super) message: String,
    kind: Kind,
    /// The code with which it was refused; empty where it has none.
    pub(super) code: &'static str,
    /// What is recorded first, where that is what is wanting.
    pub(super) first: Option<&'static First>,
}

impl Fault {
    /// With the whole.
    pub(super) fn whole(message: impl Into<String>) -> Self {
        Self {
            field: String::new(),
            label: String::new(),
            message: message.into(),
            kind: Kind::Wrong,
            code: "",
            first: None,
        }
    }

    fn on(field: &str, message: impl Into<String>) -> Self {
        Self {
            // The command line names its options; of a list the field as a whole is on the page.
            field: field
                .trim_start_matches('-')
                .replace('-', "_")
                .split('[')
                .next()
                .unwrap_or_default()
                .to_owned(),
            ..Self::whole(message)
        }
    }

    /// It may have been recorded.
    fn unsure() -> Self {
        Self {
            kind: Kind::Unsure,
            ..Self::whole(t(
                "台帳から返事がありません。少し待って、このままもう一度送ってください（二重にはなりません）。",
                "The ledger does not answer. Wait a little and send this again as it is (it is not recorded twice).",
            ))
        }
    }

    /// The form is one of before the last sign-in: shown again, and sent once more by whoever typed it.
    pub(super) fn of_before() -> Self {
        Self {
            kind: Kind::NotYet,
            ..Self::whole(signed_in_again())
        }
    }

    /// Nothing is wrong: something else is done, and the form is still to be sent.
    pub(super) fn done(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Done,
            ..Self::whole(message)
        }
    }

    /// What the form came from is not there any more.
    fn stale() -> Self {
        Self::whole(t(
            "画面を開き直してから送ってください。",
            "Open the page anew, then send it.",
        ))
    }

    /// The same at the field of this name and label.
    #[must_use]
    pub(super) fn at(self, field: &str, label: &str) -> Self {
        Self {
            field: field.to_owned(),
            label: label.to_owned(),
            ..self
        }
    }

    /// The same with what is to be recorded first.
    #[must_use]
    pub(super) fn behind(self, first: Option<&'static First>) -> Self {
        Self { first, ..self }
    }

    /// The same with its field's label, or with the whole where the page has no such field.
    #[must_use]
    pub(super) fn labelled(self, label: impl Fn(&str) -> Option<String>) -> Self {
        let field = self.field.clone();
        match label(&field) {
            Some(label) => self.at(&field, &label),
            None => self.at("", ""),
        }
    }

    /// The message behind its field's name, for the list above the form.
    pub(super) fn summed(&self) -> String {
        format!("{}: {}", self.label, self.message)
    }
}

/// What a form says that comes back: what is wrong with it, and what is to be known.
pub(super) struct Told {
    /// What is to be known, of which nothing is wrong.
    pub(super) calm: Vec<String>,
    pub(super) faults: Vec<Fault>,
    /// What stands above the faults.
    pub(super) heading: &'static str,
    /// The status with which it comes back.
    pub(super) status: StatusCode,
    /// Whether it asks if those are meant who are shown, and is recorded once somebody says so.
    pub(super) asks: bool,
}

impl Told {
    pub(super) fn of(all: Vec<Fault>) -> Self {
        let (status, heading) = match all.first().map(|first| first.kind) {
            None | Some(Kind::Done) => (StatusCode::OK, ""),
            Some(Kind::Unsure) => (
                StatusCode::SERVICE_UNAVAILABLE,
                t(
                    "記録できたか確かめられません",
                    "Whether it was recorded is not known",
                ),
            ),
            Some(Kind::Wrong | Kind::NotYet) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                t("まだ記録していません", "It is not recorded yet"),
            ),
        };
        let is_calm = |fault: &Fault| matches!(fault.kind, Kind::NotYet | Kind::Done);
        let (calm, faults): (Vec<Fault>, Vec<Fault>) = all.into_iter().partition(is_calm);
        Self {
            calm: calm.into_iter().map(|one| one.message).collect(),
            faults,
            heading,
            status,
            asks: false,
        }
    }

    /// Nothing is wrong: it is asked whether those are meant who are shown.
    pub(super) const fn asking() -> Self {
        Self {
            calm: Vec::new(),
            faults: Vec::new(),
            heading: "",
            status: StatusCode::UNPROCESSABLE_ENTITY,
            asks: true,
        }
    }

    /// Whether there is nothing to say.
    pub(super) fn is_empty(&self) -> bool {
        self.calm.is_empty() && self.faults.is_empty() && !self.asks
    }
}

/// Faults in the order of a form's fields, what is wrong with the whole first; of each field one is told.
pub(super) fn in_order(mut faults: Vec<Fault>, fields: &[&str]) -> Vec<Fault> {
    let mut told = BTreeSet::new();
    faults.retain(|fault| {
        let of_whole = fault.field.is_empty().then(|| fault.message.clone());
        told.insert((fault.field.clone(), of_whole))
    });
    faults.sort_by_key(|fault| fields.iter().position(|field| *field == fault.field));
    faults
}

/// Records what a form says, or tells everything at once that is wrong with how it reads; what the rules say comes
/// after that. The command's id follows from the page's and from what was typed: the same sent twice is recorded
/// once, and what was changed in between is a record of its own.
pub(super) async fn give(
    site: &Site,
    signed_in: &SignedIn,
    page: &str,
    fields: Map<String, Value>,
) -> Result<Receipt, Vec<Fault>> {
    let command = command_of(page, &fields).ok_or_else(|| vec![Fault::stale()])?;
    let envelope = Envelope::new(command, signed_in.account.clone(), signed_in.role);
    let done = timeout(ANSWER, executed(site, fields, &envelope)).await;
    done.unwrap_or_else(|_| Err(vec![Fault::unsure()]))
}

/// The id of the command that a form gives, from its page's id and what was typed; none where that is no id.
pub(super) fn command_of(page: &str, fields: &Map<String, Value>) -> Option<CommandId> {
    let page = Uuid::try_parse(page).ok()?;
    let typed = Value::Object(fields.clone()).to_string();
    Some(CommandId::new(CommandId::new(page).made(&typed)))
}

async fn executed(
    site: &Site,
    fields: Map<String, Value>,
    envelope: &Envelope,
) -> Result<Receipt, Vec<Fault>> {
    let (read, fields) = readied(site, fields, envelope.command).await?;
    match site.open.ledger.execute(&read, envelope).await {
        Ok(receipt) => Ok(receipt),
        Err(ExecuteError::Rejected(rejection)) => {
            // What is wrong whatever the ledger holds is told at once; a page tells one fault of a field.
            let others = site.open.ledger.wrong(&read, envelope);
            let mut faults = Vec::new();
            for rejection in std::iter::once(rejection).chain(others) {
                faults.push(helped(site, rejection, &fields).await);
            }
            Err(faults)
        },
        Err(error) => Err(vec![Fault::from(error)]),
    }
}

/// Why the rules refuse what a form says, with what helps on.
pub(super) async fn helped(
    site: &Site,
    rejection: Rejection,
    fields: &Map<String, Value>,
) -> Fault {
    let failure = rejection_failure(&rejection);
    Fault::from(recording::help(failure, &rejection, fields, &site.open).await)
}

/// The command that a form is, with its fields as the ledger knows them; or all that is wrong with how it reads.
async fn readied(
    site: &Site,
    mut fields: Map<String, Value>,
    command: CommandId,
) -> Result<(Command, Map<String, Value>), Vec<Fault>> {
    let name = fields.get("command").and_then(Value::as_str);
    let name = name.unwrap_or_default().to_owned();
    let mut wrong = my_numbers(&fields);
    match recording::prepare(&name, &mut fields, &site.open, command).await {
        Ok(()) => {},
        Err(failed) if failed.exit == Exit::Failed => return Err(vec![failed.into()]),
        Err(refused) => wrong.push(refused.into()),
    }
    let ledger = site.open.ledger.id();
    let json = Value::Object(fields.clone());
    let unread = Command::unread(&json, ledger, command);
    wrong.extend(unread.into_iter().map(Fault::from));
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let read = Command::read(json, ledger, command);
    let read = read.map_err(|error| vec![Fault::from(error)])?;
    Ok((read, fields))
}

/// All that is wrong with what a form says, whatever the ledger holds: how it reads, and what its rules say of it. Where
/// a field does not read, the usual value stands in its place, so that of the others all is told, too.
pub(super) async fn wrong(
    site: &Site,
    signed_in: &SignedIn,
    mut fields: Map<String, Value>,
    usual: &Map<String, Value>,
) -> Vec<Fault> {
    let command = CommandId::new((site.new_id)());
    let envelope = Envelope::new(command, signed_in.account.clone(), signed_in.role);
    let mut faults = Vec::new();
    let mut read = readied(site, fields.clone(), command).await;
    if let Err(unread) = read {
        for field in unread.iter().map(|fault| &fault.field) {
            fields.remove(field);
            let usual = usual.get(field).cloned();
            fields.extend(usual.map(|value| (field.clone(), value)));
        }
        faults = unread;
        read = readied(site, fields, command).await;
    }
    if let Ok((read, fields)) = read {
        for rejection in site.open.ledger.wrong(&read, &envelope) {
            faults.push(helped(site, rejection, &fields).await);
        }
    }
    faults
}

/// The fields that look as if they held an Individual Number, each with that.
fn my_numbers(fields: &Map<String, Value>) -> Vec<Fault> {
    let held = fields.iter().filter(|(_, value)| has_my_number(value));
    let told = held.flat_map(|(field, value)| match value {
        Value::Object(parts) => my_numbers(parts)
            .into_iter()
            .map(|fault| Fault {
                field: format!("{field}.{}", fault.field),
                ..fault
            })
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            let refused = my_number::refused(field.clone());
            vec![Fault::on(field, sentence(refused.message(current())))]
        },
    });
    told.collect()
}

/// Where it goes on, with a word that it is recorded: at the person's timeline; for whoever may not open that, at the
/// day's work; what is about no person is shown as it was recorded, or else the menu for the next.
pub(super) async fn goes_on_at(site: &Site, signed_in: &SignedIn, receipt: &Receipt) -> String {
    let Some(last) = receipt.streams.first() else {
        return "/".to_owned();
    };
    // For several at once each is named, with the way to each.
    let children = receipt.streams.iter();
    let children = children.filter(|last| last.stream.category() == Some("child"));
    if children.count() > 1 {
        return told_today(receipt, false);
    }
    // What was asked, granted or refused stands among what waits, and its event says little.
    if last.stream.category() == Some("approval") && signed_in.begins_at() == "/" {
        return "/?approval=1".to_owned();
    }
    let Some(child) = last.stream.as_child() else {
        let reads = signed_in.may(Action::ReadEvents, Subject::Ledger);
        return told_of_nobody(&last.stream, last.position, reads.is_ok());
    };
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let ledger = &site.open.ledger;
    let may = ledger.may_open(&last.stream, AccessPurpose::Timeline, &envelope);
    if may.await.is_ok() {
        let position = last.position;
        return format!("/children/{child}?recorded={position}");
    }
    told_today(receipt, false)
}

/// Where it is told that something about no person was recorded: of a meeting on its page, else at the event for whoever
/// reads events.
pub(super) fn told_of_nobody(stream: &StreamName, position: Position, reads: bool) -> String {
    if let Some(meeting) = committee::page_of(stream) {
        return format!("{meeting}?recorded=1");
    }
    if reads {
        format!("/events/{position}?recorded=1")
    } else {
        "/acts?recorded=1".to_owned()
    }
}

/// The day's work, or one's own alone, with a word of what was recorded.
pub(super) fn told_today(receipt: &Receipt, mine: bool) -> String {
    let positions = receipt.streams.iter();
    let positions = positions.map(|last| ("recorded", last.position.to_string()));
    let charge = mine.then(|| ("charge", MINE.to_owned()));
    let query = serde_html_form::to_string(positions.chain(charge).collect::<Vec<_>>());
    format!("/?{}", query.unwrap_or_default())
}

impl From<ReadCommandError> for Fault {
    fn from(error: ReadCommandError) -> Self {
        match error {
            ReadCommandError::Field { field, fault } => {
                let message = match current() {
                    Lang::Ja => fault.ja(),
                    Lang::En => sentence(&fault.to_string()),
                };
                Self::on(&field, message)
            },
            ReadCommandError::NoName | ReadCommandError::UnknownName { .. } => Self::stale(),
        }
    }
}

impl From<ExecuteError> for Fault {
    fn from(error: ExecuteError) -> Self {
        let may_be_written = error.may_be_written();
        let failure = execute_failure(&error);
        if failure.exit == Exit::Failed && may_be_written {
            logged(&failure);
            return Self::unsure();
        }
        Self::from(failure)
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        if failure.exit == Exit::Failed {
            logged(&failure);
            return Self::whole(t(
                "台帳に書けませんでした。少し待ってもう一度送り、続くようならシステム管理者に知らせてください。",
                "The ledger could not write it. Wait a little and send it again; if it goes on, tell the system administrator.",
            ));
        }
        let (message, hint) = (sentence(failure.message(current())), hint(&failure));
        let between = if hint.is_empty() { "" } else { t("", " ") };
        Self {
            code: failure.code,
            ..Self::on(
                failure.field().unwrap_or_default(),
                format!("{message}{between}{hint}"),
            )
        }
    }
}

fn logged(failure: &Failure) {
    let message = failure.message(Lang::En);
    tracing::error!(code = failure.code, message, "a record was not written");
}
