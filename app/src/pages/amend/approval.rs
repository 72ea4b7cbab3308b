//! The approval on which an amendment rests: where one is wanting or can be chosen, and where it is asked for.

use std::time::Duration;

use ledger_commands::command::Field;
use ledger_core::code::ApprovalAct;
use ledger_core::store::StoredEvent;

use crate::pages::act::input::{Input, Shape};
use crate::pages::act::{Typed, may_give, text_of};
use crate::pages::approvals::{self, Wanted};
use crate::pages::door::SignedIn;
use crate::pages::giving::Fault;
use crate::pages::language::t;
use crate::pages::site::Site;

/// How long a form waits for the approvals that can be chosen: less than is left where the store did not answer.
const WITHIN: Duration = Duration::from_secs(1);
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

/// Where an approval is asked for, where a form was refused for want of one and the role may ask.
pub(super) fn request(
    signed_in: &SignedIn,
    stored: &StoredEvent,
    faults: &[Fault],
) -> Option<String> {
    let is_wanting = faults.iter().any(|fault| FOR_WANT.contains(&fault.code));
    let may_ask = is_wanting && may_give(signed_in, "request-approval");
    let own = (&stored.stream, stored.position);
    may_ask.then(|| approvals::request_path(ApprovalAct::FrozenFigure, own))
}
