//! Words for people: events, fields and codes in the ward's Japanese, and in English.

mod audit;
mod directory;
mod indicator;
mod labels;
mod meeting;
mod request;
mod sentence;
mod sheet;
mod terms;
mod timeline;
mod titles;
mod words;

pub use audit::{audit, audit_line};
pub use directory::office;
pub use indicator::{achievement, amount, cause, group, reason, standing, target};
pub use labels::field_label;
pub use meeting::{meeting, meeting_line, meeting_name};
pub use request::{opinion, opinion_line, request, request_line};
pub use sentence::sentence;
pub use terms::terms;
pub use timeline::timeline;
pub use titles::event_title;
pub use words::{day, short, value};
