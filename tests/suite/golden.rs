//! Golden files: the stored bytes of every event type in every version, never edited, only added.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ledger_core::actor::{Actor, Role};
use ledger_core::code::{Flag, Register};
use ledger_core::event::{Event, KeyUse, Metadata, Source, Subject};
use ledger_core::id::{CommandId, EventId, LedgerId, Revision};
use ledger_core::json::canonical;
use ledger_core::private::{join, split};
use ledger_core::proof::{Frontier, Hash, Leaf};
use ledger_core::seal::KeyClass;
use ledger_core::time::Occurred;
use ledger_tests::samples;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One golden file: what the store and the seal hold for one event.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Golden {
    #[serde(rename = "type")]
    event_type: String,
    schema: u16,
    key: String,
    data: String,
    private: Option<String>,
}

impl Golden {
    fn of(event: &Event) -> Self {
        let (clear, private) = split(event.encode().unwrap()).unwrap();
        let text = |map: &Map<String, Value>| String::from_utf8(canonical(map).unwrap()).unwrap();
        let key = match event.info().key {
            KeyUse::Clear => "clear",
            KeyUse::Sealed(KeyClass::Identity) => "identity",
            KeyUse::Sealed(KeyClass::Record) => "record",
        };
        Self {
            event_type: event.info().name.to_owned(),
            schema: event.info().version,
            key: key.to_owned(),
            data: text(&clear),
            private: private.as_ref().map(text),
        }
    }

    fn decode(&self) -> Event {
        let object = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap();
        let private = self.private.as_deref().map(object).unwrap_or_default();
        Event::decode(
            &self.event_type,
            self.schema,
            join(object(&self.data), private),
        )
        .unwrap()
    }

    fn path(&self) -> PathBuf {
        folder().join(format!("{}@{}.json", self.event_type, self.schema))
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/events")
}

fn stored() -> Vec<Golden> {
    let files = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().path());
    files
        .map(|path| serde_json::from_slice(&fs::read(path).unwrap()).unwrap())
        .collect()
}

/// Writes the golden files that are missing; `just golden` asks for it. One that is there stays.
#[test]
fn every_type_has_a_golden_file_of_its_newest_version() {
    for event in samples::events() {
        let golden = Golden::of(&event);
        let path = golden.path();
        if !path.exists() && std::env::var_os("CARE_LEDGER_WRITE_GOLDEN").is_some() {
            let text = serde_json::to_string_pretty(&golden).unwrap();
            fs::write(&path, text + "\n").unwrap();
        }
        let found = fs::read(&path)
            .unwrap_or_else(|_| panic!("{} is missing: run `just golden`", path.display()));
        let found: Golden = serde_json::from_slice(&found).unwrap();
        assert_eq!(
            found,
            golden,
            "{} is not what is stored now",
            path.display()
        );
    }
}

#[test]
fn the_samples_hold_every_event_type() {
    let sampled: BTreeSet<_> = samples::events()
        .iter()
        .map(|event| event.info().name)
        .collect();
    let known: BTreeSet<_> = Event::types().iter().map(|info| info.name).collect();

    assert_eq!(sampled, known);
    assert_eq!(
        known.len(),
        Event::types().len(),
        "a type name is used twice"
    );
}

#[test]
fn every_golden_file_of_every_version_still_reads() {
    let golden = stored();

    for file in &golden {
        let event = file.decode();
        assert_eq!(event.info().name, file.event_type);
    }
    let versions: usize = Event::types()
        .iter()
        .map(|info| usize::from(info.version))
        .sum();
    assert_eq!(golden.len(), versions, "one file a type and version");
}

#[test]
fn a_sample_reads_back_as_it_was_written() {
    for event in samples::events() {
        assert_eq!(Golden::of(&event).decode(), event);
    }
}

#[test]
fn private_fields_are_closed_without_their_key() {
    for event in samples::events() {
        let golden = Golden::of(&event);
        let clear: Value = serde_json::from_str(&golden.data).unwrap();
        let closed = Event::decode(&golden.event_type, golden.schema, clear).unwrap();

        assert_eq!(
            closed == event,
            golden.private.is_none(),
            "{}",
            golden.event_type
        );
    }
}

#[test]
fn the_type_table_says_truly_which_types_have_private_fields() {
    for event in samples::events() {
        let golden = Golden::of(&event);

        assert_eq!(
            golden.private.is_none(),
            golden.key == "clear",
            "{}",
            golden.event_type
        );
    }
}

fn metadata() -> Metadata {
    let command = CommandId::new(samples::uuid(20));
    Metadata {
        schema: 1,
        actor: Actor::new("os:mihon").unwrap(),
        role: Role::Unauthenticated,
        occurred: Occurred::parse("2021-08-06T07:10Z").unwrap(),
        command,
        correlation: command.uuid(),
        causation: command.uuid(),
        performed_by: vec![Actor::new("st-7").unwrap()],
        subjects: vec![Subject {
            kind: "child".to_owned(),
            id: samples::child().to_string(),
        }],
        source: Some(Source::Register {
            register: Register::Consultations,
            file: Hash::of(b"file").to_string(),
            row: 2,
            key: "S00001".to_owned(),
        }),
        flags: vec![Flag::NameDiffers],
        mac: Some("00ff".to_owned()),
        filled: Some(vec!["受付番号".to_owned()]),
    }
}

#[test]
fn metadata_is_written_as_it_always_was() {
    let written = String::from_utf8(canonical(&metadata()).unwrap()).unwrap();

    assert_eq!(
        written,
        include_str!("../golden/metadata@1.json").trim_end()
    );
    assert_eq!(
        serde_json::from_str::<Metadata>(&written).unwrap(),
        metadata()
    );
}

#[test]
fn a_leaf_is_hashed_as_it_always_was() {
    let leaf = Leaf {
        id: EventId::new(samples::uuid(21)),
        stream: "child-\"\u{1F9D2}\"\n",
        revision: Revision::new(12),
        event_type: "consultation-recorded",
        content_type: "application/json",
        recorded_at: "2026-11-24T02:10:43.123456Z".parse().unwrap(),
        data: Hash::of(b"data"),
        metadata: Hash::of(b"metadata"),
        sealed: Some(Hash::of(b"sealed")),
    };
    let mut tree = Frontier::default();
    for _ in 0..5 {
        tree.push(leaf.hash());
    }

    let bytes = String::from_utf8(leaf.bytes()).unwrap();
    let again: Value = serde_json::from_str(&bytes).unwrap();
    assert_eq!(
        canonical(&again).unwrap(),
        leaf.bytes(),
        "the leaf is RFC 8785 JSON"
    );
    let golden = format!("{bytes}\n{}\n{}\n", leaf.hash(), tree.root());
    assert_eq!(golden, include_str!("../golden/leaf@1.txt"));
}

#[test]
fn ids_are_derived_as_they_always_were() {
    let ledger = LedgerId::new(samples::uuid(22));
    let child = ledger.derive("child", &["ｃ００１ "]);
    let step = ledger.derive("disaster-plans", &["D001", "verification", "2022-08-13"]);
    let event = EventId::of_command(CommandId::new(step), 11);

    assert_eq!(child, ledger.derive("child", &["C001"]));
    let golden = format!("{child}\n{step}\n{event}\n");
    assert_eq!(golden, include_str!("../golden/ids@1.txt"));
}
