use ledger_core::actor::Actor;
use ledger_core::code::Charge;
use ledger_core::event::{
    CareTeamEvent, Draft, EmergencyAccessTaken, StaffAssigned, StaffUnassigned,
};
use ledger_core::id::{ChildId, CommandId, EventId, FacilityId, LedgerId};
use ledger_core::private::Private;
use ledger_core::time::{Occurred, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::command::Command;
use crate::decision::{View, Written};
use crate::state::Folded;
use crate::world::{command, day, ledger};

const ROLES: [Role; 7] = [
    Role::Staff,
    Role::Manager,
    Role::Auditor,
    Role::Committee,
    Role::Admin,
    Role::System,
    Role::Unauthenticated,
];

/// Every right, a row an action, a column a role in the order of [`ROLES`].
///
/// A cell names the subjects: a person by `0` (not assigned), `e` (emergency access), `c` (in
/// charge); `p` practice, `g` governance, `a` audit, `l` the ledger. `*` is all of them, `-` none.
#[rustfmt::skip]
const RIGHTS: &[(Action, [&str; 7])] = &[
    //                            staff   manager   auditor committee admin system nobody
    (Action::RecordWork,          ["*",    "*",      "-",    "-",     "-",  "*",   "*"]),
    (Action::Correct,             ["0ecp", "0ecpgl", "a",    "g",     "l",  "*",   "*"]),
    (Action::Approve,             ["-",    "*",      "-",    "-",     "-",  "-",   "-"]),
    (Action::TakeEmergencyAccess, ["*",    "*",      "-",    "-",     "-",  "-",   "*"]),
    (Action::ReadTimeline,        ["ecpa", "*",      "ga",   "g",     "l",  "-",   "*"]),
    (Action::OpenText,            ["ecpa", "*",      "ga",   "g",     "l",  "-",   "*"]),
    (Action::ReadFigures,         ["*",    "*",      "*",    "*",     "-",  "*",   "*"]),
    (Action::ReadEvents,          ["*",    "*",      "*",    "-",     "-",  "*",   "*"]),
    (Action::ReviewLedger,        ["-",    "*",      "*",    "-",     "-",  "-",   "*"]),
    (Action::Export,              ["c",    "*",      "al",   "g",     "-",  "-",   "*"]),
    (Action::ChangeSettings,      ["-",    "*",      "-",    "-",     "*",  "*",   "*"]),
    (Action::ManageAccounts,      ["-",    "-",      "-",    "-",     "*",  "*",   "*"]),
    (Action::ManageFinance,       ["-",    "*",      "-",    "-",     "-",  "*",   "*"]),
    (Action::CommitteeWork,       ["-",    "*",      "-",    "*",     "-",  "*",   "*"]),
    (Action::AuditWork,           ["-",    "-",      "*",    "-",     "-",  "*",   "*"]),
    (Action::AnswerAudit,         ["*",    "*",      "-",    "-",     "-",  "-",   "*"]),
];

fn letter(subject: Subject, assignment: Assignment) -> char {
    match (subject, assignment) {
        (Subject::Person, Assignment::None) => '0',
        (Subject::Person, Assignment::Emergency) => 'e',
        (Subject::Person, Assignment::InCharge) => 'c',
        (Subject::Practice, _) => 'p',
        (Subject::Governance, _) => 'g',
        (Subject::Audit, _) => 'a',
        (Subject::Ledger, _) => 'l',
    }
}

#[test]
fn every_role_may_do_what_the_table_says_and_nothing_else() {
    let rows: Vec<Action> = RIGHTS.iter().map(|(action, _)| *action).collect();
    assert_eq!(rows, Action::ALL);
    let mut wrong = Vec::new();
    for (action, cells) in RIGHTS {
        for (role, cell) in ROLES.iter().zip(cells) {
            for subject in Subject::ALL {
                for assignment in Assignment::ALL {
                    let right = *cell == "*" || cell.contains(letter(*subject, *assignment));
                    if authorise(*role, *action, *subject, *assignment).is_ok() != right {
                        wrong.push((role, action, subject, assignment));
                    }
                }
            }
        }
    }
    assert_eq!(wrong, []);
}

#[test]
fn who_opened_what_is_read_by_those_who_review_the_ledger() {
    let reads = |stream: &str, role| {
        let stream = StreamName::new(stream).unwrap();
        let action = Action::to_read(stream.category());
        authorise(role, action, Subject::Ledger, Assignment::None).is_ok()
    };
    let readers = |stream: &str| ROLES.map(|role| reads(stream, role));

    // Staff, manager, auditor, committee, admin, the program, and somebody at the machine.
    let access = [false, true, true, false, false, false, true];
    let others = [true, true, true, false, false, true, true];
    assert_eq!(readers("access-2026-11-27"), access);
    for stream in ["child-1", "account-1", "programme", "accessory-1"] {
        assert_eq!(readers(stream), others, "{stream}");
    }
}

#[test]
fn a_refusal_says_whether_the_role_or_the_assignment_is_missing() {
    let refused = |role, action, subject| {
        let rejection = authorise(role, action, subject, Assignment::None).unwrap_err();
        (rejection.code(), rejection.field)
    };

    assert_eq!(
        refused(Role::Staff, Action::OpenText, Subject::Person),
        ("NO_PERMISSION", Some("assignment"))
    );
    assert_eq!(
        refused(Role::Committee, Action::OpenText, Subject::Person),
        ("NO_PERMISSION", Some("role"))
    );
    assert_eq!(
        refused(Role::Staff, Action::OpenText, Subject::Governance),
        ("NO_PERMISSION", Some("role"))
    );
}

#[test]
fn every_kind_of_stream_is_somebodys_record() {
    let subject = |name: &str| Subject::of(&StreamName::new(name).unwrap());

    assert_eq!(subject("child-1"), Subject::Person);
    for name in ["inquiry-1", "facility-1", "trainee-1", "organisation-1"] {
        assert_eq!(subject(name), Subject::Practice, "{name}");
    }
    for name in ["committee-1", "opinion-1", "request-1"] {
        assert_eq!(subject(name), Subject::Governance, "{name}");
    }
    assert_eq!(subject("audit-1"), Subject::Audit);
    for name in [
        "programme",
        "fiscal-2021",
        "account-1",
        "approval-1",
        "access-2021-08-02",
    ] {
        assert_eq!(subject(name), Subject::Ledger, "{name}");
    }
}

/// Opens the text of streams; decides nothing.
struct Opening(Vec<StreamName>);

impl Decision for Opening {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        self.0.clone()
    }

    fn action(&self) -> Option<Action> {
        Some(Action::OpenText)
    }

    fn decide(&self, _view: View<'_>, _context: &Context) -> Result<Vec<Written>, Rejection> {
        Ok(Vec::new())
    }
}

