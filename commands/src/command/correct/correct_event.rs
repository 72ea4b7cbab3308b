//! Gives an event another content; the original stays readable beside it.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use ledger_core::code::{Area, CorrectionReason, Office, OutOfAreaReason, ProfileField};
use ledger_core::event::{DisasterPlanEvent, Event, ProfileEvent};
use ledger_core::history::{Entry, History};
use ledger_core::id::{ApprovalId, EventId, LedgerId, Revision, StreamName};
use ledger_core::time::{Day, Occurred};

use super::{target, with_other, years};
use crate::command::when::{When, maybe_when};
use crate::correction::{Change, Patch, corrected, is_orderly, stands_on};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year::may_change;
use crate::rule::district_area::district_area;
use crate::rule::frozen_figure::{self, Correcting};
use crate::rule::in_charge::{may_amend, no_second_main};
use crate::rule::text::given;
use crate::rule::{time, ventilator};
use crate::state::{Child, State};

/// Gives an event another content; fields that are not named stay, ids and type cannot change.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectEvent {
    /// The stream in which the event stands.
    pub stream: StreamName,
    /// The event: the original, also when it was corrected before.
    pub target: EventId,
    /// Its newest correction as the author saw it; none: not corrected so far.
    #[serde(default)]
    pub latest: Option<EventId>,
    /// New values of clear fields, as they are stored; null takes one away.
    #[serde(default)]
    pub clear: Map<String, Value>,
    /// New values of private fields; null empties one.
    #[serde(default)]
    pub private: Map<String, Value>,
    /// When it occurred, where that changes.
    #[serde(default, deserialize_with = "maybe_when")]
    #[schemars(with = "Option<When>")]
    pub occurred: Option<Occurred>,
    /// Why.
    pub reason: CorrectionReason,
    /// Why, in words.
    #[serde(default)]
    pub explanation: Option<String>,
    /// A granted approval (frozen-figure) for the stream; needed where a meeting was shown a figure that
    /// this changes.
    #[serde(default)]
    pub approval: Option<ApprovalId>,
}

impl Decision for CorrectEvent {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        std::iter::once(self.stream.clone())
            .chain(self.approval.map(StreamName::approval))
            .collect()
    }

    fn reads_history(&self) -> bool {
        true
    }

    fn reads_packs(&self) -> bool {
        true
    }

    fn reads_also(&self, view: View<'_>, _ledger: LedgerId) -> Vec<StreamName> {
        years(view, &self.stream, self.target, self.occurred)
    }

    fn opens(&self, _view: View<'_>, _ledger: LedgerId) -> Vec<EventId> {
        vec![self.target]
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let history = view.history(&self.stream)?;
        let state = view.folded(&self.stream)?.state();
        let entry = target(history, self.target, self.latest)?;
        may_amend(entry.event(), state, context)?;
        may_change(
            view,
            &years(view, &self.stream, self.target, self.occurred),
            context,
        )?;
        if let Some(occurred) = self.occurred {
            time::occurred(occurred, context, "occurred")?;
        }
        let approved = self.approved(entry, view, context)?;
        let patch = Patch {
            clear: self.clear.clone(),
            private: self.private.clone(),
        };
        let change = Change {
            patch: &patch,
            occurred: self.occurred,
            stands_on: stands_on(state, entry.event()),
            reason: self.reason,
            explanation: given(self.explanation.as_deref()),
        };
        let (draft, event) = corrected(entry, &change)?;
        self.check_consequences(history, entry, state, &event)?;
        let own = Written {
            stream: self.stream.clone(),
            drafts: vec![draft],
        };
        Ok(std::iter::once(own).chain(approved).collect())
    }
}

/// Private fields from which a clear one follows.
const COUNTED: &[&str] = &["birth_date", "new", "weight_grams"];
/// Fields of the profile whose new value is in private words alone.
const WORDS: [ProfileField; 4] = [
    ProfileField::Name,
    ProfileField::Kana,
    ProfileField::Address,
    ProfileField::Phone,
];

