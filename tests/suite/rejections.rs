//! Each rejection of the domain has a command that gets it, and what is only late is never refused.

use std::collections::BTreeSet;
use std::sync::Arc;

use ledger_commands::{Command, Envelope, ExecuteError, Ledger, Receipt, Rejection};
use ledger_core::actor::{Actor, Role};
use ledger_core::id::CommandId;
use ledger_core::store::{Append, AppendError, EventStore, ExpectedRevision};
use ledger_tests::clock::CountedIds;
use ledger_tests::conformance::event;
use ledger_tests::ledger::{Engine, TestLedger};
use serde_json::{Value, json};

/// The codes that the domain names.
const NAMED: [&str; 13] = [
    "NO_PERMISSION",
    "CASE_CLOSED",
    "CASE_MERGED",
    "FISCAL_YEAR_CLOSED",
    "CONSENT_MISSING",
    "OCCURRED_IN_FUTURE",
    "OCCURRED_BEFORE_BIRTH",
    "UNKNOWN_CODE",
    "STALE_VALUE",
    "STALE_BASE",
    "STALE_TARGET",
    "VENTILATOR_NOT_CENTRE",
    "GUARDIAN_REQUIRED",
];

struct Centre {
    test: TestLedger,
    ledger: Ledger,
    ids: CountedIds,
}

impl Centre {
    async fn new() -> Self {
        let test = TestLedger::new(Engine::Sqlite).await;
        let store: Arc<dyn EventStore> = test.shared();
        let clock = Arc::new(test.clock.clone());
        let ledger = Ledger::new(store, test.codec.clone(), clock, test.id);
        let ids = CountedIds::new();
        Self { test, ledger, ids }
    }

    async fn give(&self, (actor, role): (&str, Role), json: &Value) -> Result<Receipt, Rejection> {
        let id = self.ids.next(CommandId::new);
        let command = Command::read(json.clone(), self.test.id, id);
        let command = command.unwrap_or_else(|error| panic!("{json}: {error}"));
        let envelope = Envelope::new(id, Actor::new(actor).unwrap(), role);
        match self.ledger.execute(&command, &envelope).await {
            Ok(receipt) => Ok(receipt),
            Err(ExecuteError::Rejected(rejection)) => Err(rejection),
            Err(error) => panic!("{json}: {error}"),
        }
    }

    async fn did(&self, json: Value) -> Receipt {
        let done = self.give(ANYBODY, &json).await;
        done.unwrap_or_else(|refused| panic!("{json}: {refused}"))
    }

    async fn all(&self, commands: impl IntoIterator<Item = Value>) {
        for command in commands {
            self.did(command).await;
        }
    }
}

const ANYBODY: (&str, Role) = ("staff-1", Role::Unauthenticated);

fn act(name: &str, child: &str, on: &str, mut fields: Value) -> Value {
    fields["command"] = name.into();
    fields["child"] = child.into();
    fields["occurred"] = on.into();
    fields
}

fn office(name: &str, on: &str, mut fields: Value) -> Value {
    fields["command"] = name.into();
    fields["occurred"] = on.into();
    fields
}

fn register(number: &str) -> Value {
    let fields = json!({"number": number, "name": "見本　花子", "birth_date": "2019-10-15",
        "area": "kitazawa"});
    office("register-child", "2021-08-02", fields)
}

fn consult(child: &str, on: &str) -> Value {
    let fields = json!({"children": [child], "consulter": "guardian", "channel": "phone",
        "topics": ["respite"]});
    office("record-consultation", on, fields)
}

const CARE: &str = "start-care-procedure";

fn merge(survivor: &str, absorbed: &str) -> Value {
    let fields = json!({"survivor": survivor, "absorbed": absorbed, "approval": APPROVAL});
    office("merge-cases", "2023-09-10", fields)
}

const APPROVAL: &str = "019a0000-0000-7000-8000-000000000001";

