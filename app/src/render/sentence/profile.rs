//! Sentences about who a person is and what care they need.

use ledger_core::code::{Area, Handbook, MotorImpairment, ProfileField, WelfareService};
use ledger_core::event::{ChildRegistered, GuardianDetail, ProfileChanged, ProfileEvent};

use super::words::{Words, terms};

pub(super) fn say(event: &ProfileEvent, to: &mut Words) {
    match event {
        ProfileEvent::Registered(event) => registered(event, to),
        ProfileEvent::Changed(event) => changed(event, to),
        ProfileEvent::BirthDetail(event) => {
            to.say("出生時の情報を記録");
            to.maybe(
                event
                    .weight_band
                    .map(|band| format!("出生体重 {}", band.ja())),
            );
            let weeks = event.gestation_weeks.open().copied().flatten();
            to.maybe(weeks.map(|weeks| format!("在胎{weeks}週")));
        },
        ProfileEvent::ProcedureStarted(event) => {
            to.say(format!("{}を開始", event.procedure.ja()));
            to.maybe(event.hours_per_day.map(|hours| format!("1日{hours}時間")));
            to.text("機器", &event.device);
        },
        ProfileEvent::ProcedureEnded(event) => {
            to.say(format!("{}を終了", event.procedure.ja()));
            to.text("理由", &event.reason);
        },
        ProfileEvent::MobilityAssessed(event) => {
            let motor = event.motor_impairment.map(MotorImpairment::ja);
            to.say(format!("運動機能障害：{}", motor.unwrap_or("未確認")));
            let certified = match event.smid_certified {
                Some(true) => "有",
                Some(false) => "無",
                None => "未確認",
            };
            to.say(format!("重症心身障害の認定：{certified}"));
            if event.movable() {
                to.say("「動ける医療的ケア児・者」に当たる");
            }
        },
        ProfileEvent::GuardianAdded(event) => guardian("登録", event, to),
        ProfileEvent::GuardianChanged(event) => guardian("変更", event, to),
        ProfileEvent::GuardianRemoved(event) => {
            to.say("保護者・連絡先から外した")
                .text("理由", &event.reason);
        },
        ProfileEvent::WelfareServices(event) => {
            if event.services.is_empty() {
                to.say("利用中の福祉サービスはない");
            } else {
                let services = terms(&event.services, WelfareService::ja);
                to.say(format!("福祉サービスの利用：{services}"));
            }
            if !event.handbooks.is_empty() {
                to.say(format!("手帳：{}", terms(&event.handbooks, Handbook::ja)));
            }
            to.text("備考", &event.note);
        },
        ProfileEvent::CareScore(event) => {
            let (score, form) = (event.score, &event.form_version);
            to.say(format!("医療的ケアスコア{score}点（{form}年版）"));
            to.text("判定者", &event.assessor);
        },
    }
}

fn registered(event: &ChildRegistered, to: &mut Words) {
    to.say("対象者として台帳に登録");
    to.text("氏名", &event.name);
    to.maybe(event.area.map(|area| format!("総合支所：{}", area.ja())));
}

fn changed(event: &ProfileChanged, to: &mut Words) {
    let label = event.field.ja();
    if event.field == ProfileField::Area {
        let area = event.area.map_or("未確認", Area::ja);
        to.say(format!("総合支所を{area}へ変更"));
        return;
    }
    to.say(format!("{label}を変更"));
    to.text("変更前", &event.old).text("変更後", &event.new);
}

fn guardian(what: &str, event: &GuardianDetail, to: &mut Words) {
    let kind = if event.contact_only {
        "連絡先"
    } else {
        "保護者"
    };
    to.say(format!("{kind}を{what}"));
    to.text("氏名", &event.name);
    to.text("続柄", &event.relation);
    to.text("連絡先", &event.contact);
}
