//! Audits in words: the list, and the card of one.

use ledger_projections::audit::{AuditFindingView, EngagementCard, QuestionView, SampleView};

use super::programme::range;
use super::sheet::{Sheet, numbered};
use super::words::counted;
use crate::lang::Lang;

/// Whether an audit goes on.
#[must_use]
pub const fn audit_state(card: &EngagementCard, lang: Lang) -> &'static str {
    if card.closed.is_some() {
        lang.pick("終了", "closed")
    } else {
        lang.pick("実施中", "open")
    }
}

/// An audit in a line.
#[must_use]
pub fn audit_line(number: usize, card: &EngagementCard, lang: Lang) -> String {
    let on = Sheet::new(lang).day(card.opened_on);
    let state = audit_state(card, lang);
    let (from, to) = (card.from_position, card.to_position);
    let (questions, findings) = (card.open_questions, card.open_findings);
    match lang {
        Lang::Ja => format!(
            "  {number:>3}  {on}  {state}  位置{from}〜{to}  未回答の質問{questions}件  未解消の指摘{findings}件"
        ),
        Lang::En => format!(
            "  {number:>3}  {on}  {state}  positions {from} to {to}  {questions} open questions  {findings} open findings"
        ),
    }
}

/// The card of an audit, with its number where that is known; `opened` says whether its texts are open.
#[must_use]
pub fn audit(number: Option<usize>, card: &EngagementCard, opened: bool, lang: Lang) -> String {
    let mut sheet = Sheet::new(lang);
    let title = numbered(sheet.pick("監査", "Audit"), number);
    let state = audit_state(card, lang);
    sheet.line(&format!("{title}  [{state}]  {}", card.engagement));
    let on = sheet.day(card.opened_on);
    sheet.field(2, ("開始", "opened"), &on);
    let (from, to) = (card.from_position, card.to_position);
    let range = range(&from.to_string(), &to.to_string(), lang);
    sheet.field(2, ("対象の位置", "positions"), &range);
    sheet.maybe(2, ("監査の対象", "scope"), card.scope.as_deref());
    for one in &card.verifications {
        let result = if one.clean {
            sheet.pick("異状なし", "clean")
        } else {
            sheet.pick("異状あり", "not clean")
        };
        let on = sheet.day(one.verified_on);
        let said = format!("{on}  {result}  {}:{}", one.position, one.root);
        sheet.field(
            2,
            ("改ざんの有無の確認（位置:根）", "chain verified (head)"),
            &said,
        );
    }
    for one in &card.samples {
        sample(&mut sheet, one);
    }
    for one in &card.questions {
        question(&mut sheet, one);
    }
    for one in &card.findings {
        finding(&mut sheet, one);
    }
    if let Some(closed) = &card.closed {
        let on = sheet.day(closed.closed_on);
        sheet.field(2, ("終了", "closed"), &on);
        sheet.maybe(4, ("残した理由", "reason"), closed.reason.as_deref());
        sheet.maybe(4, ("総括", "summary"), closed.text.as_deref());
    }
    if !opened {
        sheet.sealed();
    }
    sheet.finish()
}

fn sample(sheet: &mut Sheet, sample: &SampleView) {
    let on = sheet.day(sample.drawn_on);
    let method = match sheet.lang {
        Lang::Ja => sample.method.ja(),
        Lang::En => sample.method.code(),
    };
    let count = sample.events.len();
    let said = match sheet.lang {
        Lang::Ja => format!("{on}  {method}  {count}件"),
        Lang::En => format!("{on}  {method}  {}", counted(count, "event", "events")),
    };
    sheet.field(2, ("標本", "sample"), &said);
    sheet.field(4, ("種（シード）", "seed"), &sample.seed);
    let (from, to) = (sample.from_position, sample.to_position);
    let range = range(&from.to_string(), &to.to_string(), sheet.lang);
    sheet.field(4, ("抽出した位置の範囲", "drawn from positions"), &range);
    for event in &sample.events {
        sheet.line(&format!("      {event}"));
    }
}

fn question(sheet: &mut Sheet, question: &QuestionView) {
    let on = sheet.day(question.asked_on);
    let wait = sheet.wait(&question.wait);
    let said = format!("{on}  {wait}  {}", question.question);
    sheet.field(2, ("質問", "question"), &said);
    let event = question.event.to_string();
    sheet.field(4, ("対象の記録", "about event"), &event);
    sheet.maybe(4, ("内容", "text"), question.text.as_deref());
    if let Some(answer) = &question.answer {
        sheet.answer(4, ("回答", "answer"), answer);
    }
}

fn finding(sheet: &mut Sheet, finding: &AuditFindingView) {
    let severity = match sheet.lang {
        Lang::Ja => finding.severity.ja(),
        Lang::En => finding.severity.code(),
    };
    let on = sheet.day(finding.issued_on);
    let state = if finding.clearance.is_some() {
        sheet.pick("解消", "cleared")
    } else {
        sheet.pick("未解消", "not cleared")
    };
    let said = format!("{severity}  {on}  {state}  {}", finding.finding);
    sheet.field(2, ("指摘", "finding"), &said);
    let question = finding.question.map(|question| question.to_string());
    sheet.maybe(4, ("もとの質問", "from question"), question.as_deref());
    sheet.maybe(4, ("内容", "text"), finding.text.as_deref());
    if let Some(cleared) = &finding.clearance {
        sheet.answer(4, ("解消", "cleared"), cleared);
    }
}
