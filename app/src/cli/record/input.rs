//! What a command is made of: the file's fields, and over them those of the options.

use std::io::Read as _;
use std::path::Path;

use serde_json::{Map, Value};

use super::named::Named;
use crate::failure::Failure;

/// What the file says, and over it what the options say.
pub(super) fn fields(named: &Named) -> Result<Map<String, Value>, Failure> {
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

fn read(path: &Path) -> Result<Map<String, Value>, Failure> {
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
