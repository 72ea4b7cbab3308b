//! An audit a year: opened over the log so far, checked, drawn by a seed, asked, found, cleared.

use ledger_core::id::{EventId, Position};
use ledger_core::sample;
use ledger_core::store::{ReadAll, StoredEvent};
use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::Centre;
use super::scene::Scene;
use super::who::Who;

/// A step, about an engagement.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// It is opened, checked and drawn.
    Open,
    /// A question is answered.
    Answer(Uuid, Uuid, bool),
    /// A finding is cleared.
    Clear(Uuid, Uuid),
    /// It ends.
    Close(Uuid),
}

/// Events in one sample.
const SAMPLE: usize = 8;
/// Of them, how many are asked about.
const ASKED: usize = 3;

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Open => open(centre).await,
        Step::Answer(engagement, question, found) => {
            answer(centre, (engagement, question), found).await
        },
        Step::Clear(engagement, finding) => {
            let evidence: Vec<EventId> = centre.latest.into_iter().collect();
            let fields = json!({"engagement": engagement, "finding": finding,
                "evidence": evidence, "text": "翌営業日までに記録している。"});
            centre
                .act(Who::Auditor, "clear-audit-finding", fields)
                .await
                .map(drop)
        },
        Step::Close(engagement) => {
            let fields = json!({"engagement": engagement,
                "reason": "残る指摘は次年度の監査で確認する。", "text": "記録はおおむね適正である。"});
            centre
                .act(Who::Auditor, "close-audit", fields)
                .await
                .map(drop)
        },
    }
}

async fn open(centre: &mut Centre<'_>) -> Result<(), PlayError> {
    centre.desk.settle().await?;
    let head = centre.desk.stage.store.head().await?;
    let fields = json!({"from_position": 1, "to_position": head.position,
        "scope": "相談と在宅生活支援プランの記録"});
    let opened = centre.act(Who::Auditor, "open-audit", fields).await?;
    let (at, draws) = (head.position, &mut centre.draws);
    // A register of before the ledger is handed in, and cannot be read.
    centre.desk.refuse_rows(Who::Manager, draws).await?;
    // The manager keeps the log as it is before it is looked at.
    let kept = (at, head.frontier.root().to_string());
    centre.desk.take_backup(Who::Manager, kept, draws).await?;
    let comes = (Who::Admin, Who::Auditor);
    centre.desk.come_in(comes, draws).await?;
    centre.desk.lend_token(comes, draws).await?;
    centre
        .desk
        .take_events_along(Who::Auditor, at, draws)
        .await?;
    let engagement = opened.made("engagement");
    // The program recomputes the log and says what it found.
    let fields = json!({"engagement": engagement, "position": head.position,
        "root": head.frontier.root().to_string(), "clean": true});
    centre
        .act(Who::System, "record-chain-verified", fields)
        .await?;
    let sample = draw(centre, engagement, head.position).await?;
    for (index, event) in sample.iter().take(ASKED).enumerate() {
        let fields = json!({"engagement": engagement, "event": event.id,
            "text": "起きた日と記録の日の関係を確認したい。"});
        let asked = centre
            .act(Who::Auditor, "ask-audit-question", fields)
            .await?;
        let step = Step::Answer(engagement, asked.made("question"), index == 0);
        centre.later(2, 12, Scene::Audit(step));
    }
    centre.later(70, 90, Scene::Audit(Step::Close(engagement)));
    Ok(())
}

/// Draws a sample by a seed that is written down with it.
async fn draw(
    centre: &mut Centre<'_>,
    engagement: Uuid,
    to: Position,
) -> Result<Vec<StoredEvent>, PlayError> {
    let seed = format!("監査-{}", centre.year());
    let from = Position::new(1);
    let mut drawn = Vec::new();
    for position in sample::draw(&seed, from, to, SAMPLE) {
        let one = ReadAll::one(position);
        let page = centre.desk.stage.store.read_all(&one).await?;
        drawn.extend(page.events.first().cloned());
    }
    let named = drawn.iter();
    let named = named.map(|event| json!({"position": event.position, "event": event.id}));
    let fields = json!({"engagement": engagement, "method": "random", "seed": seed,
        "from_position": from, "to_position": to, "drawn": named.collect::<Vec<_>>()});
    centre.act(Who::Auditor, "draw-sample", fields).await?;
    Ok(drawn)
}

async fn answer(
    centre: &mut Centre<'_>,
    (engagement, question): (Uuid, Uuid),
    found: bool,
) -> Result<(), PlayError> {
    let fields = json!({"engagement": engagement, "question": question,
        "text": "訪問先で受けた相談を、翌週に記録した。"});
    centre
        .act(Who::Manager, "give-audit-answer", fields)
        .await?;
    if !found {
        return Ok(());
    }
    let severity = centre.draws.word(&["note", "minor"]);
    let fields = json!({"engagement": engagement, "question": question, "severity": severity,
        "text": "訪問先での相談は翌営業日までに記録することが望ましい。"});
    let issued = centre
        .act(Who::Auditor, "issue-audit-finding", fields)
        .await?;
    let finding = issued.made("finding");
    centre.later(30, 60, Scene::Audit(Step::Clear(engagement, finding)));
    Ok(())
}
