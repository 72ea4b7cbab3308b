//! 運営委員会: how the trial goes, on one page and in detail; what meetings were shown, found and recommended.
//!
//! A value is shown as it stands. What divides it further is shown to the committee as one of its meetings was
//! shown it, and small cells to nobody (decision record 10).

mod areas;
mod budget;
mod cells;
mod changes;
mod course;
mod course_rates;
mod disaster;
mod facilities;
mod figure;
mod frame;
mod hand_overs;
mod issues;
mod journeys;
mod looked;
mod meeting;
mod meeting_records;
mod meetings;
mod paper;
mod picture;
mod quality;
mod recommendations;
mod referrals;
mod requests;
mod row;
mod scorecard;
mod since;

pub(super) use looked::Present;
pub(super) use meeting_records::page_of;
pub(super) use meetings::address;

use super::route::Route;

/// The committee's pages.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page("/committee", scorecard::page),
        Route::page("/committee/course", course::page),
        Route::page("/committee/areas", areas::page),
        Route::page("/committee/facilities", facilities::page),
        Route::page("/committee/disaster", disaster::page),
        Route::page("/committee/referrals", referrals::page),
        Route::page("/committee/picture", picture::page),
        Route::page("/committee/journeys", journeys::page),
        Route::page("/committee/issues", issues::page),
        Route::page("/committee/budget", budget::page),
        Route::page("/committee/quality", quality::page),
        Route::page("/committee/changes", changes::page),
        Route::page("/committee/meetings", meetings::page),
        Route::page("/committee/meetings/{meeting}", meeting::page),
        Route::both(
            "/committee/recommendations",
            recommendations::page,
            recommendations::open,
        ),
        Route::both("/committee/requests", requests::page, requests::open),
        Route::page("/committee/figures/{id}", figure::page),
    ]
}
