//! 直す: an event is corrected, annulled, or moved to the person to whom it happened; what was said stays readable.

mod stale;

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_commands::command::{Field, Takes, fields_of_event};
use ledger_commands::{Command, Receipt, stays_as_written};
use ledger_core::code::{ApprovalAct, CorrectionReason};
use ledger_core::event::{AccessPurpose, Event};
use ledger_core::history::{Entry, History, Standing};
use ledger_core::id::{ChildId, Position, StreamName};
use ledger_core::store::StoredEvent;
use ledger_core::time::Occurred;
use ledger_projections::timeline::TimelineEntry;
use serde_json::{Map, Value};

use super::act::input::{Input, Shape, label_of, texts};
use super::act::{Typed, may_give, text_of};
use super::approvals::{self, Wanted};
use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown_as};
use super::form::{Draft, Query, fields};
use super::giving::{Fault, Told, give, in_order};
use super::kept::{Kept, recorded};
use super::language::{current, t};
use super::person::emergency;
use super::site::Site;
use super::whom::{Whom, whom};
use crate::fault::execute_failure;
use crate::lang::Lang;
use crate::reading::{find_event, history, number_of};
use crate::render;

/// What can be done about an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Correct,
    Annul,
    Reassign,
    Reverse,
}

impl Act {
    const ALL: [Self; 4] = [Self::Correct, Self::Annul, Self::Reassign, Self::Reverse];

    const fn code(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Annul => "annul",
            Self::Reassign => "reassign",
            Self::Reverse => "reverse",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Correct => t("内容を訂正する", "Correct the content"),
            Self::Annul => t("取り消す（なかったこと）", "Annul (it did not happen)"),
            Self::Reassign => t("別の方の記録に付け替える", "Reassign to another child"),
            Self::Reverse => t("取消しを取り消す", "Reverse the annulment"),
        }
    }

    const fn command(self) -> &'static str {
        match self {
            Self::Correct => "correct-event",
            Self::Annul => "annul-event",
            Self::Reassign => "reassign-event",
            Self::Reverse => "reverse-annulment",
        }
    }

    /// Whether it can be done about an event as it stands.
    fn fits(self, about: &About) -> bool {
        let stands = about.entry.stands() && !stays_as_written(&about.entry.recorded.event);
        match self {
            Self::Correct => stands && fields_of_event(about.event().info().name).is_some(),
            Self::Annul => stands,
            Self::Reassign => stands && about.child().is_some(),
            Self::Reverse => about.is_annulled(),
        }
    }
}

/// What can be done about a line of a timeline, as far as that tells: the form says what cannot after all. For
/// each the code of its form, and what the way there is called.
pub(super) fn ways(entry: &TimelineEntry) -> Vec<(&'static str, &'static str)> {
    let ways = [
        (Act::Correct, t("訂正", "Correct")),
        (Act::Annul, t("取消し", "Annul")),
        (Act::Reassign, t("付替え", "Reassign")),
        (Act::Reverse, t("取消しを取り消す", "Reverse the annulment")),
    ];
    let stands = entry.standing == "stands" && !stays_as_written(&entry.event);
    let fits = |act: Act| match act {
        Act::Correct | Act::Annul | Act::Reassign => stands,
        Act::Reverse => entry.standing == "annulled",
    };
    let ways = ways.into_iter().filter(|(act, _)| fits(*act));
    ways.map(|(act, words)| (act.code(), words)).collect()
}

/// The event that is amended, opened, with its stream.
struct About {
    stored: StoredEvent,
    entry: Entry,
    /// The whole record, which tells what a person is called.
    history: History,
}

impl About {
    fn event(&self) -> &Event {
        self.entry.event()
    }

    fn child(&self) -> Option<ChildId> {
        self.stored.stream.as_child()
    }

    fn is_annulled(&self) -> bool {
        matches!(self.entry.standing, Standing::Annulled { .. })
    }

    /// What can be done about it.
    fn acts(&self) -> impl Iterator<Item = Act> {
        Act::ALL.into_iter().filter(|act| act.fits(self))
    }

    /// The act of a code, where it can be done.
    fn act(&self, code: &str) -> Option<Act> {
        self.acts().find(|act| act.code() == code)
    }

