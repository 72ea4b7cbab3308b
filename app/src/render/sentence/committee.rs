//! Sentences about the steering committee, opinions and requests, and audits.

use ledger_core::code::TrialGround;
use ledger_core::event::{AuditEvent, CommitteeEvent, RequestEvent};
use ledger_core::time::{wareki, wareki_fiscal_year};

use super::words::{Words, terms};

pub(super) fn committee(event: &CommitteeEvent, to: &mut Words) {
    match event {
        CommitteeEvent::Convened(event) => {
            let nth = event.nth.map(|nth| format!("第{nth}回"));
            let on = wareki(event.planned_on);
            to.say(format!(
                "{}運営委員会を{on}に開くと通知",
                nth.unwrap_or_default()
            ));
            to.texts("議題", &event.agenda);
        },
        CommitteeEvent::MaterialsFrozen(event) => {
            let year = wareki_fiscal_year(event.fiscal_year);
            to.say(format!("{year}の資料を位置{}で確定", event.as_at));
        },
        CommitteeEvent::Held(event) => {
            to.say(format!(
                "運営委員会を開いた（出席{}人）",
                event.attendee_count
            ));
            to.texts("出席者", &event.attendees);
        },
        CommitteeEvent::FindingRecorded(event) => {
            to.say("委員会の確認事項").text("内容", &event.text);
            to.maybe(event.indicator.clone().map(|id| format!("指標 {id}")));
        },
        CommitteeEvent::RecommendationMade(event) => {
            to.say(format!("{}への提言", event.addressee.ja()))
                .text("内容", &event.text);
            to.day("回答期限", event.due_on);
        },
        CommitteeEvent::RecommendationAnswered(event) => {
            to.say("提言に回答した").text("回答", &event.text);
            to.say(evidence(event.evidence.len()));
        },
        CommitteeEvent::MinutesApproved(event) => {
            to.say(format!("議事録を承認（台帳の位置 {}）", event.position));
        },
        CommitteeEvent::TrialReviewed(event) => {
            to.say(format!("試行の検証：{}", event.conclusion.ja()));
            to.say(format!("観点：{}", terms(&event.grounds, TrialGround::ja)));
            to.text("内容", &event.text);
        },
    }
}

fn evidence(count: usize) -> String {
    if count == 0 {
        String::new()
    } else {
        format!("根拠の記録{count}件")
    }
}

pub(super) fn request(event: &RequestEvent, to: &mut Words) {
    match event {
        RequestEvent::OpinionReceived(event) => {
            to.say("連絡協議会から意見を受けた")
                .text("意見", &event.text);
        },
        RequestEvent::OpinionAnswered(event) => {
            to.say("連絡協議会の意見に回答した")
                .text("回答", &event.text);
            to.say(evidence(event.evidence.len()));
        },
        RequestEvent::Made(event) => {
            to.say(format!("{}へ要望した", event.addressee.ja()))
                .text("要望", &event.text);
            if !event.indicators.is_empty() {
                to.say(format!("関わる指標：{}", event.indicators.join("、")));
            }
            to.say(evidence(event.evidence.len()));
        },
        RequestEvent::Answered(event) => {
            to.say("要望への回答を受けた").text("回答", &event.text);
        },
        RequestEvent::Withdrawn(event) => {
            to.say("要望を取り下げた").text("理由", &event.reason);
        },
    }
}

pub(super) fn audit(event: &AuditEvent, to: &mut Words) {
    match event {
        AuditEvent::Opened(event) => {
            let (from, until) = (event.from_position, event.to_position);
            to.say(format!("監査を開始（位置{from}〜{until}）"))
                .text("範囲", &event.scope);
        },
        AuditEvent::SampleDrawn(event) => {
            let (seed, count) = (&event.seed, event.events.len());
            to.say(format!(
                "標本{count}件を抽出（{}、種 {seed}）",
                event.method.ja()
            ));
        },
        AuditEvent::QuestionAsked(event) => {
            to.say("記録について質問した").text("質問", &event.text);
        },
        AuditEvent::AnswerGiven(event) => {
            to.say("監査の質問に回答した").text("回答", &event.text);
        },
        AuditEvent::FindingIssued(event) => {
            to.say(format!("監査の指摘（{}）", event.severity.ja()))
                .text("内容", &event.text);
        },
        AuditEvent::FindingCleared(event) => {
            to.say("指摘が解消された").text("内容", &event.text);
            to.say(evidence(event.evidence.len()));
        },
        AuditEvent::ChainVerified(event) => {
            let result = if event.clean {
                "異状なし"
            } else {
                "異状あり"
            };
            to.say(format!(
                "位置{}まで改ざんの有無を確かめた：{result}",
                event.position
            ));
        },
        AuditEvent::Closed(event) => {
            to.say("監査を終えた").text("総括", &event.text);
        },
    }
}
