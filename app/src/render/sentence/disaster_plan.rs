//! Sentences about the family's individual disaster plan.

use ledger_core::code::{Area, Office, OutOfAreaReason};
use ledger_core::event::{
    DisasterPlanChecked, DisasterPlanDrafted, DisasterPlanEvent, DisasterPlanRevised,
    DisasterPlanSectionsWritten, DisasterPlanTransferred,
};

use super::super::words::counted;
use super::words::{Label, NOTE, REASON, RESULT, STAFF, Words};
use crate::lang::Lang;

const METHOD: Label = ("方法", "Method");
const PLAN: Label = ("計画", "Plan");
const ISSUES: Label = ("課題", "Issues");
const NEXT: Label = ("次回予定日", "Next due");

pub(super) fn say(event: &DisasterPlanEvent, to: &mut Words) {
    match event {
        DisasterPlanEvent::NeedIdentified(event) => {
            let office = office((event.office, event.area, event.out_of_area), to);
            to.say(
                format!("災害時個別支援計画が必要と確認。作成支援は{office}"),
                format!("A disaster plan is needed, to be supported by the {office}"),
            )
            .text(NOTE, &event.note);
        },
        DisasterPlanEvent::NotWanted(event) => {
            to.say(
                "家族は今は災害時個別支援計画を希望しない",
                "The family does not want a disaster plan now",
            )
            .text(REASON, &event.reason);
        },
        DisasterPlanEvent::Drafted(event) => drafted(event, to),
        DisasterPlanEvent::SectionsWritten(event) => sections(event, to),
        DisasterPlanEvent::Agreed(event) => {
            let version = event.version;
            to.say(
                format!("計画第{version}版を家族が確認"),
                format!("Version {version} of the plan confirmed by the family"),
            )
            .text(("確認した人", "Confirmed by"), &event.agreed_by);
        },
        DisasterPlanEvent::Verified(event) => {
            let (ja, en) = with_whom(event);
            let said = (
                format!("{ja}と一緒に計画を検証"),
                format!("Plan verified together with the {en}"),
            );
            checked(said, event, to);
        },
        DisasterPlanEvent::ReviewedInternally(event) => {
            let ja = "計画を内部で点検（保護者の同席なし）";
            let en = "Plan reviewed internally, without the guardian";
            checked((ja.to_owned(), en.to_owned()), event, to);
        },
        DisasterPlanEvent::Revised(event) => revised(event, to),
        DisasterPlanEvent::Transferred(event) => transferred(event, to),
        DisasterPlanEvent::Used(event) => {
            let hazard = to.term(event.hazard);
            to.say(
                format!("{hazard}で計画を使った"),
                format!("Plan used ({hazard})"),
            )
            .text(("役立ったこと", "What helped"), &event.worked)
            .text(("足りなかったこと", "What was missing"), &event.failed);
        },
        DisasterPlanEvent::Ended(event) => {
            let reason = to.term(event.reason);
            to.say(
                format!("災害時個別支援計画を終了（{reason}）"),
                format!("Disaster plan ended ({reason})"),
            )
            .text(NOTE, &event.note);
        },
    }
}

/// The office; of a district centre its area, and why it is another than the person's.
fn office(
    (office, area, why): (Office, Option<Area>, Option<OutOfAreaReason>),
    to: &Words,
) -> String {
    let own = to.term(office);
    let name = match (office, area) {
        (Office::DistrictCentre, Some(area)) => {
            let gap = to.lang.pick("", " ");
            format!("{}{gap}{own}", to.term(area))
        },
        (Office::DistrictCentre, None) | (Office::Centre, _) => own,
    };
    match (why, to.lang) {
        (Some(why), Lang::Ja) => format!("{name}（居住地域外。{}）", to.term(why)),
        (Some(why), Lang::En) => format!("{name} (outside the person's area: {})", to.term(why)),
        (None, _) => name,
    }
}

