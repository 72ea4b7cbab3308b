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

    /// Says how much of the work is done, in whatever it counts.
    pub(super) fn of(&self, done: u64, all: u64) {
        self.0.set_length(all);
        self.0.set_position(done);
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_shown(watched: bool, json: bool) -> bool {
        let world = World {
            watched,
            ..World::system()
        };
        let options = GlobalOptions {
            json,
            ..GlobalOptions::default()
        };
        let bar = Bar::new("見本", &options, &world);
        bar.at(Position::new(3), Position::new(10));
        // One that is hidden from the start has no name.
        bar.0.prefix() == "見本"
    }

    #[test]
    fn a_bar_is_drawn_where_somebody_watches_and_no_machine_reads() {
        assert!(is_shown(true, false));
        assert!(!is_shown(false, false));
        assert!(!is_shown(true, true));
        assert!(!is_shown(false, true));
    }
}
