//! Rights at the loop around decisions: who may not is refused, and nothing is written.

use std::sync::Arc;

use ledger_commands::{Command, Envelope, ExecuteError, Ledger, Receipt};
use ledger_core::actor::{Actor, Role};
use ledger_core::event::AccessPurpose;
use ledger_core::id::{CommandId, Position, StreamName};
use ledger_core::store::EventStore;
use ledger_tests::clock::CountedIds;
use ledger_tests::ledger::{Engine, TestLedger};
use serde_json::{Value, json};

/// A ledger and who gives commands to it.
struct Office {
    test: TestLedger,
    ledger: Ledger,
    ids: CountedIds,
}

impl Office {
    async fn new() -> Self {
        let test = TestLedger::new(Engine::Sqlite).await;
        let clock = Arc::new(test.clock.clone());
        let store: Arc<dyn EventStore> = test.shared();
        let ledger = Ledger::new(store, test.codec.clone(), clock, test.id);
        let ids = CountedIds::new();
        Self { test, ledger, ids }
    }

    /// An office with accounts of these names and roles.
    async fn with_accounts(accounts: &[(&str, &str)]) -> Self {
        let office = Self::new().await;
        for (name, role) in accounts {
            let open = json!({"command": "open-account", "name": name, "role": role,
                "occurred": "2021-07-26"});
            office.give(NOBODY, open).await.unwrap();
        }
        office
    }

    /// Gives a command; the answer, or why it was refused.
    async fn give(
        &self,
        (actor, role): (&str, Role),
        json: Value,
    ) -> Result<Receipt, (&'static str, Option<&'static str>)> {
        let id = self.ids.next(CommandId::new);
        let command = Command::read(json, self.test.id, id).unwrap();
        let envelope = Envelope::new(id, Actor::new(actor).unwrap(), role);
        told(self.ledger.execute(&command, &envelope).await)
    }

    /// Opens the text of a stream at the command line under a name.
    async fn look(
        &self,
        actor: &str,
        stream: &StreamName,
    ) -> Result<Receipt, (&'static str, Option<&'static str>)> {
        let id = self.ids.next(CommandId::new);
        let envelope = Envelope::new(id, Actor::new(actor).unwrap(), Role::Unauthenticated);
        let looked = self
            .ledger
            .record_access(stream, AccessPurpose::Timeline, &envelope);
        told(looked.await)
    }
}

/// Somebody at the command line who names no account.
const NOBODY: (&str, Role) = ("os:owner", Role::Unauthenticated);

fn told(
    done: Result<Receipt, ExecuteError>,
) -> Result<Receipt, (&'static str, Option<&'static str>)> {
    match done {
        Ok(receipt) => Ok(receipt),
        Err(ExecuteError::Rejected(rejection)) => Err((rejection.code(), rejection.field)),
        Err(error) => panic!("failed: {error}"),
    }
}

/// A name that is given at the command line.
const fn says(name: &str) -> (&str, Role) {
    (name, Role::Unauthenticated)
}

#[tokio::test]
async fn a_role_without_the_right_is_refused_and_nothing_is_written() {
    let office = Office::new().await;
    let open = json!({"command": "open-account", "name": "st-7", "role": "staff",
        "occurred": "2021-07-26", "person": "見本　三郎"});

    for role in [Role::Staff, Role::Manager, Role::Auditor, Role::Committee] {
        let refused = office.give(("st-1", role), open.clone()).await;
        assert_eq!(refused.unwrap_err(), ("NO_PERMISSION", Some("role")));
    }
    let head = office.test.store.head().await.unwrap();
    assert_eq!(head.position, Position::default());
    let opened = office.give(("st-1", Role::Admin), open.clone()).await;
    assert_eq!(opened.unwrap().position(), Position::new(1));
    let again = office.give(NOBODY, open).await.unwrap_err();
    assert_eq!(again.0, "ALREADY_REGISTERED");
}

#[tokio::test]
async fn who_gives_the_name_of_an_account_may_do_what_the_account_may() {
    let office = Office::with_accounts(&[("st-1", "staff"), ("ad-1", "admin")]).await;
    let open = json!({"command": "open-account", "name": "st-7", "role": "staff",
        "occurred": "2021-07-26"});
    let close = |name: &str| {
        json!({"command": "close-account", "account": name,
        "occurred": "2021-07-27"})
    };

    let refused = office.give(says("st-1"), open.clone()).await.unwrap_err();
    assert_eq!(refused, ("NO_PERMISSION", Some("role")));
    // Names of accounts are the same in other letters.
    let refused = office.give(says("ST-1"), open.clone()).await.unwrap_err();
    assert_eq!(refused, ("NO_PERMISSION", Some("role")));
    let promoted = office.give(("st-1", Role::Admin), open.clone()).await;
    assert_eq!(promoted.unwrap_err(), ("NO_PERMISSION", Some("role")));
    office.give(says("ad-1"), open).await.unwrap();
    office.give(says("ad-1"), close("st-7")).await.unwrap();
    let gone = json!({"command": "record-inquiry", "occurred": "2021-08-02T10:00",
        "consulter": "guardian", "channel": "phone", "topics": ["respite"]});
    let refused = office.give(says("st-7"), gone.clone()).await.unwrap_err();
    assert_eq!(refused, ("ACCOUNT_CLOSED", Some("actor")));
    office.give(says("st-1"), gone).await.unwrap();
}

