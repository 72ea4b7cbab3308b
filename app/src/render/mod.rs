//! Words for people: events, fields and codes in the ward's Japanese, and in English.

mod indicator;
mod labels;
mod sentence;
mod timeline;
mod titles;
mod words;

pub use indicator::{achievement, amount, cause, group, reason, standing, target};
pub use labels::field_label;
pub use sentence::sentence;
pub use timeline::timeline;
pub use titles::event_title;
pub use words::{day, value};
