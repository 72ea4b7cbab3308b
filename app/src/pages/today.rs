//! 今日の業務: what is due and overdue, and the way to everything else.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::Recorded;
use ledger_core::id::{Position, StreamName};
use ledger_core::store::ReadAll;
use ledger_core::time::Day;
use ledger_projections::facts::Facts;
use ledger_projections::work_list::{
    Birthdays, WorkBasis, WorkItem, WorkKind, WorkState, birth_date,
};
use serde::Deserialize;

use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown};
use super::form::Query;
use super::site::Site;
use crate::fault::{figures_failure, read_failure};
use crate::lang::Lang;
use crate::reading::{history, number_of};
use crate::render;

#[derive(Template)]
#[template(path = "today.html")]
struct Page {
    chrome: Chrome,
    /// What was recorded just now, and for whom.
    recorded: Option<String>,
    today: String,
    overdue: usize,
    groups: Vec<Group>,
}

/// What is due of one kind.
struct Group {
    title: &'static str,
    items: Vec<Item>,
}

struct Item {
    /// Register number, or what else names the person.
    who: String,
    child: Option<String>,
    when: String,
    late: bool,
    owner: Option<String>,
    because: Vec<&'static str>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    recorded: Option<u64>,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    // Who has no list of work begins with what the role is for.
    if signed_in.begins_at() != "/" {
        return Ok(Redirect::to(signed_in.begins_at()).into_response());
    }
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let today = site.today();
    let items = items(&site, today).await?;
    let late = |item: &&WorkItem| is_late(item.state);
    shown(&Page {
        chrome: Chrome::of("今日の業務", &signed_in, "/"),
        recorded: recorded(&site, &signed_in, asked.recorded).await?,
        today: render::day(today, Lang::Ja),
        overdue: items.iter().filter(late).count(),
        groups: groups(&items),
    })
}

/// What stands at a position, where the account recorded it, in a few words.
async fn recorded(
    site: &Site,
    signed_in: &SignedIn,
    position: Option<u64>,
) -> Result<Option<String>, Refusal> {
    let Some(position) = position else {
        return Ok(None);
    };
    let store = site.open.open.store.as_ref();
    let page = store.read_all(&ReadAll::one(Position::new(position))).await;
    let page = page.map_err(|error| read_failure(&error))?;
    let own = page.events.first().and_then(|one| Recorded::read(one).ok());
    let own = own.filter(|own| own.metadata.actor == signed_in.account);
    let Some(own) = own else { return Ok(None) };
    let child = own.stream.as_str().strip_prefix("child-");
    let child = child.and_then(|child| child.parse().ok());
    let number = match child {
        Some(child) => number_of(store, child).await?,
        None => None,
    };
    let title = render::event_title(own.event.info().name, Lang::Ja);
    let whom = number
        .map(|number| format!("{number} の"))
        .unwrap_or_default();
    Ok(Some(format!(
        "{whom}「{title}」を記録しました（#{position}）。"
    )))
}

async fn items(site: &Site, today: Day) -> Result<Vec<WorkItem>, Refusal> {
    let open = &site.open.open;
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let store = open.store.as_ref();
    let basis = WorkBasis::read(store, &open.views, (today, today), Some(head)).await;
    let basis = basis.map_err(|error| figures_failure(&error))?;
    let wanted = basis.birthdays_wanted(&basis.items(&Birthdays::default()));
    let mut days = BTreeMap::new();
    for (person, case) in wanted {
        // Compared, and told to nobody.
        let stream = StreamName::child(case);
        let history = history(store, &site.open.codec, &stream, Some(head)).await?;
        days.extend(birth_date(&history).map(|day| (person, day)));
    }
    Ok(basis.items(&Birthdays { days, told: false }))
}

fn groups(items: &[WorkItem]) -> Vec<Group> {
    let group = |kind: &WorkKind| {
        let own = items.iter().filter(|item| item.kind == *kind);
        let items: Vec<Item> = own.map(shown_item).collect();
        (!items.is_empty()).then(|| Group {
            title: render::work_title(*kind, Lang::Ja),
            items,
        })
    };
    WorkKind::ALL.iter().filter_map(group).collect()
}

fn shown_item(item: &WorkItem) -> Item {
    let because = item.because.iter();
    let who = item.number.as_ref().or(item.child.as_ref());
    Item {
        who: who.map_or_else(|| "―".to_owned(), String::clone),
        child: item.child.clone(),
        when: render::work_when(item, Lang::Ja),
        late: is_late(item.state),
        owner: item.owner.clone(),
        because: because
            .map(|why| render::work_reason(*why, Lang::Ja))
            .collect(),
    }
}

const fn is_late(state: WorkState) -> bool {
    match state {
        WorkState::Overdue | WorkState::LongOverdue => true,
        WorkState::NeedsRecheck | WorkState::Due => false,
    }
}
