//! What else the plan names: areas, operator, posts; and the terms by which things are due.

use ledger_commands::rule::term;
use ledger_core::code::{Area, ContractMethod, PostKind};
use ledger_core::event::{
    AreaName, AreaTableSet, ContractorAppointed, ProgrammeEvent, StaffPostSet,
};
use ledger_core::id::{LedgerId, PostId};
use ledger_core::text::normal;

use super::{Plan, not_right};
use crate::failure::Failure;

/// The numbers of the areas in municipal data.
const AREAS: [(Area, &str); 6] = [
    (Area::Setagaya, "01"),
    (Area::Kitazawa, "02"),
    (Area::Tamagawa, "03"),
    (Area::Kinuta, "04"),
    (Area::Karasuyama, "05"),
    (Area::OutsideWard, "99"),
];

/// What the lines of the budget for staff begin with, and which post they pay.
const POSTS: [(&str, PostKind); 4] = [
    ("相談員", PostKind::Advisor),
    ("保健師", PostKind::PublicHealthNurse),
    ("顧問", PostKind::Adviser),
    ("医療アドバイザー", PostKind::MedicalAdviser),
];

/// The settings, in the order in which they are recorded.
pub(super) fn settings(plan: &Plan, ledger: LedgerId) -> Result<Vec<ProgrammeEvent>, Failure> {
    let areas = AREAS.iter().map(|(area, number)| AreaName {
        area: *area,
        name_ja: area.ja().to_owned(),
        number: (*number).to_owned(),
    });
    let areas = AreaTableSet {
        areas: areas.collect(),
    };
    let mut events = vec![ProgrammeEvent::AreaTableSet(areas)];
    events.extend(contractor(plan).map(ProgrammeEvent::ContractorAppointed));
    events.extend(
        posts(plan, ledger)?
            .into_iter()
            .map(ProgrammeEvent::StaffPostSet),
    );
    events.extend(
        term::defaults()
            .into_iter()
            .map(ProgrammeEvent::ReviewTermSet),
    );
    Ok(events)
}

/// The operator of the trial, where the plan says how it was chosen.
fn contractor(plan: &Plan) -> Option<ContractorAppointed> {
    let programme = &plan.programme;
    let method = [ContractMethod::Negotiated, ContractMethod::Proposal];
    let named = |method: &ContractMethod| programme.operation_ja.find(method.ja());
    // What is named first is the trial's; what comes behind it is for the time afterwards.
    let chosen = method.into_iter().filter(|method| named(method).is_some());
    Some(ContractorAppointed {
        operator_ja: programme.operator_ja.clone(),
        method: chosen.min_by_key(named)?,
        from: programme.starts_on,
        until: Some(programme.ends_on),
        basis_ja: programme.operation_ja.clone(),
    })
}

/// The posts that the lines of the budget name, each in the plan's words.
fn posts(plan: &Plan, ledger: LedgerId) -> Result<Vec<StaffPostSet>, Failure> {
    let mut posts = Vec::new();
    for line in plan.budget_thousand_yen.lines() {
        let Some((_, kind)) = POSTS.iter().find(|(name, _)| line.ja.starts_with(name)) else {
            continue;
        };
        let mut add = |kind, fte_hundredths, words: &str, concurrent| {
            let number = posts.len().saturating_add(1).to_string();
            posts.push(StaffPostSet {
                post: PostId::new(ledger.derive("post", &[&number])),
                kind,
                fte_hundredths,
                words_ja: Some(words.to_owned()),
                concurrent,
                concurrent_hundredths: None,
                from: plan.programme.starts_on,
                until: Some(plan.programme.ends_on),
            });
        };
        // The manager is one of the advisors and has no number of their own.
        if let Some(manager) = part(&line.ja, "管理者") {
            add(PostKind::Manager, None, manager, false);
        }
        let fte = part(&line.ja, "常勤換算").map(|words| hundredths(words, &line.ja));
        add(*kind, fte.transpose()?, &line.ja, line.ja.contains("兼務"));
    }
    Ok(posts)
}

/// The part of a line's bracket that begins with some words.
fn part<'a>(line: &'a str, begins: &str) -> Option<&'a str> {
    let parts = line.split(['（', '）', '・', '、']);
    parts.map(str::trim).find(|part| part.starts_with(begins))
}

/// `常勤換算1.5人` in hundredths of a post.
fn hundredths(words: &str, line: &str) -> Result<u32, Failure> {
    let number: String = normal(words)
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
    let read = format!("{whole}{part:0<2}").parse();
    match read {
        Ok(hundredths) if !whole.is_empty() && part.len() <= 2 => Ok(hundredths),
        Ok(_) | Err(_) => Err(not_right("--programme", line)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::PLAN;

    fn carried() -> (Plan, LedgerId) {
        let plan = serde_json::from_str(PLAN).unwrap();
        (plan, LedgerId::new(uuid::Uuid::from_u128(1)))
    }

    #[test]
    fn the_carried_posts_are_those_of_the_plan_with_no_number_of_our_own() {
        let (plan, ledger) = carried();

        let posts = posts(&plan, ledger).unwrap();

        let read: Vec<(PostKind, Option<u32>, bool)> = posts
            .iter()
            .map(|post| (post.kind, post.fte_hundredths, post.concurrent))
            .collect();
        let wanted = [
            (PostKind::Manager, None, false),
            (PostKind::Advisor, Some(150), true),
            (PostKind::PublicHealthNurse, Some(50), true),
            (PostKind::Adviser, None, true),
            (PostKind::MedicalAdviser, None, false),
        ];
        assert_eq!(read, wanted);
        let words = posts[1].words_ja.as_deref();
        assert_eq!(words, Some("相談員（常勤換算1.5人・管理者1名、兼務1名）"));
    }

    #[test]
    fn the_carried_operator_was_chosen_by_negotiation_for_the_trial() {
        let (plan, ledger) = carried();

        let operator = contractor(&plan).unwrap();

        assert_eq!(operator.method, ContractMethod::Negotiated);
        assert_eq!(operator.from.to_string(), "2021-08-01");
        assert_eq!(operator.until.unwrap().to_string(), "2024-03-31");
        assert_eq!(settings(&plan, ledger).unwrap().len(), 13);
    }

    #[test]
    fn a_full_time_equivalent_that_cannot_be_read_is_told() {
        assert_eq!(hundredths("常勤換算２人", "").ok(), Some(200));
        assert_eq!(hundredths("常勤換算0.25人", "").ok(), Some(25));
        assert!(hundredths("常勤換算1.555人", "").is_err());
        assert!(hundredths("常勤換算若干名", "").is_err());
    }
}
