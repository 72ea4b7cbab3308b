//! What is due by kinds, each in a table of its own, and the same as a list that is taken along.

use ledger_core::time::Day;
use ledger_projections::referral_board::{ReferralBoard, ReferralLine};
use ledger_projections::work_list::{WorkItem, WorkKind, WorkState};

use super::{Asked, LINES};
use crate::pages::act::may_give;
use crate::pages::door::SignedIn;
use crate::pages::due_acts::{DueActs, acts};
use crate::pages::export::{Cell, Table};
use crate::pages::in_charge::named;
use crate::pages::language::{current, t};
use crate::pages::referrals::office;
use crate::reading::ClosedAccounts;
use crate::render;

/// Lines that every kind has at least.
const LINES_OF_KIND: usize = 5;

/// What is due of one kind.
pub(super) struct Group {
    pub(super) title: &'static str,
    /// How many there are, not all of which need stand on this page.
    pub(super) all: usize,
    pub(super) items: Vec<Item>,
    /// The query of the kind's own page and how many stand there alone, on the page of all kinds.
    pub(super) rest: Option<(String, usize)>,
}

pub(super) struct Item {
    /// Register number, or what else names the person.
    pub(super) who: String,
    /// Where who or what it is about is shown.
    pub(super) path: Option<String>,
    /// The other office of a referral.
    pub(super) office: Option<String>,
    pub(super) when: String,
    pub(super) late: bool,
    pub(super) owner: Option<String>,
    pub(super) because: Vec<&'static str>,
    pub(super) acts: DueActs,
}

/// What is due by kinds: of one that is asked for a page, of all of them a part where it is much.
pub(super) fn groups(
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
        office: board.find(&item.thing).map(called),
        when: render::work_when(item, current()),
        late: is_late(item.state),
        owner: item.owner.as_deref().map(|owner| named(owner, closed)),
        because: because
            .map(|why| render::work_reason(*why, current()))
            .collect(),
        acts,
    }
}

/// The other office of a referral, and that it is urgent.
fn called(line: &ReferralLine) -> String {
    let office = office(line);
    if line.is_urgent {
        format!("{}{office}", t("【至急】", "[urgent] "))
    } else {
        office
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

pub(super) const fn is_late(state: WorkState) -> bool {
    match state {
        WorkState::Overdue | WorkState::LongOverdue => true,
        WorkState::NeedsRecheck | WorkState::Due => false,
    }
}

/// The list as it is taken along.
pub(super) fn table(items: &[&WorkItem], board: &ReferralBoard) -> Table {
    let lang = current();
    let rows = items.iter().map(|item| {
        let because = item.because.iter();
        let because = because.map(|why| render::work_reason(*why, lang));
        let late = is_late(item.state).then(|| t("期限超過", "overdue").to_owned());
        let referral = board.find(&item.thing);
        let urgent = referral.filter(|line| line.is_urgent);
        let asked = item.reminder.as_ref();
        vec![
            Cell::text(render::work_title(item.kind, lang)),
            Cell::known(item.number.clone().or_else(|| item.child.clone())),
            Cell::text(render::day(item.due_on, lang)),
            Cell::Number(item.days_left),
            Cell::text(late.unwrap_or_default()),
            Cell::known(item.owner.clone()),
            Cell::text(because.collect::<Vec<_>>().join(t("、", ", "))),
            Cell::known(referral.map(office)),
            Cell::text(urgent.map_or("", |_| t("至急", "urgent"))),
            Cell::known(asked.map(|reminder| render::reminded(reminder, lang))),
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
            t("連携先", "Other office"),
            t("至急", "Urgent"),
            t("照会", "Asked for"),
        ],
        rows,
    )
}
