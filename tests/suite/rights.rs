//! Rights at the loop around decisions: who may not is refused, and nothing is written.

use std::sync::Arc;

use ledger_commands::{Command, Envelope, ExecuteError, Ledger, Receipt, Rejection};
use ledger_core::actor::{Actor, Role};
use ledger_core::id::{CommandId, Position};
use ledger_core::store::EventStore;
use ledger_tests::clock::CountedIds;
use ledger_tests::ledger::{Engine, TestLedger};
use serde_json::{Value, json};

/// Gives a command in a role; the answer, or why it was refused.
async fn give(
    (test, ledger, ids): (&TestLedger, &Ledger, &CountedIds),
    role: Role,
    json: Value,
) -> Result<Receipt, Rejection> {
    let id = ids.next(CommandId::new);
    let command = Command::read(json, test.id, id).unwrap();
    let actor = Actor::new("st-1").unwrap();
    let envelope = Envelope::new(id, actor, role);
    match ledger.execute(&command, &envelope).await {
        Ok(receipt) => Ok(receipt),
        Err(ExecuteError::Rejected(rejection)) => Err(rejection),
        Err(error) => panic!("failed: {error}"),
    }
}

#[tokio::test]
async fn a_role_without_the_right_is_refused_and_nothing_is_written() {
    let test = TestLedger::new(Engine::Sqlite).await;
    let clock = Arc::new(test.clock.clone());
    let store: Arc<dyn EventStore> = test.shared();
    let ledger = Ledger::new(store, test.codec.clone(), clock, test.id);
    let ids = CountedIds::new();
    let by = (&test, &ledger, &ids);
    let open = json!({"command": "open-account", "name": "st-7", "role": "staff",
        "occurred": "2021-07-26", "person": "見本　三郎"});

    for role in [Role::Staff, Role::Manager, Role::Auditor, Role::Committee] {
        let refused = give(by, role, open.clone()).await.unwrap_err();
        assert_eq!(refused.code(), "NO_PERMISSION");
    }
    let head = test.store.head().await.unwrap();
    assert_eq!(head.position, Position::default());
    let opened = give(by, Role::Admin, open.clone()).await.unwrap();
    assert_eq!(opened.position(), Position::new(1));
    let again = give(by, Role::Unauthenticated, open).await.unwrap_err();
    assert_eq!(again.code(), "ALREADY_REGISTERED");
}
