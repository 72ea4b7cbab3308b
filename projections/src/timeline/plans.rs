//! The versions of a plan, and what differs between one and the next.

use std::collections::BTreeMap;

use ledger_core::code::PlanClosing;
use ledger_core::event::{Event, SupportPlanEvent};
use ledger_core::history::Entry;
use ledger_core::id::SupportPlanId;
use ledger_core::time::Day;
use serde::Serialize;
use serde_json::{Map, Value};

/// A plan with its versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanView {
    /// The plan.
    pub plan: String,
    /// Register number.
    pub number: Option<String>,
    /// Its versions, oldest first.
    pub versions: Vec<PlanVersion>,
    /// What changed from each version to the next.
    pub differences: Vec<VersionDifference>,
    /// Day of the discharge that it prepared.
    pub discharged_on: Option<Day>,
    /// How it ended.
    pub closing: Option<PlanClosing>,
}

/// One version of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanVersion {
    /// From 1.
    pub version: u32,
    /// Day on which it was written.
    pub written_on: Option<Day>,
    /// Day on which the family agreed.
    pub agreed_on: Option<Day>,
    /// What it says; personal fields that cannot be read are null.
    pub fields: Map<String, Value>,
}

/// What changed from one version to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionDifference {
    /// The earlier version.
    pub from: u32,
    /// The later version.
    pub to: u32,
    /// The fields that differ.
    pub changes: Vec<FieldChange>,
}

/// One field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The field.
    pub field: String,
    /// Its value before.
    pub before: Value,
    /// Its value after.
    pub after: Value,
}

/// Fields that name the version rather than say something.
const NAMING: &[&str] = &[
    "plan",
    "number",
    "version",
    "base_version",
    "office",
    "area",
    "rule",
    "reason",
];

/// What differs between the contents of two versions.
fn changes(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<FieldChange> {
    let mut fields: Vec<&String> = before.keys().chain(after.keys()).collect();
    fields.sort();
    fields.dedup();
    let value =
        |map: &Map<String, Value>, field: &str| map.get(field).cloned().unwrap_or(Value::Null);
    fields
        .into_iter()
        .filter(|field| !NAMING.contains(&field.as_str()))
        .map(|field| FieldChange {
            field: field.clone(),
            before: value(before, field),
            after: value(after, field),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// What changed from each version to the next.
pub(super) fn differences(versions: &[PlanVersion]) -> Vec<VersionDifference> {
    let pairs = versions.iter().zip(versions.iter().skip(1));
    pairs
        .map(|(before, after)| VersionDifference {
            from: before.version,
            to: after.version,
            changes: changes(&before.fields, &after.fields),
        })
        .collect()
}

/// Adds a version at its place; one of the same number takes the place of the earlier.
pub(super) fn write(versions: &mut Vec<PlanVersion>, version: PlanVersion) {
    versions.retain(|one| one.version != version.version);
    versions.push(version);
    versions.sort_by_key(|one| one.version);
}

/// The day on which the first version was written, by which plans are listed.
pub(super) fn first_written(versions: &[PlanVersion]) -> Option<Day> {
    versions.first().and_then(|version| version.written_on)
}

/// Notes the agreement to a version; the earliest one counts.
pub(super) fn agree(versions: &mut [PlanVersion], version: u32, day: Option<Day>) {
    if let Some(found) = versions.iter_mut().find(|one| one.version == version) {
        found.agreed_on = found.agreed_on.into_iter().chain(day).min();
    }
}

/// Folds every home-living support plan.
pub(super) fn plans(standing: &[&Entry]) -> Vec<PlanView> {
    let mut order: Vec<SupportPlanId> = Vec::new();
    let mut plans: BTreeMap<SupportPlanId, PlanView> = BTreeMap::new();
    for entry in standing {
        let Event::SupportPlan(event) = entry.event() else {
            continue;
        };
        if let SupportPlanEvent::Drafted(drafted) = event {
            order.push(drafted.plan);
            plans.insert(drafted.plan, begun(drafted.plan, drafted.number.clone()));
        }
        apply(&mut plans, event, entry);
    }
    let mut views: Vec<PlanView> = order.iter().filter_map(|plan| plans.remove(plan)).collect();
    views.sort_by_key(|view| first_written(&view.versions));
    for view in &mut views {
        view.differences = differences(&view.versions);
    }
    views
}

fn begun(plan: SupportPlanId, number: Option<String>) -> PlanView {
    PlanView {
        plan: plan.to_string(),
        number,
        versions: Vec::new(),
        differences: Vec::new(),
        discharged_on: None,
        closing: None,
    }
}

fn apply(plans: &mut BTreeMap<SupportPlanId, PlanView>, event: &SupportPlanEvent, entry: &Entry) {
    let written = |version| PlanVersion {
        version,
        written_on: entry.day(),
        agreed_on: None,
        fields: entry.event().display(),
    };
    match event {
        SupportPlanEvent::Drafted(step) => {
            plans
                .entry(step.plan)
                .and_modify(|plan| write(&mut plan.versions, written(1)));
        },
        SupportPlanEvent::Revised(step) => {
            plans
                .entry(step.plan)
                .and_modify(|plan| write(&mut plan.versions, written(step.version)));
        },
        SupportPlanEvent::Agreed(step) => {
            plans.entry(step.plan).and_modify(|plan| {
                agree(&mut plan.versions, step.version, entry.day());
            });
        },
        SupportPlanEvent::Closed(step) => {
            plans
                .entry(step.plan)
                .and_modify(|plan| plan.closing = Some(step.closing));
        },
        SupportPlanEvent::Discharged(step) => {
            if let Some(plan) = step.plan.and_then(|plan| plans.get_mut(&plan)) {
                plan.discharged_on = entry.day();
            }
        },
        SupportPlanEvent::Delivered(_) => {},
    }
}
