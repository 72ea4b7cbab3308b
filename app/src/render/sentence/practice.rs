//! Sentences about facilities and advisors in training.

use ledger_core::code::{CareProcedure, VisitStaff};
use ledger_core::event::{FacilityEvent, FacilityProfile, SupportGiven, TraineeEvent};
use ledger_core::time::{wareki, wareki_fiscal_year};

use super::words::{Words, full_time, terms};

pub(super) fn facility(event: &FacilityEvent, to: &mut Words) {
    match event {
        FacilityEvent::Registered(event) => profile("施設を台帳に登録", event, to),
        FacilityEvent::Changed(event) => profile("施設の情報を変更", event, to),
        FacilityEvent::Enrolled(event) => {
            to.say(format!(
                "{}の支援対象とした",
                wareki_fiscal_year(event.fiscal_year)
            ));
        },
        FacilityEvent::Withdrawn(event) => {
            to.say("支援対象から外れた").text("理由", &event.reason);
        },
        FacilityEvent::VisitScheduled(event) => {
            to.say(format!("{}に訪問を予定", wareki(event.planned_on)));
            to.maybe(
                event
                    .staff_kind
                    .map(|staff| format!("職種：{}", staff.ja())),
            );
            to.text("内容", &event.note);
        },
        FacilityEvent::VisitCancelled(event) => {
            to.say("予定した訪問を取りやめた")
                .text("理由", &event.reason);
        },
        FacilityEvent::SupportGiven(event) => visit(event, to),
        FacilityEvent::ConfidenceSurveyed(event) => {
            let about = event.procedure.map_or("全体", CareProcedure::ja);
            let (phase, level) = (event.phase.ja(), event.confidence);
            to.say(format!("手技への自信（{phase}、{about}）：{level}/5"));
            to.maybe(event.isolation.map(|level| format!("孤立感 {level}/5")));
            to.text("声", &event.note);
        },
        FacilityEvent::AcceptanceRecorded(event) => {
            to.say(format!("医療的ケア児の{}", event.outcome.ja()));
            if !event.procedures.is_empty() {
                to.say(format!(
                    "必要なケア：{}",
                    terms(&event.procedures, CareProcedure::ja)
                ));
            }
            to.text("理由", &event.reason);
        },
        FacilityEvent::StaffingChanged(event) => {
            to.say(format!("看護師 {}", full_time(event.nurse_fte_hundredths)));
            if !event.procedures.is_empty() {
                to.say(format!(
                    "対応できるケア：{}",
                    terms(&event.procedures, CareProcedure::ja)
                ));
            }
        },
    }
}

fn profile(what: &str, event: &FacilityProfile, to: &mut Words) {
    to.say(what);
    to.maybe(event.name.clone().map(|name| format!("名称：{name}")));
    to.maybe(event.kind.map(|kind| format!("種別：{}", kind.ja())));
    to.maybe(event.area.map(|area| format!("総合支所：{}", area.ja())));
}

fn visit(event: &SupportGiven, to: &mut Words) {
    let by = event.staff_kind.map_or("職員", VisitStaff::ja);
    let nth = event.nth.map(|nth| format!("（年度{nth}回目）"));
    to.say(format!("{by}が訪問し技術支援{}", nth.unwrap_or_default()));
    to.text("内容", &event.content);
    to.maybe(event.duration_minutes.map(|minutes| format!("{minutes}分")));
}

pub(super) fn trainee(event: &TraineeEvent, to: &mut Words) {
    match event {
        TraineeEvent::Enrolled(event) => {
            to.say("受講を開始")
                .text("氏名", &event.name)
                .text("所属", &event.office);
        },
        TraineeEvent::GoalSet(event) => {
            to.say("育成の目標を定めた")
                .text("目標", &event.goal)
                .day("期限", event.due_on);
        },
        TraineeEvent::SessionHeld(event) => {
            to.say(format!("{}を行った", event.kind.ja()))
                .text("内容", &event.content);
            to.maybe(event.duration_minutes.map(|minutes| format!("{minutes}分")));
        },
        TraineeEvent::CompetencyAssessed(event) => {
            to.say(format!("{}：{}/4", event.competency.ja(), event.level));
            to.text("評価者", &event.assessor).text("備考", &event.note);
        },
        TraineeEvent::SupervisedPlanDrafted(event) => {
            to.say("指導のもとでプランを作成した")
                .text("備考", &event.note);
        },
        TraineeEvent::Suspended(event) => {
            to.say("受講を休止").text("理由", &event.reason);
        },
        TraineeEvent::Resumed(event) => {
            to.say("受講を再開").text("理由", &event.reason);
        },
        TraineeEvent::Left(event) => {
            to.say("修了せずに受講を終えた").text("理由", &event.reason);
        },
        TraineeEvent::Completed(event) => {
            to.say("修了").text("根拠", &event.basis);
        },
    }
}
