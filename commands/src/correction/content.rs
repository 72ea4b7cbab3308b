//! The whole new content of a corrected event, and the correcting event that carries it.

use serde_json::{Map, Value};

use ledger_core::code::{BirthWeightBand, CorrectionReason, ProfileField};
use ledger_core::event::{
    AuditEvent, CareTeamEvent, CaseEvent, CommitteeEvent, ConsultationEvent, CorrectionEvent,
    Draft, Event, EventCorrected, KeyUse, ProfileEvent,
};
use ledger_core::history::Entry;
use ledger_core::private::{Private, join, split};
use ledger_core::seal::KeyClass;
use ledger_core::time::{Day, Occurred};

use super::patch::{Null, Patch, merge};
use crate::rejection::{Reason, Rejection};
use crate::rule::content;

/// Fields that say which thing an event is about, or its place in it; they never change.
const FIXED: &[&str] = &[
    "child",
    "number",
    "consultation",
    "referral",
    "redirected_from",
    "to",
    "plan",
    "version",
    "base_version",
    "guardian",
    "facility",
    "trainee",
    "visit",
    "session",
    "field",
    "rule",
    "inquiry",
    "stay",
    "sharing",
    "member",
    "follow_up",
    "survey",
    "other",
    "survivor",
    "absorbed",
    "approval",
    "organisation_id",
    "engagement",
    "meeting",
    "finding",
    "recommendation",
    "opinion",
    "request_id",
    "question_id",
    "expenditure",
    "post",
    "fiscal_year",
];

/// Whether a field never changes, in any event.
pub(crate) fn is_fixed(field: &str) -> bool {
    FIXED.contains(&field)
}

/// What a correction changes, and why.
pub(crate) struct Change<'a> {
    pub(crate) patch: &'a Patch,
    pub(crate) occurred: Option<Occurred>,
    /// Day at which the event stands where its own is unknown.
    pub(crate) stands_on: Option<Day>,
    pub(crate) reason: CorrectionReason,
    pub(crate) explanation: Option<String>,
}

/// The correcting event for an entry whose private fields are open, and the content it puts in force.
pub(crate) fn corrected(entry: &Entry, change: &Change<'_>) -> Result<(Draft, Event), Rejection> {
    still_stands(entry)?;
    let current = entry.event();
    if !can_be_corrected(current) {
        return Err(Reason::NotCorrectable.on("target"));
    }
    // A private field that is still closed here was erased: the target was asked to be opened.
    let payload = current
        .encode()
        .map_err(|_| Reason::TextErased.on("target"))?;
    let (old_clear, old_private) = split(payload).map_err(|_| Reason::InvalidContent)?;
    let (mut clear, mut private) = (old_clear.clone(), old_private.unwrap_or_default());
    merge(&mut clear, &change.patch.clear, Null::Removes);
    merge(&mut private, &change.patch.private, Null::Stays);
    derive(current, &mut clear, &private);
    // An office stays itself; elsewhere it may have been the wrong one.
    let own: &[&str] = if matches!(current, Event::Organisation(_)) {
        &["organisation"]
    } else {
        &[]
    };
    for field in FIXED.iter().chain(own) {
        if clear.get(*field) != old_clear.get(*field) {
            return Err(Reason::NotCorrectable.on("clear"));
        }
    }
    let info = current.info();
    let event = decoded(current, &clear, &private)?;
    let occurred = change.occurred.unwrap_or_else(|| entry.occurred());
    if event == *current && occurred == entry.occurred() {
        return Err(Reason::NothingChanges.into());
    }
    if event.thing() != current.thing() {
        return Err(Reason::NotCorrectable.on("clear"));
    }
    content::check(&event)?;
    let corrected = EventCorrected {
        target: entry.recorded.id,
        target_type: info.name.to_owned(),
        schema: info.version,
        payload: clear,
        occurred: change.occurred.filter(|new| *new != entry.occurred()),
        reason: change.reason,
        private_payload: Private::Open(private),
        explanation: Private::Open(change.explanation.clone()),
    };
    let correction = match info.key {
        KeyUse::Sealed(KeyClass::Identity) => CorrectionEvent::IdentityCorrected(corrected),
        KeyUse::Sealed(KeyClass::Record) | KeyUse::Clear => CorrectionEvent::Corrected(corrected),
    };
    let draft = Draft::new(correction, occurred).standing_on(change.stands_on);
    Ok((draft, event))
}

