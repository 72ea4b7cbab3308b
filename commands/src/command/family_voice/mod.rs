//! Commands about the family's own voice (家族の声).

mod record_family_voice;

pub use record_family_voice::RecordFamilyVoice;
