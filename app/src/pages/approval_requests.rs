//! What an approval was asked for, shown to whoever is to answer: whose record, which event, and why.

use std::sync::Arc;

use ledger_core::event::{ApprovalEvent, Event};
use ledger_core::history::History;
use ledger_core::id::{ApprovalId, EventId, Position, StreamName};

use super::approvals::{self, Wanted};
use super::door::SignedIn;
use super::fault::Refusal;
use super::language::{current, t, term};
use super::opening::reopened;
use super::site::Site;
use super::whom::{Whom, differing, whom};
use crate::reading::{OpenApproval, recent};
use crate::render;

/// Most requests whose reasons are opened at once.
const MOST: usize = 10;

/// What was asked for.
pub(super) struct Request {
    /// What is to be done.
    pub(super) act: String,
    /// In whose record, and where that is shown.
    pub(super) subject: String,
    pub(super) path: Option<String>,
    /// Of a merge the two persons, the one that goes on first, and what is worth a look about them.
    pub(super) both: Vec<Whom>,
    pub(super) differing: Option<String>,
    /// The event that is to be amended.
    pub(super) target: Option<Target>,
    /// Why.
    pub(super) reason: String,
    /// Who asked, and when.
    pub(super) asked: String,
    pub(super) position: Position,
}

/// An event for which an approval is asked, its personal text closed.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) position: Position,
    /// When it occurred, and what kind of event it is.
    pub(super) when: String,
    pub(super) title: &'static str,
}

impl Target {
    /// What it is called where it is one of several.
    pub(super) fn called(&self) -> String {
        format!("{} {} #{}", self.when, self.title, self.position)
    }
}

/// The requests that a form answers: the chosen one, or the first of those that wait. That their reasons are opened is
/// recorded first; none for another form.
///
/// # Errors
/// [`Refusal`] where the opening cannot be recorded, or the store fails.
pub(super) async fn requests(
    site: &Site,
    signed_in: &SignedIn,
    (form, chosen): (&str, &str),
) -> Result<Vec<Request>, Refusal> {
    let wanted = match form {
        "grant-approval" => Wanted::ToGrant,
        "refuse-approval" => Wanted::ToRefuse,
        _ => return Ok(Vec::new()),
    };
    let open = approvals::wanted(site, signed_in, wanted).await?;
    let open = open
        .into_iter()
        .filter(|one| chosen.is_empty() || one.approval == chosen);
    let mut requests = Vec::new();
    for one in open.take(MOST) {
        requests.push(request(site, signed_in, one).await?);
    }
    Ok(requests)
}

async fn request(site: &Site, signed_in: &SignedIn, one: OpenApproval) -> Result<Request, Refusal> {
    let (subject, path) = approvals::subject(site, &one.asked.stream).await?;
    let both = both(site, signed_in, &one).await;
    Ok(Request {
        differing: differing(&both),
        both,
        act: term(one.asked.act.code(), one.asked.act.ja()),
        subject,
        path,
        target: target(site, &one).await?,
        reason: reason(site, signed_in, &one).await?,
        asked: approvals::asked(&one.asked),
        position: one.position,
    })
}

/// The two persons whom a merge makes one, for whoever may open their names.
async fn both(site: &Site, signed_in: &SignedIn, one: &OpenApproval) -> Vec<Whom> {
    let survivor = one.asked.stream.as_child();
    let Some((survivor, absorbed)) = survivor.zip(one.asked.absorbed) else {
        return Vec::new();
    };
    let named = [
        (t("統合先（続く人）", "Goes on"), survivor),
        (t("統合される人", "Becomes its alias"), absorbed),
    ];
    let named = named.map(|(label, child)| (label.to_owned(), child.to_string()));
    whom(site, signed_in, named.into()).await
}

/// Why it was asked for; that it is opened is recorded first.
async fn reason(site: &Site, signed_in: &SignedIn, one: &OpenApproval) -> Result<String, Refusal> {
    let Ok(approval) = one.approval.parse::<ApprovalId>() else {
        return Ok(String::new());
    };
    let history = reopened(site, signed_in, &StreamName::approval(approval)).await?;
    let told = history.standing().find_map(|entry| {
        let Event::Approval(ApprovalEvent::Requested(requested)) = entry.event() else {
            return None;
        };
        requested.reason.text().map(str::to_owned)
    });
    Ok(told.unwrap_or_else(|| t("（記録がありません）", "(none is recorded)").to_owned()))
}

/// The event that is to be amended, where the request names one.
///
/// # Errors
/// [`Refusal`] when the store fails.
pub(super) async fn target(site: &Site, one: &OpenApproval) -> Result<Option<Target>, Refusal> {
    let Some(target) = one.asked.target else {
        return Ok(None);
    };
    let read = recent(&site.open.open, &one.asked.stream).await?;
    Ok(of_history(&read.at(None)?, target))
}

fn of_history(history: &Arc<History>, target: EventId) -> Option<Target> {
    let mut entries = history.entries().iter();
    let entry = entries.find(|entry| entry.recorded.id == target)?;
    Some(Target {
        position: entry.recorded.position,
        when: entry
            .occurred()
            .day()
            .map_or_else(String::new, |day| render::day(day, current())),
        title: render::event_title(entry.event().info().name, current()),
    })
}
