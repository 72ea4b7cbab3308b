//! Tests of the indicators over hand-made and random facts.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "numbers of tests are small, and random books hold some kinds alone"
)]

mod boards;
mod book;
mod care;
mod changes;
mod committee;
mod disaster;
mod frozen;
mod openings;
mod reach;
mod recount;
mod referrals;
mod volume;
