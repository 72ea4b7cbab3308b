//! 監査: how the ledger is kept, for auditors and the manager, and the audits themselves, for who
//! answers as well. Nobody's text is opened but what an audit says.

mod access;
mod access_asked;
mod access_lines;
mod changes;
mod corrections;
mod days;
mod engagement;
mod engagements;
mod frame;
mod import_rejections;
mod imports;
mod index;
mod rules;
mod sample;
mod sample_kept;
mod uncounted;

use super::route::Route;

/// The pages.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page("/audit", index::page),
        Route::page(frame::ENGAGEMENTS, engagements::page),
        Route::both(
            "/audit/engagements/{audit}",
            engagement::page,
            engagement::open,
        ),
        Route::page("/audit/corrections", corrections::page),
        Route::page("/audit/imports", imports::page),
        Route::page("/audit/rules", rules::page),
        Route::page("/audit/access", access::page),
        Route::both("/audit/sample", sample::page, sample_kept::send),
    ]
}
