//! What is known of a person, field by field, each with the event that said it last: told once, used everywhere.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use ledger_core::code::ProfileField;
use serde_json::{Map, Value};

use crate::timeline::{Timeline, TimelineEntry};

/// Fields that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetGroup {
    /// Who the person is.
    Person,
    /// Guardians and contacts.
    Guardians,
    /// Daily medical care.
    Care,
    /// Birth, movement, score.
    Function,
    /// Handbooks and services.
    Services,
    /// What the family prepared for a disaster.
    Disaster,
}

impl SheetGroup {
    /// Every group, in the order of a sheet.
    pub const ALL: &'static [Self] = &[
        Self::Person,
        Self::Guardians,
        Self::Care,
        Self::Function,
        Self::Services,
        Self::Disaster,
    ];

    /// Fields that a sheet asks for where nobody said them yet.
    #[must_use]
    pub const fn wanted(self) -> &'static [&'static str] {
        match self {
            Self::Person => &[
                "number",
                "name",
                "kana",
                "birth_date",
                "area",
                "address",
                "phone",
            ],
            Self::Guardians => &["name", "relation", "contact"],
            Self::Care => &["procedure"],
            Self::Function => &[
                "weight_grams",
                "gestation_weeks",
                "motor_impairment",
                "smid_certified",
                "score",
            ],
            Self::Services => &["handbooks", "services"],
            Self::Disaster => &[
                "power",
                "oxygen",
                "suction",
                "nutrition",
                "medicines",
                "place",
                "contacts",
                "helpers",
                "hospital",
            ],
        }
    }
}

/// One field as it stands.
#[derive(Clone, Debug)]
pub struct SheetLine<'t> {
    /// Where it belongs.
    pub group: SheetGroup,
    /// The thing of which there may be several: a guardian, a kind of care; empty for the person's own.
    pub of: String,
    /// The field.
    pub field: String,
    /// What it says; null where it was erased or cannot be read here.
    pub value: Value,
    /// The event that said it last.
    pub said: &'t TimelineEntry,
}

/// Events of which every field stands on the sheet until the next of its type.
const WHOLE: &[(&str, SheetGroup)] = &[
    ("birth-detail-recorded", SheetGroup::Function),
    ("mobility-assessed", SheetGroup::Function),
    ("care-score-assessed", SheetGroup::Function),
    ("welfare-services-recorded", SheetGroup::Services),
    ("disaster-plan-sections-written", SheetGroup::Disaster),
];

/// Fields that name the thing or its version.
const NAMING: &[&str] = &[
    "child",
    "birth_month",
    "guardian",
    "plan",
    "version",
    "procedure",
];

type Key = (SheetGroup, String, String);

/// What is known, group by group; of what may be there several times, one after the other. Of merged cases the one that
/// goes on says who the person is, and another only what it does not say; where the person lives is what was said last.
#[must_use]
pub fn profile_sheet(timeline: &Timeline) -> Vec<SheetLine<'_>> {
    let mut known: BTreeMap<Key, (Value, &TimelineEntry)> = BTreeMap::new();
    let standing = timeline.entries.iter();
    let mut standing: Vec<&TimelineEntry> = standing
        .filter(|entry| entry.standing == "stands")
        .collect();
    // As profiles are folded: in the order in which it was recorded.
    standing.sort_by_key(|entry| (!is_of_who_it_was(entry), entry.position));
    for entry in &standing {
        if !began_again_later(&known, entry) {
            take(&mut known, entry);
        }
    }
    if let Some((area, said)) = lived(&standing) {
        let key = (SheetGroup::Person, String::new(), "area".to_owned());
        known.insert(key, (area, said));
    }
    let lines = known.into_iter();
    let lines = lines.map(|((group, of, field), (value, said))| SheetLine {
        group,
        of,
        field,
        value,
        said,
    });
    lines.collect()
}

/// Whether a merged case said by it who the person is.
fn is_of_who_it_was(entry: &TimelineEntry) -> bool {
    let types = ["child-registered", "profile-changed"];
    entry.case.is_some() && types.contains(&entry.event_type)
}

