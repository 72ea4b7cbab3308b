//! Sentences about consultations.

use ledger_core::code::{Channel, Consulter, Topic};
use ledger_core::event::{ConsultationEvent, ConsultationRecorded};

use super::words::{Words, terms};

pub(super) fn say(event: &ConsultationEvent, to: &mut Words) {
    match event {
        ConsultationEvent::Recorded(event) => recorded(event, to),
        ConsultationEvent::InquiryLinked(event) => {
            to.say("匿名で受けた相談を、この方の相談として結び付けた");
            to.text("経緯", &event.note);
        },
        ConsultationEvent::InquiryUnlinked(event) => {
            to.say("匿名で受けた相談との結び付けを外した");
            to.text("理由", &event.reason);
        },
    }
}

fn recorded(event: &ConsultationRecorded, to: &mut Words) {
    let by = event
        .consulter
        .map_or("（相談者の記載なし）", Consulter::ja);
    let how = event.channel.map_or("", Channel::ja);
    let about = terms(&event.topics, Topic::ja);
    to.say(if how.is_empty() {
        format!("{by}から相談（{about}）")
    } else {
        format!("{by}から{how}で相談（{about}）")
    });
    to.text("内容", &event.content);
    to.maybe(event.action.map(|action| format!("対応：{}", action.ja())));
    to.text("担当", &event.staff);
    to.maybe(event.duration_minutes.map(|minutes| format!("{minutes}分")));
    to.text("聞いた氏名", &event.name_given);
}
