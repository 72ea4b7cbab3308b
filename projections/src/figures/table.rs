//! Every figure: its key in exports, its counting rule in words, and its function.

use super::{day, year};
use crate::indicators::{Indicator, Reading};

macro_rules! figures {
    ($(#[$doc:meta])* $TABLE:ident: $($key:literal $unit:literal, $rule:literal, $function:path,
        $ja:literal, $en:literal;)+) => {
        $(#[$doc])*
        pub const $TABLE: &[Indicator] = &[$(Indicator {
            id: $key,
            ja: $ja,
            en: $en,
            definition_ja: $ja,
            definition_en: $en,
            denominator_ja: "",
            denominator_en: "",
            unit_ja: $unit,
            rule: $rule,
            reading: Reading::First,
            service: None,
            measure: $function,
        },)+];
    };
}

figures! {
    /// The figures of a fiscal year, in the committee's order.
    OF_YEAR:
    "consultations" "件", "CR-延べ-1", year::consultations,
        "年度内に発生した相談の延べ件数（訂正後、取消しを除く）",
        "Consultations that occurred in the year, corrected, without annulled ones";
    "consultation_persons" "人", "CR-実-1", year::persons,
        "年度内に相談のあった対象者の実人数（匿名を除く）",
        "Distinct persons among them, without anonymous ones";
    "consultations_anonymous" "件", "CR-延べ-1", year::anonymous,
        "うち対象者の特定されない相談",
        "Those without a known person";
    "consultations_outside_hours" "件", "CR-時間外-1", year::outside_hours,
        "うち開所時間外（平日8:30〜17:00以外、祝日、12/29〜1/3。時刻のないものは日付で判定）",
        "Those outside opening hours, holidays and 29 December to 3 January counted as closed; without a time by the date alone";
    "consultations_per_month" "件", "CR-延べ-1", year::per_month,
        "月別の延べ件数",
        "Consultations by month";
    "referrals_made" "件", "CR-連携-1", year::referrals,
        "年度内に行った連携の件数",
        "Referrals made in the year";
    "referrals_declined" "件", "CR-連携-1", year::declined,
        "うち受入不可となったもの（時期を問わない）",
        "Of those, declined, whenever";
    "referrals_completed" "件", "CR-連携-1", year::completed,
        "うち完了したもの（時期を問わない）",
        "Of those, completed, whenever";
    "referrals_closed_with_feedback" "件", "CR-連携-1", year::fed_back,
        "うち完了し報告を受けたもの（時期を問わない）",
        "Of those, completed and fed back, whenever";
    "support_plan_persons_first_agreed" "人", "CR-実プラン", year::first_agreed,
        "年度内に第1版に合意した対象者の実人数",
        "Distinct persons whose version 1 was agreed in the year";
    "support_plan_revisions" "件", "CR-実プラン", year::revisions,
        "年度内に作成した第2版以降の件数",
        "Versions 2 and later by the day they were written";
    "disaster_plans_new_persons" "人", "CR-計画", year::new_disaster_plans,
        "年度内に初めて計画を作成した対象者の実人数",
        "Distinct persons whose first plan was made in the year";
    "disaster_plans_verified_with_guardian_persons" "人", "CR-計画", year::verified,
        "年度内に保護者又は本人と検証した対象者の実人数（結果を問わない）",
        "Distinct persons with a verification together with the guardian or the person";
    "facility_visits" "回", "CR-回", year::visits,
        "年度内の訪問回数",
        "Visits in the year";
    "facility_visits_capped_at_4" "回", "CR-回", year::visits_capped,
        "施設ごとに4回までを数えた訪問回数",
        "Visits, at most four a facility";
    "facilities_visited" "か所", "CR-回", year::facilities,
        "訪問した施設の数",
        "Facilities with a visit";
    "facilities_with_4_or_more" "か所", "CR-回", year::facilities_with_4,
        "4回以上訪問した施設の数",
        "Facilities with four visits or more";
    "advisors_active" "名", "CR-名", year::advisors_active,
        "年度内に指導・育成を受けた相談員の数",
        "Advisors with a session in the year";
    "advisors_completed" "名", "CR-名", year::advisors_completed,
        "年度内に修了した相談員の数",
        "Advisors who finished in the year";
}

figures! {
    /// The figures of a day, in the committee's order.
    OF_DAY:
    "disaster_plans_current" "人", "CR-計画-365", day::current,
        "初回合意または直近の検証から365日以内の対象者",
        "Persons whose first agreement or last verification with a guardian is at most 365 days old";
    "disaster_plans_overdue" "人", "CR-計画-365", day::overdue,
        "同じく365日を超えた対象者",
        "Persons for whom it is older";
    "persons" "人", "CR-実-1", day::persons,
        "その日までに把握した対象者",
        "Persons known on or before that day";
    "ventilator_users" "人", "ventilator-disaster-plan@1", day::ventilator_users,
        "うち人工呼吸器を使用する対象者",
        "Of those, on a ventilator on that day";
    "movable_persons" "人", "CR-動ける-1", day::movable,
        "うち動ける医療的ケア児・者（運動機能障害なし・軽度かつ重症心身障害の認定なし）",
        "Of those, motor impairment none or mild and no severe-disability certificate";
}

/// The figure with a key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Indicator> {
    let mut all = OF_YEAR.iter().chain(OF_DAY);
    all.find(|figure| figure.id == key)
}
