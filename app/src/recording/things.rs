//! What a command names by the beginning of an id or by a position is found before it is read.

use ledger_commands::register::child_id;
use ledger_commands::{Reason, Rejection};
use ledger_core::id::{ChildId, StreamName};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::order;
use crate::failure::Failure;
use crate::fault::out_of_order;
use crate::reading::{exists, find_event, number_of, the_child, things};
use crate::wiring::OpenWithKeys;

/// Fewest characters of an id's beginning, as timelines and lists show it.
const SHORT: usize = 8;

/// Puts whole ids in the place of the beginnings of those of a person's plans, referrals and the like.
pub(super) async fn find_things(
    fields: &mut Map<String, Value>,
    open: &OpenWithKeys,
) -> Result<(), Failure> {
    let short = |value: &Value| value.as_str().is_some_and(is_beginning);
    if !fields
        .iter()
        .any(|(field, value)| field != "child" && short(value))
    {
        return Ok(());
    }
    let Some(child) = child_of(fields, open) else {
        return Ok(());
    };
    let begun = things(open.open.store.as_ref(), child).await?;
    for (field, value) in fields.iter_mut() {
        let Some(text) = value.as_str().filter(|text| is_beginning(text)) else {
            continue;
        };
        let own = begun.things.iter().filter(|thing| thing.field == field);
        let fits: Vec<&String> = own
            .map(|thing| &thing.id)
            .filter(|id| id.starts_with(&text.to_lowercase()))
            .collect();
        match fits.as_slice() {
            [] => {},
            [one] => *value = Value::String((*one).clone()),
            [_, _, ..] => {
                return Err(Failure::refused(
                    "AMBIGUOUS",
                    "複数のものに当てはまります。IDをもっと長く入力してください。",
                    "it fits several things; give more of the id",
                )
                .on(field.clone()));
            },
        }
    }
    Ok(())
}

/// Whether a text may be the beginning of an id rather than a whole one.
fn is_beginning(text: &str) -> bool {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    plain && text.len() >= SHORT && text.parse::<Uuid>().is_err()
}

pub(super) fn child_of(fields: &Map<String, Value>, open: &OpenWithKeys) -> Option<ChildId> {
    let of = |field| fields.get(field);
    let first = of("children").and_then(|children| children.get(0));
    let child = of("child").or(first).and_then(Value::as_str)?;
    let by_id = child.trim().parse().ok();
    Some(by_id.unwrap_or_else(|| child_id(open.ledger.id(), child)))
}

/// Puts ids in the place of the positions of events that are evidence or asked about; all must be there.
pub(super) async fn find_events(
    name: &str,
    fields: &mut Map<String, Value>,
    open: &OpenWithKeys,
) -> Result<(), Failure> {
    // What two cases have in common is no event.
    if name == "suspect-duplicate" {
        return Ok(());
    }
    for field in ["event", "evidence"] {
        let named = match fields.get_mut(field) {
            Some(Value::Array(items)) => items.iter_mut().collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        for value in named {
            let text = match value {
                Value::String(text) => text.trim().trim_start_matches('#').to_owned(),
                Value::Number(position) => position.to_string(),
                Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => continue,
            };
            let found = find_event(open.open.store.as_ref(), &text).await;
            let found = found.map_err(|failure| failure.on(field))?;
            *value = Value::String(found.id.to_string());
        }
    }
    Ok(())
}

/// Puts a person's stream in the place of the number, where an approval is asked for of something in their record; a
/// stream that is named itself must be there, and so must the case that is to be merged into it.
pub(super) async fn find_record(
    name: &str,
    fields: &mut Map<String, Value>,
    open: &OpenWithKeys,
) -> Result<(), Failure> {
    if name != "request-approval" {
        return Ok(());
    }
    let store = open.open.store.as_ref();
    if let Some(absorbed) = fields.get("absorbed").and_then(Value::as_str) {
        let known = the_child(store, open.ledger.id(), absorbed).await;
        known.map_err(|failure| failure.on("absorbed"))?;
    }
    let Some(Value::String(text)) = fields.get_mut("stream") else {
        return Ok(());
    };
    if let Ok(stream) = StreamName::new(text.trim())
        && exists(store, &stream).await?
    {
        return Ok(());
    }
    let child = match the_child(store, open.ledger.id(), text).await {
        Err(unknown) if unknown.code == "UNKNOWN_PERSON" => return Err(unknown.on("stream")),
        found => found?,
    };
    *text = StreamName::child(child).to_string();
    Ok(())
}

/// What helps on after a refusal about a person.
pub async fn help(
    failure: Failure,
    rejection: &Rejection,
    fields: &Map<String, Value>,
    open: &OpenWithKeys,
) -> Failure {
    if rejection.reason == Reason::UnknownPerson {
        return match unknown(fields, open).await {
            Some(unknown) => failure.hint(
                format!("見つからない番号: {unknown}"),
                format!("not found: {unknown}"),
            ),
            None => failure,
        };
    }
    if let Some(days) = rejection.days {
        return match order::what(days.limit, (rejection.field, fields), open).await {
            Some((ja, en)) => failure.saying(&out_of_order(days, Some((&ja, &en)))),
            None => failure,
        };
    }
    let Some(child) = child_of(fields, open) else {
        return failure;
    };
    if rejection.reason == Reason::CaseMerged {
        return match survivor(child, open).await {
            Some(number) => failure.hint(
                format!("統合先は {number} です。"),
                format!("the survivor is {number}"),
            ),
            None => failure,
        };
    }
    if rejection.reason != Reason::SecondOpenPlan {
        return failure;
    }
    let shown = fields.get("child").and_then(Value::as_str);
    let shown = shown.unwrap_or("C001");
    failure.hint(
                format!("`care-ledger timeline {shown}` に終わっていない計画の番号（IDの先頭）があります。続きはそれを --plan で指定し、そうでなければ先に終えてください。"),
                format!("care-ledger timeline {shown} shows the open plan's number or the beginning of its id; name it with --plan, or end it first"),
    )
}

/// Of several persons those whom the ledger does not hold, as they were typed; none where one alone was named.
async fn unknown(fields: &Map<String, Value>, open: &OpenWithKeys) -> Option<String> {
    let named = fields.get("children").and_then(Value::as_array)?;
    let store = open.open.store.as_ref();
    let mut unknown = Vec::new();
    for text in named.iter().filter_map(Value::as_str) {
        let found = the_child(store, open.ledger.id(), text).await;
        if found.is_err_and(|error| error.code == "UNKNOWN_PERSON") {
            unknown.push(text);
        }
    }
    (named.len() > 1 && !unknown.is_empty()).then(|| unknown.join(" "))
}

/// The number of the case that goes on, or the beginning of its id.
async fn survivor(child: ChildId, open: &OpenWithKeys) -> Option<String> {
    let store = open.open.store.as_ref();
    let survivor = things(store, child).await.ok()?.survivor?;
    let number = number_of(store, survivor).await.ok()?;
    Some(number.unwrap_or_else(|| survivor.to_string()))
}

#[cfg(test)]
mod tests {
    use super::is_beginning;

    #[test]
    fn a_beginning_is_eight_digits_of_an_id_or_more_and_no_whole_one() {
        assert!(is_beginning("5f0f6f55"));
        assert!(is_beginning("5f0f6f55-6d2a"));
        assert!(!is_beginning("5f0f6f5"));
        assert!(!is_beginning("5f0f6f55-6d2a-5d0f-9a43-1f2f3a0d7a41"));
        assert!(!is_beginning("F0003-見本"));
    }
}
