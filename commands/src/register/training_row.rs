//! A row of 相談員指導・育成記録: a training session of an advisor.

use ledger_core::code::{Flag, Register, SessionKind};
use ledger_core::event::{
    Draft, TraineeCompleted, TraineeEnrolled, TraineeEvent, TrainingSessionHeld,
};
use ledger_core::id::{LedgerId, SessionId, StreamName, TraineeId};
use ledger_core::private::Private;
use ledger_core::text::register_number;
use ledger_core::time::{Day, Occurred};

use super::facts::{flag_if, with_flags};
use super::{Cells, RegisterRow};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::DURATION_MINUTES_MAX;
use crate::rule::text::{differing, given, private};
use crate::rule::time;
use crate::state::Trainee;

/// A row of 相談員指導・育成記録.
#[derive(Clone, PartialEq, Eq)]
pub struct TrainingRow {
    /// 記録番号.
    pub number: String,
    /// 相談員番号; none: the session stands for an advisor of its own.
    pub trainee: Option<String>,
    /// 氏名.
    pub name: Option<String>,
    /// 所属.
    pub office: Option<String>,
    /// 実施日.
    pub day: Day,
    /// 区分.
    pub kind: SessionKind,
    /// 内容.
    pub content: Option<String>,
    /// 所要分.
    pub duration_minutes: Option<u32>,
    /// What was found while reading the cells.
    pub flags: Vec<Flag>,
}

impl RegisterRow for TrainingRow {
    const REGISTER: Register = Register::AdvisorTraining;
    const COLUMNS: &'static [&'static str] = &[
        "記録番号",
        "相談員番号",
        "氏名",
        "所属",
        "実施日",
        "区分",
        "内容",
        "所要分",
    ];

    fn key(&self) -> Vec<String> {
        vec![register_number(&self.number)]
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        Cells::default()
            .number("記録番号", Some(&self.number))
            .number("相談員番号", self.trainee.as_deref())
            .text("氏名", self.name.as_deref())
            .text("所属", self.office.as_deref())
            .day("実施日", Some(self.day))
            .show("区分", Some(self.kind))
            .text("内容", self.content.as_deref())
            .show("所要分", self.duration_minutes)
            .0
    }
}

impl Single for TrainingRow {
    type State = Trainee;

    fn stream(&self, ledger: LedgerId) -> StreamName {
        StreamName::trainee(self.trainee_id(ledger))
    }

    fn drafts(&self, trainee: &Trainee, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if self.key().iter().any(String::is_empty) {
            return Err(Reason::MissingValue.on("記録番号"));
        }
        time::fact_day(self.day, context, "実施日")?;
        let minutes = self.duration_minutes;
        if minutes.is_some_and(|minutes| minutes > DURATION_MINUTES_MAX) {
            return Err(Reason::NotANumber.on("所要分"));
        }
        let session = SessionId::new(context.ledger.derive("session", &[&self.number]));
        if trainee.has_session(session) {
            return Err(Reason::AlreadyRecorded.on("記録番号"));
        }
        let occurred = Occurred::Day(self.day);
        let mut drafts = Vec::new();
        if trainee.enrolled.is_none() {
            drafts.push(self.enrolled(context.ledger, occurred));
        }
        drafts.push(self.held(session, trainee, occurred));
        // An advisor who trains anew completes anew; figures count advisors, not completions.
        if self.kind == SessionKind::Completion {
            let completed = TraineeCompleted {
                trainee: self.trainee_id(context.ledger),
                basis: Private::Open(None),
            };
            drafts.push(Draft::new(TraineeEvent::Completed(completed), occurred));
        }
        Ok(with_flags(drafts, &self.flags))
    }
}

impl TrainingRow {
    /// By the number; a name would make an id from which the person could be guessed.
    fn trainee_id(&self, ledger: LedgerId) -> TraineeId {
        TraineeId::new(match given(self.trainee.as_deref()) {
            Some(number) => ledger.derive("trainee", &[&number]),
            None => ledger.derive("trainee", &["", &self.number]),
        })
    }

    fn enrolled(&self, ledger: LedgerId, occurred: Occurred) -> Draft {
        let number = given(self.trainee.as_deref()).map(|number| register_number(&number));
        let unnumbered = number.is_none();
        let enrolled = TraineeEnrolled {
            trainee: self.trainee_id(ledger),
            number,
            name: private(self.name.as_deref()),
            office: private(self.office.as_deref()),
        };
        let mut draft = Draft::new(TraineeEvent::Enrolled(enrolled), occurred);
        let unasked = self.kind != SessionKind::Start;
        draft.flags.extend(flag_if(unasked, Flag::NotEnrolled));
        draft.flags.extend(flag_if(unnumbered, Flag::MissingValue));
        draft
    }

    fn held(&self, session: SessionId, trainee: &Trainee, occurred: Occurred) -> Draft {
        // Where this row enrols, the enrolment has the name and the office.
        let closed = trainee.closed || trainee.enrolled.is_none();
        let name = differing(self.name.as_deref(), trainee.name.as_deref(), closed);
        let differs = name.is_some();
        let held = TrainingSessionHeld {
            session,
            number: Some(register_number(&self.number)),
            kind: self.kind,
            duration_minutes: self.duration_minutes,
            content: private(self.content.as_deref()),
            name_given: Private::Open(name),
            office_given: Private::Open(differing(
                self.office.as_deref(),
                trainee.office.as_deref(),
                closed,
            )),
        };
        let mut draft = Draft::new(TraineeEvent::SessionHeld(held), occurred);
        draft.flags.extend(flag_if(differs, Flag::NameDiffers));
        draft
    }
}
