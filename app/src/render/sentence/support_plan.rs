//! Sentences about home-living support plans and discharge.

use ledger_core::event::{
    SupportPlanConferenceHeld, SupportPlanDelivered, SupportPlanDrafted, SupportPlanEvent,
    SupportPlanRequested, SupportPlanRevised, SupportPlanSectionsWritten,
};

use super::words::{CONTENT, DISCHARGE, Label, NOTE, OTHER_SIDE, STAFF, Words};

const GOALS: Label = ("目標", "Goals");
const SERVICES: Label = ("サービス", "Services");

pub(super) fn say(event: &SupportPlanEvent, to: &mut Words) {
    match event {
        SupportPlanEvent::Requested(event) => requested(event, to),
        SupportPlanEvent::Drafted(event) => drafted(event, to),
        SupportPlanEvent::SectionsWritten(event) => sections(event, to),
        SupportPlanEvent::ConferenceHeld(event) => conference(event, to),
        SupportPlanEvent::Explained(event) => {
            let version = event.version;
            to.say(
                format!("第{version}版を家族に説明した"),
                format!("Version {version} explained to the family"),
            )
            .text(OTHER_SIDE, &event.to);
        },
        SupportPlanEvent::Agreed(event) => {
            let version = event.version;
            to.say(
                format!("第{version}版に家族が合意"),
                format!("Version {version} agreed by the family"),
            )
            .text(("合意した人", "Agreed by"), &event.agreed_by);
        },
        SupportPlanEvent::Revised(event) => revised(event, to),
        SupportPlanEvent::Delivered(event) => delivered(event, to),
        SupportPlanEvent::Monitored(event) => {
            to.say("モニタリングを行った", "Monitoring done")
                .text(("結果", "Findings"), &event.findings)
                .day(("次回", "Next"), event.next_due);
        },
        SupportPlanEvent::HandedOver(event) => {
            to.say(
                "相談支援専門員へ引き継いだ",
                "Handed over to a support specialist",
            )
            .text(("引継ぎ先", "To"), &event.to)
            .text(NOTE, &event.note);
        },
        SupportPlanEvent::Closed(event) => {
            let closing = to.term(event.closing);
            to.say(
                format!("在宅生活支援プランを終了（{closing}）"),
                format!("Home-living support plan closed ({closing})"),
            )
            .text(NOTE, &event.note);
        },
        SupportPlanEvent::Discharged(event) => {
            to.say("退院した", "Discharged from hospital")
                .text(("病院", "Hospital"), &event.hospital);
        },
    }
}

fn sections(event: &SupportPlanSectionsWritten, to: &mut Words) {
    let version = event.version;
    to.say(
        format!("第{version}版の各欄を記入"),
        format!("Sections of version {version} written"),
    );
    for (label, text) in [
        (("保健", "Health"), &event.health),
        (("医療", "Medical care"), &event.medical),
        (("福祉", "Welfare"), &event.welfare),
        (("教育・保育", "Education"), &event.education),
        (("家族", "Family"), &event.family),
        (("連絡先", "Contacts"), &event.contacts),
    ] {
        to.text(label, text);
    }
}

fn requested(event: &SupportPlanRequested, to: &mut Words) {
    let by = match event.requested_by {
        _ if event.by_family => to.lang.pick("家族", "family").to_owned(),
        Some(office) => to.term(office),
        None => to.lang.pick("関係機関", "another office").to_owned(),
    };
    to.say(
        format!("{by}から在宅生活支援プランの作成の依頼"),
        format!("Home-living support plan asked for (by: {by})"),
    )
    .day(DISCHARGE, event.discharge_planned_on)
    .text(CONTENT, &event.note);
}

fn drafted(event: &SupportPlanDrafted, to: &mut Words) {
    to.say(
        "在宅生活支援プラン第1版を作成",
        "Home-living support plan drafted: version 1",
    )
    .day(DISCHARGE, event.discharge_planned_on)
    .text(GOALS, &event.goals)
    .texts(SERVICES, &event.services)
    .text(STAFF, &event.staff);
}

fn conference(event: &SupportPlanConferenceHeld, to: &mut Words) {
    let (ja, en) = if event.with_family {
        ("（家族も出席）", ", with the family")
    } else {
        ("", "")
    };
    to.say(
        format!("プランの会議を開いた{ja}"),
        format!("Plan conference held{en}"),
    )
    .listed(("出席した機関", "Offices"), &event.parties)
    .texts(("出席者", "Attendees"), &event.attendees)
    .text(("まとめ", "Summary"), &event.note);
}

fn revised(event: &SupportPlanRevised, to: &mut Words) {
    let (version, why) = (event.version, to.aside(event.reason));
    to.say(
        format!("プランを見直し、第{version}版を作成{why}"),
        format!("Plan revised: version {version}{why}"),
    )
    .day(DISCHARGE, event.discharge_planned_on)
    .text(GOALS, &event.goals)
    .texts(SERVICES, &event.services)
    .text(STAFF, &event.staff);
}

fn delivered(event: &SupportPlanDelivered, to: &mut Words) {
    let version = event.version;
    to.say(
        format!("第{version}版を関係者へ渡した"),
        format!("Version {version} handed to those involved"),
    )
    .listed(("渡した機関", "Offices"), &event.parties)
    .texts(("渡した相手", "Recipients"), &event.recipients);
}
