//! Who hands over to whom, and how far each hand-over came.

use ledger_core::code::Area;

use crate::indicators::c_referrals::made;
use crate::indicators::given::{Given, code};
use crate::referral_loop::Loop;
use crate::small_cells::Table;

/// How far a referral came; each stands under one of them.
pub const LOOP_STATES: [&str; 7] = [
    "closed",
    "awaiting-feedback",
    "under-way",
    "awaiting-decision",
    "awaiting-receipt",
    "declined",
    "ended",
];

/// How exactly the other office is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// By its kind.
    Kinds,
    /// By its kind, a district centre by its area.
    Areas,
}

/// The referrals of the period by the other office (`outgoing/district-centre`, `incoming/hospital`;
/// with areas `outgoing/kinuta`) and by how far they came by the scope's day.
#[must_use]
pub fn hand_overs(given: &Given<'_, '_>, places: Places) -> Table {
    let mut table = Table::default();
    for one in made(given) {
        let kind = code(one.made.other.as_deref());
        let office = match (places, kind) {
            (Places::Areas, "district-centre") => {
                one.made.area.map_or_else(|| code(None), Area::code)
            },
            (Places::Areas | Places::Kinds, kind) => kind,
        };
        let row = format!("{}/{office}", one.direction());
        table.add(&row, state(&one), 1);
    }
    table
}

/// How far a referral came: its loop is closed by completion and feedback alone.
fn state(one: &Loop<'_>) -> &'static str {
    let [
        closed,
        no_feedback,
        under_way,
        undecided,
        unreceived,
        declined,
        ended,
    ] = LOOP_STATES;
    if one.completed.is_some() {
        if one.fed_back.is_some() {
            closed
        } else {
            no_feedback
        }
    } else if one.declined.is_some() {
        declined
    } else if one.ended.is_some() {
        ended
    } else if one.accepted.is_some() {
        under_way
    } else if one.arrived().is_some() {
        undecided
    } else {
        unreceived
    }
}
