//! The approval without which two cases do not become one: asked for from the form that merges them, and whether there
//! is anybody who can grant it.

use axum::response::Response;
use ledger_core::code::ApprovalAct;

use super::input::{Input, Shape};
use super::{Typed, begun, may_be_given, may_give, text_of, things};
use crate::failure::Failure;
use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::site::Site;
use crate::reading::{OpenApproval, open_approvals};

/// The form in which an approval is asked for.
pub(super) const FORM: &str = "request-approval";
/// The form that merges, from which it is asked for.
const MERGE: &str = "merge-cases";
/// Sent by the button that asks for one, with what was typed into the form that merges.
const ASKS: &str = "asks";

/// How it stands with the approval that the form which merges needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Merging {
    /// One that was asked for waits for an answer.
    Awaited,
    /// There is none to choose.
    Wanting,
    /// One that was granted can be chosen; it may be for two others.
    Granted,
}

/// How it stands with it; none for another form, and for whoever may not ask for one.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub(super) async fn merging(
    site: &Site,
    signed_in: &SignedIn,
    (name, inputs): (&str, &[Input]),
) -> Result<Option<Merging>, Failure> {
    if name != MERGE || !may_give(signed_in, FORM) {
        return Ok(None);
    }
    if is_awaited(site, signed_in).await? {
        return Ok(Some(Merging::Awaited));
    }
    let has_some = |input: &Input| {
        let (Shape::Select(all) | Shape::Radio(all)) = &input.shape else {
            return false;
        };
        !all.is_empty()
    };
    let mut inputs = inputs.iter();
    let is_granted = inputs.any(|input| input.name == "approval" && has_some(input));
    Ok(Some(if is_granted {
        Merging::Granted
    } else {
        Merging::Wanting
    }))
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
    let accounts = things::open_accounts(site).await?;
    let mut others = accounts
        .iter()
        .filter(|(name, _)| *name != signed_in.account);
    Ok(!others.any(|(_, role)| may_be_given(*role, "grant-approval")))
}

/// Whether whoever looks asked for one of a merge that nobody answered yet.
async fn is_awaited(site: &Site, signed_in: &SignedIn) -> Result<bool, Failure> {
    let open = open_approvals(&site.open.open).await?;
    let is_own = |one: &OpenApproval| {
        one.asked.by == signed_in.account
            && one.asked.act == ApprovalAct::Merge
            && one.granted_by.is_none()
    };
    Ok(open.iter().any(is_own))
}