/// Persons in different situations: C1 with an agreed plan in its second version, C2 closed, C3 an
/// alias of C4, C5 on a ventilator, C6 with things that are open.
async fn centre() -> Centre {
    let centre = Centre::new().await;
    centre
        .all(["C1", "C2", "C3", "C4", "C5", "C6"].map(register))
        .await;
    let plan = json!({"plan": "P1"});
    let second = json!({"plan": "P1", "base_version": 1, "reason": "yearly"});
    let agreed = json!({"plan": "P1", "version": 1});
    let disaster = json!({"plan": "D1", "office": "centre"});
    let referral = json!({"referral": "F6", "area": "kitazawa", "section": "health-welfare",
        "urgency": "normal"});
    centre
        .all([
            act("draft-support-plan", "C1", "2021-09-01", plan),
            act("agree-support-plan", "C1", "2021-09-02", agreed),
            act("revise-support-plan", "C1", "2021-10-01", second),
            act("draft-disaster-plan", "C1", "2021-09-01", disaster),
            act(
                "agree-disaster-plan",
                "C1",
                "2021-09-02",
                json!({"plan": "D1", "version": 1}),
            ),
            act(
                "add-guardian",
                "C1",
                "2021-08-06",
                json!({"guardian": "K1", "name": "見本　和子"}),
            ),
            act("close-case", "C2", "2022-03-31", json!({"reason": "moved"})),
            act(CARE, "C5", "2021-08-15", json!({"procedure": "ventilator"})),
            act(CARE, "C6", "2021-08-15", json!({"procedure": "suction"})),
            act(
                "draft-support-plan",
                "C6",
                "2021-09-01",
                json!({"plan": "P6"}),
            ),
            act(
                "draft-disaster-plan",
                "C6",
                "2021-09-01",
                json!({"plan": "D6", "office": "centre"}),
            ),
            act("make-referral", "C6", "2021-09-01", referral),
        ])
        .await;
    merged(&centre).await;
    books(&centre).await;
    centre
}

async fn merged(centre: &Centre) {
    let survivor = ledger_commands::register::child_id(centre.test.id, "C4");
    let asked = json!({"approval": APPROVAL, "act": "merge", "reason": "同じ人",
        "stream": format!("child-{survivor}"), "absorbed": "C3"});
    centre
        .did(office("request-approval", "2023-09-09", asked))
        .await;
    let grant = office(
        "grant-approval",
        "2023-09-10",
        json!({"approval": APPROVAL}),
    );
    let own = centre.give(("staff-1", Role::Manager), &grant).await;
    assert_eq!(own.unwrap_err().code(), "SAME_PERSON_APPROVES");
    let other = ("staff-2", Role::Manager);
    centre.give(other, &grant).await.unwrap();
    centre.did(merge("C4", "C3")).await;
}

async fn books(centre: &Centre) {
    let line = json!({"fiscal_year": 2021, "line": "相談員", "name": "相談員",
        "amount_yen": 12_000_000, "existing": false});
    let menu = json!({"fiscal_year": 2021, "menu": "相談", "name": "見本", "lines": ["相談員"],
        "rate_percent": 100});
    let competency = json!({"competency": "planning", "level": 3});
    centre
        .all([
            office("set-budget-line", "2020-12-17", line),
            office("set-subsidy-menu", "2021-04-01", menu),
            office("require-competency", "2021-08-02", competency),
            office(
                "enrol-trainee",
                "2021-08-13",
                json!({"number": "T1", "name": "研修　一"}),
            ),
            office(
                "register-facility",
                "2021-08-03",
                json!({"number": "X1", "name": "見本保育園",
                "kind": "nursery", "area": "tamagawa"}),
            ),
            office(
                "close-fiscal-year",
                "2021-06-01",
                json!({"fiscal_year": 2020, "as_at": 1}),
            ),
        ])
        .await;
}

