//! A row of 対象者台帳: a person whom the centre took into its register.

use ledger_core::code::{Area, BirthWeightBand, CareProcedure, Flag, MotorImpairment, Register};
use ledger_core::event::{
    BirthDetailRecorded, CareProcedureStarted, ChildRegistered, Draft, GuardianDetail,
    MobilityAssessed, ProfileEvent,
};
use ledger_core::id::{GuardianId, LedgerId, StreamName};
use ledger_core::private::Private;
use ledger_core::text::{register_number, without_spaces};
use ledger_core::time::{Day, Occurred, age_on};

use super::facts::{flag_if, with_flags};
use super::{Cells, RegisterRow, child_id, child_stream};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::{ADULT_YEARS, WEIGHT_GRAMS};
use crate::rule::text::{given, private};
use crate::rule::time;
use crate::state::Child;

/// A row of 対象者台帳.
#[derive(Clone, PartialEq, Eq)]
pub struct ChildRow {
    /// 対象者番号.
    pub number: String,
    /// 氏名.
    pub name: Option<String>,
    /// フリガナ.
    pub kana: Option<String>,
    /// 生年月日.
    pub birth_date: Day,
    /// 総合支所.
    pub area: Option<Area>,
    /// 人工呼吸器.
    pub ventilator: Option<bool>,
    /// 医療的ケア.
    pub procedures: Vec<CareProcedure>,
    /// 運動機能障害.
    pub motor_impairment: Option<MotorImpairment>,
    /// 重症心身障害認定.
    pub smid_certified: Option<bool>,
    /// 出生体重g.
    pub birth_weight_grams: Option<u32>,
    /// 初回把握日.
    pub registered_on: Day,
    /// 保護者氏名.
    pub guardian_name: Option<String>,
    /// 続柄.
    pub guardian_relation: Option<String>,
    /// What was found while reading the cells.
    pub flags: Vec<Flag>,
}

impl RegisterRow for ChildRow {
    const REGISTER: Register = Register::Children;
    const COLUMNS: &'static [&'static str] = &[
        "対象者番号",
        "氏名",
        "フリガナ",
        "生年月日",
        "総合支所",
        "人工呼吸器",
        "医療的ケア",
        "運動機能障害",
        "重症心身障害認定",
        "出生体重g",
        "初回把握日",
        "保護者氏名",
        "続柄",
    ];

    fn key(&self) -> Vec<String> {
        vec![register_number(&self.number)]
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        Cells::default()
            .number("対象者番号", Some(&self.number))
            .text("氏名", self.name.as_deref())
            .text("フリガナ", self.kana.as_deref())
            .day("生年月日", Some(self.birth_date))
            .show("総合支所", self.area)
            .yes_no("人工呼吸器", self.ventilator)
            .list("医療的ケア", &self.procedures)
            .show("運動機能障害", self.motor_impairment)
            .yes_no("重症心身障害認定", self.smid_certified)
            .show("出生体重g", self.birth_weight_grams)
            .day("初回把握日", Some(self.registered_on))
            .text("保護者氏名", self.guardian_name.as_deref())
            .text("続柄", self.guardian_relation.as_deref())
            .0
    }
}

impl Single for ChildRow {
    type State = Child;

    fn stream(&self, ledger: LedgerId) -> StreamName {
        child_stream(ledger, Some(&self.number))
    }

    fn drafts(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if self.key().iter().any(String::is_empty) {
            return Err(Reason::MissingValue.on("対象者番号"));
        }
        if child.profile.registered.is_some() {
            return Err(Reason::AlreadyRegistered.on("対象者番号"));
        }
        time::fact_day(self.birth_date, context, "生年月日")?;
        time::fact_day(self.registered_on, context, "初回把握日")?;
        if self.registered_on < self.birth_date {
            return Err(Reason::OccurredBeforeBirth.on("初回把握日"));
        }
        let grams = self.birth_weight_grams;
        if grams.is_some_and(|grams| !WEIGHT_GRAMS.contains(&grams)) {
            return Err(Reason::NotANumber.on("出生体重g"));
        }
        let day = Occurred::Day(self.registered_on);
        let mut drafts = vec![self.registered(context, day)];
        drafts.extend(grams.map(|grams| birth_detail(grams, day)));
        drafts.extend(self.procedures(day));
        drafts.extend(self.mobility(day));
        drafts.extend(self.guardian(context.ledger, day));
        Ok(with_flags(drafts, &self.flags))
    }
}

