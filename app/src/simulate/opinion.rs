//! Opinions of the liaison council and requests to the state and Tokyo, with their answers.

use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::Centre;
use super::scene::Scene;
use super::who::Who;

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The council says something.
    Receive,
    /// It is answered.
    Answer(Uuid),
    /// The ward asks for something.
    Request,
    /// It is answered, or taken back.
    Answered(Uuid),
}

/// To whom, with which words (paper, section 5).
const REQUESTS: [(&str, &str); 2] = [
    (
        "state",
        "専門相談と退院時のプラン作成を福祉サービス報酬の対象とすること。",
    ),
    (
        "tokyo",
        "在宅重症心身障害児（者）訪問事業による支援と連携を進めること。",
    ),
];

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Receive => {
            let fields = json!({"text": "動ける医療的ケア児の相談先が分かりにくい。"});
            let opinion = centre
                .act(Who::Committee, "receive-opinion", fields)
                .await?;
            let step = Step::Answer(opinion.made("opinion"));
            centre.later(40, 100, Scene::Opinion(step));
            Ok(())
        },
        Step::Answer(opinion) => {
            let evidence: Vec<_> = centre.latest.into_iter().collect();
            let fields = json!({"opinion": opinion, "evidence": evidence,
                "text": "訪問看護事業所へセンターの案内を配布した。"});
            centre
                .act(Who::Committee, "answer-opinion", fields)
                .await
                .map(drop)
        },
        Step::Request => request(centre).await,
        Step::Answered(request) if centre.turn("request-ended", 2) == 1 => {
            let fields = json!({"request": request, "reason": "報酬改定により対象となったため。"});
            centre
                .act(Who::Manager, "withdraw-request", fields)
                .await
                .map(drop)
        },
        Step::Answered(request) => {
            let fields = json!({"request": request,
                "text": "次期報酬改定で検討するとの回答があった。"});
            centre
                .act(Who::Manager, "answer-request", fields)
                .await
                .map(drop)
        },
    }
}

async fn request(centre: &mut Centre<'_>) -> Result<(), PlayError> {
    let index = centre.turn("request", REQUESTS.len());
    let (addressee, text) = REQUESTS.get(index).copied().unwrap_or_default();
    let evidence: Vec<_> = centre.latest.into_iter().collect();
    let fields = json!({"addressee": addressee, "indicators": ["A-1", "A-4"],
        "evidence": evidence, "due_on": centre.in_days(270), "text": text});
    let made = centre.act(Who::Manager, "make-request", fields).await?;
    let step = Step::Answered(made.made("request"));
    centre.later(100, 200, Scene::Opinion(step));
    Ok(())
}
