//! Meetings of the steering committee in words: the list, and the card of one.

use ledger_core::time::wareki_fiscal_year;
use ledger_projections::committee::{
    Materials, MeetingCard, MeetingState, RecommendationView, ReviewView,
};

use super::sheet::Sheet;
use super::words::day;
use crate::lang::Lang;

/// What a meeting is called: its number, or the day for which it was called where it has none.
#[must_use]
pub fn meeting_name(card: &MeetingCard, lang: Lang) -> String {
    match (card.nth, lang) {
        (Some(nth), Lang::Ja) => format!("第{nth}回"),
        (Some(nth), Lang::En) => format!("No. {nth}"),
        (None, Lang::Ja) => format!("{}開催の回", day(card.planned_on, lang)),
        (None, Lang::En) => format!("of {}", day(card.planned_on, lang)),
    }
}

/// How far a meeting has come, in a word.
#[must_use]
pub const fn meeting_state(state: MeetingState, lang: Lang) -> &'static str {
    match state {
        MeetingState::Convened => lang.pick("開催通知済", "convened"),
        MeetingState::Frozen => lang.pick("資料確定", "materials frozen"),
        MeetingState::Held => lang.pick("開催済", "held"),
        MeetingState::Approved => lang.pick("議事録承認済", "minutes approved"),
    }
}

/// A meeting in a line: number, day, state, where its figures are frozen, what waits for an answer.
#[must_use]
pub fn meeting_line(card: &MeetingCard, lang: Lang) -> String {
    let held = card.held.as_ref().and_then(|held| held.held_on);
    let on = day(held.unwrap_or(card.planned_on), lang);
    let frozen = card.materials.as_ref().map(|frozen| frozen.as_at);
    let frozen = match (frozen, lang) {
        (Some(at), Lang::Ja) => format!("位置{at}で確定"),
        (Some(at), Lang::En) => format!("frozen at position {at}"),
        (None, _) => lang.pick("資料未確定", "not frozen").to_owned(),
    };
    let open = card.open_recommendations().count();
    let late = card.open_recommendations();
    let late = late.filter(|made| made.wait.overdue).count();
    let open = match lang {
        Lang::Ja => format!("未回答の提言{open}件（うち期限超過{late}件）"),
        Lang::En => format!("{open} open recommendations, {late} overdue"),
    };
    // Commands name a meeting without a number by its id.
    let number = card.nth.map(|_| meeting_name(card, lang));
    let name = number.unwrap_or_else(|| card.meeting.to_string());
    format!(
        "  {name}  {on}  {}  {frozen}  {open}",
        meeting_state(card.state(), lang)
    )
}

/// The card of a meeting; `opened` says whether its texts are open.
#[must_use]
pub fn meeting(card: &MeetingCard, opened: bool, lang: Lang) -> String {
    let mut sheet = Sheet::new(lang);
    let name = meeting_name(card, lang);
    let state = meeting_state(card.state(), lang);
    let title = sheet.pick("運営委員会", "Steering committee");
    sheet.line(&format!("{title} {name}  [{state}]  {}", card.meeting));
    let convened = sheet.day(card.convened_on);
    sheet.field(2, ("開催通知", "convened"), &convened);
    let planned = day(card.planned_on, lang);
    sheet.field(2, ("開催予定日", "planned for"), &planned);
    for item in card.agenda.iter().flatten() {
        sheet.field(4, ("議題", "agenda"), item);
    }
    if let Some(frozen) = &card.materials {
        materials(&mut sheet, frozen);
    }
    if let Some(held) = &card.held {
        let count = held.attendee_count;
        let count = sheet
            .pick(&format!("出席{count}人"), &format!("attendance {count}"))
            .to_owned();
        let on = sheet.day(held.held_on);
        sheet.field(2, ("開催", "held"), &format!("{on}  {count}"));
        let names = held.attendees.as_ref().map(|names| names.join("、"));
        sheet.maybe(4, ("出席者", "attendees"), names.as_deref());
    }
    for finding in &card.findings {
        let about = finding.indicator.as_deref().unwrap_or("—");
        let about = format!("{about}  {}", finding.finding);
        sheet.field(2, ("確認事項（指標）", "finding (indicator)"), &about);
        sheet.maybe(4, ("内容", "text"), finding.text.as_deref());
    }
    for made in &card.recommendations {
        recommendation(&mut sheet, made);
    }
    for one in &card.reviews {
        review(&mut sheet, one);
    }
    if let Some(minutes) = &card.minutes {
        let on = sheet.day(minutes.approved_on);
        let head = format!("{on}  {}:{}", minutes.position, minutes.root);
        sheet.field(
            2,
            ("議事録の承認（台帳の位置:根）", "minutes approved (head)"),
            &head,
        );
    }
    if !opened {
        sheet.sealed();
    }
    sheet.finish()
}

fn materials(sheet: &mut Sheet, frozen: &Materials) {
    let on = sheet.day(frozen.frozen_on);
    let at = match sheet.lang {
        Lang::Ja => format!("{on}  位置{}", frozen.as_at),
        Lang::En => format!("{on}  position {}", frozen.as_at),
    };
    sheet.field(2, ("資料の確定", "materials frozen"), &at);
    let day = day(frozen.on_day, sheet.lang);
    let scope = match sheet.lang {
        Lang::Ja => format!("{}（基準日 {day}）", wareki_fiscal_year(frozen.fiscal_year)),
        Lang::En => format!("fiscal year {} (on {day})", frozen.fiscal_year.year()),
    };
    sheet.field(4, ("対象", "figures of"), &scope);
    sheet.field(4, ("要約値（SHA-256）", "digest (SHA-256)"), &frozen.digest);
}

fn recommendation(sheet: &mut Sheet, made: &RecommendationView) {
    let to = match sheet.lang {
        Lang::Ja => format!("{}へ", made.addressee.ja()),
        Lang::En => format!("to {}", made.addressee.code()),
    };
    let on = sheet.day(made.made_on);
    let wait = sheet.wait(&made.wait);
    let said = format!("{to}  {on}  {wait}  {}", made.recommendation);
    sheet.field(2, ("提言", "recommendation"), &said);
    let due = made.due_on.map(|due| day(due, sheet.lang));
    sheet.maybe(4, ("回答期限", "due"), due.as_deref());
    sheet.maybe(4, ("指標", "indicator"), made.indicator.as_deref());
    sheet.maybe(4, ("内容", "text"), made.text.as_deref());
    for answer in &made.answers {
        sheet.answer(4, ("回答", "answer"), answer);
    }
}

fn review(sheet: &mut Sheet, review: &ReviewView) {
    let on = sheet.day(review.reviewed_on);
    let (conclusion, grounds): (_, Vec<&str>) = match sheet.lang {
        Lang::Ja => (
            review.conclusion.ja(),
            review.grounds.iter().map(|ground| ground.ja()).collect(),
        ),
        Lang::En => (
            review.conclusion.code(),
            review.grounds.iter().map(|ground| ground.code()).collect(),
        ),
    };
    sheet.field(
        2,
        ("試行の検証", "review of the trial"),
        &format!("{on}  {conclusion}"),
    );
    let grounds = grounds.join(sheet.pick("、", ", "));
    sheet.field(4, ("観点", "grounds"), &grounds);
    sheet.maybe(4, ("内容", "text"), review.text.as_deref());
}