    /// The event that corrected it last; empty where none did.
    fn latest(&self) -> String {
        let latest = self.entry.corrections.last();
        latest.map_or_else(String::new, |latest| latest.by.to_string())
    }

    /// Where it is told that an amendment of it is recorded.
    fn told_at(&self, receipt: &Receipt) -> String {
        let mut streams = receipt.streams.iter();
        let own = streams.find(|last| last.stream == self.stored.stream);
        match (self.child(), own) {
            (Some(child), Some(last)) => format!("/children/{child}?recorded={}", last.position),
            (None, Some(_)) => format!("{}?recorded=1", self.path()),
            (_, None) => self.path(),
        }
    }

    /// Where the event is shown.
    fn path(&self) -> String {
        let position = self.stored.position;
        self.child().map_or_else(
            || format!("/events/{position}"),
            |child| format!("/children/{child}#e{position}"),
        )
    }
}

#[derive(Template)]
#[template(path = "amend.html")]
struct Page {
    chrome: Chrome,
    /// How the browser keeps it.
    kept: Kept,
    position: Position,
    back: String,
    /// Whose record it is, and whose it is to be.
    whom: Vec<Whom>,
    title: &'static str,
    /// When it occurred.
    when: String,
    said: String,
    /// What can be done about it.
    acts: Vec<Choice>,
    act: &'static str,
    heading: &'static str,
    account: String,
    command: String,
    latest: String,
    inputs: Vec<Input>,
    told: Told,
    /// Where an approval is asked for, where that is what is wanting.
    request: Option<String>,
}

struct Choice {
    code: &'static str,
    label: &'static str,
    chosen: bool,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(position): Path<u64>,
    Query(mut typed): Query<Typed>,
) -> Result<Response, Refusal> {
    let about = match opened(&site, &signed_in, position).await? {
        Ok(about) => about,
        Err(asked) => return Ok(asked),
    };
    let act = act(&about, text_of(&typed, "act"))?;
    typed.retain(|(field, _)| field == "act");
    typed.push(("account".to_owned(), signed_in.account.to_string()));
    typed.push(("command".to_owned(), (site.new_id)().to_string()));
    typed.push((LATEST.to_owned(), about.latest()));
    match act {
        Act::Correct => typed.extend(present(about.event(), about.entry.occurred())),
        Act::Reassign => {
            let why = CorrectionReason::WrongPerson.code().to_owned();
            typed.push(("reason".to_owned(), why));
        },
        Act::Annul | Act::Reverse => {},
    }
    asking(&site, &signed_in, &about, (act, &typed), Vec::new()).await
}

pub(super) async fn send(
    State(site): State<Arc<Site>>,
    Path(position): Path<u64>,
    sent: Draft<Typed>,
) -> Result<Response, Refusal> {
    let (signed_in, typed) = (sent.signed_in, sent.fields);
    let about = match opened(&site, &signed_in, position).await? {
        Ok(about) => about,
        Err(asked) => return Ok(asked),
    };
    if !sent.is_own {
        return again(&site, &signed_in, &about, &typed).await;
    }
    let Some(act) = about.act(text_of(&typed, "act")) else {
        // It stands otherwise by now: what was typed is for another act than what can still be done.
        return stale::told(&site, &signed_in, &about, &typed).await;
    };
    let json = command(&about, act, &typed);
    match give(&site, &signed_in, text_of(&typed, "command"), json).await {
        Ok(receipt) => {
            let to = about.told_at(&receipt);
            Ok(recorded(&site, text_of(&typed, "command"), &to))
        },
        Err(faults) if faults.iter().any(|fault| fault.code == stale::CODE) => {
            match opened(&site, &signed_in, position).await? {
                Ok(about) => stale::told(&site, &signed_in, &about, &typed).await,
                Err(asked) => Ok(asked),
            }
        },
        Err(faults) => {
            let named = asked(&about, act);
            let faults = faults.into_iter().map(|fault| placed(fault, &named));
            let names: Vec<&str> = named.iter().map(|field| field.name.as_str()).collect();
            let faults = in_order(faults.collect(), &names);
            asking(&site, &signed_in, &about, (act, &typed), faults).await
        },
    }
}

