//! 今日の業務: what is due and overdue, and the way to everything else.

mod groups;
mod questions;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::ExportedList;
use ledger_core::id::{Position, StreamName};
use ledger_core::time::Day;
use ledger_projections::caseload::caseload;
use ledger_projections::referral_board::referral_board;
use ledger_projections::work_list::{Birthdays, WorkBasis, WorkItem, WorkKind, birth_date};
use serde::{Deserialize, Serialize};

use self::groups::{Group, groups, is_late, table};
use self::questions::unanswered;
use self::told::{Told, recorded};
use super::act::{TODAY, TODAY_MINE};
use super::approvals::{self, Waiting};
use super::children::LEFT_PATH;
use super::chrome::Chrome;
use super::door::SignedIn;
use super::emergencies::{self, Taken};
use super::export::{self, Links};
use super::fault::{Refusal, shown};
use super::form::Query;
use super::in_charge::left_alone;
use super::language::{current, t};
use super::paging::Paging;
use super::site::Site;
use crate::failure::Failure;
use crate::fault::{figures_failure, views_failure};
use crate::reading::{ClosedAccounts, history};
use crate::render;

/// Whom one is in charge of oneself.
pub(super) const MINE: &str = "mine";
/// Lines of a page; where more is due, each kind has a part of them.
const LINES: usize = 80;
/// Lines of a page of one kind: all of them may have a button, and weigh more.
const LINES_ALONE: usize = 60;

#[derive(Template)]
#[template(path = "today.html")]
struct Page {
    chrome: Chrome,
    /// For whom something was recorded just now, and where.
    recorded: Vec<Told>,
    /// An approval was asked for or answered just now.
    answered: bool,
    /// The id of what a button records, made with the page.
    command: String,
    account: String,
    /// Where it goes on.
    then: &'static str,
    /// How the list is taken along.
    export: Option<Links>,
    today: String,
    overdue: usize,
    /// Only what is due of one kind.
    is_part: bool,
    /// Only whom one is in charge of oneself.
    is_mine: bool,
    /// The queries of everybody and of one's own, whichever kinds are shown; and of all kinds.
    everybody: String,
    mine: String,
    all_kinds: String,
    /// The approvals that wait for the reader.
    approvals: Vec<Waiting>,
    /// The accesses in an emergency of the last days, for whoever reviews them.
    emergencies: Vec<Taken>,
    emergency_days: u64,
    /// Of how many somebody is in charge whose account is closed, for the manager.
    left: usize,
    /// How many questions of audits wait for an answer, for whoever may answer.
    questions: usize,
    paging: Paging,
    groups: Vec<Group>,
}

#[derive(Clone, Deserialize, Serialize)]
pub(super) struct Asked {
    #[serde(default, skip_serializing)]
    recorded: Vec<u64>,
    /// An approval was asked for or answered just now.
    #[serde(default, skip_serializing)]
    approval: u8,
    /// `mine`: whom one is in charge of oneself, and what one is to do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    charge: String,
    /// Only what is due of a kind, by its code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    kind: String,
    /// How many pages of that were passed.
    #[serde(default, skip_serializing)]
    page: usize,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(default, skip_serializing)]
    format: String,
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
    let kind = asked.kind()?;
    let (items, head) = items(&site, today).await?;
    let own = own(&site, &signed_in, (&asked, today, head)).await?;
    let wanted = items.iter().filter(|item| {
        kind.is_none_or(|kind| item.kind == kind) && own.as_ref().is_none_or(|own| own.has(item))
    });
    let wanted: Vec<&WorkItem> = wanted.collect();
    let board = referral_board(&site.open.open.facts, today, head).await;
    let board = board.map_err(|error| views_failure(&error))?;
    if let Some(format) = export::format(&asked.format)? {
        let named = (ExportedList::WorkList, format, head);
        return export::hand_over(&site, &signed_in, named, table(&wanted, &board)).await;
    }
    let closed = ClosedAccounts::read(&site.open.open, head).await?;
    let late = wanted.iter().filter(|item| is_late(item.state));
    shown(&Page {
        chrome: Chrome::of(t("今日の業務", "Today"), &signed_in, "/"),
        answered: asked.approval > 0,
        recorded: recorded(&site, &signed_in, &asked.recorded).await?,
        today: render::day(today, current()),
        overdue: late.count(),
        groups: groups(&wanted, &signed_in, (today, &asked, &board, &closed)),
        is_part: kind.is_some(),
        is_mine: own.is_some(),
        everybody: asked.query(|asked| asked.charge.clear()),
        mine: asked.query(|asked| MINE.clone_into(&mut asked.charge)),
        all_kinds: asked.query(|asked| asked.kind.clear()),
        approvals: match kind {
            None if asked.page == 0 => approvals::waiting(&site, &signed_in).await?,
            Some(_) | None => Vec::new(),
        },
        emergencies: match kind {
            None if asked.page == 0 => emergencies::lately(&site, &signed_in, head).await?,
            Some(_) | None => Vec::new(),
        },
        emergency_days: emergencies::DAYS,
        left: left_alone(&site, &signed_in, (today, head), &closed).await?,
        questions: unanswered(&site, &signed_in, (today, head)).await?,
        paging: asked.paging(wanted.len()),
        command: (site.new_id)().to_string(),
        account: signed_in.account.to_string(),
        then: if own.is_some() { TODAY_MINE } else { TODAY },
        export: Links::of(&signed_in, ExportedList::WorkList, &asked),
    })
}

