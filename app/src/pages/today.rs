//! 今日の業務: what is due and overdue, and the way to everything else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::{AccessPurpose, ExportedList};
use ledger_core::id::{Position, StreamName};
use ledger_core::time::Day;
use ledger_projections::caseload::caseload;
use ledger_projections::facts::Facts;
use ledger_projections::referral_board::{ReferralBoard, referral_board};
use ledger_projections::work_list::{
    Birthdays, WorkBasis, WorkItem, WorkKind, WorkState, birth_date,
};
use serde::{Deserialize, Serialize};

use super::act::{TODAY, TODAY_MINE, may_give};
use super::approvals::{self, Waiting};
use super::children::LEFT_PATH;
use super::chrome::Chrome;
use super::door::SignedIn;
use super::due_acts::{DueActs, acts};
use super::emergencies::{self, Taken};
use super::export::{self, Cell, Links, Table};
use super::fault::{Refusal, shown};
use super::form::Query;
use super::in_charge::{left_alone, named};
use super::language::{current, t};
use super::noticed::{self, Notice};
use super::paging::Paging;
use super::referrals::office;
use super::site::Site;
use crate::failure::Failure;
use crate::fault::{figures_failure, views_failure};
use crate::reading::{ClosedAccounts, history, number_of};
use crate::render;

/// Whom one is in charge of oneself.
pub(super) const MINE: &str = "mine";
/// Most persons who are named after a record.
const RECORDED_MAX: usize = 10;
/// Lines of a page; where more is due, each kind has a part of them.
const LINES: usize = 80;
/// Lines that every kind has at least.
const LINES_OF_KIND: usize = 5;

#[derive(Template)]
#[template(path = "today.html")]
struct Page {
    chrome: Chrome,
    /// For whom something was recorded just now, and where.
    recorded: Vec<Told>,
    /// Whether what was recorded can be taken back.
    may_amend: bool,
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
    paging: Paging,
    groups: Vec<Group>,
}

/// For whom something was recorded just now.
struct Told {
    /// Register number.
    number: String,
    /// Where it stands.
    path: String,
    position: Position,
    /// Whether the account may open the person's record, as who amends something there does.
    opens: bool,
    /// What is worth a look now that it is recorded.
    notices: Vec<Notice>,
}

/// What is due of one kind.
struct Group {
    title: &'static str,
    /// How many there are, not all of which need stand on this page.
    all: usize,
    items: Vec<Item>,
    /// The query of the kind's own page and how many stand there alone, on the page of all kinds.
    rest: Option<(String, usize)>,
}

struct Item {
    /// Register number, or what else names the person.
    who: String,
    /// Where who or what it is about is shown.
    path: Option<String>,
    /// The other office of a referral.
    office: Option<String>,
    when: String,
    late: bool,
    owner: Option<String>,
    because: Vec<&'static str>,
    acts: DueActs,
}

#[derive(Clone, Deserialize, Serialize)]
pub(super) struct Asked {
    #[serde(default, skip_serializing)]
    recorded: Vec<u64>,
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
    if let Some(format) = export::format(&asked.format)? {
        let named = (ExportedList::WorkList, format, head);
        return export::hand_over(&site, &signed_in, named, table(&wanted)).await;
    }
    let board = referral_board(&site.open.open.facts, today, head).await;
    let board = board.map_err(|error| views_failure(&error))?;
    let closed = ClosedAccounts::read(&site.open.open, head).await?;
    let late = wanted.iter().filter(|item| is_late(item.state));
    shown(&Page {
        chrome: Chrome::of(t("今日の業務", "Today"), &signed_in, "/"),
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
        paging: asked.paging(wanted.len()),
        may_amend: signed_in.may(Action::Correct, Subject::Person).is_ok(),
        command: (site.new_id)().to_string(),
        account: signed_in.account.to_string(),
        then: if own.is_some() { TODAY_MINE } else { TODAY },
        export: Links::of(&signed_in, ExportedList::WorkList, &asked),
    })
}

/// Whom the events at these positions are about, as far as the account recorded them.
async fn recorded(
    site: &Site,
    signed_in: &SignedIn,
    positions: &[u64],
) -> Result<Vec<Told>, Refusal> {
    let mut told = Vec::new();
    let positions = positions.iter().take(RECORDED_MAX);
    for position in positions.copied().map(Position::new) {
        let Some((own, child)) = noticed::own(site, signed_in, position).await? else {
            continue;
        };
        if let Some(number) = number_of(site.open.open.store.as_ref(), child).await? {
            let envelope = site.envelope(&signed_in.account, signed_in.role);
            let ledger = &site.open.ledger;
            let opens = ledger.may_open(&own.stream, AccessPurpose::Event, &envelope);
            told.push(Told {
                number,
                opens: opens.await.is_ok(),
                path: format!("/children/{child}#e{position}"),
                position,
                notices: noticed::notices(site, (&own, child)).await,
            });
        }
    }
    Ok(told)
}

