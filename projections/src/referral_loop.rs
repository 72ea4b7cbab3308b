//! One referral (連携) with the steps of its loop, as facts tell it on a day.

use ledger_core::time::Day;

use crate::facts::{Kind, Stored};
use crate::indicators::{FactSet, code, first, last, until};

/// One referral as it stood on a day.
pub(crate) struct Loop<'a> {
    pub(crate) made: &'a Stored,
    pub(crate) received: Option<&'a Stored>,
    pub(crate) accepted: Option<&'a Stored>,
    pub(crate) declined: Option<&'a Stored>,
    pub(crate) completed: Option<&'a Stored>,
    pub(crate) fed_back: Option<&'a Stored>,
    pub(crate) ended: Option<&'a Stored>,
    pub(crate) reopened: Option<&'a Stored>,
}

impl<'a> Loop<'a> {
    pub(crate) fn on(facts: &FactSet<'a>, made: &'a Stored, day: Day) -> Self {
        let steps = |kind| until(facts.about(kind, &made.thing), day);
        let step = |kind| first_or_undated(steps(kind));
        let reopened = facts.about(Kind::ReferralReopened, &made.thing);
        let reopened = last(reopened.iter().copied(), day);
        // An end counts until the referral is reopened behind it.
        let stands = |step: &&Stored| {
            reopened.is_none_or(|again| (again.day, again.position) < (step.day, step.position))
        };
        let end = |kind| first_or_undated(steps(kind).filter(stands));
        Self {
            made,
            received: step(Kind::ReferralReceived),
            accepted: step(Kind::ReferralAccepted),
            declined: end(Kind::ReferralDeclined),
            completed: end(Kind::ReferralCompleted),
            fed_back: end(Kind::ReferralFedBack),
            ended: end(Kind::ReferralEnded),
            reopened,
        }
    }

    /// Whether another office referred the person to the centre.
    pub(crate) fn is_incoming(&self) -> bool {
        self.made.value == Some(0)
    }

    /// Which way it goes.
    pub(crate) fn direction(&self) -> &'static str {
        if self.is_incoming() {
            "incoming"
        } else {
            "outgoing"
        }
    }

    /// What began the wait for a decision; what comes to the centre has arrived by being recorded.
    pub(crate) fn arrived(&self) -> Option<&'a Stored> {
        self.received.or(self.is_incoming().then_some(self.made))
    }

    pub(crate) const fn is_open(&self) -> bool {
        self.declined.is_none() && self.completed.is_none() && self.ended.is_none()
    }

    pub(crate) fn steps(&self) -> impl Iterator<Item = &'a Stored> {
        let steps = [
            self.received,
            self.accepted,
            self.declined,
            self.completed,
            self.fed_back,
            self.ended,
            self.reopened,
        ];
        steps.into_iter().flatten()
    }

    /// The step that decided: taken on, or not.
    pub(crate) fn decided(&self) -> Option<&'a Stored> {
        first(self.accepted.into_iter().chain(self.declined))
    }

    /// The section or kind of office, whoever of the two is the receiver.
    pub(crate) fn section(&self) -> String {
        let section = self.made.detail.as_deref();
        let office = section.unwrap_or_else(|| code(self.made.other.as_deref()));
        if self.is_incoming() {
            format!("from-{office}")
        } else {
            office.to_owned()
        }
    }
}

fn first_or_undated<'a>(facts: impl Iterator<Item = &'a Stored>) -> Option<&'a Stored> {
    facts.min_by_key(|fact| (fact.day, fact.position))
}
