//! Commands about the liaison council's opinions and the ward's requests to others.

mod answer_opinion;
mod answer_request;
mod make_request;
mod receive_opinion;
mod withdraw_request;

pub use answer_opinion::AnswerOpinion;
pub use answer_request::AnswerRequest;
pub use make_request::MakeRequest;
pub use receive_opinion::ReceiveOpinion;
pub use withdraw_request::WithdrawRequest;

use ledger_core::time::Occurred;

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::Request;

/// The request is made and has not ended, and the act follows its making.
fn open(request: &Request, occurred: Occurred, context: &Context) -> Result<(), Rejection> {
    let made = request.made.ok_or(Reason::RequestNotFound.on("request"))?;
    if request.ended.is_some() {
        return Err(Reason::RequestEnded.on("request"));
    }
    time::occurred(occurred, context, "occurred")?;
    time::in_order(made.day(), occurred, "occurred")
}
