//! `/api/openapi.json`: the `OpenAPI` 3.1 document, made from the tables of commands and views.

use std::sync::{Arc, LazyLock};

use axum::Json;
use axum::middleware;
use axum::routing::{MethodRouter, get};
use ledger_commands::Command;
use serde_json::{Map, Value, json};

use super::caller::Caller;
use super::problem::PROBLEM;
use super::shape::Shape::{Count, Flag, Id, Object, Objects, Position, Text, Texts};
use super::shape::object;
use super::views::{self, Parameter, Served};
use super::{changes, commands, docs};
use crate::pages::{Site, as_asked};

/// The document.
static DOCUMENT: LazyLock<Value> = LazyLock::new(document);

/// Answers with it.
pub(super) async fn answer(_caller: Caller) -> Json<&'static Value> {
    Json(&DOCUMENT)
}

fn document() -> Value {
    let mut paths = Map::new();
    for view in views::ALL.iter() {
        paths.insert(view.path.to_owned(), json!({ "get": of_view(view) }));
    }
    paths.extend(FIXED.map(|one| (one.path.to_owned(), (one.said)())));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "care-ledger",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "医療的ケア相談支援センターの記録台帳 / the coordination ledger of a medical-care consultation centre. Opening a person's text is recorded before it is answered.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "care-ledger token ACCOUNT --for DAYS",
                },
            },
            "responses": {"Problem": problem()},
            "schemas": schemas(),
        },
    })
}

/// Why something was not done.
fn problem() -> Value {
    json!({
        "description": "なぜできなかったか / why it was not done (RFC 9457)",
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    })
}

/// The shapes that are named: problem, receipt, and each command.
fn schemas() -> Map<String, Value> {
    let mut schemas = Map::new();
    schemas.insert("Problem".to_owned(), problem_shape());
    schemas.insert("Receipt".to_owned(), receipt_shape());
    schemas.insert("AboutCommand".to_owned(), about_shape());
    let known = Command::NAMES.iter();
    let known = known.filter_map(|name| Some((*name, Command::schema(name)?)));
    let (mut all, mut mapping) = (Vec::new(), Map::new());
    for (name, mut schema) in known {
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("$schema");
        }
        let place = format!("#/components/schemas/{name}");
        all.push(json!({ "$ref": place }));
        mapping.insert(name.to_owned(), place.into());
        schemas.insert(name.to_owned(), schema);
    }
    let discriminator = json!({"propertyName": "command", "mapping": mapping});
    let command = json!({"oneOf": all, "discriminator": discriminator});
    schemas.insert("Command".to_owned(), command);
    schemas
}

fn problem_shape() -> Value {
    json!({
        "type": "object",
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "code": {"type": "string"},
            "field": {"type": "string"},
            "hint": {"type": "string"},
            "lang": {"enum": ["ja", "en"]},
        },
        "required": ["type", "title", "status", "detail", "code", "lang"],
        "additionalProperties": false,
    })
}

fn receipt_shape() -> Value {
    let fields = [
        ("command", Id, false),
        ("position", Position, false),
        ("streams", Objects, false),
        ("repeated", Flag, false),
        ("events", Texts, false),
        ("flags", Texts, false),
        ("notices", Texts, false),
    ];
    let mut receipt = object(&fields, false);
    let last = [
        ("stream", Text, false),
        ("revision", Count, false),
        ("position", Position, false),
    ];
    if let Some(streams) = receipt.pointer_mut("/properties/streams/items") {
        *streams = object(&last, false);
    }
    receipt
}

fn about_shape() -> Value {
    let fields = [
        ("name", Text, false),
        ("about", Text, false),
        ("about_ja", Text, false),
        ("schema", Object, false),
        ("example", Object, false),
    ];
    object(&fields, false)
}

fn of_view(view: &Served) -> Value {
    let parameters: Vec<Value> = view.parameters().map(|one| parameter(&one)).collect();
    json!({
        "operationId": view.name,
        "summary": view.about(),
        "parameters": parameters,
        "responses": answers("200", &view.shape, &READ),
    })
}

/// Why something is not shown.
const READ: [&str; 8] = ["400", "401", "403", "404", "422", "429", "500", "503"];
/// Why something that is always there is not shown.
const KNOWN: [&str; 4] = ["401", "429", "500", "503"];
/// Why something is not recorded.
const SENT: [&str; 10] = [
    "400", "401", "403", "409", "413", "415", "422", "429", "500", "503",
];

/// The answer with its shape, and the problems that there may be.
fn answers(status: &str, shape: &Value, problems: &[&str]) -> Map<String, Value> {
    let problem = |status: &&str| {
        let problem = json!({"$ref": "#/components/responses/Problem"});
        ((*status).to_owned(), problem)
    };
    let mut answers: Map<String, Value> = problems.iter().map(problem).collect();
    let answer = json!({
        "description": "答え / the answer",
        "content": {"application/json": {"schema": shape}},
    });
    answers.insert(status.to_owned(), answer);
    answers
}

/// The same of an answer that is no JSON.
fn other(status: &str, answer: Value) -> Map<String, Value> {
    let mut answers = answers(status, &Value::Null, &KNOWN);
    answers.insert(status.to_owned(), answer);
    answers
}

