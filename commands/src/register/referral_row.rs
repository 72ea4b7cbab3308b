//! A row of 連携記録簿: a referral, with what came back.

use ledger_core::code::{Area, Flag, Outcome, Register, Section, Urgency};
use ledger_core::event::{
    Draft, ReferralAccepted, ReferralCompleted, ReferralDeclined, ReferralEvent,
    ReferralFeedbackReceived, ReferralMade, ReferralReceived,
};
use ledger_core::history::History;
use ledger_core::id::{EventId, LedgerId, ReferralId, StreamName};
use ledger_core::private::Private;
use ledger_core::text::register_number;
use ledger_core::time::{Day, Occurred};

use super::facts::{Facts, flag_if};
use super::grown::complete;
use super::{Cells, Grown, RegisterRow, child_stream};
use crate::correction::Patch;
use crate::decision::{Context, Decision, Single, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::{given, private};
use crate::rule::time;
use crate::state::{Child, Referral};

/// A row of 連携記録簿.
#[derive(Clone, PartialEq, Eq)]
pub struct ReferralRow {
    /// 連携番号.
    pub number: String,
    /// 対象者番号.
    pub child: Option<String>,
    /// 連携日.
    pub made_on: Day,
    /// 連携先総合支所.
    pub area: Option<Area>,
    /// 連携先課.
    pub section: Option<Section>,
    /// 依頼内容.
    pub request: Option<String>,
    /// 緊急度.
    pub urgency: Option<Urgency>,
    /// 受理日.
    pub received_on: Option<Day>,
    /// 受入決定日.
    pub accepted_on: Option<Day>,
    /// 受入不可日.
    pub declined_on: Option<Day>,
    /// 受入不可の理由.
    pub decline_reason: Option<String>,
    /// 完了日.
    pub completed_on: Option<Day>,
    /// 結果.
    pub outcome: Option<Outcome>,
    /// 報告.
    pub feedback: Option<String>,
    /// What was found while reading the cells.
    pub flags: Vec<Flag>,
}

impl RegisterRow for ReferralRow {
    const REGISTER: Register = Register::Referrals;
    const COLUMNS: &'static [&'static str] = &[
        "連携番号",
        "対象者番号",
        "連携日",
        "連携先総合支所",
        "連携先課",
        "依頼内容",
        "緊急度",
        "受理日",
        "受入決定日",
        "受入不可日",
        "受入不可の理由",
        "完了日",
        "結果",
        "報告",
    ];

    fn key(&self) -> Vec<String> {
        vec![register_number(&self.number)]
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        Cells::default()
            .number("連携番号", Some(&self.number))
            .number("対象者番号", self.child.as_deref())
            .day("連携日", Some(self.made_on))
            .show("連携先総合支所", self.area)
            .show("連携先課", self.section)
            .text("依頼内容", self.request.as_deref())
            .show("緊急度", self.urgency)
            .day("受理日", self.received_on)
            .day("受入決定日", self.accepted_on)
            .day("受入不可日", self.declined_on)
            .text("受入不可の理由", self.decline_reason.as_deref())
            .day("完了日", self.completed_on)
            .show("結果", self.outcome)
            .text("報告", self.feedback.as_deref())
            .0
    }
}

impl Single for ReferralRow {
    type State = Child;

    fn stream(&self, ledger: LedgerId) -> StreamName {
        child_stream(ledger, self.child.as_deref())
    }

    fn drafts(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let mut facts = self.checked(child, context)?;
        let id = self.id(context.ledger);
        if child.referral(id).is_some() {
            return Err(Reason::AlreadyRecorded.on("連携番号"));
        }
        self.add_made(&mut facts, id);
        self.add_steps(&mut facts, id, |_| true);
        Ok(facts.done(&self.flags))
    }
}

/// A step of the loop that comes back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Back {
    Received,
    Accepted,
    Declined,
    Completed,
    Feedback,
}

impl ReferralRow {
    fn id(&self, ledger: LedgerId) -> ReferralId {
        ReferralId::new(ledger.derive("referral", &[&self.number]))
    }

    /// A reason given is a decline, also without its date.
    fn is_declined(&self) -> bool {
        self.declined_on.is_some() || given(self.decline_reason.as_deref()).is_some()
    }

    fn latest_day(&self) -> Option<Day> {
        let days = [
            Some(self.made_on),
            self.received_on,
            self.accepted_on,
            self.declined_on,
            self.completed_on,
        ];
        days.into_iter().flatten().max()
    }

