//! The versions of a plan, and what differs between one and the next.

use std::collections::BTreeMap;

use ledger_core::code::{PartyKind, PlanClosing};
use ledger_core::event::{Event, SupportPlanEvent};
use ledger_core::history::Entry;
use ledger_core::id::{EventId, SupportPlanId};
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
    /// Day on which it was asked for, where it began by that.
    pub requested_on: Option<Day>,
    /// Kind of office that asked for it.
    pub requested_by: Option<PartyKind>,
    /// Its versions, oldest first.
    pub versions: Vec<PlanVersion>,
    /// What changed from each version to the next.
    pub differences: Vec<VersionDifference>,
    /// Days on which those around the person met about it.
    pub conferences: Vec<Day>,
    /// Whom it was handed to, oldest first.
    pub deliveries: Vec<Delivery>,
    /// Day on which it was looked at in use last.
    pub monitored_on: Option<Day>,
    /// Day by which it is to be looked at again; none once it ended.
    pub monitoring_due_on: Option<Day>,
    /// Day of the discharge that it prepared.
    pub discharged_on: Option<Day>,
    /// How it ended.
    pub closing: Option<PlanClosing>,
    /// Day on which it ended.
    pub ended_on: Option<Day>,
}

/// A version was handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// The version.
    pub version: u32,
    /// When.
    pub on: Option<Day>,
    /// Kinds of offices that got it.
    pub parties: Vec<PartyKind>,
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
    /// Day on which it was explained to the family last.
    pub explained_on: Option<Day>,
    /// What it says; personal fields that cannot be read are null.
    pub fields: Map<String, Value>,
    /// The version for which its sections were written: an earlier one's stand until it has its own.
    pub sections_of: Option<u32>,
    /// Its sections.
    pub sections: Map<String, Value>,
    /// The event by which it says what it says, as the command that writes its sections asks for it.
    pub latest: EventId,
}

impl PlanVersion {
    /// A version as it was written, its sections still to come.
    pub(super) fn written(version: u32, entry: &Entry) -> Self {
        Self {
            version,
            written_on: entry.day(),
            agreed_on: None,
            explained_on: None,
            fields: entry.event().display(),
            sections_of: None,
            sections: Map::new(),
            latest: entry.recorded.id,
        }
    }

    /// All that it says.
    fn content(&self) -> Map<String, Value> {
        let mut content = self.fields.clone();
        content.extend(self.sections.clone());
        content
    }
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
            changes: changes(&before.content(), &after.content()),
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

/// Notes the sections of a version; written again, they stand as a whole.
pub(super) fn section(versions: &mut [PlanVersion], version: u32, entry: &Entry) {
    if let Some(found) = versions.iter_mut().find(|one| one.version == version) {
        found.sections_of = Some(version);
        found.latest = entry.latest();
        found.sections = entry.event().display();
        // They name the version, as the event does; they are not what it says.
        found
            .sections
            .retain(|field, _| !NAMING.contains(&field.as_str()));
    }
}

/// Lets the sections of each version stand in the next one until that has its own.
pub(super) fn carry_sections(versions: &mut [PlanVersion]) {
    let mut standing: Option<(u32, Map<String, Value>)> = None;
    for version in versions {
        match (version.sections_of, &standing) {
            (None, Some((of, sections))) => {
                version.sections_of = Some(*of);
                version.sections.clone_from(sections);
            },
            (Some(of), _) => standing = Some((of, version.sections.clone())),
            (None, None) => {},
        }
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
        if let Some(plan) = begun_by(event)
            && !plans.contains_key(&plan)
        {
            order.push(plan);
            plans.insert(plan, begun(plan));
        }
        if let Some(plan) = event.plan().and_then(|plan| plans.get_mut(&plan)) {
            apply(plan, event, entry);
        }
    }
    let mut views: Vec<PlanView> = order.iter().filter_map(|plan| plans.remove(plan)).collect();
    views.sort_by_key(|view| first_written(&view.versions));
    for view in &mut views {
        carry_sections(&mut view.versions);
        view.differences = differences(&view.versions);
        if view.closing.is_some() {
            view.monitoring_due_on = None;
        }
    }
    views
}

/// The plan that an event begins: by a request, or by its first version.
const fn begun_by(event: &SupportPlanEvent) -> Option<SupportPlanId> {
    match event {
        SupportPlanEvent::Requested(step) => Some(step.plan),
        SupportPlanEvent::Drafted(step) => Some(step.plan),
        SupportPlanEvent::Agreed(_)
        | SupportPlanEvent::Revised(_)
        | SupportPlanEvent::Delivered(_)
        | SupportPlanEvent::Closed(_)
        | SupportPlanEvent::Discharged(_)
        | SupportPlanEvent::SectionsWritten(_)
        | SupportPlanEvent::ConferenceHeld(_)
        | SupportPlanEvent::Explained(_)
        | SupportPlanEvent::Monitored(_)
        | SupportPlanEvent::HandedOver(_) => None,
    }
}

fn begun(plan: SupportPlanId) -> PlanView {
    PlanView {
        plan: plan.to_string(),
        number: None,
        requested_on: None,
        requested_by: None,
        versions: Vec::new(),
        differences: Vec::new(),
        conferences: Vec::new(),
        deliveries: Vec::new(),
        monitored_on: None,
        monitoring_due_on: None,
        discharged_on: None,
        closing: None,
        ended_on: None,
    }
}

fn apply(plan: &mut PlanView, event: &SupportPlanEvent, entry: &Entry) {
    match event {
        SupportPlanEvent::Requested(step) => {
            plan.requested_on = entry.day();
            plan.requested_by = step.requested_by;
        },
        SupportPlanEvent::Drafted(step) => {
            plan.number.clone_from(&step.number);
            write(&mut plan.versions, PlanVersion::written(1, entry));
        },
        SupportPlanEvent::Revised(step) => {
            write(
                &mut plan.versions,
                PlanVersion::written(step.version, entry),
            );
        },
        SupportPlanEvent::Agreed(step) => {
            agree(&mut plan.versions, step.version, entry.day());
        },
        SupportPlanEvent::SectionsWritten(step) => {
            section(&mut plan.versions, step.version, entry);
        },
        SupportPlanEvent::Explained(step) => {
            let mut versions = plan.versions.iter_mut();
            if let Some(found) = versions.find(|one| one.version == step.version) {
                found.explained_on = entry.day();
            }
        },
        SupportPlanEvent::ConferenceHeld(_) => plan.conferences.extend(entry.day()),
        SupportPlanEvent::Delivered(step) => plan.deliveries.push(Delivery {
            version: step.version,
            on: entry.day(),
            parties: step.parties.clone(),
        }),
        SupportPlanEvent::Monitored(step) => {
            plan.monitored_on = entry.day();
            plan.monitoring_due_on = step.next_due;
        },
        SupportPlanEvent::Discharged(_) => plan.discharged_on = entry.day(),
        SupportPlanEvent::Closed(step) => end(plan, step.closing, entry),
        SupportPlanEvent::HandedOver(_) => end(plan, PlanClosing::HandedOver, entry),
    }
}

fn end(plan: &mut PlanView, closing: PlanClosing, entry: &Entry) {
    plan.closing = Some(closing);
    plan.ended_on = entry.day();
}
