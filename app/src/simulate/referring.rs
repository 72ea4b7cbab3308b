//! Referrals as they are made: to a district centre, to another office, from a hospital.

use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::Centre;
use super::referral::{Step, follow, give};
use super::scene::Scene;
use super::words::ASKED;

/// Area and section of a referral to a district centre.
pub(super) type Target = (&'static str, &'static str);

/// Sections of a district centre.
const SECTIONS: &[&str] = &[
    "health-welfare",
    "health-promotion",
    "livelihood-support",
    "child-family",
];
/// Other offices to which is referred.
const OTHERS: &[&str] = &[
    "visiting-nursing",
    "day-facility",
    "short-stay",
    "advisor-office",
];

/// The centre refers somebody.
pub(super) async fn make(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let made = if centre.turn("referred-to", 4) == 3 {
        let party = centre.draws.word(OTHERS);
        let Some(office) = centre.office(party) else {
            return Ok(());
        };
        let fields = json!({"direction": "to", "party": party, "organisation": office,
            "urgency": "normal", "reason": "services", "due_on": centre.in_days(60)});
        (refer(centre, child, fields).await?, None)
    } else {
        let reasons = [
            "services",
            "health-visit",
            "livelihood",
            "education",
            "other",
        ];
        let reason = centre.draws.word(&reasons);
        to_district_without_loop(centre, child, reason).await?
    };
    follow(centre, child, made);
    Ok(())
}

async fn refer(
    centre: &mut Centre<'_>,
    child: u32,
    mut fields: serde_json::Value,
) -> Result<Uuid, PlayError> {
    let who = centre.staff_of(child);
    let consent = centre.person(child).and_then(|person| person.consent);
    let request = centre.draws.word(ASKED);
    if let serde_json::Value::Object(fields) = &mut fields {
        fields.insert("consent".to_owned(), json!(consent));
        fields.insert("request".to_owned(), json!(request));
        fields.insert("staff".to_owned(), json!(who.name()));
    }
    let made = centre.about((who, child), "make-referral", fields).await?;
    Ok(made.made("referral"))
}

async fn to_district_without_loop(
    centre: &mut Centre<'_>,
    child: u32,
    reason: &str,
) -> Result<(Uuid, Option<Target>), PlayError> {
    let area = centre
        .person(child)
        .map_or("setagaya", |person| person.area);
    let section = centre.draws.word(SECTIONS);
    let urgency = centre.draws.word(&["normal", "normal", "normal", "urgent"]);
    let fields = json!({"direction": "to", "party": "district-centre", "area": area,
        "section": section, "urgency": urgency, "reason": reason, "due_on": centre.in_days(45)});
    let id = refer(centre, child, fields).await?;
    Ok((id, Some((area, section))))
}

/// Refers a person to the district centre of their area; gives the referral's id.
pub(super) async fn to_district(
    centre: &mut Centre<'_>,
    child: u32,
    reason: &str,
) -> Result<Uuid, PlayError> {
    let made = to_district_without_loop(centre, child, reason).await?;
    follow(centre, child, made);
    Ok(made.0)
}

/// A hospital refers a person to the centre, which answers in its turn.
pub(super) async fn from_hospital(
    centre: &mut Centre<'_>,
    child: u32,
) -> Result<Option<Uuid>, PlayError> {
    let Some(office) = centre.office("hospital") else {
        return Ok(None);
    };
    let fields = json!({"direction": "from", "party": "hospital", "organisation": office,
        "urgency": "urgent", "reason": "discharge"});
    let id = refer(centre, child, fields).await?;
    give(
        centre,
        (child, id),
        "receive-referral",
        json!({"receiver": "相談員"}),
    )
    .await?;
    give(centre, (child, id), "accept-referral", json!({})).await?;
    centre.later(40, 90, Scene::Referral(child, Step::Complete(id)));
    Ok(Some(id))
}

/// Refers a person to an advisors' office that takes the plan over; gives office and referral.
pub(super) async fn hand_over(
    centre: &mut Centre<'_>,
    child: u32,
) -> Result<(Option<Uuid>, Option<Uuid>), PlayError> {
    let Some(office) = centre.office("advisor-office") else {
        return Ok((None, None));
    };
    let fields = json!({"direction": "to", "party": "advisor-office", "organisation": office,
        "urgency": "normal", "reason": "hand-over"});
    let id = refer(centre, child, fields).await?;
    follow(centre, child, (id, None));
    Ok((Some(office), Some(id)))
}
