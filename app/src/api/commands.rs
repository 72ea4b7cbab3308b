//! `/api/commands`: every command that may be sent, and sending one.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use chrono::TimeDelta;
use ledger_commands::{Command, Envelope};
use ledger_core::actor::Actor;
use ledger_core::id::CommandId;
use serde_json::{Map, Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use super::caller::Caller;
use super::problem::{Problem, Told};
use crate::cli::record::answer;
use crate::fault::execute_failure;
use crate::my_number::{self, has_my_number};
use crate::pages::Site;
use crate::recording::{self, notices};
use crate::sign_in::lasting;

/// The header under which the same sent again is recorded once.
pub(super) const KEY: &str = "idempotency-key";
/// The one content type that is read.
const JSON: &str = "application/json";
/// How long recording may take: less than the answer.
const ANSWER: Duration = Duration::from_secs(8);
/// How long a key is known after something was sent under it, in days: as long as a token may last.
const KEY_DAYS: i64 = 366;

/// Every command.
pub(super) async fn list(_caller: Caller) -> Json<Value> {
    let all = Command::NAMES.iter().filter_map(|name| about(name));
    Json(json!({ "commands": all.collect::<Vec<_>>() }))
}

/// One command.
pub(super) async fn one(
    caller: Caller,
    name: Result<Path<String>, PathRejection>,
) -> Result<Json<Value>, Told> {
    let found = name.ok().and_then(|Path(name)| about(&name));
    found.map(Json).ok_or_else(|| {
        let detail = (
            "その名前のコマンドはありません。",
            "there is no command of this name",
        );
        let problem = Problem::new(StatusCode::NOT_FOUND, "UNKNOWN_COMMAND", detail);
        problem.on("name").told(caller.lang)
    })
}

/// What a command of a name does, its shape and an example; none where there is no such command.
fn about(name: &str) -> Option<Value> {
    let example: Value = serde_json::from_str(Command::example(name)?).ok()?;
    Some(json!({
        "name": name,
        "about": Command::about(name)?,
        "about_ja": Command::about_ja(name)?,
        "schema": Command::schema(name)?,
        "example": example,
    }))
}

/// Executes a command.
pub(super) async fn send(
    State(site): State<Arc<Site>>,
    caller: Caller,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    match sent(&site, &caller, &headers, body).await {
        Ok(response) => response,
        Err(problem) => problem.told(caller.lang).into_response(),
    }
}

async fn sent(
    site: &Site,
    caller: &Caller,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let fields = fields(headers, body)?;
    let key = key(headers)?;
    // Given up on, it may be written all the same; sent again, it is not written twice.
    let done = timeout(ANSWER, Box::pin(execute(site, fields, (caller, key)))).await;
    let (status, answer) = done.map_err(|_| Problem::late(false))??;
    Ok((status, Json(answer)).into_response())
}

/// The object that was sent.
fn fields(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Map<String, Value>, Problem> {
    let kind = headers.get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case(JSON) {
        let detail = (
            "application/json で送ってください。",
            "it is to be sent as application/json",
        );
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Problem::new(status, "NOT_JSON", detail));
    }
    let body = body.map_err(|rejection| {
        let detail = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let detail = ("内容が大きすぎます。", "it is too large");
            return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE", detail);
        } else {
            ("最後まで届きませんでした。", "it did not come whole")
        };
        Problem::new(StatusCode::BAD_REQUEST, "BAD_JSON", detail)
    })?;
    serde_json::from_slice(&body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let ja = format!("JSONのオブジェクトではありません（{line}行{column}字）。");
        let en = format!("it is no JSON object (line {line}, column {column})");
        Problem::new(StatusCode::BAD_REQUEST, "BAD_JSON", (&ja, &en))
    })
}

/// The key that who sends it chose, with or without the quotes of a structured field.
fn key(headers: &HeaderMap) -> Result<Uuid, Problem> {
    let given = headers.get(KEY).and_then(|given| given.to_str().ok());
    let given = given.map(|given| given.trim().trim_matches('"'));
    let key = given.and_then(|given| Uuid::try_parse(given).ok());
    key.ok_or_else(|| {
        let detail = (
            "Idempotency-Key にUUIDを付けてください。",
            "send an Idempotency-Key with a UUID",
        );
        let problem = Problem::new(StatusCode::BAD_REQUEST, "NO_IDEMPOTENCY_KEY", detail);
        problem.on("Idempotency-Key").hint(
            "コマンドごとに新しいUUIDを作り、返事がないときは同じUUIDで同じ内容を送り直します（二重になりません）。",
            "make a new UUID for each command; without an answer send the same again under the same UUID, which records nothing twice",
        )
    })
}

/// Refuses what is another than what was first sent under the key: to take it for the first would throw it away, and
/// to record it as well would record twice what is the same to whoever sent it.
async fn is_first(site: &Site, (account, key): (&Actor, Uuid), sent: &str) -> Result<(), Problem> {
    let until = lasting::after(site.now(), TimeDelta::days(KEY_DAYS));
    let is_first = site.sign_ins.is_first_under((account, key), sent, until);
    if is_first.await.map_err(|error| Problem::internal(&error))? {
        return Ok(());
    }
    let detail = (
        "この Idempotency-Key では、別の内容をすでに受け取っています。何も記録していません。",
        "something else was sent under this Idempotency-Key before; nothing was recorded",
    );
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let problem = Problem::new(status, "IDEMPOTENCY_KEY_REUSED", detail);
    Err(problem.on("Idempotency-Key").hint(
        "送り直すときは初めと同じ内容を送ってください。内容を直したときや別の記録のときは、新しいUUIDを付けてください。",
        "to send it again, send what was sent first; for what was changed, or for another record, make a new UUID",
    ))
}

async fn execute(
    site: &Site,
    mut fields: Map<String, Value>,
    (caller, key): (&Caller, Uuid),
) -> Result<(StatusCode, Value), Problem> {
    let account = &caller.account;
    // Keys of an object are sorted, however they were sent.
    let sent = json!([account, fields]).to_string();
    // The same sent again under the key is the same command, whatever else is remembered of it.
    let id = CommandId::new(CommandId::new(key).made(&sent));
    let envelope = Envelope::new(id, account.clone(), caller.role);
    let name = fields.get("command").and_then(Value::as_str);
    let name = Command::NAMES.iter().find(|known| Some(**known) == name);
    let name = name.copied().unwrap_or_default();
    if let Some((field, _)) = fields.iter().find(|(_, value)| has_my_number(value)) {
        return Err(Problem::of_command(&my_number::refused(field.clone())));
    }
    let refused = |failure| Problem::of_command(&failure);
    let open = &site.open;
    let prepared = recording::prepare(name, &mut fields, open, id).await;
    prepared.map_err(refused)?;
    let read = Command::read(Value::Object(fields.clone()), open.ledger.id(), id);
    let command = read.map_err(|error| Problem::of_reading(&error))?;
    is_first(site, (account, key), &sent).await?;
    let receipt = open.ledger.execute(&command, &envelope).await;
    let receipt = receipt.map_err(|error| refused(execute_failure(&error)))?;
    let streams = receipt.streams.iter().map(|last| last.stream.clone());
    let notices = notices(name, &fields, &streams.collect::<Vec<_>>(), open).await;
    // What was recorded is told whatever becomes of the notices.
    let notices = notices.unwrap_or_default();
    let status = if receipt.repeated {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    Ok((status, answer((&receipt, &notices), id)))
}
