//! A row of 災害時個別支援計画台帳: a step of a disaster plan that this centre supported.

use ledger_core::code::{
    DisasterPlanResult, DisasterPlanStep, Flag, Office, Register, VerificationMethod,
};
use ledger_core::event::{
    DisasterPlanAgreed, DisasterPlanChecked, DisasterPlanDrafted, DisasterPlanEvent,
    DisasterPlanRevised, Draft,
};
use ledger_core::id::{DisasterPlanId, LedgerId, StreamName};
use ledger_core::private::Private;
use ledger_core::text::register_number;
use ledger_core::time::{Day, Occurred};

use super::facts::{Facts, flag_if};
use super::{Cells, RegisterRow, child_stream};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::rule::{time, ventilator};
use crate::state::{Child, DisasterPlan};

/// A row of 災害時個別支援計画台帳.
#[derive(Clone, PartialEq, Eq)]
pub struct DisasterPlanRow {
    /// 計画番号.
    pub number: String,
    /// 対象者番号.
    pub child: Option<String>,
    /// 区分.
    pub step: DisasterPlanStep,
    /// 実施日.
    pub day: Day,
    /// 保護者同席.
    pub guardian_present: Option<bool>,
    /// 方法.
    pub method: Option<VerificationMethod>,
    /// 結果.
    pub result: Option<DisasterPlanResult>,
    /// 課題.
    pub issues: Option<String>,
    /// 次回予定日; may lie in the future.
    pub next_due: Option<Day>,
    /// 担当.
    pub staff: Option<String>,
    /// What was found while reading the cells.
    pub flags: Vec<Flag>,
}

impl RegisterRow for DisasterPlanRow {
    const REGISTER: Register = Register::DisasterPlans;
    const COLUMNS: &'static [&'static str] = &[
        "計画番号",
        "対象者番号",
        "区分",
        "実施日",
        "保護者同席",
        "方法",
        "結果",
        "課題",
        "次回予定日",
        "担当",
    ];

    fn key(&self) -> Vec<String> {
        vec![
            register_number(&self.number),
            self.step.ja().to_owned(),
            self.day.to_string(),
        ]
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        Cells::default()
            .number("計画番号", Some(&self.number))
            .number("対象者番号", self.child.as_deref())
            .show("区分", Some(self.step))
            .day("実施日", Some(self.day))
            .yes_no("保護者同席", self.guardian_present)
            .show("方法", self.method)
            .show("結果", self.result)
            .text("課題", self.issues.as_deref())
            .day("次回予定日", self.next_due)
            .text("担当", self.staff.as_deref())
            .0
    }
}

impl Single for DisasterPlanRow {
    type State = Child;

    fn stream(&self, ledger: LedgerId) -> StreamName {
        child_stream(ledger, self.child.as_deref())
    }

    fn drafts(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let mut facts = Facts::about(child, context)?;
        if self.key().iter().any(String::is_empty) {
            return Err(Reason::MissingValue.on("計画番号"));
        }
        facts.check(Some(self.day), "実施日")?;
        let id = DisasterPlanId::new(context.ledger.derive("disaster-plan", &[&self.number]));
        let known = child.disaster_plan(id);
        if self.step == DisasterPlanStep::New {
            self.add_new(&mut facts, child, id)?;
        } else {
            let plan = known.ok_or(Reason::PlanNotFound.on("計画番号"))?;
            let drafted = plan.drafted().and_then(|step| step.day());
            time::in_order(drafted, Occurred::Day(self.day), "実施日")?;
            self.may_support(child)?;
            if self.step == DisasterPlanStep::Verification {
                self.add_checked(&mut facts, plan, id);
            } else {
                self.add_revised(&mut facts, plan, id);
            }
        }
        Ok(facts.done(&self.flags))
    }
}

impl DisasterPlanRow {
    fn may_support(&self, child: &Child) -> Result<(), Rejection> {
        ventilator::may_support(Office::Centre, child, Some(self.day), "対象者番号")
    }

