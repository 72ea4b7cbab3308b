//! What a timeline shows of plans.

use ledger_core::code::{Area, Evacuation, Hazard, Office, PartyKind, PlanClosing, RevisionReason};
use ledger_core::event::{
    DisasterPlanEvent, DisasterPlanNeedIdentified, DisasterPlanNotWanted, DisasterPlanRevised,
    DisasterPlanSectionsWritten, HazardDecision, SupportPlanConferenceHeld, SupportPlanDelivered,
    SupportPlanDrafted, SupportPlanEvent, SupportPlanHandedOver, SupportPlanMonitored,
    SupportPlanRequested, SupportPlanRevised, SupportPlanSectionsWritten,
};
use ledger_core::id::SupportPlanId;
use ledger_core::private::Private;
use serde_json::json;
use uuid::Uuid;

use super::*;

const SUPPORT: SupportPlanId = SupportPlanId::new(Uuid::from_u128(3));

fn sections(version: u32, battery_minutes: u32, flood: Evacuation) -> DisasterPlanEvent {
    DisasterPlanEvent::SectionsWritten(DisasterPlanSectionsWritten {
        plan: PLAN,
        version,
        electric_device: Some(true),
        battery_minutes: Some(battery_minutes),
        spare_power: None,
        water_days: None,
        evacuation: vec![HazardDecision {
            hazard: Hazard::Flood,
            decision: flood,
        }],
        emergency_summary: None,
        power: NOTHING,
        oxygen: NOTHING,
        suction: NOTHING,
        nutrition: NOTHING,
        medicines: NOTHING,
        place: NOTHING,
        contacts: text("父"),
        helpers: NOTHING,
        hospital: NOTHING,
    })
}

#[test]
fn the_sections_of_a_disaster_plan_take_part_in_the_difference_of_its_versions() {
    let mut story = Story::default();
    story.plan_agreed("2023-03-01");
    story
        .0
        .add("2023-03-01", sections(1, 240, Evacuation::Stay));
    let revised = DisasterPlanRevised {
        plan: PLAN,
        version: 2,
        base_version: 1,
        method: None,
        result: None,
        next_due: None,
        plan_text: NOTHING,
        issues: NOTHING,
        staff: NOTHING,
    };
    story
        .0
        .add("2023-05-01", DisasterPlanEvent::Revised(revised));

    let before = story.timeline(day("2023-06-01")).disaster_plans.remove(0);
    story
        .0
        .add("2023-05-01", sections(2, 480, Evacuation::Leave));
    let after = story.timeline(day("2023-06-01")).disaster_plans.remove(0);

    assert_eq!(before.versions[1].sections_of, Some(1));
    assert_eq!(before.differences[0].changes, []);
    assert_eq!(after.versions[1].sections_of, Some(2));
    let changes = &after.differences[0].changes;
    let fields: Vec<&str> = changes.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["battery_minutes", "evacuation"]);
    assert_eq!(changes[0].before, json!(240));
    assert_eq!(changes[0].after, json!(480));
}

#[test]
fn what_was_said_last_about_a_wish_for_a_plan_is_shown() {
    let mut story = Story::default();
    assert_eq!(story.timeline(day("2023-06-01")).disaster_wish, None);

    let needed = DisasterPlanNeedIdentified {
        office: Office::DistrictCentre,
        area: Some(Area::Kinuta),
        out_of_area: None,
        rule: "ventilator-disaster-plan@1".to_owned(),
        note: NOTHING,
    };
    story
        .0
        .add("2023-03-01", DisasterPlanEvent::NeedIdentified(needed));
    let not_wanted = DisasterPlanNotWanted { reason: NOTHING };
    story
        .0
        .add("2023-04-01", DisasterPlanEvent::NotWanted(not_wanted));

    assert_eq!(
        story.as_of("2023-03-31").disaster_wish,
        Some(DisasterWish::Needed {
            on: Some(day("2023-03-01")),
            office: Office::DistrictCentre,
            area: Some(Area::Kinuta),
        })
    );
    assert_eq!(
        story.timeline(day("2023-06-01")).disaster_wish,
        Some(DisasterWish::NotWanted {
            on: Some(day("2023-04-01")),
        })
    );
}

fn written(version: u32, medical: &str, family: Option<&str>) -> SupportPlanEvent {
    SupportPlanEvent::SectionsWritten(SupportPlanSectionsWritten {
        plan: SUPPORT,
        version,
        health: NOTHING,
        medical: text(medical),
        welfare: NOTHING,
        education: NOTHING,
        family: family.map_or(NOTHING, text),
        contacts: NOTHING,
    })
}

