//! Sentences about a case as a whole, and about corrections.

use ledger_core::code::CorrectionReason;
use ledger_core::event::{CaseEvent, CorrectionEvent, EventCorrected};
use ledger_core::private::Private;
use ledger_core::time::Occurred;

use super::super::titles::event_title;
use super::super::words::counted;
use super::words::{Label, NOTE, REASON, Words};

const EXPLANATION: Label = ("説明", "Explanation");

pub(super) fn case(event: &CaseEvent, to: &mut Words) {
    match event {
        CaseEvent::Closed(event) => {
            let reason = to.term(event.reason);
            to.say(
                format!("支援を終結（{reason}）"),
                format!("Support closed ({reason})"),
            );
            if event.left_open > 0 {
                to.say(
                    format!("終わっていないもの{}件", event.left_open),
                    counted(event.left_open, "thing left open", "things left open"),
                );
            }
            to.text(("例外の理由", "Reason for the exception"), &event.exception)
                .text(NOTE, &event.note);
        },
        CaseEvent::Reopened(event) => {
            to.say("支援を再開", "Support begun again")
                .text(REASON, &event.reason);
        },
        CaseEvent::DuplicateSuspected(event) => {
            let alike = to.terms(&event.evidence);
            to.say(
                format!("別の登録と同じ方の疑い（一致：{alike}）"),
                format!("Perhaps the same person as in another registration (alike: {alike})"),
            );
            to.text(NOTE, &event.note);
        },
        CaseEvent::DuplicateDismissed(event) => {
            to.say("別の方であると確認", "Found to be another person")
                .text(REASON, &event.reason);
        },
        CaseEvent::Merged(event) => {
            to.say(
                "二つの登録を同じ方として統合（承認済）",
                "Two registrations merged as one person (approved)",
            )
            .text(NOTE, &event.note);
        },
        CaseEvent::MergeUndone(event) => {
            to.say(
                "統合を取り消し、別の方とした",
                "Merge undone: these are two persons",
            )
            .text(REASON, &event.reason);
        },
    }
}

pub(super) fn correction(event: &CorrectionEvent, to: &mut Words) {
    match event {
        CorrectionEvent::Corrected(event) | CorrectionEvent::IdentityCorrected(event) => {
            corrected(event, to);
        },
        CorrectionEvent::Annulled(event) => {
            let said = ("記録を取り消した", "Event annulled");
            why(said, event.reason, &event.explanation, to);
        },
        CorrectionEvent::AnnulmentReversed(event) => {
            let said = ("取消しを撤回した", "Annulment taken back");
            why(said, event.reason, &event.explanation, to);
        },
        CorrectionEvent::Reassigned(event) => {
            let said = (
                "別の対象者の記録へ付け替えた",
                "Reassigned to the record of another person",
            );
            why(said, event.reason, &event.explanation, to);
        },
    }
}

fn why(
    (ja, en): Label,
    reason: CorrectionReason,
    explanation: &Private<Option<String>>,
    to: &mut Words,
) {
    let reason = to.term(reason);
    to.say(format!("{ja}（{reason}）"), format!("{en} ({reason})"))
        .text(EXPLANATION, explanation);
}

fn corrected(event: &EventCorrected, to: &mut Words) {
    let title = event_title(&event.target_type, to.lang);
    let reason = to.term(event.reason);
    to.say(
        format!("「{title}」の記録を訂正（{reason}）"),
        format!("Event corrected: {title} ({reason})"),
    );
    to.day(
        ("起きた日", "Occurred on"),
        event.occurred.and_then(Occurred::day),
    );
    to.text(EXPLANATION, &event.explanation);
}
