//! Words for people: events, fields and codes in the ward's Japanese, and in English.

mod labels;
mod timeline;
mod words;

pub use labels::{event_title, field_label};
pub use timeline::timeline;
pub use words::{day, value};