/// Code, field and command of each rejection about one person.
#[rustfmt::skip]
fn about_persons() -> Vec<(&'static str, &'static str, Value)> {
    let topicless = json!({"children": ["C1"], "consulter": "guardian", "channel": "phone", "topics": []});
    vec![
        ("OCCURRED_IN_FUTURE", "occurred", consult("C1", "2024-04-02")),
        ("OCCURRED_BEFORE_BIRTH", "occurred", consult("C1", "2019-10-14")),
        ("UNKNOWN_PERSON", "children", consult("C9", "2021-09-01")),
        ("MISSING_VALUE", "topics", office("record-consultation", "2021-09-01", topicless)),
        ("FISCAL_YEAR_CLOSED", "occurred", consult("C1", "2021-03-31")),
        ("CASE_CLOSED", "children", consult("C2", "2022-04-01")),
        ("CASE_MERGED", "children", consult("C3", "2023-09-11")),
        ("ALREADY_REGISTERED", "child", register("C1")),
        ("NOT_KANA", "new", act("change-profile", "C1", "2022-04-01", json!({"field": "kana", "new": "mihon"}))),
        ("STALE_VALUE", "old", act("change-profile", "C1", "2022-04-01", json!({"field": "area", "old": "kinuta", "new": "setagaya"}))),
        ("PROCEDURE_OPEN", "procedure", act(CARE, "C6", "2021-09-01", json!({"procedure": "suction"}))),
        ("PROCEDURE_NOT_OPEN", "procedure", act("end-care-procedure", "C6", "2021-09-01", json!({"procedure": "oxygen"}))),
        ("STEPS_OUT_OF_ORDER", "occurred", act("end-care-procedure", "C6", "2021-08-14", json!({"procedure": "suction"}))),
        ("LAST_GUARDIAN", "reason", act("remove-guardian", "C1", "2022-04-01", json!({"guardian": "K1"}))),
        ("CONSENT_BY_OTHER", "given_by", act("give-consent", "C1", "2021-09-01", json!({"recipients": ["hospital"], "data": ["medical-care"], "purpose": "discharge", "form": "written", "given_by": "family"}))),
        ("CONSENT_BY_OTHER", "given_by", act("give-consent", "C1", "2021-09-01", json!({"recipients": ["hospital"], "data": ["medical-care"], "purpose": "discharge", "form": "written", "given_by": "adult-guardian"}))),
        ("CONSENT_MISSING", "consent", act("share-information", "C1", "2021-09-01", json!({"party": "hospital", "data": ["medical-care"], "purpose": "discharge", "basis": "consent", "recipient": "見本病院", "what": "手順"}))),
        ("CASE_HAS_OPEN_THINGS", "exception", act("close-case", "C6", "2022-03-31", json!({"reason": "moved"}))),
        ("MERGE_CHAIN", "absorbed", merge("C1", "C3")),
        ("CASES_DIFFER", "absorbed", merge("C1", "C2")),
        ("APPROVAL_MISSING", "approval", merge("C1", "C5")),
        ("PLAN_NOT_FOUND", "plan", act("agree-support-plan", "C5", "2021-09-02", json!({"plan": "P5", "version": 1}))),
        ("SECOND_OPEN_PLAN", "plan", act("draft-support-plan", "C6", "2021-09-02", json!({"plan": "P7"}))),
        ("STALE_BASE", "base_version", act("revise-support-plan", "C1", "2021-11-01", json!({"plan": "P1", "base_version": 1, "reason": "yearly"}))),
        ("NOT_AGREED", "plan", act("verify-disaster-plan", "C6", "2022-09-01", json!({"plan": "D6", "guardian_present": true, "method": "visit", "result": "valid"}))),
        ("GUARDIAN_REQUIRED", "guardian_present", act("verify-disaster-plan", "C1", "2022-09-01", json!({"plan": "D1", "guardian_present": false, "method": "visit", "result": "valid"}))),
        ("GUARDIAN_REQUIRED", "guardian_present", act("verify-disaster-plan", "C1", "2022-09-01", json!({"plan": "D1", "person_present": true, "method": "visit", "result": "valid"}))),
        ("STEPS_OUT_OF_ORDER", "next_due", act("verify-disaster-plan", "C1", "2022-09-01", json!({"plan": "D1", "guardian_present": true, "method": "visit", "result": "valid", "next_due": "2022-08-31"}))),
        ("VENTILATOR_NOT_CENTRE", "office", act("draft-disaster-plan", "C5", "2021-09-01", json!({"plan": "D5", "office": "centre"}))),
        ("UNKNOWN_CODE", "area", act("draft-disaster-plan", "C5", "2021-09-01", json!({"plan": "D5", "office": "district-centre", "area": "outside-ward"}))),
        ("REFERRAL_NOT_FOUND", "referral", act("receive-referral", "C6", "2021-09-02", json!({"referral": "F9"}))),
        ("STEPS_OUT_OF_ORDER", "occurred", act("receive-referral", "C6", "2021-08-31", json!({"referral": "F6"}))),
        ("STEPS_OUT_OF_ORDER", "due_on", act("schedule-follow-up", "C1", "2021-09-02", json!({"due_on": "2021-09-01"}))),
    ]
}

