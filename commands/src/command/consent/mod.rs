//! Commands about consent (同意) and what is shared on what ground.

mod give_consent;
mod refuse_consent;
mod share_information;
mod withdraw_consent;

pub use give_consent::GiveConsent;
pub use refuse_consent::RefuseConsent;
pub use share_information::ShareInformation;
pub use withdraw_consent::WithdrawConsent;
