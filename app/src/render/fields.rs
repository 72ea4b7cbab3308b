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
