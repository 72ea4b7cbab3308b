//! `record`: every command of daily work, from options or from a JSON file.

mod input;
mod named;

use ledger_commands::command::ReadCommandError;
use ledger_commands::{Command, Decision as _, Envelope, ExecuteError, Receipt};
use ledger_core::actor::Role;
use ledger_core::id::{CommandId, EventId};
use serde_json::{Map, Value, json};

use self::input::fields;
use self::named::Named;
use super::output;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::{execute_failure, rejection_failure};
use crate::lang::Lang;
use crate::my_number::{self, has_my_number};
use crate::reading::find_event;
use crate::recording::{self, Notice, notices};
use crate::render::day;
use crate::wiring::OpenWithKeys;
use crate::world::World;

/// 日々の記録を書く / record daily work
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger record consultation --children C001 --consulter 保護者 --channel 電話 \\
      --topics レスパイト,就学 --duration-minutes 20 --file -
  care-ledger record make-referral --file 連携.json
  care-ledger record make-referral --help              必要な項目と見本

個人に関する記述は、履歴に残らないよう --file FILE（- は標準入力）で渡してください。
コード（phone など）は日本語（電話）でも、日付は和暦（R3.8.6 16:10）でも書けます。
相談は日時を省くと今の時刻になります。訂正などの --target は timeline の # の番号で書けます。
対象者は番号またはIDの全体で指定します（取り違えを防ぐため、一部では受け付けません）。")]
pub(super) struct Args {
    #[command(subcommand)]
    command: Named,
}

/// What is written down while it happens: left out, its time is now.
const HAPPENS_NOW: [&str; 2] = ["record-consultation", "record-inquiry"];

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let named = &args.command;
    let mut fields = fields(named)?;
    let now = world.clock.now().in_japan();
    let assumed = !fields.contains_key("occurred") && HAPPENS_NOW.contains(&named.name);
    if assumed {
        let now = now.format("%Y-%m-%dT%H:%M").to_string();
        fields.insert("occurred".to_owned(), now.into());
    }
    if let Some((field, _)) = fields.iter().find(|(_, value)| has_my_number(value)) {
        return Err(my_number::refused(field.clone()));
    }
    let id = named
        .command_id
        .unwrap_or_else(|| CommandId::new((world.new_id)()));
    let envelope = Envelope::new(id, options.actor()?, Role::Unauthenticated);
    let open = OpenWithKeys::open(options, world).await?;
    super::hints::elevated(&open.open, options.lang, world);
    let resent = named.command_id.is_some();
    let done = async {
        let receipt = execute((named.name, fields.clone()), resent, &open, &envelope).await?;
        let streams: Vec<_> = receipt
            .streams
            .iter()
            .map(|last| last.stream.clone())
            .collect();
        let notices = notices(named.name, &fields, &streams, &open).await;
        // What was recorded is told whatever becomes of the notices.
        Ok((receipt, notices.unwrap_or_default()))
    };
    let done: Result<_, Failure> = Box::pin(done).await;
    open.close().await;
    let (receipt, notices) = done?;
    write((&receipt, &notices), id, options, world)?;
    if assumed && !options.json {
        let (ja, en) = (now.format("%H:%M"), now.format("%Y-%m-%d %H:%M"));
        let day = day(now.date(), Lang::Ja);
        output::line(
            world,
            options.lang.pick(
                &format!("  日時は {day} {ja} としました（--occurred で指定できます）"),
                &format!("  taken as of {en}; --occurred says another time"),
            ),
        )?;
    }
    Ok(Exit::Done)
}