/// The form about the event at a position, with what was typed before somebody had to sign in again.
///
/// # Errors
/// [`Refusal`] where that is no such form, or the role may not amend the event.
pub(super) async fn resumed(
    site: &Site,
    signed_in: &SignedIn,
    position: u64,
    draft: &str,
) -> Result<Response, Refusal> {
    let typed: Typed = fields(draft.as_bytes())?;
    match opened(site, signed_in, position).await? {
        Ok(about) => again(site, signed_in, &about, &typed).await,
        Err(asked) => Ok(asked),
    }
}

async fn again(
    site: &Site,
    signed_in: &SignedIn,
    about: &About,
    typed: &Typed,
) -> Result<Response, Refusal> {
    signed_in.must_have_typed(text_of(typed, "account"))?;
    let act = act(about, text_of(typed, "act"))?;
    let fault = Fault::of_before();
    asking(site, signed_in, about, (act, typed), vec![fault]).await
}

/// The event with its text; that it is opened is recorded first. Where being in charge is missing, the page
/// that asks for a reason.
async fn opened(
    site: &Site,
    signed_in: &SignedIn,
    position: u64,
) -> Result<Result<About, Response>, Refusal> {
    // Before anything is looked up: which events there are is not for everybody.
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let store = site.open.open.store.as_ref();
    let stored = find_event(store, &position.to_string()).await?;
    signed_in.may(Action::Correct, Subject::of(&stored.stream))?;
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let ledger = &site.open.ledger;
    let looked = ledger.record_access(&stored.stream, AccessPurpose::Event, &envelope);
    if let Err(error) = looked.await {
        let refused = execute_failure(&error);
        return match stored.stream.as_child() {
            Some(child) if emergency::is_unassigned(&refused) => {
                Ok(Err(emergency::asked(site, signed_in, child).await?))
            },
            Some(_) | None => Err(refused.into()),
        };
    }
    let history = history(store, &site.open.codec, &stored.stream, None).await?;
    let entry = history.find(stored.id).cloned();
    let entry = entry.ok_or_else(Refusal::not_found)?;
    if matches!(entry.event(), Event::Correction(_)) {
        return Err(Refusal::not_found());
    }
    Ok(Ok(About {
        stored,
        entry,
        history,
    }))
}

/// The act that was chosen, or the first that can be done.
fn act(about: &About, chosen: &str) -> Result<Act, Refusal> {
    let wanted = about.act(chosen).or_else(|| about.acts().next());
    wanted.ok_or_else(Refusal::not_found)
}

/// How long a form waits for the approvals that can be chosen: less than is left where the store did not answer.
const APPROVALS_WITHIN: Duration = Duration::from_secs(1);
/// Codes of refusals for want of an approval.
const FOR_WANT_OF_APPROVAL: [&str; 2] = ["FROZEN_FIGURE", "APPROVAL_MISSING"];
/// Fields that an act asks for beside the content.
const WHY: [&str; 3] = ["reason", "explanation", "approval"];
/// The field in which a form carries the correction that was seen.
const LATEST: &str = "latest";
/// Begins the names of the fields of the event itself.
pub(super) const CONTENT: &str = "event.";

fn asked(about: &About, act: Act) -> Vec<Field> {
    let why = Command::fields("annul-event").unwrap_or_default();
    let why = why
        .into_iter()
        .filter(|field| WHY.contains(&field.name.as_str()));
    let field = |name: &str, takes, is_needed| Field {
        name: name.to_owned(),
        takes,
        is_needed,
        is_private: false,
    };
    let mut fields = Vec::new();
    match act {
        Act::Correct => {
            fields.push(field("occurred", Takes::When, false));
            let own = fields_of_event(about.event().info().name).unwrap_or_default();
            fields.extend(own.into_iter().map(|own| Field {
                name: format!("{CONTENT}{}", own.name),
                is_needed: false,
                ..own
            }));
        },
        Act::Reassign => fields.push(field("to", Takes::Thing("child".to_owned()), true)),
        Act::Annul | Act::Reverse => {},
    }
    fields.extend(why);
    fields
}

