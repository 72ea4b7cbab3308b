//! Who opened whose text in a month, or who opened one person's, with what a reviewer asks about.

use clap::builder::PossibleValuesParser;
use ledger_commands::authorise::Action;
use ledger_core::event::{Event, ExportedList};
use ledger_projections::access_review::{Emergency, Flag, Reviewed};
use ledger_projections::indicators::FactSet;
use serde_json::{Value, json};

use crate::api::part::Part;
use crate::cli::view::{Asking, Taken, View};
use crate::failure::Failure;
use crate::reading::{AccessReview, month_of, review_month};

/// 閲覧の点検（だれがだれの記録を開いたか） / who opened whose text, and who took what along
#[derive(Debug, clap::Args)]
pub(in crate::api) struct Accesses {
    /// 月（2024-04。なければ今月） / the month; the present one without it
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<String>,
    /// このアカウントだけ / those of this account
    #[arg(long, value_name = "ACTOR")]
    by: Option<String>,
    /// この点検の印があるものだけ / those with this flag
    #[arg(long, value_parser = PossibleValuesParser::new(Flag::ALL.iter().map(|flag| flag.code())))]
    flag: Option<String>,
    /// 月によらず、この対象者の記録を開いたもの（番号かID） / every opening of this person's text, whatever the month
    #[arg(long, value_name = "NUMBER|ID", conflicts_with_all = ["month", "by", "flag", "whole"])]
    child: Option<String>,
    #[command(flatten)]
    part: Part,
}

impl View for Accesses {
    const ACTION: Action = Action::ReviewLedger;

    fn takes(&self) -> Option<Taken> {
        self.part.takes(ExportedList::AccessReview, "accesses")
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let open = asking.door.ledger();
        if let Some(child) = &self.child {
            let mut next = None;
            let review = AccessReview::of_person(open, child, |all| {
                let (part, then) = self.part.of(all.to_vec());
                next = then;
                part
            });
            let review = review.await?;
            let facts = review.facts();
            let reviewed = review.reviewed(&facts);
            let accesses = reviewed.iter().map(|one| as_json(one, &facts)).collect();
            return Ok(answer(&review, (None, Vec::new()), (accesses, next)));
        }
        let month = review_month(self.month.as_deref().unwrap_or_default(), asking.today)?;
        let review = AccessReview::of_month(open, &month).await?;
        let facts = review.facts();
        let reviewed = review.reviewed(&facts);
        let wanted = reviewed.iter().filter(|one| self.wants(one));
        let part = self
            .part
            .of(wanted.map(|one| as_json(one, &facts)).collect());
        let taken = review.emergencies.iter();
        let taken = taken.filter(|one| month_of(one.at.day_in_japan()) == month);
        let taken = taken.map(emergency).collect();
        Ok(answer(&review, (Some(&month), taken), part))
    }
}

impl Accesses {
    fn wants(&self, one: &Reviewed<'_>) -> bool {
        let mut flags = one.flags.iter();
        let flag = self.flag.as_deref();
        let by = self.by.as_deref();
        by.is_none_or(|by| one.access.actor.as_str() == by)
            && flag.is_none_or(|flag| flags.any(|own| own.code() == flag))
    }
}

fn answer(
    review: &AccessReview,
    (month, emergencies): (Option<&str>, Vec<Value>),
    (accesses, next): (Vec<Value>, Option<usize>),
) -> Value {
    json!({
        "as_at": review.head,
        "month": month,
        "child": review.child,
        "accesses": accesses,
        "emergencies": emergencies,
        "next": next,
    })
}

fn as_json(one: &Reviewed<'_>, facts: &FactSet<'_>) -> Value {
    let access = one.access;
    let event = Event::Access(access.event.clone());
    let person = one.person.as_deref();
    let known = person.and_then(|person| facts.registered(person));
    let flags = one.flags.iter().map(|flag| flag.code());
    json!({
        "position": access.position,
        "at": access.at,
        "actor": access.actor,
        "role": access.role,
        "type": event.info().name,
        "data": event.display(),
        "child": person,
        "number": known.and_then(|known| known.detail.as_deref()),
        "flags": flags.collect::<Vec<_>>(),
    })
}

/// An access that was taken in an emergency; why stays sealed.
fn emergency(taken: &Emergency) -> Value {
    json!({
        "position": taken.position,
        "at": taken.at,
        "account": taken.taken.account,
        "child": taken.stream.as_child(),
        "until": taken.taken.until,
    })
}
