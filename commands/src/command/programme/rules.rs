//! What every setting of the programme must keep, alone or with the others.

use std::collections::BTreeSet;

use ledger_core::code::Area;
use ledger_core::event::{
    AreaTableSet, CodeTableRevised, ConcurrentConflict, ContractorAppointed, KnownPopulationSet,
    PlannedNumberSet, ProgrammeEvent, RequiredCompetencySet, ReviewTermSet, SecondFactorRuleSet,
    StaffPostEnded, StaffPostSet, StartMoved,
};
use ledger_core::time::Day;

use crate::rejection::{Reason, Rejection};
use crate::rule::limit::{FTE_HUNDREDTHS, LEVEL_MAX, PERSONS_MAX, TERM_DAYS};
use crate::rule::{code_table, term, time};
use crate::state::Programme;

/// Whether a setting may be made as the others stand.
pub(super) fn may_set(programme: &Programme, event: &ProgrammeEvent) -> Result<(), Rejection> {
    match event {
        ProgrammeEvent::Defined(defined) => {
            let blank = is_blank(&defined.name_ja) || is_blank(&defined.name_en);
            refuse_if(blank, Reason::MissingValue, "definition")
        },
        ProgrammeEvent::PeriodSet(period) => {
            let days = [period.preparation_from, period.starts_on, period.ends_on];
            refuse_if(!days.is_sorted(), Reason::StepsOutOfOrder, "period")
        },
        ProgrammeEvent::PlannedNumberSet(planned) => planned_number(planned),
        ProgrammeEvent::CountingRuleAdopted(adopted) => {
            refuse_if(is_blank(&adopted.rule), Reason::MissingValue, "rule")?;
            let known = programme.has_rule(&adopted.rule);
            refuse_if(known, Reason::AlreadyRecorded, "rule")
        },
        ProgrammeEvent::StartMoved(moved) => start(programme, moved),
        ProgrammeEvent::ContractorAppointed(appointed) => contractor(appointed),
        ProgrammeEvent::AreaTableSet(table) => areas(table),
        ProgrammeEvent::CodeTableRevised(revised) => code_table(programme, revised),
        ProgrammeEvent::KnownPopulationSet(known) => population(known),
        ProgrammeEvent::StaffPostSet(post) => staff_post(post),
        ProgrammeEvent::StaffPostEnded(ended) => staff_post_end(programme, ended),
        ProgrammeEvent::ConcurrentConflict(noted) => conflict(programme, noted),
        ProgrammeEvent::RequiredCompetencySet(required) => competency(programme, required),
        ProgrammeEvent::ReviewTermSet(term) => review_term(programme, term),
        ProgrammeEvent::SecondFactorRuleSet(rule) => second_factor(programme, rule),
        // Their own types keep what they must.
        ProgrammeEvent::OpeningHoursSet(_) | ProgrammeEvent::HolidayCalendarSet(_) => Ok(()),
    }
}

fn planned_number(planned: &PlannedNumberSet) -> Result<(), Rejection> {
    refuse_if(planned.low > planned.high, Reason::NotANumber, "planned")
}

/// Service begins within the period, which may shrink but not turn round.
fn start(programme: &Programme, moved: &StartMoved) -> Result<(), Rejection> {
    let period = programme.period.as_ref();
    let period = period.ok_or(Reason::StepsOutOfOrder.on("starts_on"))?;
    let within = (period.preparation_from..=period.ends_on).contains(&moved.starts_on);
    refuse_if(!within, Reason::StepsOutOfOrder, "starts_on")?;
    let same = moved.starts_on == period.starts_on;
    refuse_if(same, Reason::NothingChanges, "starts_on")?;
    refuse_if(is_blank(&moved.reason_ja), Reason::MissingValue, "reason")
}

fn contractor(appointed: &ContractorAppointed) -> Result<(), Rejection> {
    refuse_if(
        is_blank(&appointed.operator_ja),
        Reason::MissingValue,
        "operator",
    )?;
    refuse_if(is_blank(&appointed.basis_ja), Reason::MissingValue, "basis")?;
    ends_after(appointed.from, appointed.until)
}

fn areas(table: &AreaTableSet) -> Result<(), Rejection> {
    let areas = &table.areas;
    let incomplete = areas.is_empty()
        || areas
            .iter()
            .any(|area| is_blank(&area.name_ja) || is_blank(&area.number));
    refuse_if(incomplete, Reason::MissingValue, "areas")?;
    let unique = are_unique(areas.iter().map(|area| area.area))
        && are_unique(areas.iter().map(|area| &area.name_ja))
        && are_unique(areas.iter().map(|area| &area.number));
    refuse_if(!unique, Reason::AlreadyRecorded, "areas")
}