fn drafted(event: &DisasterPlanDrafted, to: &mut Words) {
    let office = office((event.office, event.area, event.out_of_area), to);
    to.say(
        format!("家族の災害時個別支援計画の作成を{office}が支援"),
        format!("The family's disaster plan drafted, supported by the {office}"),
    );
    to.coded(METHOD, event.method)
        .coded(RESULT, event.result)
        .text(PLAN, &event.plan_text)
        .text(ISSUES, &event.issues)
        .day(NEXT, event.next_due)
        .text(STAFF, &event.staff);
}

/// Who of the family verified the plan; either of them where it was not said.
const fn with_whom(event: &DisasterPlanChecked) -> Label {
    match (event.guardian_present, event.person_present) {
        (Some(true), Some(true)) => ("保護者・本人", "guardian and the person"),
        (Some(true), _) => ("保護者", "guardian"),
        (_, Some(true)) => ("本人", "person"),
        (Some(false) | None, Some(false) | None) => ("保護者または本人", "guardian or the person"),
    }
}

fn checked((ja, en): (String, String), event: &DisasterPlanChecked, to: &mut Words) {
    let method = to.aside(event.method);
    to.say(ja + &method, en + &method);
    to.coded(RESULT, event.result)
        .text(("参加者", "Took part"), &event.participants)
        .text(ISSUES, &event.issues)
        .day(NEXT, event.next_due)
        .text(STAFF, &event.staff);
}

fn revised(event: &DisasterPlanRevised, to: &mut Words) {
    let version = event.version;
    to.say(
        format!("計画を見直し、第{version}版とした"),
        format!("Plan revised: version {version}"),
    );
    to.coded(METHOD, event.method)
        .coded(RESULT, event.result)
        .text(PLAN, &event.plan_text)
        .text(ISSUES, &event.issues)
        .day(NEXT, event.next_due)
        .text(STAFF, &event.staff);
}

fn transferred(event: &DisasterPlanTransferred, to: &mut Words) {
    let from = to.term(event.from);
    let now = office((event.to, event.area, event.out_of_area), to);
    let reason = to.term(event.reason);
    to.say(
        format!("計画の支援を{from}から{now}へ移した（{reason}）"),
        format!("Support of the plan moved from the {from} to the {now} ({reason})"),
    )
    .text(NOTE, &event.note);
}

fn sections(event: &DisasterPlanSectionsWritten, to: &mut Words) {
    let version = event.version;
    to.say(
        format!("計画第{version}版の各欄を記入"),
        format!("Sections of version {version} of the plan written"),
    );
    if event.electric_device == Some(true) {
        to.say("電源の要る機器を使用", "Uses a device that needs power");
    }
    if let Some(minutes) = event.battery_minutes {
        let for_minutes = counted(minutes, "minute", "minutes");
        to.say(
            format!("停電時に{minutes}分使用できる"),
            format!("Runs for {for_minutes} in a blackout"),
        );
    }
    if event.spare_power == Some(true) {
        to.say("予備電源あり", "Spare power at hand");
    }
    if let Some(days) = event.water_days {
        let for_days = counted(days, "day", "days");
        to.say(
            format!("水・栄養の備え{days}日分"),
            format!("Water and nutrition for {for_days}"),
        );
    }
    for one in &event.evacuation {
        let (hazard, decision) = (to.term(one.hazard), to.term(one.decision));
        to.say(
            format!("{hazard}のとき：{decision}"),
            format!("Evacuation ({hazard}): {decision}"),
        );
    }
    for (label, text) in [
        (("電源", "Power"), &event.power),
        (("酸素", "Oxygen"), &event.oxygen),
        (("吸引", "Suction"), &event.suction),
        (("栄養・水分", "Nutrition and water"), &event.nutrition),
        (("薬", "Medicines"), &event.medicines),
        (("避難先・移動", "Where to and how"), &event.place),
        (("連絡順", "Order of calls"), &event.contacts),
        (("支援者", "Helpers"), &event.helpers),
        (("医療機関", "Hospital"), &event.hospital),
    ] {
        to.text(label, text);
    }
}
