//! The approval on which an amendment rests: where one is wanting or can be chosen, and where it is asked for.

use std::time::Duration;

use axum::response::Response;
use ledger_commands::command::Field;
use ledger_core::code::ApprovalAct;
use ledger_core::store::StoredEvent;
use serde_json::Value;

use super::CONTENT;
use super::about::{About, Act};
use super::content::{asked, command};
use crate::pages::act::input::{Input, Shape, label_of};
use crate::pages::act::{Typed, begun, may_give, text_of};
use crate::pages::approvals::{self, Wanted};
use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::giving::Fault;
use crate::pages::language::{current, t};
use crate::pages::site::Site;
use crate::render;

/// How long a form waits for the approvals that can be chosen: less than is left where the store did not answer.
const WITHIN: Duration = Duration::from_secs(1);
/// The command by which an approval is asked for.
const FORM: &str = "request-approval";
/// What is told of an amendment beside its content: why, as one of the reasons that can be chosen, and to whom.
const SAID: [&str; 2] = ["reason", "to"];
/// Codes of refusals for want of an approval.
const FOR_WANT: [&str; 2] = ["FROZEN_FIGURE", "APPROVAL_MISSING"];

/// The approvals that were granted of amending a record, to choose from. Where they cannot be read the form is shown all
/// the same: what was typed counts for more.
pub(super) async fn granted(
    site: &Site,
    signed_in: &SignedIn,
    stored: &StoredEvent,
) -> Option<Vec<(String, String)>> {
    let own = (&stored.stream, stored.id);
    let wanted = Wanted::Granted(ApprovalAct::FrozenFigure, Some(own));
    let reading = approvals::choices(site, signed_in, wanted);
    if let Ok(Ok(choices)) = tokio::time::timeout(WITHIN, reading).await {
        return Some(choices);
    }
    tracing::warn!("the approvals cannot be read");
    None
}

/// Where an approval is named: only where one is wanting or can be chosen, or was and cannot be told by now.
pub(super) fn input(
    field: &Field,
    typed: &Typed,
    choices: Option<Vec<(String, String)>>,
    faults: &[Fault],
) -> Option<Input> {
    let is_wanting = faults.iter().any(|fault| fault.field == field.name);
    let is_named = choices.is_none() && !text_of(typed, &field.name).is_empty();
    let is_there = choices.as_ref().is_some_and(|choices| !choices.is_empty());
    if !is_wanting && !is_named && !is_there {
        return None;
    }
    let help = if is_there {
        t(
            "会議の資料に載った数が変わるときは、別の人の承認が要ります。この記録について承認されたものを選びます。",
            "Where a figure changes that a meeting was shown, somebody else has to approve it. Choose what was granted for this record.",
        )
    } else {
        t(
            "会議の資料に載った数が変わるため、別の人の承認が要ります。いま選べる承認はありません。",
            "A figure changes that a meeting was shown, so somebody else has to approve it. There is no approval to choose now.",
        )
    };
    let is_none = choices.as_ref().is_some_and(Vec::is_empty);
    let input = Input::of(field, typed, choices, faults);
    let shape = if is_none {
        Shape::Select(Vec::new())
    } else {
        input.shape
    };
    Some(Input {
        help: help.to_owned(),
        shape,
        ..input
    })
}

/// Whether an approval can be asked for, where a form was refused for want of one and the role may ask.
pub(super) fn can_be_asked_for(signed_in: &SignedIn, faults: &[Fault]) -> bool {
    let is_wanting = faults.iter().any(|fault| FOR_WANT.contains(&fault.code));
    is_wanting && may_give(signed_in, FORM)
}

/// The form that asks for an approval of what a form would do, with what that is as the reason: whoever grants it
/// knows what for.
pub(super) async fn asking(
    site: &Site,
    signed_in: &SignedIn,
    about: &About,
    (act, typed): (Act, &Typed),
) -> Result<Response, Refusal> {
    let filled = [
        ("act", ApprovalAct::FrozenFigure.code().to_owned()),
        ("stream", about.stored.stream.to_string()),
        ("target", about.stored.position.to_string()),
        ("reason", proposed(about, act, typed)),
    ];
    let filled = filled.map(|(field, text)| (field.to_owned(), text));
    begun(site, signed_in, (FORM, filled.into())).await
}

/// What a form would do, in lines. Of texts it is told that they change and not how: they stand in the record of the
/// person, and go with it when that is erased.
fn proposed(about: &About, act: Act, typed: &Typed) -> String {
    let (fields, json) = (asked(about, act), command(about, act, typed));
    let mut lines = vec![act.label().to_owned()];
    for field in fields
        .iter()
        .filter(|field| SAID.contains(&field.name.as_str()))
    {
        if let Some(value) = json.get(&field.name) {
            let said = render::value(&field.name, value, current());
            let label = label_of(&fields, &field.name).unwrap_or_default();
            lines.push(format!("{label}: {said}"));
        }
    }
    let said = about.event().display();
    let label = |field: &str| {
        let content = format!("{CONTENT}{field}");
        label_of(&fields, &content).unwrap_or_else(|| field.to_owned())
    };
    let told = |field: &str, value: Option<&Value>| {
        render::value(field, value.unwrap_or(&Value::Null), current())
    };
    let part = |name: &str| json.get(name).and_then(Value::as_object);
    if let Some(after) = json.get("occurred").and_then(Value::as_str) {
        let before = render::occurred(about.entry.occurred(), None, current());
        lines.push(format!("{}: {before} → {after}", t("日時", "When")));
    }
    for (field, value) in part("clear").into_iter().flatten() {
        let (before, after) = (told(field, said.get(field)), told(field, Some(value)));
        lines.push(format!("{}: {before} → {after}", label(field)));
    }
    for (field, _) in part("private").into_iter().flatten() {
        let words = t(
            "書き換える（記述はここに写しません）",
            "rewritten (its text is not copied here)",
        );
        lines.push(format!("{}: {words}", label(field)));
    }
    lines.join("\n")
}
