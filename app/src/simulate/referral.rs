//! Referrals: to sections of the district centres and other offices, and from hospitals, to their end.

use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::Centre;
use super::referring::{self, Target};
use super::scene::Scene;
use super::words::AREAS;

/// A step, about a referral; with whereto it went while that may still change.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The centre refers.
    Make,
    /// The section confirms receipt.
    Receive(Uuid, Option<Target>),
    /// No answer: reminded, and somebody above is asked.
    Remind(Uuid, Option<Target>),
    /// The section asks for more, and is answered.
    Ask(Uuid, Option<Target>),
    /// Taken on, declined, sent elsewhere, taken back.
    Decide(Uuid, Option<Target>),
    /// How far it is.
    Progress(Uuid),
    /// Done.
    Complete(Uuid),
    /// The loop closes; whether it was declined.
    Feedback(Uuid, bool),
    /// Gone on with: one that was declined is decided anew.
    Reopen(Uuid, bool),
}

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, child: u32, step: Step) -> Result<(), PlayError> {
    if !centre.is_open(child) {
        return Ok(());
    }
    match step {
        Step::Make => referring::make(centre, child).await,
        Step::Receive(id, to) => receive(centre, child, (id, to)).await,
        Step::Remind(id, to) => remind(centre, child, (id, to)).await,
        Step::Ask(id, to) => ask(centre, child, (id, to)).await,
        Step::Decide(id, to) => decide(centre, child, (id, to)).await,
        Step::Progress(id) => {
            let fields = json!({"progress": "家庭訪問を終え、申請書を受け取った。"});
            give(centre, (child, id), "report-referral-progress", fields).await?;
            centre.later(10, 40, Scene::Referral(child, Step::Complete(id)));
            Ok(())
        },
        Step::Complete(id) => {
            let outcome = [
                "served",
                "served",
                "served",
                "partly",
                "not-needed",
                "not-possible",
            ];
            let outcome = centre.draws.word(&outcome);
            let fields = json!({"outcome": outcome, "note": "手続きが終わった。"});
            give(centre, (child, id), "complete-referral", fields).await?;
            centre.later(1, 15, Scene::Referral(child, Step::Feedback(id, false)));
            Ok(())
        },
        Step::Feedback(id, declined) => feedback(centre, child, (id, declined)).await,
        Step::Reopen(id, declined) => {
            let fields = json!({"reason": "状態が変わり、あらためて支援が必要になった。"});
            give(centre, (child, id), "reopen-referral", fields).await?;
            let next = if declined {
                Step::Decide(id, None)
            } else {
                Step::Complete(id)
            };
            centre.later(10, 40, Scene::Referral(child, next));
            Ok(())
        },
    }
}

/// A step of a referral by one of the staff.
pub(super) async fn give(
    centre: &mut Centre<'_>,
    (child, id): (u32, Uuid),
    name: &'static str,
    mut fields: serde_json::Value,
) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    if let serde_json::Value::Object(fields) = &mut fields {
        fields.insert("referral".to_owned(), json!(id));
    }
    centre.about((who, child), name, fields).await.map(drop)
}

/// What becomes of a referral that was made.
pub(super) fn follow(centre: &mut Centre<'_>, child: u32, (id, to): (Uuid, Option<Target>)) {
    if centre.turn("answered", 7) == 4 {
        centre.later(8, 14, Scene::Referral(child, Step::Remind(id, to)));
    } else {
        centre.later(1, 8, Scene::Referral(child, Step::Receive(id, to)));
    }
}

async fn receive(
    centre: &mut Centre<'_>,
    child: u32,
    (id, to): (Uuid, Option<Target>),
) -> Result<(), PlayError> {
    let fields = json!({"learnt_by": "phone", "receiver": "担当保健師"});
    give(centre, (child, id), "receive-referral", fields).await?;
    let step = if centre.turn("asked-for-more", 6) == 2 {
        Step::Ask(id, to)
    } else {
        Step::Decide(id, to)
    };
    centre.later(2, 14, Scene::Referral(child, step));
    Ok(())
}

