//! What a command asks of whoever fills in a form: its fields, what each takes, and how typed text becomes its JSON.

use ledger_core::code::Term;
use ledger_core::event::Event;
use ledger_core::schema::PRIVATE;
use ledger_core::text::normal;
use serde_json::{Map, Value, json};

use super::Command;
use crate::correction::is_fixed;

/// A field of a command, as a form asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name; the part of another as `planned.low`.
    pub name: String,
    /// What it takes.
    pub takes: Takes,
    /// It may not be left empty.
    pub is_needed: bool,
    /// It is personal text, which is sealed.
    pub is_private: bool,
}

/// What a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes {
    /// One code of these, each with its Japanese term.
    One(Vec<(String, String)>),
    /// Any of these codes.
    Several(Vec<(String, String)>),
    /// A day.
    Day,
    /// A day, with a time of the day where it is known.
    When,
    /// Yes or no; no where nothing is said.
    YesNo,
    /// Yes, no, or nothing said.
    MaybeYesNo,
    /// A whole number.
    Number,
    /// A word or a name.
    Word,
    /// Sentences.
    Text,
    /// A list of words, one a line.
    Words,
    /// A thing of this kind, by its id or its register number.
    Thing(String),
    /// Things of this kind, by their ids or register numbers.
    Things(String),
}

/// Fields that are filled in from the ledger before a command is read.
const FOUND: &[(&str, &str)] = &[
    ("freeze-materials", "figures"),
    ("freeze-materials", "head"),
    ("freeze-materials", "digest"),
];

/// Fields that are filled in likewise where they are left empty.
const FOUND_WHERE_EMPTY: &[(&str, &str)] = &[
    ("approve-minutes", "position"),
    ("approve-minutes", "root"),
    ("close-fiscal-year", "as_at"),
    ("freeze-materials", "as_at"),
    ("open-audit", "to_position"),
];

/// Fields that reading may leave out, and the command's rules never: a register's row may lack them.
const ALWAYS_NEEDED: &[(&str, &str)] = &[
    ("cancel-follow-up", "reason"),
    ("clear-audit-finding", "evidence"),
    ("decline-referral", "reason"),
    ("dismiss-duplicate", "reason"),
    ("give-consent", "data"),
    ("give-consent", "recipients"),
    ("refuse-approval", "reason"),
    ("refuse-consent", "data"),
    ("reopen-case", "reason"),
    ("request-approval", "reason"),
    ("review-trial", "grounds"),
    ("share-information", "data"),
    ("suspect-duplicate", "evidence"),
    ("take-emergency-access", "reason"),
    ("undo-merge", "reason"),
    ("unlink-inquiry", "reason"),
    ("withdraw-referral", "reason"),
];

impl Command {
    /// The fields of the command of a name, in the order in which its example has them; none where there
    /// is no such command, or it takes a table that no form can ask for.
    #[must_use]
    pub fn fields(name: &str) -> Option<Vec<Field>> {
        let schema = Self::schema(name)?;
        let mut fields = Vec::new();
        of_object((name, ""), &schema, &mut fields)?;
        let example = Self::example(name).unwrap_or_default();
        let shown: Value = serde_json::from_str(example).unwrap_or_default();
        fields.sort_by_key(|field| {
            let path = format!("/{}", field.name.replace('.', "/"));
            let written = shown
                .pointer(&path)
                .and_then(|_| written_at(example, &field.name));
            written.unwrap_or(usize::MAX)
        });
        Some(fields)
    }

    /// The JSON of the command of a name from what was typed into its form; what was left empty is left
    /// out. Whatever fits no field's kind goes on as text, and [`Command::read`] says what is wrong.
    #[must_use]
    pub fn typed(name: &str, fields: &[Field], typed: &[(String, String)]) -> Map<String, Value> {
        let mut json = Map::new();
        json.insert("command".to_owned(), name.into());
        for field in fields {
            let own = typed.iter().filter(|(name, _)| *name == field.name);
            // A browser ends lines otherwise than the ledger: what is sent back unchanged is the same.
            let texts: Vec<String> = own
                .map(|(_, text)| text.trim().replace("\r\n", "\n"))
                .collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            if let Some(value) = value(&field.takes, &texts) {
                put(&mut json, &field.name, value);
            }
        }
        json
    }
}

/// Where an example has a field, each part of whose name stands within the one before.
fn written_at(example: &str, name: &str) -> Option<usize> {
    name.split('.').try_fold(0, |from, part| {
        let found = example.get(from..)?.find(&format!("\"{part}\":"))?;
        Some(from.saturating_add(found))
    })
}

/// The fields of an event of a type that a correction can change, in the order of their names; none where
/// there is no such type, or it holds a table.
#[must_use]
pub fn fields_of_event(event_type: &str) -> Option<Vec<Field>> {
    let schema = Event::schema(event_type)?;
    let mut fields = Vec::new();
    of_object(("", ""), &schema, &mut fields)?;
    fields.retain(|field| !is_fixed(&field.name));
    Some(fields)
}