    /// What the row must hold by itself, in the order of its columns.
    fn checked<'a>(&self, child: &'a Child, context: &'a Context) -> Result<Facts<'a>, Rejection> {
        let facts = Facts::about(child, context)?;
        if self.key().iter().any(String::is_empty) {
            return Err(Reason::MissingValue.on("連携番号"));
        }
        let days = [
            (Some(self.made_on), "連携日"),
            (self.received_on, "受理日"),
            (self.accepted_on, "受入決定日"),
            (self.declined_on, "受入不可日"),
            (self.completed_on, "完了日"),
        ];
        for (day, column) in days {
            facts.check(day, column)?;
        }
        if self.area == Some(Area::OutsideWard) {
            return Err(Reason::UnknownCode.on("連携先総合支所"));
        }
        let wrong = |column| Err(Reason::StepsOutOfOrder.on(column));
        if self.accepted_on.is_some() && self.is_declined() {
            return wrong(if self.declined_on.is_some() {
                "受入不可日"
            } else {
                "受入不可の理由"
            });
        }
        if self.completed_on.is_some() && self.is_declined() {
            return wrong("完了日");
        }
        if self.outcome.is_some() && self.completed_on.is_none() {
            return wrong("結果");
        }
        let mut before = None;
        for (day, column) in days {
            if let Some(day) = day {
                time::in_order(before, Occurred::Day(day), column)?;
                before = Some(day);
            }
        }
        Ok(facts)
    }

    fn add_made(&self, facts: &mut Facts<'_>, id: ReferralId) {
        let made = ReferralMade {
            referral: id,
            number: Some(register_number(&self.number)),
            area: self.area,
            section: self.section,
            urgency: self.urgency,
            redirected_from: None,
            request: private(self.request.as_deref()),
            staff: Private::Open(None),
        };
        let missing = self.area.is_none() || self.section.is_none();
        let flags: Vec<Flag> = flag_if(missing, Flag::MissingValue).into_iter().collect();
        facts.add(
            ReferralEvent::Made(made),
            Occurred::Day(self.made_on),
            &flags,
        );
    }

    /// Adds the steps that the row holds and that are `wanted`.
    fn add_steps(&self, facts: &mut Facts<'_>, id: ReferralId, wanted: impl Fn(Back) -> bool) {
        if let Some(day) = self.received_on.filter(|_| wanted(Back::Received)) {
            let received = ReferralReceived {
                referral: id,
                learnt_by: None,
                receiver: Private::Open(None),
            };
            facts.add(ReferralEvent::Received(received), Occurred::Day(day), &[]);
        }
        let unreceived = flag_if(self.received_on.is_none(), Flag::MissingStep);
        if let Some(day) = self.accepted_on.filter(|_| wanted(Back::Accepted)) {
            let accepted = ReferralAccepted {
                referral: id,
                learnt_by: None,
                owner: Private::Open(None),
            };
            let flags: Vec<Flag> = unreceived.into_iter().collect();
            facts.add(
                ReferralEvent::Accepted(accepted),
                Occurred::Day(day),
                &flags,
            );
        }
        if self.is_declined() && wanted(Back::Declined) {
            self.add_declined(facts, id, unreceived);
        }
        if let Some(day) = self.completed_on.filter(|_| wanted(Back::Completed)) {
            let completed = ReferralCompleted {
                referral: id,
                outcome: self.outcome,
                note: Private::Open(None),
            };
            let unaccepted = flag_if(self.accepted_on.is_none(), Flag::MissingStep);
            let unknown = flag_if(self.outcome.is_none(), Flag::MissingValue);
            let flags: Vec<Flag> = unaccepted.into_iter().chain(unknown).collect();
            facts.add(
                ReferralEvent::Completed(completed),
                Occurred::Day(day),
                &flags,
            );
        }
        let feedback = private(self.feedback.as_deref());
        if feedback.text().is_some() && wanted(Back::Feedback) {
            let received = ReferralFeedbackReceived {
                referral: id,
                feedback,
            };
            let ended = self.completed_on.is_some() || self.is_declined();
            let flags: Vec<Flag> = flag_if(!ended, Flag::MissingStep).into_iter().collect();
            let day = self.latest_day();
            facts.add_undated(ReferralEvent::FeedbackReceived(received), day, &flags);
        }
    }

    fn add_declined(&self, facts: &mut Facts<'_>, id: ReferralId, unreceived: Option<Flag>) {
        let reason = private(self.decline_reason.as_deref());
        let unreasoned = flag_if(reason.text().is_none(), Flag::MissingReason);
        let undated = flag_if(self.declined_on.is_none(), Flag::MissingStep);
        let flags: Vec<Flag> = [unreceived, unreasoned, undated]
            .into_iter()
            .flatten()
            .collect();
        let declined = ReferralEvent::Declined(ReferralDeclined {
            referral: id,
            learnt_by: None,
            reason,
            alternative: Private::Open(None),
        });
        match self.declined_on {
            Some(day) => facts.add(declined, Occurred::Day(day), &flags),
            None => facts.add_undated(declined, self.latest_day(), &flags),
        }
    }
}

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
