//! The plans, referrals and the like of a person, by the ids under which commands name them.

use ledger_core::event::{CaseEvent, Event, Recorded, Thing};
use ledger_core::history::History;
use ledger_core::id::{ChildId, Position, Revision, StreamName};
use ledger_core::store::{EventStore, ReadStream};
use ledger_core::time::Day;

use crate::failure::Failure;
use crate::fault::read_failure;

/// What was begun for a person, as far as it can be told without keys.
#[derive(Debug, Default)]
pub struct Begun {
    /// The things, in the order in which they were begun.
    pub things: Vec<BegunThing>,
    /// The case that goes on in place of this one, where it was ever merged.
    pub survivor: Option<ChildId>,
}

/// One thing that was begun for a person.
#[derive(Debug)]
pub struct BegunThing {
    /// The field in which commands name it.
    pub field: &'static str,
    /// What kind of thing it is.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its register number, where its first event says it.
    pub number: Option<String>,
    /// The type of its first event.
    pub begun_as: &'static str,
    /// The day of its first event, where that is known.
    pub begun_on: Option<Day>,
    /// Where its first event stands.
    pub begun_in: Position,
}

/// What was begun for a person.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn things(store: &dyn EventStore, child: ChildId) -> Result<Begun, Failure> {
    let mut read = ReadStream::whole(StreamName::child(child));
    let mut begun = Begun::default();
    loop {
        let page = store.read_stream(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        for recorded in page
            .events
            .iter()
            .filter_map(|one| Recorded::read(one).ok())
        {
            begun.take(child, &recorded);
        }
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return Ok(begun),
        }
    }
}

impl Begun {
    /// The same, from a history that was read.
    #[must_use]
    pub fn of(child: ChildId, history: &History) -> Self {
        let mut begun = Self::default();
        for entry in history.entries() {
            begun.take(child, &entry.recorded);
        }
        begun
    }

    fn take(&mut self, child: ChildId, recorded: &Recorded) {
        let event = &recorded.event;
        if let Event::Case(CaseEvent::Merged(merged)) = event
            && merged.absorbed == child
        {
            self.survivor = Some(merged.survivor);
        }
        let Some((field, kind, id)) = event.thing().map(named) else {
            return;
        };
        if self.things.iter().any(|known| known.id == id) {
            return;
        }
        let number = event.display().get("number").cloned();
        self.things.push(BegunThing {
            field,
            kind,
            id,
            number: number.and_then(|number| number.as_str().map(str::to_owned)),
            begun_as: event.info().name,
            begun_on: recorded.metadata.occurred.day(),
            begun_in: recorded.position,
        });
    }
}

/// The field in which commands name a thing, its kind, and its id.
fn named(thing: Thing) -> (&'static str, &'static str, String) {
    match thing {
        Thing::Guardian(id) => ("guardian", "guardian", id.to_string()),
        Thing::Referral(id) => ("referral", "referral", id.to_string()),
        Thing::SupportPlan(id) => ("plan", "support-plan", id.to_string()),
        Thing::DisasterPlan(id) => ("plan", "disaster-plan", id.to_string()),
        Thing::HospitalStay(id) => ("stay", "hospital-stay", id.to_string()),
        Thing::Consent(id) => ("consent", "consent", id.to_string()),
        Thing::CareTeamMember(id) => ("member", "care-team-member", id.to_string()),
        Thing::FollowUp(id) => ("follow_up", "follow-up", id.to_string()),
    }
}