/// Code, field and command of each rejection about facilities, advisors and money.
#[rustfmt::skip]
fn about_offices() -> Vec<(&'static str, &'static str, Value)> {
    let spend = |amount: i64, line: &str| office("record-expenditure", "2021-08-31", json!({"fiscal_year": 2021, "line": line, "amount_yen": amount, "voucher": "R3-1"}));
    vec![
        ("NOT_ENROLLED", "planned_on", office("schedule-visit", "2021-08-04", json!({"facility": "X1", "planned_on": "2021-08-20"}))),
        ("COMPETENCY_MISSING", "trainee", office("complete-training", "2022-03-10", json!({"trainee": "T1", "basis": "全課程"}))),
        ("SUBSIDY_OVER_CAP", "amount_yen", office("apply-subsidy", "2021-06-01", json!({"fiscal_year": 2021, "menu": "相談", "amount_yen": 10_000_001}))),
        ("NOT_A_NUMBER", "amount_yen", spend(-1, "相談員")),
        ("UNKNOWN_BUDGET_LINE", "line", spend(1, "見本")),
        ("FISCAL_YEAR_CLOSED", "fiscal_year", office("set-budget-line", "2020-06-01", json!({"fiscal_year": 2020, "line": "見本", "name": "見本", "amount_yen": 1, "existing": false}))),
    ]
}

#[tokio::test]
async fn each_rejection_of_the_domain_has_a_command_that_gets_it_and_a_sentence() {
    let centre = centre().await;
    let annulled = centre.did(consult("C1", "2021-09-01")).await;
    let take_back = json!({"command": "annul-event", "stream": annulled.streams[0].stream,
        "target": annulled.events[0], "reason": "duplicate"});
    centre.did(take_back.clone()).await;
    let before = centre.test.store.head().await.unwrap().position;

    let mut table = about_persons();
    table.extend(about_offices());
    table.push(("STALE_TARGET", "target", take_back));
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for (code, field, command) in &table {
        match centre.give(ANYBODY, command).await {
            Err(refused) => {
                let japanese = refused.ja().ends_with('。') && !refused.ja().is_ascii();
                assert!(japanese, "{code}: {}", refused.ja());
                if (refused.code(), refused.field.unwrap_or_default()) != (*code, *field) {
                    wrong.push(format!("{code} ({field}): {refused}"));
                }
                seen.insert(refused.code());
            },
            Ok(_) => wrong.push(format!("{code} ({field}): taken")),
        }
    }
    let committee = ("member-1", Role::Committee);
    let refused = centre.give(committee, &consult("C1", "2021-09-01")).await;
    seen.insert(refused.unwrap_err().code());

    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(centre.test.store.head().await.unwrap().position, before);
    for code in NAMED {
        assert!(seen.contains(code), "{code}");
    }
}

#[tokio::test]
async fn a_command_that_comes_twice_has_its_first_result_and_a_passed_revision_is_a_conflict() {
    let centre = Centre::new().await;
    let id = centre.ids.next(CommandId::new);
    let command = Command::read(register("C1"), centre.test.id, id).unwrap();
    let envelope = Envelope::new(id, Actor::new("staff-1").unwrap(), Role::Staff);

    let first = centre.ledger.execute(&command, &envelope).await.unwrap();
    let again = centre.ledger.execute(&command, &envelope).await.unwrap();

    assert_eq!((first.events.clone(), again.repeated), (again.events, true));
    let stream = first.streams[0].stream.clone();
    let stale = Append::to(stream, ExpectedRevision::NoStream, vec![event(b"{}")]);
    let refused = centre.test.store.append(stale).await.unwrap_err();
    assert!(
        matches!(refused, AppendError::Conflict { .. }),
        "{refused:?}"
    );
}

