//! `record`: every command of daily work, from options or from a JSON file.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, FromArgMatches, Subcommand};
use ledger_commands::command::ReadCommandError;
use ledger_commands::{Command, Envelope, Receipt};
use ledger_core::actor::Role;
use ledger_core::id::CommandId;
use serde_json::{Map, Value, json};

use super::output;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::execute_failure;
use crate::import::my_number::holds_my_number;
use crate::reading::find_child;
use crate::wiring::OpenWithKeys;
use crate::world::World;

/// 日々の記録を書く / record daily work
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger record record-consultation --children C001 --consulter guardian --channel phone \\
      --topics respite,school-entry --duration-minutes 20 --file -
  care-ledger record make-referral --file 連携.json
  care-ledger record make-referral --help              必要な項目と見本

個人に関する記述は、履歴に残らないよう --file FILE（- は標準入力）で渡してください。
日時を省くと今の時刻になります。")]
pub(super) struct Args {
    #[command(subcommand)]
    command: Named,
}

/// A command by its name, with the fields that options gave it.
#[derive(Clone, Debug)]
struct Named {
    name: &'static str,
    fields: Map<String, Value>,
    file: Option<PathBuf>,
    command_id: Option<CommandId>,
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
    let mut command = clap::Command::new(name);
    if let (Some(ja), Some(en)) = (Command::about_ja(name), Command::about(name)) {
        command = command.about(format!("{ja} / {en}"));
    }
    if let Some(example) = Command::example(name) {
        command = command.after_help(format!("例 / Example (--file):\n{example}"));
    }
    for (field, shown) in example(name) {
        // Options are made once a run, so the few bytes of their names may stay.
        let long: &'static str = Box::leak(field.replace('_', "-").into_boxed_str());
        let kind = if shown.is_array() {
            "VALUE,…"
        } else {
            "VALUE"
        };
        let help = format!("例 / e.g. {}", in_words(&shown));
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

const FILE: &str = "$file";
const SET: &str = "$set";
const ID: &str = "$command-id";

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

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let named = &args.command;
    let mut fields = fields(named)?;
    if example(named.name).contains_key("occurred")
        && !fields.contains_key("occurred")
        && named.file.is_none()
    {
        let now = world
            .clock
            .now()
            .in_japan()
            .format("%Y-%m-%dT%H:%M")
            .to_string();
        fields.insert("occurred".to_owned(), now.into());
    }
    if fields.iter().any(|(_, value)| has_my_number(value)) {
        return Err(Failure::refused(
            "MY_NUMBER",
            "個人番号（マイナンバー）と思われる12桁の数字があります。個人番号は記録できません。",
            "a field holds what looks like an Individual Number; these are never stored",
        ));
    }
    let id = named
        .command_id
        .unwrap_or_else(|| CommandId::new((world.new_id)()));
    let envelope = Envelope::new(id, options.actor()?, Role::Unauthenticated);
    let open = OpenWithKeys::open(options, world).await?;
    super::hints::elevated(&open.open, options.lang, world);
    let done = execute(named.name, fields, &open, &envelope, world).await;
    open.close().await;
    write(&done?, options, world)?;
    Ok(Exit::Done)
}

/// What the file says, and over it what the options say.
fn fields(named: &Named) -> Result<Map<String, Value>, Failure> {
    let mut fields = match &named.file {
        Some(path) => read(path)?,
        None => Map::new(),
    };
    if let Some(other) = fields.get("command").and_then(Value::as_str)
        && other != named.name
    {
        let (other, name) = (other.to_owned(), named.name);
        return Err(Failure::usage(
            "OTHER_COMMAND",
            format!("ファイルは {other} のもので、{name} ではありません。"),
            format!("the file is a {other}, not a {name}"),
        )
        .on("command"));
    }
    fields.extend(named.fields.clone());
    fields.insert("command".to_owned(), named.name.into());
    Ok(fields)
}

fn read(path: &PathBuf) -> Result<Map<String, Value>, Failure> {
    let text = if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    let name = path.display();
    let text = text.map_err(|error| {
        Failure::failed(
            "FILE_FAILED",
            format!("{name} を読めません（{error}）。"),
            format!("{name} cannot be read ({error})"),
        )
        .on("--file")
    })?;
    serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Failure::usage(
            "BAD_JSON",
            format!("{name} はJSONのオブジェクトではありません（{line}行{column}字）。"),
            format!("{name} is no JSON object (line {line}, column {column})"),
        )
        .on("--file")
    })
}

fn has_my_number(value: &Value) -> bool {
    match value {
        Value::String(text) => holds_my_number(&ledger_core::text::normal(text)),
        Value::Array(items) => items.iter().any(has_my_number),
        Value::Object(fields) => fields.values().any(has_my_number),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

async fn execute(
    name: &'static str,
    mut fields: Map<String, Value>,
    open: &OpenWithKeys,
    envelope: &Envelope,
    world: &World,
) -> Result<Receipt, Failure> {
    if name != "register-child" {
        for field in ["child", "children"] {
            if let Some(value) = fields.get_mut(field) {
                find_children(value, open).await?;
            }
        }
    }
    let mut new_id = || (world.new_id)();
    let command = Command::read(Value::Object(fields), open.ledger.id(), &mut new_id);
    let command = command.map_err(|error| read_failure(&error))?;
    let done = open.ledger.execute(&command, envelope).await;
    done.map_err(|error| execute_failure(&error))
}

/// Puts ids in the place of numbers and prefixes.
async fn find_children(value: &mut Value, open: &OpenWithKeys) -> Result<(), Failure> {
    let values = if let Value::Array(values) = value {
        values.as_mut_slice()
    } else {
        std::slice::from_mut(value)
    };
    for value in values {
        if let Value::String(text) = value {
            let child = find_child(open.open.store.as_ref(), open.ledger.id(), text).await?;
            *text = child.to_string();
        }
    }
    Ok(())
}

fn read_failure(error: &ReadCommandError) -> Failure {
    let failure = Failure::usage(
        "BAD_COMMAND",
        format!("項目が足りないか、正しくありません（{error}）。"),
        error.to_string(),
    );
    failure.hint(
        "`care-ledger record NAME --help` に見本があります。",
        "care-ledger record NAME --help shows an example",
    )
}

fn write(receipt: &Receipt, options: &GlobalOptions, world: &mut World) -> Result<(), Failure> {
    if options.json {
        return output::json(
            world,
            &json!({
                "stream": receipt.stream,
                "revision": receipt.revision,
                "position": receipt.position,
                "repeated": receipt.repeated,
                "events": receipt.events,
                "flags": receipt.flags,
            }),
        );
    }
    let lang = options.lang;
    let (position, stream, revision) = (receipt.position, &receipt.stream, receipt.revision);
    output::line(
        world,
        lang.pick(
            &format!("記録しました: 位置{position}（{stream} の {revision}）"),
            &format!("recorded: position {position} ({stream}, revision {revision})"),
        ),
    )?;
    for flag in &receipt.flags {
        output::line(
            world,
            lang.pick(
                &format!("  注意 {flag} {}", flag.ja()),
                &format!("  flag {flag}"),
            ),
        )?;
    }
    Ok(())
}
