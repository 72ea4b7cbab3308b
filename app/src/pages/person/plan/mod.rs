//! A plan of a person, home-living support or disaster: its versions, what changed between them, and what comes next.

mod acts;
mod content;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_core::event::AccessPurpose;
use ledger_core::time::Day;
use ledger_projections::profile_sheet::SheetGroup;
use ledger_projections::timeline::{DisasterPlanView, PlanView, Timeline};
use serde::Deserialize;

use self::acts::{Stage, of_a_disaster_plan, of_a_support_plan};
use self::content::{Version, WANTED, versions};
use super::emergency;
use super::printed::Printed;
use super::sheet::{Group as SheetGroupShown, groups_of};
use super::timeline::may_take;
use super::{called, number_of, opened};
use crate::lang::Lang;
use crate::pages::chrome::Chrome;
use crate::pages::door::SignedIn;
use crate::pages::fault::{Refusal, shown};
use crate::pages::form::Query;
use crate::pages::language::{current, t, term};
use crate::pages::site::Site;
use crate::render;

#[derive(Template)]
#[template(path = "person/plan.html")]
struct Page {
    chrome: Chrome,
    child: String,
    number: String,
    heading: String,
    title: &'static str,
    printed: Printed,
    plan: Plan,
    /// Guardians and daily care, for a plan that is taken along in a disaster.
    groups: Vec<SheetGroupShown>,
    is_print: bool,
    /// Whether it can be taken along on paper.
    may_take: bool,
}

/// How the page is looked at.
#[derive(Default, Deserialize)]
pub(in crate::pages) struct Asked {
    /// `print`: the newest version alone, without what is only for the screen.
    #[serde(default)]
    view: String,
}