const NOON: &str = "2024-04-01T03:00:00Z";

fn context(role: Role) -> Context {
    let now: Timestamp = NOON.parse().unwrap();
    Context {
        ledger: ledger(),
        actor: Actor::new("st-7").unwrap(),
        role,
        command: CommandId::new(Uuid::from_u128(9)),
        now,
        today: now.day_in_japan(),
    }
}

fn child(number: u128) -> StreamName {
    StreamName::child(ChildId::new(Uuid::from_u128(number)))
}

fn loaded(stream: StreamName, events: Vec<CareTeamEvent>) -> Loaded {
    let mut folded = Folded::empty(&stream);
    for (n, event) in (0_u128..).zip(events) {
        let draft = Draft::new(event, Occurred::Day(day("2024-04-01")));
        let command = CommandId::new(Uuid::from_u128(n));
        folded.advance(command, &[(EventId::of_command(command, 0), draft)]);
    }
    Loaded {
        stream,
        folded,
        history: None,
    }
}

fn assigned() -> CareTeamEvent {
    CareTeamEvent::StaffAssigned(StaffAssigned {
        account: Actor::new("st-7").unwrap(),
        charge: Charge::Deputy,
    })
}

fn unassigned() -> CareTeamEvent {
    CareTeamEvent::StaffUnassigned(StaffUnassigned {
        account: Actor::new("st-7").unwrap(),
    })
}

