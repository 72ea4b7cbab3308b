//! Recommendations and requests that have no answer.

use super::{Desk, WorkItem, WorkKind};
use crate::facts::Kind;

/// An answer is shown so many days before its day.
const AHEAD_DAYS: i64 = 30;

pub(super) fn items(desk: &Desk<'_, '_>) -> Vec<WorkItem> {
    let made = desk
        .of(Kind::RecommendationMade)
        .filter(|made| !desk.any(Kind::RecommendationAnswered, &made.thing));
    let recommendations =
        made.filter_map(|made| Some(desk.item(WorkKind::Recommendation, made, made.due?)));
    let ended = |thing: &str| {
        let mut steps = desk.about(Kind::RequestStep, thing);
        steps.any(|step| step.says("answered") || step.says("withdrawn"))
    };
    let made = desk.of(Kind::RequestStep);
    let made = made.filter(|step| step.says("made") && !ended(&step.thing));
    let requests = made.filter_map(|made| Some(desk.item(WorkKind::Request, made, made.due?)));
    recommendations
        .chain(requests)
        .filter(|item| item.days_left <= AHEAD_DAYS)
        .collect()
}
