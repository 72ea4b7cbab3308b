//! Technical support to facilities: enrolled a year, visited four times, surveyed before and after.

use ledger_core::time::FiscalYear;
use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::{Centre, number};
use super::scene::Scene;
use super::words::{AREAS, VISITS};

/// Visits that a facility has in a year (paper, イ: 10か所×4回).
const VISITS_A_YEAR: u8 = 4;

/// A facility of the play.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The fiscal year in which it takes part.
    pub(super) year: i32,
    /// The care that it can give, one more from year to year.
    care: usize,
}

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Taken into the register.
    Register,
    /// Takes part in this fiscal year.
    Enrol,
    /// The next visit is arranged; how many there were.
    Schedule(u8),
    /// Visited.
    Visit(Uuid, u8),
    /// A person is taken on, or not.
    Accept,
    /// Its name changes.
    Rename,
    /// It takes part no longer.
    Withdraw,
}

/// Kinds of facilities.
const KINDS: &[&str] = &[
    "nursery",
    "day-facility",
    "school",
    "special-needs-school",
    "short-stay",
];

/// Plays a step.
pub(super) async fn play(
    centre: &mut Centre<'_>,
    index: usize,
    step: Step,
) -> Result<(), PlayError> {
    match step {
        Step::Register => register(centre, index).await,
        Step::Enrol => enrol(centre, index).await,
        Step::Schedule(nth) if takes_part(centre, index) => schedule(centre, index, nth).await,
        Step::Visit(visit, nth) if takes_part(centre, index) => {
            visited(centre, index, (visit, nth)).await
        },
        Step::Withdraw if takes_part(centre, index) => withdraw(centre, index).await,
        Step::Schedule(_) | Step::Visit(..) | Step::Withdraw => Ok(()),
        Step::Accept => accept(centre, index).await,
        Step::Rename => {
            let (nth, year) = (index.saturating_add(1), centre.year());
            let name = format!("見本第{nth}園（{year}年度に改称）");
            give(centre, index, "change-facility", json!({"name": name}))
                .await
                .map(drop)
        },
    }
}

fn takes_part(centre: &Centre<'_>, index: usize) -> bool {
    let year = centre.year();
    centre
        .facilities
        .get(index)
        .is_some_and(|place| place.year == year)
}

/// The register number of a facility.
fn facility(index: usize) -> String {
    format!("X{:02}", index.saturating_add(1))
}

async fn give(
    centre: &mut Centre<'_>,
    index: usize,
    name: &'static str,
    mut fields: serde_json::Value,
) -> Result<super::stage::Done, PlayError> {
    let who = centre.any_staff();
    if let serde_json::Value::Object(fields) = &mut fields {
        fields.insert("facility".to_owned(), json!(facility(index)));
    }
    centre.act(who, name, fields).await
}

async fn register(centre: &mut Centre<'_>, index: usize) -> Result<(), PlayError> {
    let who = centre.any_staff();
    let kind = centre.draws.word(KINDS);
    let area = centre.draws.word(AREAS);
    let name = format!("見本第{}園", index.saturating_add(1));
    let fields = json!({"number": facility(index), "name": name, "kind": kind, "area": area});
    centre.act(who, "register-facility", fields).await?;
    centre.facilities.push(Place { year: 0, care: 0 });
    Ok(())
}

async fn enrol(centre: &mut Centre<'_>, index: usize) -> Result<(), PlayError> {
    let year = centre.year();
    give(
        centre,
        index,
        "enrol-facility",
        json!({"fiscal_year": year}),
    )
    .await?;
    if let Some(place) = centre.facilities.get_mut(index) {
        place.year = year;
        place.care = place.care.saturating_add(1);
    }
    staff(centre, index).await?;
    survey(centre, index, "before").await?;
    centre.later(5, 25, Scene::Facility(index, Step::Schedule(0)));
    centre.later(60, 150, Scene::Facility(index, Step::Accept));
    match centre.turn("facility-year", 9) {
        4 => centre.later(90, 150, Scene::Facility(index, Step::Withdraw)),
        1 => centre.later(40, 120, Scene::Facility(index, Step::Rename)),
        _ => {},
    }
    Ok(())
}

