//! Charts as pictures made on the server: pure functions from numbers to shapes in a box, each drawn by its
//! template. The numbers stand in a table beside every chart.

mod bullet;
mod columns;
mod flow;
mod scale;
mod stack;

pub(super) use bullet::{Bullet, Reading};
pub(super) use columns::{Columns, Height};
pub(super) use flow::{Flow, Stream};
pub(super) use scale::rounded_up;
pub(super) use stack::{Bar, Share, Stack};

/// What a chart is called, by which its picture is told from others on the page, and what it shows in a
/// sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its id, unlike that of every other chart of the page.
    pub(super) id: String,
    /// Its name.
    pub(super) title: String,
    /// What it shows.
    pub(super) description: String,
}
