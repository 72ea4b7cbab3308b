//! What the versions of a plan say, how far each is, and what changed between them.

use ledger_projections::timeline::{PlanVersion, VersionDifference};
use serde_json::Value;

use crate::pages::language::{current, t};
use crate::render::{self, Change, changed_words};

/// A version of a plan, as the page shows it.
pub(super) struct Version {
    /// From 1.
    pub(super) number: u32,
    /// How far it is, each step with its day where it was done.
    pub(super) steps: Vec<(&'static str, Option<String>)>,
    /// Fields with what they say; of a disaster plan those as well that say nothing yet.
    pub(super) rows: Vec<(String, String)>,
    /// What changed since the version before.
    pub(super) changes: Vec<(String, Vec<Change>)>,
}

/// Fields that a disaster plan has room for, whether or not somebody filled them in: what is asked in the night
/// of a blackout first.
pub(super) const WANTED: &[&str] = &[
    "plan_text",
    "place",
    "evacuation",
    "contacts",
    "helpers",
    "hospital",
    "electric_device",
    "battery_minutes",
    "spare_power",
    "power",
    "oxygen",
    "suction",
    "nutrition",
    "water_days",
    "medicines",
    "emergency_summary",
    "issues",
];

/// The newest version first, each with what changed since the one before; of a disaster plan with room for what is
/// wanted.
pub(super) fn versions(
    versions: &[PlanVersion],
    differences: &[VersionDifference],
    wanted: Option<&[&str]>,
) -> Vec<Version> {
    let shown = versions.iter().rev().map(|version| {
        let since = differences.iter().find(|one| one.to == version.version);
        let changes = since
            .map(|since| since.changes.iter())
            .into_iter()
            .flatten();
        let changes = changes.map(|change| {
            let label = render::field_label(&change.field, current()).to_owned();
            let before = said(&change.field, &change.before);
            let after = said(&change.field, &change.after);
            (label, changed_words(&before, &after))
        });
        Version {
            number: version.version,
            steps: steps(version, wanted.is_some()),
            rows: rows(version, wanted.unwrap_or_default()),
            changes: changes.collect(),
        }
    });
    shown.collect()
}

/// How far a version is. The family makes its disaster plan itself: nobody explains it to them.
fn steps(version: &PlanVersion, is_the_familys_own: bool) -> Vec<(&'static str, Option<String>)> {
    let explained = (t("説明", "Explained"), version.explained_on);
    let steps = [
        Some((t("作成", "Written"), version.written_on)),
        Some(explained).filter(|_| !is_the_familys_own),
        Some((t("合意", "Agreed"), version.agreed_on)),
    ];
    let steps = steps.into_iter().flatten();
    let told = steps.map(|(step, on)| (step, on.map(|on| render::day(on, current()))));
    told.collect()
}

/// A value as it is compared; nothing said is nothing, not a dash.
fn said(field: &str, value: &Value) -> String {
    if value.is_null() {
        return String::new();
    }
    render::value(field, value, current())
}

fn rows(version: &PlanVersion, wanted: &[&str]) -> Vec<(String, String)> {
    let said = |field: &str| version.sections.get(field).or(version.fields.get(field));
    let nothing = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let label = |field: &str| render::field_label(field, current()).to_owned();
    let first = wanted.iter().map(|field| {
        let said = said(field).filter(|value| !nothing(value));
        let said = said.map(|value| render::value(field, value, current()));
        (label(field), said.unwrap_or_default())
    });
    let content = version.fields.iter().chain(&version.sections);
    let others = content.filter(|(field, value)| {
        let is_naming = render::is_plumbing(field) || *field == "version";
        !value.is_null() && !is_naming && !wanted.contains(&field.as_str())
    });
    let others =
        others.map(|(field, value)| (label(field), render::value(field, value, current())));
    first.chain(others).collect()
}
