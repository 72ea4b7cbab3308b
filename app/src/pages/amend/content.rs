//! What a form asks for that amends a record, and the command that its answers are.

use ledger_commands::Command;
use ledger_commands::command::{Field, Takes, fields_of_event};
use ledger_core::event::Event;
use ledger_core::time::Occurred;
use serde_json::{Map, Value};

use super::about::{About, Act};
use super::{CONTENT, LATEST};
use crate::pages::act::input::{label_of, texts};
use crate::pages::act::{Typed, text_of};
use crate::pages::giving::Fault;

/// Fields that an act asks for beside the content.
const WHY: [&str; 3] = ["reason", "explanation", "approval"];

/// The fields of the form of an act.
pub(super) fn asked(about: &About, act: Act) -> Vec<Field> {
    let why = Command::fields("annul-event").unwrap_or_default();
    let why = why
        .into_iter()
        .filter(|field| WHY.contains(&field.name.as_str()));
    let field = |name: &str, takes, is_needed| Field {
        name: name.to_owned(),
        takes,
        is_needed,
        is_private: false,
    };
    let mut fields = Vec::new();
    match act {
        Act::Correct => {
            fields.push(field("occurred", Takes::When, false));
            let own = fields_of_event(about.event().info().name).unwrap_or_default();
            fields.extend(own.into_iter().map(|own| Field {
                name: format!("{CONTENT}{}", own.name),
                is_needed: false,
                ..own
            }));
        },
        Act::Reassign => fields.push(field("to", Takes::Thing("child".to_owned()), true)),
        Act::Annul | Act::Reverse => {},
    }
    fields.extend(why);
    fields
}

/// What an event says, as it would be typed.
pub(super) fn present(event: &Event, occurred: Occurred) -> Typed {
    let said = event.display();
    let texts = said.iter().flat_map(|(field, value)| {
        let name = format!("{CONTENT}{field}");
        texts(value)
            .into_iter()
            .map(move |text| (name.clone(), text))
    });
    let mut typed: Typed = texts.collect();
    typed.extend(when(occurred).map(|text| ("occurred".to_owned(), text)));
    typed
}

fn when(occurred: Occurred) -> impl Iterator<Item = String> {
    let day = occurred.day().map(|day| day.to_string());
    let time = occurred.time_of_day();
    let time = time.map(|time| time.format("%H:%M").to_string());
    day.into_iter().chain(time)
}

/// The command as its JSON file has it; of a correction what differs from what the event says now.
pub(super) fn command(about: &About, act: Act, typed: &Typed) -> Map<String, Value> {
    let fields = asked(about, act);
    let mut json = Command::typed(act.command(), &fields, typed);
    json.insert("target".to_owned(), about.stored.id.to_string().into());
    let latest = text_of(typed, LATEST);
    if !latest.is_empty() {
        json.insert(LATEST.to_owned(), latest.into());
    }
    match (act, about.child()) {
        (Act::Reassign, Some(child)) => json.insert("child".to_owned(), child.to_string().into()),
        _ => json.insert("stream".to_owned(), about.stored.stream.to_string().into()),
    };
    if act == Act::Correct {
        let given = json.remove("event");
        let given = given.as_ref().and_then(Value::as_object);
        let (clear, private) = changed(about, &fields, given.cloned().unwrap_or_default());
        json.insert("clear".to_owned(), clear.into());
        json.insert("private".to_owned(), private.into());
        let said: Vec<String> = when(about.entry.occurred()).collect();
        if json
            .get("occurred")
            .is_some_and(|given| *given == said.join(" "))
        {
            json.remove("occurred");
        }
    }
    json
}

/// The fields that differ from what the event says now, clear and private ones; null empties one.
fn changed(
    about: &About,
    fields: &[Field],
    mut given: Map<String, Value>,
) -> (Map<String, Value>, Map<String, Value>) {
    let said = about.event().display();
    let (mut clear, mut private) = (Map::new(), Map::new());
    for field in fields {
        let Some(name) = field.name.strip_prefix(CONTENT) else {
            continue;
        };
        let new = given.remove(name).unwrap_or_default();
        let old = said.get(name).cloned().unwrap_or_default();
        let nothing =
            |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if is_same(&new, &old) || (nothing(&new) && nothing(&old)) {
            continue;
        }
        let into = if field.is_private {
            &mut private
        } else {
            &mut clear
        };
        into.insert(name.to_owned(), new);
    }
    (clear, private)
}

/// Whether two values say the same; a form gives what is ticked in the order of its choices, however it was recorded.
fn is_same(one: &Value, other: &Value) -> bool {
    let (Some(own), Some(others)) = (one.as_array(), other.as_array()) else {
        return one == other;
    };
    let mut both = own.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut theirs = others.iter().map(ToString::to_string).collect::<Vec<_>>();
    both.sort_unstable();
    theirs.sort_unstable();
    both == theirs
}

/// A fault at the field of the page that it is about: the content's fields have names of their own here.
pub(super) fn placed(fault: Fault, fields: &[Field]) -> Fault {
    let part = fault.field.rsplit('.').next().unwrap_or_default();
    let content = format!("{CONTENT}{part}");
    let label = |name: &str| label_of(fields, name);
    match (label(&fault.field), label(&content)) {
        (None, Some(label)) => fault.at(&content, &label),
        _ => fault.labelled(label),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_ticked_says_the_same_in_any_order() {
        let recorded = json!(["other", "advisor-search"]);

        assert!(is_same(&json!(["advisor-search", "other"]), &recorded));
        for other in [
            json!(["advisor-search"]),
            json!(["advisor-search", "other", "other"]),
            json!(["advisor-search", "respite"]),
            json!("other"),
            Value::Null,
        ] {
            assert!(!is_same(&other, &recorded), "{other}");
        }
    }
}