/// What is due, and up to which position of the log.
async fn items(site: &Site, today: Day) -> Result<(Arc<Vec<WorkItem>>, Position), Refusal> {
    let facts = &site.open.open.facts;
    let head = site.open.open.catch_up_on_work().await?;
    let made = || made(site, today, head);
    let items = facts.kept((WorkBasis::KINDS, Some(head)), today.to_string(), made);
    Ok((items.await?, head))
}

async fn made(site: &Site, today: Day, head: Position) -> Result<Vec<WorkItem>, Failure> {
    let open = &site.open.open;
    let store = open.store.as_ref();
    let basis = WorkBasis::read(store, &open.facts, (today, today), Some(head)).await;
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

/// What an account has to do with.
struct Own<'a> {
    account: &'a str,
    /// Whom it is in charge of.
    children: BTreeSet<String>,
}

impl Own<'_> {
    fn has(&self, item: &WorkItem) -> bool {
        let is_own = |child: &String| self.children.contains(child);
        item.owner.as_deref() == Some(self.account) || item.child.as_ref().is_some_and(is_own)
    }
}

/// What the account has to do with, where that alone is asked for.
async fn own<'a>(
    site: &Site,
    signed_in: &'a SignedIn,
    (asked, today, head): (&Asked, Day, Position),
) -> Result<Option<Own<'a>>, Failure> {
    if asked.charge != MINE {
        return Ok(None);
    }
    let account = signed_in.account.as_str();
    let known = caseload(&site.open.open.facts, today, head).await;
    let known = known.map_err(|error| views_failure(&error))?;
    let own = known
        .iter()
        .filter(|line| line.in_charge.iter().any(|name| name == account));
    Ok(Some(Own {
        account,
        children: own.map(|line| line.child.clone()).collect(),
    }))
}

impl Asked {
    /// The query that asks for this, changed, from the first page on.
    fn query(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut asked = self.clone();
        change(&mut asked);
        serde_html_form::to_string(asked).unwrap_or_default()
    }

    /// The pages of a kind with so many lines; where all kinds are shown there is one alone.
    fn paging(&self, all: usize) -> Paging {
        let all = if self.kind.is_empty() { 0 } else { all };
        Paging::of(self, self.page, (LINES_ALONE, all))
    }

    /// The kind that is asked for; none where all of them are.
    fn kind(&self) -> Result<Option<WorkKind>, Refusal> {
        if self.kind.is_empty() {
            return Ok(None);
        }
        let mut kinds = WorkKind::ALL.iter();
        let kind = kinds.find(|kind| kind.code() == self.kind);
        kind.map(|kind| Some(*kind)).ok_or_else(Refusal::not_found)
    }
}
