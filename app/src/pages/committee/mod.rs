//! 運営委員会: how the trial goes, on one page and in detail; what meetings were shown, found and recommended.
//!
//! A value is shown as it stands. What divides it further is shown to the committee as one of its meetings was
//! shown it, and small cells to nobody (decision record 10).

mod areas;
mod budget;
mod cells;
mod changes;
mod course;
mod disaster;
mod facilities;
mod families;
mod figure;
mod frame;
mod hand_overs;
mod issues;
mod journeys;
mod looked;
mod meeting;
mod meetings;
mod opening;
mod picture;
mod quality;
mod recommendations;
mod referrals;
mod requests;
mod row;
mod scorecard;

pub(super) use looked::Present;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::site::Site;

/// The committee's pages.
pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/committee", get(scorecard::page))
        .route("/committee/course", get(course::page))
        .route("/committee/areas", get(areas::page))
        .route("/committee/facilities", get(facilities::page))
        .route("/committee/disaster", get(disaster::page))
        .route("/committee/referrals", get(referrals::page))
        .route("/committee/picture", get(picture::page))
        .route("/committee/journeys", get(journeys::page))
        .route("/committee/issues", get(issues::page))
        .route("/committee/budget", get(budget::page))
        .route("/committee/quality", get(quality::page))
        .route("/committee/changes", get(changes::page))
        .route("/committee/meetings", get(meetings::page))
        .route("/committee/meetings/{meeting}", get(meeting::page))
        .route(
            "/committee/recommendations",
            get(recommendations::page).post(recommendations::open),
        )
        .route(
            "/committee/requests",
            get(requests::page).post(requests::open),
        )
        .route("/committee/figures/{id}", get(figure::page))
}
