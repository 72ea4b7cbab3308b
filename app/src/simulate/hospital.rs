//! Stays in hospital: admission, the hospital's notice, the planned day, discharge.

use chrono::Days;
use ledger_core::time::Day;
use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::Centre;
use super::scene::Scene;
use super::{consultation, referring, support};

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Admitted; a home-living support plan is to come of it or not.
    Admit(bool),
    /// The hospital tells of the coming discharge.
    Notice(Uuid, bool),
    /// The planned day moves.
    Moved(Uuid, Day),
    /// Home again, with the plan where there is one.
    Home(Option<Uuid>),
}

/// Days between the hospital's notice and the discharge.
const NOTICE_DAYS: u64 = 30;
/// Days by which the planned day moves.
const MOVED_DAYS: u64 = 5;

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, child: u32, step: Step) -> Result<(), PlayError> {
    if !centre.is_open(child) {
        return Ok(());
    }
    match step {
        Step::Admit(plan) => admit(centre, child, plan).await,
        Step::Notice(stay, plan) => notice(centre, child, (stay, plan)).await,
        Step::Moved(stay, planned) => {
            let who = centre.staff_of(child);
            let fields = json!({"stay": stay, "planned_on": planned.to_string(),
                "note": "訪問看護の都合。"});
            centre
                .about((who, child), "set-discharge-date", fields)
                .await
                .map(drop)
        },
        Step::Home(plan) => {
            let who = centre.staff_of(child);
            let fields = json!({"plan": plan, "hospital": "見本病院"});
            centre
                .about((who, child), "record-discharge", fields)
                .await?;
            centre.change(child, |person| person.in_hospital = false);
            Ok(())
        },
    }
}

async fn admit(centre: &mut Centre<'_>, child: u32, plan: bool) -> Result<(), PlayError> {
    let busy = |person: &super::person::Person| person.in_hospital || (plan && person.supported);
    if centre.person(child).is_none_or(busy) {
        return Ok(());
    }
    let who = centre.staff_of(child);
    let hospital = centre.office("hospital");
    let fields = json!({"organisation": hospital, "hospital": "見本病院", "reason": "肺炎。"});
    let stay = centre
        .about((who, child), "start-hospital-stay", fields)
        .await?;
    centre.change(child, |person| {
        person.in_hospital = true;
        person.supported |= plan;
    });
    let stay = stay.made("hospital-stay");
    centre.later(5, 25, Scene::Hospital(child, Step::Notice(stay, plan)));
    Ok(())
}

async fn notice(
    centre: &mut Centre<'_>,
    child: u32,
    (stay, plan): (Uuid, bool),
) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let planned = centre.in_days(NOTICE_DAYS);
    let referral = referring::from_hospital(centre, child).await?;
    let fields = json!({"stay": stay, "planned_on": planned, "referral": referral,
        "sender": "見本病院　医療ソーシャルワーカー", "note": "在宅の準備を始めたいとのこと。"});
    centre
        .about((who, child), "receive-discharge-notice", fields)
        .await?;
    consultation::voice(centre, child, "discharge-notice").await?;
    let plan = if plan {
        Some(support::request(centre, child, (referral, &planned)).await?)
    } else {
        None
    };
    let home = centre.today().checked_add_days(Days::new(NOTICE_DAYS));
    let mut home = home.unwrap_or_else(|| centre.today());
    if centre.turn("discharge-moved", 3) == 0 {
        home = home.checked_add_days(Days::new(MOVED_DAYS)).unwrap_or(home);
        centre.later(5, 7, Scene::Hospital(child, Step::Moved(stay, home)));
    }
    centre
        .agenda
        .plan(home, Scene::Hospital(child, Step::Home(plan)));
    Ok(())
}