/// The list as it is taken along.
fn table(items: &[&WorkItem]) -> Table {
    let lang = current();
    let rows = items.iter().map(|item| {
        let because = item.because.iter();
        let because = because.map(|why| render::work_reason(*why, lang));
        let late = is_late(item.state).then(|| t("期限超過", "overdue").to_owned());
        vec![
            Cell::text(render::work_title(item.kind, lang)),
            Cell::known(item.number.clone().or_else(|| item.child.clone())),
            Cell::text(render::day(item.due_on, lang)),
            Cell::Number(item.days_left),
            Cell::text(late.unwrap_or_default()),
            Cell::known(item.owner.clone()),
            Cell::text(because.collect::<Vec<_>>().join(t("、", ", "))),
        ]
    });
    Table::new(
        t("今日の業務", "Today"),
        vec![
            t("種類", "Kind"),
            t("対象者番号", "Child's number"),
            t("期限", "Due"),
            t("残り日数", "Days left"),
            t("状態", "State"),
            t("担当", "In charge"),
            t("理由", "Why"),
        ],
        rows,
    )
}

/// What is due, and up to which position of the log.
async fn items(site: &Site, today: Day) -> Result<(Arc<Vec<WorkItem>>, Position), Refusal> {
    let facts = &site.open.open.facts;
    let head = site.open.open.catch_up(&Facts, &mut |_, _| {}).await?;
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
        Paging::of(self, self.page, (LINES, all))
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

/// What is due by kinds: of one that is asked for a page, of all of them a part where it is much.
fn groups(
    items: &[&WorkItem],
    signed_in: &SignedIn,
    (today, asked, board, closed): (Day, &Asked, &ReferralBoard, &ClosedAccounts),
) -> Vec<Group> {
    let may = |command: &str| may_give(signed_in, command);
    let kinds = WorkKind::ALL.iter().map(|kind| {
        let own = items.iter().copied().filter(|item| item.kind == *kind);
        (*kind, own.collect::<Vec<&WorkItem>>())
    });
    let kinds: Vec<_> = kinds.filter(|(_, own)| !own.is_empty()).collect();
    let share = LINES.checked_div(kinds.len()).unwrap_or_default();
    let group = |(kind, own): (WorkKind, Vec<&WorkItem>)| {
        let on_page = if !asked.kind.is_empty() {
            asked.paging(own.len()).shown
        } else if items.len() > LINES {
            0..share.max(LINES_OF_KIND).min(own.len())
        } else {
            0..own.len()
        };
        let left = own.len().saturating_sub(on_page.len());
        let shown = own.get(on_page).unwrap_or_default().iter();
        let shown = shown.map(|item| {
            let acts = acts(item, today, current(), may);
            shown_item(item, (board, closed), acts)
        });
        Group {
            title: render::work_title(kind, current()),
            all: own.len(),
            items: shown.collect(),
            rest: (left > 0 && asked.kind.is_empty()).then(|| {
                let query = asked.query(|asked| kind.code().clone_into(&mut asked.kind));
                (query, left)
            }),
        }
    };
    kinds.into_iter().map(group).collect()
}

fn shown_item(
    item: &WorkItem,
    (board, closed): (&ReferralBoard, &ClosedAccounts),
    acts: DueActs,
) -> Item {
    let because = item.because.iter();
    let who = item.number.as_ref().or(item.child.as_ref()).cloned();
    let child = item
        .child
        .as_ref()
        .map(|child| format!("/children/{child}"));
    // What is about no person stands where the committee sees how it was answered.
    let paper = paper_of(item.kind).filter(|_| who.is_none());
    Item {
        path: child.or_else(|| paper.map(|(path, _)| path.to_owned())),
        who: who.unwrap_or_else(|| paper.map_or("―", |(_, called)| called).to_owned()),
        office: board.find(&item.thing).map(office),
        when: render::work_when(item, current()),
        late: is_late(item.state),
        owner: item.owner.as_deref().map(|owner| named(owner, closed)),
        because: because
            .map(|why| render::work_reason(*why, current()))
            .collect(),
        acts,
    }
}

/// The page on which the committee sees what is due, and what it is called.
fn paper_of(kind: WorkKind) -> Option<(&'static str, &'static str)> {
    if kind == WorkKind::Recommendation {
        let called = t("提言への対応", "Recommendations");
        return Some(("/committee/recommendations", called));
    }
    let called = t("国・都への要望", "Requests to state and Tokyo");
    (kind == WorkKind::Request).then_some(("/committee/requests", called))
}

const fn is_late(state: WorkState) -> bool {
    match state {
        WorkState::Overdue | WorkState::LongOverdue => true,
        WorkState::NeedsRecheck | WorkState::Due => false,
    }
}
