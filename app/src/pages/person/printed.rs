//! What stands below every page that is printed: when, by whom, and from which place of the log.

use ledger_projections::timeline::Timeline;

use crate::pages::door::SignedIn;
use crate::pages::language::current;
use crate::pages::site::Site;
use crate::render;

/// By whom, when and from what a page was printed.
pub(super) struct Printed {
    pub(super) on: String,
    pub(super) by: String,
    /// Position of the newest event of the person.
    pub(super) position: String,
}

impl Printed {
    pub(super) fn of(site: &Site, signed_in: &SignedIn, timeline: &Timeline) -> Self {
        Self {
            on: render::minute(site.now(), current()),
            by: signed_in.account.to_string(),
            position: timeline.position.to_string(),
        }
    }
}
