//! 監査: how the ledger is kept, for auditors and the manager. Nobody's text is opened.

mod access;
mod access_asked;
mod access_lines;
mod corrections;
mod frame;
mod import_rejections;
mod imports;
mod index;
mod rules;
mod sample;

use super::route::Route;

/// The pages.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page("/audit", index::page),
        Route::page("/audit/corrections", corrections::page),
        Route::page("/audit/imports", imports::page),
        Route::page("/audit/rules", rules::page),
        Route::page("/audit/access", access::page),
        Route::page("/audit/sample", sample::page),
    ]
}
