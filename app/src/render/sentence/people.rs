//! Sentences about hospital stays, consent, the people around a person, next steps and the family's voice.

use ledger_core::event::{
    CareTeamEvent, ConsentEvent, ConsentGiven, FamilyVoiceEvent, FollowUpEvent, HospitalEvent,
    InformationShared,
};

use super::words::{CONTENT, DISCHARGE, Label, NAME, NOTE, OTHER_SIDE, REASON, RESULT, Words};

const DATA: Label = ("範囲", "Data");

pub(super) fn hospital(event: &HospitalEvent, to: &mut Words) {
    match event {
        HospitalEvent::Started(event) => {
            to.say("入院", "Admitted to hospital")
                .text(("病院", "Hospital"), &event.hospital)
                .text(REASON, &event.reason);
        },
        HospitalEvent::NoticeReceived(event) => {
            to.say(
                "病院から退院の連絡を受けた",
                "Notice of a discharge received from the hospital",
            )
            .day(DISCHARGE, event.planned_on)
            .text(("連絡者", "From"), &event.sender)
            .text(CONTENT, &event.note);
        },
        HospitalEvent::DateSet(event) => {
            let on = to.on(event.planned_on);
            to.say(
                format!("退院予定日を{on}とした"),
                format!("Discharge planned for {on}"),
            )
            .text(NOTE, &event.note);
        },
    }
}

pub(super) fn consent(event: &ConsentEvent, to: &mut Words) {
    match event {
        ConsentEvent::Given(event) => given(event, to),
        ConsentEvent::Withdrawn(event) => {
            let by = to.term(event.withdrawn_by);
            to.say(
                format!("{by}が同意を撤回"),
                format!("Consent withdrawn by the {by}"),
            )
            .text(REASON, &event.reason);
        },
        ConsentEvent::Refused(event) => {
            let (by, data) = (to.term(event.refused_by), to.terms(&event.data));
            to.say(
                format!("{by}が情報提供に同意しなかった"),
                format!("Consent to share information refused by the {by}"),
            )
            .labelled(("対象", "Data"), &data)
            .text(REASON, &event.reason);
        },
        ConsentEvent::Shared(event) => shared(event, to),
    }
}

fn given(event: &ConsentGiven, to: &mut Words) {
    let (by, form) = (to.term(event.given_by), to.term(event.form));
    let purpose = to.term(event.purpose);
    let (recipients, data) = (to.terms(&event.recipients), to.terms(&event.data));
    to.say(
        format!("{by}が情報提供に{form}で同意（{purpose}）"),
        format!("Consent to share information given by the {by} ({form}; for {purpose})"),
    )
    .labelled(("提供先", "Recipients"), &recipients)
    .labelled(DATA, &data)
    .day(("期限", "Valid until"), event.valid_to)
    .text(("同意した人", "Consented"), &event.giver)
    .text(NOTE, &event.note);
}

fn shared(event: &InformationShared, to: &mut Words) {
    let (party, what) = (to.term(event.party), to.terms(&event.data));
    let basis = to.term(event.basis);
    to.say(
        format!("{party}へ情報を提供（{what}）"),
        format!("Information shared (to: {party}; {what})"),
    )
    .labelled(("根拠", "Ground"), &basis)
    .text(OTHER_SIDE, &event.recipient)
    .text(CONTENT, &event.what)
    .text(("根拠の説明", "Ground explained"), &event.ground);
}

pub(super) fn care_team(event: &CareTeamEvent, to: &mut Words) {
    match event {
        CareTeamEvent::Joined(event) => {
            let (role, party) = (to.term(event.role), to.term(event.party));
            to.say(
                format!("{role}（{party}）が支援チームに加わった"),
                format!("Joined the care team: {role} ({party})"),
            )
            .text(NAME, &event.person)
            .text(("連絡先", "Contact"), &event.contact);
        },
        CareTeamEvent::Left(event) => {
            to.say("支援チームから離れた", "Left the care team")
                .text(REASON, &event.reason);
        },
        CareTeamEvent::StaffAssigned(event) => {
            let (account, charge) = (&event.account, to.term(event.charge));
            to.say(
                format!("{account}を{charge}とした"),
                format!("Put in charge ({charge}): {account}"),
            );
        },
        CareTeamEvent::StaffUnassigned(event) => {
            let account = &event.account;
            to.say(
                format!("{account}を担当から外した"),
                format!("No longer in charge: {account}"),
            );
        },
        CareTeamEvent::EmergencyAccess(event) => {
            let (account, until) = (&event.account, event.until.in_japan().format("%H:%M"));
            to.say(
                format!("{account}が緊急閲覧を始めた（{until}まで）"),
                format!("Emergency access taken by {account} (until {until})"),
            )
            .text(REASON, &event.reason);
        },
    }
}

pub(super) fn follow_up(event: &FollowUpEvent, to: &mut Words) {
    match event {
        FollowUpEvent::Scheduled(event) => {
            let on = to.on(event.due_on);
            to.say(
                format!("次の対応を{on}までに行う"),
                format!("Next step due by {on}"),
            )
            .text(CONTENT, &event.what);
            if let Some(owner) = &event.owner {
                to.labelled(("担当", "In charge"), &owner.to_string());
            }
        },
        FollowUpEvent::Done(event) => {
            to.say("予定の対応を行った", "Next step done")
                .text(RESULT, &event.result);
        },
        FollowUpEvent::Cancelled(event) => {
            to.say("予定の対応を取りやめた", "Next step given up")
                .text(REASON, &event.reason);
        },
    }
}

pub(super) fn family_voice(event: &FamilyVoiceEvent, to: &mut Words) {
    let FamilyVoiceEvent::Recorded(event) = event;
    let stage = to.term(event.stage);
    if !event.answered {
        to.say(
            format!("家族の声を尋ねた（{stage}）が、回答はなかった"),
            format!("The family was asked how they are ({stage}) and did not answer"),
        );
        return;
    }
    let by = match event.speaker {
        Some(speaker) => to.term(speaker),
        None => to.lang.pick("家族", "family").to_owned(),
    };
    to.say(
        format!("{by}の声（{stage}）"),
        format!("Voice of the {by} ({stage})"),
    )
    .level(("不安", "Anxiety"), event.anxiety, 5)
    .level(("満足", "Satisfaction"), event.satisfaction, 5)
    .text(("言葉", "Words"), &event.voice);
}