/// A table that there is, its next version, and codes that it has: stored codes never change.
fn code_table(programme: &Programme, revised: &CodeTableRevised) -> Result<(), Rejection> {
    let known = code_table::terms(&revised.table);
    let known = known.ok_or(Reason::UnknownCode.on("table"))?;
    let newest = programme.table_version(&revised.table);
    refuse_if(
        revised.version <= newest,
        Reason::AlreadyRecorded,
        "version",
    )?;
    let skipped = revised.version > newest.saturating_add(1);
    refuse_if(skipped, Reason::VersionWithoutPredecessor, "version")?;
    let terms = &revised.terms;
    let incomplete = terms.is_empty() || terms.iter().any(|term| is_blank(&term.term_ja));
    refuse_if(incomplete, Reason::MissingValue, "terms")?;
    let has = |code: &str| known.iter().any(|(other, _)| *other == code);
    let unknown = terms.iter().any(|term| !has(&term.code));
    refuse_if(unknown, Reason::UnknownCode, "terms")?;
    let unique = are_unique(terms.iter().map(|term| &term.code));
    refuse_if(!unique, Reason::AlreadyRecorded, "terms")
}

fn population(known: &KnownPopulationSet) -> Result<(), Rejection> {
    let outside = known.area == Some(Area::OutsideWard);
    refuse_if(outside, Reason::UnknownCode, "area")?;
    refuse_if(known.persons > PERSONS_MAX, Reason::NotANumber, "persons")?;
    refuse_if(is_blank(&known.source), Reason::MissingValue, "source")
}

fn staff_post(post: &StaffPostSet) -> Result<(), Rejection> {
    let out_of_range = |fte: Option<u32>| fte.is_some_and(|fte| !FTE_HUNDREDTHS.contains(&fte));
    let fte = out_of_range(post.fte_hundredths);
    refuse_if(fte, Reason::NotANumber, "fte_hundredths")?;
    let elsewhere = post.concurrent_hundredths;
    let limit = out_of_range(elsewhere);
    refuse_if(limit, Reason::NotANumber, "concurrent_hundredths")?;
    let alone = elsewhere.is_some() && !post.concurrent;
    refuse_if(alone, Reason::NotConcurrent, "concurrent_hundredths")?;
    ends_after(post.from, post.until)
}

fn staff_post_end(programme: &Programme, ended: &StaffPostEnded) -> Result<(), Rejection> {
    let post = programme.post(ended.post);
    let post = post.ok_or(Reason::UnknownPost.on("post"))?;
    refuse_if(post.ended.is_some(), Reason::AlreadyRecorded, "post")?;
    ends_after(post.set.from, Some(ended.until))
}

/// Nothing ends before it begins.
fn ends_after(from: Day, until: Option<Day>) -> Result<(), Rejection> {
    until.map_or(Ok(()), |until| {
        time::not_before(Some(from), until, "ends_on")
    })
}

fn conflict(programme: &Programme, noted: &ConcurrentConflict) -> Result<(), Rejection> {
    let post = programme.post(noted.post);
    let post = post.ok_or(Reason::UnknownPost.on("post"))?;
    refuse_if(!post.set.concurrent, Reason::NotConcurrent, "post")?;
    refuse_if(noted.note.text().is_none(), Reason::MissingValue, "note")
}

fn competency(programme: &Programme, required: &RequiredCompetencySet) -> Result<(), Rejection> {
    refuse_if(required.level > LEVEL_MAX, Reason::NotANumber, "level")?;
    let known = programme.required.get(&required.competency);
    refuse_if(
        known == Some(&required.level),
        Reason::NothingChanges,
        "level",
    )
}

fn review_term(programme: &Programme, set: &ReviewTermSet) -> Result<(), Rejection> {
    refuse_if(!term::is_known(&set.term), Reason::UnknownCode, "term")?;
    let days = TERM_DAYS.contains(&set.days);
    refuse_if(!days, Reason::NotANumber, "days")?;
    let same = programme.term(&set.term) == Some(set);
    refuse_if(same, Reason::NothingChanges, "days")
}

fn second_factor(programme: &Programme, set: &SecondFactorRuleSet) -> Result<(), Rejection> {
    refuse_if(!set.role.is_of_accounts(), Reason::UnknownCode, "role")?;
    let same = programme.second_factor(set.role) == set.required;
    refuse_if(same, Reason::NothingChanges, "required")
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn are_unique<T: Ord>(items: impl Iterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    items.into_iter().all(|item| seen.insert(item))
}

fn refuse_if(wrong: bool, reason: Reason, field: &'static str) -> Result<(), Rejection> {
    if wrong { Err(reason.on(field)) } else { Ok(()) }
}
