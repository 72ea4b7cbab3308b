//! A row of 在宅生活支援プラン台帳: one version of a home-living support plan.

use ledger_core::code::{Flag, Register, RevisionReason};
use ledger_core::event::{
    Discharged, Draft, SupportPlanAgreed, SupportPlanDrafted, SupportPlanEvent, SupportPlanRevised,
};
use ledger_core::history::History;
use ledger_core::id::{EventId, LedgerId, StreamName, SupportPlanId};
use ledger_core::private::Private;
use ledger_core::text::register_number;
use ledger_core::time::{Day, Occurred};

use super::facts::{Facts, flag_if};
use super::grown::complete;
use super::{Cells, Grown, RegisterRow, child_stream};
use crate::correction::Patch;
use crate::decision::{Context, Decision, Single, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::{given, private, private_list};
use crate::rule::time;
use crate::state::{Child, Step, SupportPlan, SupportPlanVersion};

/// A row of 在宅生活支援プラン台帳.
#[derive(Clone, PartialEq, Eq)]
pub struct SupportPlanRow {
    /// プラン番号.
    pub number: String,
    /// 対象者番号.
    pub child: Option<String>,
    /// 版, from 1.
    pub version: u32,
    /// 作成日.
    pub made_on: Day,
    /// 合意日.
    pub agreed_on: Option<Day>,
    /// 退院予定日; may lie in the future.
    pub discharge_planned_on: Option<Day>,
    /// 退院日.
    pub discharged_on: Option<Day>,
    /// 見直し理由.
    pub reason: Option<RevisionReason>,
    /// 目標.
    pub goals: Option<String>,
    /// サービス.
    pub services: Vec<String>,
    /// 担当.
    pub staff: Option<String>,
    /// What was found while reading the cells.
    pub flags: Vec<Flag>,
}

impl RegisterRow for SupportPlanRow {
    const REGISTER: Register = Register::SupportPlans;
    const COLUMNS: &'static [&'static str] = &[
        "プラン番号",
        "対象者番号",
        "版",
        "作成日",
        "合意日",
        "退院予定日",
        "退院日",
        "見直し理由",
        "目標",
        "サービス",
        "担当",
    ];

    fn key(&self) -> Vec<String> {
        vec![register_number(&self.number), self.version.to_string()]
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        Cells::default()
            .number("プラン番号", Some(&self.number))
            .number("対象者番号", self.child.as_deref())
            .show("版", Some(self.version))
            .day("作成日", Some(self.made_on))
            .day("合意日", self.agreed_on)
            .day("退院予定日", self.discharge_planned_on)
            .day("退院日", self.discharged_on)
            .show("見直し理由", self.reason)
            .text("目標", self.goals.as_deref())
            .list("サービス", &self.services)
            .text("担当", self.staff.as_deref())
            .0
    }
}

impl Single for SupportPlanRow {
    type State = Child;

    fn stream(&self, ledger: LedgerId) -> StreamName {
        child_stream(ledger, self.child.as_deref())
    }

    fn drafts(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let mut facts = self.checked(child, context)?;
        let id = self.id(context.ledger);
        let known = child.support_plan(id);
        let discharged = known.and_then(|plan| plan.discharged);
        if self.version == 1 {
            if known.is_some() {
                return Err(Reason::AlreadyRecorded.on("プラン番号"));
            }
            self.add_drafted(&mut facts, id, child.other_open_support_plan(id));
        } else {
            let base = self.base(known)?;
            time::in_order(base.made.day(), Occurred::Day(self.made_on), "作成日")?;
            self.add_revised(&mut facts, id, base.agreed.is_none());
        }
        self.add_agreed(&mut facts, id, discharged);
        self.add_discharged(&mut facts, id, discharged);
        Ok(facts.done(&self.flags))
    }
}

impl SupportPlanRow {
    fn id(&self, ledger: LedgerId) -> SupportPlanId {
        SupportPlanId::new(ledger.derive("support-plan", &[&self.number]))
    }

    fn checked<'a>(&self, child: &'a Child, context: &'a Context) -> Result<Facts<'a>, Rejection> {
        let facts = Facts::about(child, context)?;
        if self.key().iter().any(String::is_empty) {
            return Err(Reason::MissingValue.on("プラン番号"));
        }
        if self.version == 0 {
            return Err(Reason::NotANumber.on("版"));
        }
        facts.check(Some(self.made_on), "作成日")?;
        facts.check(self.agreed_on, "合意日")?;
        facts.check(self.discharged_on, "退院日")?;
        if let Some(agreed_on) = self.agreed_on {
            time::in_order(Some(self.made_on), Occurred::Day(agreed_on), "合意日")?;
        }
        Ok(facts)
    }

