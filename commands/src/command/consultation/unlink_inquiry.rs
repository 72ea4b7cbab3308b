//! Records that an inquiry was not about the person to whom it was linked.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{ConsultationEvent, Draft, InquiryUnlinked};
use ledger_core::id::{ChildId, InquiryId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{flag_early, is_known};
use crate::rule::text::required;
use crate::rule::time;
use crate::state::{Child, Inquiry};

/// Records that an inquiry was not about the person to whom it was linked.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnlinkInquiry {
    /// The inquiry (匿名の相談).
    pub inquiry: InquiryId,
    /// The person.
    pub child: ChildId,
    /// When that was found out.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why; needed.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Decision for UnlinkInquiry {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        vec![
            StreamName::inquiry(self.inquiry),
            StreamName::child(self.child),
        ]
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let (first, second) = (
            StreamName::inquiry(self.inquiry),
            StreamName::child(self.child),
        );
        let inquiry: &Inquiry = view.state(&first)?;
        let child: &Child = view.state(&second)?;
        let consultation = inquiry.consultation;
        let consultation = consultation.ok_or(Reason::InquiryNotFound.on("inquiry"))?;
        if inquiry.child != Some(self.child) {
            return Err(Reason::InquiryNotLinked.on("child"));
        }
        is_known(child, self.occurred, context)?;
        let since = inquiry.linked.and_then(|step| step.day());
        time::in_order(since, self.occurred, "occurred")?;
        let event = ConsultationEvent::InquiryUnlinked(InquiryUnlinked {
            inquiry: self.inquiry,
            consultation,
            child: self.child,
            reason: required(self.reason.as_deref(), "reason")?,
        });
        let draft = Draft::new(event, self.occurred);
        Ok(vec![
            Written {
                stream: first,
                drafts: vec![draft.clone()],
            },
            Written {
                stream: second,
                drafts: flag_early(child, vec![draft]),
            },
        ])
    }
}
