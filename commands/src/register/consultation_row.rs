//! A row of 相談記録簿: a consultation with a known person or without one.

use ledger_core::code::{
    ActionTaken, Area, Channel, Consulter, Flag, ProfileField, Register, Topic,
};
use ledger_core::event::{ConsultationEvent, ConsultationRecorded, Draft};
use ledger_core::id::{ConsultationId, InquiryId, LedgerId, StreamName};
use ledger_core::private::Private;
use ledger_core::text::register_number;
use ledger_core::time::{Day, Occurred, TimeOfDay};

use super::facts::{Facts, flag_if, with_flags};
use super::{Cells, RegisterRow, child_stream};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::DURATION_MINUTES_MAX;
use crate::rule::text::{differing, given, private};
use crate::rule::time;
use crate::state::{Child, Inquiry};

/// A row of 相談記録簿.
#[derive(Clone, PartialEq, Eq)]
pub struct ConsultationRow {
    /// 受付番号.
    pub number: String,
    /// 受付日.
    pub day: Day,
    /// 時刻.
    pub time: Option<TimeOfDay>,
    /// 対象者番号; none: nobody known.
    pub child: Option<String>,
    /// 氏名.
    pub name: Option<String>,
    /// 総合支所.
    pub area: Option<Area>,
    /// 相談者.
    pub consulter: Option<Consulter>,
    /// 方法.
    pub channel: Option<Channel>,
    /// 主訴.
    pub topics: Vec<Topic>,
    /// 内容.
    pub content: Option<String>,
    /// 対応.
    pub action: Option<ActionTaken>,
    /// 担当.
    pub staff: Option<String>,
    /// 所要分.
    pub duration_minutes: Option<u32>,
    /// What was found while reading the cells.
    pub flags: Vec<Flag>,
}

impl RegisterRow for ConsultationRow {
    const REGISTER: Register = Register::Consultations;
    const COLUMNS: &'static [&'static str] = &[
        "受付番号",
        "受付日",
        "時刻",
        "対象者番号",
        "氏名",
        "総合支所",
        "相談者",
        "方法",
        "主訴",
        "内容",
        "対応",
        "担当",
        "所要分",
    ];

    fn key(&self) -> Vec<String> {
        vec![register_number(&self.number)]
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        Cells::default()
            .number("受付番号", Some(&self.number))
            .day("受付日", Some(self.day))
            .time("時刻", self.time)
            .number("対象者番号", self.child.as_deref())
            .text("氏名", self.name.as_deref())
            .show("総合支所", self.area)
            .show("相談者", self.consulter)
            .show("方法", self.channel)
            .list("主訴", &self.topics)
            .text("内容", self.content.as_deref())
            .show("対応", self.action)
            .text("担当", self.staff.as_deref())
            .show("所要分", self.duration_minutes)
            .0
    }
}

impl Decision for ConsultationRow {
    fn streams(&self, ledger: LedgerId) -> Vec<StreamName> {
        vec![self.stream(ledger)]
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        if self.key().iter().any(String::is_empty) {
            return Err(Reason::MissingValue.on("受付番号"));
        }
        let stream = self.stream(context.ledger);
        let drafts = if self.person().is_some() {
            self.about_child(view.state(&stream)?, context)?
        } else {
            self.anonymous(view.state(&stream)?, context)?
        };
        Ok(vec![Written { stream, drafts }])
    }
}

impl ConsultationRow {
    fn person(&self) -> Option<String> {
        given(self.child.as_deref())
    }

    fn stream(&self, ledger: LedgerId) -> StreamName {
        if let Some(number) = self.person() {
            return child_stream(ledger, Some(&number));
        }
        let id = ledger.derive("inquiry", &[&self.number]);
        StreamName::inquiry(InquiryId::new(id))
    }

    fn consultation(&self, ledger: LedgerId) -> ConsultationId {
        ConsultationId::new(ledger.derive("consultation", &[&self.number]))
    }

    fn occurred(&self) -> Occurred {
        self.time.map_or(Occurred::Day(self.day), |time| {
            Occurred::minute_in_japan(self.day, time)
        })
    }

    fn about_child(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let mut facts = Facts::about(child, context)?;
        facts.check(Some(self.day), "受付日")?;
        if child.has_consultation(self.consultation(context.ledger)) {
            return Err(Reason::AlreadyRecorded.on("受付番号"));
        }
        let known = child.profile.value(ProfileField::Name);
        let closed = child.profile.closed;
        let name = differing(self.name.as_deref(), known.as_deref(), closed);
        let other_area =
            self.area.is_some() && child.profile.area.is_some() && self.area != child.profile.area;
        let mut flags = self.missing();
        flags.extend(flag_if(name.is_some(), Flag::NameDiffers));
        flags.extend(flag_if(other_area, Flag::AreaDiffers));
        let recorded = self.recorded(context.ledger, name)?;
        facts.add(recorded, self.occurred(), &flags);
        Ok(facts.done(&self.flags))
    }

    fn anonymous(&self, inquiry: &Inquiry, context: &Context) -> Result<Vec<Draft>, Rejection> {
        time::fact_day(self.day, context, "受付日")?;
        if inquiry.consultation.is_some() {
            return Err(Reason::AlreadyRecorded.on("受付番号"));
        }
        let recorded = self.recorded(context.ledger, given(self.name.as_deref()))?;
        let mut draft = Draft::new(recorded, self.occurred());
        draft.flags = self.missing();
        Ok(with_flags(vec![draft], &self.flags))
    }

    /// Flags for empty cells that a figure would miss.
    fn missing(&self) -> Vec<Flag> {
        let missing = self.consulter.is_none() || self.channel.is_none();
        flag_if(missing, Flag::MissingValue).into_iter().collect()
    }

    fn recorded(
        &self,
        ledger: LedgerId,
        name_given: Option<String>,
    ) -> Result<ConsultationEvent, Rejection> {
        if self.topics.is_empty() {
            return Err(Reason::MissingValue.on("主訴"));
        }
        let minutes = self.duration_minutes;
        if minutes.is_some_and(|minutes| minutes > DURATION_MINUTES_MAX) {
            return Err(Reason::NotANumber.on("所要分"));
        }
        Ok(ConsultationEvent::Recorded(ConsultationRecorded {
            consultation: self.consultation(ledger),
            number: Some(register_number(&self.number)),
            consulter: self.consulter,
            channel: self.channel,
            topics: self.topics.clone(),
            action: self.action,
            area: self.area,
            duration_minutes: minutes,
            content: private(self.content.as_deref()),
            staff: private(self.staff.as_deref()),
            name_given: Private::Open(name_given),
        }))
    }
}