/// What an event says, as it would be typed.
fn present(event: &Event, occurred: Occurred) -> Typed {
    let said = event.display();
    let texts = said.iter().flat_map(|(field, value)| {
        let name = format!("{CONTENT}{field}");
        texts(value)
            .into_iter()
            .map(move |text| (name.clone(), text))
    });
    let mut typed: Typed = texts.collect();
    typed.extend(when(occurred).map(|text| ("occurred".to_owned(), text)));
    typed
}

fn when(occurred: Occurred) -> impl Iterator<Item = String> {
    let day = occurred.day().map(|day| day.to_string());
    let time = occurred.time_of_day();
    let time = time.map(|time| time.format("%H:%M").to_string());
    day.into_iter().chain(time)
}

/// The command as its JSON file has it; of a correction what differs from what the event says now.
fn command(about: &About, act: Act, typed: &Typed) -> Map<String, Value> {
    let fields = asked(about, act);
    let mut json = Command::typed(act.command(), &fields, typed);
    json.insert("target".to_owned(), about.stored.id.to_string().into());
    let latest = text_of(typed, LATEST);
    if !latest.is_empty() {
        json.insert(LATEST.to_owned(), latest.into());
    }
    match (act, about.child()) {
        (Act::Reassign, Some(child)) => json.insert("child".to_owned(), child.to_string().into()),
        _ => json.insert("stream".to_owned(), about.stored.stream.to_string().into()),
    };
    if act == Act::Correct {
        let given = json.remove("event");
        let given = given.as_ref().and_then(Value::as_object);
        let (clear, private) = changed(about, &fields, given.cloned().unwrap_or_default());
        json.insert("clear".to_owned(), clear.into());
        json.insert("private".to_owned(), private.into());
        let said: Vec<String> = when(about.entry.occurred()).collect();
        if json
            .get("occurred")
            .is_some_and(|given| *given == said.join(" "))
        {
            json.remove("occurred");
        }
    }
    json
}

/// The fields that differ from what the event says now, clear and private ones; null empties one.
fn changed(
    about: &About,
    fields: &[Field],
    mut given: Map<String, Value>,
) -> (Map<String, Value>, Map<String, Value>) {
    let said = about.event().display();
    let (mut clear, mut private) = (Map::new(), Map::new());
    for field in fields {
        let Some(name) = field.name.strip_prefix(CONTENT) else {
            continue;
        };
        let new = given.remove(name).unwrap_or_default();
        let old = said.get(name).cloned().unwrap_or_default();
        let nothing =
            |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if new == old || (nothing(&new) && nothing(&old)) {
            continue;
        }
        let into = if field.is_private {
            &mut private
        } else {
            &mut clear
        };
        into.insert(name.to_owned(), new);
    }
    (clear, private)
}

/// A fault at the field of the page that it is about: the content's fields have names of their own here.
fn placed(fault: Fault, fields: &[Field]) -> Fault {
    let part = fault.field.rsplit('.').next().unwrap_or_default();
    let content = format!("{CONTENT}{part}");
    let label = |name: &str| label_of(fields, name);
    match (label(&fault.field), label(&content)) {
        (None, Some(label)) => fault.at(&content, &label),
        _ => fault.labelled(label),
    }
}

/// The approvals that were granted of amending a record, to choose from. Where they cannot be read the form is shown all
/// the same: what was typed counts for more.
async fn approvals(
    site: &Site,
    signed_in: &SignedIn,
    stream: &StreamName,
) -> Option<Vec<(String, String)>> {
    let wanted = Wanted::Granted(ApprovalAct::FrozenFigure, Some(stream));
    let reading = approvals::choices(site, signed_in, wanted);
    if let Ok(Ok(choices)) = tokio::time::timeout(APPROVALS_WITHIN, reading).await {
        return Some(choices);
    }
    tracing::warn!("the approvals cannot be read");
    None
}

