//! A command by its name: its options are made from its example.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, FromArgMatches, Subcommand};
use ledger_commands::Command;
use ledger_commands::command::listed;
use ledger_core::id::CommandId;
use serde_json::{Map, Value};

const FILE: &str = "$file";
const SET: &str = "$set";
const ID: &str = "$command-id";

/// A command by its name, with the fields that options gave it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) fields: Map<String, Value>,
    pub(super) file: Option<PathBuf>,
    pub(super) command_id: Option<CommandId>,
}

/// The fields of a command's example, by which its options are made.
fn example(name: &str) -> BTreeMap<&'static str, Value> {
    let fields: Option<BTreeMap<&'static str, Value>> =
        Command::example(name).and_then(|text| serde_json::from_str(text).ok());
    let mut fields = fields.unwrap_or_default();
    fields.remove("command");
    fields
}

impl Subcommand for Named {
    fn augment_subcommands(parent: clap::Command) -> clap::Command {
        parent
            .subcommand_required(true)
            .subcommands(Command::NAMES.iter().map(|name| one(name)))
    }

    fn augment_subcommands_for_update(parent: clap::Command) -> clap::Command {
        Self::augment_subcommands(parent)
    }

    fn has_subcommand(name: &str) -> bool {
        Command::NAMES.contains(&name)
    }
}

/// One command's options: one a field of its example, a file, and any other field.
fn one(name: &'static str) -> clap::Command {
    // Versions of plans are given by --version.
    let mut command = clap::Command::new(name).disable_version_flag(true);
    if let (Some(ja), Some(en)) = (Command::about_ja(name), Command::about(name)) {
        command = command.about(format!("{ja} / {en}"));
    }
    if let Some(example) = Command::example(name) {
        command = command.after_help(format!("例 / Example (--file):\n{example}"));
    }
    if let Some(short) = name.strip_prefix("record-") {
        command = command.visible_alias(short);
    }
    for (field, shown) in example(name) {
        // Options are made once a run, so the few bytes of their names may stay.
        let long: &'static str = Box::leak(field.replace('_', "-").into_boxed_str());
        let kind = if shown.is_array() {
            "VALUE,…"
        } else {
            "VALUE"
        };
        let help = match Command::codes(name, field) {
            Some(terms) => listed(terms),
            None if shown.is_null() => String::new(),
            None => format!("例 / e.g. {}", in_words(&shown)),
        };
        command = command.arg(Arg::new(field).long(long).value_name(kind).help(help));
    }
    let file = Arg::new(FILE)
        .long("file")
        .value_name("FILE|-")
        .help("JSONのファイル（- は標準入力） / a JSON file, - for standard input")
        .value_parser(clap::value_parser!(PathBuf));
    let set = Arg::new(SET)
        .long("set")
        .value_name("FIELD=VALUE")
        .action(ArgAction::Append)
        .help("ほかの項目 / any other field");
    let id = Arg::new(ID)
        .long("command-id")
        .value_name("UUID")
        .help("同じIDでもう一度送っても二重にならない / sending it again under this id writes nothing twice")
        .value_parser(clap::value_parser!(CommandId));
    command.args([file, set, id])
}

/// An example's value as an option would say it.
fn in_words(shown: &Value) -> String {
    match shown {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(in_words).collect::<Vec<_>>().join(","),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => shown.to_string(),
    }
}

impl FromArgMatches for Named {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let (given, matches) = matches
            .subcommand()
            .ok_or_else(|| clap::Error::new(clap::error::ErrorKind::MissingSubcommand))?;
        let known = Command::NAMES.iter().find(|name| **name == given);
        let name =
            known.ok_or_else(|| clap::Error::new(clap::error::ErrorKind::InvalidSubcommand))?;
        let mut fields = Map::new();
        for (field, shown) in example(name) {
            if let Some(text) = matches.get_one::<String>(field) {
                fields.insert(field.to_owned(), like(&shown, text));
            }
        }
        for pair in matches.get_many::<String>(SET).into_iter().flatten() {
            let (field, text) = pair
                .split_once('=')
                .ok_or_else(|| clap::Error::new(clap::error::ErrorKind::ValueValidation))?;
            let value = serde_json::from_str(text).unwrap_or_else(|_| text.into());
            fields.insert(field.replace('-', "_"), value);
        }
        Ok(Self {
            name,
            fields,
            file: matches.get_one::<PathBuf>(FILE).cloned(),
            command_id: matches.get_one::<CommandId>(ID).copied(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Reads a text as the kind of value that an example shows.
fn like(shown: &Value, text: &str) -> Value {
    match shown {
        Value::Array(_) if text.trim_start().starts_with('[') => json_or_text(text),
        Value::Array(items) => {
            let first = items.first().unwrap_or(&Value::Null);
            let parts = text
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            parts.map(|part| like(first, part)).collect()
        },
        Value::String(_) => text.into(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => json_or_text(text),
    }
}

fn json_or_text(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}
