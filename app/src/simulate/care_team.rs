//! Who works with a person: the care team, the centre's own staff, and access in an emergency.

use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::Centre;
use super::scene::Scene;
use super::who::Who;

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Somebody works with the person no longer.
    Leave(Uuid),
    /// A colleague takes over.
    Rotate,
    /// Somebody not in charge opens the record for a reason.
    Emergency,
}

/// Who joins: the office's kind, and what they are to the person.
const MEMBERS: [(&str, &str); 6] = [
    ("hospital", "attending-doctor"),
    ("visiting-nursing", "visiting-nurse"),
    ("clinic", "family-doctor"),
    ("district-nurse", "district-nurse"),
    ("advisor-office", "support-specialist"),
    ("hospital", "medical-social-worker"),
];

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, child: u32, step: Step) -> Result<(), PlayError> {
    if !centre.is_open(child) {
        return Ok(());
    }
    match step {
        Step::Leave(member) => {
            let who = centre.staff_of(child);
            let fields = json!({"member": member, "reason": "異動。"});
            centre
                .about((who, child), "leave-care-team", fields)
                .await
                .map(drop)
        },
        Step::Rotate => rotate(centre, child).await,
        Step::Emergency => emergency(centre, child).await,
    }
}

/// One or two join.
pub(super) async fn join(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    for _ in 0..centre.draws.between(1, 2) {
        let index = centre.draws.index(MEMBERS.len());
        let (party, role) = MEMBERS.get(index).copied().unwrap_or_default();
        let office = centre.office(party);
        let fields = json!({"party": party, "organisation": office, "role": role,
            "person": "見本　桂", "contact": "03-0000-0000"});
        let joined = centre.about((who, child), "join-care-team", fields).await?;
        if centre.turn("member", 6) == 1 {
            let member = joined.made("care-team-member");
            centre.later(60, 400, Scene::CareTeam(child, Step::Leave(member)));
        }
    }
    Ok(())
}

async fn rotate(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let before = centre.person(child).map_or(0, |person| person.charge);
    let after = before
        .saturating_add(1)
        .checked_rem(centre.staff)
        .unwrap_or(0);
    if after == before {
        return Ok(());
    }
    let fields = json!({"account": Who::Staff(before).name()});
    centre
        .about((Who::Manager, child), "unassign-staff", fields)
        .await?;
    let fields = json!({"account": Who::Staff(after).name(), "charge": "main"});
    centre
        .about((Who::Manager, child), "assign-staff", fields)
        .await?;
    centre.change(child, |person| person.charge = after);
    Ok(())
}

async fn emergency(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let charge = centre.person(child).map_or(0, |person| person.charge);
    let other = charge
        .saturating_add(1)
        .checked_rem(centre.staff)
        .unwrap_or(0);
    let who = Who::Staff(other);
    let fields = json!({"minutes": 60, "reason": "夜間に救急から問合せがあった。"});
    centre
        .about((who, child), "take-emergency-access", fields)
        .await?;
    centre.look(who, child).await
}
