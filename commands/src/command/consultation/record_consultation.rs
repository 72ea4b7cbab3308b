//! Records a consultation about one or several known persons.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::actor::Actor;
use ledger_core::code::{ActionTaken, Area, Channel, Consulter, Topic};
use ledger_core::event::{Draft, FollowUpEvent, FollowUpScheduled};
use ledger_core::id::{ChildId, ConsultationId, EventId, FollowUpId, LedgerId, StreamName};
use ledger_core::time::{Day, Occurred};

use super::detail::Detail;
use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year;
use crate::rule::person::{flag_early, may_act};
use crate::rule::text::private;
use crate::rule::{case, time};
use crate::state::Child;

/// Records a consultation about one or several known persons, in each one's stream at once.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordConsultation {
    /// The persons it is about; siblings share one consultation.
    pub children: Vec<ChildId>,
    /// The consultation's new id.
    pub consultation: ConsultationId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Who consulted.
    pub consulter: Consulter,
    /// How.
    pub channel: Channel,
    /// About what; one or more.
    pub topics: Vec<Topic>,
    /// What the centre did.
    #[serde(default)]
    pub action: Option<ActionTaken>,
    /// Area as given with the consultation.
    #[serde(default)]
    pub area: Option<Area>,
    /// How long it took, at most 1,440.
    #[serde(default)]
    pub duration_minutes: Option<u32>,
    /// What was said.
    #[serde(default)]
    pub content: Option<String>,
    /// Who of the centre took it.
    #[serde(default)]
    pub staff: Option<String>,
    /// The day by which something is to be done next, for each of the persons.
    #[serde(default)]
    pub follow_up_due_on: Option<Day>,
    /// The account that does it.
    #[serde(default)]
    pub follow_up_owner: Option<Actor>,
    /// What is to be done.
    #[serde(default)]
    pub follow_up_what: Option<String>,
}

impl Decision for RecordConsultation {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        let year = closed_year::stream(Some(self.occurred));
        self.persons().into_iter().chain(year).collect()
    }

    fn wrong(&self, context: &Context) -> Vec<Rejection> {
        let each = [
            self.detail().event().err(),
            time::occurred(self.occurred, context, "occurred").err(),
            self.follow_up(context.event_id(0)).err(),
        ];
        each.into_iter().flatten().collect()
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let event = self.detail().event()?;
        closed_year::may_record(view, Some(self.occurred), context)?;
        let streams = self.persons();
        if streams.is_empty() {
            return Err(Reason::MissingValue.on("children"));
        }
        let mut index = 0_usize;
        let mut written = Vec::with_capacity(streams.len());
        for stream in streams {
            let child: &Child = view.state(&stream)?;
            may_act(child, self.occurred, context).map_err(about_one_of_them)?;
            if child.has_consultation(self.consultation) {
                return Err(Reason::AlreadyRecorded.on("consultation"));
            }
            let mut drafts = vec![Draft::new(event.clone(), self.occurred)];
            drafts.extend(self.follow_up(context.event_id(index.saturating_add(1)))?);
            index = index.saturating_add(drafts.len());
            case::takes(child, &drafts).map_err(about_one_of_them)?;
            let drafts = flag_early(child, drafts);
            written.push(Written { stream, drafts });
        }
        Ok(written)
    }
}

impl RecordConsultation {
    fn detail(&self) -> Detail<'_> {
        Detail {
            consultation: self.consultation,
            consulter: self.consulter,
            channel: self.channel,
            topics: &self.topics,
            action: self.action,
            area: self.area,
            duration_minutes: self.duration_minutes,
            content: self.content.as_deref(),
            staff: self.staff.as_deref(),
            name_given: None,
        }
    }

    /// The promise of a next step; it is named after its own event, so that each person has one.
    fn follow_up(&self, event: EventId) -> Result<Option<Draft>, Rejection> {
        let what = private(self.follow_up_what.as_deref());
        let Some(due_on) = self.follow_up_due_on else {
            let said = self.follow_up_owner.is_some() || what.text().is_some();
            return if said {
                Err(Reason::MissingValue.on("follow_up_due_on"))
            } else {
                Ok(None)
            };
        };
        time::not_before(self.occurred.day(), due_on, "follow_up_due_on")?;
        let scheduled = FollowUpEvent::Scheduled(FollowUpScheduled {
            follow_up: FollowUpId::new(event.uuid()),
            consultation: Some(self.consultation),
            due_on,
            owner: self.follow_up_owner.clone(),
            what,
        });
        Ok(Some(Draft::new(scheduled, self.occurred)))
    }
}

impl RecordConsultation {
    /// The streams of the persons, each once.
    fn persons(&self) -> Vec<StreamName> {
        let mut children = self.children.clone();
        let mut seen = std::collections::BTreeSet::new();
        children.retain(|child| seen.insert(*child));
        children.into_iter().map(StreamName::child).collect()
    }
}

/// The person's field is a list here.
fn about_one_of_them(rejection: Rejection) -> Rejection {
    if rejection.field == Some("child") {
        rejection.on("children")
    } else {
        rejection
    }
}
