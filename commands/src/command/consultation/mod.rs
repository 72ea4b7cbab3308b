//! Commands about consultations.

mod detail;
mod record_consultation;
mod record_inquiry;

pub use record_consultation::RecordConsultation;
pub use record_inquiry::RecordInquiry;
