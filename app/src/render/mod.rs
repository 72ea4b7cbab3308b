//! Words for people: events, fields and codes in the ward's Japanese, and in English.

mod account;
mod amendment;
mod amounts;
mod audit;
mod breakdown;
mod budget;
mod categories;
mod columns;
mod difference;
mod directory;
mod facility;
mod fields;
mod history;
mod indicator;
mod labels;
mod meeting;
mod programme;
mod request;
mod sentence;
mod sheet;
mod state;
mod terms;
mod timeline;
mod titles;
mod trainee;
mod words;
mod work;

pub use account::account;
pub use amendment::{act as amendment_act, amended, amended_json, amendment};
pub use amounts::yen;
pub use audit::{audit, audit_line, audit_state};
pub use breakdown::{age_band, breakdown, dimension, in_table_order, term_on};
pub use budget::{PaperRate, budget};
pub use categories::{CATEGORIES, category_title};
pub use difference::{Change, changed_words};
pub use directory::office;
pub use facility::{facility, facility_grid, other_facilities};
pub use fields::{FieldChange, changed};
pub use history::{history, history_json};
pub use indicator::{
    achievement, amount, band, cause, group, judged, number, pace, percent_reached, rate, reason,
    said_by, standing, target,
};
pub use labels::{field_label, is_plumbing};
pub use meeting::{meeting, meeting_line, meeting_name, meeting_state};
pub use programme::{programme, rule_name};
pub use request::{opinion, opinion_line, request, request_line};
pub use sentence::{access_purpose, sentence};
pub use state::{Looked, state_lines};
pub use terms::{term_name, term_names, term_words, terms};
pub use timeline::{
    Told, ToldLine, care_field, entry_kind, merged_numbers, occurred, person_lines, recorder,
    timeline, timeline_cards, told, undated,
};
pub use titles::{event_title, role as role_of_account};
pub use trainee::{trainee, trainee_line};
pub use words::{code_term, counted, day, fiscal_year, minute, short, term_within, value};
pub use work::{reminded, work_reason, work_title, work_when};
