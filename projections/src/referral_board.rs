//! Every referral with its three ticks, what it waits for and since when, without a word of personal text.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::future::ready;
use std::sync::Arc;

use ledger_core::code::{Area, Urgency};
use ledger_core::id::Position;
use ledger_core::time::Day;

use crate::caseload::in_charge;
use crate::facts::{ByKind, FactReader, Kind, Stored};
use crate::indicators::{FactSet, Indexed, until};
use crate::referral_loop::Loop;
use crate::views::ViewsError;

/// What a referral waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferralState {
    /// For the other office to receive it.
    Receipt,
    /// For a decision.
    Decision,
    /// For what it asks to be done.
    Completion,
    /// For the report that closes the loop.
    Feedback,
    /// For nothing: reported, declined, withdrawn or sent on to another office.
    Nothing,
}

impl ReferralState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Receipt,
        Self::Decision,
        Self::Completion,
        Self::Feedback,
        Self::Nothing,
    ];

    /// Its name in addresses and for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Decision => "decision",
            Self::Completion => "completion",
            Self::Feedback => "feedback",
            Self::Nothing => "nothing",
        }
    }
}

/// One referral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralLine {
    /// The referral.
    pub referral: String,
    /// The case that goes on.
    pub child: String,
    /// The merged case in which it was made, where that is not the one that goes on: its steps are recorded there.
    pub case: Option<String>,
    /// It was said to be urgent (至急).
    pub is_urgent: bool,
    /// The person's register number, where there is one.
    pub number: Option<String>,
    /// Another office referred the person to the centre.
    pub is_incoming: bool,
    /// The section of the district centre, or the kind of the other office.
    pub office: Option<String>,
    /// The area of the district centre.
    pub area: Option<Area>,
    /// The accounts in charge of the person.
    pub in_charge: Vec<String>,
    /// Day on which it was made.
    pub made_on: Option<Day>,
    /// Day by which it is hoped to be completed.
    pub due_on: Option<Day>,
    /// It was received.
    pub received: Tick,
    /// It was taken on.
    pub accepted: Tick,
    /// It was not taken on.
    pub declined: Tick,
    /// What it asks was done.
    pub completed: Tick,
    /// The report came.
    pub fed_back: Tick,
    /// What it waits for.
    pub state: ReferralState,
    /// Since which day; none where that is not known or it waits for nothing.
    pub since: Option<Day>,
    /// Whether somebody asked the other office for what it waits for, and who did last.
    pub reminder: Option<Reminder>,
}

/// Whether a step was taken, and when, where that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Not yet.
    Open,
    /// It was.
    Done(Option<Day>),
}

impl Tick {
    fn of(step: Option<&Stored>) -> Self {
        step.map_or(Self::Open, |step| Self::Done(step.day))
    }

    /// Whether the step was taken.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Done(_))
    }
}

/// The other office was asked how far a referral is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// When; none where that is not known.
    pub on: Option<Day>,
    /// By whom: the account that recorded it.
    pub by: String,
}

impl Reminder {
    /// The newest of a referral's steps by which somebody asked, where no other step came after it.
    pub(crate) fn unanswered<'a>(
        steps: impl Iterator<Item = &'a Stored>,
        answer: Option<&Stored>,
    ) -> Option<Self> {
        let place = |step: &Stored| (step.day, step.position);
        let asked = steps.filter(|step| step.says(REMINDED));
        let asked = asked.max_by_key(|step| place(step))?;
        let is_answered = answer.is_some_and(|answer| place(answer) > place(asked));
        (!is_answered).then(|| Self {
            on: asked.day,
            by: asked.actor.clone(),
        })
    }
}

/// How a step says that somebody asked how far it is.
const REMINDED: &str = "reminded";

/// Every referral, in the order of the board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferralBoard {
    lines: Vec<ReferralLine>,
    /// Where the line of each referral stands.
    places: HashMap<String, usize>,
}

impl ReferralBoard {
    fn of(lines: Vec<ReferralLine>) -> Self {
        let places = (0..).zip(&lines);
        let places = places.map(|(place, line)| (line.referral.clone(), place));
        Self {
            places: places.collect(),
            lines,
        }
    }

    /// The lines, in their order.
    #[must_use]
    pub fn lines(&self) -> &[ReferralLine] {
        &self.lines
    }

    /// The line of a referral.
    #[must_use]
    pub fn find(&self, referral: &str) -> Option<&ReferralLine> {
        self.lines.get(*self.places.get(referral)?)
    }
}