/// Either kind of plan, as the page shows it.
struct Plan {
    name: String,
    facts: Vec<(&'static str, String)>,
    /// What can be recorded about it next: path and words.
    acts: Vec<(String, &'static str)>,
    /// The newest version first.
    versions: Vec<Version>,
    is_over: bool,
    /// Whether the family agreed to the newest version.
    is_agreed: bool,
    is_disaster: bool,
}

pub(in crate::pages) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path((child, plan)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let is_print = asked.view == "print";
    let purpose = if is_print {
        AccessPurpose::Print
    } else {
        AccessPurpose::Timeline
    };
    let opened = opened(&site, &signed_in, &child, purpose);
    let (child, timeline) = match opened.await? {
        Ok(opened) => opened,
        Err(asked) => return Ok(asked),
    };
    let number = number_of(&timeline, child);
    let (title, mut plan) = found(&timeline, &number, &plan).ok_or_else(Refusal::not_found)?;
    if is_print {
        plan.versions.truncate(1);
        plan.versions.iter_mut().for_each(|one| one.changes.clear());
    }
    let groups: &[SheetGroup] = if plan.is_disaster {
        &[SheetGroup::Guardians, SheetGroup::Care]
    } else {
        &[]
    };
    let mut chrome = Chrome::of(format!("{title} {number}"), &signed_in, "/children");
    chrome.emergency = emergency::banner(&site, &signed_in, child, true).await?;
    shown(&Page {
        groups: groups_of(&timeline, groups),
        is_print,
        may_take: may_take(&site, &signed_in, child).await,
        chrome,
        child: child.to_string(),
        heading: called(&timeline),
        printed: Printed::of(&site, &signed_in, &timeline),
        title,
        plan,
        number,
    })
}

/// The plan of an id, whichever of the two kinds it is.
fn found(timeline: &Timeline, child: &str, id: &str) -> Option<(&'static str, Plan)> {
    let child = timeline.case_of_plan(id).unwrap_or(child);
    let support = timeline.support_plans.iter().find(|plan| plan.plan == id);
    if let Some(plan) = support {
        return Some((
            t("在宅生活支援プラン", "Support plan"),
            of_support(plan, child),
        ));
    }
    let disaster = timeline.disaster_plans.iter().find(|plan| plan.plan == id);
    disaster.map(|plan| {
        (
            t("災害時個別支援計画", "Disaster plan"),
            of_disaster(plan, child),
        )
    })
}

fn of_support(plan: &PlanView, child: &str) -> Plan {
    let day = |day: Option<Day>| day.map(|day| render::day(day, current()));
    let delivered = plan.deliveries.last().and_then(|delivery| delivery.on);
    let facts = [
        (t("依頼を受けた日", "Requested on"), day(plan.requested_on)),
        (
            t("最後の会議", "Last conference"),
            day(plan.conferences.last().copied()),
        ),
        (t("最後に交付した日", "Last delivered on"), day(delivered)),
        (
            t("最後のモニタリング", "Last monitored on"),
            day(plan.monitored_on),
        ),
        (
            t("次のモニタリング期限", "Next monitoring due"),
            day(plan.monitoring_due_on),
        ),
        (t("退院した日", "Discharged on"), day(plan.discharged_on)),
        (
            t("終了", "Closed"),
            plan.closing
                .map(|closing| term(closing.code(), closing.ja())),
        ),
        (t("終了した日", "Ended on"), day(plan.ended_on)),
    ];
    let stage = Stage::of(&plan.versions);
    Plan {
        name: support_plan_name(plan),
        facts: told(facts),
        acts: of_a_support_plan(child, &plan.plan, stage),
        is_agreed: stage.newest_is_agreed(),
        versions: versions(&plan.versions, &plan.differences, None),
        is_over: plan.closing.is_some() || plan.ended_on.is_some(),
        is_disaster: false,
    }
}

fn of_disaster(plan: &DisasterPlanView, child: &str) -> Plan {
    let day = |day: Option<Day>| day.map(|day| render::day(day, current()));
    let left = plan.clock.days_left.map(|left| match left {
        0.. => days_left(left),
        _ => days_over(left.unsigned_abs()),
    });
    let times = |count: usize| format!("{count}{}", t("回", ""));
    let facts = [
        (
            t("作成を支援する機関", "Supporting office"),
            Some(term(plan.office.code(), plan.office.ja())),
        ),
        (
            t("最後に確かめた日", "Last confirmed on"),
            day(plan.clock.confirmed_on),
        ),
        (t("検証の期限", "Verification due"), day(plan.clock.due_on)),
        (t("期限まで", "Until then"), left),
        (
            t("検証した回数", "Verifications"),
            Some(times(plan.verified_on.len())),
        ),
        (
            t("要見直し（次の版を作成）", "To be revised (next version)"),
            day(plan.clock.revision_asked_on).map(|on| match current() {
                Lang::Ja => format!("{on}の検証の結果"),
                Lang::En => format!("as the verification of {on} found"),
            }),
        ),
        (
            t("災害で使った回数", "Uses in a disaster"),
            Some(times(plan.uses.len())),
        ),
        (
            t("終了", "Closed"),
            plan.end.map(|end| term(end.code(), end.ja())),
        ),
    ];
    let stage = Stage::of(&plan.versions);
    Plan {
        name: disaster_plan_name(plan),
        facts: told(facts),
        acts: of_a_disaster_plan(child, &plan.plan, stage),
        is_agreed: stage.newest_is_agreed(),
        versions: versions(&plan.versions, &plan.differences, Some(WANTED)),
        is_over: plan.end.is_some(),
        is_disaster: true,
    }
}

fn days_left(left: i64) -> String {
    match current() {
        Lang::Ja => format!("あと{left}日"),
        Lang::En => format!("{} left", render::counted(left, "day", "days")),
    }
}

fn days_over(over: u64) -> String {
    match current() {
        Lang::Ja => format!("{over}日超過"),
        Lang::En => format!("{} overdue", render::counted(over, "day", "days")),
    }
}

/// The facts that are known.
fn told<const N: usize>(facts: [(&'static str, Option<String>); N]) -> Vec<(&'static str, String)> {
    let known = facts.into_iter();
    known
        .filter_map(|(label, said)| Some((label, said?)))
        .collect()
}

/// What a disaster plan is called on a page: ids are for the record itself.
pub(super) fn disaster_plan_name(plan: &DisasterPlanView) -> String {
    let written = plan.versions.first().and_then(|first| first.written_on);
    named(plan.number.as_deref(), written)
}

/// What a home-living support plan is called on a page.
pub(super) fn support_plan_name(plan: &PlanView) -> String {
    let written = plan.versions.first().and_then(|first| first.written_on);
    named(plan.number.as_deref(), plan.requested_on.or(written))
}

/// The register number, or else the day on which it began.
fn named(number: Option<&str>, since: Option<Day>) -> String {
    if let Some(number) = number {
        return number.to_owned();
    }
    let Some(since) = since.map(|since| render::day(since, current())) else {
        return String::new();
    };
    match current() {
        Lang::Ja => format!("（{since}から）"),
        Lang::En => format!("(since {since})"),
    }
}