async fn execute(
    (name, mut fields): (&'static str, Map<String, Value>),
    resent: bool,
    open: &OpenWithKeys,
    envelope: &Envelope,
) -> Result<Receipt, Failure> {
    recording::prepare(name, &mut fields, open, envelope.command).await?;
    let given = fields.clone();
    let command = Command::read(Value::Object(fields), open.ledger.id(), envelope.command);
    let command = command.map_err(|error| read_failure(name, error))?;
    if resent {
        is_no_other(&command, open, envelope.command).await?;
    }
    match open.ledger.execute(&command, envelope).await {
        Ok(done) => Ok(done),
        Err(ExecuteError::Rejected(rejection)) => {
            let failure = rejection_failure(&rejection);
            let failure = match rejection.field {
                Some(field) if !named::is_option(name, field) => failure.of_no_option(),
                Some(_) | None => failure,
            };
            Err(recording::help(failure, &rejection, &given, open).await)
        },
        Err(error) => Err(not_executed(&error, envelope.command)),
    }
}

/// Refuses an id under which something was recorded elsewhere: ids of events follow from those of
/// commands, and no two events may have one id.
async fn is_no_other(command: &Command, open: &OpenWithKeys, id: CommandId) -> Result<(), Failure> {
    let first = EventId::of_command(id, 0).to_string();
    match find_event(open.open.store.as_ref(), &first).await {
        Ok(found) if !command.streams(open.ledger.id()).contains(&found.stream) => {
            let at = found.position;
            Err(Failure::refused(
                "DUPLICATE_COMMAND",
                format!("この --command-id では、別の記録（位置{at}）がすでにあります。何も書いていません。"),
                format!("another record (position {at}) was made under this --command-id; nothing was written"),
            )
            .on("--command-id")
            .hint(
                "新しい記録では --command-id を省いてください。",
                "leave --command-id out for a new record",
            ))
        },
        Ok(_) => Ok(()),
        Err(failure) if failure.code == "UNKNOWN_EVENT" => Ok(()),
        Err(failure) => Err(failure),
    }
}

/// Where it may be written all the same, says under which id it is safe to send again.
fn not_executed(error: &ExecuteError, command: CommandId) -> Failure {
    let failure = execute_failure(error);
    if !error.may_be_written() {
        return failure;
    }
    failure.hint(
        format!("同じ内容をもう一度、--command-id {command} を付けて実行してください（二重になりません）。"),
        format!("repeat it with --command-id {command}; it is then written once, not twice"),
    )
}

fn read_failure(name: &str, error: ReadCommandError) -> Failure {
    let failure = match error {
        ReadCommandError::Field { field, fault } => {
            let option = field.replace('_', "-");
            let said = format!("--{option}: {}", fault.ja());
            Failure::usage("BAD_FIELD", said, format!("--{option}: {fault}")).on(field)
        },
        ReadCommandError::NoName | ReadCommandError::UnknownName { .. } => {
            let said = error.to_string();
            Failure::usage(
                "BAD_COMMAND",
                format!("コマンドの名前がありません（{said}）。"),
                said,
            )
        },
    };
    failure.hint(
        format!("`care-ledger record {name} --help` に項目と見本があります。"),
        format!("care-ledger record {name} --help shows the fields and an example"),
    )
}

fn write(
    (receipt, notices): (&Receipt, &[Notice]),
    command: CommandId,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    if options.json {
        return output::json(world, &answer((receipt, notices), command));
    }
    let lang = options.lang;
    let done = if receipt.repeated {
        lang.pick("記録済みです", "recorded before")
    } else {
        lang.pick("記録しました", "recorded")
    };
    for last in &receipt.streams {
        let (position, stream) = (last.position, &last.stream);
        output::line(
            world,
            lang.pick(
                &format!("{done}: #{position}（{stream}）"),
                &format!("{done}: #{position} ({stream})"),
            ),
        )?;
    }
    let id = lang.pick("コマンドID", "command id");
    output::line(world, &format!("  {id} {command}"))?;
    for flag in &receipt.flags {
        output::line(
            world,
            lang.pick(
                &format!("  注意 {flag} {}", flag.ja()),
                &format!("  flag {flag}"),
            ),
        )?;
    }
    for notice in notices {
        let label = lang.pick("確認", "note");
        output::line(world, &format!("  {label} {}", notice.text(lang)))?;
    }
    Ok(())
}

/// A receipt for machines.
pub(crate) fn answer((receipt, notices): (&Receipt, &[Notice]), command: CommandId) -> Value {
    let notices = notices.iter().map(|notice| notice.text(Lang::Ja));
    let streams = receipt.streams.iter().map(|last| {
        json!({
            "stream": last.stream,
            "revision": last.revision,
            "position": last.position,
        })
    });
    json!({
        "command": command,
        "position": receipt.position(),
        "streams": streams.collect::<Vec<_>>(),
        "repeated": receipt.repeated,
        "events": receipt.events,
        "flags": receipt.flags,
        "notices": notices.collect::<Vec<_>>(),
    })
}
