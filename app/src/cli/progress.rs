//! A bar for long work over the log, where somebody watches.

use indicatif::{ProgressBar, ProgressStyle};
use ledger_core::id::Position;

use crate::config::GlobalOptions;
use crate::world::World;

/// A bar over positions; hidden where nobody watches.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar with a name.
    pub(super) fn new(name: &'static str, options: &GlobalOptions, world: &World) -> Self {
        if !world.watched || options.json {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{prefix} [{wide_bar}] {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_prefix(name);
        Self(bar)
    }

    /// Says how far the work is.
    pub(super) fn at(&self, at: Position, to: Position) {
        self.0.set_length(to.get());
        self.0.set_position(at.get());
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}
