//! Sentences about consultations.

use ledger_core::event::{ConsultationEvent, ConsultationRecorded};

use super::super::words::by_channel;
use super::words::{CONTENT, REASON, STAFF, Words};

pub(super) fn say(event: &ConsultationEvent, to: &mut Words) {
    match event {
        ConsultationEvent::Recorded(event) => recorded(event, to),
        ConsultationEvent::InquiryLinked(event) => {
            to.say(
                "匿名で受けた相談を、この方の相談として結び付けた",
                "An anonymous consultation was linked to this person",
            );
            to.text(("経緯", "How that was found"), &event.note);
        },
        ConsultationEvent::InquiryUnlinked(event) => {
            to.say(
                "匿名で受けた相談との結び付けを外した",
                "The link to an anonymous consultation was undone",
            );
            to.text(REASON, &event.reason);
        },
    }
}

fn recorded(event: &ConsultationRecorded, to: &mut Words) {
    let unknown = to
        .lang
        .pick("（相談者の記載なし）", "consulter not recorded");
    let by = event
        .consulter
        .map_or_else(|| unknown.to_owned(), |consulter| to.term(consulter));
    let about = to.terms(&event.topics);
    let behind = if about.is_empty() { "" } else { ": " };
    let (ja, en) = match event.channel {
        None => (
            format!("{by}から相談（{about}）"),
            format!("Consultation ({by}){behind}{about}"),
        ),
        Some(how) => (
            format!("{by}から{}で相談（{about}）", how.ja()),
            format!("Consultation ({by}, {}){behind}{about}", by_channel(how)),
        ),
    };
    to.say(ja, en);
    to.text(CONTENT, &event.content)
        .coded(("対応", "Action"), event.action)
        .text(STAFF, &event.staff)
        .minutes(event.duration_minutes)
        .text(("聞いた氏名", "Name given"), &event.name_given);
}
