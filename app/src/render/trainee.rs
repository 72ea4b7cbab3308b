//! Advisors in training in words: the list, and the card of one.

use ledger_core::code::SessionKind;
use ledger_projections::trainee::{
    CompetencyView, Goal, SessionsOfKind, TraineeCard, TraineeState,
};

use super::sheet::{Sheet, numbered};
use crate::lang::Lang;

const fn state(card: &TraineeCard, lang: Lang) -> &'static str {
    match card.state {
        TraineeState::InTraining => lang.pick("受講中", "in training"),
        TraineeState::Suspended => lang.pick("休止中", "suspended"),
        TraineeState::Left => lang.pick("途中終了", "left"),
        TraineeState::Completed => lang.pick("修了", "completed"),
    }
}

/// What an advisor is called where the name is sealed: the register number, else the id.
fn called(card: &TraineeCard) -> String {
    let number = card.number.clone();
    number.unwrap_or_else(|| card.trainee.to_string())
}

/// An advisor in a line.
#[must_use]
pub fn trainee_line(number: usize, card: &TraineeCard, lang: Lang) -> String {
    let sheet = Sheet::new(lang);
    let (called, state) = (called(card), state(card, lang));
    let begun = sheet.day(card.enrolled_on);
    let sessions = sessions(&card.sessions, lang);
    let competencies = match (competencies(card), lang) {
        ((_, 0), Lang::Ja) => "必要な技能の設定なし".to_owned(),
        ((reached, asked), Lang::Ja) => format!("習得 {reached}/{asked}項目"),
        ((_, 0), Lang::En) => "no competency asked for".to_owned(),
        ((reached, asked), Lang::En) => format!("competencies {reached}/{asked}"),
    };
    let since = lang.pick("受講開始", "since");
    format!("  {number:>3}  {called}  [{state}]  {since} {begun}  {sessions}  {competencies}")
}

/// Whether it is a session to learn something rather than the training's first or last day.
const fn is_lesson(one: &SessionsOfKind) -> bool {
    !matches!(one.kind, SessionKind::Start | SessionKind::Completion)
}

/// How many of the competencies that completion asks for are reached, and how many it asks for.
fn competencies(card: &TraineeCard) -> (usize, usize) {
    let asked = card.competencies.iter().filter_map(|one| one.reached);
    let asked: Vec<bool> = asked.collect();
    let reached = asked.iter().filter(|reached| **reached).count();
    (reached, asked.len())
}

fn sessions(sessions: &[SessionsOfKind], lang: Lang) -> String {
    let lessons = sessions.iter().filter(|one| is_lesson(one));
    let told = lessons.map(|one| match lang {
        Lang::Ja => format!("{}{}回", one.kind.ja(), one.count),
        Lang::En => format!("{} {}", one.kind.code(), one.count),
    });
    let told: Vec<String> = told.collect();
    told.join(lang.pick(" ", ", "))
}

/// The card of an advisor, with the number where that is known; `opened` says whether its texts are open.
#[must_use]
pub fn trainee(number: Option<usize>, card: &TraineeCard, opened: bool, lang: Lang) -> String {
    let mut sheet = Sheet::new(lang);
    let title = numbered(sheet.pick("相談員の育成", "Advisor in training"), number);
    let (called, state) = (called(card), state(card, lang));
    sheet.line(&format!("{title}  {called}  [{state}]"));
    sheet.maybe(2, ("氏名", "name"), card.name.as_deref());
    sheet.maybe(2, ("所属", "office"), card.office.as_deref());
    let begun = sheet.day(card.enrolled_on);
    sheet.field(2, ("受講開始", "enrolled"), &begun);
    if card.state != TraineeState::InTraining && card.state != TraineeState::Completed {
        let since = sheet.day(card.since);
        sheet.field(2, (state, state), &since);
        sheet.maybe(4, ("理由", "reason"), card.reason.as_deref());
    }
    for one in &card.goals {
        goal(&mut sheet, one);
    }
    sheet.say("  研修", "  sessions");
    for one in card.sessions.iter().filter(|one| is_lesson(one)) {
        of_kind(&mut sheet, *one);
    }
    for one in card.sessions.iter().filter(|one| !is_lesson(one)) {
        let on = sheet.day(one.last_on);
        sheet.field(2, (one.kind.ja(), one.kind.code()), &on);
    }
    sheet.say(
        "  習得項目（修了の要件に対して）",
        "  competencies against what completion asks for",
    );
    if card.competencies.is_empty() {
        sheet.say("    必要な技能の設定なし", "    no competency asked for");
    }
    for one in &card.competencies {
        competency(&mut sheet, one);
    }
    for one in &card.plans {
        let on = sheet.day(one.on);
        let plan = one.plan.map(|plan| format!("  {plan}"));
        let said = format!("{on}{}", plan.unwrap_or_default());
        sheet.field(
            2,
            ("指導のもとで作成したプラン", "plan drafted under guidance"),
            &said,
        );
    }
    completion(&mut sheet, card, opened);
    if !opened {
        sheet.sealed();
    }
    sheet.finish()
}

