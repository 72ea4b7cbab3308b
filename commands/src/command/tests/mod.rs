//! Every rule of the commands: given what stands, when a command comes, then its events or a refusal.

mod closed_year;
mod consultation;
mod correction;
mod disaster_plan;
mod expenditure;
mod facility;
mod money;
mod profile;
mod programme;
mod referral;
mod support_plan;
mod trainee;

use ledger_core::code::Flag;
use serde_json::{Value, json};

use crate::world::{World, ledger};

/// A ledger with one person, C001, born on 15 October 2019 and known since 2 August 2021.
fn with_child() -> World {
    let mut world = World::new();
    register(&mut world, "C001");
    world
}

fn register(world: &mut World, number: &str) {
    world.did(json!({
        "command": "register-child", "number": number, "occurred": "2021-08-02",
        "name": "見本　花子", "birth_date": "2019-10-15", "area": "kitazawa",
    }));
}

/// A command about C001: its name, its day and its other fields.
fn about(name: &str, occurred: &str, mut fields: Value) -> Value {
    fields["command"] = json!(name);
    fields["occurred"] = json!(occurred);
    if fields.get("child").is_none() {
        fields["child"] = json!("C001");
    }
    fields
}

/// The id of the thing of a kind with a register number.
fn id(kind: &str, number: &str) -> String {
    ledger().derive(kind, &[number]).to_string()
}
