//! A form that was sent by somebody whose session had run out, shown again once they have signed in.

use axum::response::Response;

use super::door::SignedIn;
use super::fault::Refusal;
use super::site::Site;
use super::{account, accounts, act, amend, person, record};

/// The form that was sent to a path, with what was typed into it.
///
/// # Errors
/// [`Refusal`] where that is no form, or somebody else's.
pub(super) async fn resumed(
    site: &Site,
    signed_in: &SignedIn,
    path: &str,
    draft: &str,
) -> Result<Response, Refusal> {
    if let Some(command) = path.strip_prefix("/acts/") {
        return act::resumed(site, signed_in, command, draft).await;
    }
    if path == "/accounts" {
        return accounts::resumed(site, signed_in, draft).await;
    }
    if let Some(name) = path.strip_prefix("/accounts/") {
        return account::resumed(site, signed_in, name, draft).await;
    }
    let position = path.strip_prefix("/events/");
    let position = position.and_then(|rest| rest.strip_suffix("/amend"));
    if let Some(position) = position.and_then(|text| text.parse().ok()) {
        return amend::resumed(site, signed_in, position, draft).await;
    }
    let child = path.strip_prefix("/children/");
    if let Some(child) = child.and_then(|rest| rest.strip_suffix("/emergency")) {
        return person::emergency::resumed(site, signed_in, child, draft).await;
    }
    record::resumed(site, signed_in, draft).await
}
