//! A meeting of the steering committee and what follows from it.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::event::{CommitteeEvent, Event};
use ledger_core::id::{FindingId, Position, RecommendationId};

use ledger_core::time::Day;

use super::{Happened, Step};

/// What a meeting was shown: a stretch of time, as it stood at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pack {
    /// First day of the fiscal year that it shows.
    pub first: Day,
    /// Last day that it shows.
    pub last: Day,
    /// The position at which the figures stand.
    pub as_at: Position,
    /// The day on which they were frozen.
    pub frozen_on: Option<Day>,
}

/// One meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meeting {
    /// It was convened; nothing else comes before.
    pub convened: Option<Step>,
    /// Its materials are frozen.
    pub frozen: Option<Pack>,
    /// It was held.
    pub held: Option<Step>,
    /// Its minutes were approved.
    pub minutes: Option<Step>,
    findings: BTreeSet<FindingId>,
    recommendations: BTreeMap<RecommendationId, Step>,
}

impl Meeting {
    /// Whether a finding is recorded.
    #[must_use]
    pub fn has_finding(&self, id: FindingId) -> bool {
        self.findings.contains(&id)
    }

    /// The making of a recommendation.
    #[must_use]
    pub fn recommendation(&self, id: RecommendationId) -> Option<Step> {
        self.recommendations.get(&id).copied()
    }

    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Committee(event) = happened.event else {
            return;
        };
        match event {
            CommitteeEvent::Convened(_) => self.convened = Some(happened.step()),
            CommitteeEvent::MaterialsFrozen(frozen) => {
                let year = frozen.fiscal_year;
                self.frozen = Some(Pack {
                    first: year.first_day(),
                    last: frozen.on_day.min(year.last_day()),
                    as_at: frozen.as_at,
                    frozen_on: happened.step().day(),
                });
            },
            CommitteeEvent::Held(_) => self.held = Some(happened.step()),
            CommitteeEvent::FindingRecorded(recorded) => {
                self.findings.insert(recorded.finding);
            },
            CommitteeEvent::RecommendationMade(made) => {
                let step = happened.step();
                self.recommendations.insert(made.recommendation, step);
            },
            CommitteeEvent::MinutesApproved(_) => self.minutes = Some(happened.step()),
            // A recommendation may be answered, and the trial reviewed, more than once.
            CommitteeEvent::RecommendationAnswered(_) | CommitteeEvent::TrialReviewed(_) => {},
        }
    }
}
