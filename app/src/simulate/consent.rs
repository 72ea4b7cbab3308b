//! Consent to sharing: given, refused, withdrawn, and what is shared on it or on other grounds.

use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::Centre;
use super::scene::Scene;

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The family is asked.
    Ask,
    /// A consent is taken back.
    Withdraw(Uuid),
    /// Something is shared.
    Share,
}

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, child: u32, step: Step) -> Result<(), PlayError> {
    if !centre.is_open(child) {
        return Ok(());
    }
    match step {
        Step::Ask if centre.turn("consent", 8) == 5 => refuse(centre, child).await,
        Step::Ask => give(centre, child).await,
        Step::Withdraw(consent) => withdraw(centre, child, consent).await,
        Step::Share => share(centre, child).await,
    }
}

/// The person or guardian consents to sharing for support.
pub(super) async fn give(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let today = centre.today();
    let speaker = centre.person(child).map(|person| person.speaker(today));
    let form = centre
        .draws
        .word(&["written", "written", "electronic", "oral"]);
    let fields = json!({"organisations": [], "purpose": "support", "form": form,
        "recipients": ["hospital", "clinic", "visiting-nursing", "district-centre", "day-facility"],
        "data": ["identity", "medical-care", "support-plan", "consultations"],
        "given_by": speaker, "giver": "見本　家族", "note": "写しを渡した。"});
    let given = centre.about((who, child), "give-consent", fields).await?;
    let id = given.made("consent");
    centre.change(child, |person| person.consent = Some(id));
    if centre.turn("withdrawn", 9) == 2 {
        centre.later(30, 300, Scene::Consent(child, Step::Withdraw(id)));
    }
    Ok(())
}

async fn refuse(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let today = centre.today();
    let speaker = centre.person(child).map(|person| person.speaker(today));
    let fields = json!({"recipients": ["school"], "data": ["family"], "purpose": "education",
        "refused_by": speaker, "reason": "入学が決まってから考えたい。"});
    centre
        .about((who, child), "refuse-consent", fields)
        .await
        .map(drop)
}

async fn withdraw(centre: &mut Centre<'_>, child: u32, consent: Uuid) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let today = centre.today();
    let speaker = centre.person(child).map(|person| person.speaker(today));
    let fields = json!({"consent": consent, "withdrawn_by": speaker, "reason": "転院したため。"});
    centre
        .about((who, child), "withdraw-consent", fields)
        .await?;
    centre.change(child, |person| {
        person.consent = person.consent.filter(|known| *known != consent);
    });
    Ok(())
}

async fn share(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let consent = centre.person(child).and_then(|person| person.consent);
    let party = centre
        .draws
        .word(&["hospital", "visiting-nursing", "district-centre"]);
    let fields = match consent {
        Some(consent) => json!({"party": party, "data": ["medical-care"], "purpose": "support",
            "basis": "consent", "consent": consent, "recipient": "見本の担当者",
            "what": "自宅での吸引の手順。"}),
        None => json!({"party": party, "data": ["medical-care"], "purpose": "support",
            "basis": "emergency", "recipient": "見本の担当者", "what": "アレルギーの有無。",
            "ground": "救急搬送の際に必要であったため。"}),
    };
    centre
        .about((who, child), "share-information", fields)
        .await
        .map(drop)
}