async fn staff(centre: &mut Centre<'_>, index: usize) -> Result<(), PlayError> {
    let count = centre.facilities.get(index).map_or(1, |place| place.care);
    let able = [
        "suction",
        "tube-nasogastric",
        "tube-gastrostomy",
        "oxygen",
        "ventilator",
    ];
    let able: Vec<&str> = able.into_iter().take(count).collect();
    let more = u64::try_from(count).unwrap_or(0).saturating_mul(100);
    let nurses = more.saturating_add(centre.draws.below(100));
    let fields = json!({"nurse_fte_hundredths": nurses, "procedures": able});
    give(centre, index, "change-facility-staffing", fields)
        .await
        .map(drop)
}

async fn survey(
    centre: &mut Centre<'_>,
    index: usize,
    phase: &'static str,
) -> Result<(), PlayError> {
    let (low, high) = if phase == "before" { (1, 3) } else { (3, 5) };
    let confidence = centre.draws.between(low, high);
    let fields = json!({"phase": phase, "procedure": "suction", "confidence": confidence,
        "isolation": 6_u64.saturating_sub(confidence), "note": "一人で判断するのが不安"});
    give(centre, index, "survey-facility-confidence", fields)
        .await
        .map(drop)
}

/// Arranges a visit; one in nine is cancelled and arranged anew.
async fn schedule(centre: &mut Centre<'_>, index: usize, nth: u8) -> Result<(), PlayError> {
    let planned = centre.today().checked_add_days(chrono::Days::new(10));
    let planned = planned.and_then(|day| centre.agenda.open_from(day));
    let this_year = |day: &ledger_core::time::Day| FiscalYear::of(*day).year() == centre.year();
    let Some(planned) = planned.filter(this_year) else {
        return Ok(());
    };
    let fields = json!({"planned_on": planned.to_string(), "staff_kind": "nurse",
        "note": "吸引の手技の確認"});
    let visit = give(centre, index, "schedule-visit", fields)
        .await?
        .made("visit");
    if centre.turn("visit-cancelled", 9) == 5 {
        let fields = json!({"visit": visit, "reason": "施設の都合"});
        give(centre, index, "cancel-visit", fields).await?;
        centre.later(5, 12, Scene::Facility(index, Step::Schedule(nth)));
    } else {
        centre
            .agenda
            .plan(planned, Scene::Facility(index, Step::Visit(visit, nth)));
    }
    Ok(())
}

async fn visited(
    centre: &mut Centre<'_>,
    index: usize,
    (visit, nth): (Uuid, u8),
) -> Result<(), PlayError> {
    let kinds = ["nurse", "public-health-nurse", "advisor"];
    let (kind, content) = (centre.draws.word(&kinds), centre.draws.word(VISITS));
    let minutes = centre.draws.between(4, 12).saturating_mul(15);
    let fields = json!({"visit": visit, "staff_kind": kind, "duration_minutes": minutes,
        "content": content});
    give(centre, index, "record-facility-support", fields).await?;
    let done = nth.saturating_add(1);
    if done < VISITS_A_YEAR {
        // Four within the eight months of the first year, too.
        centre.later(30, 44, Scene::Facility(index, Step::Schedule(done)));
        return Ok(());
    }
    survey(centre, index, "after").await
}

async fn accept(centre: &mut Centre<'_>, index: usize) -> Result<(), PlayError> {
    let child = centre.somebody();
    let fields = if centre.turn("acceptance", 3) == 1 {
        json!({"outcome": "declined", "procedures": ["ventilator"],
            "reason": "看護師の配置が整わなかった"})
    } else {
        json!({"outcome": "accepted", "child": child.map(number), "procedures": ["suction"],
            "reason": "看護師の配置が整った"})
    };
    give(centre, index, "record-acceptance", fields)
        .await
        .map(drop)
}

async fn withdraw(centre: &mut Centre<'_>, index: usize) -> Result<(), PlayError> {
    give(
        centre,
        index,
        "withdraw-facility",
        json!({"reason": "看護師の退職のため"}),
    )
    .await?;
    if let Some(place) = centre.facilities.get_mut(index) {
        place.year = 0;
    }
    Ok(())
}
