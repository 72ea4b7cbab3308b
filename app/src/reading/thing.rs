//! The plans, referrals and the like of a person, by the ids under which commands name them.

use ledger_core::event::{CaseEvent, Event, Recorded, Thing};
use ledger_core::id::{ChildId, Revision, StreamName};
use ledger_core::store::{EventStore, ReadStream};

use crate::failure::Failure;
use crate::fault::read_failure;

/// What was begun for a person, as far as it can be told without keys.
#[derive(Debug, Default)]
pub struct Begun {
    /// Fields that name a thing, each with the thing's id.
    pub things: Vec<(&'static str, String)>,
    /// The case that goes on in place of this one, where it was ever merged.
    pub survivor: Option<ChildId>,
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
            begun.take(child, &recorded.event);
        }
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return Ok(begun),
        }
    }
}

impl Begun {
    fn take(&mut self, child: ChildId, event: &Event) {
        if let Event::Case(CaseEvent::Merged(merged)) = event
            && merged.absorbed == child
        {
            self.survivor = Some(merged.survivor);
        }
        let named = event.thing().map(named);
        if let Some(named) = named.filter(|named| !self.things.contains(named)) {
            self.things.push(named);
        }
    }
}

/// The field in which commands name a thing, and its id.
fn named(thing: Thing) -> (&'static str, String) {
    match thing {
        Thing::Guardian(id) => ("guardian", id.to_string()),
        Thing::Referral(id) => ("referral", id.to_string()),
        Thing::SupportPlan(id) => ("plan", id.to_string()),
        Thing::DisasterPlan(id) => ("plan", id.to_string()),
        Thing::HospitalStay(id) => ("stay", id.to_string()),
        Thing::Consent(id) => ("consent", id.to_string()),
        Thing::CareTeamMember(id) => ("member", id.to_string()),
        Thing::FollowUp(id) => ("follow_up", id.to_string()),
    }
}
