//! A referral and the steps that came back.

use ledger_core::code::{Area, Section, Urgency};
use ledger_core::event::{ReferralEvent, ReferralMade};
use ledger_core::id::ReferralId;
use ledger_core::time::Day;

use super::{Happened, Step};

/// A referral to a district health-welfare centre's section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// Area of the district centre.
    pub area: Option<Area>,
    /// Its section.
    pub section: Option<Section>,
    /// How urgent.
    pub urgency: Option<Urgency>,
    /// When it was made.
    pub made: Step,
    /// When the section received it.
    pub received: Option<Step>,
    /// When the section took it on.
    pub accepted: Option<Step>,
    /// When the section could not take it on.
    pub declined: Option<Step>,
    /// When the section completed its part.
    pub completed: Option<Step>,
    /// When the centre heard what came of it; the loop is closed.
    pub feedback: Option<Step>,
    /// When the centre took it back.
    pub withdrawn: Option<Step>,
    /// When it went on to another section.
    pub redirected: Option<Step>,
    /// How often the centre asked where it stands.
    pub reminders: u32,
}

impl Referral {
    fn new(made: &ReferralMade, step: Step) -> Self {
        Self {
            area: made.area,
            section: made.section,
            urgency: made.urgency,
            made: step,
            received: None,
            accepted: None,
            declined: None,
            completed: None,
            feedback: None,
            withdrawn: None,
            redirected: None,
            reminders: 0,
        }
    }

    /// Whether the centre took it back or sent it on, after which nothing follows.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.withdrawn.is_some() || self.redirected.is_some()
    }

    /// Whether something is still to be heard: not fed back, declined, withdrawn or redirected.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !self.is_over() && self.feedback.is_none() && self.declined.is_none()
    }

    /// The steps so far, in the order of the loop.
    pub fn steps(&self) -> impl Iterator<Item = Step> {
        let later = [
            self.received,
            self.accepted,
            self.declined,
            self.completed,
            self.feedback,
            self.withdrawn,
            self.redirected,
        ];
        std::iter::once(self.made).chain(later.into_iter().flatten())
    }

    /// The latest dated step, at which an undated one stands.
    #[must_use]
    pub fn latest_day(&self) -> Option<Day> {
        self.steps().filter_map(|step| step.day()).max()
    }

    /// Whether no dated step lies before the one that it follows.
    pub(crate) fn is_orderly(&self) -> bool {
        let steps = self.steps().filter_map(|step| step.day());
        steps.is_sorted()
    }

    fn take(&mut self, event: &ReferralEvent, step: Step) {
        match event {
            ReferralEvent::Made(_) => {},
            ReferralEvent::Received(_) => self.received = Some(step),
            ReferralEvent::Accepted(_) => self.accepted = Some(step),
            ReferralEvent::Declined(_) => self.declined = Some(step),
            ReferralEvent::Completed(_) => self.completed = Some(step),
            ReferralEvent::FeedbackReceived(_) => self.feedback = Some(step),
            ReferralEvent::Withdrawn(_) => self.withdrawn = Some(step),
            ReferralEvent::Redirected(_) => self.redirected = Some(step),
            ReferralEvent::Reminded(reminded) => {
                self.reminders = self.reminders.max(reminded.nth);
            },
            ReferralEvent::InformationRequested(_)
            | ReferralEvent::InformationAnswered(_)
            | ReferralEvent::ProgressReported(_)
            | ReferralEvent::Reopened(_)
            | ReferralEvent::Escalated(_) => {},
        }
    }
}

/// A person's referrals.
pub(super) type Referrals = std::collections::BTreeMap<ReferralId, Referral>;

/// Takes an event in; a step of a referral that does not stand changes nothing.
pub(super) fn evolve(referrals: &mut Referrals, event: &ReferralEvent, happened: &Happened<'_>) {
    if let ReferralEvent::Made(made) = event {
        referrals.insert(made.referral, Referral::new(made, happened.step()));
    } else if let Some(referral) = referrals.get_mut(&event.referral()) {
        referral.take(event, happened.step());
    }
}
