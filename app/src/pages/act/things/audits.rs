//! The questions and the findings of audits among which one answers, finds or clears; their texts stay sealed.

use std::collections::BTreeSet;
use std::sync::Arc;

use ledger_core::history::History;
use ledger_core::id::EventId;
use ledger_core::store::StoredEvent;
use ledger_projections::audit::{AuditFindingView, EngagementCard, QuestionView, engagement_card};

use super::governance::{audit_name, called, day};
use crate::fault::read_failure;
use crate::lang::Lang;
use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::language::{current, t, term};
use crate::pages::site::Site;
use crate::reading::{events_named, histories};
use crate::render;
use crate::rights::reads;

/// An audit.
struct Audit {
    /// Its place among all audits, as in the list of them.
    number: usize,
    card: EngagementCard,
    history: Arc<History>,
}

/// The questions that an act takes, newest first: to be answered those that wait, and for a finding that comes of one
/// all of them; of audits that go on, or of the one that is named.
pub(super) async fn questions(
    (site, signed_in): (&Site, &SignedIn),
    act: &str,
    engagement: Option<&str>,
) -> Result<Vec<(String, String)>, Refusal> {
    let audits = audits(site, engagement).await?;
    let mut asked = Vec::new();
    for audit in audits.iter().filter(|audit| audit.card.closed.is_none()) {
        let all = (1_usize..).zip(&audit.card.questions);
        let fits = all.filter(|(_, one)| one.wait.open || act != "give-audit-answer");
        asked.extend(fits.map(|(number, one)| (audit, number, one)));
    }
    let about: BTreeSet<EventId> = asked.iter().map(|(_, _, one)| one.event).collect();
    let events = events_named(site.open.open.store.as_ref(), &about).await?;
    let named = asked.into_iter().rev().map(|(audit, number, one)| {
        let about = told(events.get(&one.event), signed_in);
        (
            one.question.to_string(),
            audit.question(number, one, &about),
        )
    });
    Ok(named.collect())
}

/// The findings that wait to be cleared, newest first; of audits that ended as well.
pub(super) async fn findings(
    site: &Site,
    engagement: Option<&str>,
) -> Result<Vec<(String, String)>, Refusal> {
    let audits = audits(site, engagement).await?;
    let mut named = Vec::new();
    for audit in &audits {
        let all = (1_usize..).zip(&audit.card.findings);
        let open = all.filter(|(_, one)| one.wait.open);
        named.extend(
            open.map(|(number, one)| (one.finding.to_string(), audit.finding(number, one))),
        );
    }
    named.reverse();
    Ok(named)
}

/// The audits, or the one that is named.
async fn audits(site: &Site, engagement: Option<&str>) -> Result<Vec<Audit>, Refusal> {
    let (open, today) = (&site.open.open, site.today());
    let head = open.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?;
    let found = histories(open, "audit-", head.position).await?;
    let numbered = (1_usize..).zip(found.iter());
    let audits = numbered.filter_map(|(number, (_, history))| {
        let card = engagement_card(history, today)?;
        let is_named = engagement.is_none_or(|named| card.engagement.to_string() == named);
        is_named.then(|| Audit {
            number,
            card,
            history: Arc::clone(history),
        })
    });
    Ok(audits.collect())
}

impl Audit {
    fn question(&self, number: usize, one: &QuestionView, about: &str) -> String {
        let name = match current() {
            Lang::Ja => format!("質問 {number}"),
            Lang::En => format!("question {number}"),
        };
        let answered = t("回答済み", "Answered");
        called([
            &audit_name(self.number),
            &name,
            &day(one.asked_on),
            about,
            if one.wait.open { "" } else { answered },
            &self.recorded(one.recorded_in),
        ])
    }

    fn finding(&self, number: usize, one: &AuditFindingView) -> String {
        let name = match current() {
            Lang::Ja => format!("指摘 {number}"),
            Lang::En => format!("finding {number}"),
        };
        called([
            &audit_name(self.number),
            &name,
            &term(one.severity.code(), one.severity.ja()),
            &day(one.issued_on),
            &self.recorded(one.recorded_in),
        ])
    }

    /// Where one of its own events stands.
    fn recorded(&self, id: EventId) -> String {
        let entry = self.history.find(id);
        let position = entry.map(|entry| entry.recorded.position);
        let told = position.map(|position| format!("{} #{position}", t("記録", "event")));
        told.unwrap_or_default()
    }
}

/// The event about which a question is, as far as the role reads it.
fn told(event: Option<&StoredEvent>, signed_in: &SignedIn) -> String {
    let Some(event) = event else {
        return t("この台帳にありません", "Not in this ledger").to_owned();
    };
    if !reads(signed_in.role, event.stream.category()) {
        return t("この役割では見られない記録", "Not visible to this role").to_owned();
    }
    let title = render::event_title(event.event_type.as_str(), current());
    let position = event.position;
    match current() {
        Lang::Ja => format!("#{position} {title}について"),
        Lang::En => format!("about #{position} {title}"),
    }
}
