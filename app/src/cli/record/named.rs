//! A command by its name: its options are made from its example.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, FromArgMatches, Subcommand};
use ledger_commands::Command;
use ledger_commands::command::listed;
use ledger_core::id::CommandId;
use serde_json::{Map, Value};

use crate::cli::scope::year;
use crate::lang::Lang;
use crate::render::field_label;

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

/// Whether a command has an option for a field, or for what the field is a part of.
pub(super) fn is_option(name: &str, field: &str) -> bool {
    let whole = field.split(['.', '[']).next().unwrap_or(field);
    example(name).contains_key(whole)
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
        let arg = Arg::new(field).long(long).value_name(kind);
        let arg = arg.allow_negative_numbers(shown.is_number());
        command = command.arg(arg.help(help(name, field, &shown)));
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

/// What an option is, in both languages, and what it takes.
fn help(name: &str, field: &str, shown: &Value) -> String {
    let (ja, en) = (field_label(field, Lang::Ja), field_label(field, Lang::En));
    let takes = match Command::codes(name, field) {
        Some(terms) => listed(terms),
        None if shown.is_null() => return format!("{ja} / {en}"),
        None => format!("例 / e.g. {}", in_words(shown)),
    };
    format!("{ja} / {en}: {takes}")
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
                let year = year(text).ok().filter(|_| field == "fiscal_year");
                let value = year.map_or_else(|| like(&shown, text), Value::from);
                fields.insert(field.to_owned(), value);
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
        Value::Bool(_) if text.trim() == "はい" => true.into(),
        Value::Bool(_) if text.trim() == "いいえ" => false.into(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => json_or_text(text),
    }
}

fn json_or_text(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_option_of_every_command_is_told_in_both_languages() {
        for name in Command::NAMES {
            for arg in one(name).get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                let said = !help.is_ascii() && help.contains(" / ");
                assert!(said, "{name} {}: {help}", arg.get_id());
            }
        }
    }

    #[test]
    fn numbers_below_zero_years_of_an_era_and_yes_are_read() {
        let parent = Named::augment_subcommands(clap::Command::new("record"));
        let line = [
            "record",
            "record-expenditure",
            "--fiscal-year",
            "R5",
            "--amount-yen",
            "-5",
        ];
        let matches = parent.clone().try_get_matches_from(line).unwrap();
        let named = Named::from_arg_matches(&matches).unwrap();
        assert_eq!(named.fields["fiscal_year"], json!(2023));
        assert_eq!(named.fields["amount_yen"], json!(-5));

        assert_eq!(like(&json!(true), "いいえ"), json!(false));
        assert_eq!(like(&json!(false), "はい"), json!(true));
        assert_eq!(like(&json!("備考"), "はい"), json!("はい"));
    }

    #[test]
    fn a_field_of_no_option_is_none() {
        assert!(is_option("record-consultation", "children[1]"));
        assert!(!is_option("record-consultation", "assignment"));
    }
}