/// Adds the fields of an object; none where one of them cannot be asked for.
fn of_object(
    (command, within): (&str, &str),
    schema: &Value,
    fields: &mut Vec<Field>,
) -> Option<()> {
    let needed = schema.get("required").and_then(Value::as_array);
    let is_needed = |field: &str| needed.is_some_and(|needed| needed.contains(&json!(field)));
    for (field, shape) in schema.get("properties")?.as_object()? {
        let is_new = super::read::is_made(command, field);
        if field == "command" || is_new || FOUND.contains(&(command, field)) {
            continue;
        }
        let name = if within.is_empty() {
            field.clone()
        } else {
            format!("{within}.{field}")
        };
        if shape.get("properties").is_some() && shape.get("anyOf").is_none() {
            of_object((command, &name), shape, fields)?;
            continue;
        }
        fields.push(Field {
            takes: takes(command, field, shape)?,
            is_needed: ALWAYS_NEEDED.contains(&(command, field))
                || is_needed(field) && !FOUND_WHERE_EMPTY.contains(&(command, field)),
            is_private: shape.get(PRIVATE).is_some(),
            name,
        });
    }
    Some(())
}

fn takes(command: &str, field: &str, shape: &Value) -> Option<Takes> {
    if field == "occurred" {
        return Some(Takes::When);
    }
    let is_list = types(shape).any(|one| one == "array");
    let of = if is_list { shape.get("items")? } else { shape };
    let codes = match Command::codes(command, field) {
        Some(terms) => Some(terms.iter().map(of_term).collect()),
        None => codes(of),
    };
    if let Some(codes) = codes {
        return Some(if is_list {
            Takes::Several(codes)
        } else {
            Takes::One(codes)
        });
    }
    let kind = of.get("x-id-or-number-of").and_then(Value::as_str);
    let is_id = of.get("format").is_some_and(|format| format == "uuid");
    let kind = kind.or_else(|| is_id.then_some(field)).map(str::to_owned);
    match (kind, is_list) {
        (Some(kind), true) => return Some(Takes::Things(kind)),
        (Some(kind), false) => return Some(Takes::Thing(kind)),
        (None, true) if types(of).all(|one| one == "string") => return Some(Takes::Words),
        (None, true) => return None,
        (None, false) => {},
    }
    let is_day = shape.get("format").is_some_and(|format| format == "date");
    let may_be_nothing = types(shape).any(|one| one == "null");
    let mut said = types(shape).filter(|one| *one != "null");
    match said.next()? {
        "string" if is_day => Some(Takes::Day),
        "string" if is_sentence(command, field) => Some(Takes::Text),
        "string" => Some(Takes::Word),
        "integer" => Some(Takes::Number),
        "boolean" if may_be_nothing => Some(Takes::MaybeYesNo),
        "boolean" => Some(Takes::YesNo),
        _ => None,
    }
}

/// Fields of sentences whose examples are shorter than one.
const SENTENCES: &[&str] = &[
    "content",
    "explanation",
    "feedback",
    "goals",
    "issues",
    "note",
    "plan_text",
    "reason",
    "request",
    "text",
];

/// Whether a field takes sentences rather than a word.
fn is_sentence(command: &str, field: &str) -> bool {
    let example = Command::example(command).and_then(|text| serde_json::from_str(text).ok());
    let example: Value = example.unwrap_or_default();
    let shown = example.get(field).and_then(Value::as_str);
    SENTENCES.contains(&field) || shown.is_some_and(|shown| shown.contains('。'))
}

fn types(shape: &Value) -> impl Iterator<Item = &str> {
    let said = shape.get("type");
    let several = said.and_then(Value::as_array).into_iter().flatten();
    said.into_iter().chain(several).filter_map(Value::as_str)
}

fn of_term((code, ja): &Term) -> (String, String) {
    ((*code).to_owned(), (*ja).to_owned())
}

/// The codes that a shape lists, with the terms beside them.
fn codes(shape: &Value) -> Option<Vec<(String, String)>> {
    let codes = shape.get("enum")?.as_array()?.iter();
    let terms = shape.get("x-ja")?.as_array()?.iter();
    let pairs = codes.zip(terms);
    let pairs = pairs.filter_map(|(code, ja)| Some((code.as_str()?, ja.as_str()?)));
    Some(
        pairs
            .map(|(code, ja)| (code.to_owned(), ja.to_owned()))
            .collect(),
    )
}

/// The value that these texts are; none where nothing was typed.
fn value(takes: &Takes, texts: &[&str]) -> Option<Value> {
    let first = texts.iter().copied().find(|text| !text.is_empty());
    match takes {
        Takes::Several(_) => list(texts.iter().copied()),
        Takes::Words => list(texts.iter().flat_map(|text| text.lines())),
        Takes::Things(_) => {
            let between = |c: char| c.is_whitespace() || ",、，".contains(c);
            list(texts.iter().flat_map(|text| text.split(between)))
        },
        // The day and the time of the day are typed into a field each.
        Takes::When => {
            let said: Vec<&str> = texts
                .iter()
                .copied()
                .filter(|text| !text.is_empty())
                .collect();
            first.map(|_| said.join(" ").into())
        },
        Takes::YesNo | Takes::MaybeYesNo => first.map(|text| match text {
            "yes" => true.into(),
            "no" => false.into(),
            other => other.into(),
        }),
        Takes::Number => first.map(number),
        Takes::One(_) | Takes::Day | Takes::Word | Takes::Text | Takes::Thing(_) => {
            first.map(Value::from)
        },
    }
}