    /// The version on which this one rests.
    fn base<'a>(
        &self,
        known: Option<&'a SupportPlan>,
    ) -> Result<&'a SupportPlanVersion, Rejection> {
        let orphan = Reason::VersionWithoutPredecessor.on("版");
        let plan = known.ok_or(orphan.clone())?;
        let base = plan.versions.get(&self.version.saturating_sub(1));
        if plan.versions.contains_key(&self.version) {
            return Err(Reason::AlreadyRecorded.on("版"));
        }
        base.ok_or(orphan)
    }

    fn unagreed(&self) -> Option<Flag> {
        flag_if(self.agreed_on.is_none(), Flag::NotAgreed)
    }

    fn add_drafted(&self, facts: &mut Facts<'_>, id: SupportPlanId, second: bool) {
        let drafted = SupportPlanDrafted {
            plan: id,
            number: Some(register_number(&self.number)),
            reason: self.reason,
            discharge_planned_on: self.discharge_planned_on,
            goals: private(self.goals.as_deref()),
            services: private_list(&self.services),
            staff: private(self.staff.as_deref()),
        };
        let second = flag_if(second, Flag::SecondOpenPlan);
        let flags: Vec<Flag> = self.unagreed().into_iter().chain(second).collect();
        let day = Occurred::Day(self.made_on);
        facts.add(SupportPlanEvent::Drafted(drafted), day, &flags);
    }

    fn add_revised(&self, facts: &mut Facts<'_>, id: SupportPlanId, base_unagreed: bool) {
        let revised = SupportPlanRevised {
            plan: id,
            version: self.version,
            base_version: self.version.saturating_sub(1),
            reason: self.reason,
            discharge_planned_on: self.discharge_planned_on,
            goals: private(self.goals.as_deref()),
            services: private_list(&self.services),
            staff: private(self.staff.as_deref()),
        };
        let early = flag_if(base_unagreed, Flag::RevisedBeforeAgreement);
        let unreasoned = flag_if(self.reason.is_none(), Flag::MissingReason);
        let flags = self.unagreed().into_iter().chain(early).chain(unreasoned);
        let flags: Vec<Flag> = flags.collect();
        let day = Occurred::Day(self.made_on);
        facts.add(SupportPlanEvent::Revised(revised), day, &flags);
    }

    fn add_agreed(&self, facts: &mut Facts<'_>, id: SupportPlanId, discharged: Option<Step>) {
        let Some(day) = self.agreed_on else {
            return;
        };
        let agreed = SupportPlanAgreed {
            plan: id,
            version: self.version,
            agreed_by: Private::Open(None),
        };
        let recorded = discharged.and_then(|step| step.day());
        let left = self.discharged_on.or(recorded);
        // Only the first agreement is meant to come before the discharge.
        let late = self.version == 1 && left.is_some_and(|left| day > left);
        let flags: Vec<Flag> = flag_if(late, Flag::AgreedAfterDischarge)
            .into_iter()
            .collect();
        facts.add(SupportPlanEvent::Agreed(agreed), Occurred::Day(day), &flags);
    }

    fn add_discharged(&self, facts: &mut Facts<'_>, id: SupportPlanId, known: Option<Step>) {
        let Some(day) = self.discharged_on else {
            return;
        };
        if known.and_then(|step| step.day()) == Some(day) {
            return;
        }
        let discharged = Discharged {
            plan: Some(id),
            hospital: Private::Open(None),
        };
        facts.add(
            SupportPlanEvent::Discharged(discharged),
            Occurred::Day(day),
            &[],
        );
    }
}

impl Decision for Grown<SupportPlanRow> {
    fn streams(&self, ledger: LedgerId) -> Vec<StreamName> {
        vec![self.row.stream(ledger)]
    }

    fn reads_history(&self) -> bool {
        let details = ["退院予定日", "見直し理由", "目標", "サービス", "担当"];
        details.iter().any(|column| self.is_new(column))
    }

    fn opens(&self, view: View<'_>, ledger: LedgerId) -> Vec<EventId> {
        let child = view.state::<Child>(&self.row.stream(ledger)).ok();
        let plan = child.and_then(|child| child.support_plan(self.row.id(ledger)));
        let version = plan.and_then(|plan| plan.versions.get(&self.row.version));
        version
            .map(|version| version.made.event)
            .into_iter()
            .collect()
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let stream = self.row.stream(context.ledger);
        let child: &Child = view.state(&stream)?;
        let mut facts = self.row.checked(child, context)?;
        let id = self.row.id(context.ledger);
        let plan = child
            .support_plan(id)
            .ok_or(Reason::PlanNotFound.on("プラン番号"))?;
        let version = plan.versions.get(&self.row.version);
        let version = version.ok_or(Reason::PlanNotFound.on("版"))?;
        if self.is_new("合意日") {
            match version.agreed {
                None => self.row.add_agreed(&mut facts, id, plan.discharged),
                Some(agreed) if agreed.day() == self.row.agreed_on => {},
                Some(_) => return Err(Reason::StepsOutOfOrder.on("合意日")),
            }
        }
        if self.is_new("退院日") {
            self.row.add_discharged(&mut facts, id, plan.discharged);
        }
        if self.reads_history() {
            let draft = self.completion(version, view.history(&stream)?)?;
            facts.add_draft(draft);
        }
        let drafts = facts.done(&self.row.flags);
        if drafts.is_empty() {
            return Err(Reason::NothingChanges.into());
        }
        Ok(vec![Written { stream, drafts }])
    }
}

impl Grown<SupportPlanRow> {
    /// The correction of the version by the cells of its content that are filled now.
    fn completion(
        &self,
        version: &SupportPlanVersion,
        history: &History,
    ) -> Result<Option<Draft>, Rejection> {
        let row = &self.row;
        let mut patch = Patch::default();
        let planned = self.new_value("退院予定日", row.discharge_planned_on.as_ref());
        patch.day("discharge_planned_on", planned);
        patch.code("reason", self.new_value("見直し理由", row.reason.as_ref()));
        let goals = self.new_value("目標", row.goals.as_ref());
        patch.text("goals", given(goals.as_deref()));
        let staff = self.new_value("担当", row.staff.as_ref());
        patch.text("staff", given(staff.as_deref()));
        if self.is_new("サービス") {
            let texts = row.services.iter();
            patch.texts(
                "services",
                texts.filter_map(|text| given(Some(text))).collect(),
            );
        }
        complete(
            history,
            version.made.event,
            &patch,
            None,
            version.made.day(),
        )
    }
}
