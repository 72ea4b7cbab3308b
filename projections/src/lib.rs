//! What people look at: projections of the log, one folder each.
//!
//! Kept ones fill tables as the log grows ([`catch_up`], [`runner`]); live ones fold one stream when asked
//! ([`timeline`], [`settings`], [`organisation`], [`committee`], [`audit`], [`request`], [`facility`],
//! [`trainee`], [`programme`], [`budget`]). None writes an
//! event, and none holds personal text in a table. A [`consumer`] does with events whatever its handler
//! does, shared out among processes.

pub mod access_review;
pub mod amendment;
pub mod audit;
pub mod budget;
pub mod card;
pub mod caseload;
pub mod catch_up;
pub mod committee;
pub mod compare;
pub mod consumer;
pub mod event_index;
pub mod facility;
pub mod facts;
pub mod figures;
mod gather;
pub mod generation;
pub mod indicators;
pub mod organisation;
pub mod profile_sheet;
pub mod programme;
pub mod projection;
pub mod rebuild;
pub mod referral_board;
mod referral_loop;
pub mod register_rows;
pub mod registry;
pub mod request;
pub mod runner;
pub mod settings;
pub mod small_cells;
#[cfg(test)]
mod story;
mod subsidy;
pub mod timeline;
pub mod trainee;
mod turns;
pub mod views;
pub mod work_list;
pub mod yearly_clock;
