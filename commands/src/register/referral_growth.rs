//! A grown row of 連携記録簿: the steps and cells that came back later.

use ledger_core::history::History;
use ledger_core::id::{EventId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::facts::Facts;
use super::grown::complete;
use super::referral_row::Back;
use super::{Grown, ReferralRow};
use crate::correction::Patch;
use crate::decision::{Context, Decision, Single as _, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::given;
use crate::state::{Child, Referral};

impl Decision for Grown<ReferralRow> {
    fn streams(&self, ledger: LedgerId) -> Vec<StreamName> {
        vec![self.row.stream(ledger)]
    }

    fn reads_history(&self) -> bool {
        let details = [
            "連携先総合支所",
            "連携先課",
            "依頼内容",
            "緊急度",
            "受入不可日",
            "受入不可の理由",
            "結果",
        ];
        details.iter().any(|column| self.is_new(column))
    }

    fn opens(&self, view: View<'_>, ledger: LedgerId) -> Vec<EventId> {
        let child = view.state::<Child>(&self.row.stream(ledger));
        let Some(referral) = child
            .ok()
            .and_then(|child| child.referral(self.row.id(ledger)))
        else {
            return Vec::new();
        };
        let steps = [Some(referral.made), referral.declined, referral.completed];
        steps.into_iter().flatten().map(|step| step.event).collect()
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let stream = self.row.stream(context.ledger);
        let child: &Child = view.state(&stream)?;
        let mut facts = self.row.checked(child, context)?;
        let id = self.row.id(context.ledger);
        let known = child
            .referral(id)
            .ok_or(Reason::ReferralNotFound.on("連携番号"))?;
        self.check_steps(known)?;
        self.row.add_steps(&mut facts, id, |step| match step {
            Back::Received => self.is_new("受理日") && known.received.is_none(),
            Back::Accepted => self.is_new("受入決定日") && known.accepted.is_none(),
            Back::Declined => known.declined.is_none(),
            Back::Completed => self.is_new("完了日") && known.completed.is_none(),
            Back::Feedback => self.is_new("報告") && known.feedback.is_none(),
        });
        if self.reads_history() {
            self.add_corrections(&mut facts, known, view.history(&stream)?)?;
        }
        let drafts = facts.done(&self.row.flags);
        if drafts.is_empty() {
            return Err(Reason::NothingChanges.into());
        }
        Ok(vec![Written { stream, drafts }])
    }
}

impl Grown<ReferralRow> {
    /// Nobody wrote in the meantime what the new cells contradict.
    fn check_steps(&self, known: &Referral) -> Result<(), Rejection> {
        let wrong = |column| Err(Reason::StepsOutOfOrder.on(column));
        if self.is_new("受入決定日") && known.declined.is_some() {
            return wrong("受入決定日");
        }
        if self.is_new("完了日") && known.declined.is_some() {
            return wrong("完了日");
        }
        if self.row.is_declined() && known.accepted.is_some() {
            return wrong("受入不可日");
        }
        let recorded = [
            ("受理日", known.received, self.row.received_on),
            ("受入決定日", known.accepted, self.row.accepted_on),
            ("完了日", known.completed, self.row.completed_on),
        ];
        for (column, step, day) in recorded {
            if self.is_new(column) && step.is_some_and(|step| step.day() != day) {
                return wrong(column);
            }
        }
        Ok(())
    }

    fn add_corrections(
        &self,
        facts: &mut Facts<'_>,
        known: &Referral,
        history: &History,
    ) -> Result<(), Rejection> {
        let row = &self.row;
        let mut made = Patch::default();
        made.code("area", self.new_value("連携先総合支所", row.area.as_ref()));
        made.code("section", self.new_value("連携先課", row.section.as_ref()));
        made.code("urgency", self.new_value("緊急度", row.urgency.as_ref()));
        let request = self.new_value("依頼内容", row.request.as_ref());
        made.text("request", given(request.as_deref()));
        let mut corrections = vec![(Some(known.made), made, None)];
        let mut declined = Patch::default();
        let reason = self.new_value("受入不可の理由", row.decline_reason.as_ref());
        declined.text("reason", given(reason.as_deref()));
        let day = self.new_value("受入不可日", row.declined_on.as_ref());
        corrections.push((known.declined, declined, day.map(Occurred::Day)));
        let mut completed = Patch::default();
        completed.code("outcome", self.new_value("結果", row.outcome.as_ref()));
        let stray = row.stray_reason().filter(|_| self.is_new("受入不可の理由"));
        completed.text("note", stray);
        corrections.push((known.completed, completed, None));
        for (step, patch, occurred) in corrections {
            if let Some(step) = step {
                let stands_on = known.latest_day();
                let draft = complete(history, step.event, &patch, occurred, stands_on)?;
                facts.add_draft(draft);
            }
        }
        Ok(())
    }
}
