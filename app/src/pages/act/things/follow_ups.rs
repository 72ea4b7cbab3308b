//! What is told of a person's promised next steps beside the day of the promise, without their texts: until when.

use std::collections::BTreeMap;

use ledger_core::event::{Event, FollowUpEvent};
use ledger_core::history::History;

use crate::lang::Lang;
use crate::pages::language::current;
use crate::render;

/// What is told of each that is still to be done, by its id.
pub(super) fn told(history: &History) -> BTreeMap<String, String> {
    let mut open = BTreeMap::new();
    for entry in history.standing() {
        let Event::FollowUp(event) = entry.event() else {
            continue;
        };
        let id = event.follow_up().to_string();
        match event {
            FollowUpEvent::Scheduled(scheduled) => {
                let due = render::day(scheduled.due_on, current());
                let by = match current() {
                    Lang::Ja => format!("期限 {due}"),
                    Lang::En => format!("due {due}"),
                };
                let owner = scheduled.owner.as_ref().map(ToString::to_string);
                let told: Vec<String> = [by].into_iter().chain(owner).collect();
                open.insert(id, told.join("　"));
            },
            FollowUpEvent::Done(_) | FollowUpEvent::Cancelled(_) => {
                open.remove(&id);
            },
        }
    }
    open
}
