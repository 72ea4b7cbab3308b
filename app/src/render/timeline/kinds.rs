//! What the kinds of events of a timeline and their fields of care are called.

use ledger_projections::timeline::{CareField, EntryKind};

use crate::lang::Lang;

/// What a kind of event is called.
#[must_use]
pub const fn entry_kind(kind: EntryKind, lang: Lang) -> &'static str {
    match kind {
        EntryKind::Consultation => lang.pick("相談", "Consultations"),
        EntryKind::Visit => lang.pick("訪問", "Visits"),
        EntryKind::Referral => lang.pick("連携", "Referrals"),
        EntryKind::SupportPlan => lang.pick("在宅生活支援プラン", "Support plans"),
        EntryKind::Meeting => lang.pick("会議", "Meetings"),
        EntryKind::Hospital => lang.pick("入退院", "Hospital"),
        EntryKind::DisasterPlan => lang.pick("災害時個別支援計画", "Disaster plans"),
        EntryKind::Profile => lang.pick("基本情報・ケア", "Profile and care"),
        EntryKind::CareTeam => lang.pick("担当・支援者", "Care team"),
        EntryKind::Consent => lang.pick("同意・情報提供", "Consent and sharing"),
        EntryKind::FollowUp => lang.pick("次の対応", "Follow-ups"),
        EntryKind::FamilyVoice => lang.pick("家族の声", "Family's voice"),
        EntryKind::Case => lang.pick("終結・統合", "Case"),
        EntryKind::Amended => lang.pick("訂正・取消し", "Corrections"),
    }
}

/// What a field of care is called.
#[must_use]
pub const fn care_field(field: CareField, lang: Lang) -> &'static str {
    match field {
        CareField::Medical => lang.pick("医療", "Medical"),
        CareField::Health => lang.pick("保健", "Health"),
        CareField::Welfare => lang.pick("福祉", "Welfare"),
        CareField::Childcare => lang.pick("保育", "Childcare"),
        CareField::Education => lang.pick("教育", "Education"),
        CareField::Family => lang.pick("家族", "Family"),
    }
}
