//! A row of 施設技術支援記録: a support visit to a facility.

use ledger_core::code::{Area, FacilityKind, Flag, Register, VisitStaff};
use ledger_core::event::{Draft, FacilityEvent, FacilityProfile, SupportGiven};
use ledger_core::id::{FacilityId, LedgerId, StreamName, VisitId};
use ledger_core::text::register_number;
use ledger_core::time::{Day, FiscalYear, Occurred};

use super::facts::{flag_if, with_flags};
use super::{Cells, RegisterRow};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::DURATION_MINUTES_MAX;
use crate::rule::text::{given, private};
use crate::rule::time;
use crate::state::Facility;

/// A row of 施設技術支援記録.
#[derive(Clone, PartialEq, Eq)]
pub struct FacilityRow {
    /// 支援番号.
    pub number: String,
    /// 施設番号; none: the facility is known by its name alone, or not at all.
    pub facility: Option<String>,
    /// 施設名.
    pub name: Option<String>,
    /// 種別.
    pub kind: Option<FacilityKind>,
    /// 総合支所.
    pub area: Option<Area>,
    /// 実施日.
    pub day: Day,
    /// 回.
    pub nth: u32,
    /// 職種.
    pub staff_kind: Option<VisitStaff>,
    /// 内容.
    pub content: Option<String>,
    /// 所要分.
    pub duration_minutes: Option<u32>,
    /// What was found while reading the cells.
    pub flags: Vec<Flag>,
}

impl RegisterRow for FacilityRow {
    const REGISTER: Register = Register::FacilitySupport;
    const COLUMNS: &'static [&'static str] = &[
        "支援番号",
        "施設番号",
        "施設名",
        "種別",
        "総合支所",
        "実施日",
        "回",
        "職種",
        "内容",
        "所要分",
    ];

    fn key(&self) -> Vec<String> {
        vec![register_number(&self.number)]
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        Cells::default()
            .number("支援番号", Some(&self.number))
            .number("施設番号", self.facility.as_deref())
            .text("施設名", self.name.as_deref())
            .show("種別", self.kind)
            .show("総合支所", self.area)
            .day("実施日", Some(self.day))
            .show("回", Some(self.nth))
            .show("職種", self.staff_kind)
            .text("内容", self.content.as_deref())
            .show("所要分", self.duration_minutes)
            .0
    }
}

impl Single for FacilityRow {
    type State = Facility;

    fn stream(&self, ledger: LedgerId) -> StreamName {
        StreamName::facility(self.facility_id(ledger))
    }

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if self.key().iter().any(String::is_empty) {
            return Err(Reason::MissingValue.on("支援番号"));
        }
        time::fact_day(self.day, context, "実施日")?;
        let minutes = self.duration_minutes;
        if minutes.is_some_and(|minutes| minutes > DURATION_MINUTES_MAX) {
            return Err(Reason::NotANumber.on("所要分"));
        }
        let visit = VisitId::new(context.ledger.derive("visit", &[&self.number]));
        if facility.has_visit(visit) {
            return Err(Reason::AlreadyRecorded.on("支援番号"));
        }
        let occurred = Occurred::Day(self.day);
        let profile = self.profile(facility.profile.as_ref(), context.ledger);
        let unnumbered = given(self.facility.as_deref()).is_none();
        let profile = profile.map(|event| {
            let mut draft = Draft::new(event, occurred);
            draft.flags.extend(flag_if(unnumbered, Flag::MissingValue));
            draft
        });
        let support = FacilityEvent::SupportGiven(SupportGiven {
            visit,
            number: Some(register_number(&self.number)),
            nth: Some(self.nth),
            staff_kind: self.staff_kind,
            duration_minutes: minutes,
            content: private(self.content.as_deref()),
        });
        let count = facility
            .visits_in(FiscalYear::of(self.day))
            .saturating_add(1);
        let mut visited = Draft::new(support, occurred);
        visited
            .flags
            .extend(flag_if(self.nth != count, Flag::CountDiffers));
        let drafts = profile.into_iter().chain([visited]).collect();
        Ok(with_flags(drafts, &self.flags))
    }
}

impl FacilityRow {
    /// By its number; without one by its name; without either each visit is to a facility of its own.
    fn facility_id(&self, ledger: LedgerId) -> FacilityId {
        let number = given(self.facility.as_deref());
        let name = given(self.name.as_deref());
        FacilityId::new(match (number, name) {
            (Some(number), _) => ledger.derive("facility", &[&number]),
            (None, Some(name)) => ledger.derive("facility", &["", &name]),
            (None, None) => ledger.derive("facility", &["", "", &self.number]),
        })
    }

    /// The event that a new facility, or another name, kind or area, needs; an empty cell says nothing.
    fn profile(&self, known: Option<&FacilityProfile>, ledger: LedgerId) -> Option<FacilityEvent> {
        let Some(known) = known else {
            return Some(FacilityEvent::Registered(FacilityProfile {
                facility: self.facility_id(ledger),
                number: given(self.facility.as_deref()).map(|number| register_number(&number)),
                name: given(self.name.as_deref()),
                kind: self.kind,
                area: self.area,
            }));
        };
        let now = FacilityProfile {
            facility: known.facility,
            number: known.number.clone(),
            name: given(self.name.as_deref()).or_else(|| known.name.clone()),
            kind: self.kind.or(known.kind),
            area: self.area.or(known.area),
        };
        (now != *known).then_some(FacilityEvent::Changed(now))
    }
}
