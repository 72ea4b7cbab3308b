//! Sentences about home-living support plans and discharge.

use ledger_core::code::PartyKind;
use ledger_core::event::{
    SupportPlanConferenceHeld, SupportPlanDelivered, SupportPlanDrafted, SupportPlanEvent,
    SupportPlanRequested, SupportPlanRevised, SupportPlanSectionsWritten,
};

use super::words::{Words, terms};

pub(super) fn say(event: &SupportPlanEvent, to: &mut Words) {
    match event {
        SupportPlanEvent::Requested(event) => requested(event, to),
        SupportPlanEvent::Drafted(event) => drafted(event, to),
        SupportPlanEvent::SectionsWritten(event) => sections(event, to),
        SupportPlanEvent::ConferenceHeld(event) => conference(event, to),
        SupportPlanEvent::Explained(event) => {
            to.say(format!("第{}版を家族に説明した", event.version));
            to.text("相手", &event.to);
        },
        SupportPlanEvent::Agreed(event) => {
            to.say(format!("第{}版に家族が合意", event.version));
            to.text("合意した人", &event.agreed_by);
        },
        SupportPlanEvent::Revised(event) => revised(event, to),
        SupportPlanEvent::Delivered(event) => delivered(event, to),
        SupportPlanEvent::Monitored(event) => {
            to.say("モニタリングを行った").text("結果", &event.findings);
            to.day("次回", event.next_due);
        },
        SupportPlanEvent::HandedOver(event) => {
            to.say("相談支援専門員へ引き継いだ")
                .text("引継ぎ先", &event.to);
            to.text("備考", &event.note);
        },
        SupportPlanEvent::Closed(event) => {
            to.say(format!(
                "在宅生活支援プランを終了（{}）",
                event.closing.ja()
            ));
            to.text("備考", &event.note);
        },
        SupportPlanEvent::Discharged(event) => {
            to.say("退院した").text("病院", &event.hospital);
        },
    }
}

fn sections(event: &SupportPlanSectionsWritten, to: &mut Words) {
    to.say(format!("第{}版の各欄を記入", event.version));
    let sections = [
        ("保健", &event.health),
        ("医療", &event.medical),
        ("福祉", &event.welfare),
        ("教育・保育", &event.education),
        ("家族", &event.family),
        ("連絡先", &event.contacts),
    ];
    for (label, text) in sections {
        to.text(label, text);
    }
}

fn requested(event: &SupportPlanRequested, to: &mut Words) {
    let office = event.requested_by.map_or("関係機関", PartyKind::ja);
    let by = if event.by_family { "家族" } else { office };
    to.say(format!("{by}から在宅生活支援プランの作成の依頼"));
    to.day("退院予定日", event.discharge_planned_on);
    to.text("内容", &event.note);
}

fn drafted(event: &SupportPlanDrafted, to: &mut Words) {
    to.say("在宅生活支援プラン第1版を作成");
    to.day("退院予定日", event.discharge_planned_on);
    to.text("目標", &event.goals)
        .texts("サービス", &event.services);
    to.text("担当", &event.staff);
}

fn conference(event: &SupportPlanConferenceHeld, to: &mut Words) {
    let family = if event.with_family {
        "（家族も出席）"
    } else {
        ""
    };
    to.say(format!("プランの会議を開いた{family}"));
    if !event.parties.is_empty() {
        to.say(format!(
            "出席した機関：{}",
            terms(&event.parties, PartyKind::ja)
        ));
    }
    to.texts("出席者", &event.attendees)
        .text("まとめ", &event.note);
}

fn revised(event: &SupportPlanRevised, to: &mut Words) {
    let why = event.reason.map(|reason| format!("（{}）", reason.ja()));
    to.say(format!(
        "プランを見直し、第{}版を作成{}",
        event.version,
        why.unwrap_or_default()
    ));
    to.day("退院予定日", event.discharge_planned_on);
    to.text("目標", &event.goals)
        .texts("サービス", &event.services);
    to.text("担当", &event.staff);
}

fn delivered(event: &SupportPlanDelivered, to: &mut Words) {
    to.say(format!("第{}版を関係者へ渡した", event.version));
    if !event.parties.is_empty() {
        to.say(format!(
            "渡した機関：{}",
            terms(&event.parties, PartyKind::ja)
        ));
    }
    to.texts("渡した相手", &event.recipients);
}
