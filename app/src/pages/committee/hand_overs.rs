//! Hand-overs as both pages show them that draw them: one table, so that what one withholds cannot be made
//! out of the other.

use ledger_core::code::{Area, PartyKind};
use ledger_projections::indicators::boards::{Places, hand_overs};
use ledger_projections::small_cells::SHOWN_MIN;

use super::super::language::{current, t, term};
use super::cells::Seen;
use super::looked::Looked;
use crate::lang::Lang;

/// How far a referral came, and whether somebody waits for an answer.
const STATES: [(&str, (&str, &str), bool); 7] = [
    ("closed", ("報告を受け完結", "Reported and closed"), false),
    (
        "awaiting-feedback",
        ("完了・報告待ち", "Completed, waits for feedback"),
        true,
    ),
    (
        "under-way",
        ("受入決定・対応中", "Accepted, under way"),
        true,
    ),
    (
        "awaiting-decision",
        ("受入の決定待ち", "Waits for a decision"),
        true,
    ),
    (
        "awaiting-receipt",
        ("受理の確認待ち", "Waits to be received"),
        true,
    ),
    ("declined", ("受入不可", "Declined"), false),
    ("ended", ("取下げ・回付", "Withdrawn or redirected"), false),
];

/// What the rows become that are too small to be shown alone.
const OTHERS: &str = "others";

/// The hand-overs of a year with one kind of office.
pub(super) struct HandOver {
    /// The office with its direction.
    code: String,
    pub(super) made: i64,
    /// How many of them have an open loop; none where that is withheld.
    pub(super) open: Option<i64>,
    pub(super) over: Option<i64>,
}

/// How many hand-overs came so far.
pub(super) struct State {
    pub(super) name: &'static str,
    pub(super) is_open: bool,
    pub(super) count: i64,
}

/// The hand-overs of a year.
pub(super) struct HandOvers {
    pub(super) offices: Vec<HandOver>,
    pub(super) states: Vec<State>,
    pub(super) total: i64,
}

impl HandOvers {
    /// The hand-overs of what is looked at.
    pub(super) fn of(looked: &Looked) -> Self {
        let table = looked.board("hand-overs", |given| hand_overs(given, Places::Areas));
        let totals = table.column_totals();
        let count = |code: &str| totals.get(code).copied().unwrap_or(0);
        let states = STATES.iter().map(|(code, (ja, en), is_open)| State {
            name: t(ja, en),
            is_open: *is_open,
            count: count(code),
        });
        let states = open_ones_as_one_where_few(states.collect());
        let rows = table.with_small_rows_as(OTHERS);
        let seen = Seen::of(&rows.with_columns_as(open_or_over));
        let offices = seen.rows().iter().map(|code| HandOver {
            code: code.clone(),
            made: seen.row_total(code).unwrap_or(0),
            open: seen.cell(code, "open"),
            over: seen.cell(code, "over"),
        });
        Self {
            offices: offices.filter(|one| one.made > 0).collect(),
            states,
            total: seen.total(),
        }
    }

    /// So few that nothing is shown but their number.
    pub(super) const fn are_few(&self) -> bool {
        self.total < SHOWN_MIN
    }
}

/// The states, those with an open loop made one where one of them is of few.
fn open_ones_as_one_where_few(states: Vec<State>) -> Vec<State> {
    let is_few = |one: &State| one.is_open && 0 < one.count && one.count < SHOWN_MIN;
    if !states.iter().any(is_few) {
        return states;
    }
    let (open, mut over): (Vec<State>, Vec<State>) =
        states.into_iter().partition(|one| one.is_open);
    over.push(State {
        name: t("結果の報告を受けていない", "Not reported on yet"),
        is_open: true,
        count: open
            .iter()
            .fold(0, |sum, one| sum.saturating_add(one.count)),
    });
    over
}

fn open_or_over(state: &str) -> &'static str {
    let found = STATES.iter().find(|(code, _, _)| *code == state);
    match found {
        Some((_, _, true)) => "open",
        Some((_, _, false)) | None => "over",
    }
}

impl HandOver {
    /// Whether it stands for several offices with few hand-overs each, in either direction.
    pub(super) fn is_others(&self) -> bool {
        self.code == OTHERS
    }

    /// Whether the centre is asked.
    pub(super) fn is_incoming(&self) -> bool {
        self.code.starts_with("incoming/")
    }

    /// Whether it goes to or comes from a district centre.
    pub(super) fn is_district(&self) -> bool {
        self.area().is_some()
    }

    /// One for tests.
    #[cfg(test)]
    pub(super) fn coded(code: &str, made: i64) -> Self {
        Self {
            code: code.to_owned(),
            made,
            open: Some(0),
            over: Some(made),
        }
    }

    fn area(&self) -> Option<&'static Area> {
        let (_, office) = self.code.split_once('/')?;
        Area::ALL.iter().find(|area| area.code() == office)
    }

    /// The other office in words.
    pub(super) fn office(&self) -> String {
        let Some((_, office)) = self.code.split_once('/') else {
            return t("その他（少数の合算）", "Others (few each)").to_owned();
        };
        let kind = PartyKind::ALL.iter().find(|kind| kind.code() == office);
        match (self.area(), kind) {
            (Some(area), _) => district(*area),
            (None, Some(kind)) => term(kind.code(), kind.ja()),
            (None, None) => t("不明", "unknown").to_owned(),
        }
    }
}

fn district(area: Area) -> String {
    match current() {
        Lang::Ja => format!("{}総合支所", area.ja()),
        Lang::En => format!("{} district office", term(area.code(), "")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(counts: [i64; 7]) -> Vec<(&'static str, i64)> {
        let states = STATES.iter().zip(counts);
        let states = states.map(|((_, (name, _), is_open), count)| State {
            name,
            is_open: *is_open,
            count,
        });
        let shown = open_ones_as_one_where_few(states.collect()).into_iter();
        shown.map(|one| (one.name, one.count)).collect()
    }

    #[test]
    fn open_loops_are_told_apart_only_where_none_of_them_is_of_few() {
        let many = told([9, 5, 0, 6, 7, 1, 0]);
        assert_eq!(many.len(), 7);
        let few = told([9, 5, 0, 6, 1, 1, 0]);
        assert_eq!(
            few,
            [
                ("報告を受け完結", 9),
                ("受入不可", 1),
                ("取下げ・回付", 0),
                ("結果の報告を受けていない", 12),
            ]
        );
    }
}
