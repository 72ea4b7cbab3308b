//! Disaster plans: need, the family's plan, yearly verification, use, and whose support it is.

use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::Centre;
use super::profile;
use super::referring;
use super::scene::Scene;

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The need is seen.
    Need,
    /// The family plans with an office's support.
    Draft,
    /// The family agrees to its newest version.
    Agree(Uuid),
    /// Looked at without the family.
    Review(Uuid),
    /// Checked with the family.
    Verify(Uuid),
    /// The next version.
    Revise(Uuid),
    /// The person moved to another area.
    Moved,
    /// A ventilator is begun, or done without.
    Ventilator,
    /// Used in a real disaster.
    Used(&'static str),
}

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, child: u32, step: Step) -> Result<(), PlayError> {
    if !centre.is_open(child) {
        return Ok(());
    }
    let plan = centre.person(child).and_then(|person| person.disaster);
    match (step, plan) {
        (Step::Need, None) => need(centre, child).await,
        (Step::Draft, None) => draft(centre, child).await,
        (Step::Agree(plan), Some((open, version))) if plan == open => {
            agree(centre, child, (plan, version)).await?;
            verify_in(centre, child, plan);
            centre.later(120, 220, Scene::Disaster(child, Step::Review(plan)));
            Ok(())
        },
        (Step::Review(plan), Some((open, _))) if plan == open => {
            let who = centre.staff_of(child);
            let fields = json!({"plan": plan, "result": "valid", "method": "tabletop",
                "participants": "相談員2名", "issues": "なし", "staff": who.name()});
            centre
                .about((who, child), "review-disaster-plan", fields)
                .await
                .map(drop)
        },
        (Step::Verify(plan), Some((open, _))) if plan == open => verify(centre, child, plan).await,
        (Step::Revise(plan), Some((open, version))) if plan == open => {
            revise(centre, child, (plan, version)).await
        },
        (Step::Moved, Some((plan, _))) => moved(centre, child, plan).await,
        (Step::Ventilator, Some((plan, _))) => ventilator(centre, child, plan).await,
        (Step::Used(hazard), Some((plan, _))) => {
            let who = centre.staff_of(child);
            let fields = json!({"plan": plan, "hazard": hazard,
                "worked": "予備の電源へ切り替えた。", "failed": "連絡の電話がつながらなかった。"});
            centre
                .about((who, child), "record-disaster-plan-use", fields)
                .await
                .map(drop)
        },
        // The plan ended, or there is one already.
        _ => Ok(()),
    }
}

fn on_ventilator(centre: &Centre<'_>, child: u32) -> bool {
    let care = centre.person(child).map_or(0, |person| person.care);
    care & profile::bit(0) != 0
}

async fn need(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    if centre.person(child).is_none_or(|person| person.asked) {
        return Ok(());
    }
    let who = centre.staff_of(child);
    let fields = json!({"note": "停電への備えがない。"});
    centre
        .about((who, child), "identify-disaster-plan-need", fields)
        .await?;
    if centre.turn("plan-wanted", 6) == 4 {
        let fields = json!({"reason": "退院の直後で余裕がない。"});
        centre
            .about((who, child), "record-disaster-plan-not-wanted", fields)
            .await?;
        centre.later(180, 300, Scene::Disaster(child, Step::Need));
        return Ok(());
    }
    centre.change(child, |person| person.asked = true);
    centre.later(10, 40, Scene::Disaster(child, Step::Draft));
    Ok(())
}

async fn draft(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let office = if on_ventilator(centre, child) {
        "district-centre"
    } else {
        "centre"
    };
    let fields = json!({"office": office, "method": "visit",
        "result": "made-and-confirmed-by-family", "next_due": centre.in_days(365),
        "plan_text": "停電のときは車の電源を使う。", "issues": "発電機の置き場所",
        "staff": who.name()});
    let drafted = centre
        .about((who, child), "draft-disaster-plan", fields)
        .await?;
    let plan = drafted.made("disaster-plan");
    centre.change(child, |person| person.disaster = Some((plan, 1)));
    remember_area(centre, child, office);
    centre.later(1, 14, Scene::Disaster(child, Step::Agree(plan)));
    Ok(())
}

async fn agree(
    centre: &mut Centre<'_>,
    child: u32,
    (plan, version): (Uuid, u32),
) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let battery = centre.draws.between(1, 12).saturating_mul(60);
    let evacuation = ["stay", "leave", "undecided"];
    let fields = json!({"plan": plan, "version": version, "electric_device": true,
        "battery_minutes": battery, "spare_power": centre.draws.chance(60),
        "water_days": centre.draws.between(1, 7), "emergency_summary": true,
        "earthquake": centre.draws.word(&evacuation), "flood": centre.draws.word(&evacuation),
        "blackout": centre.draws.word(&evacuation), "power": "近くの公共施設で充電する。",
        "suction": "足踏み式の吸引器", "nutrition": "栄養剤と水を3日分",
        "contacts": "父、訪問看護、病院の順", "helpers": "隣の家族"});
    centre
        .about((who, child), "write-disaster-plan-sections", fields)
        .await?;
    let fields = json!({"plan": plan, "version": version, "agreed_by": "母"});
    centre
        .about((who, child), "agree-disaster-plan", fields)
        .await
        .map(drop)
}

