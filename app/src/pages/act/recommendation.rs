//! The form that answers a recommendation asks for that alone: which meeting made it is known.

use ledger_commands::command::Field;
use ledger_core::id::MeetingId;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Typed, text_of, things};
use crate::failure::Failure;
use crate::pages::giving::Fault;
use crate::pages::language::t;
use crate::pages::site::Site;

const FORM: &str = "answer-recommendation";
/// The field for the recommendation, and that for the meeting.
const WHICH: &str = "recommendation";
const MEETING: &str = "meeting";

/// Leaves the meeting out of the form.
pub(super) fn leave_meeting_out(name: &str, fields: &mut Vec<Field>) {
    fields.retain(|field| name != FORM || field.name != MEETING);
}

/// Adds the meeting to the command.
///
/// # Errors
/// [`Failure`] when the store fails.
pub(super) async fn add_meeting(
    site: &Site,
    name: &str,
    (typed, json): (&Typed, &mut Map<String, Value>),
) -> Result<(), Failure> {
    if name == FORM {
        let meeting = things::meeting_of(site, text_of(typed, WHICH).trim()).await?;
        // Where none is chosen that is told of its field, and of no other.
        let meeting = meeting.map_or_else(Uuid::nil, MeetingId::uuid);
        json.insert(MEETING.to_owned(), meeting.to_string().into());
    }
    Ok(())
}

/// That no meeting made what is answered.
pub(super) fn fault(name: &str, (typed, json): (&Typed, &Map<String, Value>)) -> Option<Fault> {
    let nil = Uuid::nil().to_string();
    let is_unknown = json.get(MEETING).and_then(Value::as_str) == Some(&nil);
    let is_given = !text_of(typed, WHICH).trim().is_empty();
    (name == FORM && is_given && is_unknown).then(|| {
        Fault::whole(t(
            "その提言はありません。一覧から選び直してください。",
            "There is no such recommendation. Choose one of the list.",
        ))
        .at(WHICH, "")
    })
}

#[cfg(test)]
mod tests {
    use ledger_commands::Command;

    use super::*;

    #[test]
    fn the_form_has_both_fields_and_asks_for_one() {
        let mut fields = Command::fields(FORM).unwrap();
        let has = |fields: &[Field], name| fields.iter().any(|field| field.name == name);
        assert!(has(&fields, WHICH) && has(&fields, MEETING));
        leave_meeting_out(FORM, &mut fields);
        assert!(has(&fields, WHICH) && !has(&fields, MEETING));
    }
}
