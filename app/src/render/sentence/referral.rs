//! Sentences about referrals and what comes back.

use ledger_core::code::{Channel, Direction, PartyKind, Urgency};
use ledger_core::event::{
    ReferralAccepted, ReferralDeclined, ReferralEvent, ReferralMade, ReferralReceived,
    ReferralReminded,
};

use super::super::words::by_channel;
use super::words::{ANSWER, CONTENT, Label, NOTE, OTHER_SIDE, REASON, STAFF, Words};

pub(super) fn say(event: &ReferralEvent, to: &mut Words) {
    match event {
        ReferralEvent::Made(event) => made(event, to),
        ReferralEvent::Received(event) => received(event, to),
        ReferralEvent::Accepted(event) => accepted(event, to),
        ReferralEvent::Declined(event) => declined(event, to),
        ReferralEvent::Completed(event) => {
            let outcome = to.aside(event.outcome);
            to.say(
                format!("連携先の対応が完了{outcome}"),
                format!("Completed by the other office{outcome}"),
            )
            .text(NOTE, &event.note);
        },
        ReferralEvent::FeedbackReceived(event) => {
            to.say("連携先から報告を受けた", "The other office reported back")
                .text(("報告", "Report"), &event.feedback);
        },
        ReferralEvent::Withdrawn(event) => {
            to.say("連携を取り下げた", "Referral withdrawn")
                .text(REASON, &event.reason);
        },
        ReferralEvent::Redirected(event) => {
            to.say("別の連携先へ回した", "Passed on to another office")
                .text(REASON, &event.reason);
        },
        ReferralEvent::Reminded(event) => reminded(event, to),
        ReferralEvent::InformationRequested(event) => {
            to.say(
                "連携先から照会があった",
                "The other office asked a question",
            )
            .text(("照会", "Question"), &event.question);
        },
        ReferralEvent::InformationAnswered(event) => {
            to.say(
                "連携先の照会に回答した",
                "Question of the other office answered",
            )
            .text(ANSWER, &event.answer);
        },
        ReferralEvent::ProgressReported(event) => {
            to.say("連携先から経過の報告", "The other office reported progress")
                .text(("経過", "Progress"), &event.progress);
        },
        ReferralEvent::Reopened(event) => {
            to.say("連携を再開した", "Referral reopened")
                .text(REASON, &event.reason);
        },
        ReferralEvent::Escalated(event) => {
            to.say(
                "回答がないため上位の担当へ相談した",
                "Escalated, as there was no answer",
            )
            .text(OTHER_SIDE, &event.to)
            .text(CONTENT, &event.note);
        },
    }
}

fn made(event: &ReferralMade, to: &mut Words) {
    let office = office(event, to);
    let is_urgent = event.urgency == Some(Urgency::Urgent);
    let (urgent, referral) = if is_urgent {
        ("至急で", "Urgent referral")
    } else {
        ("", "Referral")
    };
    match event.direction {
        Direction::To => to.say(
            format!("{office}へ{urgent}連携した"),
            format!("{referral} to: {office}"),
        ),
        Direction::From => to.say(
            format!("{office}から{urgent}連携を受けた"),
            format!("{referral} from: {office}"),
        ),
    };
    to.coded(REASON, event.reason)
        .text(("相手", "Office"), &event.office)
        .text(("依頼内容", "Asked for"), &event.request)
        .day(("完了の希望日", "Wanted by"), event.due_on)
        .text(STAFF, &event.staff);
}

/// The other office; of a district centre its area and its section.
fn office(event: &ReferralMade, to: &Words) -> String {
    if event.party != PartyKind::DistrictCentre {
        return to.term(event.party);
    }
    let area = event.area.map(|area| to.term(area));
    let section = event.section.map(|section| to.term(section));
    let ja = format!(
        "{}総合支所{}",
        area.as_deref().unwrap_or_default(),
        section.as_deref().unwrap_or_default()
    );
    let area = area.map(|area| format!("{area} ")).unwrap_or_default();
    let section = section.map(|section| format!(", {section} section"));
    let en = format!("{area}district centre{}", section.unwrap_or_default());
    to.lang.pick(&ja, &en).to_owned()
}

fn reminded(event: &ReferralReminded, to: &mut Words) {
    let nth = event.nth;
    let (ja, en) = event.channel.map_or_else(Default::default, |how| {
        (
            format!("（{}）", how.ja()),
            format!(", {}", by_channel(how)),
        )
    });
    to.say(
        format!("状況を照会した（{nth}回目）{ja}"),
        format!("Asked how it stands (time {nth}{en})"),
    )
    .text(CONTENT, &event.note);
}

fn received(event: &ReferralReceived, to: &mut Words) {
    let said = ("連携先が受理", "Received by the other office");
    learnt(said, event.learnt_by, to).text(("受理した人", "Receiver"), &event.receiver);
}

fn accepted(event: &ReferralAccepted, to: &mut Words) {
    let said = ("連携先が受入れを決定", "Accepted by the other office");
    learnt(said, event.learnt_by, to).text(("先方の担当", "In charge there"), &event.owner);
}

fn declined(event: &ReferralDeclined, to: &mut Words) {
    let said = ("連携先は受入不可", "Declined by the other office");
    learnt(said, event.learnt_by, to)
        .text(REASON, &event.reason)
        .text(("代わりの案", "Alternative"), &event.alternative);
}

/// What the other office did, and how the centre learnt it, where it writes on that office's behalf.
fn learnt((ja, en): Label, by: Option<Channel>, to: &mut Words) -> &mut Words {
    match by {
        None => to.say(ja, en),
        Some(by) => to.say(
            format!("{ja}（{}で確認）", by.ja()),
            format!("{en} (confirmed {})", by_channel(by)),
        ),
    }
}
