//! The schemas in `docs/schema` are those of the types, and what the types write and read fits them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use ledger_commands::Command;
use ledger_core::event::Event;
use ledger_core::private::{join, split};
use ledger_tests::samples;
use serde_json::{Map, Value, json};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/schema")
}

/// Every schema with the path of its file below `docs/schema`.
fn schemas() -> Vec<(String, Value)> {
    let events = Event::types().into_iter().map(|info| {
        let path = format!("events/{}@{}.json", info.name, info.version);
        (path, Event::schema(info.name).unwrap())
    });
    let commands = Command::NAMES.iter().map(|name| {
        let path = format!("commands/{name}.json");
        (path, Command::schema(name).unwrap())
    });
    events.chain(commands).collect()
}

#[test]
fn every_schema_is_checked_in_as_the_types_make_it() {
    let write = std::env::var_os("CARE_LEDGER_WRITE_SCHEMAS").is_some();
    let mut known = BTreeSet::new();
    for (path, schema) in schemas() {
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        let file = folder().join(&path);
        if write {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, &text).unwrap();
        }
        let stored = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            stored == text,
            "docs/schema/{path} is not what the types make; CARE_LEDGER_WRITE_SCHEMAS=1 writes it"
        );
        known.insert(file);
    }
    for kind in ["events", "commands"] {
        for entry in fs::read_dir(folder().join(kind)).unwrap() {
            let file = entry.unwrap().path();
            assert!(known.contains(&file), "{} has no type", file.display());
        }
    }
}

/// What of a value its schema does not allow. A schema that is none itself is a fault, too.
fn faults(schema: &Value, value: &Value) -> Vec<String> {
    assert!(jsonschema::meta::is_valid(schema), "{schema} is no schema");
    let schema = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(schema)
        .unwrap();
    schema
        .iter_errors(value)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect()
}

/// A sample's payload with its private fields as their plain values.
fn plain(event: &Event) -> Map<String, Value> {
    let (clear, private) = split(event.encode().unwrap()).unwrap();
    clear
        .into_iter()
        .chain(private.unwrap_or_default())
        .collect()
}

#[test]
fn every_sample_event_fits_its_schema_open_and_as_stored() {
    for event in samples::events() {
        let name = event.info().name;
        let schema = Event::schema(name).unwrap();
        let (clear, _) = split(event.encode().unwrap()).unwrap();

        assert_eq!(
            faults(&schema, &Value::Object(plain(&event))),
            [""; 0],
            "{name}"
        );
        assert_eq!(faults(&schema, &Value::Object(clear)), [""; 0], "{name}");
    }
}

#[test]
fn exactly_the_private_fields_of_an_event_are_marked() {
    for event in samples::events() {
        let name = event.info().name;
        let (clear, private) = split(event.encode().unwrap()).unwrap();
        let schema = Event::schema(name).unwrap();
        let marked = |field: &str| schema["properties"][field].get("x-private").is_some();

        assert!(clear.keys().all(|field| !marked(field)), "{name}");
        assert!(
            private
                .unwrap_or_default()
                .keys()
                .all(|field| marked(field)),
            "{name}"
        );
    }
}

#[test]
fn every_example_of_a_command_fits_its_schema() {
    for name in Command::NAMES {
        let example: Value = serde_json::from_str(Command::example(name).unwrap()).unwrap();

        assert_eq!(
            faults(&Command::schema(name).unwrap(), &example),
            [""; 0],
            "{name}"
        );
    }
}

/// Each required field of a clear payload is one without which the event cannot be read.
#[test]
fn an_event_without_a_required_field_neither_fits_nor_reads() {
    for event in samples::events() {
        let info = event.info();
        let schema = Event::schema(info.name).unwrap();
        for field in schema["required"].as_array().into_iter().flatten() {
            let (mut clear, private) = split(event.encode().unwrap()).unwrap();
            clear.remove(field.as_str().unwrap()).unwrap();
            let without = Value::Object(clear.clone());
            assert!(!faults(&schema, &without).is_empty());

            let payload = join(clear, private.unwrap_or_default());
            let read = Event::decode(info.name, info.version, payload);
            assert!(read.is_err(), "{} reads without {field}", info.name);
        }
    }
}

#[test]
fn a_command_with_an_unknown_field_or_another_name_does_not_fit() {
    for name in Command::NAMES {
        let schema = Command::schema(name).unwrap();
        let mut example: Value = serde_json::from_str(Command::example(name).unwrap()).unwrap();
        example["no-such-field"] = json!(1);
        assert!(!faults(&schema, &example).is_empty(), "{name}");

        example.as_object_mut().unwrap().remove("no-such-field");
        example["command"] = json!("no-such-command");
        assert!(!faults(&schema, &example).is_empty(), "{name}");
    }
}
