//! Sentences about facilities and advisors in training.

use ledger_core::event::{
    ConfidenceSurveyed, FacilityEvent, FacilityProfile, SupportGiven, TraineeEvent,
};

use super::words::{AREA, CONTENT, Label, NAME, NOTE, REASON, Words};

const CARE_ON_OFFER: Label = ("対応できるケア", "Care on offer");

pub(super) fn facility(event: &FacilityEvent, to: &mut Words) {
    match event {
        FacilityEvent::Registered(event) => {
            profile(("施設を台帳に登録", "Facility registered"), event, to);
        },
        FacilityEvent::Changed(event) => {
            profile(("施設の情報を変更", "Facility changed"), event, to);
        },
        FacilityEvent::Enrolled(event) => {
            let year = to.year(event.fiscal_year);
            to.say(
                format!("{year}の支援対象とした"),
                format!("Taken on for support in {year}"),
            );
        },
        FacilityEvent::Withdrawn(event) => {
            to.say("支援対象から外れた", "No longer supported")
                .text(REASON, &event.reason);
        },
        FacilityEvent::VisitScheduled(event) => {
            let on = to.on(event.planned_on);
            to.say(
                format!("{on}に訪問を予定"),
                format!("Visit planned for {on}"),
            )
            .coded(("職種", "Staff"), event.staff_kind)
            .text(CONTENT, &event.note);
        },
        FacilityEvent::VisitCancelled(event) => {
            to.say("予定した訪問を取りやめた", "Planned visit cancelled")
                .text(REASON, &event.reason);
        },
        FacilityEvent::SupportGiven(event) => visit(event, to),
        FacilityEvent::ConfidenceSurveyed(event) => confidence(event, to),
        FacilityEvent::AcceptanceRecorded(event) => {
            let outcome = to.term(event.outcome);
            to.say(
                format!("医療的ケア児の{outcome}"),
                format!("Child with medical care {outcome}"),
            )
            .listed(("必要なケア", "Care needed"), &event.procedures)
            .text(REASON, &event.reason);
        },
        FacilityEvent::StaffingChanged(event) => {
            let nurses = to.full_time(event.nurse_fte_hundredths);
            to.say(format!("看護師 {nurses}"), format!("Nurses: {nurses}"))
                .listed(CARE_ON_OFFER, &event.procedures);
        },
    }
}

fn confidence(event: &ConfidenceSurveyed, to: &mut Words) {
    let about = match event.procedure {
        Some(procedure) => to.term(procedure),
        None => to.lang.pick("全体", "in general").to_owned(),
    };
    let (phase, level) = (to.term(event.phase), event.confidence);
    to.say(
        format!("手技への自信（{phase}、{about}）：{level}/5"),
        format!("Confidence in procedures ({phase} support, {about}): {level}/5"),
    )
    .level(("孤立感", "Isolation"), event.isolation, 5)
    .text(("声", "Words"), &event.note);
}

fn profile((ja, en): Label, event: &FacilityProfile, to: &mut Words) {
    to.say(ja, en);
    if let Some(name) = &event.name {
        to.labelled(("名称", "Name"), name);
    }
    to.coded(("種別", "Kind"), event.kind)
        .coded(AREA, event.area);
}

fn visit(event: &SupportGiven, to: &mut Words) {
    let by = match event.staff_kind {
        Some(staff) => to.term(staff),
        None => to.lang.pick("職員", "staff").to_owned(),
    };
    let (ja, en) = event.nth.map_or_else(Default::default, |nth| {
        (
            format!("（年度{nth}回目）"),
            format!(" (visit {nth} of the year)"),
        )
    });
    to.say(
        format!("{by}が訪問し技術支援{ja}"),
        format!("Technical support on a visit: {by}{en}"),
    )
    .text(CONTENT, &event.content)
    .minutes(event.duration_minutes);
}

pub(super) fn trainee(event: &TraineeEvent, to: &mut Words) {
    match event {
        TraineeEvent::Enrolled(event) => {
            to.say("受講を開始", "Training begun")
                .text(NAME, &event.name)
                .text(("所属", "Office"), &event.office);
        },
        TraineeEvent::GoalSet(event) => {
            to.say("育成の目標を定めた", "Goal of the training set")
                .text(("目標", "Goal"), &event.goal)
                .day(("期限", "Due"), event.due_on);
        },
        TraineeEvent::SessionHeld(event) => {
            let kind = to.term(event.kind);
            to.say(
                format!("{kind}を行った"),
                format!("Training session held: {kind}"),
            )
            .text(CONTENT, &event.content)
            .minutes(event.duration_minutes);
        },
        TraineeEvent::CompetencyAssessed(event) => {
            let (competency, level) = (to.term(event.competency), event.level);
            to.say(
                format!("{competency}：{level}/4"),
                format!("{competency}: {level}/4"),
            )
            .text(("評価者", "Assessor"), &event.assessor)
            .text(NOTE, &event.note);
        },
        TraineeEvent::SupervisedPlanDrafted(event) => {
            to.say(
                "指導のもとでプランを作成した",
                "Plan drafted under supervision",
            )
            .text(NOTE, &event.note);
        },
        TraineeEvent::Suspended(event) => {
            to.say("受講を休止", "Training suspended")
                .text(REASON, &event.reason);
        },
        TraineeEvent::Resumed(event) => {
            to.say("受講を再開", "Training resumed")
                .text(REASON, &event.reason);
        },
        TraineeEvent::Left(event) => {
            to.say(
                "修了せずに受講を終えた",
                "Training left without completing it",
            )
            .text(REASON, &event.reason);
        },
        TraineeEvent::Completed(event) => {
            to.say("修了", "Training completed")
                .text(("根拠", "Ground"), &event.basis);
        },
    }
}
