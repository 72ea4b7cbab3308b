//! The things among which a form lets somebody choose: a person's plans and referrals, facilities, advisors, offices,
//! meetings, the programme's years.

mod accounts;
mod audits;
mod follow_ups;
mod governance;
mod inquiries;
mod programme;
mod referrals;

pub(super) use accounts::open_accounts;
pub(super) use governance::meeting_of;

use std::collections::BTreeMap;

use ledger_commands::command::Takes;
use ledger_core::code::ApprovalAct;
use ledger_core::history::History;
use ledger_core::id::{Position, StreamName};
use ledger_core::time::Day;
use ledger_projections::facility::facility_card;
use ledger_projections::indicators::INDICATORS;
use ledger_projections::organisation::directory_entry;
use ledger_projections::trainee::trainee_card;

use crate::fault::read_failure;
use crate::lang::Lang;
use crate::pages::approvals::{self, Wanted};
use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::language::{current, t};
use crate::pages::numbers::whose;
use crate::pages::site::Site;
use crate::reading::{Begun, histories, meeting_cards, number_of, recent, things};
use crate::render;

/// Kinds of things that are begun for a person.
pub(super) const OF_A_PERSON: [&str; 10] = [
    "guardian",
    "referral",
    "support-plan",
    "disaster-plan",
    "plan",
    "stay",
    "hospital-stay",
    "consent",
    "member",
    "follow_up",
];

/// The things of the kind that a field of an act takes, each with what it is called; none where it is not known whose
/// they are.
pub(super) async fn of(
    (site, signed_in): (&Site, &SignedIn),
    act: &str,
    (takes, field): (&Takes, &str),
    (child, engagement): (Option<&str>, Option<&str>),
) -> Result<Option<Vec<(String, String)>>, Refusal> {
    if (takes, field) == (&Takes::Word, "term") {
        return Ok(Some(render::term_names(current())));
    }
    if (takes, field) == (&Takes::Word, "indicator") {
        let all = INDICATORS.iter().map(|one| {
            let name = current().pick(one.ja, one.en);
            (one.id.to_owned(), format!("{} {name}", one.id))
        });
        return Ok(Some(all.collect()));
    }
    if (act, field) == ("assign-staff", "account") {
        return accounts::of(site).await.map(Some);
    }
    if [
        ("assign-staff", "in_place_of"),
        ("unassign-staff", "account"),
    ]
    .contains(&(act, field))
    {
        return match child {
            Some(child) => accounts::in_charge(site, child).await,
            None => Ok(None),
        };
    }
    if (act, field) == ("request-approval", "stream") {
        return match child {
            Some(child) => own_stream(site, child).await,
            None => Ok(None),
        };
    }
    if let Some(of) = programme::of(site, act, field).await? {
        return Ok(Some(of));
    }
    let Takes::Thing(kind) = takes else {
        return Ok(None);
    };
    let all = match (kind.as_str(), child) {
        ("recommendation" | "request" | "opinion" | "engagement", _) => {
            governance::of(site, kind).await?
        },
        ("question", _) => audits::questions((site, signed_in), act, engagement).await?,
        ("finding", _) => audits::findings(site, engagement).await?,
        ("facility" | "trainee" | "organisation", _) => all(site, kind).await?,
        ("meeting", _) => meetings(site).await?,
        ("approval", _) => approvals::choices(site, signed_in, wanted(act)).await?,
        ("inquiry", None) if act == "unlink-inquiry" => return Ok(None),
        ("inquiry", Some(child)) if act == "unlink-inquiry" => linked(site, child).await?,
        ("inquiry", _) => inquiries::of(site, None).await?,
        (_, Some(child)) if kind != "child" => {
            return of_person(site, (field, kind), child).await;
        },
        _ => Vec::new(),
    };
    Ok(Some(all))
}

/// The record of a person, in which something is to be approved.
async fn own_stream(site: &Site, child: &str) -> Result<Option<Vec<(String, String)>>, Refusal> {
    let Some(child) = whose(site, child).await? else {
        return Ok(None);
    };
    let number = number_of(site.open.open.store.as_ref(), child).await?;
    let called = number.unwrap_or_else(|| child.to_string());
    Ok(Some(vec![(StreamName::child(child).to_string(), called)]))
}

