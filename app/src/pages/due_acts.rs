//! What can be recorded about what is due: at once with a button where nothing more is to be said, and in forms
//! that are filled in as far as it is known.

use ledger_core::time::Day;
use ledger_projections::work_list::{Because, WorkItem, WorkKind};

use crate::lang::Lang;
use crate::render;

/// What can be recorded about one thing that is due.
pub(super) struct DueActs {
    /// What a button records as done today.
    pub(super) once: Option<Once>,
    /// That the office was asked for it already, when and by whom.
    pub(super) asked: Option<String>,
    /// Forms, each with what it is called.
    pub(super) forms: Vec<(String, &'static str)>,
}

/// A command that needs no more than is known.
pub(super) struct Once {
    pub(super) command: &'static str,
    pub(super) words: &'static str,
    /// Its fields, as its form has them.
    pub(super) fields: Vec<(&'static str, String)>,
}

/// A command, and what it is called in both languages.
type Named = (&'static str, (&'static str, &'static str));

/// A plan of somebody who is on a ventilator goes to the district centre.
const TRANSFER: Named = (
    "transfer-disaster-plan",
    ("総合支所へ移す", "Hand over to the district centre"),
);

/// What can be recorded about an item by whoever may give these commands.
pub(super) fn acts(item: &WorkItem, today: Day, lang: Lang, may: impl Fn(&str) -> bool) -> DueActs {
    let known = known(item, thing_of(item.kind));
    let allowed = |(command, _): &Named| may(command);
    let once = once_of(item.kind)
        .filter(allowed)
        .filter(|_| !known.is_empty() && !was_asked_on(item, today));
    let once = once.map(|(command, (ja, en))| {
        let mut fields = known.clone();
        fields.push(("occurred", today.to_string()));
        Once {
            command,
            words: lang.pick(ja, en),
            fields,
        }
    });
    let on_ventilator = item.because.contains(&Because::VentilatorNotCentre);
    let first = on_ventilator.then_some(TRANSFER);
    let forms = first.into_iter().chain(forms_of(item.kind).iter().copied());
    let forms = forms.filter(allowed);
    let forms = forms.map(|(command, (ja, en))| {
        let query = serde_html_form::to_string(&known).unwrap_or_default();
        (format!("/acts/{command}?{query}"), lang.pick(ja, en))
    });
    let asked = item.reminder.as_ref();
    DueActs {
        once,
        asked: asked.map(|reminder| render::reminded(reminder, lang)),
        forms: forms.collect(),
    }
}

/// Whether the office was asked for it on this very day.
fn was_asked_on(item: &WorkItem, today: Day) -> bool {
    let asked = item.reminder.as_ref();
    asked.is_some_and(|reminder| reminder.on == Some(today))
}

/// The fields of which the item tells: the person, and the thing.
fn known(item: &WorkItem, thing: Option<&'static str>) -> Vec<(&'static str, String)> {
    let own = item.case.as_ref().or(item.number.as_ref());
    let child = own.or(item.child.as_ref());
    let child = child.map(|child| ("child", child.clone()));
    let thing = thing.map(|field| (field, item.thing.clone()));
    child.into_iter().chain(thing).collect()
}

/// The field that names what is due; none where a new thing is recorded.
const fn thing_of(kind: WorkKind) -> Option<&'static str> {
    match kind {
        WorkKind::ReferralReceipt
        | WorkKind::ReferralDecision
        | WorkKind::ReferralCompletion
        | WorkKind::IncomingDecision
        | WorkKind::IncomingCompletion
        | WorkKind::IncomingFeedback => Some("referral"),
        WorkKind::PlanAgreement
        | WorkKind::PlanMonitoring
        | WorkKind::DisasterPlan
        | WorkKind::DisasterRecheck => Some("plan"),
        WorkKind::FollowUp => Some("follow_up"),
        WorkKind::Recommendation => Some("recommendation"),
        WorkKind::Request => Some("request"),
        WorkKind::DischargeNotice | WorkKind::Reconsent | WorkKind::ConsentEnds => None,
    }
}

/// What a button records. There is one only where a day says all that is asked: that a promise was kept, that
/// somebody was asked again. What an office decided or what came of a visit is told in a form.
const fn once_of(kind: WorkKind) -> Option<Named> {
    match kind {
        WorkKind::FollowUp => Some(("finish-follow-up", ("今日、済みにする", "Done today"))),
        WorkKind::ReferralReceipt | WorkKind::ReferralDecision | WorkKind::ReferralCompletion => {
            Some((
                "remind-referral",
                ("今日、状況を照会した", "Reminded today"),
            ))
        },
        WorkKind::IncomingDecision
        | WorkKind::IncomingCompletion
        | WorkKind::IncomingFeedback
        | WorkKind::DischargeNotice
        | WorkKind::PlanAgreement
        | WorkKind::PlanMonitoring
        | WorkKind::DisasterPlan
        | WorkKind::DisasterRecheck
        | WorkKind::Reconsent
        | WorkKind::ConsentEnds
        | WorkKind::Recommendation
        | WorkKind::Request => None,
    }
}

const ACCEPT: Named = ("accept-referral", ("受入決定を記録", "Record acceptance"));
const DECLINE: Named = ("decline-referral", ("受入不可を記録", "Record refusal"));
const COMPLETE: Named = ("complete-referral", ("完了を記録", "Record completion"));
const VERIFY: Named = (
    "verify-disaster-plan",
    ("検証を記録", "Record verification"),
);
const FINISH: Named = (
    "finish-follow-up",
    ("内容を書いて済みにする", "Done, with words"),
);

/// What forms record.
const fn forms_of(kind: WorkKind) -> &'static [Named] {
    match kind {
        WorkKind::ReferralReceipt => &[("receive-referral", ("受理を記録", "Record receipt"))],
        WorkKind::ReferralDecision | WorkKind::IncomingDecision => &[ACCEPT, DECLINE],
        WorkKind::ReferralCompletion => &[
            COMPLETE,
            (
                "report-referral-progress",
                ("経過を記録", "Record progress"),
            ),
        ],
        WorkKind::IncomingCompletion => &[COMPLETE],
        WorkKind::IncomingFeedback => &[("receive-feedback", ("報告を記録", "Record the report"))],
        WorkKind::DischargeNotice => &[
            ("request-support-plan", ("依頼を記録", "Record a request")),
            ("draft-support-plan", ("プランを作る", "Draft a plan")),
        ],
        WorkKind::PlanAgreement => &[("agree-support-plan", ("同意を記録", "Record agreement"))],
        WorkKind::PlanMonitoring => {
            &[("monitor-support-plan", ("実施を記録", "Record monitoring"))]
        },
        WorkKind::DisasterPlan => &[VERIFY],
        WorkKind::DisasterRecheck => &[
            VERIFY,
            ("revise-disaster-plan", ("改訂を記録", "Record a revision")),
        ],
        WorkKind::FollowUp => &[
            FINISH,
            (
                "cancel-follow-up",
                ("取りやめを記録", "Record that it is dropped"),
            ),
        ],
        WorkKind::Reconsent | WorkKind::ConsentEnds => {
            &[("give-consent", ("同意を記録", "Record consent"))]
        },
        WorkKind::Recommendation => {
            &[("answer-recommendation", ("回答を記録", "Record the answer"))]
        },
        WorkKind::Request => &[("answer-request", ("回答を記録", "Record the answer"))],
    }
}

#[cfg(test)]
mod tests {
    use ledger_commands::Command;
    use ledger_projections::referral_board::Reminder;
    use ledger_projections::work_list::WorkState;

