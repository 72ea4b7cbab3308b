//! 承認: which approvals wait for whom, told in 今日の業務 and where one can be chosen.

use ledger_commands::state::Asked;
use ledger_core::actor::Actor;
use ledger_core::code::ApprovalAct;
use ledger_core::id::{Position, StreamName};

use super::act::may_give;
use super::door::SignedIn;
use super::fault::Refusal;
use super::language::{current, t, term};
use super::site::Site;
use crate::lang::Lang;
use crate::reading::{OpenApproval, number_of, open_approvals};
use crate::render;

/// An approval that waits for somebody.
pub(super) struct Waiting {
    /// What is to be done.
    pub(super) act: String,
    /// In whose record, and where that is shown.
    pub(super) subject: String,
    pub(super) path: Option<String>,
    /// Who asked, and when; who granted it.
    pub(super) asked: String,
    pub(super) granted: Option<String>,
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

async fn told(site: &Site, one: OpenApproval, is_own: bool) -> Result<Waiting, Refusal> {
    let form = |act: &str, words| (format!("/acts/{act}?approval={}", one.approval), words);
    let grant = form("grant-approval", t("承認する", "Grant it"));
    let refuse = form("refuse-approval", t("承認しない", "Refuse it"));
    let take_back = form("refuse-approval", t("取り下げる", "Take it back"));
    let merge = form("merge-cases", t("統合する", "Merge the cases"));
    let forms = match (is_own, &one.granted_by) {
        (true, None) => vec![take_back],
        (false, None) => vec![grant, refuse],
        (_, Some(_)) if one.asked.act == ApprovalAct::Merge => vec![merge],
        (_, Some(_)) => Vec::new(),
    };
    let (subject, path) = subject(site, &one.asked.stream).await?;
    Ok(Waiting {
        act: term(one.asked.act.code(), one.asked.act.ja()),
        subject,
        path,
        asked: asked(&one.asked),
        granted: one.granted_by.as_ref().map(granted),
        position: one.position,
        forms,
    })
}

/// The approvals that can be chosen, each with what it is called: those that wait, or those that were granted and not
/// used, of a stream where one is given.
pub(super) async fn choices(
    site: &Site,
    is_granted: bool,
    of: Option<&StreamName>,
) -> Result<Vec<(String, String)>, Refusal> {
    let mut choices = Vec::new();
    for one in open_approvals(&site.open.open).await? {
        let fits = of.is_none_or(|of| one.asked.stream == *of);
        if !fits || one.granted_by.is_some() != is_granted {
            continue;
        }
        let (subject, _) = subject(site, &one.asked.stream).await?;
        let act = term(one.asked.act.code(), one.asked.act.ja());
        let by = one.granted_by.as_ref().map(granted);
        let parts = [act, subject, asked(&one.asked)].into_iter().chain(by);
        let called = parts.collect::<Vec<_>>().join("　");
        choices.push((one.approval, format!("{called}　#{}", one.position)));
    }
    Ok(choices)
}

/// Where an approval is asked for of an act in a stream.
pub(super) fn request_path(act: &str, stream: &StreamName) -> String {
    let query = [("act", act), ("stream", stream.as_str())];
    let query = serde_html_form::to_string(query).unwrap_or_default();
    format!("/acts/request-approval?{query}")
}

/// Whose record a stream is, and where it is shown.
async fn subject(site: &Site, stream: &StreamName) -> Result<(String, Option<String>), Refusal> {
    let Some(child) = stream.as_child() else {
        return Ok((stream.to_string(), None));
    };
    let number = number_of(site.open.open.store.as_ref(), child).await?;
    let path = format!("/children/{child}");
    Ok((number.unwrap_or_else(|| child.to_string()), Some(path)))
}

fn asked(asked: &Asked) -> String {
    let day = asked.step.day().map(|day| render::day(day, current()));
    let day = day.unwrap_or_default();
    match current() {
        Lang::Ja => format!("{day} {}が依頼", asked.by),
        Lang::En => format!("asked for by {} {day}", asked.by),
    }
}

fn granted(by: &Actor) -> String {
    match current() {
        Lang::Ja => format!("{by}が承認済み"),
        Lang::En => format!("granted by {by}"),
    }
}