fn emergency(until: &str) -> CareTeamEvent {
    CareTeamEvent::EmergencyAccess(EmergencyAccessTaken {
        account: Actor::new("st-7").unwrap(),
        until: until.parse().unwrap(),
        reason: Private::Open(None),
    })
}

fn may_open(events: Vec<CareTeamEvent>) -> bool {
    let streams = [loaded(child(1), events)];
    let opening = Opening(vec![child(1)]);
    admit(&opening, &streams, &context(Role::Staff)).is_ok()
}

#[test]
fn staff_open_whom_they_are_in_charge_of_and_whom_an_emergency_opens_for_a_while() {
    assert!(!may_open(vec![]));
    assert!(may_open(vec![assigned()]));
    assert!(!may_open(vec![assigned(), unassigned()]));
    assert!(may_open(vec![emergency("2024-04-01T03:00:01Z")]));
    assert!(!may_open(vec![emergency(NOON)]));
    assert!(may_open(vec![
        emergency("2024-04-01T05:00:00Z"),
        emergency("2024-04-01T02:00:00Z"),
    ]));
}

#[test]
fn of_several_persons_the_least_assigned_counts() {
    let opening = Opening(vec![child(1), child(2)]);
    let both = [
        loaded(child(1), vec![assigned()]),
        loaded(child(2), vec![assigned()]),
    ];
    let one = [loaded(child(1), vec![assigned()]), loaded(child(2), vec![])];

    assert_eq!(admit(&opening, &both, &context(Role::Staff)), Ok(()));
    let refused = admit(&opening, &one, &context(Role::Staff)).unwrap_err();
    assert_eq!(refused, Reason::NoPermission.on("assignment"));
    assert_eq!(admit(&opening, &one, &context(Role::Manager)), Ok(()));
}

/// The answer to a command about one stream, in a role.
fn given(json: serde_json::Value, role: Role) -> Result<(), Rejection> {
    let command: Command = command(json);
    let streams = command.streams(ledger());
    let loaded: Vec<Loaded> = streams
        .into_iter()
        .map(|stream| loaded(stream, vec![]))
        .collect();
    admit(&command, &loaded, &context(role))
}

#[test]
fn commands_are_admitted_by_their_action_and_the_stream_that_they_are_about() {
    let no = Err(Reason::NoPermission.on("role"));
    let open = json!({"command": "open-account", "name": "st-8", "role": "staff",
        "occurred": "2024-04-01"});
    let facility = StreamName::facility(FacilityId::new(Uuid::from_u128(1)));
    let annul = |stream: &StreamName| {
        json!({"command": "annul-event", "stream": stream, "reason": "typo",
            "target": Uuid::from_u128(5)})
    };
    let finding = StreamName::new(format!("audit-{}", Uuid::from_u128(3))).unwrap();

    assert_eq!(given(open.clone(), Role::Staff), no);
    assert_eq!(given(open.clone(), Role::Manager), no);
    assert_eq!(given(open.clone(), Role::Admin), Ok(()));
    assert_eq!(given(open, Role::Unauthenticated), Ok(()));
    assert_eq!(given(annul(&facility), Role::Staff), Ok(()));
    assert_eq!(given(annul(&finding), Role::Staff), no);
    assert_eq!(given(annul(&finding), Role::Manager), no);
    assert_eq!(given(annul(&finding), Role::Auditor), Ok(()));
    assert_eq!(given(annul(&child(1)), Role::Staff), Ok(()));
    assert_eq!(given(annul(&child(1)), Role::Admin), no);
}

#[test]
fn what_is_no_act_of_daily_work_asks_for_no_right() {
    struct Import;
    impl Decision for Import {
        fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
            vec![StreamName::programme()]
        }
        fn decide(&self, _: View<'_>, _: &Context) -> Result<Vec<Written>, Rejection> {
            Ok(Vec::new())
        }
    }
    let streams = [loaded(StreamName::programme(), vec![])];

    assert_eq!(admit(&Import, &streams, &context(Role::Committee)), Ok(()));
}
