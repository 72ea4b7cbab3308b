//! Commands about the directory of offices (関係機関・地域資源).

mod change_organisation;
mod close_organisation;
mod confirm_resource;
mod register_organisation;

pub use change_organisation::ChangeOrganisation;
pub use close_organisation::CloseOrganisation;
pub use confirm_resource::ConfirmResource;
pub use register_organisation::RegisterOrganisation;

use ledger_core::event::OrganisationProfile;

use crate::rejection::{Reason, Rejection};
use crate::state::Organisation;

/// An office that is worked with.
fn worked_with(organisation: &Organisation) -> Result<&OrganisationProfile, Rejection> {
    let profile = organisation.profile.as_ref();
    let profile = profile.ok_or(Reason::UnknownOrganisation.on("organisation"))?;
    if organisation.closed.is_some() {
        return Err(Reason::OrganisationClosed.on("organisation"));
    }
    Ok(profile)
}
