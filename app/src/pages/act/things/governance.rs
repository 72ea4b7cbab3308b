//! What the committee, the council and the auditors began, and is answered or ended later: told by whom, when and how it stands.

use ledger_core::history::History;
use ledger_core::id::MeetingId;
use ledger_core::time::Day;
use ledger_projections::audit::engagement_card;
use ledger_projections::request::{opinion_card, request_card};

use crate::failure::Failure;
use crate::fault::read_failure;
use crate::lang::Lang;
use crate::pages::fault::Refusal;
use crate::pages::language::{current, t, term};
use crate::pages::site::Site;
use crate::reading::{histories, meeting_cards};
use crate::render;

/// The things of such a kind, newest first, each with where it was begun and what it is called; requests only that wait.
pub(super) async fn of(site: &Site, kind: &str) -> Result<Vec<(String, String)>, Refusal> {
    if kind == "recommendation" {
        return recommendations(site).await;
    }
    let prefix = if kind == "engagement" { "audit" } else { kind };
    let (open, today) = (&site.open.open, site.today());
    let head = open.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?;
    let found = histories(open, &format!("{prefix}-"), head.position).await?;
    let numbered = (1_usize..).zip(found.iter());
    let named = numbered.filter_map(|(number, (_, history))| {
        let (id, called) = told((kind, number), history, today)?;
        let begun = history.entries().first()?.recorded.position;
        Some((id, format!("{called}　{} #{begun}", t("記録", "event"))))
    });
    let mut named: Vec<(String, String)> = named.collect();
    named.reverse();
    Ok(named)
}

/// The id of a thing of a kind and of that place among all of them, and what it is called; none where it is not to be
/// chosen any more.
fn told((kind, number): (&str, usize), history: &History, today: Day) -> Option<(String, String)> {
    match kind {
        "engagement" => {
            let card = engagement_card(history, today)?;
            let range = format!("#{}〜#{}", card.from_position, card.to_position);
            let ended = card.closed.as_ref().map(|_| t("（終了）", "(closed)"));
            let called = called([
                &audit_name(number),
                &range,
                &day(card.opened_on),
                ended.unwrap_or_default(),
            ]);
            Some((card.engagement.to_string(), called))
        },
        "opinion" => {
            let card = opinion_card(history, today)?;
            let who = t("連絡協議会", "liaison council");
            let called = called([who, &day(card.received_on)]);
            Some((card.opinion.to_string(), called))
        },
        _ => {
            let card = request_card(history, today)?;
            let to = term(card.addressee.code(), card.addressee.ja());
            let called = called([&to, &day(card.made_on)]);
            let waits = card.end.is_none();
            waits.then(|| (card.request.to_string(), called))
        },
    }
}

/// Every recommendation by its meeting and its place there, to whom it is and the figure that it is about.
async fn recommendations(site: &Site) -> Result<Vec<(String, String)>, Refusal> {
    let cards = meeting_cards(&site.open.open).await?;
    let mut named = Vec::new();
    for card in &cards {
        let meeting = render::meeting_name(card, current());
        for (number, made) in (1..).zip(&card.recommendations) {
            let to = term(made.addressee.code(), made.addressee.ja());
            let to = match current() {
                Lang::Ja => format!("{to}へ"),
                Lang::En => format!("to: {to}"),
            };
            let about = made.indicator.as_deref().unwrap_or_default();
            let number = match current() {
                Lang::Ja => format!("提言{number}"),
                Lang::En => format!("recommendation {number}"),
            };
            let called = called([&meeting, &number, &to, about, &day(made.made_on)]);
            named.push((made.recommendation.to_string(), called));
        }
    }
    Ok(named)
}

/// The meeting that made a recommendation; none where there is no such one.
///
/// # Errors
/// [`Failure`] when the store fails.
pub(in crate::pages::act) async fn meeting_of(
    site: &Site,
    recommendation: &str,
) -> Result<Option<MeetingId>, Failure> {
    let cards = meeting_cards(&site.open.open).await?;
    let mut cards = cards.iter();
    let made = cards.find(|card| {
        let mut made = card.recommendations.iter();
        made.any(|one| one.recommendation.to_string() == recommendation)
    });
    Ok(made.map(|card| card.meeting))
}

/// An audit by its place among all of them, as the list of audits names it.
pub(super) fn audit_name(number: usize) -> String {
    match current() {
        Lang::Ja => format!("監査 {number}"),
        Lang::En => format!("Audit {number}"),
    }
}

pub(super) fn day(on: Option<Day>) -> String {
    on.map(|on| render::day(on, current())).unwrap_or_default()
}

/// What something is called, of its parts; one that is empty is left out.
pub(super) fn called<const N: usize>(parts: [&str; N]) -> String {
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("　")
}
