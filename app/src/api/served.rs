//! The table of the views: path, name and shape of the answer of each.

use super::children::Children;
use super::lists::{Events, WorkList};
use super::referrals::Referrals;
use super::review::{Accesses, Corrections, CountingRules, Imports, Sample};
use super::shape::Shape::{Count, Day, Flag, Id, Object, Objects, Position, Text, Texts, Year};
use super::shape::{Field, object};
use super::views::{Served, view};
use crate::cli::view as asked;

/// On which day and as at which position something is looked at.
const MOMENT: [Field; 2] = [("as_of", Day, false), ("as_at", Position, false)];
/// The same of a card, whose text may be open.
const CARD: [Field; 3] = [
    ("as_of", Day, false),
    ("as_at", Position, false),
    ("opened", Flag, false),
];
/// For which year, on which day and as at which position is counted.
const COUNTED: [Field; 3] = [
    ("fiscal_year", Year, false),
    ("on", Day, false),
    ("as_at", Position, false),
];
/// A stored event.
const EVENT: [Field; 11] = [
    ("position", Position, false),
    ("stream", Text, false),
    ("revision", Count, false),
    ("id", Id, false),
    ("type", Text, false),
    ("recorded_at", Text, false),
    ("sealed", Flag, false),
    ("erased", Flag, false),
    ("leaf_hash", Text, false),
    ("metadata", Object, false),
    ("data", Object, false),
];

/// Every view.
pub(super) fn all() -> Vec<Served> {
    let mut all = of_persons();
    all.extend(of_figures());
    all.extend(of_the_committee());
    all.extend(of_the_centre());
    all.extend(of_the_log());
    all.extend(of_the_review());
    all
}

fn of_persons() -> Vec<Served> {
    let due = [
        ("on", Day, false),
        ("items", Objects, false),
        ("terms", Objects, false),
        ("next", Count, true),
    ];
    let children = [("children", Objects, false), ("next", Count, true)];
    let referrals = [("referrals", Objects, false), ("next", Count, true)];
    let timeline = [
        ("today", Day, false),
        ("position", Position, false),
        ("person", Object, false),
        ("disaster_wish", Object, true),
        ("disaster_plans", Objects, false),
        ("support_plans", Objects, false),
        ("referrals", Objects, false),
        ("entries", Objects, false),
    ];
    let offices = [("fresh_days", Count, false), ("offices", Objects, false)];
    vec![
        view::<WorkList>("/api/work-list", "workList", object(&due, false)),
        view::<Children>("/api/children", "children", of(&MOMENT, &children)),
        view::<Referrals>("/api/referrals", "referrals", of(&MOMENT, &referrals)),
        view::<asked::Timeline>("/api/children/{child}", "timeline", object(&timeline, true)),
        view::<asked::Directory>("/api/directory", "directory", of(&CARD, &offices)),
    ]
}

fn of_figures() -> Vec<Served> {
    let changed = [
        ("fiscal_year", Year, false),
        ("on", Day, false),
        ("from", Position, false),
        ("to", Position, false),
        ("changes", Objects, false),
    ];
    let crossed = [
        ("rows", Text, false),
        ("columns", Text, false),
        ("table", Object, false),
    ];
    let pack = [("digest", Text, false), ("pack", Object, false)];
    vec![
        view::<asked::Figures>(
            "/api/figures",
            "figures",
            object(&[("as_at", Position, false)], true),
        ),
        view::<asked::Indicators>(
            "/api/indicators",
            "indicators",
            of(&COUNTED, &[("indicators", Objects, false)]),
        ),
        // A number is explained otherwise than an event.
        view::<asked::Explain>("/api/explain/{what}", "explain", object(&COUNTED, true)),
        view::<asked::Changes>(
            "/api/changed-figures",
            "changedFigures",
            object(&changed, false),
        ),
        view::<asked::Cross>(
            "/api/cross/{rows}/{columns}",
            "cross",
            of(&COUNTED, &crossed),
        ),
        view::<asked::Pack>("/api/pack", "pack", object(&pack, false)),
    ]
}

