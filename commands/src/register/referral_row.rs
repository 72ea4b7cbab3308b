//! A row of 連携記録簿: a referral, with what came back.

use ledger_core::code::{Area, Direction, Flag, Outcome, PartyKind, Register, Section, Urgency};
use ledger_core::event::{
    Draft, ReferralAccepted, ReferralCompleted, ReferralDeclined, ReferralEvent,
    ReferralFeedbackReceived, ReferralMade, ReferralReceived,
};
use ledger_core::id::{LedgerId, ReferralId, StreamName};
use ledger_core::private::Private;
use ledger_core::text::register_number;
use ledger_core::time::{Day, Occurred};

use super::facts::{Facts, flag_if};
use super::{Cells, RegisterRow, child_stream};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::{given, private};
use crate::rule::time;
use crate::state::Child;

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
pub(super) enum Back {
    Received,
    Accepted,
    Declined,
    Completed,
    Feedback,
}

impl ReferralRow {
    pub(super) fn id(&self, ledger: LedgerId) -> ReferralId {
        ReferralId::new(ledger.derive("referral", &[&self.number]))
    }

    /// A decline is its day; a reason alone declines nothing.
    pub(super) const fn is_declined(&self) -> bool {
        self.declined_on.is_some()
    }

    /// The reason of a decline that has no day, which the completion keeps in its note.
    pub(super) fn stray_reason(&self) -> Option<String> {
        given(self.decline_reason.as_deref()).filter(|_| !self.is_declined())
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
    pub(super) fn checked<'a>(
        &self,
        child: &'a Child,
        context: &'a Context,
    ) -> Result<Facts<'a>, Rejection> {
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
            return wrong("受入不可日");
        }
        if self.completed_on.is_some() && self.is_declined() {
            return wrong("完了日");
        }
        if self.outcome.is_some() && self.completed_on.is_none() {
            return wrong("結果");
        }
        // No event but the completion could keep it, and what is taken must not lose text.
        if self.completed_on.is_none() && self.stray_reason().is_some() {
            return Err(Reason::MissingValue.on("受入不可日"));
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
            direction: Direction::To,
            party: PartyKind::DistrictCentre,
            organisation: None,
            reason: None,
            due_on: None,
            consent: None,
            office: Private::Open(None),
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
    pub(super) fn add_steps(
        &self,
        facts: &mut Facts<'_>,
        id: ReferralId,
        wanted: impl Fn(Back) -> bool,
    ) {
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
        if let Some(day) = self.declined_on.filter(|_| wanted(Back::Declined)) {
            let (declined, flags) = self.declined(id);
            facts.add(declined, Occurred::Day(day), &flags);
        }
        if let Some(day) = self.completed_on.filter(|_| wanted(Back::Completed)) {
            let completed = ReferralCompleted {
                referral: id,
                outcome: self.outcome,
                note: Private::Open(self.stray_reason()),
            };
            let undeclined = self.stray_reason().is_some();
            let missing = undeclined || self.accepted_on.is_none();
            let unaccepted = flag_if(missing, Flag::MissingStep);
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

    fn declined(&self, id: ReferralId) -> (ReferralEvent, Vec<Flag>) {
        let reason = private(self.decline_reason.as_deref());
        let unreceived = flag_if(self.received_on.is_none(), Flag::MissingStep);
        let unreasoned = flag_if(reason.text().is_none(), Flag::MissingReason);
        let declined = ReferralDeclined {
            referral: id,
            learnt_by: None,
            reason,
            alternative: Private::Open(None),
        };
        let flags = unreceived.into_iter().chain(unreasoned).collect();
        (ReferralEvent::Declined(declined), flags)
    }
}
