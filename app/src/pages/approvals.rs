//! 承認: which approvals wait for whom, told in 今日の業務 and where one can be chosen.

use ledger_commands::command::{Field, Takes};
use ledger_commands::state::Asked;
use ledger_core::actor::Actor;
use ledger_core::code::ApprovalAct;
use ledger_core::id::{EventId, Position, StreamName};

use super::act::may_give;
use super::approval_requests::{self, Target};
use super::door::SignedIn;
use super::fault::Refusal;
use super::language::{current, t, term};
use super::site::Site;
use crate::lang::Lang;
use crate::reading::{OpenApproval, number_of, open_approvals};
use crate::render;

/// The acts of which commands ask for an approval.
const ACTS: [ApprovalAct; 2] = [ApprovalAct::Merge, ApprovalAct::FrozenFigure];

/// An approval that waits for somebody.
pub(super) struct Waiting {
    /// What is to be done.
    pub(super) act: String,
    /// In whose record, and where that is shown.
    pub(super) subject: String,
    pub(super) path: Option<String>,
    /// The case that is to be merged into it, and where that is shown.
    pub(super) absorbed: Option<(String, String)>,
    /// The event that is to be amended.
    pub(super) target: Option<Target>,
    /// Who asked, and when; who granted it, and what it is used for then.
    pub(super) asked: String,
    pub(super) granted: Option<(String, &'static str)>,
    pub(super) position: Position,
    /// What can be done about it: paths with what they are called.
    pub(super) forms: Vec<(String, &'static str)>,
}

/// What somebody is to answer or may do now: of others that wait if they may grant it, and all that they asked for
/// themselves.
pub(super) async fn waiting(site: &Site, signed_in: &SignedIn) -> Result<Vec<Waiting>, Refusal> {
    let may_grant = may_give(signed_in, "grant-approval");
    let mut waiting = Vec::new();
    for one in open_approvals(&site.open.open).await? {
        let is_own = one.asked.by == signed_in.account;
        if is_own || (may_grant && one.granted_by.is_none()) {
            waiting.push(told(site, one, is_own).await?);
        }
    }
    Ok(waiting)
}

/// Whether a merge was asked for of one person alone, as before both were named: it holds for none, and is asked for
/// anew.
fn names_no_pair(one: &OpenApproval) -> bool {
    one.asked.act == ApprovalAct::Merge && one.asked.absorbed.is_none()
}

async fn told(site: &Site, one: OpenApproval, is_own: bool) -> Result<Waiting, Refusal> {
    let (subject, path) = subject(site, &one.asked.stream).await?;
    let target = approval_requests::target(site, &one).await?;
    let absorbed = absorbed(site, &one.asked).await?;
    let form = |act: &str, words| (format!("/acts/{act}?approval={}", one.approval), words);
    let grant = form(
        "grant-approval",
        t("内容を見て承認する", "Look at it and grant it"),
    );
    let refuse = form("refuse-approval", t("承認しない", "Refuse it"));
    let take_back = form("refuse-approval", t("取り下げる", "Take it back"));
    let into = absorbed.as_ref().map(|(number, _)| ("absorbed", number));
    let merge = [("survivor", &subject), ("approval", &one.approval)];
    let merge: Vec<_> = merge.into_iter().chain(into).collect();
    let merge = serde_html_form::to_string(merge).unwrap_or_default();
    let merge = (
        format!("/acts/merge-cases?{merge}"),
        t("統合する", "Merge the cases"),
    );
    let amend = target.as_ref().map(|target| {
        let path = format!("/events/{}/amend", target.position);
        (
            path,
            t("記録を直す画面へ", "To the form that amends the record"),
        )
    });
    let forms = match (is_own, &one.granted_by) {
        _ if names_no_pair(&one) => vec![if is_own { take_back } else { refuse }],
        (false, _) => vec![grant, refuse],
        (true, Some(_)) if one.asked.act == ApprovalAct::Merge => vec![merge, take_back],
        (true, Some(_)) => amend.into_iter().chain([take_back]).collect(),
        (true, _) => vec![take_back],
    };
    Ok(Waiting {
        act: term(one.asked.act.code(), one.asked.act.ja()),
        subject,
        path,
        absorbed,
        target,
        asked: asked(&one.asked),
        granted: one
            .granted_by
            .as_ref()
            .map(|by| (granted(by), use_of(one.asked.act))),
        position: one.position,
        forms,
    })
}

/// Which approvals can be chosen.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// Those that wait for somebody else's answer.
    ToGrant,
    /// Those that wait for an answer, and one's own to take back.
    ToRefuse,
    /// Those that were granted for an act and are not used; where an event is given, of its stream and for no other.
    Granted(ApprovalAct, Option<(&'a StreamName, EventId)>),
}

impl Wanted<'_> {
    fn has(self, one: &OpenApproval, signed_in: &SignedIn) -> bool {
        let (is_own, is_open) = (one.asked.by == signed_in.account, one.granted_by.is_none());
        match self {
            Self::ToGrant | Self::Granted(..) if names_no_pair(one) => false,
            Self::ToGrant => is_open && !is_own,
            Self::ToRefuse => is_own || (is_open && may_give(signed_in, "grant-approval")),
            Self::Granted(act, of) => {
                let is_there = of.is_none_or(|(stream, event)| {
                    one.asked.stream == *stream
                        && one.asked.target.is_none_or(|target| target == event)
                });
                !is_open && one.asked.act == act && is_there
            },
        }
    }
}

/// The approvals that can be chosen.
pub(super) async fn wanted(
    site: &Site,
    signed_in: &SignedIn,
    wanted: Wanted<'_>,
) -> Result<Vec<OpenApproval>, Refusal> {
    let open = open_approvals(&site.open.open).await?;
    let wanted = open.into_iter().filter(|one| wanted.has(one, signed_in));
    Ok(wanted.collect())
}

/// The approvals that can be chosen, each with what it is called.
pub(super) async fn choices(
    site: &Site,
    signed_in: &SignedIn,
    wanted: Wanted<'_>,
) -> Result<Vec<(String, String)>, Refusal> {
    let mut choices = Vec::new();
    for one in self::wanted(site, signed_in, wanted).await? {
        let (subject, _) = subject(site, &one.asked.stream).await?;
        let absorbed = absorbed(site, &one.asked).await?;
        let subject = match absorbed {
            Some((absorbed, _)) => merged(&subject, &absorbed),
            None => subject,
        };
        let act = term(one.asked.act.code(), one.asked.act.ja());
        let by = one.granted_by.as_ref().map(granted);
        let record = approval_requests::target(site, &one).await?;
        let record = record.map(|record| record.called());
        let parts = [act, subject].into_iter().chain(record);
        let parts = parts.chain([asked(&one.asked)]).chain(by);
        let called = parts.collect::<Vec<_>>().join("　");
        choices.push((one.approval, format!("{called}　#{}", one.position)));
    }
    Ok(choices)
}

/// Leaves out of the acts of which an approval can be asked for those that no command asks it of.
pub(super) fn offer_used(field: &mut Field) {
    if let (Takes::One(acts), "act") = (&mut field.takes, field.name.as_str()) {
        acts.retain(|(code, _)| ACTS.iter().any(|act| act.code() == code));
    }
}

/// For what an approval is used once it is granted.
fn use_of(act: ApprovalAct) -> &'static str {
    match act {
        ApprovalAct::Merge => t(
            "統合する画面で選べます。",
            "It can be chosen where the cases are merged.",
        ),
        ApprovalAct::FrozenFigure => t(
            "記録を直す画面で選べます。",
            "It can be chosen where the record is amended.",
        ),
        ApprovalAct::ClosedYear | ApprovalAct::PlanOverride | ApprovalAct::CompletionOverride => "",
    }
}

/// Whose record a stream is, and where it is shown.
pub(super) async fn subject(
    site: &Site,
    stream: &StreamName,
) -> Result<(String, Option<String>), Refusal> {
    let Some(child) = stream.as_child() else {
        return Ok((stream.to_string(), None));
    };
    let number = number_of(site.open.open.store.as_ref(), child).await?;
    let path = format!("/children/{child}");
    Ok((number.unwrap_or_else(|| child.to_string()), Some(path)))
}

/// The case that is to be merged into another, and where it is shown.
pub(super) async fn absorbed(
    site: &Site,
    asked: &Asked,
) -> Result<Option<(String, String)>, Refusal> {
    let Some(child) = asked.absorbed else {
        return Ok(None);
    };
    let (number, path) = subject(site, &StreamName::child(child)).await?;
    Ok(path.map(|path| (number, path)))
}

/// Which case goes on in place of which.
fn merged(survivor: &str, absorbed: &str) -> String {
    match current() {
        Lang::Ja => format!("{absorbed}を{survivor}に統合"),
        Lang::En => format!("{absorbed} into {survivor}"),
    }
}

pub(super) fn asked(asked: &Asked) -> String {
    let day = asked.step.day().map(|day| render::day(day, current()));
    match (current(), day) {
        (Lang::Ja, Some(day)) => format!("{day} {}が依頼", asked.by),
        (Lang::En, Some(day)) => format!("asked for by {} on {day}", asked.by),
        (Lang::Ja, None) => format!("{}が依頼", asked.by),
        (Lang::En, None) => format!("asked for by {}", asked.by),
    }
}

fn granted(by: &Actor) -> String {
    match current() {
        Lang::Ja => format!("{by}が承認"),
        Lang::En => format!("Granted by {by}"),
    }
}
