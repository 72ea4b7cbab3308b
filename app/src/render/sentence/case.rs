//! Sentences about a case as a whole, and about corrections.

use ledger_core::code::DuplicateEvidence;
use ledger_core::event::{CaseEvent, CorrectionEvent, EventCorrected};

use ledger_core::time::Occurred;

use super::super::titles::event_title;
use super::words::{Words, terms};
use crate::lang::Lang;

pub(super) fn case(event: &CaseEvent, to: &mut Words) {
    match event {
        CaseEvent::Closed(event) => {
            to.say(format!("支援を終結（{}）", event.reason.ja()));
            if event.left_open > 0 {
                to.say(format!("終わっていないもの{}件", event.left_open));
            }
            to.text("例外の理由", &event.exception)
                .text("備考", &event.note);
        },
        CaseEvent::Reopened(event) => {
            to.say("支援を再開").text("理由", &event.reason);
        },
        CaseEvent::DuplicateSuspected(event) => {
            let alike = terms(&event.evidence, DuplicateEvidence::ja);
            to.say(format!("別の登録と同じ方の疑い（一致：{alike}）"));
            to.text("備考", &event.note);
        },
        CaseEvent::DuplicateDismissed(event) => {
            to.say("別の方であると確認").text("理由", &event.reason);
        },
        CaseEvent::Merged(event) => {
            to.say("二つの登録を同じ方として統合（承認済）")
                .text("備考", &event.note);
        },
        CaseEvent::MergeUndone(event) => {
            to.say("統合を取り消し、別の方とした")
                .text("理由", &event.reason);
        },
    }
}

pub(super) fn correction(event: &CorrectionEvent, to: &mut Words) {
    match event {
        CorrectionEvent::Corrected(event) | CorrectionEvent::IdentityCorrected(event) => {
            corrected(event, to);
        },
        CorrectionEvent::Annulled(event) => {
            to.say(format!("記録を取り消した（{}）", event.reason.ja()));
            to.text("説明", &event.explanation);
        },
        CorrectionEvent::AnnulmentReversed(event) => {
            to.say(format!("取消しを撤回した（{}）", event.reason.ja()));
            to.text("説明", &event.explanation);
        },
        CorrectionEvent::Reassigned(event) => {
            to.say(format!(
                "別の対象者の記録へ付け替えた（{}）",
                event.reason.ja()
            ));
            to.text("説明", &event.explanation);
        },
    }
}

fn corrected(event: &EventCorrected, to: &mut Words) {
    let title = event_title(&event.target_type, Lang::Ja);
    to.say(format!("「{title}」の記録を訂正（{}）", event.reason.ja()));
    to.day("起きた日", event.occurred.and_then(Occurred::day));
    to.text("説明", &event.explanation);
}