fn goal(sheet: &mut Sheet, goal: &Goal) {
    let due = sheet.day(goal.due_on);
    let late = if goal.overdue {
        sheet.pick("（期限超過）", " (overdue)")
    } else {
        ""
    };
    let due = match sheet.lang {
        Lang::Ja => format!("期限 {due}{late}"),
        Lang::En => format!("due {due}{late}"),
    };
    sheet.field(2, ("目標", "goal"), &due);
    sheet.maybe(4, ("内容", "text"), goal.goal.as_deref());
}

fn of_kind(sheet: &mut Sheet, one: SessionsOfKind) {
    let said = match (one.count, sheet.lang) {
        (0, Lang::Ja) => "未実施".to_owned(),
        (0, Lang::En) => "none yet".to_owned(),
        (count, Lang::Ja) => {
            let last = sheet.day(one.last_on);
            format!("{count}回  {}分  最終 {last}", one.minutes)
        },
        (count, Lang::En) => {
            let last = sheet.day(one.last_on);
            format!("{count}, {} minutes, last {last}", one.minutes)
        },
    };
    sheet.field(4, (one.kind.ja(), one.kind.code()), &said);
}

fn competency(sheet: &mut Sheet, one: &CompetencyView) {
    let level =
        |level: Option<u32>| level.map_or_else(|| "—".to_owned(), |level| level.to_string());
    let (first, last) = (level(one.first), level(one.last));
    let course = if first == last {
        last
    } else {
        format!("{first}→{last}")
    };
    let asked = match (one.required, one.reached, sheet.lang) {
        (Some(required), Some(true), Lang::Ja) => format!("到達（要件 {required}以上）"),
        (Some(required), _, Lang::Ja) => format!("未到達（要件 {required}以上）"),
        (None, _, Lang::Ja) => "要件なし".to_owned(),
        (Some(required), Some(true), Lang::En) => format!("reached ({required} asked)"),
        (Some(required), _, Lang::En) => format!("not reached ({required} asked)"),
        (None, _, Lang::En) => "not asked".to_owned(),
    };
    let on = one
        .assessed_on
        .map(|on| format!("  {}", sheet.day(Some(on))));
    let said = format!("{course}/4  {asked}{}", on.unwrap_or_default());
    sheet.field(4, (one.competency.ja(), one.competency.code()), &said);
    sheet.maybe(6, ("評価者", "assessor"), one.assessor.as_deref());
}

/// Completion with its ground; where it is still to come, what is missing.
fn completion(sheet: &mut Sheet, card: &TraineeCard, opened: bool) {
    let Some(done) = &card.completion else {
        let missing = card.missing();
        let missing: Vec<&str> = missing
            .map(|one| sheet.pick(one.competency.ja(), one.competency.code()))
            .collect();
        if !missing.is_empty() {
            let missing = missing.join(sheet.pick("、", ", "));
            sheet.field(2, ("修了までに必要", "missing for completion"), &missing);
        }
        return;
    };
    let on = sheet.day(done.on);
    let below = if done.below_required {
        sheet.pick(
            "（要件に満たない項目あり。理由を付して修了）",
            " (below what is asked, with a reason)",
        )
    } else {
        ""
    };
    sheet.field(2, ("修了", "completed"), &format!("{on}{below}"));
    let unsaid = opened.then(|| sheet.pick("記載なし", "none given"));
    let basis = done.basis.as_deref().or(unsaid).map(str::to_owned);
    sheet.maybe(4, ("根拠", "basis"), basis.as_deref());
}