/// What is late, behind a deadline or told in another order is true all the same.
#[tokio::test]
async fn a_fact_is_never_refused_because_it_is_late_or_behind_a_deadline() {
    let centre = Centre::new().await;
    centre.all(["C1", "C2"].map(register)).await;

    // Told in April 2024: what happened years ago, what happened before that, and before the centre
    // knew the person.
    let days = ["2023-01-10", "2021-08-10", "2021-04-01"];
    centre.all(days.map(|on| consult("C1", on))).await;
    centre.all(late_plans()).await;
    centre.all(late_referral()).await;
    centre.all(late_in_a_closed_case()).await;
    centre.all(visits()).await;
}

/// A plan agreed after the discharge for which it was drafted; one verified when it was long
/// overdue, and a verification before that told later.
fn late_plans() -> [Value; 6] {
    let plan = json!({"plan": "P1", "discharge_planned_on": "2021-09-10"});
    let (first, of_disaster) = (
        json!({"plan": "P1", "version": 1}),
        json!({"plan": "D1", "version": 1}),
    );
    let verified = json!({"plan": "D1", "guardian_present": true, "method": "visit",
        "result": "valid"});
    let draft = json!({"plan": "D1", "office": "centre"});
    [
        act("draft-support-plan", "C1", "2021-09-01", plan),
        act("agree-support-plan", "C1", "2022-05-01", first),
        act("draft-disaster-plan", "C1", "2021-09-01", draft),
        act("agree-disaster-plan", "C1", "2021-09-02", of_disaster),
        act("verify-disaster-plan", "C1", "2024-03-01", verified.clone()),
        act("verify-disaster-plan", "C1", "2022-10-01", verified),
    ]
}

/// Received, accepted and completed behind every term.
fn late_referral() -> [Value; 5] {
    let made = json!({"area": "kitazawa", "section": "health-welfare", "urgency": "urgent",
        "due_on": "2021-09-10"});
    let step = |name: &str, on: &str, mut fields: Value| {
        fields["referral"] = "F1".into();
        act(name, "C1", on, fields)
    };
    [
        step("make-referral", "2021-09-01", made),
        step("receive-referral", "2022-02-01", json!({})),
        step("accept-referral", "2022-06-01", json!({})),
        step(
            "complete-referral",
            "2023-09-01",
            json!({"outcome": "served"}),
        ),
        step(
            "receive-feedback",
            "2024-03-31",
            json!({"feedback": "受領"}),
        ),
    ]
}

/// A follow-up done two years behind its day; after the closing, what happened before it.
fn late_in_a_closed_case() -> [Value; 4] {
    let follow_up = json!({"follow_up": APPROVAL, "due_on": "2021-09-05"});
    let (done, closed) = (json!({"follow_up": APPROVAL}), json!({"reason": "moved"}));
    [
        act("schedule-follow-up", "C2", "2021-09-01", follow_up),
        act("finish-follow-up", "C2", "2023-09-01", done),
        act("close-case", "C2", "2023-10-01", closed),
        consult("C2", "2023-09-30"),
    ]
}

/// Five visits to a facility in a year, not told in their order.
fn visits() -> Vec<Value> {
    let facility = json!({"number": "X1", "name": "見本保育園", "kind": "nursery",
        "area": "tamagawa"});
    let enrol = json!({"facility": "X1", "fiscal_year": 2021});
    let mut all = vec![
        office("register-facility", "2021-08-03", facility),
        office("enrol-facility", "2021-08-03", enrol),
    ];
    let days = [
        "2022-03-01",
        "2021-09-01",
        "2021-10-01",
        "2021-11-01",
        "2021-12-01",
    ];
    all.extend(days.map(|on| {
        let fields = json!({"facility": "X1", "staff_kind": "nurse"});
        office("record-facility-support", on, fields)
    }));
    all
}
