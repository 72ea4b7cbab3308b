//! Sentences about the steering committee, opinions and requests, and audits.

use ledger_core::event::{AuditEvent, CommitteeEvent, MeetingConvened, RequestEvent};

use super::super::words::counted;
use super::words::{ANSWER, CONTENT, Label, REASON, Words};

pub(super) fn committee(event: &CommitteeEvent, to: &mut Words) {
    match event {
        CommitteeEvent::Convened(event) => convened(event, to),
        CommitteeEvent::MaterialsFrozen(event) => {
            let (year, at) = (to.year(event.fiscal_year), event.as_at);
            to.say(
                format!("{year}の資料を位置{at}で確定"),
                format!("Materials of {year} frozen at position {at}"),
            );
        },
        CommitteeEvent::Held(event) => {
            let count = event.attendee_count;
            to.say(
                format!("運営委員会を開いた（出席{count}人）"),
                format!("Steering committee held ({count} attended)"),
            );
            to.texts(("出席者", "Attendees"), &event.attendees);
        },
        CommitteeEvent::FindingRecorded(event) => {
            to.say("委員会の確認事項", "Finding of the committee")
                .text(CONTENT, &event.text);
            if let Some(id) = &event.indicator {
                to.say(format!("指標 {id}"), format!("Indicator {id}"));
            }
        },
        CommitteeEvent::RecommendationMade(event) => {
            let addressee = to.term(event.addressee);
            to.say(
                format!("{addressee}への提言"),
                format!("Recommendation (to: {addressee})"),
            )
            .text(CONTENT, &event.text)
            .day(("回答期限", "Answer due"), event.due_on);
        },
        CommitteeEvent::RecommendationAnswered(event) => {
            to.say("提言に回答した", "Recommendation answered")
                .text(ANSWER, &event.text);
            evidence(event.evidence.len(), to);
        },
        CommitteeEvent::MinutesApproved(event) => {
            let at = event.position;
            to.say(
                format!("議事録を承認（台帳の位置 {at}）"),
                format!("Minutes approved (position {at} of the ledger)"),
            );
        },
        CommitteeEvent::TrialReviewed(event) => {
            let conclusion = to.term(event.conclusion);
            to.say(
                format!("試行の検証：{conclusion}"),
                format!("Trial reviewed: {conclusion}"),
            );
            let grounds = to.terms(&event.grounds);
            to.labelled(("観点", "Grounds"), &grounds)
                .text(CONTENT, &event.text);
        },
    }
}

fn convened(event: &MeetingConvened, to: &mut Words) {
    let on = to.on(event.planned_on);
    match event.nth {
        Some(nth) => to.say(
            format!("第{nth}回運営委員会を{on}に開くと通知"),
            format!("Meeting {nth} of the steering committee called for {on}"),
        ),
        None => to.say(
            format!("運営委員会を{on}に開くと通知"),
            format!("Steering committee called for {on}"),
        ),
    };
    to.texts(("議題", "Agenda"), &event.agenda);
}

/// How many events show it, where there are any.
fn evidence(count: usize, to: &mut Words) {
    if count > 0 {
        to.say(
            format!("根拠の記録{count}件"),
            counted(count, "event shows it", "events show it"),
        );
    }
}

pub(super) fn request(event: &RequestEvent, to: &mut Words) {
    match event {
        RequestEvent::OpinionReceived(event) => {
            to.say(
                "連絡協議会から意見を受けた",
                "Opinion received from the liaison council",
            )
            .text(("意見", "Opinion"), &event.text);
        },
        RequestEvent::OpinionAnswered(event) => {
            to.say(
                "連絡協議会の意見に回答した",
                "Opinion of the liaison council answered",
            )
            .text(ANSWER, &event.text);
            evidence(event.evidence.len(), to);
        },
        RequestEvent::Made(event) => {
            let addressee = to.term(event.addressee);
            to.say(
                format!("{addressee}へ要望した"),
                format!("Request made (to: {addressee})"),
            )
            .text(("要望", "Request"), &event.text);
            if !event.indicators.is_empty() {
                let indicators = event.indicators.join(to.lang.pick("、", ", "));
                to.labelled(("関わる指標", "Indicators"), &indicators);
            }
            evidence(event.evidence.len(), to);
        },
        RequestEvent::Answered(event) => {
            to.say("要望への回答を受けた", "Answer to the request received")
                .text(ANSWER, &event.text);
        },
        RequestEvent::Withdrawn(event) => {
            to.say("要望を取り下げた", "Request withdrawn")
                .text(REASON, &event.reason);
        },
    }
}

pub(super) fn audit(event: &AuditEvent, to: &mut Words) {
    match event {
        AuditEvent::Opened(event) => {
            let (from, until) = (event.from_position, event.to_position);
            to.say(
                format!("監査を開始（位置{from}〜{until}）"),
                format!("Audit opened (positions {from} to {until})"),
            )
            .text(("範囲", "Scope"), &event.scope);
        },
        AuditEvent::SampleDrawn(event) => {
            let (seed, count) = (&event.seed, event.events.len());
            let (method, events) = (to.term(event.method), counted(count, "event", "events"));
            to.say(
                format!("標本{count}件を抽出（{method}、種 {seed}）"),
                format!("Sample of {events} drawn ({method}, seed {seed})"),
            );
        },
        AuditEvent::QuestionAsked(event) => {
            let said = ("記録について質問した", "Question asked about an event");
            to.say(said.0, said.1)
                .text(("質問", "Question"), &event.text);
        },
        AuditEvent::AnswerGiven(event) => {
            to.say("監査の質問に回答した", "Question of the audit answered")
                .text(ANSWER, &event.text);
        },
        AuditEvent::FindingIssued(event) => {
            let severity = to.term(event.severity);
            to.say(
                format!("監査の指摘（{severity}）"),
                format!("Finding of the audit ({severity})"),
            )
            .text(CONTENT, &event.text);
        },
        AuditEvent::FindingCleared(event) => {
            to.say("指摘が解消された", "Finding cleared")
                .text(CONTENT, &event.text);
            evidence(event.evidence.len(), to);
        },
        AuditEvent::ChainVerified(event) => verified(event.clean, &event.position, to),
        AuditEvent::Closed(event) => {
            to.say("監査を終えた", "Audit closed")
                .text(("総括", "Summary"), &event.text);
        },
    }
}

fn verified(clean: bool, position: &impl std::fmt::Display, to: &mut Words) {
    const CLEAN: Label = ("異状なし", "nothing is wrong");
    const BROKEN: Label = ("異状あり", "something is wrong");
    let (ja, en) = if clean { CLEAN } else { BROKEN };
    to.say(
        format!("位置{position}まで改ざんの有無を確かめた：{ja}"),
        format!("Log verified up to position {position}: {en}"),
    );
}