impl ChildRow {
    fn registered(&self, context: &Context, day: Occurred) -> Draft {
        let registered = ChildRegistered {
            child: child_id(context.ledger, &self.number),
            number: Some(register_number(&self.number)),
            birth_month: Occurred::Day(self.birth_date).month(),
            area: self.area,
            name: private(self.name.as_deref()),
            kana: private(self.kana.as_deref()),
            birth_date: Private::Open(Some(self.birth_date)),
        };
        let unknown_ventilator = self.ventilator.is_none() && !self.lists_ventilator();
        let unknown_mobility = self.motor_impairment.is_none() || self.smid_certified.is_none();
        let missing = self.area.is_none() || unknown_ventilator || unknown_mobility;
        let flag = flag_if(missing, Flag::MissingValue);
        let mut draft = Draft::new(ProfileEvent::Registered(registered), day);
        draft.flags.extend(flag);
        draft
    }

    fn lists_ventilator(&self) -> bool {
        self.procedures.contains(&CareProcedure::Ventilator)
    }

    /// Each kind of care once; either column makes a ventilator user.
    fn procedures(&self, day: Occurred) -> Vec<Draft> {
        let listed = self.lists_ventilator();
        let mut kinds = self.procedures.clone();
        if self.ventilator == Some(true) && !listed {
            kinds.insert(0, CareProcedure::Ventilator);
        }
        let differs = self.ventilator.is_some_and(|said| said != listed);
        let mut seen = std::collections::BTreeSet::new();
        kinds.retain(|kind| seen.insert(*kind));
        let drafts = kinds.into_iter().map(|procedure| {
            let started = CareProcedureStarted {
                procedure,
                hours_per_day: None,
                device: Private::Open(None),
            };
            let draft = Draft::new(ProfileEvent::ProcedureStarted(started), day);
            if differs && procedure == CareProcedure::Ventilator {
                draft.flagged(Flag::VentilatorDiffers)
            } else {
                draft
            }
        });
        drafts.collect()
    }

    fn mobility(&self, day: Occurred) -> Option<Draft> {
        if self.motor_impairment.is_none() && self.smid_certified.is_none() {
            return None;
        }
        let assessed = MobilityAssessed {
            motor_impairment: self.motor_impairment,
            smid_certified: self.smid_certified,
        };
        Some(Draft::new(ProfileEvent::MobilityAssessed(assessed), day))
    }

    fn guardian(&self, ledger: LedgerId, day: Occurred) -> Option<Draft> {
        let name = given(self.guardian_name.as_deref());
        let relation = given(self.guardian_relation.as_deref());
        if name.is_none() && relation.is_none() {
            return None;
        }
        let age = age_on(self.birth_date, self.registered_on);
        let adult = age.is_some_and(|age| age.years >= ADULT_YEARS);
        let relation_known = relation.as_deref().map(without_spaces);
        let parent = matches!(relation_known.as_deref(), Some("父" | "母"));
        let detail = GuardianDetail {
            guardian: GuardianId::new(ledger.derive("guardian", &[&self.number])),
            contact_only: adult && parent,
            name: Private::Open(name),
            relation: Private::Open(relation),
            contact: Private::Open(None),
        };
        let mut draft = Draft::new(ProfileEvent::GuardianAdded(detail), day);
        draft
            .flags
            .extend(flag_if(adult && parent, Flag::GuardianOfAdult));
        Some(draft)
    }
}

fn birth_detail(grams: u32, day: Occurred) -> Draft {
    let detail = BirthDetailRecorded {
        weight_band: Some(BirthWeightBand::of_grams(grams)),
        weight_grams: Private::Open(Some(grams)),
        gestation_weeks: Private::Open(None),
    };
    Draft::new(ProfileEvent::BirthDetail(detail), day)
}
