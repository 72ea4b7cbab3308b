//! Sentences about who a person is and what care they need.

use ledger_core::code::ProfileField;
use ledger_core::event::{
    CareProcedureStarted, GuardianDetail, MobilityAssessed, ProfileChanged, ProfileEvent,
    WelfareServicesRecorded,
};

use super::super::words::counted;
use super::words::{AREA, Label, NAME, NOTE, REASON, Words};

pub(super) fn say(event: &ProfileEvent, to: &mut Words) {
    match event {
        ProfileEvent::Registered(event) => {
            to.say("対象者として台帳に登録", "Registered in the ledger")
                .text(NAME, &event.name)
                .coded(AREA, event.area);
        },
        ProfileEvent::Changed(event) => changed(event, to),
        ProfileEvent::BirthDetail(event) => {
            to.say("出生時の情報を記録", "Details of the birth recorded");
            if let Some(band) = event.weight_band {
                let band = to.term(band);
                to.say(format!("出生体重 {band}"), format!("Birth weight: {band}"));
            }
            if let Some(weeks) = event.gestation_weeks.open().copied().flatten() {
                to.say(format!("在胎{weeks}週"), format!("Born in week {weeks}"));
            }
        },
        ProfileEvent::ProcedureStarted(event) => started(event, to),
        ProfileEvent::ProcedureEnded(event) => {
            let procedure = to.term(event.procedure);
            to.say(format!("{procedure}を終了"), format!("{procedure}: ended"))
                .text(REASON, &event.reason);
        },
        ProfileEvent::MobilityAssessed(event) => mobility(event, to),
        ProfileEvent::GuardianAdded(event) => guardian(("登録", "added"), event, to),
        ProfileEvent::GuardianChanged(event) => guardian(("変更", "changed"), event, to),
        ProfileEvent::GuardianRemoved(event) => {
            to.say(
                "保護者・連絡先から外した",
                "No longer a guardian or a contact",
            )
            .text(REASON, &event.reason);
        },
        ProfileEvent::WelfareServices(event) => services(event, to),
        ProfileEvent::CareScore(event) => {
            let (score, form) = (event.score, &event.form_version);
            to.say(
                format!("医療的ケアスコア{score}点（{form}年版）"),
                format!("Medical-care score: {score} (form of {form})"),
            )
            .text(("判定者", "Assessor"), &event.assessor);
        },
    }
}

fn changed(event: &ProfileChanged, to: &mut Words) {
    if event.field == ProfileField::Area {
        let area = match event.area {
            Some(area) => to.term(area),
            None => to.lang.pick("未確認", "not known").to_owned(),
        };
        to.say(
            format!("総合支所を{area}へ変更"),
            format!("Area changed to {area}"),
        );
        return;
    }
    let label = to.term(event.field);
    to.say(format!("{label}を変更"), format!("{label}: changed"))
        .text(("変更前", "Before"), &event.old)
        .text(("変更後", "Now"), &event.new);
}

fn started(event: &CareProcedureStarted, to: &mut Words) {
    let procedure = to.term(event.procedure);
    to.say(format!("{procedure}を開始"), format!("{procedure}: began"));
    if let Some(hours) = event.hours_per_day {
        to.say(
            format!("1日{hours}時間"),
            counted(hours, "hour a day", "hours a day"),
        );
    }
    to.text(("機器", "Device"), &event.device);
}

fn mobility(event: &MobilityAssessed, to: &mut Words) {
    let unknown = to.lang.pick("未確認", "not known").to_owned();
    let motor = event.motor_impairment;
    let motor = motor.map_or(unknown, |motor| to.term(motor));
    let (ja, en) = match event.smid_certified {
        Some(true) => ("有", "yes"),
        Some(false) => ("無", "no"),
        None => ("未確認", "not known"),
    };
    to.labelled(("運動機能障害", "Motor impairment"), &motor)
        .say(
            format!("重症心身障害の認定：{ja}"),
            format!("Certified severe motor and intellectual disability: {en}"),
        );
    if event.movable() {
        to.say(
            "「動ける医療的ケア児・者」に当たる",
            "Mobile with medical care",
        );
    }
}

fn services(event: &WelfareServicesRecorded, to: &mut Words) {
    if event.services.is_empty() {
        to.say("利用中の福祉サービスはない", "Uses no welfare service");
    }
    to.listed(("福祉サービスの利用", "Welfare services"), &event.services)
        .listed(("手帳", "Handbooks"), &event.handbooks)
        .text(NOTE, &event.note);
}

fn guardian((ja, en): Label, event: &GuardianDetail, to: &mut Words) {
    let kind = if event.contact_only {
        to.lang.pick("連絡先", "Contact")
    } else {
        to.lang.pick("保護者", "Guardian")
    };
    to.say(format!("{kind}を{ja}"), format!("{kind} {en}"))
        .text(NAME, &event.name)
        .text(("続柄", "Relation"), &event.relation)
        .text(("連絡先", "Contact"), &event.contact);
}
