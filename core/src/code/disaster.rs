//! Individual disaster plans: whose support, how verified, how ended.

use super::table::codes;

codes! {
    /// The office that supports the making of a plan; the plan itself is the family's own.
    Office {
        Centre = "centre", "医療的ケア相談支援センター";
        DistrictCentre = "district-centre", "総合支所保健福祉センター";
    }

    /// What a row of the disaster plans' register records (区分).
    DisasterPlanStep {
        New = "new", "新規";
        Verification = "verification", "検証";
        Review = "review", "見直し";
    }

    /// How a plan was made, checked or practised (方法).
    VerificationMethod {
        Visit = "visit", "訪問";
        Online = "online", "オンライン";
        Drill = "drill", "訓練";
        Tabletop = "tabletop", "机上訓練";
    }

    /// What came of it (結果).
    DisasterPlanResult {
        Valid = "valid", "有効";
        NeedsRevision = "needs-revision", "要見直し";
        MadeAndConfirmedByFamily = "made-and-confirmed-by-family", "作成（家族確認済）";
    }

    /// Why the support of a plan moves between offices.
    TransferReason {
        VentilatorStarted = "ventilator-started", "人工呼吸器の使用開始";
        VentilatorEnded = "ventilator-ended", "人工呼吸器の使用終了";
        Moved = "moved", "転居";
        Other = "other", "その他";
    }

    /// Why a plan ended.
    DisasterPlanEnd {
        Moved = "moved", "転居";
        Died = "died", "死亡";
        NoLongerNeeded = "no-longer-needed", "対象外となった";
        Declined = "declined", "家族の希望";
        Other = "other", "その他";
    }
}