impl CorrectEvent {
    /// The approval's use, where a clear field or the time changes: no figure sees what is private.
    fn approved(
        &self,
        entry: &Entry,
        view: View<'_>,
        context: &Context,
    ) -> Result<Option<Written>, Rejection> {
        let is_words = matches!(
            entry.event(),
            Event::Profile(ProfileEvent::Changed(changed)) if WORDS.contains(&changed.field)
        );
        let mut counted = COUNTED.iter();
        let counted = !is_words && counted.any(|field| self.private.contains_key(*field));
        let words_only = self.clear.is_empty() && self.occurred.is_none() && !counted;
        if words_only && self.approval.is_none() {
            return Ok(None);
        }
        let correcting = Correcting {
            entry,
            moved_to: self.occurred,
            stream: &self.stream,
            approval: self.approval,
        };
        frozen_figure::approved(correcting, view, context)
    }

    /// What would stand then must keep the rules that stood before.
    fn check_consequences(
        &self,
        history: &History,
        entry: &Entry,
        before: &State,
        event: &Event,
    ) -> Result<(), Rejection> {
        let occurred = self.occurred.unwrap_or_else(|| entry.occurred());
        let content = Some((event, occurred));
        let after = with_other(&self.stream, history, self.target, content);
        no_second_main(before, &after)?;
        let thing = event.thing();
        if is_orderly(before, thing) && !is_orderly(&after, thing) {
            let refused = Reason::StepsOutOfOrder.on("occurred");
            let limit = neighbour(history, entry, occurred.day());
            return Err(match (occurred.day(), limit) {
                (Some(given), Some(limit)) => refused.between(given, limit),
                (None, _) | (_, None) => refused,
            });
        }
        let State::Child(child) = &after else {
            return Ok(());
        };
        let birth = &child.profile.birth;
        time::after_birth(birth, occurred, "occurred")?;
        let born_later = history
            .standing()
            .any(|other| other.recorded.id != self.target && birth.is_after(other.occurred()));
        let was_so = matches!(before, State::Child(child) if child.profile.birth == *birth);
        if born_later && !was_so {
            return Err(Reason::OccurredBeforeBirth.on("private"));
        }
        may_support_still(entry, event, child, occurred)
    }
}

/// The day of a step of the same thing that a day would pass: the last of those before, or the first of those after.
fn neighbour(history: &History, entry: &Entry, day: Option<Day>) -> Option<Day> {
    let day = day?;
    let thing = entry.event().thing()?;
    let own = entry.recorded.revision;
    let days = |is_there: fn(Revision, Revision) -> bool| {
        let others = history.standing().filter(move |other| {
            other.event().thing() == Some(thing) && is_there(other.recorded.revision, own)
        });
        others.filter_map(Entry::day)
    };
    let before = days(|other, own| other < own).max();
    let after = days(|other, own| other > own).min();
    let passed = before.filter(|limit| day < *limit);
    passed.or_else(|| after.filter(|limit| day > *limit))
}

/// Who supports a plan, or the making of one: the office, the district centre's area, and why it is
/// another area's.
type Support = (Office, Option<Area>, Option<OutOfAreaReason>);

/// A corrected office or day does not hand a ventilator user's plan to the centre, nor a corrected area
/// to a district centre that has no reason to support it.
fn may_support_still(
    entry: &Entry,
    event: &Event,
    child: &Child,
    occurred: Occurred,
) -> Result<(), Rejection> {
    let Some(support) = support(event) else {
        return Ok(());
    };
    let (office, area, why) = support;
    let was = self::support(entry.event());
    if was.map(|(office, ..)| office) != Some(office) || occurred != entry.occurred() {
        ventilator::may_support(office, child, occurred.day(), "clear")?;
    }
    if was != Some(support) {
        let allowed = district_area(office, (area, why), child);
        allowed.map_err(|refused| refused.reason.on("clear"))?;
    }
    Ok(())
}

/// Who supports what an event is about, where it is a plan, or the need of one.
const fn support(event: &Event) -> Option<Support> {
    let Event::DisasterPlan(event) = event else {
        return None;
    };
    match event {
        DisasterPlanEvent::Drafted(it) => Some((it.office, it.area, it.out_of_area)),
        DisasterPlanEvent::NeedIdentified(it) => Some((it.office, it.area, it.out_of_area)),
        // Whereto a plan moves is no field that can be corrected.
        DisasterPlanEvent::Transferred(_)
        | DisasterPlanEvent::Agreed(_)
        | DisasterPlanEvent::Verified(_)
        | DisasterPlanEvent::ReviewedInternally(_)
        | DisasterPlanEvent::Revised(_)
        | DisasterPlanEvent::Ended(_)
        | DisasterPlanEvent::NotWanted(_)
        | DisasterPlanEvent::SectionsWritten(_)
        | DisasterPlanEvent::Used(_) => None,
    }
}
