//! What is due of one person, from the list of the day's work.

use std::collections::BTreeMap;

use ledger_core::id::ChildId;
use ledger_core::time::Day;
use ledger_projections::facts::Facts;
use ledger_projections::timeline::Timeline;
use ledger_projections::work_list::{Birthdays, WorkBasis, WorkItem, WorkState};

use crate::fault::figures_failure;
use crate::lang::Lang;
use crate::pages::act::may_give;
use crate::pages::door::SignedIn;
use crate::pages::due_acts::acts;
use crate::pages::fault::Refusal;
use crate::pages::in_charge::named;
use crate::pages::site::Site;
use crate::reading::{Clocks, ClosedAccounts};
use crate::render;

/// One thing that is due.
pub(super) struct Due {
    pub(super) title: &'static str,
    pub(super) when: String,
    pub(super) is_late: bool,
    pub(super) because: Vec<&'static str>,
    pub(super) owner: Option<String>,
    /// Forms in which it is recorded, each with what it is called.
    pub(super) forms: Vec<(String, &'static str)>,
}

/// What is due and overdue of a person whose timeline was opened, by the day of each, as the clocks stand.
pub(super) async fn due(
    (site, signed_in): (&Site, &SignedIn),
    child: ChildId,
    (timeline, clocks): (&Timeline, Clocks),
    lang: Lang,
) -> Result<Vec<Due>, Refusal> {
    let open = &site.open.open;
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let on = clocks
        .as_of
        .map_or(clocks.today, |day| day.min(clocks.today));
    let as_at = clocks.as_at.unwrap_or(head);
    let store = open.store.as_ref();
    let basis = WorkBasis::read(store, &open.facts, (on, on), Some(as_at)).await;
    let basis = basis.map_err(|error| figures_failure(&error))?;
    // Whoever opened the timeline reads the date of birth there.
    let born = timeline.person.birth_date;
    let days = born.map(|day| (child.to_string(), day));
    let told = days.is_some();
    let days: BTreeMap<_, _> = days.into_iter().collect();
    let closed = ClosedAccounts::read(open, head).await?;
    let mut items = basis.items_of(&child.to_string(), &Birthdays { days, told });
    items.sort_by_key(|item| item.due_on);
    Ok(items
        .iter()
        .map(|item| shown(item, (on, lang, &closed), signed_in))
        .collect())
}

fn shown(
    item: &WorkItem,
    (on, lang, closed): (Day, Lang, &ClosedAccounts),
    signed_in: &SignedIn,
) -> Due {
    let because = item.because.iter();
    let may = |command: &str| may_give(signed_in, command);
    Due {
        title: render::work_title(item.kind, lang),
        when: render::work_when(item, lang),
        is_late: matches!(item.state, WorkState::Overdue | WorkState::LongOverdue),
        because: because.map(|why| render::work_reason(*why, lang)).collect(),
        owner: item.owner.as_deref().map(|owner| named(owner, closed)),
        forms: acts(item, on, lang, may).forms,
    }
}
