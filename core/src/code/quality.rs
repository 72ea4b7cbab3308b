//! Data-quality flags: what is imperfect about a fact that was taken all the same.

use super::table::codes;

codes! {
    /// A data-quality flag in an event's metadata.
    Flag {
        NameDiffers = "NAME_DIFFERS", "氏名が台帳と異なる";
        AreaDiffers = "AREA_DIFFERS", "総合支所が台帳と異なる";
        VentilatorDiffers = "VENTILATOR_DIFFERS", "人工呼吸器の欄と医療的ケアの欄が異なる";
        BeforeRegistration = "BEFORE_REGISTRATION", "初回把握日より前の記録";
        GuardianOfAdult = "GUARDIAN_OF_ADULT", "成人の父母を連絡先として記録";
        MissingValue = "MISSING_VALUE", "空欄がある";
        MissingStep = "MISSING_STEP", "途中の記録がない";
        MissingReason = "MISSING_REASON", "理由の記載がない";
        RevisedBeforeAgreement = "REVISED_BEFORE_AGREEMENT", "合意前の版の見直し";
        SecondOpenPlan = "SECOND_OPEN_PLAN", "終了していないプランが他にある";
        AgreedAfterDischarge = "AGREED_AFTER_DISCHARGE", "退院後の合意";
        NotAgreed = "NOT_AGREED", "合意の記録がない";
        WithoutGuardian = "WITHOUT_GUARDIAN", "保護者の同席なし";
        CountDiffers = "COUNT_DIFFERS", "回数が記録の数と異なる";
        NotEnrolled = "NOT_ENROLLED", "受講開始の記録がない";
        EraMoved = "ERA_MOVED", "元号を読み替えた";
        NextDueLate = "NEXT_DUE_LATE", "次回予定が1年より先";
        ExtraVisit = "EXTRA_VISIT", "年度内の予定回数を超える訪問";
        BelowRequired = "BELOW_REQUIRED", "習得項目が基準に達しない修了";
    }
}
