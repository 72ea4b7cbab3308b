//! Acts: a form for every command of daily work, made from what the command asks.

mod alike;
mod approval;
mod asking;
mod directory;
pub(super) mod first;
pub(super) mod hints;
mod hours;
pub(super) mod input;
mod late_due;
mod meeting_number;
mod menu;
mod numbering;
mod persons;
mod recommendation;
pub(super) mod setting;
mod setting_note;
mod standing;
mod things;
mod unchanged;
mod versions;

pub(super) use menu::page as menu;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use ledger_commands::Command;
use ledger_commands::authorise::{Assignment, Subject, authorise};
use ledger_commands::command::Field;
use ledger_core::actor::Role;
use ledger_core::code::Urgency;
use serde_json::{Map, Value};

use self::asking::{Beside, asking, asking_beside};
use self::first::First;
use self::setting::Now;
use self::standing::{BASE, LATEST, Standing, standing};
use super::FORM_BYTES;
use super::approvals;
use super::door::SignedIn;
use super::fault::Refusal;
use super::form::{Draft, Query, fields, too_long};
use super::giving::{Fault, give, goes_on_at, in_order, told_today};
use super::kept::recorded;
use super::language::{current, t};
use super::site::Site;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::sign_in::lasting;

/// Says that the day's work goes on once something is recorded from there.
pub(super) const TODAY: &str = "today";
/// The same, with one's own work alone.
pub(super) const TODAY_MINE: &str = "today-mine";

/// Commands for which the password is asked anew: they open a record in an emergency, or say who gets in and how.
const ANEW: [&str; 5] = [
    "take-emergency-access",
    "open-account",
    "change-account-role",
    "close-account",
    "set-second-factor-rule",
];

/// The field that says who types: no command has one of that name, as several have `account`.
pub(super) const TYPED_BY: &str = "typed_by";
/// The field that says for whom or what a form was opened: what was begun for one is not offered for another.
const OPENED_FOR: &str = "opened_for";
/// The code with which a version is refused that rests on another than the newest.
const STALE_BASE: &str = "STALE_BASE";

/// What a form begins with where it is asked for and nothing else is said: seen there, and changed.
const USUAL: [(&str, &str); 1] = [("urgency", Urgency::Normal.code())];

/// Names and texts, as a form sends them.
pub(super) type Typed = Vec<(String, String)>;

