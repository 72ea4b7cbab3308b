//! What changes of a person's profile: address, area, care, guardians, assessments.

use serde_json::json;

use super::PlayError;
use super::centre::Centre;
use super::scene::Scene;
use super::words::{AREAS, CARE};

/// Plays a change.
pub(super) async fn play(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    if !centre.is_open(child) {
        return Ok(());
    }
    match centre.turn("profile", 7) {
        0 => moved(centre, child).await,
        1 => reached(centre, child).await,
        2 => end_care(centre, child).await,
        3 => {
            let index = centre.draws.index(CARE.len().saturating_sub(1));
            start_care(centre, child, index.saturating_add(1)).await
        },
        4 => another_guardian(centre, child).await,
        5 => guardian_moved(centre, child).await,
        _ => {
            let who = centre.staff_of(child);
            let score = centre.draws.between(3, 60);
            let fields = json!({"score": score, "form_version": "2021",
                "assessor": "見本病院　主治医"});
            centre
                .about((who, child), "assess-care-score", fields)
                .await
                .map(drop)
        },
    }
}

/// Begins a kind of care that does not go on already.
pub(super) async fn start_care(
    centre: &mut Centre<'_>,
    child: u32,
    index: usize,
) -> Result<(), PlayError> {
    let bit = bit(index);
    let known = centre.person(child).map_or(u16::MAX, |person| person.care);
    let Some(care) = CARE.get(index).filter(|_| known & bit == 0) else {
        return Ok(());
    };
    let who = centre.staff_of(child);
    let hours = centre.draws.between(1, 24);
    let fields = json!({"procedure": care, "hours_per_day": hours});
    centre
        .about((who, child), "start-care-procedure", fields)
        .await?;
    centre.change(child, |person| person.care |= bit);
    Ok(())
}

/// Ends one kind of care; that of a ventilator is ended where the disaster plan is seen to.
async fn end_care(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let known = centre.person(child).map_or(0, |person| person.care);
    let mut going_on = (1..CARE.len()).filter(|index| known & bit(*index) != 0);
    let Some(index) = going_on.next() else {
        return Ok(());
    };
    let who = centre.staff_of(child);
    let fields = json!({"procedure": CARE.get(index), "reason": "主治医の判断"});
    centre
        .about((who, child), "end-care-procedure", fields)
        .await?;
    centre.change(child, |person| person.care &= !bit(index));
    Ok(())
}

/// Moves within the ward; a district centre's disaster plan moves along.
async fn moved(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let Some(person) = centre.person(child).cloned() else {
        return Ok(());
    };
    let new = centre.draws.word(AREAS);
    if new == person.area {
        return Ok(());
    }
    let who = centre.staff_of(child);
    let fields = json!({"field": "area", "old": person.area, "new": new});
    centre.about((who, child), "change-profile", fields).await?;
    centre.change(child, |person| person.area = new);
    if person.disaster.is_some() {
        let step = super::disaster::Step::Moved;
        centre.later(3, 14, Scene::Disaster(child, step));
    }
    Ok(())
}

/// Address and telephone, as they become known.
async fn reached(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    if centre.person(child).is_none_or(|person| person.reachable) {
        return Ok(());
    }
    let who = centre.staff_of(child);
    for (field, new) in [("phone", "03-0000-0000"), ("address", "見本町1-2-3")] {
        let fields = json!({"field": field, "old": null, "new": new});
        centre.about((who, child), "change-profile", fields).await?;
    }
    centre.change(child, |person| person.reachable = true);
    Ok(())
}

/// A grandparent is written down, and taken off again where it was a mistake.
async fn another_guardian(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let fields = json!({"name": "見本　祖母", "relation": "祖母", "contact": "見本町4-5-6",
        "contact_only": true});
    let added = centre.about((who, child), "add-guardian", fields).await?;
    if centre.turn("guardian-removed", 2) == 0 {
        let fields = json!({"guardian": added.made("guardian"), "reason": "本人の希望"});
        centre
            .about((who, child), "remove-guardian", fields)
            .await?;
    }
    Ok(())
}

/// Another address of the guardian, who is a contact alone where the person is grown up.
async fn guardian_moved(centre: &mut Centre<'_>, child: u32) -> Result<(), PlayError> {
    let Some(guardian) = centre.person(child).and_then(|person| person.guardian) else {
        return Ok(());
    };
    let today = centre.today();
    let grown = centre
        .person(child)
        .is_some_and(|person| person.years(today) >= 18);
    let who = centre.staff_of(child);
    let fields = json!({"guardian": guardian, "contact_only": grown, "name": "見本　家族",
        "relation": "保護者", "contact": "見本町7-8-9"});
    centre
        .about((who, child), "change-guardian", fields)
        .await
        .map(drop)
}

/// The bit of a kind of care.
pub(super) const fn bit(index: usize) -> u16 {
    match index {
        0..16 => 1 << index,
        _ => 0,
    }
}
