//! 数えた指標: in which indicators an event counts, supports what counts, or is left out, and why.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::Recorded;
use ledger_core::store::StoredEvent;
use ledger_core::time::FiscalYear;
use ledger_projections::facts::Facts;
use ledger_projections::figures::{self, OF_DAY, OF_YEAR};
use ledger_projections::indicators::{Basis, INDICATORS, Scope, Use as Standing, find, uses_of};
use serde::Deserialize;

use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown};
use super::figures::scope;
use super::form::Query;
use super::language::{current, t};
use super::site::Site;
use super::years::{Year, choice, known_years};
use crate::fault::figures_failure;
use crate::reading::find_event;
use crate::render;
use crate::rights::may_read;

#[derive(Template)]
#[template(path = "counted.html")]
struct Page {
    chrome: Chrome,
    position: u64,
    title: String,
    year: String,
    fiscal_year: i32,
    /// The year of the event, and those of the trial.
    years: Vec<Year>,
    as_at: String,
    uses: Vec<Use>,
}

struct Use {
    id: &'static str,
    /// It is one of the list of indicators, whose ids people know.
    is_indicator: bool,
    name: &'static str,
    how: String,
    value: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    fiscal_year: Option<i32>,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(position): Path<u64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let open = &site.open.open;
    let found = find_event(open.store.as_ref(), &position.to_string()).await?;
    may_read(signed_in.role, &found.stream)?;
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let basis = Basis::read(open.store.as_ref(), &open.facts, Some(head)).await;
    let basis = basis.map_err(|error| figures_failure(&error))?;
    let occurred = Recorded::read(&found).ok();
    let occurred = occurred.and_then(|recorded| recorded.metadata.occurred.day());
    // What has no day counts in the year in which it was recorded, where it counts at all.
    let day = occurred.unwrap_or_else(|| found.recorded_at.day_in_japan());
    let own = FiscalYear::of(day);
    let mut years = known_years(&basis.settings, site.today());
    if !years.contains(&own) {
        years.push(own);
        years.sort();
    }
    let year = years
        .iter()
        .find(|one| Some(one.year()) == asked.fiscal_year);
    let year = year.copied().unwrap_or(own);
    let uses = uses(&basis, &found, scope(year, site.today()));
    let heading = t("数えた指標", "Indicators that count it");
    let heading = format!("{heading} #{position}");
    shown(&Page {
        chrome: Chrome::of(heading, &signed_in, "/events"),
        position,
        title: render::event_title(found.event_type.as_str(), current()).to_owned(),
        year: render::fiscal_year(year, current()),
        fiscal_year: year.year(),
        as_at: head.to_string(),
        years: years.iter().map(|one| choice(*one, year)).collect(),
        uses: uses.iter().filter_map(told).collect(),
    })
}

/// How the event stands in the indicators and in the ward's further figures.
fn uses(basis: &Basis, found: &StoredEvent, scope: Scope) -> Vec<Standing> {
    let all = INDICATORS.iter().chain(OF_YEAR).chain(OF_DAY);
    let all = all.map(|one| (one, figures::scope(one, scope)));
    uses_of(found.id, basis, all)
}

fn told(one: &Standing) -> Option<Use> {
    let indicator = find(one.indicator).or_else(|| figures::find(one.indicator))?;
    Some(Use {
        id: indicator.id,
        is_indicator: find(indicator.id).is_some(),
        name: t(indicator.ja, indicator.en),
        how: render::standing(&one.standing, current()),
        value: render::amount(&one.value, indicator.unit_ja, current()),
    })
}
