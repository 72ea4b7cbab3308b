//! 直す: an event is corrected, annulled, or reassigned to the person to whom it happened; what was said stays readable.

mod about;
mod approval;
mod content;
mod stale;

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_commands::{stands_in_two_streams, stays_as_written};
use ledger_core::code::CorrectionReason;
use ledger_core::id::Position;
use ledger_projections::timeline::TimelineEntry;

use self::about::{About, Act, act, opened};
use self::content::{asked, command, placed, present};
use super::act::hints::minutes;
use super::act::input::{Input, Shape};
use super::act::{TYPED_BY, Typed, text_of};
use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown_as};
use super::form::{Draft, Query, fields};
use super::giving::{Fault, Told, give, in_order, told_today};
use super::kept::{Kept, recorded};
use super::language::{current, t};
use super::numbers::{as_registered, whose};
use super::person::emergency;
use super::shown::{SHOWN, are_shown, carried};
use super::site::Site;
use super::whom::Whom;
use crate::lang::Lang;
use crate::render;

/// How long it is looked for whom a number names before recording says it.
const WITHIN: Duration = Duration::from_secs(1);
/// A field of events that take time.
const MINUTES: &str = "event.duration_minutes";

/// The field in which a form carries the correction that was seen.
const LATEST: &str = "latest";
/// Sent by the button that asks for an approval of what is typed, instead of doing it.
const ASKS: &str = "asks";
/// Begins the names of the fields of the event itself.
pub(super) const CONTENT: &str = "event.";

/// What can be done about a line of a timeline, as far as that tells: the form says what cannot after all. For
/// each the code of its form, and what the way there is called.
pub(super) fn ways(entry: &TimelineEntry) -> Vec<(&'static str, &'static str)> {
    let ways = [
        (Act::Correct, t("訂正", "Correct")),
        (Act::Annul, t("取消し", "Annul")),
        (Act::Reassign, t("付替え", "Reassign")),
        (Act::Reverse, t("取消しを撤回する", "Reverse the annulment")),
    ];
    let stands = entry.standing == "stands" && !stays_as_written(&entry.event);
    let fits = |act: Act| match act {
        Act::Correct => stands,
        Act::Annul | Act::Reassign => stands && !stands_in_two_streams(&entry.event),
        Act::Reverse => entry.standing == "annulled",
    };
    let ways = ways.into_iter().filter(|(act, _)| fits(*act));
    ways.map(|(act, words)| (act.code(), words)).collect()
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
    /// What was recorded at once with it and stays where it is, each with the way to do the same with it.
    together: Vec<(String, String)>,
    act: &'static str,
    heading: &'static str,
    account: String,
    command: String,
    latest: String,
    /// The numbers whose child was shown.
    shown: String,
    /// Whether the text stays closed.
    is_closed: bool,
    inputs: Vec<Input>,
    told: Told,
    /// Whether an approval can be asked for, as that is what is wanting.
    can_ask: bool,
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
    typed.push((TYPED_BY.to_owned(), signed_in.account.to_string()));
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
    let (signed_in, mut typed) = (sent.signed_in, sent.fields);
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
    for (_, to) in typed.iter_mut().filter(|(field, _)| field == "to") {
        *to = as_registered(&site, to.trim()).await;
    }
    let to = text_of(&typed, "to");
    if act == Act::Reassign && !are_shown(to, text_of(&typed, SHOWN)) && is_there(&site, to).await {
        return form(&site, &signed_in, &about, (act, &typed), Told::asking()).await;
    }
    if !text_of(&typed, ASKS).is_empty() {
        return approval::asking(&site, &signed_in, &about, (act, &typed)).await;
    }
    let json = command(&about, act, &typed);
    match give(&site, &signed_in, text_of(&typed, "command"), json).await {
        Ok(receipt) => {
            let to = if about.is_closed {
                told_today(&receipt, false)
            } else {
                about.told_at(act, &receipt)
            };
            Ok(recorded(&site, text_of(&typed, "command"), &to))
        },
        Err(faults) if faults.iter().any(|fault| fault.code == stale::CODE) => {
            match opened(&site, &signed_in, position).await? {
                Ok(about) => stale::told(&site, &signed_in, &about, &typed).await,
                Err(asked) => Ok(asked),
            }
        },
        Err(faults) => {
            let form = asked(&about, act);
            let faults = faults.into_iter().map(|fault| placed(fault, &form));
            let names: Vec<&str> = form.iter().map(|field| field.name.as_str()).collect();
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
    signed_in.must_have_typed(text_of(typed, TYPED_BY))?;
    let act = act(about, text_of(typed, "act"))?;
    let fault = Fault::of_before();
    asking(site, signed_in, about, (act, typed), vec![fault]).await
}

fn title(position: Position) -> String {
    match current() {
        Lang::Ja => format!("記録 #{position} を直す"),
        Lang::En => format!("Amend event #{position}"),
    }
}

/// Whether somebody is known by what was typed; where the ledger does not answer, recording says so.
async fn is_there(site: &Site, given: &str) -> bool {
    let found = tokio::time::timeout(WITHIN, whose(site, given)).await;
    matches!(found, Ok(Ok(Some(_))))
}

async fn asking(
    site: &Site,
    signed_in: &SignedIn,
    about: &About,
    (act, typed): (Act, &Typed),
    faults: Vec<Fault>,
) -> Result<Response, Refusal> {
    form(site, signed_in, about, (act, typed), Told::of(faults)).await
}

async fn form(
    site: &Site,
    signed_in: &SignedIn,
    about: &About,
    (act, typed): (Act, &Typed),
    told: Told,
) -> Result<Response, Refusal> {
    let faults = &told.faults;
    let approvals = approval::granted(site, signed_in, &about.stored).await;
    let inputs = asked(about, act).into_iter();
    let inputs = inputs.filter_map(|field| {
        if field.name == "approval" {
            return approval::input(&field, typed, approvals.clone(), faults);
        }
        let hint = (field.name == MINUTES).then(minutes);
        Some(Input::of(&field, typed, None, faults).hinted(hint))
    });
    let inputs = inputs.collect();
    let acts = about.acts().map(|one| Choice {
        code: one.code(),
        label: one.label(),
        chosen: one == act,
    });
    let can_ask = approval::can_be_asked_for(signed_in, faults);
    let status = told.status;
    let position = about.stored.position;
    let mut chrome = Chrome::of(title(position), signed_in, "/events");
    if let Some(child) = about.child() {
        chrome.emergency = emergency::banner(site, signed_in, child, true).await?;
    }
    let whom = about.persons(site, signed_in, (act, typed)).await;
    // The first is whose record it is, not whose it is to be.
    let shown = carried(whom.get(1..).unwrap_or_default());
    let page = Page {
        chrome,
        kept: Kept::of(
            signed_in,
            &format!("/events/{position}/amend {}", act.code()),
        ),
        position,
        back: about.path(),
        whom,
        title: render::event_title(about.event().info().name, current()),
        when: render::occurred(about.entry.occurred(), None, current()),
        said: render::sentence(about.event(), about.entry.recorded.privacy, current()),
        acts: acts.collect(),
        together: about.together(act),
        act: act.code(),
        heading: act.label(),
        account: text_of(typed, TYPED_BY).to_owned(),
        command: text_of(typed, "command").to_owned(),
        latest: text_of(typed, LATEST).to_owned(),
        shown,
        is_closed: about.is_closed,
        inputs,
        can_ask,
        told,
    };
    shown_as(status, &page)
}