/// A whole number as people type it; what is none goes on as text, and [`Command::read`] says so.
#[must_use]
pub fn number(text: &str) -> Value {
    let number = normal(text).replace(',', "").parse::<i64>();
    number.map_or_else(|_| text.into(), Value::from)
}

fn list<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Value> {
    let said = texts.map(str::trim).filter(|text| !text.is_empty());
    let said: Vec<&str> = said.collect();
    (!said.is_empty()).then(|| json!(said))
}

/// Puts a value under a name whose parts are parts of each other.
fn put(json: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once('.') {
        None => {
            json.insert(name.to_owned(), value);
        },
        Some((whole, part)) => {
            let inside = json
                .entry(whole)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inside) = inside {
                put(inside, part, value);
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Commands that take a table, or the content of whatever event they correct.
    const NO_FORM: [&str; 5] = [
        "correct-event",
        "draw-sample",
        "revise-code-table",
        "set-area-table",
        "set-holiday-calendar",
    ];

    #[test]
    fn every_command_but_those_with_tables_has_a_form() {
        let without: Vec<&str> = Command::NAMES
            .iter()
            .copied()
            .filter(|name| Command::fields(name).is_none())
            .collect();
        let mut without = without;
        without.sort_unstable();
        assert_eq!(without, NO_FORM);
    }

    #[test]
    fn a_form_asks_for_what_the_example_shows_in_its_order() {
        let fields = Command::fields("verify-disaster-plan").unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "child",
                "plan",
                "occurred",
                "guardian_present",
                "method",
                "result",
                "next_due",
                "person_present",
                "participants",
                "issues",
                "staff",
            ]
        );
        assert_eq!(fields[1].takes, Takes::Thing("disaster-plan".to_owned()));
        assert!(matches!(&fields[4].takes, Takes::One(codes) if codes[0].1 == "訪問"));
        assert!(fields[4].is_needed && !fields[6].is_needed);
        let hours = Command::fields("set-opening-hours").unwrap();
        let names: Vec<&str> = hours.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "occurred",
                "opening_hours.hours.weekdays",
                "opening_hours.hours.from",
                "opening_hours.hours.to",
                "opening_hours.new_year_break.from",
                "opening_hours.new_year_break.to",
                "opening_hours.from",
            ]
        );
        assert!(matches!(&hours[1].takes, Takes::Several(codes) if codes[0].1 == "月曜日"));
        let planned = Command::fields("set-planned-number").unwrap();
        assert!(planned.iter().any(|field| field.name == "planned.low"));
    }

    #[test]
    fn what_a_rule_always_needs_is_marked_and_is_no_field_that_reading_needs_anyway() {
        for (name, field) in ALWAYS_NEEDED {
            let fields = Command::fields(name).unwrap();
            let known = fields.iter().find(|known| known.name == *field);
            assert!(known.is_some_and(|known| known.is_needed), "{name} {field}");
            let schema = Command::schema(name).unwrap();
            let required = schema["required"].as_array().unwrap();
            assert!(!required.contains(&json!(field)), "{name} {field}");
        }
    }

    /// What every example says can be typed, and comes back the same.
    #[test]
    fn what_is_typed_is_what_the_example_says() {
        for name in Command::NAMES {
            let Some(fields) = Command::fields(name) else {
                continue;
            };
            let example: Value = serde_json::from_str(Command::example(name).unwrap()).unwrap();
            let mut typed = Vec::new();
            for field in &fields {
                let path = field.name.replace('.', "/");
                let shown = example.pointer(&format!("/{path}"));
                typed.extend(
                    shown
                        .into_iter()
                        .flat_map(texts)
                        .map(|text| (field.name.clone(), text)),
                );
            }
            let json = Command::typed(name, &fields, &typed);
            for field in &fields {
                let path = format!("/{}", field.name.replace('.', "/"));
                let given = Value::Object(json.clone()).pointer(&path).cloned();
                let shown = example.pointer(&path).filter(|shown| !is_nothing(shown));
                assert_eq!(given.as_ref(), shown, "{name} {}", field.name);
            }
        }
    }

    fn is_nothing(shown: &Value) -> bool {
        shown.is_null() || shown.as_array().is_some_and(Vec::is_empty)
    }

    /// As somebody would type it.
    fn texts(shown: &Value) -> Vec<String> {
        match shown {
            Value::Null => Vec::new(),
            Value::Bool(true) => vec!["yes".to_owned()],
            Value::Bool(false) => vec!["no".to_owned()],
            Value::Number(number) => vec![number.to_string()],
            Value::String(text) => vec![text.clone()],
            Value::Array(items) => items.iter().flat_map(texts).collect(),
            Value::Object(_) => panic!("no form asks for {shown}"),
        }
    }
}
