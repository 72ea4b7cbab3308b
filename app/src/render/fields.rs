//! What differs between two contents of an event, field by field, the more telling ones first.

use serde_json::{Map, Value};

use super::labels::{field_label, is_plumbing, place};
use super::words::value;
use crate::lang::Lang;

/// A field that differs between two contents, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// What the field is called.
    pub label: String,
    /// What it said.
    pub before: String,
    /// What it says now.
    pub after: String,
}

/// Every field that differs between two contents, the more telling ones first.
#[must_use]
pub fn changed(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    lang: Lang,
) -> Vec<FieldChange> {
    let mut fields: Vec<&String> = before.keys().collect();
    fields.extend(after.keys().filter(|field| !before.contains_key(*field)));
    fields.sort_by_key(|field| place(field));
    let said = |content: Option<&Value>, field: &str| {
        let told = content.map(|content| value(field, content, lang).replace('\n', " "));
        told.unwrap_or_else(|| "—".to_owned())
    };
    let differing = fields.into_iter().filter(|field| {
        let (old, new) = (before.get(*field), after.get(*field));
        let unsaid = |content: Option<&Value>| content.is_none_or(Value::is_null);
        !is_plumbing(field) && old != new && !(unsaid(old) && unsaid(new))
    });
    let told = differing.map(|field| FieldChange {
        label: field_label(field, lang).to_owned(),
        before: said(before.get(field), field),
        after: said(after.get(field), field),
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_change_shows_what_was_said_and_what_is_said_now() {
        let before =
            json!({"duration_minutes": 20, "content": "前", "channel": "phone", "consulter": null});
        let after = json!({"duration_minutes": 30, "content": "前", "channel": "office"});
        let map = |value: &Value| value.as_object().unwrap().clone();

        let changed = changed(&map(&before), &map(&after), Lang::Ja);
        let told: Vec<[&str; 3]> = changed
            .iter()
            .map(|one| [&*one.label, &*one.before, &*one.after])
            .collect();
        assert_eq!(told, [["方法", "電話", "来所"], ["所要分", "20", "30"]]);
    }
}