#[tokio::test]
async fn only_an_account_that_may_is_the_second_person() {
    let office = Office::with_accounts(&[("st-1", "staff"), ("ma-1", "manager")]).await;
    let id = uuid::Uuid::from_u128(9);
    let ask = json!({"command": "request-approval", "approval": id, "occurred": "2021-08-02",
        "act": "merge", "stream": "child-00000000-0000-5000-8000-000000000001", "absorbed": "C002",
        "reason": "取り違え"});
    let grant = json!({"command": "grant-approval", "approval": id, "occurred": "2021-08-02"});
    let refuse = json!({"command": "refuse-approval", "approval": id, "occurred": "2021-08-02",
        "reason": "要確認"});

    office.give(says("st-1"), ask).await.unwrap();
    for somebody in ["os:owner", "nobody-1", "st-1"] {
        let refused = office
            .give(says(somebody), grant.clone())
            .await
            .unwrap_err();
        assert_eq!(refused, ("NO_PERMISSION", Some("role")), "{somebody}");
    }
    let refused = office.give(NOBODY, refuse).await.unwrap_err();
    assert_eq!(refused, ("NO_PERMISSION", Some("role")), "others' requests");
    office.give(says("ma-1"), grant).await.unwrap();
}

#[tokio::test]
async fn only_open_accounts_are_put_in_charge_or_allowed_late_entries() {
    let office = Office::with_accounts(&[("st-1", "staff"), ("st-2", "staff")]).await;
    let close = json!({"command": "close-account", "account": "st-2", "occurred": "2021-07-27"});
    office.give(NOBODY, close).await.unwrap();
    let register = json!({"command": "register-child", "number": "C001", "name": "見本　花",
        "occurred": "2021-08-01", "birth_date": "2015-01-01", "area": "kinuta"});
    office.give(NOBODY, register).await.unwrap();
    let assign = |account: &str| {
        json!({"command": "assign-staff", "child": "C001",
        "occurred": "2021-08-02", "account": account, "charge": "main"})
    };
    let follow = |owner: &str| {
        json!({"command": "schedule-follow-up", "child": "C001",
        "occurred": "2021-08-02", "due_on": "2021-09-01", "owner": owner, "what": "電話"})
    };

    for (name, code) in [("st-9", "ACCOUNT_NOT_FOUND"), ("st-2", "ACCOUNT_CLOSED")] {
        let refused = office.give(NOBODY, assign(name)).await.unwrap_err();
        assert_eq!(refused, (code, Some("account")));
        let refused = office.give(NOBODY, follow(name)).await.unwrap_err();
        assert_eq!(refused, (code, Some("owner")));
    }
    office.give(NOBODY, assign("st-1")).await.unwrap();
    office.give(NOBODY, follow("st-1")).await.unwrap();
}

#[tokio::test]
async fn a_person_s_text_is_opened_by_who_is_in_charge_and_not_by_other_staff() {
    let accounts = [
        ("st-1", "staff"),
        ("st-2", "staff"),
        ("ma-1", "manager"),
        ("co-1", "committee"),
    ];
    let office = Office::with_accounts(&accounts).await;
    let register = json!({"command": "register-child", "number": "C001", "name": "見本　花",
        "occurred": "2021-08-01", "birth_date": "2015-01-01", "area": "kinuta"});
    let receipt = office.give(says("st-1"), register).await.unwrap();
    let child = receipt.streams[0].stream.clone();
    let assign = json!({"command": "assign-staff", "child": "C001",
        "occurred": "2021-08-02", "account": "st-1", "charge": "main"});
    office.give(says("ma-1"), assign).await.unwrap();

    office.look("st-1", &child).await.unwrap();
    office.look("ma-1", &child).await.unwrap();
    office.look("os:owner", &child).await.unwrap();
    let head = office.test.store.head().await.unwrap().position;
    let refused = office.look("st-2", &child).await.unwrap_err();
    assert_eq!(refused, ("NO_PERMISSION", Some("assignment")));
    let refused = office.look("co-1", &child).await.unwrap_err();
    assert_eq!(refused, ("NO_PERMISSION", Some("role")));
    assert_eq!(office.test.store.head().await.unwrap().position, head);
    let emergency =
        json!({"command": "take-emergency-access", "child": "C001", "reason": "災害時の安否確認"});
    office.give(says("st-2"), emergency).await.unwrap();
    office.look("st-2", &child).await.unwrap();
}
