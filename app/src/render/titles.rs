//! What event types and roles are called.

use ledger_core::actor::Role;

use crate::lang::Lang;

/// What an event of this type is called in a timeline.
#[must_use]
pub fn event_title(event_type: &str, lang: Lang) -> &str {
    let found = TITLES.iter().find(|(name, _, _)| *name == event_type);
    found.map_or(event_type, |(_, ja, en)| lang.pick(ja, en))
}

/// What a role is called.
#[must_use]
pub const fn role(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Staff => lang.pick("相談員・保健師", "staff"),
        Role::Manager => lang.pick("センター長", "manager"),
        Role::Auditor => lang.pick("監査人", "auditor"),
        Role::Committee => lang.pick("運営委員会", "committee"),
        Role::Admin => lang.pick("システム管理者", "administrator"),
        Role::System => lang.pick("システム", "system"),
        Role::Unauthenticated => lang.pick("未認証", "nobody known"),
    }
}

/// The role of a stored name.
pub(super) fn role_of(code: &str) -> Option<&'static str> {
    let known = serde_json::from_value::<Role>(code.into()).ok();
    known.map(|known| role(known, Lang::Ja))
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
        "災害時個別支援計画の検証",
        "Disaster plan verified",
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
        "personal-text-opened",
        "個人情報の閲覧",
        "Personal text opened",
    ),
    ("list-exported", "一覧の書き出し", "List exported"),
    ("session-begun", "サインイン", "Signed in"),
    (
        "sign-in-link-made",
        "パスワードを決めるリンクの発行",
        "Sign-in link made",
    ),
    (
        "import-rows-rejected",
        "取込みで却下した行",
        "Import rows rejected",
    ),
    ("backup-taken", "控えの取得", "Backup taken"),
    (
        "sign-in-changed",
        "サインインの方法の変更",
        "Means of sign-in changed",
    ),
    ("token-made", "トークンの発行", "Token made"),
    ("tokens-revoked", "トークンの取消し", "Tokens taken back"),
    (
        "welfare-services-recorded",
        "福祉サービス・手帳の確認",
        "Welfare services recorded",
    ),
    (
        "care-score-assessed",
        "医療的ケアスコアの判定",
        "Medical-care score assessed",
    ),
    (
        "inquiry-linked",
        "匿名相談の結び付け",
        "Anonymous inquiry linked",
    ),
    (
        "inquiry-unlinked",
        "匿名相談の結び付けの解除",
        "Anonymous inquiry unlinked",
    ),
    (
        "referral-information-requested",
        "連携先からの照会",
        "Receiver asked for more",
    ),
    (
        "referral-information-answered",
        "照会への回答",
        "Receiver's question answered",
    ),
    (
        "referral-progress-reported",
        "連携の経過報告",
        "Referral progress reported",
    ),
    ("referral-reopened", "連携の再開", "Referral reopened"),
    (
        "referral-escalated",
        "連携の上位への相談",
        "Referral escalated",
    ),
    (
        "support-plan-requested",
        "在宅生活支援プランの依頼",
        "Home-living support plan requested",
    ),
    (
        "support-plan-sections-written",
        "在宅生活支援プランの記入",
        "Home-living support plan sections written",
    ),
    (
        "support-plan-conference-held",
        "プランの会議",
        "Plan conference held",
    ),
    (
        "support-plan-explained",
        "在宅生活支援プランの説明",
        "Home-living support plan explained",
    ),
    (
        "support-plan-monitored",
        "在宅生活支援プランのモニタリング",
        "Home-living support plan monitored",
    ),
    (
        "support-plan-handed-over",
        "在宅生活支援プランの引継ぎ",
        "Home-living support plan handed over",
    ),
    (
        "disaster-plan-need-identified",
        "災害時個別支援計画の必要の確認",
        "Need of a disaster plan identified",
    ),
    (
        "disaster-plan-not-wanted",
        "災害時個別支援計画の希望なし",
        "Disaster plan not wanted",
    ),
    (
        "disaster-plan-sections-written",
        "災害時個別支援計画の記入",
        "Disaster plan sections written",
    ),
    (
        "disaster-plan-used",
        "災害時個別支援計画の使用",
        "Disaster plan used",
    ),
    ("case-closed", "支援の終結", "Case closed"),
    ("case-reopened", "支援の再開", "Case reopened"),
    ("duplicate-suspected", "重複の疑い", "Duplicate suspected"),
    (
        "duplicate-dismissed",
        "重複でないことの確認",
        "Duplicate dismissed",
    ),
    ("cases-merged", "登録の統合", "Cases merged"),
    ("merge-undone", "統合の取消し", "Merge undone"),
    ("hospital-stay-started", "入院", "Hospital stay began"),
    (
        "discharge-notice-received",
        "退院の連絡",
        "Discharge notice received",
    ),
    ("discharge-date-set", "退院予定日", "Discharge date set"),
    ("consent-given", "情報提供の同意", "Consent given"),
    ("consent-withdrawn", "同意の撤回", "Consent withdrawn"),
    ("consent-refused", "同意しない意思", "Consent refused"),
    ("information-shared", "情報提供", "Information shared"),
    (
        "care-team-member-joined",
        "支援チームへの参加",
        "Care team member joined",
    ),
    (
        "care-team-member-left",
        "支援チームからの離脱",
        "Care team member left",
    ),
    ("staff-assigned", "担当の決定", "Staff assigned"),
    ("staff-unassigned", "担当の解除", "Staff unassigned"),
    (
        "emergency-access-taken",
        "緊急閲覧",
        "Emergency access taken",
    ),
    (
        "follow-up-scheduled",
        "次の対応の予定",
        "Follow-up scheduled",
    ),
    ("follow-up-done", "次の対応の実施", "Follow-up done"),
    (
        "follow-up-cancelled",
        "次の対応の取りやめ",
        "Follow-up cancelled",
    ),
    ("family-voice-recorded", "家族の声", "Family voice recorded"),
    ("facility-enrolled", "対象施設の決定", "Facility enrolled"),
    ("facility-withdrawn", "対象施設の終了", "Facility withdrawn"),
    (
        "support-visit-scheduled",
        "訪問の予定",
        "Support visit scheduled",
    ),
    (
        "support-visit-cancelled",
        "訪問の取りやめ",
        "Support visit cancelled",
    ),
    (
        "facility-confidence-surveyed",
        "手技への自信の調査",
        "Confidence surveyed",
    ),
    (
        "facility-acceptance-recorded",
        "医療的ケア児の受入れ",
        "Acceptance recorded",
    ),
    (
        "facility-staffing-changed",
        "施設の看護師の状況",
        "Facility staffing changed",
    ),
    ("training-goal-set", "育成の目標", "Training goal set"),
    ("competency-assessed", "習得の評価", "Competency assessed"),
    (
        "supervised-plan-drafted",
        "指導下でのプラン作成",
        "Supervised plan drafted",
    ),
    ("training-suspended", "受講の休止", "Training suspended"),
    ("training-resumed", "受講の再開", "Training resumed"),
    ("training-left", "受講の中止", "Training left"),
    (
        "programme-start-moved",
        "事業開始日の変更",
        "Start of the programme moved",
    ),
    (
        "contractor-appointed",
        "運営事業者の決定",
        "Contractor appointed",
    ),
    ("area-table-set", "地域の表", "Area table set"),
    ("code-table-revised", "コード表の改訂", "Code table revised"),
    (
        "known-population-set",
        "対象者数の把握",
        "Known population set",
    ),
    ("staff-post-set", "職の設置", "Staff post set"),
    ("staff-post-ended", "職の終了", "Staff post ended"),
    (
        "concurrent-post-conflict-noted",
        "兼務の支障",
        "Concurrent post conflict noted",
    ),
    (
        "required-competency-set",
        "修了の要件",
        "Required competency set",
    ),
    ("review-term-set", "期限の設定", "Review term set"),
    (
        "second-factor-rule-set",
        "二つ目の確認を求める役割の設定",
        "Second factor rule set",
    ),
    (
        "organisation-registered",
        "関係機関の登録",
        "Office registered",
    ),
    ("organisation-changed", "関係機関の変更", "Office changed"),
    ("resource-confirmed", "受入状況の確認", "Resource confirmed"),
    ("organisation-closed", "関係機関の登録終了", "Office closed"),
    ("budget-line-set", "予算の設定", "Budget line set"),
    ("expenditure-recorded", "支出", "Expenditure recorded"),
    ("expenditure-reversed", "支出の戻入", "Expenditure reversed"),
    ("subsidy-menu-set", "補助メニューの設定", "Subsidy menu set"),
    ("subsidy-planned", "補助金の歳入見込", "Subsidy planned"),
    ("subsidy-applied", "補助金の交付申請", "Subsidy applied for"),
    ("subsidy-decided", "補助金の交付決定", "Subsidy decided"),
    ("subsidy-received", "補助金の受入れ", "Subsidy received"),
    ("subsidy-settled", "補助金の精算", "Subsidy settled"),
    ("fiscal-year-closed", "年度の締め", "Fiscal year closed"),
    (
        "late-entry-allowed",
        "締めた年度への記録の許可",
        "Late entry allowed",
    ),
    (
        "meeting-convened",
        "運営委員会の開催通知",
        "Meeting convened",
    ),
    ("materials-frozen", "資料の確定", "Materials frozen"),
    ("meeting-held", "運営委員会の開催", "Meeting held"),
    ("finding-recorded", "委員会の確認事項", "Finding recorded"),
    ("recommendation-made", "提言", "Recommendation made"),
    (
        "recommendation-answered",
        "提言への回答",
        "Recommendation answered",
    ),
    ("minutes-approved", "議事録の承認", "Minutes approved"),
    ("trial-reviewed", "試行の検証", "Trial reviewed"),
    (
        "council-opinion-received",
        "連絡協議会の意見",
        "Liaison council's opinion received",
    ),
    (
        "council-opinion-answered",
        "連絡協議会の意見への回答",
        "Liaison council's opinion answered",
    ),
    ("request-made", "国・都への要望", "Request made"),
    ("request-answered", "要望への回答", "Request answered"),
    ("request-withdrawn", "要望の取下げ", "Request withdrawn"),
    ("audit-opened", "監査の開始", "Audit opened"),
    ("sample-drawn", "標本の抽出", "Sample drawn"),
    ("audit-question-asked", "監査の質問", "Audit question asked"),
    (
        "audit-answer-given",
        "監査の質問への回答",
        "Audit question answered",
    ),
    ("audit-finding-issued", "監査の指摘", "Audit finding issued"),
    (
        "audit-finding-cleared",
        "監査の指摘の解消",
        "Audit finding cleared",
    ),
    ("chain-verified", "改ざんの有無の確認", "Log verified"),
    ("audit-closed", "監査の終了", "Audit closed"),
    ("account-opened", "利用者の登録", "Account opened"),
    (
        "account-role-changed",
        "利用者の役割の変更",
        "Account role changed",
    ),
    ("account-closed", "利用者の登録終了", "Account closed"),
    ("approval-requested", "承認の依頼", "Approval requested"),
    ("approval-granted", "承認", "Approval granted"),
    ("approval-refused", "不承認", "Approval refused"),
    ("approval-used", "承認に基づく実施", "Approval used"),
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
