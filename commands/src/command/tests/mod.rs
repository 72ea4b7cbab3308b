//! Every rule of the commands: given what stands, when a command comes, then its events or a refusal.

mod account;
mod approval;
mod audit;
mod care_team;
mod case;
mod closed_year;
mod committee;
mod consent;
mod consultation;
mod correction;
mod disaster_plan;
mod disaster_plan_sections;
mod duplicate;
mod expenditure;
mod facility;
mod family_voice;
mod follow_up;
mod frozen_figure;
mod hospital;
mod money;
mod organisation;
mod profile;
mod programme;
mod referral;
mod referral_loop;
mod referral_reopened;
mod request;
mod support_plan;
mod support_plan_life;
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

/// The name of the stream of the person with a register number.
fn child_stream(number: &str) -> ledger_core::id::StreamName {
    let child = ledger().derive("child", &[number]);
    ledger_core::id::StreamName::child(ledger_core::id::ChildId::new(child))
}

/// Annuls an event of C001.
fn annul(target: ledger_core::id::EventId) -> Value {
    json!({"command": "annul-event", "stream": child_stream("C001"), "target": target,
        "reason": "duplicate"})
}

/// Moves an event of C001 to another person.
fn move_to(target: ledger_core::id::EventId, to: &str) -> Value {
    json!({"command": "reassign-event", "child": "C001", "target": target, "to": to,
        "reason": "wrong-person"})
}

/// Corrects clear fields of an event of C001.
fn correct_clear(target: ledger_core::id::EventId, clear: Value) -> Value {
    let mut json = json!({"command": "correct-event", "stream": child_stream("C001"),
        "target": target, "reason": "typo"});
    json["clear"] = clear;
    json
}

/// The id of the thing of a kind with a register number.
fn id(kind: &str, number: &str) -> String {
    ledger().derive(kind, &[number]).to_string()
}
