//! Commands about referrals (連携) and what comes back.

mod accept_referral;
mod complete_referral;
mod decline_referral;
mod make_referral;
mod receive_feedback;
mod receive_referral;
mod redirect_referral;
mod remind_referral;
mod withdraw_referral;

pub use accept_referral::AcceptReferral;
pub use complete_referral::CompleteReferral;
pub use decline_referral::DeclineReferral;
pub use make_referral::MakeReferral;
pub use receive_feedback::ReceiveFeedback;
pub use receive_referral::ReceiveReferral;
pub use redirect_referral::RedirectReferral;
pub use remind_referral::RemindReferral;
pub use withdraw_referral::WithdrawReferral;

use ledger_core::id::ReferralId;

use crate::rejection::{Reason, Rejection};
use crate::state::{Child, Referral};

/// A referral that the centre neither took back nor sent on.
fn going_on(child: &Child, id: ReferralId) -> Result<&Referral, Rejection> {
    let found = child.referral(id);
    let found = found.ok_or(Reason::ReferralNotFound.on("referral"))?;
    if found.is_over() {
        return Err(Reason::ReferralNotOpen.on("referral"));
    }
    Ok(found)
}

/// The step must not be there yet, and the one before it must.
fn follows(done: bool, before: bool) -> Result<(), Rejection> {
    if done {
        return Err(Reason::AlreadyRecorded.on("referral"));
    }
    if !before {
        return Err(Reason::StepsOutOfOrder.on("referral"));
    }
    Ok(())
}
