//! The centre gets to know a person: registration, assessment, and the person's coming of age.

use serde_json::json;

use super::centre::{Centre, number};
use super::scene::Scene;
use super::words::{CARE, FAMILIES, GIVEN};
use super::{PlayError, care_team, case, consent};

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Taken into the register.
    Register,
    /// Looked at more closely.
    Assess,
    /// Eighteen years old.
    Adult,
}

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, child: u32, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Register => register(centre, child).await,
        Step::Assess if centre.is_open(child) => assess(centre, child).await,
        Step::Adult if centre.is_open(child) => adult(centre, child).await,
        Step::Assess | Step::Adult => Ok(()),
    }
}

async fn register(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let Some(person) = centre.person(child).cloned() else {
        return Ok(());
    };
    let charge = child.checked_rem(centre.staff).unwrap_or(0);
    let who = super::who::Who::Staff(charge);
    let (family, given) = (
        centre.draws.index(FAMILIES.len()),
        centre.draws.index(GIVEN.len()),
    );
    let (family, family_kana) = FAMILIES.get(family).copied().unwrap_or_default();
    let (given, given_kana) = GIVEN.get(given).copied().unwrap_or_default();
    let fields = json!({"number": number(child), "name": format!("{family}　{given}"),
        "kana": format!("{family_kana}　{given_kana}"),
        "birth_date": person.born.to_string(), "area": person.area});
    let registered = centre.act(who, "register-child", fields).await?;
    let relation = if centre.draws.chance(85) {
        "母"
    } else {
        "父"
    };
    let fields = json!({"name": format!("{family}　{relation}"), "relation": relation,
        "contact": "見本町1-2-3", "contact_only": false});
    let guardian = centre.about((who, child), "add-guardian", fields).await?;
    let fields = json!({"account": who.name(), "charge": "main"});
    centre.about((who, child), "assign-staff", fields).await?;
    let guardian = guardian.made("guardian");
    centre.change(child, |person| {
        person.open = true;
        person.charge = charge;
        person.guardian = Some(guardian);
    });
    centre.known.push(child);
    begin_care(centre, child).await?;
    if centre.turn("identity-slip", 25) == 3 {
        let step = super::correction::Step::Identity(child, registered.event());
        centre.later(2, 9, Scene::Correction(step));
    }
    centre.later(3, 20, Scene::Intake(child, Step::Assess));
    centre.later(5, 30, Scene::Consent(child, consent::Step::Ask));
    let birthday = person.born.checked_add_months(chrono::Months::new(12 * 18));
    if let Some(birthday) = birthday.filter(|day| *day > centre.today()) {
        centre
            .agenda
            .plan(birthday, Scene::Intake(child, Step::Adult));
    }
    Ok(())
}

/// One to four kinds of daily medical care; every seventh person is on a ventilator.
async fn begin_care(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    if centre.turn("ventilator", 7) == 2 {
        super::profile::start_care(centre, child, 0).await?;
    }
    for _ in 0..centre.draws.between(1, 3) {
        let index = centre
            .draws
            .index(CARE.len().saturating_sub(1))
            .saturating_add(1);
        super::profile::start_care(centre, child, index).await?;
    }
    Ok(())
}

async fn assess(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    centre.look_if_in_charge(who, child).await?;
    let grams = centre.draws.between(480, 3_600);
    let weeks = centre.draws.between(23, 41);
    let fields = json!({"weight_grams": grams, "gestation_weeks": weeks});
    centre
        .about((who, child), "record-birth-detail", fields)
        .await?;
    let motor = ["none", "mild", "moderate", "severe"];
    let motor = centre.draws.word(&motor);
    let fields = json!({"motor_impairment": motor, "smid_certified": motor == "severe"});
    centre
        .about((who, child), "assess-mobility", fields)
        .await?;
    let score = centre.draws.between(3, 60);
    let fields = json!({"score": score, "form_version": "2021", "assessor": "見本病院　主治医"});
    centre
        .about((who, child), "assess-care-score", fields)
        .await?;
    let services = [
        "home-help",
        "child-development",
        "after-school",
        "short-stay",
        "equipment",
    ];
    let used: Vec<&str> = if centre.draws.chance(70) {
        vec![centre.draws.word(&services)]
    } else {
        Vec::new()
    };
    let handbooks = if motor == "severe" {
        vec!["physical"]
    } else {
        Vec::new()
    };
    let fields = json!({"handbooks": handbooks, "services": used,
        "note": "利用中のサービスを保護者に確認した。"});
    centre
        .about((who, child), "record-welfare-services", fields)
        .await?;
    care_team::join(centre, child).await
}

/// From eighteen on the person consents, and the parents are contacts.
async fn adult(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"children": [number(child)], "consulter": "person", "channel": "office",
        "topics": ["transition-to-adult"], "action": "information",
        "content": "成人期の医療と通所先について、本人から相談があった。"});
    centre.act(who, "record-consultation", fields).await?;
    if let Some(guardian) = centre.person(child).and_then(|person| person.guardian) {
        let fields = json!({"guardian": guardian, "contact_only": true, "name": "見本　家族",
            "relation": "家族", "contact": "見本町1-2-3"});
        centre
            .about((who, child), "change-guardian", fields)
            .await?;
    }
    consent::give(centre, child).await?;
    if centre.draws.chance(50) {
        let step = case::Step::Close("adult-services");
        centre.later(60, 150, Scene::Case(child, step));
    }
    Ok(())
}
