//! Meetings of the steering committee: convened, figures frozen, held, minuted, answered.

use ledger_core::time::{Day, FiscalYear};
use ledger_projections::catch_up::catch_up;
use ledger_projections::facts::FactReader;
use ledger_projections::indicators::{Scope, pack};
use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::Centre;
use super::scene::Scene;
use super::who::Who;

/// A step, about a meeting.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The members are called, for a day.
    Convene,
    /// The figures are frozen.
    Freeze(Uuid),
    /// It meets.
    Hold(Uuid),
    /// The minutes are approved.
    Minutes(Uuid),
    /// A recommendation is answered.
    Answer(Uuid, Uuid),
}

/// Days between the notice and the meeting.
const NOTICE_DAYS: u64 = 21;

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Convene => convene(centre).await,
        Step::Freeze(meeting) => freeze(centre, meeting).await,
        Step::Hold(meeting) => hold(centre, meeting).await,
        Step::Minutes(meeting) => minutes(centre, meeting).await,
        Step::Answer(meeting, recommendation) => {
            let evidence: Vec<_> = centre.latest.into_iter().collect();
            let fields = json!({"meeting": meeting, "recommendation": recommendation,
                "evidence": evidence, "text": "期限の60日前に案内している。"});
            centre
                .act(Who::Committee, "answer-recommendation", fields)
                .await
                .map(drop)
        },
    }
}

async fn convene(centre: &mut Centre<'_>) -> Result<(), PlayError> {
    let nth = centre.turn("meeting", usize::MAX).saturating_add(1);
    let fields = json!({"nth": nth, "planned_on": centre.in_days(NOTICE_DAYS),
        "agenda": ["事業の実施状況", "災害時個別支援計画の検証"]});
    let meeting = centre
        .act(Who::Committee, "convene-meeting", fields)
        .await?
        .made("meeting");
    centre.later(10, 14, Scene::Committee(Step::Freeze(meeting)));
    let hold = Scene::Committee(Step::Hold(meeting));
    centre.later(NOTICE_DAYS, NOTICE_DAYS, hold);
    Ok(())
}

/// Freezes the figures of the fiscal year that the meeting looks at, as any reader recounts them.
async fn freeze(centre: &mut Centre<'_>, meeting: Uuid) -> Result<(), PlayError> {
    centre.desk.settle().await?;
    let stage = centre.desk.stage;
    let head = stage.store.head().await?.position;
    catch_up(stage.store, stage.views, head, &mut |_, _| {}).await?;
    let scope = looked_at(centre.today());
    let facts = FactReader::once(stage.views.clone());
    let frozen = pack(stage.store, &facts, scope, head).await?;
    let fields = json!({"meeting": meeting, "fiscal_year": scope.year,
        "on_day": scope.day.to_string(), "as_at": head, "head": head, "figures": frozen});
    centre
        .act(Who::Committee, "freeze-materials", fields)
        .await
        .map(drop)
}

/// In the first half of a fiscal year the one before, whole; then its own as far as it went.
fn looked_at(today: Day) -> Scope {
    let year = FiscalYear::of(today);
    let half = year.first_day().checked_add_months(chrono::Months::new(6));
    if half.is_some_and(|half| today < half) {
        Scope::of_year(FiscalYear::new(year.year().saturating_sub(1)))
    } else {
        Scope { year, day: today }
    }
}

async fn hold(centre: &mut Centre<'_>, meeting: Uuid) -> Result<(), PlayError> {
    let fields = json!({"meeting": meeting, "attendee_count": centre.draws.between(5, 9),
        "attendees": ["見本　一郎（医師）", "見本　二美（学識経験者）"]});
    centre.act(Who::Committee, "hold-meeting", fields).await?;
    let findings = [
        ("A-1", "専門相談の延べ件数を予定数と比べて確認した。"),
        ("D-1", "災害時個別支援計画の作成支援の進み方を確認した。"),
    ];
    for (indicator, text) in findings {
        let fields = json!({"meeting": meeting, "indicator": indicator, "text": text});
        centre.act(Who::Committee, "record-finding", fields).await?;
    }
    let fields = json!({"meeting": meeting, "addressee": "centre", "indicator": "D-2",
        "due_on": centre.in_days(120),
        "text": "災害時個別支援計画の検証を、期限の前に家族へ案内すること。"});
    let made = centre
        .act(Who::Committee, "make-recommendation", fields)
        .await?;
    if centre.turn("answered-recommendation", 4) != 3 {
        let step = Step::Answer(meeting, made.made("recommendation"));
        centre.later(40, 110, Scene::Committee(step));
    }
    review(centre, meeting).await?;
    centre.later(14, 28, Scene::Committee(Step::Minutes(meeting)));
    Ok(())
}

/// How the trial goes: undecided at first, then to be gone on with.
async fn review(centre: &mut Centre<'_>, meeting: Uuid) -> Result<(), PlayError> {
    let conclusion = match centre.turn("review", usize::MAX) {
        0 | 1 => "undecided",
        2 | 3 => "change",
        _ => "continue",
    };
    let fields = json!({"meeting": meeting, "conclusion": conclusion,
        "grounds": ["know-how", "day-facilities", "family-outcome"],
        "text": "区のノウハウの蓄積と、通所施設等との一体的な運営の見通しを確認した。"});
    centre
        .act(Who::Committee, "review-trial", fields)
        .await
        .map(drop)
}

/// The minutes hold the log's head, so that nobody can change what stood before.
async fn minutes(centre: &mut Centre<'_>, meeting: Uuid) -> Result<(), PlayError> {
    centre.desk.settle().await?;
    let head = centre.desk.stage.store.head().await?;
    let fields = json!({"meeting": meeting, "position": head.position,
        "root": head.frontier.root().to_string()});
    centre
        .act(Who::Committee, "approve-minutes", fields)
        .await
        .map(drop)
}
