//! The directory of offices: registered, asked what they can take on, changed, closed.

use serde_json::json;

use super::PlayError;
use super::centre::{Centre, Office};
use super::scene::Scene;
use super::words::AREAS;

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The offices that the centre begins with.
    Begin,
    /// Some are asked what they can take on.
    Confirm,
    /// One moves.
    Change,
    /// One closes, and another opens.
    Close,
}

/// Kinds of offices, with their name.
const OFFICES: [(&str, &str); 15] = [
    ("hospital", "見本こども病院"),
    ("hospital", "見本総合病院"),
    ("clinic", "見本クリニック"),
    ("visiting-nursing", "見本訪問看護ステーション"),
    ("visiting-nursing", "例田訪問看護ステーション"),
    ("day-facility", "見本児童発達支援センター"),
    ("short-stay", "見本短期入所"),
    ("home-help", "見本居宅介護"),
    ("advisor-office", "見本相談支援事業所"),
    ("advisor-office", "例田相談支援事業所"),
    ("district-nurse", "見本地区保健師"),
    ("school", "見本小学校"),
    ("family-association", "見本つばさの会"),
    ("tokyo-centre", "見本東京都支援センター"),
    ("adult-facility", "見本生活介護"),
];

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Begin => {
            for (kind, name) in OFFICES {
                register(centre, kind, name).await?;
            }
            Ok(())
        },
        Step::Confirm => confirm(centre).await,
        Step::Change => change(centre).await,
        Step::Close => close(centre).await,
    }
}

async fn register(
    centre: &mut Centre<'_>,
    kind: &'static str,
    name: &str,
) -> Result<(), PlayError> {
    let who = centre.any_staff();
    let area = centre.draws.word(AREAS);
    let fields = json!({"kind": kind, "name": name, "area": area, "phone": "03-0000-9999",
        "address": "見本一丁目1番1号"});
    let made = centre.act(who, "register-organisation", fields).await?;
    centre.offices.push(Office {
        id: made.made("organisation"),
        kind,
        open: true,
    });
    Ok(())
}

async fn confirm(centre: &mut Centre<'_>) -> Result<(), PlayError> {
    for _ in 0..3 {
        let kind = centre
            .draws
            .word(&["visiting-nursing", "day-facility", "short-stay", "clinic"]);
        let Some(office) = centre.office(kind) else {
            continue;
        };
        let who = centre.any_staff();
        let capacity = centre
            .draws
            .word(&["open", "limited", "limited", "full", "not-offered"]);
        let places = match capacity {
            "full" | "not-offered" => 0,
            "open" => centre.draws.between(1, 5),
            _ => centre.draws.below(5),
        };
        let fields = json!({"organisation": office, "capacity": capacity,
            "procedures": ["ventilator", "suction"], "services": ["home-respite"],
            "age_from": 0, "age_to": 18, "places": places, "confirmed_with": "管理者",
            "note": "夜間は要相談"});
        centre.act(who, "confirm-resource", fields).await?;
    }
    Ok(())
}

async fn change(centre: &mut Centre<'_>) -> Result<(), PlayError> {
    let Some(office) = centre.office("visiting-nursing") else {
        return Ok(());
    };
    let who = centre.any_staff();
    let nth = centre.turn("office-moved", usize::MAX).saturating_add(2);
    let fields = json!({"organisation": office, "address": format!("見本{nth}丁目1番1号")});
    centre
        .act(who, "change-organisation", fields)
        .await
        .map(drop)
}

/// The last visiting nurses' office closes; another takes its place.
async fn close(centre: &mut Centre<'_>) -> Result<(), PlayError> {
    register(centre, "visiting-nursing", "架空訪問看護ステーション").await?;
    let of_kind = |office: &&mut Office| office.open && office.kind == "visiting-nursing";
    let Some(office) = centre.offices.iter_mut().find(of_kind) else {
        return Ok(());
    };
    office.open = false;
    let id = office.id;
    let who = centre.any_staff();
    let fields = json!({"organisation": id});
    centre.act(who, "close-organisation", fields).await?;
    centre.later(200, 380, Scene::Directory(Step::Change));
    Ok(())
}
