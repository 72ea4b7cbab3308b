//! The counting rule behind each figure, in words.

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Rule {
    /// The figure's key.
    pub key: &'static str,
    /// Id of the counting rule.
    pub rule: &'static str,
    /// What it counts, in Japanese.
    pub ja: &'static str,
    /// What it counts, in English.
    pub en: &'static str,
    /// Whether the ward's paper states the rule; else it is an assumption that the ward may change.
    pub stated: bool,
}

macro_rules! rules {
    ($($key:literal, $rule:literal, $stated:literal, $ja:literal, $en:literal;)+) => {
        /// The rule of every figure.
        pub const RULES: &[Rule] =
            &[$(Rule { key: $key, rule: $rule, ja: $ja, en: $en, stated: $stated },)+];
    };
}

rules! {
    "consultations", "CR-延べ-1", true, "年度内に発生した相談の延べ件数（訂正後、取消しを除く）", "consultations that occurred in the year, corrected, without annulled ones";
    "consultation_persons", "CR-実-1", true, "年度内に相談のあった対象者の実人数（匿名を除く）", "distinct persons among them, without anonymous ones";
    "consultations_anonymous", "CR-延べ-1", true, "うち対象者の特定されない相談", "those without a known person";
    "consultations_outside_hours", "CR-時間外-1", false, "うち開所時間外（平日8:30〜17:00以外、祝日、12/29〜1/3。時刻のないものは日付で判定）", "those outside opening hours, holidays and 29 December to 3 January counted as closed; without a time by the date alone";
    "consultations_per_month", "CR-延べ-1", true, "月別の延べ件数", "consultations by month";
    "referrals_made", "CR-連携-1", false, "年度内に行った連携の件数", "referrals made in the year";
    "referrals_declined", "CR-連携-1", false, "うち受入不可となったもの（時期を問わない）", "of those, declined, whenever";
    "referrals_completed", "CR-連携-1", false, "うち完了したもの（時期を問わない）", "of those, completed, whenever";
    "referrals_closed_with_feedback", "CR-連携-1", false, "うち完了し報告を受けたもの（時期を問わない）", "of those, completed and fed back, whenever";
    "support_plan_persons_first_agreed", "CR-実プラン", true, "年度内に第1版に合意した対象者の実人数", "distinct persons whose version 1 was agreed in the year";
    "support_plan_revisions", "CR-実プラン", false, "年度内に作成した第2版以降の件数", "versions 2 and later by the day they were written";
    "disaster_plans_new_persons", "CR-計画", true, "年度内に初めて計画を作成した対象者の実人数", "distinct persons whose first plan was made in the year";
    "disaster_plans_verified_with_guardian_persons", "CR-計画", true, "年度内に保護者と検証した対象者の実人数（結果を問わない）", "distinct persons with a verification at which a guardian was present";
    "facility_visits", "CR-回", true, "年度内の訪問回数", "visits in the year";
    "facility_visits_capped_at_4", "CR-回", true, "施設ごとに4回までを数えた訪問回数", "visits, at most four a facility";
    "facilities_visited", "CR-回", true, "訪問した施設の数", "facilities with a visit";
    "facilities_with_4_or_more", "CR-回", true, "4回以上訪問した施設の数", "facilities with four visits or more";
    "advisors_active", "CR-名", true, "年度内に指導・育成を受けた相談員の数", "advisors with a session in the year";
    "advisors_completed", "CR-名", true, "年度内に修了した相談員の数", "advisors who finished in the year";
    "disaster_plans_current", "CR-計画-365", false, "初回合意または直近の検証から365日以内の対象者", "persons whose first agreement or last verification with a guardian is at most 365 days old";
    "disaster_plans_overdue", "CR-計画-365", false, "同じく365日を超えた対象者", "persons for whom it is older";
    "persons", "CR-実-1", true, "その日までに把握した対象者", "persons known on or before that day";
    "ventilator_users", "ventilator-disaster-plan@1", false, "うち人工呼吸器を使用する対象者", "of those, on a ventilator on that day";
    "movable_persons", "CR-動ける-1", false, "うち動ける医療的ケア児・者（運動機能障害なし・軽度かつ重症心身障害の認定なし）", "of those, motor impairment none or mild and no severe-disability certificate";
}
