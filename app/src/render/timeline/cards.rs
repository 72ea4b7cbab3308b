//! What goes on for a person, above the timeline: plans with their clocks, open referrals.

use ledger_core::code::{Direction, DisasterPlanResult, Office, PartyKind};
use ledger_projections::timeline::{
    DisasterPlanView, DisasterState, DisasterWish, PlanView, Recheck, RecheckTrigger, ReferralView,
};

use super::super::labels::field_label;
use super::super::words::{counted, day, short, term_within, value};
use super::{Page, Place, since};
use crate::lang::Lang;

/// The newest version came out as made and confirmed by the family, as the register writes it.
fn is_confirmed(plan: &DisasterPlanView) -> bool {
    let newest = plan.versions.last();
    let result = newest.and_then(|version| version.fields.get("result")?.as_str());
    result == Some(DisasterPlanResult::MadeAndConfirmedByFamily.code())
}

impl Page {
    /// A thing's register number behind its label; without one the beginning of its id where commands name it by that.
    fn named(&self, number: Option<&str>, id: &str) -> String {
        match (number, self.place) {
            (Some(number), _) => format!(" {number}"),
            (None, Place::Terminal) => format!(" {}", short(id)),
            (None, Place::Screen) => String::new(),
        }
    }

    /// Whether there is to be a disaster plan, where that was said.
    pub(super) fn wish(&mut self, wish: Option<&DisasterWish>) {
        let line = match (wish, self.lang) {
            (None, _) => return,
            (Some(DisasterWish::NotWanted { .. }), Lang::Ja) => {
                "災害時個別支援計画: 家族は今は希望しない".to_owned()
            },
            (Some(DisasterWish::NotWanted { .. }), Lang::En) => {
                "Disaster plan: the family does not want one now".to_owned()
            },
            (Some(DisasterWish::Needed { office, .. }), Lang::Ja) => {
                format!("災害時個別支援計画: 必要（作成支援 {}）", office.ja())
            },
            (Some(DisasterWish::Needed { office, .. }), Lang::En) => {
                let office = term_within(*office, self.lang);
                format!("Disaster plan: needed, to be supported by the {office}")
            },
        };
        self.line(&line);
    }

    pub(super) fn disaster_plan(&mut self, plan: &DisasterPlanView) {
        let state = match plan.clock.state {
            DisasterState::Drafted if is_confirmed(plan) => self.pick(
                "作成（家族確認済。確認の記録はまだない）",
                "drafted and confirmed by the family, agreement not recorded",
            ),
            DisasterState::Drafted => self.pick("作成中（未確認）", "drafted"),
            DisasterState::Current => self.pick("有効", "current"),
            DisasterState::DueSoon => self.pick("検証時期", "due soon"),
            DisasterState::Overdue => self.pick("検証期限超過", "overdue"),
            DisasterState::LongOverdue => self.pick("検証期限を大きく超過", "long overdue"),
            DisasterState::Ended => self.pick("終了", "ended"),
        };
        let label = self.pick("災害時個別支援計画", "Disaster plan");
        let mut line = format!(
            "{label}{}: {state}",
            self.named(plan.number.as_deref(), &plan.plan)
        );
        if let (Some(due), Some(left)) = (plan.clock.due_on, plan.clock.days_left) {
            let (due, over) = (day(due, self.lang), left.saturating_neg());
            let when = match self.lang {
                Lang::Ja if left < 0 => format!("（検証期限 {due}、{over}日超過）"),
                Lang::En if left < 0 => {
                    format!(" (due {due}, {} past)", counted(over, "day", "days"))
                },
                Lang::Ja => format!("（検証期限 {due}、あと{left}日）"),
                Lang::En => format!(" (due {due}, {} left)", counted(left, "day", "days")),
            };
            line.push_str(&when);
        }
        if plan.office == Office::DistrictCentre {
            line.push_str(self.pick("（総合支所が支援）", " (supported by the district centre)"));
        }
        self.line(&line);
        if let Some(asked_on) = plan.clock.revision_asked_on {
            let on = day(asked_on, self.lang);
            self.line(&match self.lang {
                Lang::Ja => format!("    ⚑ 要見直し（{on}の検証の結果）: 次の版を作成してください"),
                Lang::En => format!("    ⚑ To be revised, as the verification of {on} found"),
            });
        }
        if let Some(recheck) = &plan.clock.recheck {
            self.recheck(recheck);
        }
    }

