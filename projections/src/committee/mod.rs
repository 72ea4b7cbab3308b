//! Live: a meeting of the steering committee as a card, folded from one read of its stream.
//!
//! It shows the meeting as it stood at the end of a day: what occurred later is left out, and what
//! waits is judged on that day. Cut the history at a position to see what was known then.

#[cfg(test)]
mod tests;

use ledger_core::code::{Addressee, TrialConclusion, TrialGround};
use ledger_core::event::{
    CommitteeEvent, Event, FindingRecorded, MaterialsFrozen, MeetingConvened, MeetingHeld,
    RecommendationMade, TrialReviewed,
};
use ledger_core::history::{Entry, History};
use ledger_core::id::{FindingId, MeetingId, Position, RecommendationId};
use ledger_core::time::{Day, FiscalYear};
use serde::Serialize;

use crate::card::{Answer, Wait, by, readable};

/// A meeting of the steering committee and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeetingCard {
    /// The meeting.
    pub meeting: MeetingId,
    /// Which meeting of the committee it is.
    pub nth: Option<u32>,
    /// Day of the notice.
    pub convened_on: Option<Day>,
    /// Day for which it was convened.
    pub planned_on: Day,
    /// Items of the agenda, where they can be read.
    pub agenda: Option<Vec<String>>,
    /// The figures that it was shown.
    pub materials: Option<Materials>,
    /// The meeting itself.
    pub held: Option<Held>,
    /// What it found, in order.
    pub findings: Vec<FindingView>,
    /// What it recommended, in order.
    pub recommendations: Vec<RecommendationView>,
    /// Its approved minutes.
    pub minutes: Option<Minutes>,
    /// Its reviews of the trial, in order.
    pub reviews: Vec<ReviewView>,
}

/// How far a meeting has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeetingState {
    /// Its notice went out.
    Convened,
    /// Its figures are frozen.
    Frozen,
    /// It was held.
    Held,
    /// Its minutes are approved.
    Approved,
}

impl MeetingCard {
    /// How far it has come.
    #[must_use]
    pub const fn state(&self) -> MeetingState {
        if self.minutes.is_some() {
            MeetingState::Approved
        } else if self.held.is_some() {
            MeetingState::Held
        } else if self.materials.is_some() {
            MeetingState::Frozen
        } else {
            MeetingState::Convened
        }
    }

    /// The recommendations that wait for an answer.
    pub fn open_recommendations(&self) -> impl Iterator<Item = &RecommendationView> {
        self.recommendations.iter().filter(|made| made.wait.open)
    }
}

/// The figures that a meeting was shown, frozen at a position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Materials {
    /// Day of the freezing.
    pub frozen_on: Option<Day>,
    /// The year that they show.
    pub fiscal_year: FiscalYear,
    /// The day on which persons and plans are counted.
    pub on_day: Day,
    /// The position at which they stand.
    pub as_at: Position,
    /// SHA-256 over the figures.
    pub digest: String,
    /// The figures as they were frozen, RFC 8785 JSON; none where only their digest was.
    #[serde(skip)]
    pub figures: Option<String>,
}

/// A meeting that was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The day.
    pub held_on: Option<Day>,
    /// How many attended.
    pub attendee_count: u32,
    /// Who attended, where it can be read.
    pub attendees: Option<Vec<String>>,
}

/// What the committee found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingView {
    /// The finding.
    pub finding: FindingId,
    /// The indicator that it is about.
    pub indicator: Option<String>,
    /// What, where it can be read.
    pub text: Option<String>,
}

/// A recommendation with its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecommendationView {
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// To whom.
    pub addressee: Addressee,
    /// Day on which it was made.
    pub made_on: Option<Day>,
    /// By when it is to be answered.
    pub due_on: Option<Day>,
    /// The indicator that it is about.
    pub indicator: Option<String>,
    /// What, where it can be read.
    pub text: Option<String>,
    /// Its answers, in order; the first one ends the wait.
    pub answers: Vec<Answer>,
    /// How long it waits, or waited, for the first answer.
    pub wait: Wait,
}

/// Approved minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Minutes {
    /// The day.
    pub approved_on: Option<Day>,
    /// The log's head as written in them.
    pub position: Position,
    /// Its root.
    pub root: String,
}