    fn with_guardian(&self) -> bool {
        self.guardian_present == Some(true)
    }

    /// Flags that every kind of row may bear.
    fn common_flags(&self) -> Vec<Flag> {
        let unknown = self.guardian_present.is_none();
        let late = time::more_than_a_year_later(self.next_due, self.day);
        [
            flag_if(unknown, Flag::MissingValue),
            flag_if(!self.with_guardian(), Flag::WithoutGuardian),
            flag_if(late, Flag::NextDueLate),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn add_new(
        &self,
        facts: &mut Facts<'_>,
        child: &Child,
        id: DisasterPlanId,
    ) -> Result<(), Rejection> {
        // A plan begins once; the same row again has the same key and never comes here.
        if child.disaster_plan(id).is_some() {
            return Err(Reason::StepsOutOfOrder.on("区分"));
        }
        self.may_support(child)?;
        let drafted = DisasterPlanDrafted {
            plan: id,
            number: Some(register_number(&self.number)),
            office: Office::Centre,
            area: None,
            out_of_area: None,
            rule: ventilator::RULE.to_owned(),
            method: self.method,
            result: self.result,
            next_due: self.next_due,
            plan_text: Private::Open(None),
            issues: private(self.issues.as_deref()),
            staff: private(self.staff.as_deref()),
        };
        let mut flags = self.common_flags();
        flags.extend(flag_if(
            child.other_open_disaster_plan(id),
            Flag::SecondOpenPlan,
        ));
        let day = Occurred::Day(self.day);
        facts.add(DisasterPlanEvent::Drafted(drafted), day, &flags);
        self.add_agreed(facts, id, 1);
        Ok(())
    }

    fn add_agreed(&self, facts: &mut Facts<'_>, id: DisasterPlanId, version: u32) {
        if self.with_guardian() {
            let agreed = DisasterPlanAgreed {
                plan: id,
                version,
                agreed_by: Private::Open(None),
            };
            facts.add(
                DisasterPlanEvent::Agreed(agreed),
                Occurred::Day(self.day),
                &[],
            );
        }
    }

    fn add_checked(&self, facts: &mut Facts<'_>, plan: &DisasterPlan, id: DisasterPlanId) {
        let checked = DisasterPlanChecked {
            plan: id,
            method: self.method,
            result: self.result,
            next_due: self.next_due,
            guardian_present: Some(self.with_guardian()),
            person_present: None,
            participants: Private::Open(None),
            issues: private(self.issues.as_deref()),
            staff: private(self.staff.as_deref()),
        };
        let event = if self.with_guardian() {
            DisasterPlanEvent::Verified(checked)
        } else {
            DisasterPlanEvent::ReviewedInternally(checked)
        };
        let mut flags = self.common_flags();
        flags.extend(flag_if(!plan.ever_agreed(), Flag::NotAgreed));
        facts.add(event, Occurred::Day(self.day), &flags);
    }

    fn add_revised(&self, facts: &mut Facts<'_>, plan: &DisasterPlan, id: DisasterPlanId) {
        let base = plan.latest();
        let version = base.saturating_add(1);
        let revised = DisasterPlanRevised {
            plan: id,
            version,
            base_version: base,
            method: self.method,
            result: self.result,
            next_due: self.next_due,
            plan_text: Private::Open(None),
            issues: private(self.issues.as_deref()),
            staff: private(self.staff.as_deref()),
        };
        let unagreed = plan.newest().is_some_and(|newest| newest.agreed.is_none());
        let mut flags = self.common_flags();
        flags.extend(flag_if(unagreed, Flag::RevisedBeforeAgreement));
        let day = Occurred::Day(self.day);
        facts.add(DisasterPlanEvent::Revised(revised), day, &flags);
        self.add_agreed(facts, id, version);
    }
}