fn parameter(one: &Parameter<'_>) -> Value {
    let own = if one.is_flag() {
        json!({"type": "boolean"})
    } else if one.is_number() {
        json!({"type": "integer", "minimum": 0})
    } else if one.choices().is_empty() {
        json!({"type": "string"})
    } else {
        json!({"type": "string", "enum": one.choices()})
    };
    let (place, schema) = if one.in_path {
        ("path", own)
    } else if one.is_list() {
        ("query", json!({"type": "array", "items": own}))
    } else {
        ("query", own)
    };
    let mut parameter = json!({
        "name": one.name,
        "in": place,
        "description": one.about(),
        "required": one.in_path || one.arg.is_required_set(),
        "schema": schema,
    });
    if let Some((parameter, example)) = parameter.as_object_mut().zip(example(one)) {
        parameter.insert("example".to_owned(), example.into());
    }
    parameter
}

/// An example of what is not told by the shape.
fn example(one: &Parameter<'_>) -> Option<&'static str> {
    let name = one.arg.get_value_names()?.first()?;
    match name.as_str() {
        "YEAR" => Some("2023"),
        "DATE" => Some("2024-03-31"),
        "POSITION|TIME" | "POSITION|ID" => Some("1"),
        "CHILD" => Some("C001"),
        "FIGURE|EVENT" => Some("A-1"),
        _ => None,
    }
}

/// A path that is no view: what answers it, and what is said of it.
pub(super) struct Fixed {
    pub(super) path: &'static str,
    pub(super) answers: fn() -> MethodRouter<Arc<Site>>,
    said: fn() -> Value,
}

/// The paths that are no views.
pub(super) const FIXED: [Fixed; 5] = [
    Fixed {
        path: "/api/commands",
        answers: || get(commands::list).post(commands::send),
        said: || json!({ "get": listing(), "post": sending() }),
    },
    Fixed {
        path: "/api/commands/{name}",
        answers: || get(commands::one),
        said: || json!({ "get": one_command() }),
    },
    Fixed {
        path: "/api/changes",
        answers: || get(changes::listen),
        said: || json!({ "get": listening() }),
    },
    Fixed {
        path: "/api/openapi.json",
        answers: || get(answer),
        said: || {
            json!({"get": {
                "operationId": "document",
                "summary": "この文書 / this document",
                "responses": answers("200", &json!({"type": "object"}), &KNOWN),
            }})
        },
    },
    Fixed {
        path: "/api/docs",
        answers: || get(docs::page).layer(middleware::from_fn(as_asked)),
        said: || {
            let html = json!({
                "description": "HTML",
                "content": {"text/html": {"schema": {"type": "string"}}},
            });
            json!({"get": {
                "operationId": "docs",
                "summary": "人が読む一覧 / the same for people",
                "responses": other("200", html),
            }})
        },
    },
];

/// Every command.
fn listing() -> Value {
    let commands = json!({
        "type": "object",
        "properties": {"commands": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/AboutCommand"},
        }},
        "required": ["commands"],
        "additionalProperties": false,
    });
    json!({
        "operationId": "commands",
        "summary": "コマンドの一覧 / every command with its shape and an example",
        "responses": answers("200", &commands, &KNOWN),
    })
}

/// One command.
fn one_command() -> Value {
    let name = json!({
        "name": "name",
        "in": "path",
        "required": true,
        "schema": {"type": "string", "enum": Command::NAMES},
    });
    let one = json!({"$ref": "#/components/schemas/AboutCommand"});
    json!({
        "operationId": "command",
        "summary": "一つのコマンド / one command",
        "parameters": [name],
        "responses": answers("200", &one, &[KNOWN.as_slice(), &["404"]].concat()),
    })
}

/// Sending a command.
fn sending() -> Value {
    let receipt = json!({"$ref": "#/components/schemas/Receipt"});
    let mut answers = answers("201", &receipt, &SENT);
    let again = json!({
        "description": "記録済み / it was recorded before, and nothing was written now",
        "content": {"application/json": {"schema": receipt}},
    });
    answers.insert("200".to_owned(), again);
    json!({
        "operationId": "send",
        "summary": "記録する / executes a command, which is the content of a command file",
        "parameters": [{
            "name": "Idempotency-Key",
            "in": "header",
            "required": true,
            "description": "コマンドごとに新しいUUID。返事がないときは同じUUIDで同じ内容を送り直します（記録は一度だけで、初めと同じ返事です）。同じUUIDで別の内容を送ると422 IDEMPOTENCY_KEY_REUSEDで断り、何も記録しません（アカウントごと、送ってから366日間） / a new UUID for each command. The same sent again under it is recorded once and gives the first answer again; something else under it is refused with 422 IDEMPOTENCY_KEY_REUSED and nothing is recorded (for each account, for 366 days)",
            "schema": {"type": "string", "format": "uuid"},
        }],
        "requestBody": {
            "required": true,
            "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Command"},
                "examples": examples(),
            }},
        },
        "responses": answers,
    })
}

/// An example of each command.
fn examples() -> Map<String, Value> {
    let all = Command::NAMES.iter().filter_map(|name| {
        let value: Value = serde_json::from_str(Command::example(name)?).ok()?;
        let example = json!({"summary": Command::about_ja(name)?, "value": value});
        Some(((*name).to_owned(), example))
    });
    all.collect()
}

/// Waiting for new records.
fn listening() -> Value {
    let events = json!({
        "description": "event: position, data: {\"position\": …}",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    });
    let mut answers = other("200", events);
    let none = json!({"description": "待っているものが多すぎる / too many listen already"});
    answers.insert("204".to_owned(), none);
    json!({
        "operationId": "changes",
        "summary": "新しい記録の位置（内容は出ません） / positions of new records as they come, and nothing about them",
        "parameters": [{
            "name": "Last-Event-ID",
            "in": "header",
            "required": false,
            "description": "最後に受け取った位置 / the position that was received last",
            "schema": {"type": "string"},
        }],
        "responses": answers,
    })
}
