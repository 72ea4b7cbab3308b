//! Sentences about hospital stays, consent, the people around a person, next steps and the family's voice.

use ledger_core::code::{DataClass, PartyKind, Speaker};
use ledger_core::event::{
    CareTeamEvent, ConsentEvent, ConsentGiven, FamilyVoiceEvent, FollowUpEvent, HospitalEvent,
    InformationShared,
};
use ledger_core::time::wareki;

use super::words::{Words, terms};

pub(super) fn hospital(event: &HospitalEvent, to: &mut Words) {
    match event {
        HospitalEvent::Started(event) => {
            to.say("入院")
                .text("病院", &event.hospital)
                .text("理由", &event.reason);
        },
        HospitalEvent::NoticeReceived(event) => {
            to.say("病院から退院の連絡を受けた")
                .day("退院予定日", event.planned_on);
            to.text("連絡者", &event.sender).text("内容", &event.note);
        },
        HospitalEvent::DateSet(event) => {
            to.say(format!("退院予定日を{}とした", wareki(event.planned_on)));
            to.text("備考", &event.note);
        },
    }
}

pub(super) fn consent(event: &ConsentEvent, to: &mut Words) {
    match event {
        ConsentEvent::Given(event) => given(event, to),
        ConsentEvent::Withdrawn(event) => {
            to.say(format!("{}が同意を撤回", event.withdrawn_by.ja()));
            to.text("理由", &event.reason);
        },
        ConsentEvent::Refused(event) => {
            to.say(format!(
                "{}が情報提供に同意しなかった",
                event.refused_by.ja()
            ));
            to.say(format!("対象：{}", terms(&event.data, DataClass::ja)));
            to.text("理由", &event.reason);
        },
        ConsentEvent::Shared(event) => shared(event, to),
    }
}

fn given(event: &ConsentGiven, to: &mut Words) {
    let (by, form) = (event.given_by.ja(), event.form.ja());
    to.say(format!(
        "{by}が情報提供に{form}で同意（{}）",
        event.purpose.ja()
    ));
    to.say(format!(
        "提供先：{}",
        terms(&event.recipients, PartyKind::ja)
    ));
    to.say(format!("範囲：{}", terms(&event.data, DataClass::ja)));
    to.day("期限", event.valid_to);
    to.text("同意した人", &event.giver)
        .text("備考", &event.note);
}

fn shared(event: &InformationShared, to: &mut Words) {
    let (party, what) = (event.party.ja(), terms(&event.data, DataClass::ja));
    to.say(format!("{party}へ情報を提供（{what}）"));
    to.say(format!("根拠：{}", event.basis.ja()));
    to.text("相手", &event.recipient).text("内容", &event.what);
    to.text("根拠の説明", &event.ground);
}

pub(super) fn care_team(event: &CareTeamEvent, to: &mut Words) {
    match event {
        CareTeamEvent::Joined(event) => {
            to.say(format!(
                "{}（{}）が支援チームに加わった",
                event.role.ja(),
                event.party.ja()
            ));
            to.text("氏名", &event.person)
                .text("連絡先", &event.contact);
        },
        CareTeamEvent::Left(event) => {
            to.say("支援チームから離れた").text("理由", &event.reason);
        },
        CareTeamEvent::StaffAssigned(event) => {
            to.say(format!("{}を{}とした", event.account, event.charge.ja()));
        },
        CareTeamEvent::StaffUnassigned(event) => {
            to.say(format!("{}を担当から外した", event.account));
        },
        CareTeamEvent::EmergencyAccess(event) => {
            let until = event.until.in_japan().format("%H:%M");
            to.say(format!(
                "{}が緊急閲覧を始めた（{until}まで）",
                event.account
            ));
            to.text("理由", &event.reason);
        },
    }
}

pub(super) fn follow_up(event: &FollowUpEvent, to: &mut Words) {
    match event {
        FollowUpEvent::Scheduled(event) => {
            to.say(format!("次の対応を{}までに行う", wareki(event.due_on)));
            to.text("内容", &event.what);
            to.maybe(event.owner.as_ref().map(|owner| format!("担当：{owner}")));
        },
        FollowUpEvent::Done(event) => {
            to.say("予定の対応を行った").text("結果", &event.result);
        },
        FollowUpEvent::Cancelled(event) => {
            to.say("予定の対応を取りやめた").text("理由", &event.reason);
        },
    }
}

pub(super) fn family_voice(event: &FamilyVoiceEvent, to: &mut Words) {
    let FamilyVoiceEvent::Recorded(event) = event;
    let stage = event.stage.ja();
    if !event.answered {
        to.say(format!("家族の声を尋ねた（{stage}）が、回答はなかった"));
        return;
    }
    let by = event.speaker.map_or("家族", Speaker::ja);
    to.say(format!("{by}の声（{stage}）"));
    to.maybe(event.anxiety.map(|level| format!("不安 {level}/5")));
    to.maybe(event.satisfaction.map(|level| format!("満足 {level}/5")));
    to.text("言葉", &event.voice);
}