/// Whether an event is never corrected, annulled or moved: what two people agreed on, who looked at what, and what
/// was found of the log as a whole stay as they were written.
#[must_use]
pub const fn stays_as_written(event: &Event) -> bool {
    matches!(
        event,
        Event::Correction(_)
            | Event::Approval(_)
            | Event::Access(_)
            | Event::CareTeam(CareTeamEvent::EmergencyAccess(_))
            | Event::Committee(CommitteeEvent::MinutesApproved(_))
            | Event::Audit(AuditEvent::ChainVerified(_) | AuditEvent::SampleDrawn(_))
    )
}

/// Whether an event's content can be corrected: not what stays as it was written, nor the figures that a meeting was
/// shown, which stay what they were; what froze them may be annulled before the meeting.
#[must_use]
pub const fn can_be_corrected(event: &Event) -> bool {
    let is_frozen = matches!(event, Event::Committee(CommitteeEvent::MaterialsFrozen(_)));
    !is_frozen && !stays_as_written(event)
}

/// Whether an event stands in two streams at once: it is undone in both by a command of its own, and neither annulled nor
/// moved.
#[must_use]
pub const fn stands_in_two_streams(event: &Event) -> bool {
    matches!(
        event,
        Event::Case(
            CaseEvent::DuplicateSuspected(_)
                | CaseEvent::DuplicateDismissed(_)
                | CaseEvent::Merged(_)
                | CaseEvent::MergeUndone(_)
        ) | Event::Consultation(
            ConsultationEvent::InquiryLinked(_) | ConsultationEvent::InquiryUnlinked(_)
        )
    )
}

/// Only an original event that counts can be corrected, annulled or moved.
pub(crate) fn still_stands(entry: &Entry) -> Result<(), Rejection> {
    if stays_as_written(&entry.recorded.event) {
        return Err(Reason::NotCorrectable.on("target"));
    }
    if !entry.stands() {
        return Err(Reason::StaleTarget.on("target"));
    }
    Ok(())
}

/// Decodes the new content; a field that the type does not have, or has in the other part, is refused.
fn decoded(
    current: &Event,
    clear: &Map<String, Value>,
    private: &Map<String, Value>,
) -> Result<Event, Rejection> {
    let info = current.info();
    let invalid = || Rejection::from(Reason::InvalidContent);
    let payload = join(clear.clone(), private.clone());
    let event = Event::decode(info.name, info.version, payload).map_err(|_| invalid())?;
    let again = event.encode().map_err(|_| invalid())?;
    let (same_clear, same_private) = split(again).map_err(|_| invalid())?;
    if same_clear != *clear || same_private.unwrap_or_default() != *private {
        return Err(invalid());
    }
    Ok(event)
}

/// Keeps what is derived from a private field in step with it.
fn derive(current: &Event, clear: &mut Map<String, Value>, private: &Map<String, Value>) {
    let text = |field: &str| private.get(field).and_then(Value::as_str);
    if matches!(current, Event::FamilyVoice(_)) {
        clear.insert("has_words".to_owned(), text("voice").is_some().into());
    }
    let mut set = |field: &str, value: Option<String>| match value {
        Some(value) => drop(clear.insert(field.to_owned(), Value::String(value))),
        None => drop(clear.remove(field)),
    };
    let month = |date: &str| {
        let day: Option<Day> = date.parse().ok();
        day.and_then(|day| Occurred::Day(day).month())
    };
    let Event::Profile(event) = current else {
        return;
    };
    match event {
        ProfileEvent::Registered(_) => {
            if let Some(date) = text("birth_date") {
                set("birth_month", month(date));
            }
        },
        ProfileEvent::Changed(changed) => match changed.field {
            ProfileField::BirthDate => set("birth_month", text("new").and_then(month)),
            ProfileField::Area => set("area", text("new").map(str::to_owned)),
            ProfileField::Name
            | ProfileField::Kana
            | ProfileField::Address
            | ProfileField::Phone => {},
        },
        ProfileEvent::BirthDetail(_) => {
            let grams = private.get("weight_grams").and_then(Value::as_u64);
            if let Some(grams) = grams.and_then(|grams| u32::try_from(grams).ok()) {
                let band = BirthWeightBand::of_grams(grams);
                set("weight_band", Some(band.code().to_owned()));
            }
        },
        ProfileEvent::ProcedureStarted(_)
        | ProfileEvent::ProcedureEnded(_)
        | ProfileEvent::MobilityAssessed(_)
        | ProfileEvent::GuardianAdded(_)
        | ProfileEvent::GuardianChanged(_)
        | ProfileEvent::GuardianRemoved(_)
        | ProfileEvent::WelfareServices(_)
        | ProfileEvent::CareScore(_) => {},
    }
}
