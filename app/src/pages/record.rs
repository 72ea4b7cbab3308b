//! 記録する: a consultation in half a minute, by keyboard alone.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::code::{ActionTaken, Channel, Consulter, Topic};
use ledger_core::time::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::children::Choice;
use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown_as};
use super::form::{Draft, Query, fields};
use super::giving::{Fault, Told, give, goes_on_at, in_order};
use super::kept::{Kept, recorded};
use super::language::{t, term};
use super::person::emergency;
use super::site::Site;
use super::whom::{Whom, numbers, whom};

/// What is typed into the form, as it was typed; shown again where it was not recorded.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Typed {
    /// Who types.
    #[serde(default)]
    account: String,
    /// An id made with the page.
    #[serde(default)]
    command: String,
    /// For whom the page was opened: what was begun for one person is not offered for another.
    #[serde(default)]
    opened_for: String,
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

#[derive(Template)]
#[template(path = "record.html")]
struct Page {
    chrome: Chrome,
    /// How the browser keeps it.
    kept: Kept,
    typed: Typed,
    /// Whom it is about, as far as their numbers are typed.
    whom: Vec<Whom>,
    consulters: Vec<Choice>,
    channels: Vec<Choice>,
    topics: Vec<Choice>,
    actions: Vec<Choice>,
    told: Told,
}

impl Page {
    /// What is wrong with one field.
    fn fault(&self, field: &str) -> Option<&str> {
        let own = self.told.faults.iter().find(|fault| fault.field == field);
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
        opened_for: asked.child.clone(),
        children: asked.child,
        occurred: minute(site.now()),
        consulter: Consulter::Guardian.code().to_owned(),
        channel: Channel::Phone.code().to_owned(),
        ..Typed::default()
    };
    asking(&site, &signed_in, typed, Vec::new()).await
}

pub(super) async fn send(
    State(site): State<Arc<Site>>,
    sent: Draft<Typed>,
) -> Result<Response, Refusal> {
    let (signed_in, typed) = (sent.signed_in, sent.fields);
    signed_in.may(Action::RecordWork, Subject::Person)?;
    if !sent.is_own {
        signed_in.must_have_typed(&typed.account)?;
        return asking(&site, &signed_in, typed, vec![Fault::of_before()]).await;
    }
    match give(&site, &signed_in, &typed.command, typed.fields()).await {
        Ok(receipt) => {
            let to = goes_on_at(&site, &signed_in, &receipt).await;
            Ok(recorded(&site, &typed.command, &to))
        },
        Err(faults) => {
            let label = |field: &str| {
                let own = FIELDS.iter().find(|(own, _)| *own == field);
                own.map(|(_, (ja, en))| t(ja, en).to_owned())
            };
            let faults = faults.into_iter().map(|fault| fault.labelled(label));
            let faults = in_order(faults.collect(), &FIELDS.map(|(field, _)| field));
            asking(&site, &signed_in, typed, faults).await
        },
    }
}

/// The form with what was typed before somebody had to sign in again.
///
/// # Errors
/// [`Refusal`] where that is no such form.
pub(super) async fn resumed(
    site: &Site,
    signed_in: &SignedIn,
    draft: &str,
) -> Result<Response, Refusal> {
    let typed: Typed = fields(draft.as_bytes())?;
    signed_in.may(Action::RecordWork, Subject::Person)?;
    signed_in.must_have_typed(&typed.account)?;
    asking(site, signed_in, typed, vec![Fault::of_before()]).await
}

impl Typed {
    /// The command as its JSON file has it; what was left empty is left out.
    fn fields(&self) -> Map<String, Value> {
        let children: Vec<&str> = numbers(&self.children).collect();
        let mut fields = Map::new();
        fields.insert("command".to_owned(), "record-consultation".into());
        for (name, given) in [
            ("children", json!(children)),
            ("topics", json!(self.topics)),
        ] {
            // What is left out is told as missing, with all else that is.
            if given != json!([]) {
                fields.insert(name.to_owned(), given);
            }
        }
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

/// The fields of the page, with their labels.
const FIELDS: [(&str, (&str, &str)); 10] = [
    ("children", ("対象者番号", "Child's number")),
    ("occurred", ("日時", "When")),
    ("consulter", ("相談者", "Who consulted")),
    ("channel", ("方法", "Channel")),
    ("topics", ("主訴", "Topics")),
    ("content", ("内容", "Content")),
    ("action", ("対応", "Action")),
    ("duration_minutes", ("所要分", "Minutes")),
    ("follow_up_what", ("次にすること", "Follow-up")),
    ("follow_up_due_on", ("いつまでに", "By when")),
];

async fn asking(
    site: &Site,
    signed_in: &SignedIn,
    typed: Typed,
    faults: Vec<Fault>,
) -> Result<Response, Refusal> {
    macro_rules! choices {
        ($Table:ident, $chosen:expr) => {
            $Table::ALL
                .iter()
                .map(|one| Choice {
                    code: one.code(),
                    label: term(one.code(), one.ja()),
                    chosen: $chosen(one.code()),
                })
                .collect()
        };
    }
    let told = Told::of(faults);
    let status = told.status;
    let person = |number: &str| (t("対象者", "Child").to_owned(), number.to_owned());
    let named = numbers(&typed.children).map(person).collect();
    let mut chrome = Chrome::of(t("記録する", "Record"), signed_in, "/record");
    if let Some(child) = numbers(&typed.children).next() {
        chrome.emergency = emergency::banner_of_form(site, signed_in, child).await?;
    }
    let page = Page {
        chrome,
        kept: Kept::of(signed_in, &format!("/record {}", typed.opened_for)),
        whom: whom(site, signed_in, named).await,
        consulters: choices!(Consulter, |code| typed.consulter == code),
        channels: choices!(Channel, |code| typed.channel == code),
        topics: choices!(Topic, |code: &str| typed.topics.iter().any(|it| it == code)),
        actions: choices!(ActionTaken, |code| typed.action == code),
        typed,
        told,
    };
    shown_as(status, &page)
}

/// A moment as a browser's field for one has it, in Japan.
fn minute(now: Timestamp) -> String {
    now.in_japan().format("%Y-%m-%dT%H:%M").to_string()
}
