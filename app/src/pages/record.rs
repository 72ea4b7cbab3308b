//! 記録する: a consultation in half a minute, by keyboard alone.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::Reason;
use ledger_commands::authorise::{Action, Subject};
use ledger_commands::command::number;
use ledger_core::code::{ActionTaken, Channel, Consulter, Topic};
use ledger_core::time::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::act::hints;
use super::children::Choice;
use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown_as};
use super::form::{Draft, Query, fields};
use super::giving::{self, Fault, Told, give, goes_on_at, in_order};
use super::kept::{Kept, recorded};
use super::language::{current, t, term};
use super::numbers::{as_registered, numbers, whose};
use super::person::emergency;
use super::shown::{are_shown, carried, picked, told_apart};
use super::site::Site;
use super::whom::{MOST, Whom, whom};
use crate::lang::Lang;

/// How long it is looked for what is wrong before recording says it.
const WITHIN: Duration = Duration::from_secs(2);

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
    /// The numbers whose child was shown.
    #[serde(default)]
    shown: String,
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
    /// What is asked for as a duration.
    minutes: &'static str,
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
        children: as_registered(&site, &asked.child).await,
        occurred: minute(site.now()),
        consulter: Consulter::Guardian.code().to_owned(),
        channel: Channel::Phone.code().to_owned(),
        ..Typed::default()
    };
    asking(&site, &signed_in, typed, Asking::New).await
}

pub(super) async fn send(
    State(site): State<Arc<Site>>,
    sent: Draft<Typed>,
) -> Result<Response, Refusal> {
    let (signed_in, mut typed) = (sent.signed_in, sent.fields);
    signed_in.may(Action::RecordWork, Subject::Person)?;
    typed.children = as_registered(&site, &typed.children).await;
    if !sent.is_own {
        signed_in.must_have_typed(&typed.account)?;
        let faults = vec![Fault::of_before()];
        return asking(&site, &signed_in, typed, Asking::Again(faults)).await;
    }
    let faults = wrong(&site, &signed_in, &typed).await;
    if !faults.is_empty() {
        return asking(&site, &signed_in, typed, Asking::Again(placed(faults))).await;
    }
    if !are_shown(&typed.children, &typed.shown) {
        return asking(&site, &signed_in, typed, Asking::Whom).await;
    }
    match give(&site, &signed_in, &typed.command, typed.fields()).await {
        Ok(receipt) => {
            let to = goes_on_at(&site, &signed_in, &receipt).await;
            Ok(recorded(&site, &typed.command, &to))
        },
        Err(faults) => asking(&site, &signed_in, typed, Asking::Again(placed(faults))).await,
    }
}

/// Faults in the order of the fields at which they stand.
fn placed(faults: Vec<Fault>) -> Vec<Fault> {
    let label = |field: &str| {
        let own = FIELDS.iter().find(|(own, _)| *own == field);
        own.map(|(_, (ja, en))| t(ja, en).to_owned())
    };
    let faults = faults.into_iter().map(|fault| fault.labelled(label));
    in_order(faults.collect(), &FIELDS.map(|(field, _)| field))
}

/// All that is wrong with it, as far as that can be told before it is recorded.
async fn wrong(site: &Site, signed_in: &SignedIn, typed: &Typed) -> Vec<Fault> {
    let fields = typed.fields();
    let usual = Typed {
        children: "C001".to_owned(),
        occurred: minute(site.now()),
        consulter: Consulter::Guardian.code().to_owned(),
        channel: Channel::Phone.code().to_owned(),
        topics: vec![Topic::Other.code().to_owned()],
        ..Typed::default()
    };
    let looked = async {
        let mut faults = giving::wrong(site, signed_in, fields.clone(), &usual.fields()).await;
        faults.extend(unknown(site, typed, &fields).await);
        faults
    };
    // Where the ledger does not answer, recording says so.
    let looked = tokio::time::timeout(WITHIN, looked).await;
    looked.unwrap_or_default()
}

/// That somebody is named who is not in the ledger, or too many at once.
async fn unknown(site: &Site, typed: &Typed, fields: &Map<String, Value>) -> Option<Fault> {
    let all = numbers(&typed.children);
    if all.count() > MOST {
        let many = match current() {
            Lang::Ja => format!("一度に記録できるのは{MOST}人までです。分けて記録してください。"),
            Lang::En => format!("At most {MOST} children at once. Record it in parts."),
        };
        return Some(Fault::whole(many).at("children", ""));
    }
    for number in numbers(&typed.children) {
        if matches!(whose(site, number).await, Ok(None)) {
            let rejection = Reason::UnknownPerson.on("children");
            return Some(giving::helped(site, rejection, fields).await);
        }
    }
    None
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
    let faults = vec![Fault::of_before()];
    asking(site, signed_in, typed, Asking::Again(faults)).await
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

/// A number where the command has one.
fn value(name: &str, typed: &str) -> Value {
    if name == "duration_minutes" {
        return number(typed);
    }
    typed.into()
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
    ("follow_up_what", ("次の対応", "Follow-up")),
    ("follow_up_due_on", ("いつまでに", "By when")),
];

/// Why the form is shown.
enum Asking {
    /// To be filled in.
    New,
    /// To be sent again: something is wrong, or it was not sent by who typed it.
    Again(Vec<Fault>),
    /// To say that those whose numbers were typed are meant.
    Whom,
}

async fn asking(
    site: &Site,
    signed_in: &SignedIn,
    mut typed: Typed,
    why: Asking,
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
    let is_new = matches!(why, Asking::New);
    let told = match why {
        Asking::New => Told::of(Vec::new()),
        Asking::Again(faults) => Told::of(faults),
        Asking::Whom => Told::asking(),
    };
    let status = told.status;
    let person = |number: &str| (t("対象者", "Child").to_owned(), number.to_owned());
    let named = numbers(&typed.children).map(person).collect();
    let mut chrome = Chrome::of(t("記録する", "Record"), signed_in, "/record");
    if let Some(child) = numbers(&typed.children).next() {
        chrome.emergency = emergency::banner_of_form(site, signed_in, child).await?;
    }
    let mut whom = whom(site, signed_in, named).await;
    told_apart(site, &mut whom).await;
    typed.shown = if is_new {
        picked(&whom)
    } else {
        carried(&whom)
    };
    let page = Page {
        chrome,
        kept: Kept::of(signed_in, &format!("/record {}", typed.opened_for)),
        whom,
        consulters: choices!(Consulter, |code| typed.consulter == code),
        channels: choices!(Channel, |code| typed.channel == code),
        topics: choices!(Topic, |code: &str| typed.topics.iter().any(|it| it == code)),
        actions: choices!(ActionTaken, |code| typed.action == code),
        minutes: hints::minutes(),
        typed,
        told,
    };
    shown_as(status, &page)
}

/// A moment as a browser's field for one has it, in Japan.
fn minute(now: Timestamp) -> String {
    now.in_japan().format("%Y-%m-%dT%H:%M").to_string()
}