/// Where the person lives, as it was said last.
fn lived<'t>(standing: &[&'t TimelineEntry]) -> Option<(Value, &'t TimelineEntry)> {
    let said = standing.iter().filter_map(|entry| {
        let types = ["child-registered", "profile-changed"];
        let area = types
            .contains(&entry.event_type)
            .then(|| entry.fields().get("area").cloned());
        let area = area.flatten().filter(|area| !area.is_null())?;
        Some((area, *entry))
    });
    said.max_by_key(|(_, entry)| entry.position)
}

fn take<'t>(known: &mut BTreeMap<Key, (Value, &'t TimelineEntry)>, entry: &'t TimelineEntry) {
    // Most events say nothing that stands on a sheet.
    let fields = LazyCell::new(|| entry.fields());
    let text = |field: &str| {
        let text = fields.get(field).and_then(Value::as_str);
        text.unwrap_or_default()
    };
    let mut put = |group: SheetGroup, of: &str, field: &str, value: &Value| {
        let key = (group, of.to_owned(), field.to_owned());
        known.insert(key, (value.clone(), entry));
    };
    match entry.event_type {
        "child-registered" => {
            let is_number_of_a_merged_case =
                |field: &str| entry.case.is_some() && field == "number";
            for (field, value) in own(&fields) {
                if !is_number_of_a_merged_case(field) {
                    put(SheetGroup::Person, "", field, value);
                }
            }
        },
        "profile-changed" => {
            let area = text("field") == ProfileField::Area.code();
            let value = fields.get(if area { "area" } else { "new" });
            let field = text("field").replace('-', "_");
            put(
                SheetGroup::Person,
                "",
                &field,
                value.unwrap_or(&Value::Null),
            );
        },
        "guardian-added" | "guardian-changed" => {
            for (field, value) in own(&fields) {
                put(SheetGroup::Guardians, text("guardian"), field, value);
            }
        },
        "guardian-removed" => forget(known, SheetGroup::Guardians, text("guardian")),
        "care-procedure-started" => {
            let procedure = Value::from(text("procedure"));
            put(SheetGroup::Care, text("procedure"), "procedure", &procedure);
            for (field, value) in own(&fields) {
                put(SheetGroup::Care, text("procedure"), field, value);
            }
        },
        "care-procedure-ended" => end_care(known, text("procedure"), entry),
        other => {
            let Some((_, group)) = WHOLE.iter().find(|(name, _)| *name == other) else {
                return;
            };
            for (field, value) in own(&fields) {
                put(*group, "", field, value);
            }
        },
    }
}

/// The fields that say something.
fn own(fields: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    let fields = fields.iter();
    fields.filter(|(field, value)| !NAMING.contains(&field.as_str()) && !value.is_null())
}

/// Whether care begins that began again later, as it may have in another of merged cases.
fn began_again_later(
    known: &BTreeMap<Key, (Value, &TimelineEntry)>,
    entry: &TimelineEntry,
) -> bool {
    if entry.event_type != "care-procedure-started" {
        return false;
    }
    let fields = entry.fields();
    let procedure = fields.get("procedure").and_then(Value::as_str);
    let of = procedure.unwrap_or_default().to_owned();
    let said = known.get(&(SheetGroup::Care, of, "procedure".to_owned()));
    said.is_some_and(|(_, said)| said.occurred.day() > entry.occurred.day())
}

/// Care is over, but for what began again after it.
fn end_care(
    known: &mut BTreeMap<Key, (Value, &TimelineEntry)>,
    procedure: &str,
    end: &TimelineEntry,
) {
    let began_after = |said: &TimelineEntry| {
        let days = said.occurred.day().zip(end.occurred.day());
        days.is_some_and(|(from, to)| from > to)
    };
    known.retain(|(group, of, _), (_, said)| {
        *group != SheetGroup::Care || of != procedure || began_after(said)
    });
}

fn forget(known: &mut BTreeMap<Key, (Value, &TimelineEntry)>, group: SheetGroup, of: &str) {
    known.retain(|(own_group, own_of, _), _| *own_group != group || own_of != of);
}
