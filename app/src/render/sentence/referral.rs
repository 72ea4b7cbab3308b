//! Sentences about referrals and what comes back.

use ledger_core::code::{Channel, Direction, PartyKind, Section, Urgency};
use ledger_core::event::{ReferralEvent, ReferralMade};

use super::words::Words;

pub(super) fn say(event: &ReferralEvent, to: &mut Words) {
    match event {
        ReferralEvent::Made(event) => made(event, to),
        ReferralEvent::Received(event) => {
            to.say(format!("連携先が受理{}", learnt(event.learnt_by)));
            to.text("受理した人", &event.receiver);
        },
        ReferralEvent::Accepted(event) => {
            to.say(format!("連携先が受入れを決定{}", learnt(event.learnt_by)));
            to.text("先方の担当", &event.owner);
        },
        ReferralEvent::Declined(event) => {
            to.say(format!("連携先は受入不可{}", learnt(event.learnt_by)));
            to.text("理由", &event.reason)
                .text("代わりの案", &event.alternative);
        },
        ReferralEvent::Completed(event) => {
            let outcome = event.outcome.map(|outcome| format!("（{}）", outcome.ja()));
            to.say(format!("連携先の対応が完了{}", outcome.unwrap_or_default()));
            to.text("備考", &event.note);
        },
        ReferralEvent::FeedbackReceived(event) => {
            to.say("連携先から報告を受けた")
                .text("報告", &event.feedback);
        },
        ReferralEvent::Withdrawn(event) => {
            to.say("連携を取り下げた").text("理由", &event.reason);
        },
        ReferralEvent::Redirected(event) => {
            to.say("別の連携先へ回した").text("理由", &event.reason);
        },
        ReferralEvent::Reminded(event) => {
            let how = event.channel.map_or("", Channel::ja);
            let how = if how.is_empty() {
                String::new()
            } else {
                format!("（{how}）")
            };
            to.say(format!("状況を照会した（{}回目）{how}", event.nth));
            to.text("内容", &event.note);
        },
        ReferralEvent::InformationRequested(event) => {
            to.say("連携先から照会があった")
                .text("照会", &event.question);
        },
        ReferralEvent::InformationAnswered(event) => {
            to.say("連携先の照会に回答した").text("回答", &event.answer);
        },
        ReferralEvent::ProgressReported(event) => {
            to.say("連携先から経過の報告").text("経過", &event.progress);
        },
        ReferralEvent::Reopened(event) => {
            to.say("連携を再開した").text("理由", &event.reason);
        },
        ReferralEvent::Escalated(event) => {
            to.say("回答がないため上位の担当へ相談した");
            to.text("相手", &event.to).text("内容", &event.note);
        },
    }
}

fn made(event: &ReferralMade, to: &mut Words) {
    let office = if event.party == PartyKind::DistrictCentre {
        let area = event.area.map(|area| format!("{}総合支所", area.ja()));
        let section = event.section.map(Section::ja);
        format!(
            "{}{}",
            area.unwrap_or_else(|| "総合支所".to_owned()),
            section.unwrap_or_default()
        )
    } else {
        event.party.ja().to_owned()
    };
    let urgent = if event.urgency == Some(Urgency::Urgent) {
        "至急で"
    } else {
        ""
    };
    to.say(match event.direction {
        Direction::To => format!("{office}へ{urgent}連携した"),
        Direction::From => format!("{office}から{urgent}連携を受けた"),
    });
    to.maybe(event.reason.map(|reason| format!("理由：{}", reason.ja())));
    to.text("相手", &event.office)
        .text("依頼内容", &event.request);
    to.day("完了の希望日", event.due_on);
    to.text("担当", &event.staff);
}

/// How the centre learnt it, where it writes on the other office's behalf.
fn learnt(by: Option<Channel>) -> String {
    by.map(|by| format!("（{}で確認）", by.ja()))
        .unwrap_or_default()
}