/// Which approvals an act takes.
fn wanted(act: &str) -> Wanted<'static> {
    match act {
        "grant-approval" => Wanted::ToGrant,
        "refuse-approval" => Wanted::ToRefuse,
        _ => Wanted::Granted(ApprovalAct::Merge, None),
    }
}

/// The inquiries that were linked to a person.
async fn linked(site: &Site, child: &str) -> Result<Vec<(String, String)>, Refusal> {
    match whose(site, child).await? {
        Some(child) => inquiries::of(site, Some(child)).await,
        None => Ok(Vec::new()),
    }
}

/// What was begun for the person of a number or an id; none where nobody has it.
async fn of_person(
    site: &Site,
    (field, kind): (&str, &str),
    child: &str,
) -> Result<Option<Vec<(String, String)>>, Refusal> {
    let Some(child) = whose(site, child).await? else {
        return Ok(None);
    };
    let held = recent(&site.open.open, &StreamName::child(child)).await?;
    let history = held.at(None).ok();
    let Begun { things, .. } = match &history {
        Some(history) => Begun::of(child, history),
        // Of a record that is damaged what can be understood is told.
        None => things(site.open.open.store.as_ref(), child).await?,
    };
    let own = things
        .into_iter()
        .filter(|thing| thing.field == field && (kind == field || kind == thing.kind));
    let mut own: Vec<_> = own.collect();
    let told = match (field, &history) {
        ("referral", _) if !own.is_empty() => referrals::told(site, child).await?,
        ("follow_up", Some(history)) => {
            let open = follow_ups::told(history);
            // What is done is neither done once more nor called off.
            own.retain(|thing| open.contains_key(&thing.id));
            open
        },
        _ => BTreeMap::new(),
    };
    let named = own.into_iter().map(|thing| {
        let title = render::event_title(thing.begun_as, current()).to_owned();
        let day = thing.begun_on.map(|day| render::day(day, current()));
        let more = told.get(&thing.id).cloned();
        let parts = [thing.number, Some(title), day, more].into_iter();
        let called = parts.flatten().collect::<Vec<_>>().join("　");
        (thing.id, called, thing.begun_in)
    });
    Ok(Some(told_apart(named.collect())))
}

/// What each is called; where several read the same, each by where it was begun as well.
fn told_apart(named: Vec<(String, String, Position)>) -> Vec<(String, String)> {
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    for (_, called, _) in &named {
        let times = often.entry(called.clone()).or_default();
        *times = times.saturating_add(1);
    }
    let apart = named.into_iter().map(|(id, called, begun_in)| {
        let is_alone = often.get(&called).is_none_or(|times| *times == 1);
        if is_alone {
            return (id, called);
        }
        let called = format!("{called}　{} #{begun_in}", t("記録", "event"));
        (id, called)
    });
    apart.collect()
}

/// Every facility, advisor or office by its name.
async fn all(site: &Site, kind: &str) -> Result<Vec<(String, String)>, Refusal> {
    let open = &site.open.open;
    let head = open.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?;
    let found = histories(open, &format!("{kind}-"), head.position).await?;
    let named = found.iter().filter_map(|(stream, history)| {
        let id = stream.as_str().split_once('-')?.1.to_owned();
        let name = match kind {
            "facility" => facility_card(history, Day::MAX)?.called(),
            // Names are sealed: an advisor is told by number and the day of enrolment.
            "trainee" => trainee(history)?,
            _ => directory_entry(history, Day::MAX)?.name,
        };
        Some((id, name))
    });
    Ok(named.collect())
}

fn trainee(history: &History) -> Option<String> {
    let card = trainee_card(history, &[], Day::MAX)?;
    let since = card.enrolled_on.map(|day| render::day(day, current()));
    let since = since.map(|since| match current() {
        Lang::Ja => format!("{since} 受講開始"),
        Lang::En => format!("enrolled {since}"),
    });
    let told: Vec<String> = card.number.into_iter().chain(since).collect();
    Some(told.join("　"))
}

async fn meetings(site: &Site) -> Result<Vec<(String, String)>, Refusal> {
    let cards = meeting_cards(&site.open.open).await?;
    let named = cards.into_iter().map(|card| {
        let nth = card
            .nth
            .is_some()
            .then(|| render::meeting_name(&card, current()));
        let day = render::day(card.planned_on, current());
        let called = nth.map_or_else(|| day.clone(), |nth| format!("{nth}　{day}"));
        (card.meeting.to_string(), called)
    });
    Ok(named.collect())
}
