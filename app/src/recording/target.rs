//! The event that a correction is about, by its position as timelines show it.

use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::reading::find_event;
use crate::wiring::OpenWithKeys;

/// Puts the id in the place of a target's position, as timelines show it, and names its stream.
pub(super) async fn find_target(
    fields: &mut Map<String, Value>,
    open: &OpenWithKeys,
) -> Result<(), Failure> {
    let Some(Value::String(target)) = fields.get("target") else {
        return Ok(());
    };
    let Ok(position) = target.trim().trim_start_matches('#').parse::<u64>() else {
        return Ok(());
    };
    let found = find_event(open.open.store.as_ref(), &position.to_string()).await;
    let found = found.map_err(|failure| failure.on("target"))?;
    fields.insert("target".to_owned(), found.id.to_string().into());
    let reassigned = fields.get("command").and_then(Value::as_str) == Some("reassign-event");
    if reassigned && !fields.contains_key("child") {
        if let Some(child) = found.stream.as_child() {
            fields.insert("child".to_owned(), child.to_string().into());
        }
    } else if !reassigned {
        let own: Value = found.stream.as_str().into();
        let given = fields.entry("stream").or_insert_with(|| own.clone());
        if *given != own {
            return Err(elsewhere(position));
        }
    }
    Ok(())
}

fn elsewhere(position: u64) -> Failure {
    Failure::refused(
        "UNKNOWN_EVENT",
        format!("記録 #{position} は、指定した対象の記録ではありません。"),
        format!("event {position} is not in the record that is named"),
    )
    .on("target")
    .hint(
        "記録の番号を確かめるか、対象を入力せずに番号だけを指定してください。",
        "check the number of the event, or give it alone without the record",
    )
}
