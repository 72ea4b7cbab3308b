//! Sentences about the family's individual disaster plan.

use ledger_core::code::{Area, Office, OutOfAreaReason};
use ledger_core::event::{
    DisasterPlanChecked, DisasterPlanDrafted, DisasterPlanEvent, DisasterPlanRevised,
    DisasterPlanSectionsWritten, DisasterPlanTransferred,
};

use super::words::Words;

pub(super) fn say(event: &DisasterPlanEvent, to: &mut Words) {
    match event {
        DisasterPlanEvent::NeedIdentified(event) => {
            let office = office(event.office, event.area, event.out_of_area);
            to.say(format!(
                "災害時個別支援計画が必要と確認。作成支援は{office}"
            ));
            to.text("備考", &event.note);
        },
        DisasterPlanEvent::NotWanted(event) => {
            to.say("家族は今は災害時個別支援計画を希望しない")
                .text("理由", &event.reason);
        },
        DisasterPlanEvent::Drafted(event) => drafted(event, to),
        DisasterPlanEvent::SectionsWritten(event) => sections(event, to),
        DisasterPlanEvent::Agreed(event) => {
            to.say(format!("計画第{}版を家族が確認", event.version));
            to.text("確認した人", &event.agreed_by);
        },
        DisasterPlanEvent::Verified(event) => {
            checked(
                &format!("{}と一緒に計画を検証", with_whom(event)),
                event,
                to,
            );
        },
        DisasterPlanEvent::ReviewedInternally(event) => {
            checked("計画を内部で点検（保護者の同席なし）", event, to);
        },
        DisasterPlanEvent::Revised(event) => revised(event, to),
        DisasterPlanEvent::Transferred(event) => transferred(event, to),
        DisasterPlanEvent::Used(event) => {
            to.say(format!("{}で計画を使った", event.hazard.ja()));
            to.text("役立ったこと", &event.worked)
                .text("足りなかったこと", &event.failed);
        },
        DisasterPlanEvent::Ended(event) => {
            to.say(format!("災害時個別支援計画を終了（{}）", event.reason.ja()));
            to.text("備考", &event.note);
        },
    }
}

/// The office; of a district centre its area, and why it is another than the person's.
fn office(office: Office, area: Option<Area>, why: Option<OutOfAreaReason>) -> String {
    let name = match (office, area) {
        (Office::DistrictCentre, Some(area)) => format!("{}{}", area.ja(), office.ja()),
        (Office::DistrictCentre, None) | (Office::Centre, _) => office.ja().to_owned(),
    };
    match why {
        Some(why) => format!("{name}（居住地域外。{}）", why.ja()),
        None => name,
    }
}

fn drafted(event: &DisasterPlanDrafted, to: &mut Words) {
    let office = office(event.office, event.area, event.out_of_area);
    to.say(format!("家族の災害時個別支援計画の作成を{office}が支援"));
    to.maybe(event.method.map(|method| format!("方法：{}", method.ja())));
    to.maybe(event.result.map(|result| format!("結果：{}", result.ja())));
    to.text("計画", &event.plan_text)
        .text("課題", &event.issues);
    to.day("次回予定日", event.next_due);
    to.text("担当", &event.staff);
}

/// Who of the family verified the plan; either of them where it was not said.
const fn with_whom(event: &DisasterPlanChecked) -> &'static str {
    match (event.guardian_present, event.person_present) {
        (Some(true), Some(true)) => "保護者・本人",
        (Some(true), _) => "保護者",
        (_, Some(true)) => "本人",
        (Some(false) | None, Some(false) | None) => "保護者または本人",
    }
}

fn checked(what: &str, event: &DisasterPlanChecked, to: &mut Words) {
    let method = event.method.map(|method| format!("（{}）", method.ja()));
    to.say(format!("{what}{}", method.unwrap_or_default()));
    to.maybe(event.result.map(|result| format!("結果：{}", result.ja())));
    to.text("参加者", &event.participants)
        .text("課題", &event.issues);
    to.day("次回予定日", event.next_due);
    to.text("担当", &event.staff);
}

fn revised(event: &DisasterPlanRevised, to: &mut Words) {
    to.say(format!("計画を見直し、第{}版とした", event.version));
    to.maybe(event.method.map(|method| format!("方法：{}", method.ja())));
    to.maybe(event.result.map(|result| format!("結果：{}", result.ja())));
    to.text("計画", &event.plan_text)
        .text("課題", &event.issues);
    to.day("次回予定日", event.next_due);
    to.text("担当", &event.staff);
}

fn transferred(event: &DisasterPlanTransferred, to: &mut Words) {
    let from = event.from.ja();
    let now = office(event.to, event.area, event.out_of_area);
    to.say(format!(
        "計画の支援を{from}から{now}へ移した（{}）",
        event.reason.ja()
    ));
    to.text("備考", &event.note);
}

fn sections(event: &DisasterPlanSectionsWritten, to: &mut Words) {
    to.say(format!("計画第{}版の各欄を記入", event.version));
    if event.electric_device == Some(true) {
        to.say("電源の要る機器を使用");
    }
    to.maybe(
        event
            .battery_minutes
            .map(|minutes| format!("停電時に{minutes}分使用できる")),
    );
    if event.spare_power == Some(true) {
        to.say("予備電源あり");
    }
    to.maybe(
        event
            .water_days
            .map(|days| format!("水・栄養の備え{days}日分")),
    );
    for one in &event.evacuation {
        to.say(format!("{}のとき：{}", one.hazard.ja(), one.decision.ja()));
    }
    let texts = [
        ("電源", &event.power),
        ("酸素", &event.oxygen),
        ("吸引", &event.suction),
        ("栄養・水分", &event.nutrition),
        ("薬", &event.medicines),
        ("避難先・移動", &event.place),
        ("連絡順", &event.contacts),
        ("支援者", &event.helpers),
        ("医療機関", &event.hospital),
    ];
    for (label, text) in texts {
        to.text(label, text);
    }
}