/// Every referral as it stands on a day and as it was recorded at a position, the urgent ones first and the longest wait, then
/// what waits for nothing, newest first; the views must have been brought forward before.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read.
pub async fn referral_board(
    facts: &FactReader,
    on: Day,
    as_at: Position,
) -> Result<Arc<ReferralBoard>, ViewsError> {
    let board = |standing: ByKind| {
        let lines = lines(&Indexed::of_kinds(standing).set(), on);
        ready(Ok(ReferralBoard::of(lines)))
    };
    facts
        .made((KINDS, Some(as_at)), on.to_string(), board)
        .await
}

/// The kinds of facts of which the lines are made.
pub(crate) const KINDS: &[Kind] = &[
    Kind::PersonKnown,
    Kind::StaffAssigned,
    Kind::StaffUnassigned,
    Kind::CaseMerged,
    Kind::MergeUndone,
    Kind::ReferralMade,
    Kind::ReferralReceived,
    Kind::ReferralAccepted,
    Kind::ReferralDeclined,
    Kind::ReferralCompleted,
    Kind::ReferralFedBack,
    Kind::ReferralEnded,
    Kind::ReferralReopened,
    Kind::ReferralStep,
];

fn lines(facts: &FactSet<'_>, on: Day) -> Vec<ReferralLine> {
    let made = facts.of(Kind::ReferralMade).iter();
    let by_then = made.filter(|made| made.day.is_none_or(|day| day <= on));
    let mut lines: Vec<ReferralLine> = by_then.filter_map(|made| line(facts, made, on)).collect();
    lines.sort_by_key(|line| {
        let waits = line.state != ReferralState::Nothing;
        let (since, made) = (line.since.or(line.made_on), line.made_on);
        let newest = made.map(Reverse);
        (
            !waits,
            !(waits && line.is_urgent),
            since.filter(|_| waits),
            newest,
            line.referral.clone(),
        )
    });
    lines
}

fn line<'a>(facts: &FactSet<'a>, made: &'a Stored, on: Day) -> Option<ReferralLine> {
    let child = facts.canonical(made.subject.as_deref()?);
    let one = Loop::on(facts, made, on);
    let (state, since) = waits(&one);
    let registered = facts.registered(child);
    let asked = until(facts.about(Kind::ReferralStep, &made.thing), on);
    let newest = one.steps().max_by_key(|step| (step.day, step.position));
    let reminder = Reminder::unanswered(asked, newest);
    Some(ReferralLine {
        referral: made.thing.clone(),
        child: child.to_owned(),
        case: made.subject.clone().filter(|case| case != child),
        is_urgent: made.codes.as_deref() == Some(Urgency::Urgent.code()),
        number: registered.and_then(|known| known.detail.clone()),
        is_incoming: one.is_incoming(),
        office: made.detail.clone().or_else(|| made.other.clone()),
        area: made.area,
        in_charge: in_charge(facts, child, on),
        made_on: made.day,
        due_on: made.due,
        received: Tick::of(one.arrived()),
        accepted: Tick::of(one.accepted),
        declined: Tick::of(one.declined),
        completed: Tick::of(one.completed),
        fed_back: Tick::of(one.fed_back),
        reminder: reminder.filter(|_| state != ReferralState::Nothing),
        state,
        since,
    })
}

