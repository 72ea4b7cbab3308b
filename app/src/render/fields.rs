//! The fields of an event in words, the more telling ones first.

use serde_json::{Map, Value};

use super::labels::{field_label, is_plumbing, place};
use super::words::value;
use crate::lang::Lang;

/// Every field that says something to a person; nothing where none does. `erased` says that what is
/// missing was erased.
pub(super) fn in_words(fields: &Map<String, Value>, erased: bool, lang: Lang) -> Option<String> {
    let mut ordered: Vec<_> = fields.iter().collect();
    ordered.sort_by_key(|(field, _)| place(field));
    let told = ordered
        .into_iter()
        .filter(|(field, content)| !is_plumbing(field) && (erased || !content.is_null()));
    let told = told.map(|(field, content)| {
        let label = field_label(field, lang);
        if content.is_null() {
            format!("{label}: {}", lang.pick("消去済", "erased"))
        } else {
            format!(
                "{label}: {}",
                value(field, content, lang).replace('\n', " ")
            )
        }
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(lang.pick("　", "; ")))
}

/// Every field that differs between two contents: what it said, struck through, and what it says now.
pub(super) fn changes(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    lang: Lang,
) -> Vec<String> {
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
    let told = differing.map(|field| {
        let label = field_label(field, lang);
        let (old, new) = (
            said(before.get(field), field),
            said(after.get(field), field),
        );
        format!("~~ {label}: {old} ~~ → {new}")
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

        assert_eq!(
            changes(&map(&before), &map(&after), Lang::Ja),
            ["~~ 方法: 電話 ~~ → 来所", "~~ 所要分: 20 ~~ → 30"]
        );
    }
}
