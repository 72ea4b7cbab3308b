//! What fields are called, and which of them say nothing to a person.

mod further;

use self::further::FURTHER;
use crate::lang::Lang;

/// What a field is called.
#[must_use]
pub fn field_label(field: &str, lang: Lang) -> &str {
    let mut known = FIELDS.iter().chain(FURTHER);
    let found = known.find(|(name, _, _)| *name == field);
    found.map_or(field, |(_, ja, en)| lang.pick(ja, en))
}

/// Where a field stands among those of its event: the more telling one first.
#[must_use]
pub(super) fn place(field: &str) -> usize {
    let found = FIELDS.iter().position(|(name, _, _)| *name == field);
    found.unwrap_or(FIELDS.len())
}

/// Fields that name a thing for the program and say nothing to a person.
#[must_use]
pub fn is_plumbing(field: &str) -> bool {
    const PLUMBING: &[&str] = &[
        "child",
        "consultation",
        "referral",
        "plan",
        "guardian",
        "facility",
        "trainee",
        "visit",
        "session",
        "meeting",
        "finding",
        "recommendation",
        "opinion",
        "engagement",
        "question",
        "birth_month",
        "rule",
        "redirected_from",
        "to",
        "base_version",
        // As many as five hundred: the page of imports groups them.
        "rejected",
    ];
    PLUMBING.contains(&field)
}

/// Names of fields, in the order in which a reader wants to see them.
const FIELDS: &[(&str, &str, &str)] = &[
    ("number", "番号", "number"),
    ("name", "氏名・名称", "name"),
    ("kana", "フリガナ", "kana"),
    ("birth_date", "生年月日", "birth date"),
    ("field", "項目", "field"),
    ("old", "変更前", "before"),
    ("new", "変更後", "after"),
    ("weight_band", "出生体重区分", "birth weight band"),
    ("weight_grams", "出生体重（g）", "birth weight (g)"),
    ("gestation_weeks", "在胎週数", "weeks of pregnancy"),
    ("procedure", "医療的ケア", "care"),
    ("hours_per_day", "1日の時間", "hours a day"),
    ("device", "機器", "device"),
    ("motor_impairment", "運動機能障害", "motor impairment"),
    (
        "smid_certified",
        "重症心身障害認定",
        "severe-disability certificate",
    ),
    ("contact_only", "連絡先のみ", "contact only"),
    ("relation", "続柄", "relation"),
    ("contact", "連絡先", "contact"),
    ("topics", "主訴", "topics"),
    ("content", "内容", "content"),
    ("action", "対応", "action"),
    ("consulter", "相談者", "consulter"),
    ("channel", "方法", "channel"),
    ("duration_minutes", "所要分", "minutes"),
    ("name_given", "記載された氏名", "name as given"),
    ("office_given", "記載された所属", "office as given"),
    ("area", "総合支所", "area"),
    ("section", "連携先課", "section"),
    ("urgency", "緊急度", "urgency"),
    ("request", "依頼・要望", "request"),
    ("learnt_by", "確認方法", "learnt by"),
    ("receiver", "受理者", "receiver"),
    ("owner", "担当者", "owner"),
    ("reason", "理由", "reason"),
    ("alternative", "代替案", "alternative"),
    ("outcome", "結果", "outcome"),
    ("note", "備考", "note"),
    ("feedback", "報告", "feedback"),
    ("nth", "回", "nth"),
    ("version", "版", "version"),
    ("discharge_planned_on", "退院予定日", "planned discharge"),
    ("goals", "目標", "goals"),
    ("services", "サービス", "services"),
    ("agreed_by", "合意者", "agreed by"),
    ("recipients", "交付先", "recipients"),
    ("closing", "終了区分", "closing"),
    ("hospital", "病院", "hospital"),
    ("office", "担当機関・所属", "office"),
    ("from", "変更前・開始日", "from"),
    ("method", "方法", "method"),
    ("result", "結果", "result"),
    ("next_due", "次回予定日", "next due"),
    ("plan_text", "計画の内容", "plan text"),
    ("issues", "課題", "issues"),
    ("participants", "参加者", "participants"),
    ("kind", "種別", "kind"),
    ("staff_kind", "職種", "staff"),
    ("basis", "根拠", "basis"),
    ("agenda", "議題", "agenda"),
    ("planned_on", "予定日", "planned for"),
    ("attendees", "出席者", "attendees"),
    ("attendee_count", "出席者数", "attendance"),
    ("addressee", "宛先", "addressee"),
    ("due_on", "期限", "due on"),
    ("indicator", "指標", "indicator"),
    ("indicators", "指標", "indicators"),
    ("evidence", "根拠となる記録", "evidence"),
    ("conclusion", "検証の結果", "conclusion"),
    ("grounds", "検証の観点", "grounds"),
    ("fiscal_year", "年度", "fiscal year"),
    ("on_day", "基準日", "counted on"),
    ("as_at", "確定した位置", "as at position"),
    ("position", "位置", "position"),
    ("digest", "資料の要約値", "digest"),
    ("root", "根", "root"),
    ("scope", "監査の対象", "scope"),
    ("from_position", "範囲の始まり", "from position"),
    ("to_position", "範囲の終わり", "to position"),
    ("seed", "種（シード）", "seed"),
    ("severity", "重大さ", "severity"),
    ("clean", "異常なし", "clean"),
    ("role", "役割", "role"),
    ("person", "氏名", "person"),
    ("text", "内容", "text"),
    ("stream", "対象", "stream"),
    ("purpose", "目的", "purpose"),
    ("staff", "担当", "staff"),
];