/// Where an approval is named: only where one is wanting or can be chosen, or was and cannot be told by now.
fn approval(
    field: &Field,
    typed: &Typed,
    choices: Option<Vec<(String, String)>>,
    faults: &[Fault],
) -> Option<Input> {
    let is_wanting = faults.iter().any(|fault| fault.field == field.name);
    let is_named = choices.is_none() && !text_of(typed, &field.name).is_empty();
    let is_there = choices.as_ref().is_some_and(|choices| !choices.is_empty());
    if !is_wanting && !is_named && !is_there {
        return None;
    }
    let help = if is_there {
        t(
            "会議の資料に載った数が変わるときは、別の人の承認が要ります。この記録について承認されたものを選びます。",
            "Where a figure changes that a meeting was shown, somebody else has to approve it. Choose what was granted for this record.",
        )
    } else {
        t(
            "会議の資料に載った数が変わるため、別の人の承認が要ります。いま選べる承認はありません。",
            "A figure changes that a meeting was shown, so somebody else has to approve it. There is no approval to choose now.",
        )
    };
    let is_none = choices.as_ref().is_some_and(Vec::is_empty);
    let input = Input::of(field, typed, choices, faults);
    let shape = if is_none {
        Shape::Select(Vec::new())
    } else {
        input.shape
    };
    Some(Input {
        help: help.to_owned(),
        shape,
        ..input
    })
}

/// The act of which an approval is wanting, where a form was refused for that.
fn wants_approval(faults: &[Fault]) -> Option<ApprovalAct> {
    let is_it = |fault: &Fault| FOR_WANT_OF_APPROVAL.contains(&fault.code);
    faults
        .iter()
        .any(is_it)
        .then_some(ApprovalAct::FrozenFigure)
}

fn title(position: Position) -> String {
    match current() {
        Lang::Ja => format!("記録 #{position} を直す"),
        Lang::En => format!("Amend event #{position}"),
    }
}

/// Whose record it is, and whose it is to become.
async fn persons(
    site: &Site,
    signed_in: &SignedIn,
    about: &About,
    (act, typed): (Act, &Typed),
) -> Result<Vec<Whom>, Refusal> {
    let Some(child) = about.child() else {
        return Ok(Vec::new());
    };
    let number = number_of(site.open.open.store.as_ref(), child).await?;
    let number = number.unwrap_or_else(|| child.to_string());
    let label = t("対象者", "Child").to_owned();
    let mut all = vec![Whom::opened(label, number, &about.history, site.today())];
    let to = text_of(typed, "to").trim();
    if act == Act::Reassign && !to.is_empty() {
        let label = t("付替え先の対象者", "Child to whom it is reassigned").to_owned();
        all.extend(whom(site, signed_in, vec![(label, to.to_owned())]).await);
    }
    Ok(all)
}

async fn asking(
    site: &Site,
    signed_in: &SignedIn,
    about: &About,
    (act, typed): (Act, &Typed),
    faults: Vec<Fault>,
) -> Result<Response, Refusal> {
    let stream = &about.stored.stream;
    let approvals = approvals(site, signed_in, stream).await;
    let inputs = asked(about, act).into_iter();
    let inputs = inputs.filter_map(|field| {
        if field.name == "approval" {
            return approval(&field, typed, approvals.clone(), &faults);
        }
        Some(Input::of(&field, typed, None, &faults))
    });
    let inputs = inputs.collect();
    let acts = about.acts().map(|one| Choice {
        code: one.code(),
        label: one.label(),
        chosen: one == act,
    });
    let wanted = wants_approval(&faults);
    let told = Told::of(faults);
    let status = told.status;
    let position = about.stored.position;
    let page = Page {
        chrome: Chrome::of(title(position), signed_in, "/events"),
        kept: Kept::of(
            signed_in,
            &format!("/events/{position}/amend {}", act.code()),
        ),
        position,
        back: about.path(),
        whom: persons(site, signed_in, about, (act, typed)).await?,
        title: render::event_title(about.event().info().name, current()),
        when: render::occurred(about.entry.occurred(), None, current()),
        said: render::sentence(about.event(), about.entry.recorded.privacy, current()),
        acts: acts.collect(),
        act: act.code(),
        heading: act.label(),
        account: text_of(typed, "account").to_owned(),
        command: text_of(typed, "command").to_owned(),
        latest: text_of(typed, LATEST).to_owned(),
        inputs,
        request: wanted
            .filter(|_| may_give(signed_in, "request-approval"))
            .map(|act| approvals::request_path(act, stream)),
        told,
    };
    shown_as(status, &page)
}
