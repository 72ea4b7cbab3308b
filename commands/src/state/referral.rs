//! A referral and the steps that came back.

use ledger_core::code::{Area, Direction, PartyKind, ReferralReason, Section, Urgency};
use ledger_core::event::{ReferralEvent, ReferralMade};
use ledger_core::id::{ConsentId, OrganisationId, ReferralId};
use ledger_core::time::Day;

use super::{Happened, Step};

/// A referral to another office, or by one to the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// Its register number.
    pub number: Option<String>,
    /// Which way it goes.
    pub direction: Direction,
    /// Kind of the other office.
    pub party: PartyKind,
    /// The other office, where it is in the directory.
    pub organisation: Option<OrganisationId>,
    /// Area of the district centre.
    pub area: Option<Area>,
    /// Its section.
    pub section: Option<Section>,
    /// How urgent.
    pub urgency: Option<Urgency>,
    /// Why.
    pub reason: Option<ReferralReason>,
    /// Day by which it is hoped to be completed.
    pub due_on: Option<Day>,
    /// The consent on which it rests.
    pub consent: Option<ConsentId>,
    /// When it was made.
    pub made: Step,
    /// When the receiver received it.
    pub received: Option<Step>,
    /// When the receiver took it on.
    pub accepted: Option<Step>,
    /// When the receiver could not take it on.
    pub declined: Option<Step>,
    /// When the receiver completed its part.
    pub completed: Option<Step>,
    /// When the referrer heard what came of it; the loop is closed.
    pub feedback: Option<Step>,
    /// When the referrer took it back.
    pub withdrawn: Option<Step>,
    /// When it went on to another office.
    pub redirected: Option<Step>,
    /// How often the centre asked where it stands.
    pub reminders: u32,
    /// The receiver's newest question.
    pub asked: Option<Step>,
    /// Questions of the receiver that nobody answered yet.
    pub unanswered: u32,
    /// Where it had got to each time that it was reopened.
    reopenings: Vec<Reopening>,
}

/// An ended referral goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reopening {
    /// When.
    step: Step,
    /// The steps until then, in the order of the loop.
    before: Vec<Step>,
}

impl Referral {
    fn new(made: &ReferralMade, step: Step) -> Self {
        Self {
            number: made.number.clone(),
            direction: made.direction,
            party: made.party,
            organisation: made.organisation,
            area: made.area,
            section: made.section,
            urgency: made.urgency,
            reason: made.reason,
            due_on: made.due_on,
            consent: made.consent,
            made: step,
            received: None,
            accepted: None,
            declined: None,
            completed: None,
            feedback: None,
            withdrawn: None,
            redirected: None,
            reminders: 0,
            asked: None,
            unanswered: 0,
            reopenings: Vec::new(),
        }
    }

    /// Whether it was taken back or sent on, after which nothing follows but a reopening.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.withdrawn.is_some() || self.redirected.is_some()
    }

    /// Whether something is still to be heard: not fed back, declined, withdrawn or redirected.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !self.is_over() && self.feedback.is_none() && self.declined.is_none()
    }

    /// Whether it ended in a way after which it can go on again.
    #[must_use]
    pub const fn can_reopen(&self) -> bool {
        let ended = self.declined.is_some() || self.completed.is_some() || self.withdrawn.is_some();
        ended && self.redirected.is_none()
    }

    /// The steps since it was last reopened and those that hold from before, in the order of the
    /// loop.
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
        let earlier = self.reopenings.iter();
        let earlier = earlier.flat_map(|one| one.before.iter().copied().chain([one.step]));
        let steps = self.steps().chain(earlier);
        steps.filter_map(|step| step.day()).max()
    }

    /// Whether no dated step lies before the one that it follows.
    pub(crate) fn is_orderly(&self) -> bool {
        let now: Vec<Step> = self.steps().collect();
        let rounds = self.reopenings.iter().map(|one| &one.before);
        let rounds = rounds.chain(std::iter::once(&now));
        let mut all = rounds.clone();
        let later_rounds = self.reopenings.iter().zip(rounds.skip(1));
        all.all(|steps| days(steps).is_sorted())
            && later_rounds.fold(true, |orderly, (one, after)| orderly && one.parts(after))
    }

    fn reopen(&mut self, step: Step) {
        let before = self.steps().collect();
        self.reopenings.push(Reopening { step, before });
        // A decline is to be decided anew; what was received and accepted stays so.
        self.declined = None;
        self.completed = None;
        self.feedback = None;
        self.withdrawn = None;
    }

    fn take(&mut self, event: &ReferralEvent, step: Step) {
        match event {
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
            ReferralEvent::InformationRequested(_) => {
                self.asked = Some(step);
                self.unanswered = self.unanswered.saturating_add(1);
            },
            ReferralEvent::InformationAnswered(_) => {
                self.unanswered = self.unanswered.saturating_sub(1);
            },
            ReferralEvent::Reopened(_) => self.reopen(step),
            ReferralEvent::Made(_)
            | ReferralEvent::ProgressReported(_)
            | ReferralEvent::Escalated(_) => {},
        }
    }
}

impl Reopening {
    /// Whether it lies after what came before it, and before the steps that came after it.
    fn parts(&self, after: &[Step]) -> bool {
        let Some(day) = self.step.day() else {
            return true;
        };
        let new = after.iter().filter(|step| !self.before.contains(step));
        days(&self.before).all(|earlier| earlier <= day)
            && new.filter_map(Step::day).all(|later| day <= later)
    }
}

fn days(steps: &[Step]) -> impl Iterator<Item = Day> {
    steps.iter().filter_map(Step::day)
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
