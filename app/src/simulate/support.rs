//! The home-living support plan from its request to its handing over.

use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::Centre;
use super::scene::Scene;
use super::{consultation, referring};

/// A step, about a plan.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The first version with its sections.
    Draft(Uuid),
    /// Those around the person meet, and the family hears of it.
    Conference(Uuid),
    /// The family agrees, and it is handed out.
    Agree(Uuid),
    /// Looked at in use; how often before.
    Monitor(Uuid, u8),
    /// The next version.
    Revise(Uuid),
    /// It ends.
    End(Uuid),
}

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, child: u32, step: Step) -> Result<(), PlayError> {
    if !centre.is_open(child) {
        return Ok(());
    }
    match step {
        Step::Draft(plan) => draft(centre, child, plan).await,
        Step::Conference(plan) => conference(centre, child, plan).await,
        Step::Agree(plan) => {
            agree(centre, child, (plan, 1)).await?;
            centre.later(95, 125, Scene::Support(child, Step::Monitor(plan, 0)));
            Ok(())
        },
        Step::Monitor(plan, before) => monitor(centre, child, (plan, before)).await,
        Step::Revise(plan) => revise(centre, child, plan).await,
        Step::End(plan) => end(centre, child, plan).await,
    }
}

/// Somebody asks for a plan; gives its id.
pub(super) async fn request(
    centre: &mut Centre<'_>,
    child: u32,
    (referral, planned): (Option<Uuid>, &str),
) -> Result<Uuid, PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"requested_by": "hospital", "by_family": centre.draws.chance(40),
        "discharge_planned_on": planned, "referral": referral,
        "note": "退院後の在宅生活に向けた調整の依頼"});
    let asked = centre
        .about((who, child), "request-support-plan", fields)
        .await?;
    let plan = asked.made("support-plan");
    centre.later(2, 6, Scene::Support(child, Step::Draft(plan)));
    Ok(plan)
}

async fn draft(centre: &mut Centre<'_>, child: u32, plan: Uuid) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"plan": plan, "goals": "自宅で安心して暮らす",
        "services": ["訪問看護", "訪問診療"], "staff": who.name()});
    centre
        .about((who, child), "draft-support-plan", fields)
        .await?;
    sections(centre, child, (plan, 1)).await?;
    if centre.turn("plan-withdrawn", 7) == 3 {
        let fields = json!({"plan": plan, "closing": "withdrawn", "note": "退院が延期となった。"});
        centre
            .about((who, child), "close-support-plan", fields)
            .await?;
        centre.change(child, |person| person.supported = false);
        return Ok(());
    }
    centre.later(4, 7, Scene::Support(child, Step::Conference(plan)));
    Ok(())
}

async fn sections(
    centre: &mut Centre<'_>,
    child: u32,
    (plan, version): (Uuid, u32),
) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"plan": plan, "version": version,
        "health": "健診と予防接種の予定を保健師と確認する。",
        "medical": "訪問診療は月2回、訪問看護は週3回とする。",
        "welfare": "短期入所を利用する。", "family": "夜間の吸引は父母が交代で行う。",
        "education": "児童発達支援を検討する。", "contacts": "夜間は訪問看護の緊急電話"});
    centre
        .about((who, child), "write-plan-sections", fields)
        .await
        .map(drop)
}

async fn conference(centre: &mut Centre<'_>, child: u32, plan: Uuid) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"plan": plan, "parties": ["hospital", "visiting-nursing"],
        "with_family": true, "attendees": ["病院の医療ソーシャルワーカー"],
        "note": "退院の前に外泊の練習を行う。"});
    centre
        .about((who, child), "hold-plan-conference", fields)
        .await?;
    explain(centre, child, (plan, 1)).await?;
    centre.later(2, 5, Scene::Support(child, Step::Agree(plan)));
    Ok(())
}

async fn explain(
    centre: &mut Centre<'_>,
    child: u32,
    (plan, version): (Uuid, u32),
) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"plan": plan, "version": version, "to": "父母"});
    centre
        .about((who, child), "explain-support-plan", fields)
        .await
        .map(drop)
}

/// The family agrees, consents to the handing out, and the plan is handed out.
async fn agree(
    centre: &mut Centre<'_>,
    child: u32,
    (plan, version): (Uuid, u32),
) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"plan": plan, "version": version, "agreed_by": "母"});
    centre
        .about((who, child), "agree-support-plan", fields)
        .await?;
    let today = centre.today();
    let speaker = centre.person(child).map(|person| person.speaker(today));
    let fields = json!({"organisations": [], "recipients": ["visiting-nursing", "hospital"],
        "data": ["support-plan", "medical-care"], "purpose": "discharge", "form": "written",
        "given_by": speaker, "valid_to": centre.in_days(730), "giver": "見本　家族"});
    let consent = centre.about((who, child), "give-consent", fields).await?;
    let fields = json!({"plan": plan, "version": version,
        "parties": ["visiting-nursing", "hospital"], "consent": consent.made("consent"),
        "recipients": ["見本訪問看護ステーション", "見本病院"]});
    centre
        .about((who, child), "deliver-support-plan", fields)
        .await
        .map(drop)
}

async fn monitor(
    centre: &mut Centre<'_>,
    child: u32,
    (plan, before): (Uuid, u8),
) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"plan": plan, "next_due": centre.in_days(90),
        "findings": "夜間の呼吸が安定し、家族が眠れるようになった。"});
    centre
        .about((who, child), "monitor-support-plan", fields)
        .await?;
    let (stage, next) = match before {
        0 => ("three-months", Step::Revise(plan)),
        1 => ("six-months", Step::Monitor(plan, 2)),
        _ => ("twelve-months", Step::End(plan)),
    };
    consultation::voice(centre, child, stage).await?;
    centre.later(80, 110, Scene::Support(child, next));
    Ok(())
}

async fn revise(centre: &mut Centre<'_>, child: u32, plan: Uuid) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let reason = centre
        .draws
        .word(&["state", "services", "family-wish", "yearly"]);
    let fields = json!({"plan": plan, "base_version": 1, "reason": reason,
        "goals": "通園を続ける", "services": ["訪問看護"], "staff": who.name()});
    centre
        .about((who, child), "revise-support-plan", fields)
        .await?;
    sections(centre, child, (plan, 2)).await?;
    explain(centre, child, (plan, 2)).await?;
    agree(centre, child, (plan, 2)).await?;
    centre.later(10, 30, Scene::Support(child, Step::Monitor(plan, 1)));
    Ok(())
}

/// Handed over to a support specialist, completed, or gone on with.
async fn end(centre: &mut Centre<'_>, child: u32, plan: Uuid) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    match centre.turn("plan-end", 3) {
        0 => {
            let (office, referral) = referring::hand_over(centre, child).await?;
            let fields = json!({"plan": plan, "organisation": office, "referral": referral,
                "to": "見本相談支援事業所", "note": "サービス等利用計画へ引き継ぐ。"});
            centre
                .about((who, child), "hand-over-support-plan", fields)
                .await?;
        },
        1 => {
            let fields = json!({"plan": plan, "closing": "completed",
                "note": "在宅の生活が安定した。"});
            centre
                .about((who, child), "close-support-plan", fields)
                .await?;
        },
        _ => {
            centre.later(80, 110, Scene::Support(child, Step::End(plan)));
            return Ok(());
        },
    }
    centre.change(child, |person| person.supported = false);
    Ok(())
}