    /// What changed since the plan was looked at: a change matters more than the calendar.
    fn recheck(&mut self, recheck: &Recheck) {
        let mut causes: Vec<&str> = Vec::new();
        for cause in &recheck.causes {
            let cause = match cause.trigger {
                RecheckTrigger::Ventilator => self.pick("人工呼吸器", "ventilator"),
                RecheckTrigger::Procedure => self.pick("医療的ケア", "daily medical care"),
                RecheckTrigger::Address => self.pick("住所", "address"),
                RecheckTrigger::Area => self.pick("総合支所", "area"),
                RecheckTrigger::Guardian => self.pick("保護者・連絡先", "guardian"),
            };
            if !causes.contains(&cause) {
                causes.push(cause);
            }
        }
        let since = since(recheck.since, self.lang);
        let label = self.pick("再確認が必要", "To be looked at again");
        let causes = causes.join(self.pick("、", ", "));
        let changed = self.pick("の変更", " changed");
        self.line(&format!("    ⚑ {label}: {causes}{changed}{since}"));
    }

    pub(super) fn support_plan(&mut self, plan: &PlanView) {
        let label = self.pick("在宅生活支援プラン", "Home-living support plan");
        let versions = self.pick("版", "version");
        let newest = plan.versions.last().map_or(0, |version| version.version);
        let ended = plan.closing.map(|closing| match self.lang {
            Lang::Ja => format!("（{}）", closing.ja()),
            Lang::En => format!(" ({})", term_within(closing, self.lang)),
        });
        self.line(&format!(
            "{label}{}: {versions} {newest}{}",
            self.named(plan.number.as_deref(), &plan.plan),
            ended.unwrap_or_default()
        ));
        for difference in &plan.differences {
            for change in &difference.changes {
                let field = field_label(&change.field, self.lang);
                let before = value(&change.field, &change.before, self.lang);
                let after = value(&change.field, &change.after, self.lang);
                let versions = format!("{}→{}", difference.from, difference.to);
                self.line(&format!("    {versions} {field}: {before} → {after}"));
            }
        }
    }

    /// The section of a district centre that was asked, in brackets.
    fn section_of(&self, referral: &ReferralView) -> String {
        let area = referral.area.map(|area| term_within(area, self.lang));
        let section = referral.section.map(|one| term_within(one, self.lang));
        let told: Vec<String> = area.into_iter().chain(section).collect();
        match (told.is_empty(), self.lang) {
            (true, _) => String::new(),
            (false, Lang::Ja) => format!("（{}）", told.join(" ")),
            (false, Lang::En) => format!(" ({})", told.join(", ")),
        }
    }

    pub(super) fn open_referral(&mut self, referral: &ReferralView) {
        // One that is completed is among the open ones nowhere else: it only waits for its report.
        let completed = referral.completed_on.is_some() || referral.outcome.is_some();
        let label = if completed {
            self.pick("報告待ちの連携", "Referral waiting for feedback")
        } else {
            self.pick("未完了の連携", "Open referral")
        };
        let tick = |done: bool| if done { "☑" } else { "☐" };
        let decided = referral.accepted_on.is_some() || referral.declined_on.is_some();
        let office = match self.lang {
            _ if referral.party == PartyKind::DistrictCentre => self.section_of(referral),
            Lang::Ja => format!("（{}、{}）", referral.party.ja(), referral.direction.ja()),
            Lang::En => {
                let party = term_within(referral.party, self.lang);
                match referral.direction {
                    Direction::To => format!(" (to: {party})"),
                    Direction::From => format!(" (from: {party})"),
                }
            },
        };
        let unanswered = match (referral.unanswered, self.lang) {
            (0, _) => String::new(),
            (count, Lang::Ja) => format!(" 未回答の照会{count}件"),
            (count, Lang::En) => {
                format!(
                    ", {}",
                    counted(count, "question to answer", "questions to answer")
                )
            },
        };
        self.line(&format!(
            "{label}{}{office}: {}{} {}{} {}{}{unanswered}",
            self.named(referral.number.as_deref(), &referral.referral),
            tick(referral.received_on.is_some()),
            self.pick("受理", "received"),
            tick(decided),
            self.pick("受入決定", "decided"),
            tick(referral.fed_back),
            self.pick("報告", "fed back"),
        ));
    }
}
