//! Random acts of a centre, as the commands that staff would give.

use std::ops::Range;

use ledger_core::time::FiscalYear;
use proptest::prelude::*;
use serde_json::{Value, json};

/// What is done, and how often.
pub(super) const KINDS: &[(u32, &str)] = &[
    (10, "record-consultation"),
    (3, "record-inquiry"),
    (2, "link-inquiry"),
    (1, "unlink-inquiry"),
    (2, "start-care-procedure"),
    (1, "end-care-procedure"),
    (2, "assess-mobility"),
    (5, "make-referral"),
    (5, "receive-referral"),
    (4, "accept-referral"),
    (1, "decline-referral"),
    (4, "complete-referral"),
    (4, "receive-feedback"),
    (1, "withdraw-referral"),
    (3, "reopen-referral"),
    (1, "remind-referral"),
    (4, "draft-support-plan"),
    (4, "agree-support-plan"),
    (2, "revise-support-plan"),
    (1, "close-support-plan"),
    (4, "draft-disaster-plan"),
    (4, "agree-disaster-plan"),
    (3, "verify-disaster-plan"),
    (1, "review-disaster-plan"),
    (3, "revise-disaster-plan"),
    (1, "end-disaster-plan"),
    (1, "record-disaster-plan-not-wanted"),
    (1, "close-case"),
    (1, "reopen-case"),
    (2, "register-child"),
    (1, "register-facility"),
    (2, "enrol-facility"),
    (4, "record-facility-support"),
    (1, "enrol-trainee"),
    (3, "hold-session"),
    (1, "complete-training"),
    (2, "schedule-follow-up"),
    (2, "finish-follow-up"),
    (2, "give-consent"),
    (1, "withdraw-consent"),
    (1, "start-hospital-stay"),
    (1, "record-discharge"),
    (3, "make-recommendation"),
    (2, "answer-recommendation"),
    (3, "merge-cases"),
    (1, "undo-merge"),
    (3, "correct-event"),
    (2, "annul-event"),
    (1, "reverse-annulment"),
    (2, "reassign-event"),
];

/// One act.
#[derive(Clone, Copy, Debug)]
pub(super) struct Act {
    pub(super) name: &'static str,
    /// The person, and another one.
    pub(super) child: u8,
    pub(super) other: u8,
    /// Which of a few referrals, plans, facilities.
    pub(super) thing: u8,
    /// How it is done, or which earlier event it is about.
    pub(super) way: u16,
    /// Days between the earliest day on which it may have happened and the day on which it did.
    pub(super) later: u8,
}

/// Most is about one person, and about one plan and one referral, so that steps follow each other.
const PERSONS: [u8; 10] = [0, 0, 0, 0, 0, 1, 1, 2, 2, 3];
const THINGS: [u8; 4] = [0, 0, 0, 1];

fn act() -> impl Strategy<Value = Act> {
    let kinds = KINDS
        .iter()
        .map(|(weight, name)| (*weight, Just(*name).boxed()));
    let kinds = prop::strategy::Union::new_weighted(kinds.collect());
    let (persons, things) = (0..PERSONS.len(), 0..THINGS.len());
    (kinds, persons, 0..4_u8, things, any::<u16>(), 0..20_u8).prop_map(
        |(name, person, other, thing, way, later)| Act {
            name,
            child: PERSONS[person],
            other,
            thing: THINGS[thing],
            way,
            later,
        },
    )
}

/// A row of acts.
pub(super) fn acts(length: Range<usize>) -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec(act(), length)
}

/// An id that no register gives.
pub(super) fn id(kind: u8, child: u8, thing: u8) -> String {
    let number = 9_000 + u128::from(kind) * 100 + u128::from(child) * 10 + u128::from(thing);
    ledger_tests::samples::uuid(number).to_string()
}

