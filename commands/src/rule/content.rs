//! What the content of an event must keep, whether a command or a correction writes it.

use std::collections::BTreeSet;

use ledger_core::code::{Hazard, LegalBasis};
use ledger_core::event::{
    CareScoreAssessed, CaseEvent, ConsentEvent, ConsultationEvent, DisasterPlanEvent, Event,
    FacilityEvent, FamilyVoiceEvent, FamilyVoiceRecorded, HazardDecision, ProfileEvent,
    TraineeEvent,
};

use super::limit::{self, CARE_SCORE, RATING};
use super::numbers::has_wrong_number;
use crate::rejection::{Reason, Rejection};

/// The rules of an event's content; the field is the event's own.
pub(crate) fn check(event: &Event) -> Result<(), Rejection> {
    if let Event::Consultation(ConsultationEvent::Recorded(it)) = event {
        some(&it.topics, "topics")?;
    }
    if let Event::Profile(ProfileEvent::CareScore(it)) = event {
        care_score(it)?;
    }
    if let Event::Case(CaseEvent::DuplicateSuspected(it)) = event {
        some(&it.evidence, "evidence")?;
    }
    if let Event::FamilyVoice(FamilyVoiceEvent::Recorded(it)) = event {
        family_voice(it)?;
    }
    if let Event::Consent(it) = event {
        consent(it)?;
    }
    if let Event::DisasterPlan(DisasterPlanEvent::SectionsWritten(it)) = event {
        hazards(&it.evacuation)?;
    }
    limit::duration(minutes(event))?;
    if has_wrong_number(event) {
        return Err(Reason::NotANumber.on("clear"));
    }
    Ok(())
}

/// How long it took, of what takes time.
const fn minutes(event: &Event) -> Option<u32> {
    if let Event::Consultation(ConsultationEvent::Recorded(it)) = event {
        it.duration_minutes
    } else if let Event::Facility(FacilityEvent::SupportGiven(it)) = event {
        it.duration_minutes
    } else if let Event::Trainee(TraineeEvent::SessionHeld(it)) = event {
        it.duration_minutes
    } else {
        None
    }
}

fn some<T>(values: &[T], field: &'static str) -> Result<(), Rejection> {
    if values.is_empty() {
        return Err(Reason::MissingValue.on(field));
    }
    Ok(())
}

/// Each hazard has one decision.
fn hazards(decisions: &[HazardDecision]) -> Result<(), Rejection> {
    let hazards: BTreeSet<Hazard> = decisions.iter().map(|one| one.hazard).collect();
    if hazards.len() == decisions.len() {
        Ok(())
    } else {
        Err(Reason::RepeatedHazard.on("evacuation"))
    }
}

fn care_score(assessed: &CareScoreAssessed) -> Result<(), Rejection> {
    if !CARE_SCORE.contains(&assessed.score) {
        return Err(Reason::NotANumber.on("score"));
    }
    if assessed.form_version.is_empty() {
        return Err(Reason::MissingValue.on("form_version"));
    }
    Ok(())
}

fn family_voice(recorded: &FamilyVoiceRecorded) -> Result<(), Rejection> {
    let (anxiety, satisfaction) = (recorded.anxiety, recorded.satisfaction);
    for (value, field) in [(anxiety, "anxiety"), (satisfaction, "satisfaction")] {
        if value.is_some_and(|value| !RATING.contains(&value)) {
            return Err(Reason::NotANumber.on(field));
        }
    }
    let said = anxiety.is_some() || satisfaction.is_some() || recorded.voice.text().is_some();
    match (recorded.answered, said || recorded.speaker.is_some()) {
        (false, true) => Err(Reason::AnswerWithoutAnswering.on("answered")),
        // Words that are closed or erased were there.
        (true, _) if !said && recorded.voice.open().is_some() => {
            Err(Reason::MissingValue.on("anxiety"))
        },
        (true | false, _) => Ok(()),
    }
}

fn consent(event: &ConsentEvent) -> Result<(), Rejection> {
    match event {
        ConsentEvent::Given(it) => {
            some(&it.recipients, "recipients")?;
            some(&it.data, "data")
        },
        ConsentEvent::Refused(it) => some(&it.data, "data"),
        ConsentEvent::Shared(it) => {
            some(&it.data, "data")?;
            let consent = it.basis == LegalBasis::Consent;
            let stated = consent || it.ground.open().is_none() || it.ground.text().is_some();
            if stated {
                Ok(())
            } else {
                Err(Reason::ConsentMissing.on("ground"))
            }
        },
        ConsentEvent::Withdrawn(_) => Ok(()),
    }
}
