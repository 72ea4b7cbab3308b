//! The approval without which two cases do not become one: asked for from the form that merges them, and whether there
//! is anybody who can grant it.

use axum::response::Response;
use ledger_commands::state::{Account, Folded, StreamState as _};
use ledger_core::code::ApprovalAct;

use super::input::{Input, Shape};
use super::{Typed, begun, may_be_given, may_give, text_of};
use crate::failure::Failure;
use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::site::Site;
use crate::reading::histories;

/// The form in which an approval is asked for.
pub(super) const FORM: &str = "request-approval";
/// The form that merges, from which it is asked for.
const MERGE: &str = "merge-cases";
/// Sent by the button that asks for one, with what was typed into the form that merges.
const ASKS: &str = "asks";

/// Whether one can be asked for from a form: from that which merges, by whoever may; one that was granted may be for
/// two others.
pub(super) fn can_be_asked_for(signed_in: &SignedIn, name: &str) -> bool {
    name == MERGE && may_give(signed_in, FORM)
}

/// Whether the form has none to choose.
pub(super) fn is_wanting(inputs: &[Input]) -> bool {
    let mut inputs = inputs.iter();
    let has_none = |input: &Input| {
        let (Shape::Select(all) | Shape::Radio(all)) = &input.shape else {
            return true;
        };
        all.is_empty()
    };
    inputs.any(|input| input.name == "approval" && has_none(input))
}

/// Whether this comes from the form that merges.
pub(super) fn is_asked(name: &str, typed: &Typed) -> bool {
    name == FORM && !text_of(typed, ASKS).is_empty()
}

/// The form that asks for an approval, with the two numbers and the note that were typed.
pub(super) async fn asking(
    site: &Site,
    signed_in: &SignedIn,
    typed: &Typed,
) -> Result<Response, Refusal> {
    let filled = [
        ("act", ApprovalAct::Merge.code()),
        ("stream", text_of(typed, "survivor").trim()),
        ("absorbed", text_of(typed, "absorbed").trim()),
        ("reason", text_of(typed, "note")),
    ];
    let filled = filled.map(|(field, text)| (field.to_owned(), text.to_owned()));
    begun(site, signed_in, (FORM, filled.into())).await
}

/// Whether nobody but whoever asks has an account that may grant what the form asks for.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub(super) async fn is_for_nobody(
    site: &Site,
    signed_in: &SignedIn,
    name: &str,
) -> Result<bool, Failure> {
    if name != FORM {
        return Ok(false);
    }
    let found = histories(&site.open.open, "account-", signed_in.head).await?;
    let mut accounts = found.iter().filter_map(|(stream, history)| {
        let folded = Folded::of_history(stream, history);
        Account::of(folded.state()).cloned()
    });
    let grants = |account: Account| {
        account.name.as_ref() != Some(&signed_in.account)
            && account
                .role
                .is_some_and(|role| may_be_given(role, "grant-approval"))
    };
    Ok(!accounts.any(grants))
}
