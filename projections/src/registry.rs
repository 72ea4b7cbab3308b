//! Every kept projection: the single list.

use crate::event_index::EventIndex;
use crate::facts::Facts;
use crate::projection::Projection;
use crate::register_rows::RegisterRows;

/// Every kept projection, in the order in which each batch is written.
pub const ALL: &[&dyn Projection] = &[&Facts, &RegisterRows, &EventIndex];

/// Finds a kept projection by its name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Projection> {
    ALL.iter()
        .copied()
        .find(|projection| projection.name() == name)
}
