//! Something recorded turns out wrong: corrected, annulled, given back, moved to the right person.

use ledger_commands::Reason;
use ledger_core::id::{EventId, StreamName};
use serde_json::json;

use super::PlayError;
use super::centre::{Centre, number};
use super::scene::Scene;
use super::who::Who;

/// A step, about an event of a person.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Its words were wrong.
    Correct(u32, EventId),
    /// The reading of the name was wrong.
    Identity(u32, EventId),
    /// It never happened.
    Annul(u32, EventId),
    /// It did happen.
    Restore(u32, EventId),
    /// It happened to somebody else.
    Reassign(u32, EventId),
}

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Correct(child, target) => {
            let private = json!({"content": "見学の日程について。"});
            correct(centre, (child, target), private).await
        },
        Step::Identity(child, target) => {
            let private = json!({"kana": "ミホン　テイセイ"});
            correct(centre, (child, target), private).await
        },
        Step::Annul(child, target) => annul(centre, child, target).await,
        Step::Restore(child, target) => {
            let who = centre.staff_of(child);
            let stream = StreamName::child(centre.child_id(child));
            let fields = json!({"stream": stream, "target": target, "latest": null,
                "reason": "later-information", "explanation": "別の相談だった。"});
            let about = (who, StreamName::child(centre.child_id(child)));
            correcting(centre, about, "reverse-annulment", fields).await
        },
        Step::Reassign(child, target) => reassign(centre, child, target).await,
    }
}

async fn correct(
    centre: &mut Centre<'_>,
    (child, target): (u32, EventId),
    private: serde_json::Value,
) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let stream = StreamName::child(centre.child_id(child));
    let fields = json!({"stream": stream, "target": target, "latest": null, "clear": {},
        "private": private, "reason": "typo", "explanation": "聞き間違い"});
    centre.act(who, "correct-event", fields).await.map(drop)
}

async fn annul(centre: &mut Centre<'_>, child: u32, target: EventId) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let stream = StreamName::child(centre.child_id(child));
    let fields = json!({"stream": stream, "target": target, "latest": null,
        "reason": "duplicate", "explanation": "二重に記録した。"});
    let about = (who, StreamName::child(centre.child_id(child)));
    correcting(centre, about, "annul-event", fields).await?;
    if centre.turn("restored", 3) == 0 {
        let step = Step::Restore(child, target);
        centre.later(2, 15, Scene::Correction(step));
    }
    Ok(())
}

async fn reassign(centre: &mut Centre<'_>, child: u32, target: EventId) -> Result<(), PlayError> {
    let Some(to) = centre.somebody().filter(|to| *to != child) else {
        return Ok(());
    };
    let who = centre.staff_of(child);
    let fields = json!({"child": number(child), "target": target, "to": number(to), "latest": null,
        "reason": "wrong-person", "explanation": "きょうだいを取り違えた。"});
    let about = (who, StreamName::child(centre.child_id(child)));
    correcting(centre, about, "reassign-event", fields).await
}

/// Corrects; where a meeting was shown the figure, with the manager's approval.
async fn correcting(
    centre: &mut Centre<'_>,
    (who, stream): (Who, StreamName),
    name: &'static str,
    mut fields: serde_json::Value,
) -> Result<(), PlayError> {
    match centre.act(who, name, fields.clone()).await {
        Err(PlayError::Refused { rejection, .. }) if rejection.reason == Reason::FrozenFigure => {},
        done => return done.map(drop),
    }
    let asked = json!({"act": "frozen-figure", "stream": stream,
        "reason": "会議の資料に載った件数が変わる。"});
    let asked = centre.act(who, "request-approval", asked).await?;
    let approval = asked.made("approval");
    let granted = json!({"approval": approval, "note": "記録を確かめた。"});
    centre.act(Who::Manager, "grant-approval", granted).await?;
    if let serde_json::Value::Object(fields) = &mut fields {
        fields.insert("approval".to_owned(), json!(approval));
    }
    centre.act(who, name, fields).await.map(drop)
}
