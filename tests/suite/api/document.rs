//! The `OpenAPI` document is of this program: what it has answers as it says, and nothing else answers.

use std::collections::BTreeMap;

use ledger_commands::Command;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::programs::Program;
use serde_json::{Value, json};

use super::{problem, serving, token};
use crate::pages::centre;

/// The document.
pub(super) fn document(program: &Program<'_>) -> Value {
    program.json("/api/openapi.json")
}

/// Every documented path that is looked at, with its operation; what it needs is filled in.
pub(super) fn looks(document: &Value) -> BTreeMap<String, Value> {
    let paths = document["paths"].as_object().unwrap();
    let gets = paths
        .iter()
        .filter_map(|(path, own)| Some((path, own.get("get")?)));
    gets.map(|(path, get)| (filled(path, get), get.clone()))
        .collect()
}

/// A path with values for what it needs.
fn filled(path: &str, get: &Value) -> String {
    let (mut path, mut query) = (path.to_owned(), Vec::new());
    let none = Vec::new();
    for one in get["parameters"].as_array().unwrap_or(&none) {
        let name = one["name"].as_str().unwrap();
        let value = match name {
            "child" => "C101",
            "rows" => "area",
            "columns" => "age",
            "what" => "A-1",
            "name" => "record-consultation",
            "fiscal_year" => "2023",
            "which" | "from" => "1",
            "seed" => "x",
            _ => continue,
        };
        let hole = format!("{{{name}}}");
        if path.contains(&hole) {
            path = path.replace(&hole, value);
        } else {
            query.push(format!("{name}={value}"));
        }
    }
    if query.is_empty() {
        path
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

/// Says where a value is not of the shape that the document has at a place.
pub(super) fn is_of(document: &Value, shape: &Value, value: &Value) {
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": document["components"],
        "allOf": [shape],
    });
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> = validator
        .iter_errors(value)
        .map(|it| it.to_string())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}\n{value}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_documented_answers_as_it_says_and_nothing_else_answers() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = serving(&place);
    let manager = token(&place, "kacho", "manager");
    let program = Program::with(&serving, &manager);
    let document = document(&program);
    let looks = looks(&document);
    assert!(looks.len() > 25, "{looks:?}");
    for (path, get) in &looks {
        let path = path.replace("C101", "C001");
        if path == "/api/changes" {
            continue;
        }
        let answer = program.get(&path);
        let said = &get["responses"][answer.status.to_string()];
        assert!(said.is_object(), "{path} {} {}", answer.status, answer.body);
        if answer.status == 404 {
            assert_ne!(problem(&answer)["code"], "NO_SUCH_PATH", "{path}");
            continue;
        }
        assert_eq!(answer.status, 200, "{path} {}", answer.body);
        let kind = answer.header("content-type").unwrap();
        let kind = kind.split(';').next().unwrap();
        let shape = &said["content"][kind]["schema"];
        assert!(shape.is_object(), "{path} {kind}");
        if kind == "application/json" {
            is_of(
                &document,
                shape,
                &serde_json::from_str(&answer.body).unwrap(),
            );
        }
    }
    // Of the methods that are not documented none answers.
    for (path, own) in document["paths"].as_object().unwrap() {
        let path = path.replace(['{', '}'], "");
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            if own.get(method.to_lowercase()).is_none() {
                let answer = program.ask(method, &path, "", "");
                assert_eq!(answer.status, 405, "{method} {path}: {}", answer.body);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_command_stands_in_the_document_with_the_shape_of_its_file() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let manager = token(&place, "kacho", "manager");
    let program = Program::with(&serving, &manager);
    let document = document(&program);
    let command = &document["components"]["schemas"]["Command"];
    assert_eq!(
        command["oneOf"].as_array().unwrap().len(),
        Command::NAMES.len()
    );
    assert_eq!(command["discriminator"]["propertyName"], "command");
    let listed = program.json("/api/commands");
    for (name, one) in Command::NAMES
        .iter()
        .zip(listed["commands"].as_array().unwrap())
    {
        let place = command["discriminator"]["mapping"][name].as_str().unwrap();
        let shape = document.pointer(place.strip_prefix('#').unwrap()).unwrap();
        assert_eq!(shape["properties"]["command"]["const"], *name);
        assert_eq!(one["name"], *name);
        is_of(
            &document,
            &json!({"$ref": "#/components/schemas/AboutCommand"}),
            one,
        );
        assert_eq!(&program.json(&format!("/api/commands/{name}")), one);
    }
    let page = program.get("/api/docs");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("style-src 'self'"), "{policy}");
    for (path, _) in document["paths"].as_object().unwrap() {
        let told = page.body.contains(path.as_str());
        assert!(told || path == "/api/docs", "{path}");
    }
    for name in Command::NAMES {
        assert!(
            page.body.contains(&format!("<code>{name}</code>")),
            "{name}"
        );
    }
    assert!(page.body.len() < 85_000, "{}", page.body.len());
    let english = program.ask(
        "GET",
        "/api/docs",
        "Cookie: care-ledger-language=en\r\n",
        "",
    );
    assert!(page.body.contains("<h1>プログラムから使う（API）</h1>"));
    assert!(english.body.contains("<html lang=\"en\">"));
    let is_japanese = |c: char| matches!(c, 'ぁ'..='ヿ' | '㐀'..='鿿' | '（' | '。');
    let left = english
        .body
        .lines()
        .filter(|line| line.contains(is_japanese));
    let left: Vec<&str> = left.filter(|line| !line.contains("lang=\"ja\"")).collect();
    assert_eq!(left, Vec::<&str>::new(), "one language at a time");
}