/// About a year later; one in six is late.
fn verify_in(centre: &mut Centre<'_>, child: u32, plan: Uuid) {
    let (low, high) = if centre.turn("late-verification", 6) == 3 {
        (390, 450)
    } else {
        (320, 364)
    };
    centre.later(low, high, Scene::Disaster(child, Step::Verify(plan)));
}

async fn verify(centre: &mut Centre<'_>, child: u32, plan: Uuid) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let valid = centre.turn("verified", 3) != 1;
    let result = if valid { "valid" } else { "needs-revision" };
    let method = centre.draws.word(&["visit", "drill", "tabletop", "online"]);
    let fields = json!({"plan": plan, "guardian_present": true,
        "person_present": centre.draws.chance(70), "method": method, "result": result,
        "next_due": centre.in_days(365), "participants": "母、訪問看護師", "issues": "なし",
        "staff": who.name()});
    centre
        .about((who, child), "verify-disaster-plan", fields)
        .await?;
    if !valid {
        centre.later(5, 20, Scene::Disaster(child, Step::Revise(plan)));
    }
    verify_in(centre, child, plan);
    Ok(())
}

async fn revise(
    centre: &mut Centre<'_>,
    child: u32,
    (plan, version): (Uuid, u32),
) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"plan": plan, "base_version": version, "method": "visit",
        "result": "made-and-confirmed-by-family", "next_due": centre.in_days(365),
        "plan_text": "停電のときは避難所へ移る。", "issues": "避難先の変更", "staff": who.name()});
    centre
        .about((who, child), "revise-disaster-plan", fields)
        .await?;
    let next = version.saturating_add(1);
    centre.change(child, |person| person.disaster = Some((plan, next)));
    agree(centre, child, (plan, next)).await
}

/// A district centre's plan goes to that of the new area.
async fn moved(centre: &mut Centre<'_>, child: u32, plan: Uuid) -> Result<(), PlayError> {
    if !on_ventilator(centre, child) || centre.turn("moved-plan", 2) == 1 {
        return Ok(());
    }
    let to = centre.person(child).map(|person| person.area);
    let from = centre.person(child).and_then(|person| person.planned_in);
    if to == from || from.is_none() {
        return Ok(());
    }
    transfer(centre, child, (plan, "district-centre", "moved", None)).await
}

/// A ventilator is begun or ended: whose support the plan is changes with it.
async fn ventilator(centre: &mut Centre<'_>, child: u32, plan: Uuid) -> Result<(), PlayError> {
    if on_ventilator(centre, child) {
        let who = centre.staff_of(child);
        let fields = json!({"procedure": "ventilator", "reason": "主治医の判断"});
        centre
            .about((who, child), "end-care-procedure", fields)
            .await?;
        centre.change(child, |person| person.care &= !profile::bit(0));
        return transfer(centre, child, (plan, "centre", "ventilator-ended", None)).await;
    }
    profile::start_care(centre, child, 0).await?;
    let referral = referring::to_district(centre, child, "disaster-plan").await?;
    let with = (
        plan,
        "district-centre",
        "ventilator-started",
        Some(referral),
    );
    transfer(centre, child, with).await
}

async fn transfer(
    centre: &mut Centre<'_>,
    child: u32,
    (plan, to, reason, referral): (Uuid, &str, &str, Option<Uuid>),
) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"plan": plan, "to": to, "reason": reason, "referral": referral,
        "note": "家族の同意を得た。"});
    centre
        .about((who, child), "transfer-disaster-plan", fields)
        .await?;
    remember_area(centre, child, to);
    Ok(())
}

/// Where a district centre supports it.
fn remember_area(centre: &mut Centre<'_>, child: u32, office: &str) {
    let there = office == "district-centre";
    centre.change(child, |person| {
        person.planned_in = there.then_some(person.area);
    });
}

/// Ends the plan that goes on, when a case closes.
pub(super) async fn end(
    centre: &mut Centre<'_>,
    child: u32,
    closing: &str,
) -> Result<(), PlayError> {
    let Some((plan, _)) = centre.person(child).and_then(|person| person.disaster) else {
        return Ok(());
    };
    let reason = match closing {
        "moved" | "died" | "no-longer-needed" | "declined" => closing,
        _ => "other",
    };
    let who = centre.staff_of(child);
    let fields = json!({"plan": plan, "reason": reason, "note": "支援の終結に伴う。"});
    centre
        .about((who, child), "end-disaster-plan", fields)
        .await?;
    centre.change(child, |person| person.disaster = None);
    Ok(())
}
