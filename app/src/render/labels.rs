//! What event types and fields are called.

use crate::lang::Lang;

/// What an event of this type is called in a timeline.
#[must_use]
pub fn event_title(event_type: &str, lang: Lang) -> &str {
    let found = TITLES.iter().find(|(name, _, _)| *name == event_type);
    found.map_or(event_type, |(_, ja, en)| lang.pick(ja, en))
}

/// What a field is called.
#[must_use]
pub fn field_label(field: &str, lang: Lang) -> &str {
    let found = FIELDS.iter().find(|(name, _, _)| *name == field);
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
pub(super) fn is_plumbing(field: &str) -> bool {
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
    ];
    PLUMBING.contains(&field)
}

const TITLES: &[(&str, &str, &str)] = &[
    ("child-registered", "対象者を台帳に登録", "Registered"),
    ("profile-changed", "登録内容の変更", "Profile changed"),
    ("birth-detail-recorded", "出生時の情報", "Birth detail"),
    (
        "care-procedure-started",
        "医療的ケアの開始",
        "Daily medical care began",
    ),
    (
        "care-procedure-ended",
        "医療的ケアの終了",
        "Daily medical care ended",
    ),
    (
        "mobility-assessed",
        "運動機能・重症心身障害認定の確認",
        "Mobility assessed",
    ),
    ("guardian-added", "保護者・連絡先の登録", "Guardian added"),
    (
        "guardian-changed",
        "保護者・連絡先の変更",
        "Guardian changed",
    ),
    (
        "guardian-removed",
        "保護者・連絡先の削除",
        "Guardian removed",
    ),
    ("consultation-recorded", "専門相談", "Consultation"),
    ("referral-made", "連携（つなぎ）", "Referral made"),
    ("referral-received", "連携の受理", "Referral received"),
    ("referral-accepted", "連携の受入決定", "Referral accepted"),
    ("referral-declined", "連携の受入不可", "Referral declined"),
    ("referral-completed", "連携の完了", "Referral completed"),
    (
        "referral-feedback-received",
        "連携の報告受領",
        "Referral fed back",
    ),
    ("referral-withdrawn", "連携の取下げ", "Referral withdrawn"),
    ("referral-redirected", "連携先の変更", "Referral redirected"),
    ("referral-reminded", "連携の照会", "Referral reminded"),
    (
        "support-plan-drafted",
        "在宅生活支援プランの作成",
        "Home-living support plan drafted",
    ),
    (
        "support-plan-agreed",
        "在宅生活支援プランの合意",
        "Home-living support plan agreed",
    ),
    (
        "support-plan-revised",
        "在宅生活支援プランの見直し",
        "Home-living support plan revised",
    ),
    (
        "support-plan-delivered",
        "在宅生活支援プランの交付",
        "Home-living support plan delivered",
    ),
    (
        "support-plan-closed",
        "在宅生活支援プランの終了",
        "Home-living support plan closed",
    ),
    ("discharged", "退院", "Discharged"),
    (
        "disaster-plan-drafted",
        "災害時個別支援計画の作成支援",
        "Disaster plan drafted",
    ),
    (
        "disaster-plan-agreed",
        "災害時個別支援計画の家族確認",
        "Disaster plan agreed",
    ),
    (
        "disaster-plan-verified",
        "災害時個別支援計画の検証（保護者同席）",
        "Disaster plan verified with a guardian",
    ),
    (
        "disaster-plan-reviewed-internally",
        "災害時個別支援計画の内部点検",
        "Disaster plan reviewed internally",
    ),
    (
        "disaster-plan-revised",
        "災害時個別支援計画の見直し",
        "Disaster plan revised",
    ),
    (
        "disaster-plan-transferred",
        "災害時個別支援計画の担当の移管",
        "Disaster plan transferred",
    ),
    (
        "disaster-plan-ended",
        "災害時個別支援計画の終了",
        "Disaster plan ended",
    ),
    ("event-corrected", "記録の訂正", "Event corrected"),
    (
        "identity-event-corrected",
        "登録内容の訂正",
        "Identity event corrected",
    ),
    ("event-annulled", "記録の取消し", "Event annulled"),
    ("annulment-reversed", "取消しの撤回", "Annulment reversed"),
    ("event-reassigned", "対象者の付替え", "Event reassigned"),
    ("facility-registered", "施設の登録", "Facility registered"),
    ("facility-changed", "施設情報の変更", "Facility changed"),
    (
        "facility-support-given",
        "施設への技術支援",
        "Facility support given",
    ),
    ("trainee-enrolled", "相談員の受講開始", "Advisor enrolled"),
    (
        "training-session-held",
        "指導・育成",
        "Training session held",
    ),
    ("trainee-completed", "修了", "Training completed"),
    ("programme-defined", "事業の定義", "Programme defined"),
    (
        "programme-period-set",
        "事業期間の設定",
        "Programme period set",
    ),
    ("opening-hours-set", "開所時間の設定", "Opening hours set"),
    (
        "holiday-calendar-set",
        "祝日表の設定",
        "Holiday calendar set",
    ),
    ("planned-number-set", "予定数の設定", "Planned number set"),
    (
        "counting-rule-adopted",
        "集計・判定規則の採用",
        "Counting rule adopted",
    ),
    (
        "meeting-convened",
        "運営委員会の開催通知",
        "Meeting convened",
    ),
    ("materials-frozen", "会議資料の確定", "Materials frozen"),
    ("meeting-held", "運営委員会の開催", "Meeting held"),
    (
        "finding-recorded",
        "運営委員会の確認事項",
        "Finding recorded",
    ),
    (
        "recommendation-made",
        "運営委員会の提言",
        "Recommendation made",
    ),
    (
        "recommendation-answered",
        "提言への対応",
        "Recommendation answered",
    ),
    ("minutes-approved", "議事録の承認", "Minutes approved"),
    ("trial-reviewed", "試行の検証", "Trial reviewed"),
    (
        "council-opinion-received",
        "連絡協議会の意見",
        "Council opinion received",
    ),
    (
        "council-opinion-answered",
        "連絡協議会の意見への対応",
        "Council opinion answered",
    ),
    ("request-made", "国・都などへの要望", "Request made"),
    ("request-answered", "要望への回答", "Request answered"),
    ("request-withdrawn", "要望の取下げ", "Request withdrawn"),
    ("audit-opened", "監査の開始", "Audit opened"),
    ("sample-drawn", "監査の標本の抽出", "Sample drawn"),
    ("audit-question-asked", "監査の質問", "Audit question asked"),
    (
        "audit-answer-given",
        "監査の質問への回答",
        "Audit answer given",
    ),
    ("audit-finding-issued", "監査の指摘", "Audit finding issued"),
    (
        "audit-finding-cleared",
        "監査の指摘の是正",
        "Audit finding cleared",
    ),
    ("chain-verified", "改ざんの有無の検算", "Log recomputed"),
    ("audit-closed", "監査の終了", "Audit closed"),
    ("account-opened", "アカウントの開設", "Account opened"),
    (
        "account-role-changed",
        "アカウントの役割の変更",
        "Account role changed",
    ),
    ("account-closed", "アカウントの終了", "Account closed"),
    (
        "personal-text-opened",
        "個人情報の閲覧",
        "Personal text opened",
    ),
];

/// Names of fields, in the order in which a reader wants to see them.
const FIELDS: &[(&str, &str, &str)] = &[
    ("number", "番号", "number"),
    ("name", "氏名", "name"),
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
    ("request", "依頼内容", "request"),
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
    ("from", "変更前の担当", "from"),
    ("method", "方法", "method"),
    ("result", "結果", "result"),
    ("next_due", "次回予定日", "next due"),
    ("plan_text", "計画の内容", "plan"),
    ("issues", "課題", "issues"),
    ("participants", "参加者", "participants"),
    ("kind", "種別", "kind"),
    ("staff_kind", "職種", "staff"),
    ("basis", "修了の根拠", "basis"),
    ("agenda", "議題", "agenda"),
    ("planned_on", "開催予定日", "planned for"),
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
    ("root", "ルート", "root"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_type_has_a_title() {
        for info in ledger_core::event::Event::types() {
            assert_ne!(event_title(info.name, Lang::Ja), info.name);
        }
    }
}
