//! What a program that goes on running holds in memory of what it read, besides the facts.

use std::time::Duration;

use super::changes::HeldChanges;
use super::imports::HeldImports;
use super::occurred::HeldLog;
use super::recent::RecentStreams;
use super::sampled::{HeldDrawings, HeldTree};
use super::settings::HeldSettings;
use super::streams::HeldStreams;

/// How often it is looked for what is held for too long.
const LOOKED_EVERY: Duration = Duration::from_mins(1);

/// What is held; each part reads of the log only what came since.
#[derive(Default)]
pub struct Held {
    pub(super) streams: HeldStreams,
    pub(super) imports: HeldImports,
    pub(super) log: HeldLog,
    pub(super) recent: RecentStreams,
    pub(super) tree: HeldTree,
    pub(super) drawn: HeldDrawings,
    pub(super) settings: HeldSettings,
    pub(super) changes: HeldChanges,
}

impl Held {
    /// Forgets, for ever, what nobody asks for any more; drop it to end.
    pub async fn forget(&self) {
        loop {
            tokio::time::sleep(LOOKED_EVERY).await;
            self.recent.forget();
        }
    }
}
