//! What of a person stands in other streams: inquiries that turned out to be theirs, a merged case.

use std::collections::BTreeSet;

use ledger_core::event::{CaseEvent, ConsultationEvent, Event};
use ledger_core::history::{Entry, History};
use ledger_core::id::{ChildId, InquiryId};

/// The inquiries that are linked to the person, whose consultations stand in streams of their own.
#[must_use]
pub fn linked_inquiries(history: &History) -> BTreeSet<InquiryId> {
    let mut linked = BTreeSet::new();
    for entry in history.standing() {
        if let Event::Consultation(ConsultationEvent::InquiryLinked(it)) = entry.event() {
            linked.insert(it.inquiry);
        } else if let Event::Consultation(ConsultationEvent::InquiryUnlinked(it)) = entry.event() {
            linked.remove(&it.inquiry);
        }
    }
    linked
}

/// Whether an inquiry's event is told in the timeline of its person: what was said, and not the link,
/// which stands there already.
pub(super) const fn is_told(entry: &Entry) -> bool {
    matches!(
        entry.recorded.event,
        Event::Consultation(ConsultationEvent::Recorded(_))
    )
}

/// The cases of which this one goes on in their place.
#[must_use]
pub fn merged_cases(history: &History) -> BTreeSet<ChildId> {
    let mut merged = BTreeSet::new();
    for entry in history.standing() {
        let own = entry.recorded.stream.as_child();
        if let Event::Case(CaseEvent::Merged(it)) = entry.event()
            && own == Some(it.survivor)
        {
            merged.insert(it.absorbed);
        } else if let Event::Case(CaseEvent::MergeUndone(it)) = entry.event()
            && own == Some(it.survivor)
        {
            merged.remove(&it.absorbed);
        }
    }
    merged
}

/// Whether an event of a merged case is told in the timeline of the one that goes on: what was recorded of both stands
/// there already.
pub(super) const fn is_told_of_case(entry: &Entry) -> bool {
    !matches!(
        entry.recorded.event,
        Event::Case(
            CaseEvent::Merged(_)
                | CaseEvent::MergeUndone(_)
                | CaseEvent::DuplicateSuspected(_)
                | CaseEvent::DuplicateDismissed(_)
        )
    )
}

/// The case that goes on in place of this one, where it is an alias.
#[must_use]
pub fn merged_into(history: &History) -> Option<ChildId> {
    let mut survivor = None;
    for entry in history.standing() {
        let own = entry.recorded.stream.as_child();
        if let Event::Case(CaseEvent::Merged(it)) = entry.event()
            && own == Some(it.absorbed)
        {
            survivor = Some(it.survivor);
        } else if let Event::Case(CaseEvent::MergeUndone(it)) = entry.event()
            && own == Some(it.absorbed)
        {
            survivor = None;
        }
    }
    survivor
}
