//! The steering committee's review, requests to other levels of government, and audits.

use super::table::codes;

codes! {
    /// What the review of the trial says (試行の検証).
    TrialConclusion {
        Continue = "continue", "継続";
        Change = "change", "見直して継続";
        End = "end", "終了";
        Undecided = "undecided", "引き続き検討";
    }

    /// A ground of the review.
    TrialGround {
        KnowHow = "know-how", "区のノウハウの蓄積";
        DayFacilities = "day-facilities", "通所施設等との一体的な運営の見通し";
        FamilyOutcome = "family-outcome", "家族の安心確保と生活の質";
        Volume = "volume", "予定数に対する実績";
        Finance = "finance", "財政の見通し";
        Other = "other", "その他";
    }

    /// To whom a recommendation or a request goes.
    Addressee {
        Centre = "centre", "センター";
        Ward = "ward", "区";
        Tokyo = "tokyo", "東京都";
        State = "state", "国";
        Other = "other", "その他";
    }

    /// How grave an audit's finding is.
    Severity {
        Note = "note", "所見";
        Minor = "minor", "軽微";
        Major = "major", "重大";
    }

    /// How an audit draws its sample.
    SamplingMethod {
        Random = "random", "無作為抽出";
    }

    /// What two people must agree on (二人による承認).
    ApprovalAct {
        Merge = "merge", "名寄せ（重複の統合）";
        ClosedYear = "closed-year", "締めた年度の記録";
        PlanOverride = "plan-override", "担当の例外";
        FrozenFigure = "frozen-figure", "会議資料に載った数の訂正";
        CompletionOverride = "completion-override", "修了要件の例外";
    }
}
