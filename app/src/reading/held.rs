//! What a program that goes on running holds in memory of what it read, besides the facts.

use super::imports::HeldImports;
use super::streams::HeldStreams;

/// What is held; each part reads of the log only what came since.
#[derive(Default)]
pub struct Held {
    pub(super) streams: HeldStreams,
    pub(super) imports: HeldImports,
}
