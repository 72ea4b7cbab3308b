//! Tests of the indicators over hand-made and random facts.

mod book;
mod care;
mod changes;
mod committee;
mod disaster;
mod frozen;
mod reach;
mod recount;
mod referrals;
mod volume;
