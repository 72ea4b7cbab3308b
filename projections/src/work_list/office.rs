//! Recommendations and requests that have no answer.

use super::terms::{RECOMMENDATION_AHEAD, REQUEST_AHEAD};
use super::{Desk, WorkItem, WorkKind};
use crate::facts::Kind;

pub(super) fn items(desk: &Desk<'_, '_>) -> Vec<WorkItem> {
    let made = desk
        .of(Kind::RecommendationMade)
        .filter(|made| !desk.any(Kind::RecommendationAnswered, &made.thing));
    let recommendations =
        made.filter_map(|made| Some(desk.item(WorkKind::Recommendation, made, made.due?)));
    let recommendations = recommendations.filter(|item| desk.is_near(item, RECOMMENDATION_AHEAD));
    let ended = |thing: &str| {
        let mut steps = desk.about(Kind::RequestStep, thing);
        steps.any(|step| step.says("answered") || step.says("withdrawn"))
    };
    let made = desk.of(Kind::RequestStep);
    let made = made.filter(|step| step.says("made") && !ended(&step.thing));
    let requests = made.filter_map(|made| Some(desk.item(WorkKind::Request, made, made.due?)));
    let requests = requests.filter(|item| desk.is_near(item, REQUEST_AHEAD));
    recommendations.chain(requests).collect()
}
