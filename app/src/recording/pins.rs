//! What a command says of the log as a whole is compared with it: positions, roots, indicators, numbers of meetings.

use ledger_core::id::{CommandId, Position};
use ledger_core::store::audit::audit;
use ledger_projections::indicators::find;
use serde_json::{Map, Value, json};

use super::said as read;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::reading::{meeting_cards, reached};
use crate::wiring::OpenWithKeys;

type Fields = Map<String, Value>;

/// Compares what a command says of the log with the log, and puts in what it left out.
pub(super) async fn compare(
    (name, command): (&str, CommandId),
    fields: &mut Fields,
    open: &OpenWithKeys,
) -> Result<(), Failure> {
    match name {
        "approve-minutes" => root(fields, open).await,
        "close-fiscal-year" => position(fields, open).await,
        "convene-meeting" => number(fields, open, command).await,
        "open-audit" => range(fields, open).await,
        "record-chain-verified" => verified(fields, open).await,
        "record-finding" | "make-recommendation" => indicator(fields),
        _ => Ok(()),
    }
}

/// The head that minutes name, or the present one: its root is the log's own.
async fn root(fields: &mut Fields, open: &OpenWithKeys) -> Result<(), Failure> {
    let head = head(open).await?;
    let at = read(fields, "position").unwrap_or(head);
    let at = reached(at, head, "--position")?;
    let root = root_at(open, at).await?;
    fields.entry("position").or_insert(json!(at));
    fields.entry("root").or_insert(json!(root));
    if !is_root(fields, &root) {
        return Err(root_differs(at, &root).hint(
            "--position と --root を省くと、今の位置と要約値を記録します。",
            "without --position and --root the present ones are recorded",
        ));
    }
    Ok(())
}

/// Whoever says that nothing was wrong up to a position names the root that is there: another one was never the log's.
async fn verified(fields: &Fields, open: &OpenWithKeys) -> Result<(), Failure> {
    let (Some(at), Some(true)) = (read(fields, "position"), read(fields, "clean")) else {
        return Ok(());
    };
    let at = reached(at, head(open).await?, "--position")?;
    let root = root_at(open, at).await?;
    if is_root(fields, &root) {
        return Ok(());
    }
    Err(root_differs(at, &root).hint(
        "手元で計算した根がこれと違うときは、異状ありとして記録してください。",
        "where you computed another one, record that something is wrong",
    ))
}

/// The log's own root at a position, computed anew.
async fn root_at(open: &OpenWithKeys, at: Position) -> Result<String, Failure> {
    let store = open.open.store.as_ref();
    let audited = audit(store, Some(at), None, &mut |_, _| {}).await;
    let audited = audited.map_err(|error| read_failure(&error))?;
    if let Some(fault) = audited.fault {
        return Err(Failure::failed(
            "LOG_DAMAGED",
            "台帳の記録に改変または欠落があります。確定や記録の前に `care-ledger verify` で確かめてください。",
            format!("the log does not verify: {fault:?}"),
        ));
    }
    Ok(audited.head.root.to_string())
}

/// Whether the root that is given is this one; whatever is no hash at all is told when the command is read.
fn is_root(fields: &Fields, root: &str) -> bool {
    let given = fields.get("root").and_then(Value::as_str);
    let given = given.map(|text| text.trim().to_lowercase());
    given.is_none_or(|given| given.len() != root.len() || given == root)
}

fn root_differs(at: Position, root: &str) -> Failure {
    Failure::refused(
        "ROOT_DIFFERS",
        format!("位置{at}の台帳の要約値は {root} です。"),
        format!("the log's root at position {at} is {root}"),
    )
    .on("--root")
}

/// The position at which a closed year's figures stand; the head where none is given.
async fn position(fields: &mut Fields, open: &OpenWithKeys) -> Result<(), Failure> {
    let head = head(open).await?;
    let at = read(fields, "as_at").unwrap_or(head);
    reached(at, head, "--as-at")?;
    fields.entry("as_at").or_insert(json!(at));
    Ok(())
}

/// The last position of an audit's range, which is in the log; the head where none is given.
async fn range(fields: &mut Fields, open: &OpenWithKeys) -> Result<(), Failure> {
    let head = head(open).await?;
    let to = read(fields, "to_position").unwrap_or(head);
    reached(to, head, "--to-position")?;
    fields.entry("to_position").or_insert(json!(to));
    Ok(())
}

/// No two meetings have one number; a meeting that is sent again is the one that has it.
async fn number(fields: &Fields, open: &OpenWithKeys, command: CommandId) -> Result<(), Failure> {
    let Some(nth) = read::<u32>(fields, "nth") else {
        return Ok(());
    };
    let met = meeting_cards(&open.open).await?;
    let own = fields.get("meeting").and_then(Value::as_str);
    // Left out, it follows from the command.
    let own = own.map_or_else(|| command.made("meeting").to_string(), str::to_owned);
    let mut cards = met.iter();
    if cards.any(|card| card.nth == Some(nth) && card.meeting.to_string() != own) {
        return Err(Failure::refused(
            "ALREADY_RECORDED",
            format!("第{nth}回の運営委員会はすでに記録されています。"),
            format!("meeting {nth} of the committee is recorded already"),
        )
        .on("--nth")
        .hint(
            "`care-ledger meetings` で一覧が出ます。",
            "care-ledger meetings lists them",
        ));
    }
    Ok(())
}

/// A finding is about an indicator that there is.
fn indicator(fields: &mut Fields) -> Result<(), Failure> {
    let Some(Value::String(given)) = fields.get("indicator") else {
        return Ok(());
    };
    let Some(known) = find(&given.trim().to_uppercase()) else {
        return Err(Failure::refused(
            "UNKNOWN_INDICATOR",
            format!("{given} という指標はありません。"),
            format!("there is no indicator {given}"),
        )
        .on("--indicator")
        .hint(
            "`care-ledger indicators --fiscal-year 2021` で一覧が出ます。",
            "care-ledger indicators --fiscal-year 2021 lists them",
        ));
    };
    fields.insert("indicator".to_owned(), known.id.into());
    Ok(())
}

async fn head(open: &OpenWithKeys) -> Result<Position, Failure> {
    let head = open.open.store.head().await;
    Ok(head.map_err(|error| read_failure(&error))?.position)
}
