//! Refuses what no field of a command may hold: control characters, numbers that are none, no minutes.

use ledger_core::text::{has_control, is_register_number};
use serde_json::{Map, Value};

use super::fault::{FieldFault, ReadCommandError};

/// Fields of one line, in which ends of lines and tabs are control characters, too.
const ONE_LINE: &[&str] = &["name", "kana", "phone", "relation", "person", "number"];

/// Refuses the first field that holds what it must not; the values themselves are never repeated.
pub(super) fn check(fields: &Map<String, Value>) -> Result<(), ReadCommandError> {
    for (field, value) in fields {
        text(field, field, value)?;
        let number = value.as_str().filter(|_| field == "number");
        if number.is_some_and(|number| !is_register_number(number)) {
            return Err(at(field, FieldFault::NoNumber));
        }
        if field == "duration_minutes" && value.as_u64() == Some(0) {
            return Err(at(field, FieldFault::Zero));
        }
    }
    Ok(())
}

/// Refuses control characters in a text, or in each text of what it holds.
fn text(path: &str, field: &str, value: &Value) -> Result<(), ReadCommandError> {
    match value {
        Value::String(text) => {
            let lines = ONE_LINE.contains(&field) && text.trim().chars().any(char::is_control);
            if lines || has_control(text) {
                return Err(at(path, FieldFault::Control));
            }
            Ok(())
        },
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(n, item)| text(&format!("{path}[{n}]"), field, item)),
        Value::Object(inner) => inner
            .iter()
            .try_for_each(|(name, item)| text(&format!("{path}.{name}"), name, item)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn at(path: &str, fault: FieldFault) -> ReadCommandError {
    ReadCommandError::Field {
        field: path.to_owned(),
        fault,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::world::read_json;

    fn refused(field: &str, value: serde_json::Value) -> String {
        let mut json = json!({"command": "record-consultation", "children": ["C001"],
            "occurred": "2021-08-06", "consulter": "guardian", "channel": "phone",
            "topics": ["respite"]});
        json[field] = value;
        read_json(json)
            .err()
            .map(|it| it.to_string())
            .unwrap_or_default()
    }

    #[test]
    fn control_characters_are_refused_in_any_text_and_the_field_is_named() {
        let escape = refused("content", json!("赤\u{1b}[31m字"));

        assert!(
            escape.starts_with("content: it must hold no control"),
            "{escape}"
        );
        assert!(!escape.contains('\u{1b}'));
        assert_eq!(refused("content", json!("一行目\n\t二行目")), "");
        let listed = refused("children", json!(["C001", "C\u{7}2"]));
        assert!(listed.starts_with("children[1]: "), "{listed}");
    }

    #[test]
    fn a_correction_holds_no_control_character_either() {
        let json = json!({"command": "correct-event", "stream": "child-1", "reason": "typo",
            "target": "0d4de3f4-5a0e-5d5c-8a2b-0c6c7b4f6a10", "private": {"content": "\u{0}"}});

        let refused = read_json(json).err().unwrap().to_string();

        assert!(refused.starts_with("private.content: "), "{refused}");
    }

    #[test]
    fn names_and_numbers_stand_on_one_line_and_numbers_are_of_one_word() {
        let register = |number: &str, name: &str| {
            let json = json!({"command": "register-child", "number": number, "name": name,
                "occurred": "2021-08-06", "area": "kinuta"});
            read_json(json).err().map(|it| it.to_string())
        };

        assert_eq!(register("C001", "見本　花子"), None);
        let lines = register("C001", "見本\n花子").unwrap();
        assert!(lines.starts_with("name: "), "{lines}");
        for wrong in ["", "C 1", &"1".repeat(41)] {
            let refused = register(wrong, "見本　花子").unwrap();
            assert!(
                refused.starts_with("number: a number has 1 to 40"),
                "{refused}"
            );
        }
    }

    #[test]
    fn no_minutes_at_all_are_no_duration() {
        let none = refused("duration_minutes", json!(0));

        assert!(
            none.starts_with("duration_minutes: it has to be at least 1"),
            "{none}"
        );
        assert_eq!(refused("duration_minutes", json!(1)), "");
    }
}
