//! What is due of one person, from the list of the day's work.

use ledger_core::event::{Event, FollowUpEvent};
use ledger_core::id::{ChildId, Position};
use ledger_core::time::Day;
use ledger_projections::work_list::{WorkBasis, WorkItem, WorkState};

use crate::fault::figures_failure;
use crate::lang::Lang;
use crate::pages::act::may_give;
use crate::pages::door::SignedIn;
use crate::pages::due_acts::acts;
use crate::pages::fault::Refusal;
use crate::pages::in_charge::named;
use crate::pages::site::Site;
use crate::reading::{Clocks, ClosedAccounts, OpenedTimeline};
use crate::render;

/// One thing that is due.
pub(super) struct Due {
    pub(super) title: &'static str,
    pub(super) when: String,
    pub(super) is_late: bool,
    pub(super) because: Vec<&'static str>,
    pub(super) owner: Option<String>,
    /// Of a promised next step what was promised.
    pub(super) promised: Option<String>,
    /// That the office was asked for it already, when and by whom.
    pub(super) asked: Option<String>,
    /// Forms in which it is recorded, each with what it is called.
    pub(super) forms: Vec<(String, &'static str)>,
}

/// What is due and overdue of a person whose timeline was opened, by the day of each, as the clocks stand. The facts
/// were brought forward to `head`.
pub(super) async fn due(
    (site, signed_in): (&Site, &SignedIn),
    child: ChildId,
    (timeline, clocks, head): (&OpenedTimeline, Clocks, Position),
    (closed, lang): (&ClosedAccounts, Lang),
) -> Result<Vec<Due>, Refusal> {
    let open = &site.open.open;
    let on = clocks
        .as_of
        .map_or(clocks.today, |day| day.min(clocks.today));
    // Behind where the facts stand nothing is that they could tell.
    let as_at = clocks.as_at.map_or(head, |at| at.min(head));
    let store = open.store.as_ref();
    let basis = WorkBasis::read(store, &open.facts, (on, on), Some(as_at)).await;
    let basis = basis.map_err(|error| figures_failure(&error))?;
    let items = timeline.due(child, &basis);
    Ok(items
        .iter()
        .map(|item| Due {
            promised: promised(item, timeline),
            ..shown(item, (on, lang, closed), signed_in)
        })
        .collect())
}

/// What was promised as the next step, as the timeline that was opened tells it.
fn promised(item: &WorkItem, timeline: &OpenedTimeline) -> Option<String> {
    let mut events = timeline.entries.iter().map(|entry| &entry.event);
    let scheduled = events.find_map(|event| {
        let Event::FollowUp(FollowUpEvent::Scheduled(scheduled)) = event else {
            return None;
        };
        (scheduled.follow_up.to_string() == item.thing).then_some(scheduled)
    })?;
    scheduled.what.text().map(str::to_owned)
}

fn shown(
    item: &WorkItem,
    (on, lang, closed): (Day, Lang, &ClosedAccounts),
    signed_in: &SignedIn,
) -> Due {
    let because = item.because.iter();
    let may = |command: &str| may_give(signed_in, command);
    let acts = acts(item, on, lang, may);
    Due {
        title: render::work_title(item.kind, lang),
        when: render::work_when(item, lang),
        is_late: matches!(item.state, WorkState::Overdue | WorkState::LongOverdue),
        because: because.map(|why| render::work_reason(*why, lang)).collect(),
        owner: item.owner.as_deref().map(|owner| named(owner, closed)),
        promised: None,
        asked: acts.asked,
        forms: acts.forms,
    }
}