/// What it waits for, and since when.
fn waits(one: &Loop<'_>) -> (ReferralState, Option<Day>) {
    let since = |step: Option<&Stored>| step.unwrap_or(one.made).day;
    if one.declined.is_some() || one.ended.is_some() || one.fed_back.is_some() {
        return (ReferralState::Nothing, None);
    }
    let again = one.reopened;
    if one.completed.is_some() {
        return (ReferralState::Feedback, since(one.completed));
    }
    if one.accepted.is_some() {
        return (ReferralState::Completion, since(again.or(one.accepted)));
    }
    if one.arrived().is_some() {
        return (ReferralState::Decision, since(again.or(one.arrived())));
    }
    (ReferralState::Receipt, since(again))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::fixture::fact;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// A step of the referral `r1` of C1, on this day.
    fn step(kind: Kind, on: &str, position: i64) -> Stored {
        Stored {
            day: Some(day(on)),
            ..fact(kind, ("c1", "r1"), position)
        }
    }

    fn of(facts: &[Stored], on: &str) -> (ReferralState, Option<Day>) {
        let lines = lines(&FactSet::new(facts), day(on));
        (lines[0].state, lines[0].since)
    }

    #[test]
    fn an_urgent_referral_stands_before_a_longer_wait_until_it_waits_for_nothing() {
        let made = |thing: &str, on: &str, urgency: Urgency| Stored {
            day: Some(day(on)),
            codes: Some(urgency.code().to_owned()),
            ..fact(Kind::ReferralMade, ("c1", thing), 1)
        };
        let ended = Stored {
            day: Some(day("2022-04-20")),
            ..fact(Kind::ReferralEnded, ("c1", "r3"), 4)
        };
        let facts = [
            made("r1", "2022-04-01", Urgency::Normal),
            made("r2", "2022-04-10", Urgency::Urgent),
            made("r3", "2022-03-01", Urgency::Urgent),
            ended,
        ];

        let lines = lines(&FactSet::new(&facts), day("2022-05-01"));

        let order: Vec<(&str, bool)> = lines
            .iter()
            .map(|line| (line.referral.as_str(), line.is_urgent))
            .collect();
        assert_eq!(order, [("r2", true), ("r1", false), ("r3", true)]);
    }

    #[test]
    fn a_referral_waits_for_one_step_after_the_other() {
        let steps = [
            step(Kind::ReferralMade, "2022-04-01", 1),
            step(Kind::ReferralReceived, "2022-04-04", 2),
            step(Kind::ReferralAccepted, "2022-04-08", 3),
            step(Kind::ReferralCompleted, "2022-05-01", 4),
            step(Kind::ReferralFedBack, "2022-05-09", 5),
        ];
        let waited = [
            (ReferralState::Receipt, Some("2022-04-01")),
            (ReferralState::Decision, Some("2022-04-04")),
            (ReferralState::Completion, Some("2022-04-08")),
            (ReferralState::Feedback, Some("2022-05-01")),
            (ReferralState::Nothing, None),
        ];
        for (taken, (state, since)) in (1..).zip(waited) {
            assert_eq!(of(&steps[..taken], "2022-06-01"), (state, since.map(day)));
        }
        // As it stood on a day, what came later is not there.
        let then = (ReferralState::Decision, Some(day("2022-04-04")));
        assert_eq!(of(&steps, "2022-04-05"), then);
    }

    #[test]
    fn what_comes_to_the_centre_has_arrived_and_what_is_declined_waits_for_nothing() {
        let incoming = Stored {
            value: Some(0),
            ..step(Kind::ReferralMade, "2022-04-01", 1)
        };
        let waits = (ReferralState::Decision, Some(day("2022-04-01")));
        assert_eq!(of(std::slice::from_ref(&incoming), "2022-06-01"), waits);
        let declined = [incoming, step(Kind::ReferralDeclined, "2022-04-02", 2)];
        assert_eq!(of(&declined, "2022-06-01"), (ReferralState::Nothing, None));
    }

    #[test]
    fn a_reminder_stands_until_the_next_step_and_says_who_asked() {
        let asked = |on: &str, by: &str, position| Stored {
            detail: Some("reminded".to_owned()),
            actor: by.to_owned(),
            ..step(Kind::ReferralStep, on, position)
        };
        let steps = [
            step(Kind::ReferralMade, "2022-04-01", 1),
            asked("2022-04-08", "sato", 2),
            asked("2022-04-11", "kato", 3),
            step(Kind::ReferralReceived, "2022-04-12", 4),
            asked("2022-04-12", "sato", 5),
            step(Kind::ReferralDeclined, "2022-04-20", 6),
        ];
        let reminder = |taken: usize, on: &str| {
            let lines = lines(&FactSet::new(&steps[..taken]), day(on));
            let reminder = lines[0].reminder.clone();
            reminder.map(|one| (one.on, one.by))
        };
        let by = |on: &str, by: &str| Some((Some(day(on)), by.to_owned()));
        assert_eq!(reminder(1, "2022-06-01"), None);
        assert_eq!(reminder(3, "2022-06-01"), by("2022-04-11", "kato"));
        assert_eq!(reminder(3, "2022-04-10"), by("2022-04-08", "sato"));
        assert_eq!(reminder(4, "2022-06-01"), None);
        assert_eq!(reminder(5, "2022-06-01"), by("2022-04-12", "sato"));
        assert_eq!(reminder(6, "2022-06-01"), None);
    }

    #[test]
    fn the_longest_wait_stands_first_and_what_waits_for_nothing_last() {
        let other = |thing: &str, on: &str, position| Stored {
            day: Some(day(on)),
            ..fact(Kind::ReferralMade, ("c1", thing), position)
        };
        let facts = [
            other("young", "2022-05-01", 1),
            other("old", "2022-04-01", 2),
            other("gone", "2022-03-01", 3),
            Stored {
                day: Some(day("2022-03-02")),
                ..fact(Kind::ReferralDeclined, ("c1", "gone"), 4)
            },
        ];
        let lines = lines(&FactSet::new(&facts), day("2022-06-01"));
        let order: Vec<&str> = lines.iter().map(|line| line.referral.as_str()).collect();
        assert_eq!(order, ["old", "young", "gone"]);
    }
}