/// A review of the trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewView {
    /// The day.
    pub reviewed_on: Option<Day>,
    /// What it says.
    pub conclusion: TrialConclusion,
    /// On what grounds.
    pub grounds: Vec<TrialGround>,
    /// More, where it can be read.
    pub text: Option<String>,
}

/// Folds a meeting's history into its card, as it stood at the end of a day; none before its notice.
#[must_use]
pub fn meeting_card(history: &History, on: Day) -> Option<MeetingCard> {
    let mut card: Option<MeetingCard> = None;
    for entry in by(history, on) {
        let Event::Committee(event) = entry.event() else {
            continue;
        };
        match (&mut card, event) {
            (None, CommitteeEvent::Convened(convened)) => card = Some(begun(convened, entry)),
            // What stands without its notice shows only once the notice stands again.
            (None, _) => {},
            (Some(card), event) => step(card, event, entry, on),
        }
    }
    card
}

fn begun(convened: &MeetingConvened, entry: &Entry) -> MeetingCard {
    MeetingCard {
        meeting: convened.meeting,
        nth: convened.nth,
        convened_on: entry.day(),
        planned_on: convened.planned_on,
        agenda: convened.agenda.open().cloned(),
        materials: None,
        held: None,
        findings: Vec::new(),
        recommendations: Vec::new(),
        minutes: None,
        reviews: Vec::new(),
    }
}

fn step(card: &mut MeetingCard, event: &CommitteeEvent, entry: &Entry, on: Day) {
    match event {
        CommitteeEvent::Convened(_) => {},
        CommitteeEvent::MaterialsFrozen(frozen) => card.materials = Some(materials(frozen, entry)),
        CommitteeEvent::Held(held) => card.held = Some(meeting_held(held, entry)),
        CommitteeEvent::FindingRecorded(recorded) => card.findings.push(finding(recorded)),
        CommitteeEvent::RecommendationMade(made) => {
            card.recommendations.push(recommendation(made, entry, on));
        },
        CommitteeEvent::RecommendationAnswered(answered) => {
            let answer = Answer::of(entry, &answered.evidence, &answered.text);
            let mut made = card.recommendations.iter_mut();
            let made = made.find(|made| made.recommendation == answered.recommendation);
            if let Some(made) = made {
                if made.answers.is_empty() {
                    made.wait = Wait::ended(made.made_on, answer.answered_on);
                }
                made.answers.push(answer);
            }
        },
        CommitteeEvent::MinutesApproved(approved) => {
            card.minutes = Some(Minutes {
                approved_on: entry.day(),
                position: approved.position,
                root: approved.root.clone(),
            });
        },
        CommitteeEvent::TrialReviewed(reviewed) => card.reviews.push(review(reviewed, entry)),
    }
}

fn materials(frozen: &MaterialsFrozen, entry: &Entry) -> Materials {
    Materials {
        frozen_on: entry.day(),
        fiscal_year: frozen.fiscal_year,
        on_day: frozen.on_day,
        as_at: frozen.as_at,
        digest: frozen.digest.clone(),
        figures: frozen.figures.clone(),
    }
}

fn meeting_held(held: &MeetingHeld, entry: &Entry) -> Held {
    Held {
        held_on: entry.day(),
        attendee_count: held.attendee_count,
        attendees: held.attendees.open().cloned(),
    }
}

fn finding(recorded: &FindingRecorded) -> FindingView {
    FindingView {
        finding: recorded.finding,
        indicator: recorded.indicator.clone(),
        text: readable(&recorded.text),
    }
}

fn recommendation(made: &RecommendationMade, entry: &Entry, on: Day) -> RecommendationView {
    RecommendationView {
        recommendation: made.recommendation,
        addressee: made.addressee,
        made_on: entry.day(),
        due_on: made.due_on,
        indicator: made.indicator.clone(),
        text: readable(&made.text),
        answers: Vec::new(),
        wait: Wait::open(entry.day(), made.due_on, on),
    }
}

fn review(reviewed: &TrialReviewed, entry: &Entry) -> ReviewView {
    ReviewView {
        reviewed_on: entry.day(),
        conclusion: reviewed.conclusion,
        grounds: reviewed.grounds.clone(),
        text: readable(&reviewed.text),
    }
}