fn of_the_committee() -> Vec<Served> {
    let meeting = [
        ("state", Text, false),
        ("meeting", Object, false),
        ("figures", Object, true),
        ("now", Object, true),
        ("amended", Objects, false),
    ];
    let request = [
        ("number", Count, false),
        ("kind", Text, false),
        ("card", Object, false),
        ("amended", Objects, false),
    ];
    let budget = [
        ("fiscal_year", Year, false),
        ("paper_rate_percent", Count, true),
        ("budget", Object, true),
        ("amended", Objects, false),
    ];
    let programme = [("programme", Object, false), ("amended", Objects, false)];
    vec![
        view::<asked::Meetings>(
            "/api/meetings",
            "meetings",
            of(&MOMENT, &[("meetings", Objects, false)]),
        ),
        view::<asked::Meeting>("/api/meetings/{which}", "meeting", of(&CARD, &meeting)),
        view::<asked::Requests>(
            "/api/requests",
            "requests",
            of(&MOMENT, &[("requests", Objects, false)]),
        )
        .without(&["which", "open"]),
        view::<asked::Requests>("/api/requests/{which}", "request", of(&CARD, &request)),
        view::<asked::Budget>("/api/budget", "budget", of(&CARD, &budget)),
        view::<asked::Programme>("/api/programme", "programme", of(&CARD, &programme)),
    ]
}

fn of_the_centre() -> Vec<Served> {
    let one = |name| {
        [
            ("number", Count, false),
            (name, Object, false),
            ("history", Objects, false),
        ]
    };
    vec![
        view::<asked::Facilities>(
            "/api/facilities",
            "facilities",
            of(&MOMENT, &[("grid", Object, false)]),
        ),
        view::<asked::Facility>(
            "/api/facilities/{which}",
            "facility",
            of(&CARD, &one("facility")),
        ),
        view::<asked::Trainees>(
            "/api/trainees",
            "trainees",
            of(&MOMENT, &[("trainees", Objects, false)]),
        ),
        view::<asked::Trainee>(
            "/api/trainees/{which}",
            "trainee",
            of(&CARD, &one("trainee")),
        ),
    ]
}

fn of_the_log() -> Vec<Served> {
    let audit = [
        ("number", Count, false),
        ("audit", Object, false),
        ("drawn", Objects, true),
        ("amended", Objects, false),
    ];
    let event = [("sentence_ja", Text, true), ("amendments", Objects, false)];
    let events = [
        ("events", Objects, false),
        ("next", Position, true),
        ("left_out", Texts, false),
    ];
    let counts = [("kinds", Objects, false), ("left_out", Texts, false)];
    vec![
        view::<asked::Audits>(
            "/api/audits",
            "audits",
            of(&MOMENT, &[("audits", Objects, false)]),
        )
        .without(&["which", "draw", "open"]),
        view::<asked::Audits>("/api/audits/{which}", "audit", of(&CARD, &audit)),
        view::<Events>("/api/events", "events", object(&events, false)),
        view::<asked::OneEvent>(
            "/api/events/{which}",
            "event",
            object(&[EVENT.as_slice(), &event].concat(), true),
        ),
        view::<asked::EventCounts>("/api/event-counts", "eventCounts", object(&counts, false)),
    ]
}

fn of_the_review() -> Vec<Served> {
    let corrections = [("corrections", Objects, false), ("next", Position, true)];
    let imports = [
        ("imports", Objects, false),
        ("looked_to", Position, true),
        ("next", Count, true),
    ];
    let accesses = [
        ("as_at", Position, false),
        ("month", Text, true),
        ("child", Id, true),
        ("accesses", Objects, false),
        ("emergencies", Objects, false),
        ("next", Count, true),
    ];
    let sample = [
        ("seed", Text, false),
        ("from", Position, false),
        ("to", Position, false),
        ("n", Count, false),
        ("by_type", Flag, false),
        ("as_at", Position, false),
        ("root", Text, false),
        ("events", Objects, false),
    ];
    let rules = [
        ("rules", Objects, false),
        ("terms", Objects, false),
        ("readings", Objects, false),
    ];
    vec![
        view::<Corrections>(
            "/api/corrections",
            "corrections",
            object(&corrections, false),
        ),
        view::<Imports>("/api/imports", "imports", object(&imports, false)),
        view::<Accesses>(
            "/api/access-review",
            "accessReview",
            object(&accesses, false),
        ),
        view::<Sample>("/api/sample", "sample", object(&sample, false)),
        view::<CountingRules>("/api/counting-rules", "countingRules", of(&COUNTED, &rules)),
    ]
}

/// The shape of an object with these fields and those, and no others.
fn of(first: &[Field], then: &[Field]) -> serde_json::Value {
    object(&[first, then].concat(), false)
}
