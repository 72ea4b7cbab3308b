//! Commands about referrals (連携) and what comes back.

mod accept_referral;
mod answer_referral_information;
mod ask_referral_information;
mod complete_referral;
mod decline_referral;
mod escalate_referral;
mod make_referral;
mod other_office;
mod receive_feedback;
mod receive_referral;
mod redirect_referral;
mod remind_referral;
mod reopen_referral;
mod report_referral_progress;
mod withdraw_referral;

pub use accept_referral::AcceptReferral;
pub use answer_referral_information::AnswerReferralInformation;
pub use ask_referral_information::AskReferralInformation;
pub use complete_referral::CompleteReferral;
pub use decline_referral::DeclineReferral;
pub use escalate_referral::EscalateReferral;
pub use make_referral::MakeReferral;
pub use receive_feedback::ReceiveFeedback;
pub use receive_referral::ReceiveReferral;
pub use redirect_referral::RedirectReferral;
pub use remind_referral::RemindReferral;
pub use reopen_referral::ReopenReferral;
pub use report_referral_progress::ReportReferralProgress;
pub use withdraw_referral::WithdrawReferral;

use ledger_core::code::Direction;
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

/// A referral of which something is still to be heard.
fn still_open(child: &Child, id: ReferralId) -> Result<&Referral, Rejection> {
    let found = going_on(child, id)?;
    if found.is_open() {
        Ok(found)
    } else {
        Err(Reason::ReferralNotOpen.on("referral"))
    }
}

/// What the centre does to move another office is no step of a referral to the centre itself.
fn outgoing(referral: &Referral) -> Result<(), Rejection> {
    match referral.direction {
        Direction::To => Ok(()),
        Direction::From => Err(Reason::IncomingReferral.on("referral")),
    }
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