async fn remind(
    centre: &mut Centre<'_>,
    child: u32,
    (id, to): (Uuid, Option<Target>),
) -> Result<(), PlayError> {
    let fields = json!({"channel": "phone", "note": "来週までに回答の予定。"});
    give(centre, (child, id), "remind-referral", fields).await?;
    if centre.turn("escalated", 2) == 0 {
        let fields = json!({"to": "保健福祉課の課長",
            "note": "回答がないため、状況の確認を求めた。"});
        give(centre, (child, id), "escalate-referral", fields).await?;
    }
    // Some are never answered.
    if centre.turn("never-answered", 4) != 3 {
        centre.later(3, 12, Scene::Referral(child, Step::Receive(id, to)));
    }
    Ok(())
}

async fn ask(
    centre: &mut Centre<'_>,
    child: u32,
    (id, to): (Uuid, Option<Target>),
) -> Result<(), PlayError> {
    let question = json!({"question": "手帳の等級はどれですか。"});
    give(centre, (child, id), "ask-referral-information", question).await?;
    let answer = json!({"answer": "申請中です。"});
    give(centre, (child, id), "answer-referral-information", answer).await?;
    centre.later(2, 10, Scene::Referral(child, Step::Decide(id, to)));
    Ok(())
}

async fn decide(
    centre: &mut Centre<'_>,
    child: u32,
    (id, to): (Uuid, Option<Target>),
) -> Result<(), PlayError> {
    match centre.turn("decided", 12) {
        3 => {
            let fields = json!({"learnt_by": "phone", "reason": "対象外のため",
                "alternative": "健康づくり課へ相談"});
            give(centre, (child, id), "decline-referral", fields).await?;
            centre.later(1, 10, Scene::Referral(child, Step::Feedback(id, true)));
            Ok(())
        },
        6 => redirect(centre, child, (id, to)).await,
        9 => {
            give(
                centre,
                (child, id),
                "withdraw-referral",
                json!({"reason": "家族の希望"}),
            )
            .await
        },
        _ => {
            let fields = json!({"learnt_by": "phone", "owner": "担当者"});
            give(centre, (child, id), "accept-referral", fields).await?;
            let step = if centre.turn("progress", 3) == 1 {
                Step::Progress(id)
            } else {
                Step::Complete(id)
            };
            centre.later(10, 60, Scene::Referral(child, step));
            Ok(())
        },
    }
}

/// Sends one to a district centre on to the same section of another area; another office's ends.
async fn redirect(
    centre: &mut Centre<'_>,
    child: u32,
    (id, to): (Uuid, Option<Target>),
) -> Result<(), PlayError> {
    let Some((area, section)) = to else {
        let fields = json!({"reason": "別の事業所を利用することになった。"});
        return give(centre, (child, id), "withdraw-referral", fields).await;
    };
    let who = centre.staff_of(child);
    let area = AREAS
        .iter()
        .find(|other| **other != area)
        .copied()
        .unwrap_or(area);
    let fields = json!({"referral": id, "area": area, "section": section,
        "reason": "担当地域の変更", "request": "通所先の調整", "staff": who.name()});
    let sent = centre
        .about((who, child), "redirect-referral", fields)
        .await?;
    follow(
        centre,
        child,
        (sent.made("referral"), Some((area, section))),
    );
    Ok(())
}

async fn feedback(
    centre: &mut Centre<'_>,
    child: u32,
    (id, declined): (Uuid, bool),
) -> Result<(), PlayError> {
    let fields = json!({"feedback": "報告書受領"});
    give(centre, (child, id), "receive-feedback", fields).await?;
    if centre.turn("reopened-referral", 9) == 4 {
        centre.later(20, 90, Scene::Referral(child, Step::Reopen(id, declined)));
    }
    Ok(())
}
