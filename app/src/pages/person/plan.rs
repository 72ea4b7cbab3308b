//! A plan of a person, home-living support or disaster: its versions, what changed between them, and what comes next.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_core::event::AccessPurpose;
use ledger_core::time::Day;
use ledger_projections::timeline::{
    DisasterPlanView, PlanVersion, PlanView, Timeline, VersionDifference,
};
use serde_json::Value;

use super::printed::Printed;
use super::{called, number_of, opened};
use crate::lang::Lang;
use crate::pages::chrome::Chrome;
use crate::pages::door::SignedIn;
use crate::pages::fault::{Refusal, shown};
use crate::pages::site::Site;
use crate::render::{self, Change, changed_words};

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
}

struct Version {
    number: u32,
    steps: Vec<(&'static str, Option<String>)>,
    rows: Vec<(String, String)>,
    /// What changed since the version before.
    changes: Vec<(String, Vec<Change>)>,
}

pub(in crate::pages) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path((child, plan)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let opened = opened(&site, &signed_in, &child, AccessPurpose::Timeline);
    let (child, timeline) = match opened.await? {
        Ok(opened) => opened,
        Err(asked) => return Ok(asked),
    };
    let number = number_of(&timeline, child);
    let (title, plan) = found(&timeline, &number, &plan).ok_or_else(Refusal::not_found)?;
    shown(&Page {
        chrome: Chrome::of(format!("{title} {number}"), &signed_in, "/children"),
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
    let support = timeline.support_plans.iter().find(|plan| plan.plan == id);
    if let Some(plan) = support {
        return Some(("在宅生活支援プラン", of_support(plan, child)));
    }
    let disaster = timeline.disaster_plans.iter().find(|plan| plan.plan == id);
    disaster.map(|plan| ("災害時個別支援計画", of_disaster(plan, child)))
}

/// What can be recorded about a support plan, in the order in which it goes on.
const SUPPORT: &[(&str, &str)] = &[
    ("write-plan-sections", "項目を書く"),
    ("hold-plan-conference", "会議を記録する"),
    ("explain-support-plan", "家族への説明を記録する"),
    ("agree-support-plan", "合意を記録する"),
    ("deliver-support-plan", "交付を記録する"),
    ("monitor-support-plan", "モニタリングを記録する"),
    ("revise-support-plan", "次の版を作成する"),
    ("hand-over-support-plan", "引き継ぐ"),
    ("close-support-plan", "終了する"),
];
/// What can be recorded about a disaster plan.
const DISASTER: &[(&str, &str)] = &[
    ("write-disaster-plan-sections", "項目を書く"),
    ("agree-disaster-plan", "合意を記録する"),
    ("verify-disaster-plan", "年1回の検証を記録する"),
    ("review-disaster-plan", "内部確認を記録する"),
    ("revise-disaster-plan", "次の版を作成する"),
    ("transfer-disaster-plan", "支援の機関を移す"),
    ("record-disaster-plan-use", "災害での使用を記録する"),
    ("end-disaster-plan", "終了する"),
];

fn of_support(plan: &PlanView, child: &str) -> Plan {
    let newest = plan.versions.last().map_or(0, |version| version.version);
    let day = |day: Option<Day>| day.map(|day| render::day(day, Lang::Ja));
    let delivered = plan.deliveries.last().and_then(|delivery| delivery.on);
    let facts = [
        ("依頼を受けた日", day(plan.requested_on)),
        ("最後の会議", day(plan.conferences.last().copied())),
        ("最後に交付した日", day(delivered)),
        ("最後のモニタリング", day(plan.monitored_on)),
        ("次のモニタリング期限", day(plan.monitoring_due_on)),
        ("退院した日", day(plan.discharged_on)),
        ("終了", plan.closing.map(|closing| closing.ja().to_owned())),
        ("終了した日", day(plan.ended_on)),
    ];
    Plan {
        name: named(plan.number.as_deref(), &plan.plan),
        facts: told(facts),
        acts: acts(SUPPORT, child, &plan.plan, newest),
        versions: versions(&plan.versions, &plan.differences),
        is_over: plan.closing.is_some() || plan.ended_on.is_some(),
    }
}

fn of_disaster(plan: &DisasterPlanView, child: &str) -> Plan {
    let newest = plan.versions.last().map_or(0, |version| version.version);
    let day = |day: Option<Day>| day.map(|day| render::day(day, Lang::Ja));
    let left = plan.clock.days_left.map(|left| match left {
        0.. => format!("あと{left}日"),
        _ => format!("{}日超過", left.unsigned_abs()),
    });
    let facts = [
        ("作成を支援する機関", Some(plan.office.ja().to_owned())),
        ("最後に確かめた日", day(plan.clock.confirmed_on)),
        ("検証の期限", day(plan.clock.due_on)),
        ("期限まで", left),
        (
            "検証した回数",
            Some(format!("{}回", plan.verified_on.len())),
        ),
        ("災害で使った回数", Some(format!("{}回", plan.uses.len()))),
        ("終了", plan.end.map(|end| end.ja().to_owned())),
    ];
    Plan {
        name: named(plan.number.as_deref(), &plan.plan),
        facts: told(facts),
        acts: acts(DISASTER, child, &plan.plan, newest),
        versions: versions(&plan.versions, &plan.differences),
        is_over: plan.end.is_some(),
    }
}

/// The facts that are known.
fn told<const N: usize>(facts: [(&'static str, Option<String>); N]) -> Vec<(&'static str, String)> {
    let known = facts.into_iter();
    known
        .filter_map(|(label, said)| Some((label, said?)))
        .collect()
}

fn named(number: Option<&str>, id: &str) -> String {
    number.map_or_else(|| render::short(id).to_owned(), str::to_owned)
}

fn acts(
    acts: &[(&str, &'static str)],
    child: &str,
    plan: &str,
    version: u32,
) -> Vec<(String, &'static str)> {
    let version = version.to_string();
    let paths = acts.iter().map(|(command, words)| {
        let query = [
            ("child", child),
            ("plan", plan),
            ("version", &version),
            ("base_version", &version),
        ];
        let query = serde_html_form::to_string(query).unwrap_or_default();
        (format!("/acts/{command}?{query}"), *words)
    });
    paths.collect()
}

/// The newest version first, each with what changed since the one before.
fn versions(versions: &[PlanVersion], differences: &[VersionDifference]) -> Vec<Version> {
    let shown = versions.iter().rev().map(|version| {
        let since = differences.iter().find(|one| one.to == version.version);
        let changes = since
            .map(|since| since.changes.iter())
            .into_iter()
            .flatten();
        let changes = changes.map(|change| {
            let label = render::field_label(&change.field, Lang::Ja).to_owned();
            let before = said(&change.field, &change.before);
            let after = said(&change.field, &change.after);
            (label, changed_words(&before, &after))
        });
        let day = |day: Option<Day>| day.map(|day| render::day(day, Lang::Ja));
        Version {
            number: version.version,
            steps: vec![
                ("作成", day(version.written_on)),
                ("説明", day(version.explained_on)),
                ("合意", day(version.agreed_on)),
            ],
            rows: rows(version),
            changes: changes.collect(),
        }
    });
    shown.collect()
}

/// A value as it is compared; nothing said is nothing, not a dash.
fn said(field: &str, value: &Value) -> String {
    if value.is_null() {
        return String::new();
    }
    render::value(field, value, Lang::Ja)
}

fn rows(version: &PlanVersion) -> Vec<(String, String)> {
    let content = version.fields.iter().chain(&version.sections);
    let telling = content.filter(|(field, value)| !value.is_null() && !render::is_plumbing(field));
    let rows = telling
        .filter(|(field, _)| *field != "version")
        .map(|(field, value)| {
            let label = render::field_label(field, Lang::Ja).to_owned();
            (label, render::value(field, value, Lang::Ja))
        });
    rows.collect()
}