/// What the command of a name does, as a title has it.
fn title(name: &'static str) -> &'static str {
    let about = match current() {
        Lang::Ja => Command::about_ja(name),
        Lang::En => Command::about(name),
    };
    about.unwrap_or(name).trim_end_matches(['。', '.'])
}

/// Whether the role may give the command of a name.
pub(super) fn may_give(signed_in: &SignedIn, name: &str) -> bool {
    may_be_given(signed_in.role, name)
}

/// Whether a role may give the command of a name.
pub(super) fn may_be_given(role: Role, name: &str) -> bool {
    let action = Command::acts_of(name);
    // The ledger asks once more, for the very person or thing.
    action.is_some_and(|action| {
        let may = authorise(role, action, Subject::Person, Assignment::None);
        may.is_ok()
    })
}

/// A command that has a form, with its fields.
struct Act {
    name: &'static str,
    fields: Vec<Field>,
    /// Whether the command takes by which event stood what was seen; the page fills that in.
    asks_what_was_seen: bool,
}

fn act(signed_in: &SignedIn, name: &str) -> Result<Act, Refusal> {
    let known = Command::NAMES.iter().find(|known| **known == name);
    let name = known.copied().ok_or_else(Refusal::not_found)?;
    if !may_give(signed_in, name) {
        return Err(Refusal::not_yours());
    }
    let mut fields = Command::fields(name).ok_or_else(Refusal::not_found)?;
    recommendation::leave_meeting_out(name, &mut fields);
    let all = fields.len();
    fields.retain(|field| field.name != LATEST || !standing::is_filled(name));
    if name == "request-approval" {
        fields.iter_mut().for_each(approvals::offer_used);
    }
    Ok(Act {
        name,
        asks_what_was_seen: fields.len() < all,
        fields,
    })
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(name): Path<String>,
    Query(mut typed): Query<Typed>,
) -> Result<Response, Refusal> {
    let act = act(&signed_in, &name)?;
    // Whose number it is stands above the form from the beginning.
    persons::put_in_full(&site, &act, &mut typed).await;
    let own = [LATEST, OPENED_FOR, alike::ASKED];
    typed.retain(|(field, _)| !own.contains(&field.as_str()) && !first::is_of_the_way(field));
    let opened_for = opened_for(&typed);
    if !typed.iter().any(|(field, _)| field == "occurred") {
        typed.push(("occurred".to_owned(), site.today().to_string()));
    }
    for (usual, text) in USUAL {
        let mut fields = act.fields.iter();
        if fields.any(|field| field.is_needed && field.name == usual)
            && text_of(&typed, usual).is_empty()
        {
            typed.push((usual.to_owned(), text.to_owned()));
        }
    }
    typed.push((TYPED_BY.to_owned(), signed_in.account.to_string()));
    typed.push(("command".to_owned(), (site.new_id)().to_string()));
    typed.push((OPENED_FOR.to_owned(), opened_for));
    numbering::fill(&site, &act, &mut typed).await;
    meeting_number::fill(&site, &act, &mut typed).await?;
    versions::fill(&site, &act, &mut typed).await?;
    let mut beside = Beside::default();
    match standing(&site, &signed_in, &act, &typed).await? {
        Ok(Some(standing)) => {
            standing.fill(&act, &mut typed);
            typed.push((LATEST.to_owned(), standing.latest));
            beside.whom = standing.whom;
        },
        Ok(None) => {},
        Err(asked) => return Ok(asked),
    }
    beside.now = directory::fill(&site, &act, &mut typed).await?;
    if beside.now.note.is_empty() {
        beside.now = setting::fill(&site, &act, &mut typed).await?;
    }
    beside.now.history = setting::history(&signed_in, act.name);
    asking_beside(&site, &signed_in, &act, typed, beside).await
}

/// The form of a command as another page begins it, filled in as far as this; nothing of it is recorded.
///
/// # Errors
/// [`Refusal`] where the role may not give the command, or what the form tells cannot be read.
pub(super) async fn begun(
    site: &Site,
    signed_in: &SignedIn,
    (name, mut filled): (&str, Typed),
) -> Result<Response, Refusal> {
    let act = act(signed_in, name)?;
    persons::put_in_full(site, &act, &mut filled).await;
    let own = [
        ("occurred", site.today().to_string()),
        (TYPED_BY, signed_in.account.to_string()),
        ("command", (site.new_id)().to_string()),
    ];
    let own = own.map(|(field, text)| (field.to_owned(), text));
    let typed = filled.into_iter().chain(own).collect();
    asking(site, signed_in, &act, typed, Vec::new()).await
}

/// For whom or what a form is opened, as its address says: the person, or else all that it names.
fn opened_for(asked: &Typed) -> String {
    let child = text_of(asked, "child");
    if !child.is_empty() {
        return child.to_owned();
    }
    let named: Vec<&str> = asked.iter().map(|(_, text)| text.as_str()).collect();
    named.join(" ")
}

fn another_day() -> Refusal {
    Refusal::new(
        StatusCode::CONFLICT,
        t("日付が変わりました", "It is another day"),
        t(
            "この画面を開いたあとに日付が変わったため、記録していません。",
            "The day changed since this page was opened, so nothing was recorded.",
        ),
        t(
            "「今日の業務」を開き直して、もう一度押してください。",
            "Open \"Today\" again and press once more.",
        ),
    )
}

pub(super) async fn send(
    State(site): State<Arc<Site>>,
    Path(name): Path<String>,
    sent: Draft<Typed>,
) -> Result<Response, Refusal> {
    let (signed_in, mut typed) = (sent.signed_in, sent.fields);
    let act = act(&signed_in, &name)?;
    if is_too_long(&act, &typed) {
        return Err(too_long());
    }
    if first::is_begun(&typed) {
        return first::begin(&site, &signed_in, &act, typed).await;
    }
    if approval::is_asked(act.name, &typed) {
        signed_in.must_have_typed(text_of(&typed, TYPED_BY))?;
        return approval::asking(&site, &signed_in, &typed).await;
    }
    if !sent.is_own {
        return again(&site, &signed_in, &act, typed).await;
    }
    if let Some(fault) = persons::put_in_full(&site, &act, &mut typed).await {
        return refused(&site, &signed_in, &act, (typed, vec![fault])).await;
    }
    if ANEW.contains(&act.name) && !lasting::is_recent(signed_in.begun_at, site.now()) {
        return Err(Refusal::SignInAgain {
            to: format!("/acts/{}", act.name),
            draft: serde_html_form::to_string(&typed).map_err(|error| Refusal::internal(&error))?,
        });
    }
    // A page that was left open over midnight says 今日 of the day before.
    let then = [TODAY, TODAY_MINE]
        .into_iter()
        .find(|then| text_of(&typed, "then") == *then);
    if then.is_some() && text_of(&typed, "occurred") != site.today().to_string() {
        return Err(another_day());
    }
    if text_of(&typed, LATEST).is_empty()
        && let Some(standing) = unseen(&site, &signed_in, &act, &typed).await?
    {
        return seen_now(&site, &signed_in, &act, (typed, standing)).await;
    }
    let json = json(&site, &act, &typed).await?;
    if let Some(fault) = worth_asking(&site, &act, (&mut typed, &json)).await? {
        return refused(&site, &signed_in, &act, (typed, vec![fault])).await;
    }
    match give(&site, &signed_in, text_of(&typed, "command"), json).await {
        Ok(receipt) => {
            if let Some((before, draft)) = first::comes_along(&act, &typed) {
                let back = (&*before, &*draft);
                return first::back(&site, &signed_in, (act.name, &typed), back).await;
            }
            let to = match then {
                Some(then) => told_today(&receipt, then == TODAY_MINE),
                None => goes_on_at(&site, &signed_in, &receipt).await,
            };
            Ok(recorded(&site, text_of(&typed, "command"), &to))
        },
        Err(faults) => refused(&site, &signed_in, &act, (typed, faults)).await,
    }
}

/// The command as it was typed, with what the form knows without asking for it.
async fn json(site: &Site, act: &Act, typed: &Typed) -> Result<Map<String, Value>, Failure> {
    let mut json = Command::typed(act.name, &act.fields, typed);
    if act.asks_what_was_seen && !text_of(typed, LATEST).is_empty() {
        json.insert(LATEST.to_owned(), text_of(typed, LATEST).into());
    }
    recommendation::add_meeting(site, act.name, (typed, &mut json)).await?;
    Ok(json)
}

/// What is worth a question before it is recorded, what is wrong and told better here, or nothing to record.
async fn worth_asking(
    site: &Site,
    act: &Act,
    (typed, json): (&mut Typed, &Map<String, Value>),
) -> Result<Option<Fault>, Refusal> {
    let first = hours::fault(act.name, typed)
        .or_else(|| recommendation::fault(act.name, (typed, json)))
        .or_else(|| late_due::fault(act.name, typed));
    if first.is_some() {
        return Ok(first);
    }
    if let Some(fault) = alike::fault(site, act.name, (typed, json)).await {
        return Ok(Some(fault));
    }
    unchanged::fault(site, act, (typed, json)).await
}

/// The form with all that is wrong with it, each at its field and in the order of the form.
async fn refused(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    (typed, faults): (Typed, Vec<Fault>),
) -> Result<Response, Refusal> {
    let is_stale = |fault: &Fault| fault.field == LATEST || fault.code == STALE_BASE;
    let (changed, faults): (Vec<Fault>, Vec<Fault>) = faults.into_iter().partition(is_stale);
    if let Some(fault) = changed.into_iter().next() {
        return stale(site, signed_in, act, (typed, fault)).await;
    }
    let placed = faults.into_iter().map(|fault| {
        let before = First::of(signed_in, act, fault.code);
        placed(fault, &act.fields).behind(before)
    });
    let names: Vec<&str> = act.fields.iter().map(|field| field.name.as_str()).collect();
    let faults = in_order(placed.collect(), &names);
    asking(site, signed_in, act, typed, faults).await
}

/// The form beside what somebody else wrote since it was opened.
async fn stale(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    (mut typed, fault): (Typed, Fault),
) -> Result<Response, Refusal> {
    // What stands now is the newest version, whichever the form rests on.
    typed.retain(|(field, _)| fault.code != STALE_BASE || field != BASE);
    match standing(site, signed_in, act, &typed).await? {
        Ok(Some(standing)) => seen_now(site, signed_in, act, (typed, standing)).await,
        Ok(None) => {
            let fault = match versions::not_the_newest(site, act, &typed).await? {
                Some(told) => told,
                None => fault.at("", ""),
            };
            asking(site, signed_in, act, typed, vec![fault]).await
        },
        Err(asked) => Ok(asked),
    }
}

/// A fault at its field; one of a field that is asked for in parts stands at the first of them.
fn placed(fault: Fault, fields: &[Field]) -> Fault {
    let part = format!("{}.", fault.field);
    let parts = fields.iter().find(|field| field.name.starts_with(&part));
    match (input::label_of(fields, &fault.field), parts) {
        (None, Some(first)) => {
            let label = input::label_of(fields, &first.name).unwrap_or_default();
            fault.at(&first.name, &label)
        },
        (label, _) => fault.labelled(|_| label.clone()),
    }
}

/// Whether what was typed is longer than a form may be, where no other form comes along in it: what is longer could not
/// be kept through a sign-in.
fn is_too_long(act: &Act, typed: &Typed) -> bool {
    let sent = serde_html_form::to_string(typed);
    let is_long = sent.is_ok_and(|sent| sent.len() > FORM_BYTES);
    is_long && first::comes_along(act, typed).is_none()
}

/// What stands and would be written over by a form that was filled in without it being seen.
async fn unseen(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    typed: &Typed,
) -> Result<Option<Standing>, Refusal> {
    let found = standing(site, signed_in, act, typed).await?;
    // Whoever may not see it is not asked for a reason in the middle of a form: what was typed would be lost.
    let found = found.unwrap_or_default();
    Ok(found.filter(|standing| standing.is_written_over))
}

/// The form with what was typed, beside what stands by now; sent again, it is written over knowingly.
async fn seen_now(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    (mut typed, standing): (Typed, Standing),
) -> Result<Response, Refusal> {
    let fault = if standing.rests_on_another(&typed) {
        standing.rest_on_it(&mut typed);
        t(
            "この画面を開いたあとに、ほかの人がこの計画の次の版を書きました。入力した内容はそのまま残っています。最新の版と見比べて直し、もう一度送ると、最新の版の次の版になります。",
            "Somebody else wrote the plan's next version since this page was opened. What you typed is still here. Compare it with the newest version and send it once more: it becomes the version after that.",
        )
    } else if text_of(&typed, LATEST).is_empty() {
        standing.fill(act, &mut typed);
        t(
            "この版の項目はすでに書かれています。空欄だった項目には、いまの内容を入れました。確かめて、もう一度送ってください。",
            "The sections of this version are written already. What stands now was put into the fields that were empty. Check it and send it once more.",
        )
    } else {
        t(
            "この画面を開いたあとに、この版の項目が書き換えられています。入力した内容はそのまま残っています。いまの内容と見比べて直し、もう一度送ってください。",
            "The sections of this version were written anew since this page was opened. What you typed is still here. Compare it with what stands now and send it once more.",
        )
    };
    put(&mut typed, LATEST, standing.latest.clone());
    let beside = Beside {
        faults: vec![Fault::whole(fault)],
        standing: standing.differing(act, &typed),
        whom: standing.whom,
        now: Now::default(),
    };
    asking_beside(site, signed_in, act, typed, beside).await
}

/// The form of the command of a name, with what was typed before somebody had to sign in again.
///
/// # Errors
/// [`Refusal`] where that is no such form, or the role may not give the command.
pub(super) async fn resumed(
    site: &Site,
    signed_in: &SignedIn,
    name: &str,
    draft: &str,
) -> Result<Response, Refusal> {
    let act = act(signed_in, name)?;
    let typed: Typed = fields(draft.as_bytes())?;
    if first::is_begun(&typed) {
        return first::begin(site, signed_in, &act, typed).await;
    }
    if approval::is_asked(act.name, &typed) {
        signed_in.must_have_typed(text_of(&typed, TYPED_BY))?;
        return approval::asking(site, signed_in, &typed).await;
    }
    again(site, signed_in, &act, typed).await
}

async fn again(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    typed: Typed,
) -> Result<Response, Refusal> {
    signed_in.must_have_typed(text_of(&typed, TYPED_BY))?;
    let fault = Fault::of_before();
    asking(site, signed_in, act, typed, vec![fault]).await
}

/// Puts a text into a field in place of what stands there.
fn put(typed: &mut Typed, field: &str, text: String) {
    typed.retain(|(known, _)| known != field);
    typed.push((field.to_owned(), text));
}

/// The first text that was typed into a field.
pub(super) fn text_of<'t>(typed: &'t Typed, field: &str) -> &'t str {
    let own = typed.iter().find(|(name, _)| name == field);
    own.map_or("", |(_, text)| text.as_str())
}

/// All that was typed into a field.
pub(super) fn texts_of<'t>(typed: &'t Typed, field: &str) -> Vec<&'t str> {
    let own = typed.iter().filter(|(name, _)| name == field);
    own.map(|(_, text)| text.as_str()).collect()
}
