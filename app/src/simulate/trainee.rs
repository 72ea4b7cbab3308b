//! Training of advisors: goals, sessions, competencies, rests, completion and leaving.

use serde_json::json;

use super::PlayError;
use super::centre::Centre;
use super::scene::Scene;
use super::who::Who;

/// How a training goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To its end.
    Plain,
    /// With a rest.
    Resting,
    /// To its end below what is asked, which the manager answers for.
    Excepted,
    /// Given up.
    Leaving,
}

/// The ways, taken in turn.
const WAYS: [Way; 4] = [Way::Resting, Way::Leaving, Way::Excepted, Way::Plain];

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Begins.
    Enrol,
    /// A session; how many there were.
    Session(Way, u8),
    /// Rests.
    Rest(Way, u8),
    /// Goes on.
    Resume(Way, u8),
    /// Is assessed, and completes or leaves.
    End(Way),
}

/// Sessions of one training.
const SESSIONS: u8 = 6;
/// Kinds of sessions in their order.
const KINDS: [&str; 6] = [
    "start",
    "lecture",
    "co-visit",
    "meeting",
    "plan-review",
    "completion",
];
/// What is assessed.
const COMPETENCIES: [&str; 6] = [
    "medical-knowledge",
    "local-resources",
    "network",
    "planning",
    "family-support",
    "discharge",
];

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, index: u32, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Enrol => enrol(centre, index).await,
        Step::Session(way, nth) => session(centre, index, (way, nth)).await,
        Step::Rest(way, nth) => {
            let fields = json!({"reason": "所属の繁忙期"});
            give(centre, (index, Who::Manager), "suspend-training", fields).await?;
            centre.later(20, 40, Scene::Trainee(index, Step::Resume(way, nth)));
            Ok(())
        },
        Step::Resume(way, nth) => {
            let fields = json!({"reason": "所属の体制が整った"});
            give(centre, (index, Who::Manager), "resume-training", fields).await?;
            centre.later(5, 15, Scene::Trainee(index, Step::Session(way, nth)));
            Ok(())
        },
        Step::End(way) => end(centre, index, way).await,
    }
}

async fn give(
    centre: &mut Centre<'_>,
    (index, who): (u32, Who),
    name: &'static str,
    mut fields: serde_json::Value,
) -> Result<(), PlayError> {
    if let serde_json::Value::Object(fields) = &mut fields {
        fields.insert("trainee".to_owned(), json!(number(index)));
    }
    centre.act(who, name, fields).await.map(drop)
}

/// The register number of an advisor.
fn number(index: u32) -> String {
    format!("T{:02}", index.saturating_add(1))
}

async fn enrol(centre: &mut Centre<'_>, index: u32) -> Result<(), PlayError> {
    let way = WAYS.get(centre.turn("training", WAYS.len())).copied();
    let way = way.unwrap_or(Way::Plain);
    let who = centre.any_staff();
    let fields = json!({"number": number(index), "name": "研修　一",
        "office": "見本相談支援事業所"});
    centre.act(who, "enrol-trainee", fields).await?;
    let fields = json!({"goal": "退院時の調整を一人で進められる", "due_on": centre.in_days(240)});
    give(centre, (index, who), "set-training-goal", fields).await?;
    centre.later(5, 20, Scene::Trainee(index, Step::Session(way, 0)));
    Ok(())
}

async fn session(
    centre: &mut Centre<'_>,
    index: u32,
    (way, nth): (Way, u8),
) -> Result<(), PlayError> {
    let who = centre.any_staff();
    let kind = KINDS.get(usize::from(nth)).copied().unwrap_or("meeting");
    let fields = json!({"kind": kind, "duration_minutes": 120, "content": "医療的ケアの基礎"});
    give(centre, (index, who), "hold-session", fields).await?;
    if kind == "plan-review" {
        let fields = json!({"note": "指導のもとで第1版を作成"});
        give(centre, (index, who), "draft-supervised-plan", fields).await?;
    }
    let done = nth.saturating_add(1);
    let next = match (way, done) {
        (Way::Resting, 3) => Step::Rest(way, done),
        (Way::Leaving, 4) | (_, SESSIONS..) => Step::End(way),
        _ => Step::Session(way, done),
    };
    centre.later(14, 32, Scene::Trainee(index, next));
    Ok(())
}

async fn end(centre: &mut Centre<'_>, index: u32, way: Way) -> Result<(), PlayError> {
    if way == Way::Leaving {
        let fields = json!({"reason": "異動"});
        return give(centre, (index, Who::Manager), "leave-training", fields).await;
    }
    let who = centre.any_staff();
    for competency in COMPETENCIES {
        let level = if way == Way::Excepted { 1 } else { 3 };
        let fields = json!({"competency": competency, "level": level,
            "assessor": "見本　指導員", "note": "短期目標の書き方に助言"});
        give(centre, (index, who), "assess-competency", fields).await?;
    }
    if way == Way::Excepted {
        let fields = json!({"basis": "全課程の受講", "override_reason": "実務の経験による"});
        return give(centre, (index, Who::Manager), "complete-training", fields).await;
    }
    let fields = json!({"basis": "全課程の修了"});
    give(centre, (index, who), "complete-training", fields).await
}
