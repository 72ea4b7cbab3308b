//! Opinions of the liaison council and requests of the ward in words: the list, and the card of one.

use ledger_projections::card::Wait;
use ledger_projections::request::{OpinionCard, RequestCard, RequestEnd};

use super::sheet::Sheet;
use super::words::day;
use crate::lang::Lang;

/// How a request stands, in a word.
const fn request_state(card: &RequestCard, lang: Lang) -> &'static str {
    match &card.end {
        Some(RequestEnd::Answered { .. }) => lang.pick("回答あり", "answered"),
        Some(RequestEnd::Withdrawn { .. }) => lang.pick("取下げ", "withdrawn"),
        None => waiting(card.wait, lang),
    }
}

/// How an opinion stands, in a word.
const fn opinion_state(card: &OpinionCard, lang: Lang) -> &'static str {
    if card.answers.is_empty() {
        waiting(card.wait, lang)
    } else {
        lang.pick("回答済", "answered")
    }
}

const fn waiting(wait: Wait, lang: Lang) -> &'static str {
    if wait.overdue {
        lang.pick("期限超過", "overdue")
    } else {
        lang.pick("未回答", "open")
    }
}

/// A request in a line.
#[must_use]
pub fn request_line(number: usize, card: &RequestCard, lang: Lang) -> String {
    let sheet = Sheet::new(lang);
    let on = sheet.day(card.made_on);
    let state = request_state(card, lang);
    let evidence = card.evidence.len();
    let due = card.due_on.map(|due| day(due, lang));
    let due = due.map(|due| match lang {
        Lang::Ja => format!("  期限 {due}"),
        Lang::En => format!("  due {due}"),
    });
    let due = due.unwrap_or_default();
    match lang {
        Lang::Ja => format!(
            "  {number:>3}  要望（{}へ）  {on}  {state}{due}  根拠{evidence}件",
            card.addressee.ja()
        ),
        Lang::En => format!(
            "  {number:>3}  request to {}  {on}  {state}{due}  evidence {evidence}",
            card.addressee.code()
        ),
    }
}

/// An opinion in a line.
#[must_use]
pub fn opinion_line(number: usize, card: &OpinionCard, lang: Lang) -> String {
    let sheet = Sheet::new(lang);
    let on = sheet.day(card.received_on);
    let state = opinion_state(card, lang);
    let kind = sheet.pick("連絡協議会の意見", "opinion of the liaison council");
    format!("  {number:>3}  {kind}  {on}  {state}")
}

/// A title behind its number in the list, where that is known.
fn behind(number: Option<usize>, title: &str) -> String {
    number.map_or_else(|| title.to_owned(), |number| format!("{number}  {title}"))
}

/// The card of a request, with its number where that is known; `opened` says whether its texts are open.
#[must_use]
pub fn request(number: Option<usize>, card: &RequestCard, opened: bool, lang: Lang) -> String {
    let mut sheet = Sheet::new(lang);
    let state = request_state(card, lang);
    let title = match lang {
        Lang::Ja => format!("要望（{}へ）", card.addressee.ja()),
        Lang::En => format!("request to {}", card.addressee.code()),
    };
    let title = behind(number, &title);
    sheet.line(&format!("{title}  [{state}]  {}", card.request));
    let on = sheet.day(card.made_on);
    sheet.field(2, ("要望日", "made"), &on);
    let due = card.due_on.map(|due| day(due, lang));
    sheet.maybe(2, ("回答期限", "due"), due.as_deref());
    let wait = sheet.wait(&card.wait);
    sheet.field(2, ("経過", "waiting"), &wait);
    sheet.maybe(2, ("内容", "text"), card.text.as_deref());
    let indicators = card.indicators.join(sheet.pick("、", ", "));
    let indicators = (!indicators.is_empty()).then_some(indicators);
    sheet.maybe(2, ("指標", "indicators"), indicators.as_deref());
    sheet.evidence(2, &card.evidence);
    match &card.end {
        None => {},
        Some(RequestEnd::Answered { on, text }) => {
            let on = sheet.day(*on);
            sheet.field(2, ("回答", "answered"), &on);
            sheet.maybe(4, ("内容", "text"), text.as_deref());
        },
        Some(RequestEnd::Withdrawn { on, reason }) => {
            let on = sheet.day(*on);
            sheet.field(2, ("取下げ", "withdrawn"), &on);
            sheet.maybe(4, ("理由", "reason"), reason.as_deref());
        },
    }
    if !opened {
        sheet.sealed();
    }
    sheet.finish()
}

/// The card of an opinion, with its number where that is known; `opened` says whether its texts are open.
#[must_use]
pub fn opinion(number: Option<usize>, card: &OpinionCard, opened: bool, lang: Lang) -> String {
    let mut sheet = Sheet::new(lang);
    let state = opinion_state(card, lang);
    let kind = sheet.pick("連絡協議会の意見", "opinion of the liaison council");
    let kind = behind(number, kind);
    sheet.line(&format!("{kind}  [{state}]  {}", card.opinion));
    let on = sheet.day(card.received_on);
    sheet.field(2, ("受領日", "received"), &on);
    let wait = sheet.wait(&card.wait);
    sheet.field(2, ("経過", "waiting"), &wait);
    sheet.maybe(2, ("内容", "text"), card.text.as_deref());
    for answer in &card.answers {
        sheet.answer(2, ("回答", "answer"), answer);
    }
    if !opened {
        sheet.sealed();
    }
    sheet.finish()
}
