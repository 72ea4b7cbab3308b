//! Every field of every event and command, and every code of an event, has its Japanese words.

use ledger_app::lang::Lang;
use ledger_app::render::{field_label, value};
use ledger_commands::Command;
use ledger_core::event::Event;
use serde_json::Value;

/// Every property in a schema with its own schema, those of its parts, too.
fn properties(schema: &Value, found: &mut Vec<(String, Value)>) {
    match schema {
        Value::Object(parts) => {
            let own = parts.get("properties").and_then(Value::as_object);
            for (name, property) in own.into_iter().flatten() {
                found.push((name.clone(), property.clone()));
            }
            for part in parts.values() {
                properties(part, found);
            }
        },
        Value::Array(parts) => parts.iter().for_each(|part| properties(part, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {},
    }
}

/// The codes of a table that a property holds.
fn codes(property: &Value) -> Vec<String> {
    match property {
        Value::Object(parts) if parts.contains_key("x-ja") => {
            let codes = parts["enum"].as_array().unwrap().iter();
            codes.filter_map(Value::as_str).map(str::to_owned).collect()
        },
        Value::Object(parts) => {
            let inner = parts.iter().filter(|(name, _)| *name != "properties");
            inner.flat_map(|(_, part)| codes(part)).collect()
        },
        Value::Array(parts) => parts.iter().flat_map(codes).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

#[test]
fn every_field_of_every_event_and_command_has_a_japanese_name() {
    let events = Event::types().into_iter().map(|info| info.name);
    let events = events.map(|name| (name, Event::schema(name).unwrap()));
    let commands = Command::NAMES.iter();
    let commands = commands.map(|name| (*name, Command::schema(name).unwrap()));
    for (name, schema) in events.chain(commands) {
        let mut found = Vec::new();
        properties(&schema, &mut found);
        for (field, _) in found {
            let label = field_label(&field, Lang::Ja);
            assert!(!label.is_ascii(), "{name}: {field} is shown as {label}");
        }
    }
}

#[test]
fn every_code_of_every_event_has_a_japanese_term() {
    for info in Event::types() {
        let mut found = Vec::new();
        properties(&Event::schema(info.name).unwrap(), &mut found);
        for (field, property) in found {
            for code in codes(&property) {
                let told = value(&field, &code.clone().into(), Lang::Ja);
                assert_ne!(told, code, "{}: {field}", info.name);
            }
        }
    }
}
