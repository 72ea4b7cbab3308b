//! What each register's rows become: one row of each register, and a file of tests a register.

mod child;
mod consultation;
mod disaster;
mod others;
mod plan;
mod referral;

use ledger_core::code::{
    Area, CareProcedure, DisasterPlanResult, DisasterPlanStep, FacilityKind, MotorImpairment,
    RevisionReason, Section, SessionKind, Topic,
};

use super::*;
use crate::world::{World, day, text};

pub(super) fn child(number: &str) -> ChildRow {
    ChildRow {
        number: number.to_owned(),
        name: text("見本　花子"),
        kana: text("ミホン　ハナコ"),
        birth_date: day("2019-10-15"),
        area: Some(Area::Kitazawa),
        ventilator: Some(false),
        procedures: vec![CareProcedure::Suction],
        motor_impairment: Some(MotorImpairment::Mild),
        smid_certified: Some(false),
        birth_weight_grams: Some(830),
        registered_on: day("2021-08-02"),
        guardian_name: text("見本　和子"),
        guardian_relation: text("母"),
        flags: Vec::new(),
    }
}

pub(super) fn consultation(number: &str, child: Option<&str>) -> ConsultationRow {
    ConsultationRow {
        number: number.to_owned(),
        day: day("2021-08-06"),
        time: "16:10:00".parse().ok(),
        child: child.map(str::to_owned),
        name: text("見本花子"),
        area: Some(Area::Kitazawa),
        consulter: "guardian".parse().ok(),
        channel: "phone".parse().ok(),
        topics: vec![Topic::Respite],
        content: text("在宅生活の不安について。"),
        action: "advice".parse().ok(),
        staff: text("相談員A"),
        duration_minutes: Some(45),
        flags: Vec::new(),
    }
}

pub(super) fn referral() -> ReferralRow {
    ReferralRow {
        number: "F0001".to_owned(),
        child: text("C001"),
        made_on: day("2021-09-10"),
        area: Some(Area::Kitazawa),
        section: Some(Section::HealthWelfare),
        request: text("手当の案内"),
        urgency: "normal".parse().ok(),
        received_on: None,
        accepted_on: None,
        declined_on: None,
        decline_reason: None,
        completed_on: None,
        outcome: None,
        feedback: None,
        flags: Vec::new(),
    }
}

pub(super) fn plan(version: u32, made_on: &str) -> SupportPlanRow {
    SupportPlanRow {
        number: "P001".to_owned(),
        child: text("C001"),
        version,
        made_on: day(made_on),
        agreed_on: None,
        discharge_planned_on: None,
        discharged_on: None,
        reason: (version > 1).then_some(RevisionReason::Yearly),
        goals: text("自宅で安心して暮らす"),
        services: vec!["訪問看護".to_owned()],
        staff: text("保健師C"),
        flags: Vec::new(),
    }
}

pub(super) fn disaster(
    step: DisasterPlanStep,
    on: &str,
    guardian: Option<bool>,
) -> DisasterPlanRow {
    DisasterPlanRow {
        number: "D019".to_owned(),
        child: text("C001"),
        step,
        day: day(on),
        guardian_present: guardian,
        method: "visit".parse().ok(),
        result: Some(DisasterPlanResult::Valid),
        issues: None,
        next_due: None,
        staff: text("相談員B"),
        flags: Vec::new(),
    }
}

pub(super) fn visit(number: &str, nth: u32) -> FacilityRow {
    FacilityRow {
        number: number.to_owned(),
        facility: text("X01"),
        name: text("見本保育園"),
        kind: Some(FacilityKind::Nursery),
        area: Some(Area::Tamagawa),
        day: day("2021-08-03"),
        nth,
        staff_kind: "nurse".parse().ok(),
        content: text("受入れ前の環境確認"),
        duration_minutes: Some(90),
        flags: Vec::new(),
    }
}

pub(super) fn session(number: &str, kind: SessionKind) -> TrainingRow {
    TrainingRow {
        number: number.to_owned(),
        trainee: text("T01"),
        name: text("研修　一"),
        office: text("見本相談支援事業所"),
        day: day("2021-08-13"),
        kind,
        content: None,
        duration_minutes: Some(180),
        flags: Vec::new(),
    }
}

pub(super) fn with_child() -> World {
    let mut world = World::new();
    world.does(&child("C001"));
    world
}

pub(super) fn ventilator_user() -> World {
    let mut world = World::new();
    let mut row = child("C001");
    row.ventilator = Some(true);
    row.procedures = vec![CareProcedure::Ventilator];
    world.does(&row);
    world
}
