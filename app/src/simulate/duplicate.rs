//! One person stands in the register twice: suspected, dismissed or merged by two people, undone.

use ledger_core::id::StreamName;
use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::{Centre, number};
use super::scene::Scene;
use super::who::Who;

/// A step; the second number is the one that was given twice.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Somebody known is registered again.
    Twice,
    /// The two look alike.
    Suspect(u32, u32),
    /// They are two persons.
    Dismiss(u32, u32),
    /// A merge is asked for.
    Ask(u32, u32),
    /// Another person agrees, or not.
    Decide(u32, u32, Uuid, Who),
    /// They are merged.
    Merge(u32, u32, Uuid, Who),
    /// The merge was wrong.
    Undo(u32, u32),
}

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Twice => twice(centre).await,
        Step::Suspect(child, _)
        | Step::Dismiss(child, _)
        | Step::Ask(child, _)
        | Step::Decide(child, ..)
        | Step::Merge(child, ..)
            if !centre.is_open(child) =>
        {
            Ok(())
        },
        Step::Suspect(child, other) => suspect(centre, child, other).await,
        Step::Dismiss(child, other) => {
            let who = centre.staff_of(child);
            let fields = json!({"other": number(other), "reason": "双子のきょうだいだった。"});
            centre
                .about((who, child), "dismiss-duplicate", fields)
                .await
                .map(drop)
        },
        Step::Ask(child, other) => ask(centre, child, other).await,
        Step::Decide(child, other, approval, who) => {
            decide(centre, (child, other), approval, who).await
        },
        Step::Merge(child, other, approval, who) => {
            let fields = json!({"survivor": number(child), "absorbed": number(other),
                "approval": approval, "note": "保護者に確かめた。"});
            centre.act(who, "merge-cases", fields).await?;
            if centre.turn("unmerged", 2) == 0 {
                centre.later(20, 60, Scene::Duplicate(Step::Undo(child, other)));
            }
            Ok(())
        },
        Step::Undo(child, other) => {
            let who = centre.staff_of(child);
            let fields = json!({"survivor": number(child), "absorbed": number(other),
                "reason": "別の人と分かった。"});
            centre.act(who, "undo-merge", fields).await.map(drop)
        },
    }
}

async fn twice(centre: &mut Centre<'_>) -> Result<(), PlayError> {
    let Some(child) = centre.somebody() else {
        return Ok(());
    };
    let Some(person) = centre.person(child).cloned() else {
        return Ok(());
    };
    let other = u32::try_from(centre.persons.len()).unwrap_or(u32::MAX);
    let mut again = person.clone();
    // Nothing else is played of a number that was given twice.
    again.open = false;
    centre.persons.push(again);
    let who = centre.any_staff();
    let fields = json!({"number": number(other), "name": "見本　二重", "kana": "ミホン　フタエ",
        "birth_date": person.born.to_string(), "area": person.area});
    centre.act(who, "register-child", fields).await?;
    centre.later(5, 40, Scene::Duplicate(Step::Suspect(child, other)));
    Ok(())
}

async fn suspect(centre: &mut Centre<'_>, child: u32, other: u32) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"other": number(other), "evidence": ["birth-date", "guardian"],
        "note": "病院と家族から別々に登録された。"});
    centre
        .about((who, child), "suspect-duplicate", fields)
        .await?;
    let step = if centre.turn("suspected", 3) == 1 {
        Step::Dismiss(child, other)
    } else {
        Step::Ask(child, other)
    };
    centre.later(2, 10, Scene::Duplicate(step));
    Ok(())
}

async fn ask(centre: &mut Centre<'_>, child: u32, other: u32) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let stream = StreamName::child(centre.child_id(child));
    let fields = json!({"act": "merge", "stream": stream, "absorbed": number(other),
        "reason": "同じ人が二度登録されている。"});
    let asked = centre.act(who, "request-approval", fields).await?;
    let step = Step::Decide(child, other, asked.made("approval"), who);
    centre.later(1, 4, Scene::Duplicate(step));
    Ok(())
}

async fn decide(
    centre: &mut Centre<'_>,
    (child, other): (u32, u32),
    approval: Uuid,
    asked_by: Who,
) -> Result<(), PlayError> {
    if centre.turn("approval", 4) == 1 {
        let fields = json!({"approval": approval, "reason": "連絡先が異なる。"});
        return centre
            .act(Who::Manager, "refuse-approval", fields)
            .await
            .map(drop);
    }
    let fields = json!({"approval": approval, "note": "記録を見比べた。"});
    centre.act(Who::Manager, "grant-approval", fields).await?;
    let step = Step::Merge(child, other, approval, asked_by);
    centre.later(1, 3, Scene::Duplicate(step));
    Ok(())
}