    use super::*;

    fn item(kind: WorkKind) -> WorkItem {
        let on_a_ventilator = kind == WorkKind::DisasterRecheck;
        WorkItem {
            kind,
            state: WorkState::Due,
            number: Some("C101".to_owned()),
            child: Some("child".to_owned()),
            case: None,
            reminder: None,
            awaits_answer: false,
            thing: "thing".to_owned(),
            due_on: Day::default(),
            days_left: 0,
            since: None,
            owner: None,
            because: on_a_ventilator
                .then_some(Because::VentilatorNotCentre)
                .into_iter()
                .collect(),
            rests_on: Vec::new(),
        }
    }

    #[test]
    fn a_button_says_all_that_its_command_needs_and_a_form_names_fields_that_it_has() {
        for kind in WorkKind::ALL {
            let acts = acts(&item(*kind), Day::default(), Lang::Ja, |_| true);
            if let Some(once) = &acts.once {
                let needed = Command::fields(once.command).unwrap();
                for field in needed.iter().filter(|field| field.is_needed) {
                    let given = once.fields.iter().any(|(name, _)| *name == field.name);
                    assert!(given, "{} needs {}", once.command, field.name);
                }
            }
            assert!(!acts.forms.is_empty(), "{kind:?}");
            for (path, _) in &acts.forms {
                let (command, query) = path.split_once('?').unwrap();
                let command = command.strip_prefix("/acts/").unwrap();
                let fields = Command::fields(command).unwrap();
                // What is about no person is told by its thing alone.
                let given = query.split('&').map(|pair| pair.split_once('=').unwrap().0);
                for name in given.filter(|name| *name != "child" || !command.starts_with("answer-"))
                {
                    assert!(fields.iter().any(|field| field.name == name), "{path}");
                }
            }
        }
    }

    #[test]
    fn what_somebody_may_not_give_is_not_offered() {
        let acts = acts(
            &item(WorkKind::FollowUp),
            Day::default(),
            Lang::Ja,
            |name| name == "cancel-follow-up",
        );
        assert!(acts.once.is_none());
        assert_eq!(
            acts.forms,
            [(
                "/acts/cancel-follow-up?child=C101&follow_up=thing".to_owned(),
                "取りやめを記録"
            )]
        );
    }

    #[test]
    fn what_was_begun_in_a_merged_case_is_ended_in_it() {
        let merged = WorkItem {
            case: Some("absorbed".to_owned()),
            ..item(WorkKind::FollowUp)
        };
        let acts = acts(&merged, Day::default(), Lang::Ja, |_| true);
        let fields = acts.once.unwrap().fields;
        assert_eq!(fields.first(), Some(&("child", "absorbed".to_owned())));
        assert!(
            acts.forms[0].0.contains("child=absorbed"),
            "{:?}",
            acts.forms
        );
    }

    #[test]
    fn whoever_was_asked_today_is_not_asked_again_by_the_same_button() {
        let mut waits = item(WorkKind::ReferralReceipt);
        let of = |item: &WorkItem| acts(item, Day::default(), Lang::Ja, |_| true);
        assert!(of(&waits).once.is_some());
        let asked = |on: Day| Reminder {
            on: Some(on),
            by: "sato".to_owned(),
        };
        waits.reminder = Some(asked(Day::default()));
        assert!(of(&waits).once.is_none());
        let said = of(&waits).asked.unwrap();
        assert!(said.ends_with("に照会（sato）"), "{said}");
        assert!(!of(&waits).forms.is_empty());
        // On another day it says so still, and asks again.
        waits.reminder = Day::default().pred_opt().map(asked);
        assert!(of(&waits).once.is_some() && of(&waits).asked.is_some());
    }
}
