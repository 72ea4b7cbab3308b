//! A case closes, with what is left open said, and some open again.

use serde_json::json;

use super::PlayError;
use super::centre::Centre;
use super::disaster;
use super::scene::Scene;

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Closed, for a reason.
    Close(&'static str),
    /// Open again.
    Reopen,
}

/// Reasons, most of them taken in turn.
pub(super) const REASONS: [&str; 6] = [
    "moved",
    "no-longer-needed",
    "declined",
    "unreachable",
    "adult-services",
    "died",
];

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, child: u32, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Close(reason) => close(centre, child, reason).await,
        Step::Reopen => reopen(centre, child).await,
    }
}

async fn close(centre: &mut Centre<'_>, child: u32, reason: &'static str) -> Result<(), PlayError> {
    let busy = |person: &super::person::Person| person.in_hospital || person.supported;
    if centre
        .person(child)
        .is_none_or(|person| !person.open || busy(person))
    {
        return Ok(());
    }
    disaster::end(centre, child, reason).await?;
    let who = centre.staff_of(child);
    let fields = json!({"reason": reason, "note": "関係機関へ引き継いだ。",
        "exception": "残る連携は、連携先からの報告を待って整理する。"});
    centre.about((who, child), "close-case", fields).await?;
    centre.change(child, |person| person.open = false);
    centre.known.retain(|known| *known != child);
    if reason != "died" && centre.turn("reopened", 3) == 0 {
        centre.later(60, 240, Scene::Case(child, Step::Reopen));
    }
    Ok(())
}

async fn reopen(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"reason": "区内へ戻られた。"});
    centre.about((who, child), "reopen-case", fields).await?;
    centre.change(child, |person| person.open = true);
    centre.known.push(child);
    Ok(())
}
