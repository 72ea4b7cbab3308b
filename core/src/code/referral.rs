//! How urgent a referral is, and how it ended.

use super::table::codes;

codes! {
    /// How urgent a referral is (緊急度).
    Urgency {
        Normal = "normal", "通常";
        Urgent = "urgent", "至急";
    }

    /// How the receiving section completed a referral (結果).
    Outcome {
        Served = "served", "支援につながった";
        Partly = "partly", "一部対応";
        NotNeeded = "not-needed", "対応不要となった";
        NotPossible = "not-possible", "対応できなかった";
    }
}