fn requested() -> Story {
    let mut story = Story::default();
    let requested = SupportPlanRequested {
        plan: SUPPORT,
        requested_by: Some(PartyKind::Hospital),
        by_family: false,
        discharge_planned_on: None,
        referral: None,
        note: NOTHING,
    };
    story
        .0
        .add("2023-03-01", SupportPlanEvent::Requested(requested));
    story
}

fn drafted() -> Story {
    let mut story = requested();
    let drafted = SupportPlanDrafted {
        plan: SUPPORT,
        number: Some("P001".to_owned()),
        reason: None,
        discharge_planned_on: None,
        goals: text("自宅で暮らす"),
        services: Private::Open(Vec::new()),
        staff: NOTHING,
    };
    story
        .0
        .add("2023-03-10", SupportPlanEvent::Drafted(drafted));
    story
}

#[test]
fn a_requested_plan_is_shown_before_it_is_drafted_and_goes_on_as_the_same() {
    let asked = requested().timeline(day("2023-04-01")).support_plans;
    let begun = drafted().timeline(day("2023-04-01")).support_plans;

    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].requested_by, Some(PartyKind::Hospital));
    assert_eq!(asked[0].versions.len(), 0);
    assert_eq!(begun.len(), 1);
    assert_eq!(begun[0].requested_on, Some(day("2023-03-01")));
    assert_eq!(begun[0].number.as_deref(), Some("P001"));
    assert_eq!(begun[0].versions.len(), 1);
}

#[test]
fn the_sections_of_a_support_plan_stand_as_a_whole_and_differ_from_version_to_version() {
    let mut story = drafted();
    story
        .0
        .add("2023-03-11", written(1, "訪問診療 月1回", Some("父母")));
    story
        .0
        .add("2023-03-12", written(1, "訪問診療 月2回", Some("父母")));
    let revised = SupportPlanRevised {
        plan: SUPPORT,
        version: 2,
        base_version: 1,
        reason: Some(RevisionReason::State),
        discharge_planned_on: None,
        goals: text("自宅で暮らす"),
        services: Private::Open(Vec::new()),
        staff: NOTHING,
    };
    story
        .0
        .add("2023-05-01", SupportPlanEvent::Revised(revised));
    story
        .0
        .add("2023-05-02", written(2, "訪問診療 月4回", None));

    let plan = story.timeline(day("2023-06-01")).support_plans.remove(0);

    assert_eq!(plan.versions[0].sections["medical"], "訪問診療 月2回");
    let changes = &plan.differences[0].changes;
    let fields: Vec<&str> = changes.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["family", "medical"]);
    assert_eq!(changes[0].after, json!(null));
    assert_eq!(changes[1].before, "訪問診療 月2回");
    assert_eq!(changes[1].after, "訪問診療 月4回");
}

#[test]
fn a_plan_shows_who_met_who_got_it_and_when_it_is_due_until_it_is_handed_over() {
    let mut story = drafted();
    let held = SupportPlanConferenceHeld {
        plan: SUPPORT,
        parties: vec![PartyKind::Hospital],
        with_family: true,
        attendees: Private::Open(Vec::new()),
        note: NOTHING,
    };
    story
        .0
        .add("2023-03-20", SupportPlanEvent::ConferenceHeld(held));
    let delivered = SupportPlanDelivered {
        plan: SUPPORT,
        version: 1,
        parties: vec![PartyKind::VisitingNursing],
        organisations: Vec::new(),
        consent: None,
        recipients: Private::Open(Vec::new()),
    };
    story
        .0
        .add("2023-03-25", SupportPlanEvent::Delivered(delivered));
    let monitored = SupportPlanMonitored {
        plan: SUPPORT,
        next_due: Some(day("2023-12-01")),
        findings: NOTHING,
    };
    story
        .0
        .add("2023-06-01", SupportPlanEvent::Monitored(monitored));
    let going_on = story.timeline(day("2023-09-01")).support_plans.remove(0);
    let handed = SupportPlanHandedOver {
        plan: SUPPORT,
        organisation: None,
        referral: None,
        to: text("見本相談支援事業所"),
        note: NOTHING,
    };
    story
        .0
        .add("2023-09-30", SupportPlanEvent::HandedOver(handed));
    let ended = story.timeline(day("2024-01-01")).support_plans.remove(0);

    assert_eq!(going_on.conferences, [day("2023-03-20")]);
    assert_eq!(going_on.deliveries[0].parties, [PartyKind::VisitingNursing]);
    assert_eq!(going_on.monitoring_due_on, Some(day("2023-12-01")));
    assert_eq!(ended.closing, Some(PlanClosing::HandedOver));
    assert_eq!(ended.ended_on, Some(day("2023-09-30")));
    assert_eq!(ended.monitoring_due_on, None);
}
