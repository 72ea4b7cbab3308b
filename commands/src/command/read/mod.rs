//! Reads a command from JSON as people write it: register numbers for ids, new ids left out.

mod fault;
mod field;
mod plain;
mod whole;

pub use fault::{FieldFault, ReadCommandError, listed};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

use ledger_core::id::{CommandId, LedgerId};

use super::Command;
use super::when::NO_TIME;

/// The field that names what a command makes new, and its kind; left out, it gets an id.
const NEW: &[(&str, &str, &str)] = &[
    ("register-child", "child", "child"),
    ("add-guardian", "guardian", "guardian"),
    ("record-consultation", "consultation", "consultation"),
    ("record-inquiry", "consultation", "consultation"),
    ("record-inquiry", "inquiry", "inquiry"),
    ("schedule-follow-up", "follow_up", "follow-up"),
    ("start-hospital-stay", "stay", "hospital-stay"),
    ("give-consent", "consent", "consent"),
    ("refuse-consent", "consent", "consent"),
    ("share-information", "sharing", "sharing"),
    ("join-care-team", "member", "care-team-member"),
    ("request-approval", "approval", "approval"),
    ("make-referral", "referral", "referral"),
    ("redirect-referral", "to", "referral"),
    ("draft-support-plan", "plan", "support-plan"),
    ("request-support-plan", "plan", "support-plan"),
    ("register-organisation", "organisation", "organisation"),
    ("draft-disaster-plan", "plan", "disaster-plan"),
    ("register-facility", "facility", "facility"),
    ("record-facility-support", "visit", "visit"),
    ("enrol-trainee", "trainee", "trainee"),
    ("hold-session", "session", "session"),
    ("convene-meeting", "meeting", "meeting"),
    ("record-finding", "finding", "finding"),
    ("make-recommendation", "recommendation", "recommendation"),
    ("receive-opinion", "opinion", "opinion"),
    ("make-request", "request", "request"),
    ("open-audit", "engagement", "engagement"),
    ("ask-audit-question", "question", "question"),
    ("issue-audit-finding", "finding", "finding"),
    ("open-account", "account", "account"),
    ("schedule-visit", "visit", "visit"),
    ("survey-facility-confidence", "survey", "survey"),
    ("set-staff-post", "post", "post"),
    ("record-expenditure", "expenditure", "expenditure"),
];

/// Whether a field holds the id of what the command makes, which may be left out.
pub(super) fn is_made(name: &str, field: &str) -> bool {
    let of = |(command, made, _): &(&str, &str, &str)| *command == name && *made == field;
    NEW.iter().any(of)
}

/// Fields that name a thing by its id or by its register number, in any command.
const NAMED: &[(&str, &str)] = &[
    ("child", "child"),
    ("children", "child"),
    ("other", "child"),
    ("survivor", "child"),
    ("absorbed", "child"),
    ("referral", "referral"),
    ("guardian", "guardian"),
    ("facility", "facility"),
    ("organisation", "organisation"),
    ("organisations", "organisation"),
    ("consent", "consent"),
    ("trainee", "trainee"),
    ("post", "post"),
    ("consultation", "consultation"),
    ("inquiry", "inquiry"),
];

impl Command {
    /// Reads a command from JSON.
    ///
    /// Where a field names a person, referral, plan, facility or advisor, a text that is no UUID is
    /// taken as its register number. The id of what the command makes may be left out: it follows
    /// from `number` where there is one, and from the id of the `command` otherwise, so that the same
    /// command sent again names the same thing.
    ///
    /// # Errors
    /// [`ReadCommandError`], which never repeats a value that was given.
    pub fn read(
        json: Value,
        ledger: LedgerId,
        command: CommandId,
    ) -> Result<Self, ReadCommandError> {
        let Value::Object(mut fields) = json else {
            return Err(ReadCommandError::NoName);
        };
        let name = fields.get("command").and_then(Value::as_str);
        let given = name.ok_or(ReadCommandError::NoName)?.to_owned();
        let known = Self::NAMES.iter().find(|known| **known == given);
        let name = known.ok_or(ReadCommandError::UnknownName { name: given })?;
        fields.remove("command");
        plain::check(&fields)?;
        fill_new(name, &mut fields, ledger, command);
        field::normalise(name, &mut fields)?;
        for (field, value) in &mut fields {
            if let Some(kind) = kind_of_named(name, field) {
                resolve(value, ledger, kind);
            }
        }
        Self::decode(name, Value::Object(fields))
    }
}

/// Decodes the content of one command, naming the field where it fails.
pub(super) fn content<T: DeserializeOwned>(fields: Value) -> Result<T, ReadCommandError> {
    serde_path_to_error::deserialize(fields).map_err(|error| {
        let path = error.path().to_string();
        let (field, fault) = told(&path, &error.inner().to_string());
        ReadCommandError::Field { field, fault }
    })
}

/// Which field a decoder's message is about, and what it says of it.
fn told(path: &str, message: &str) -> (String, FieldFault) {
    let named = |rest: &str| rest.split('`').next().unwrap_or_default().to_owned();
    if let Some(rest) = message.strip_prefix("missing field `") {
        return (inside(path, &named(rest)), FieldFault::Missing);
    }
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let known = rest.split_once("expected ").map_or("", |(_, known)| known);
        let known = known
            .trim_start_matches("one of ")
            .replace('`', "")
            .replace(" or ", ", ");
        return (inside(path, &named(rest)), FieldFault::Unknown { known });
    }
    let fault = if message == NO_TIME {
        FieldFault::NoTime
    } else {
        FieldFault::Shape(without_values(message))
    };
    (path.to_owned(), fault)
}

