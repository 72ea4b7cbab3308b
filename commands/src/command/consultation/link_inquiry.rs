//! Records that an anonymous inquiry turned out to be about a person; it is not typed again.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{ConsultationEvent, Draft, InquiryLinked};
use ledger_core::id::{ChildId, InquiryId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{flag_early, is_known};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::{Child, Inquiry};

/// Records that an anonymous inquiry turned out to be about a person; it is not typed again.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkInquiry {
    /// The inquiry (匿名の相談).
    pub inquiry: InquiryId,
    /// The person.
    pub child: ChildId,
    /// When that was found out.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// How it was found out.
    #[serde(default)]
    pub note: Option<String>,
}

impl Decision for LinkInquiry {
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
        if inquiry.child.is_some() {
            return Err(Reason::InquiryAlreadyLinked.on("inquiry"));
        }
        is_known(child, self.occurred, context)?;
        if child.case.absorbed_into.is_some() {
            return Err(Reason::CaseMerged.on("child"));
        }
        if child.has_consultation(consultation) {
            return Err(Reason::AlreadyRecorded.on("inquiry"));
        }
        let since = inquiry.recorded.and_then(|step| step.day());
        time::in_order(since, self.occurred, "occurred")?;
        let event = ConsultationEvent::InquiryLinked(InquiryLinked {
            inquiry: self.inquiry,
            consultation,
            child: self.child,
            note: private(self.note.as_deref()),
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
