//! Why a recorded event is corrected, annulled or moved.

use super::table::codes;

codes! {
    /// Why history needs a correcting event.
    CorrectionReason {
        Typo = "typo", "誤記";
        WrongDate = "wrong-date", "日付の誤り";
        WrongPerson = "wrong-person", "対象者の誤り";
        Omission = "omission", "記載漏れ";
        LaterInformation = "later-information", "後から判明";
        Duplicate = "duplicate", "二重登録";
        Other = "other", "その他";
    }
}
