//! Why a figure leaves an event out.

/// A reason with its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The code.
    pub code: &'static str,
    /// In Japanese.
    pub ja: &'static str,
    /// In English.
    pub en: &'static str,
}

macro_rules! reasons {
    ($($code:literal, $ja:literal, $en:literal;)+) => {
        /// Every reason for which a figure leaves an event out.
        pub const REASONS: &[Reason] =
            &[$(Reason { code: $code, ja: $ja, en: $en },)+];
    };
}

reasons! {
    "annulled", "取り消された", "annulled";
    "reassigned", "別の対象者へ付け替えられた", "moved to another person";
    "anonymous", "対象者が特定されない", "without a known person";
    "later-version", "第2版以降", "not the first version";
    "district-centre", "総合支所が支援した", "supported by a district centre";
    "no-plan", "プランが求められていない", "no plan was asked for";
    "still-open", "まだ続いている", "still open";
    "no-planned-day", "退院予定日がない", "no planned day";
    "cancelled", "中止された", "cancelled";
    "withdrawn", "取下げ", "withdrawn";
    "redirected", "回付された", "redirected";
    "younger-than-30-days", "30日経っていない", "less than 30 days old";
    "not-received", "まだ受理されていない", "not received yet";
    "not-decided", "受入の可否が決まっていない", "not decided yet";
    "not-open", "未完了でない", "not open";
    "other-office", "総合支所以外との連携", "not with a district centre";
    "case-closed", "終結した", "the case is closed";
    "not-wanted", "希望しない", "no plan is wanted";
    "no-electric-device", "電源を要する機器がない", "no electric device";
    "no-sections", "計画の内容が記載されていない", "the plan's sections were not written";
    "no-ventilator", "人工呼吸器を使用していない", "no ventilator";
    "no-infant", "乳児でない", "no infant";
    "not-under-1000-g", "1,000g未満出生でない", "not born under 1,000 g";
    "no-calendar", "開所時間が定められていない", "no opening hours are set";
    "not-paired", "比べる回答がない", "no answer to compare with";
    "not-supported-before", "訪問より前", "before the first visit";
    "no-due-day", "期限がない", "no day is set";
}
