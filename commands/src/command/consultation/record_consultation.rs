//! Records a consultation about one or several known persons.

use serde::Deserialize;

use ledger_core::code::{ActionTaken, Area, Channel, Consulter, Topic};
use ledger_core::event::Draft;
use ledger_core::id::{ChildId, ConsultationId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::detail::Detail;
use crate::command::when::when;
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year;
use crate::rule::person::{flag_early, may_act};
use crate::state::Child;

/// Records a consultation about one or several known persons, in each one's stream at once.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordConsultation {
    /// The persons it is about; siblings share one consultation.
    pub children: Vec<ChildId>,
    /// The consultation's new id.
    pub consultation: ConsultationId,
    /// When.
    #[serde(deserialize_with = "when")]
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
}

impl Decision for RecordConsultation {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        let year = closed_year::stream(Some(self.occurred));
        self.persons().into_iter().chain(year).collect()
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let detail = Detail {
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
        };
        let event = detail.event()?;
        closed_year::may_record(view, Some(self.occurred), context)?;
        let streams = self.persons();
        if streams.is_empty() {
            return Err(Reason::MissingValue.on("children"));
        }
        let written = streams.into_iter().map(|stream| {
            let child: &Child = view.state(&stream)?;
            may_act(child, self.occurred, context).map_err(about_one_of_them)?;
            if child.has_consultation(self.consultation) {
                return Err(Reason::AlreadyRecorded.on("consultation"));
            }
            let draft = Draft::new(event.clone(), self.occurred);
            let drafts = flag_early(child, vec![draft]);
            Ok(Written { stream, drafts })
        });
        written.collect()
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