impl Act {
    /// One of some words.
    fn pick<'a>(&self, words: &[&'a str]) -> &'a str {
        words[usize::from(self.way) % words.len()]
    }

    /// The fields beside name, day and person; nothing of acts about earlier events and merges.
    #[rustfmt::skip]
    pub(super) fn fields(&self, on: &str) -> Value {
        let Self { child, thing, way, .. } = *self;
        let number = |kind: &str| format!("{kind}{child}-{thing}");
        let version = 1 + u32::from(way % 3 == 0);
        let of_plan = |more: Value| {
            let kind = if self.name.contains("disaster") { "D" } else { "P" };
            let mut fields = more;
            fields["plan"] = number(kind).into();
            fields
        };
        match self.name {
            "record-consultation" => json!({
                "children": if way % 4 == 0 { json!([format!("C{child}"), format!("C{}", self.other)]) } else { json!([format!("C{child}")]) },
                "consulter": self.pick(&["guardian", "hospital"]), "channel": "phone",
                "topics": ["respite", "discharge"],
                "occurred": format!("{on}{}", self.pick(&["T09:00", "T16:59", "T17:00", ""])),
            }),
            "record-inquiry" => json!({"inquiry": number("I"), "consulter": "hospital",
                "channel": "phone", "topics": ["discharge"]}),
            "link-inquiry" => json!({"inquiry": number("I")}),
            "unlink-inquiry" => json!({"inquiry": number("I"), "reason": "別の方"}),
            "start-care-procedure" | "end-care-procedure" => json!({"procedure": self.pick(&["ventilator", "suction"])}),
            "assess-mobility" => json!({"motor_impairment": self.pick(&["none", "mild", "severe"]), "smid_certified": way % 5 == 0}),
            "make-referral" => json!({"referral": number("F"), "area": "kitazawa", "section": "health-welfare",
                "urgency": "normal", "direction": if way % 6 == 0 { "from" } else { "to" }}),
            "decline-referral" | "withdraw-referral" | "reopen-referral" => json!({"referral": number("F"), "reason": "見本"}),
            "complete-referral" => json!({"referral": number("F"), "outcome": self.pick(&["served", "not-possible"])}),
            "receive-feedback" => json!({"referral": number("F"), "feedback": "報告書を受領"}),
            "remind-referral" => json!({"referral": number("F"), "channel": "phone"}),
            "receive-referral" | "accept-referral" => json!({"referral": number("F")}),
            "draft-support-plan" => of_plan(json!({"goals": "見本"})),
            "agree-support-plan" | "agree-disaster-plan" => of_plan(json!({"version": version})),
            "revise-support-plan" => of_plan(json!({"base_version": version, "reason": "yearly", "goals": "見本"})),
            "close-support-plan" => of_plan(json!({"closing": "completed"})),
            "draft-disaster-plan" => of_plan(json!({"office": self.pick(&["centre", "centre", "district-centre"])})),
            "verify-disaster-plan" => of_plan(json!({"guardian_present": way % 4 != 0, "method": "visit", "result": "valid"})),
            "review-disaster-plan" => of_plan(json!({"method": "tabletop"})),
            "revise-disaster-plan" => of_plan(json!({"base_version": version})),
            "end-disaster-plan" => of_plan(json!({"reason": "moved"})),
            "close-case" => json!({"reason": "moved", "exception": if way % 2 == 0 { json!("報告待ち") } else { Value::Null }}),
            "reopen-case" => json!({"reason": "見本"}),
            "register-child" => json!({"number": format!("C{child}"), "name": "見本　花子", "birth_date": "2019-10-15", "area": "kitazawa"}),
            "register-facility" => json!({"number": format!("X{thing}"), "name": "見本保育園", "kind": "nursery", "area": "tamagawa"}),
            "enrol-facility" => json!({"facility": format!("X{thing}"), "fiscal_year": FiscalYear::of(on.parse().unwrap())}),
            "record-facility-support" => json!({"facility": format!("X{thing}"), "staff_kind": "nurse"}),
            "enrol-trainee" => json!({"number": format!("T{thing}"), "name": "研修　一", "office": "見本事業所"}),
            "hold-session" => json!({"trainee": format!("T{thing}"), "kind": "lecture", "duration_minutes": 60}),
            "complete-training" => json!({"trainee": format!("T{thing}"), "basis": "全課程", "override_reason": "実務の経験"}),
            "schedule-follow-up" => json!({"follow_up": id(1, child, thing), "due_on": on}),
            "finish-follow-up" => json!({"follow_up": id(1, child, thing)}),
            "give-consent" => json!({"consent": number("G"), "recipients": ["hospital"], "data": ["medical-care"],
                "purpose": "discharge", "form": "written", "given_by": "guardian"}),
            "withdraw-consent" => json!({"consent": number("G"), "withdrawn_by": "guardian"}),
            "start-hospital-stay" => json!({"stay": id(2, child, thing), "hospital": "見本病院"}),
            "record-discharge" => json!({"hospital": "見本病院"}),
            "record-disaster-plan-not-wanted" => json!({}),
            "make-recommendation" => json!({"meeting": id(3, 0, 0), "recommendation": id(4, child, thing),
                "addressee": "centre", "due_on": on, "text": "見本"}),
            "answer-recommendation" => json!({"meeting": id(3, 0, 0), "recommendation": id(4, child, thing), "text": "見本"}),
            other => panic!("no fields of {other}"),
        }
    }

    /// Whether the command names the person in a field of its own.
    pub(super) fn is_about_a_child(&self) -> bool {
        let others = [
            "register-",
            "enrol-",
            "hold-",
            "complete-training",
            "make-recom",
            "answer-recom",
        ];
        !others.iter().any(|other| self.name.starts_with(other))
            && ![
                "record-consultation",
                "record-inquiry",
                "record-facility-support",
            ]
            .contains(&self.name)
    }
}
