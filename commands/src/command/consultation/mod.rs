//! Commands about consultations.

mod detail;
mod link_inquiry;
mod record_consultation;
mod record_inquiry;
mod unlink_inquiry;

pub use link_inquiry::LinkInquiry;
pub use record_consultation::RecordConsultation;
pub use record_inquiry::RecordInquiry;
pub use unlink_inquiry::UnlinkInquiry;
