//! What is due, in words.

use ledger_projections::referral_board::Reminder;
use ledger_projections::work_list::{Because, WorkItem, WorkKind, WorkState};

use super::words::{counted, day};
use crate::lang::Lang;

/// The title of a kind of work.
#[must_use]
pub const fn work_title(kind: WorkKind, lang: Lang) -> &'static str {
    let (ja, en) = match kind {
        WorkKind::ReferralReceipt => ("受理の確認がない連携", "Referrals without receipt"),
        WorkKind::ReferralDecision => ("受入決定のない連携", "Referrals without decision"),
        WorkKind::ReferralCompletion => ("回答期限のある連携", "Referrals to be completed"),
        WorkKind::IncomingDecision => (
            "受入れを決めるセンターへの連携",
            "Referrals to the centre to decide on",
        ),
        WorkKind::IncomingCompletion => (
            "対応の期限のあるセンターへの連携",
            "Referrals to the centre to be completed",
        ),
        WorkKind::IncomingFeedback => (
            "結果を報告するセンターへの連携",
            "Referrals to the centre to report on",
        ),
        WorkKind::DischargeNotice => (
            "プランを始める退院の連絡",
            "Discharge notices to begin a plan on",
        ),
        WorkKind::PlanAgreement => (
            "退院前の同意を得るプラン",
            "Plans to agree before discharge",
        ),
        WorkKind::PlanMonitoring => ("モニタリング", "Monitoring"),
        WorkKind::DisasterPlan => (
            "災害時個別支援計画の年1回の検証",
            "Yearly verification of disaster plans",
        ),
        WorkKind::DisasterRecheck => ("災害時個別支援計画の見直し", "Disaster plans to re-check"),
        WorkKind::FollowUp => ("次の対応", "Follow-ups"),
        WorkKind::Reconsent => ("18歳になる方の同意の取り直し", "Consent again at 18"),
        WorkKind::ConsentEnds => ("期限の切れる同意", "Consents that run out"),
        WorkKind::Recommendation => ("回答のない提言", "Recommendations without answer"),
        WorkKind::Request => ("回答のない要望", "Requests without answer"),
    };
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}

/// When something is due, and how far that is away.
#[must_use]
pub fn work_when(item: &WorkItem, lang: Lang) -> String {
    let (due, past) = (day(item.due_on, lang), item.days_left.unsigned_abs());
    let days = counted(past, "day", "days");
    match (item.state, lang) {
        (WorkState::NeedsRecheck, Lang::Ja) => format!("{due}から{past}日"),
        (WorkState::NeedsRecheck, Lang::En) => format!("since {due}, {days} ago"),
        (WorkState::LongOverdue, Lang::Ja) => format!("期限 {due}　{past}日超過（長期）"),
        (WorkState::LongOverdue, Lang::En) => format!("due {due}, {days} past (long)"),
        (WorkState::Overdue, Lang::Ja) => format!("期限 {due}　{past}日超過"),
        (WorkState::Overdue, Lang::En) => format!("due {due}, {days} past"),
        (WorkState::Due, Lang::Ja) => format!("期限 {due}　あと{past}日"),
        (WorkState::Due, Lang::En) => format!("due {due}, {days} left"),
    }
}

/// That the other office was asked how far it is, when and by whom.
#[must_use]
pub fn reminded(reminder: &Reminder, lang: Lang) -> String {
    let by = &reminder.by;
    let on = reminder.on.map(|on| day(on, lang));
    match (lang, on) {
        (Lang::Ja, Some(on)) => format!("{on}に照会（{by}）"),
        (Lang::Ja, None) => format!("照会済み（{by}、日付不明）"),
        (Lang::En, Some(on)) => format!("asked on {on}, by {by}"),
        (Lang::En, None) => format!("asked by {by}, day not known"),
    }
}

/// Why something is asked for.
#[must_use]
pub const fn work_reason(why: Because, lang: Lang) -> &'static str {
    match why {
        Because::CareStarted => lang.pick("医療的ケアの開始", "care began"),
        Because::CareEnded => lang.pick("医療的ケアの終了", "care ended"),
        Because::Guardian => lang.pick("保護者の変更", "another guardian"),
        Because::Home => lang.pick("転居", "moved"),
        Because::VentilatorNotCentre => lang.pick(
            "人工呼吸器の使用者です。作成支援を総合支所へ移してください",
            "on a ventilator: hand the plan over to the district centre",
        ),
        Because::RevisionAsked => lang.pick(
            "検証の結果が要見直し",
            "the verification asks for a revision",
        ),
    }
}
