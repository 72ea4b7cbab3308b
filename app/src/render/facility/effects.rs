//! What support did at a facility: how sure its nurses became, and whom it took on.

use ledger_core::code::{Acceptance, SurveyPhase};
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::facility::{FacilityCard, Survey};

use crate::lang::Lang;

fn is_in(on: Option<Day>, year: FiscalYear) -> bool {
    on.is_some_and(|on| FiscalYear::of(on) == year)
}

/// What nurses said of each procedure in a year: the last answer before the support and after it.
pub(super) fn confidence(card: &FacilityCard, year: FiscalYear, lang: Lang) -> Vec<String> {
    let surveys = card.surveys.iter().filter(|one| is_in(one.on, year));
    let surveys: Vec<&Survey> = surveys.collect();
    let mut procedures = Vec::new();
    for one in &surveys {
        if !procedures.contains(&one.procedure) {
            procedures.push(one.procedure);
        }
    }
    let told = procedures.into_iter().map(|procedure| {
        let of = |phase: SurveyPhase| {
            let own = surveys
                .iter()
                .rfind(|one| one.procedure == procedure && one.phase == phase);
            own.map_or_else(|| "—".to_owned(), |one| one.confidence.to_string())
        };
        let (before, after) = (of(SurveyPhase::Before), of(SurveyPhase::After));
        let about = procedure.map_or(lang.pick("全体", "overall"), |one| {
            lang.pick(one.ja(), one.code())
        });
        format!("{about} {before}→{after}")
    });
    told.collect()
}

/// How many children were taken on in a year, and how many were not.
pub(super) fn acceptances(card: &FacilityCard, year: FiscalYear, lang: Lang) -> Vec<String> {
    let counts = Acceptance::ALL.iter().map(|outcome| {
        let own = card.acceptances.iter();
        let own = own.filter(|one| one.outcome == *outcome && is_in(one.on, year));
        (outcome, own.count())
    });
    let told = counts.filter(|(_, count)| *count > 0);
    let told = told.map(|(outcome, count)| match lang {
        Lang::Ja => format!("{}{count}件", outcome.ja()),
        Lang::En => format!("{} {count}", outcome.code()),
    });
    told.collect()
}