/// The path of a field that the decoder names beside the path to its owner.
fn inside(path: &str, field: &str) -> String {
    match path.rsplit_once('.') {
        _ if path == field || path == "." => field.to_owned(),
        Some((_, last)) if last == field => path.to_owned(),
        Some(_) | None => format!("{path}.{field}"),
    }
}

/// The kind of thing that a field names by its id or by its register number.
pub(super) fn kind_of_named(name: &str, field: &str) -> Option<&'static str> {
    match field {
        "plan" => kind_of_plan(name),
        "account" if names_account(name) => Some("account"),
        "to" if name == "reassign-event" => Some("child"),
        _ => NAMED
            .iter()
            .find(|(named, _)| *named == field)
            .map(|(_, kind)| *kind),
    }
}

fn kind_of_plan(name: &str) -> Option<&'static str> {
    const SUPPORT_PLAN: &[&str] = &[
        "record-discharge",
        "write-plan-sections",
        "hold-plan-conference",
    ];
    if name.contains("disaster-plan") {
        Some("disaster-plan")
    } else if name.ends_with("support-plan") || SUPPORT_PLAN.contains(&name) {
        Some("support-plan")
    } else {
        None
    }
}

/// Whether the field `account` names an account by its id, or by the name from which the id follows.
///
/// Elsewhere it holds the name itself.
fn names_account(name: &str) -> bool {
    matches!(
        name,
        "open-account" | "change-account-role" | "close-account"
    )
}

fn fill_new(name: &str, fields: &mut Map<String, Value>, ledger: LedgerId, command: CommandId) {
    for (_, field, kind) in NEW.iter().filter(|(command, ..)| *command == name) {
        if fields.contains_key(*field) {
            continue;
        }
        // An account has no number: it is its name that is given once.
        let by = if *field == "account" {
            "name"
        } else {
            "number"
        };
        let number = fields.get(by).and_then(Value::as_str);
        let id = match number {
            Some(number) if !number.trim().is_empty() => ledger.derive(kind, &[number]),
            Some(_) | None => command.made(kind),
        };
        fields.insert((*field).to_owned(), Value::String(id.to_string()));
    }
}

/// Puts ids in the place of register numbers.
fn resolve(value: &mut Value, ledger: LedgerId, kind: &str) {
    match value {
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| resolve(value, ledger, kind)),
        Value::String(text) if text.parse::<Uuid>().is_err() => {
            *text = ledger.derive(kind, &[text]).to_string();
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {},
    }
}

/// A decoder's message without the values that it quotes, which may be personal text.
fn without_values(message: &str) -> String {
    let mut plain = String::new();
    let mut quoted = false;
    for c in message.chars() {
        if c == '"' {
            quoted = !quoted;
            plain.push_str(if quoted { "\"…" } else { "\"" });
        } else if !quoted {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::command::RecordInquiry;
    use crate::world::ledger;

    fn command(number: u128) -> CommandId {
        CommandId::new(Uuid::from_u128(number))
    }

    /// The example of a command without the ids and the number of what it makes.
    fn anonymous(name: &str) -> Value {
        let example = Command::example(name).unwrap();
        let mut fields: Map<String, Value> = serde_json::from_str(example).unwrap();
        fields.retain(|field, _| field != "number" && !is_made(name, field));
        Value::Object(fields)
    }

    /// An inquiry recorded twice under one command id stood twice: each run drew another id for it.
    #[test]
    fn the_same_command_names_what_it_makes_by_the_same_id() {
        let mut making: std::collections::BTreeSet<&str> =
            NEW.iter().map(|(name, ..)| *name).collect();
        // An account's id follows from its name.
        assert!(making.remove("open-account"));
        assert_eq!(making.len(), 33);
        for name in making {
            let read = |id| Command::read(anonymous(name), ledger(), command(id)).unwrap();

            assert!(read(1) == read(1), "{name}");
            assert!(read(1) != read(2), "{name}");
        }
    }

    #[test]
    fn what_one_command_makes_of_several_kinds_has_several_ids() {
        let read = Command::read(anonymous("record-inquiry"), ledger(), command(1)).unwrap();
        let Command::RecordInquiry(made) = read else {
            panic!("it is an inquiry");
        };
        let RecordInquiry {
            inquiry,
            consultation,
            ..
        } = *made;

        assert_ne!(inquiry.uuid(), consultation.uuid());
        assert_eq!(inquiry.uuid(), command(1).made("inquiry"));
        // UUIDv5 of the command id and the kind, as another program would derive it.
        assert_eq!(
            inquiry.uuid(),
            Uuid::new_v5(&Uuid::from_u128(1), b"inquiry")
        );
    }

    #[test]
    fn a_register_number_goes_before_the_command() {
        let numbered = json!({"command": "register-facility", "number": "T1",
            "occurred": "2021-08-06", "name": "見本園", "kind": "nursery", "area": "kinuta"});
        let read = |id| Command::read(numbered.clone(), ledger(), command(id));

        assert!(read(1).unwrap() == read(2).unwrap());
    }
}
