//! Everything at once that is wrong with how a command reads, for whoever fills in a form.

use serde_json::{Map, Value};

use ledger_core::id::{CommandId, LedgerId};

use super::fault::{FieldFault, ReadCommandError};
use crate::command::{Command, Field};

impl Command {
    /// Everything that is wrong with how a command reads, and every field that its form needs and that is not
    /// there; nothing where it reads and is whole.
    ///
    /// [`Command::read`] tells the first fault alone. Here each field that is wrong is told and then taken as
    /// the command's example has it, so that the next is told as well. A field that is missing and that no form
    /// asks for is left to [`Command::read`].
    #[must_use]
    pub fn unread(json: &Value, ledger: LedgerId, command: CommandId) -> Vec<ReadCommandError> {
        let name = json.get("command").and_then(Value::as_str);
        let name = name.unwrap_or_default();
        let form = Self::fields(name).unwrap_or_default();
        let example = Self::example(name).and_then(|text| serde_json::from_str(text).ok());
        let example: Value = example.unwrap_or_default();
        let mut told = absent(json, &form);
        let mut left = json.clone();
        for field in &told {
            heal(&mut left, field, &example);
        }
        let mut faults: Vec<ReadCommandError> = told.iter().map(|field| missing(field)).collect();
        while let Err(error) = Self::read(left.clone(), ledger, command) {
            let ReadCommandError::Field { field, fault } = &error else {
                faults.push(error);
                break;
            };
            let field = field.split('[').next().unwrap_or_default().to_owned();
            if told.contains(&field) {
                break;
            }
            heal(&mut left, &field, &example);
            if *fault == FieldFault::Missing && !form.is_empty() {
                // A whole that is missing is told by its parts.
                let parts = needed(&form).filter(|part| is_part(part, &field));
                faults.extend(parts.filter(|part| is_absent(json, part)).map(missing));
            } else {
                faults.push(error);
            }
            told.push(field);
        }
        faults
    }
}

/// The fields that a form needs.
fn needed(form: &[Field]) -> impl Iterator<Item = &str> {
    let needed = form.iter().filter(|field| field.is_needed);
    needed.map(|field| field.name.as_str())
}

/// The fields that a form needs and that are not there, but parts of others: a whole may be left out.
fn absent(json: &Value, form: &[Field]) -> Vec<String> {
    let absent = needed(form).filter(|name| !name.contains('.') && is_absent(json, name));
    absent.map(str::to_owned).collect()
}

/// Whether a field is another, or a part of it.
fn is_part(field: &str, whole: &str) -> bool {
    let rest = field.strip_prefix(whole);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn missing(field: &str) -> ReadCommandError {
    ReadCommandError::Field {
        field: field.to_owned(),
        fault: FieldFault::Missing,
    }
}

fn is_absent(json: &Value, field: &str) -> bool {
    let found = json.pointer(&format!("/{}", field.replace('.', "/")));
    match found {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Bool(_) | Value::Number(_) | Value::Object(_)) => false,
    }
}

/// Takes a field as the example has it; one that the example does not have is left out.
fn heal(json: &mut Value, field: &str, example: &Value) {
    let shown = example.pointer(&format!("/{}", field.replace('.', "/")));
    put(json, field, shown);
}

fn put(json: &mut Value, field: &str, shown: Option<&Value>) {
    let Value::Object(fields) = json else {
        return;
    };
    if let Some((whole, part)) = field.split_once('.') {
        let inside = fields
            .entry(whole)
            .or_insert_with(|| Value::Object(Map::new()));
        put(inside, part, shown);
        return;
    }
    match shown {
        Some(shown) => fields.insert(field.to_owned(), shown.clone()),
        None => fields.remove(field),
    };
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::world::ledger;

    /// The fields that are told, in their order.
    fn told(json: &Value) -> Vec<String> {
        let command = CommandId::new(Uuid::from_u128(1));
        let faults = Command::unread(json, ledger(), command);
        let fields = faults.into_iter().map(|fault| match fault {
            ReadCommandError::Field { field, .. } => field,
            other @ (ReadCommandError::NoName | ReadCommandError::UnknownName { .. }) => {
                other.to_string()
            },
        });
        fields.collect()
    }

    #[test]
    fn every_field_that_is_missing_or_unreadable_is_told_at_once() {
        let mut faults = told(&json!({
            "command": "make-referral", "occurred": "いつか", "section": "moon", "due_on": "昨日",
            "request": "a\u{1b}b",
        }));
        faults.sort();

        assert_eq!(
            faults,
            [
                "child", "due_on", "occurred", "request", "section", "urgency"
            ]
        );
    }

    #[test]
    fn what_a_rule_always_needs_is_told_with_what_cannot_be_read() {
        let mut faults = told(&json!({
            "command": "decline-referral", "child": "C101", "occurred": "いつか", "reason": " ",
        }));
        faults.sort();

        assert_eq!(faults, ["occurred", "reason", "referral"]);
    }

    #[test]
    fn a_whole_that_is_missing_is_told_by_its_parts() {
        let faults = told(&json!({"command": "set-planned-number", "occurred": "2022-04-01"}));

        assert!(faults.len() > 3, "{faults:?}");
        assert!(
            faults.iter().all(|field| field.starts_with("planned.")),
            "{faults:?}"
        );
    }

    #[test]
    fn nothing_is_told_of_what_every_example_says() {
        for name in Command::NAMES {
            let example: Value = serde_json::from_str(Command::example(name).unwrap()).unwrap();
            assert!(told(&example).is_empty(), "{name}: {:?}", told(&example));
        }
    }

    #[test]
    fn what_is_no_command_is_told_as_that() {
        assert_eq!(told(&json!({"command": "no-such-act"})).len(), 1);
        assert_eq!(told(&json!([])).len(), 1);
    }
}
