//! Records a sample that was drawn as one of an audit that goes on.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::authorise::{Action, Subject};
use ledger_core::id::Position;
use ledger_core::store::{EventStore, ReadAll};
use ledger_projections::audit::engagement_card;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::door::SignedIn;
use super::super::fault::Refusal;
use super::super::form::Sent;
use super::super::giving::{Told, give};
use super::super::language::{current, t};
use super::super::site::Site;
use super::engagements::day;
use super::sample::number;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::lang::Lang;
use crate::reading::{Sampling, histories};

/// The audits that go on and whose scope holds a range, newest first, by their ids, with what they are called;
/// none for who may not draw for them.
pub(super) async fn audits_over(
    site: &Site,
    signed_in: &SignedIn,
    (from, to): (Position, Position),
) -> Result<Vec<(String, String)>, Failure> {
    if signed_in.may(Action::AuditWork, Subject::Audit).is_err() {
        return Ok(Vec::new());
    }
    let streams = histories(&site.open.open, "audit-", signed_in.head).await?;
    let cards = streams.iter().rev();
    let cards = cards.filter_map(|(_, history)| engagement_card(history, site.today()));
    let over = cards.filter(|card| {
        card.closed.is_none() && card.from_position <= from && to <= card.to_position
    });
    let named = over.map(|card| {
        let opened = day(card.opened_on, current());
        let (from, to) = (card.from_position, card.to_position);
        let name = match current() {
            Lang::Ja => format!("{opened}開始（位置{from}〜{to}）"),
            Lang::En => format!("opened on {opened} (positions {from}–{to})"),
        };
        (card.engagement.to_string(), name)
    });
    Ok(named.collect())
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Given {
    /// The id that was made with the page.
    command: String,
    engagement: String,
    seed: String,
    n: String,
    from: String,
    to: String,
}

/// Records the sample, drawn once more, and leads to its audit.
pub(super) async fn send(
    State(site): State<Arc<Site>>,
    sent: Sent<Given>,
) -> Result<Response, Refusal> {
    let (signed_in, given) = (sent.sender, sent.fields);
    signed_in.may(Action::AuditWork, Subject::Audit)?;
    let fields = drawn(&site, &given).await?;
    match give(&site, &signed_in, &given.command, fields).await {
        Ok(_) => {
            let to = format!("/audit/engagements/{}", given.engagement);
            Ok(Redirect::to(&to).into_response())
        },
        Err(faults) => {
            let told = Told::of(faults);
            let said: Vec<&str> = told.faults.iter().map(|one| one.message.as_str()).collect();
            let said = said.join(t("", " "));
            let hint = t(
                "標本の画面に戻り、監査を選んでもう一度記録してください。",
                "Go back to the sample, choose the audit and record it again.",
            );
            Err(Refusal::new(told.status, told.heading, said, hint))
        },
    }
}

/// The command that records it.
async fn drawn(site: &Site, given: &Given) -> Result<Map<String, Value>, Refusal> {
    let store: &dyn EventStore = site.open.open.store.as_ref();
    let head = store.head().await.map_err(|error| read_failure(&error))?;
    let from = number(("最初の位置", "the first position"), &given.from)?;
    let to = number(("最後の位置", "the last position"), &given.to)?;
    let many = number(("件数", "the number"), &given.n)?;
    let sampling = Sampling::new((&given.seed, false), (from, to), many, head.position)?;
    let mut drawn = Vec::new();
    for position in sampling.positions(&site.open.open).await?.iter() {
        let page = store.read_all(&ReadAll::one(*position)).await;
        let page = page.map_err(|error| read_failure(&error))?;
        let events = page.events.iter();
        drawn.extend(events.map(|one| json!({"position": one.position, "event": one.id})));
    }
    let fields = [
        ("command", json!("draw-sample")),
        ("engagement", json!(given.engagement)),
        ("occurred", json!(site.today())),
        ("method", json!("random")),
        ("seed", json!(sampling.seed)),
        ("from_position", json!(sampling.from)),
        ("to_position", json!(sampling.to)),
        ("drawn", drawn.into()),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    Ok(fields.into_iter().collect())
}
