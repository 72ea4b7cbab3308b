//! 数えた指標: in which indicators an event counts, supports what counts, or is left out, and why.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::Recorded;
use ledger_core::time::FiscalYear;
use ledger_projections::facts::Facts;
use ledger_projections::indicators::{Basis, find, indicators_of};

use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown};
use super::figures::scope;
use super::language::{current, t};
use super::site::Site;
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
    as_at: String,
    uses: Vec<Use>,
}

struct Use {
    id: &'static str,
    name: &'static str,
    how: String,
    value: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(position): Path<u64>,
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
    let year = FiscalYear::of(day);
    let scope = scope(year, site.today());
    let uses = indicators_of(found.id, &basis.facts(), scope, &basis.settings);
    let uses = uses.iter().filter_map(|one| {
        let indicator = find(one.indicator)?;
        Some(Use {
            id: indicator.id,
            name: t(indicator.ja, indicator.en),
            how: render::standing(&one.standing, current()),
            value: render::amount(&one.value, indicator.unit_ja, current()),
        })
    });
    let heading = t("数えた指標", "Indicators that count it");
    let heading = format!("{heading} #{position}");
    shown(&Page {
        chrome: Chrome::of(heading, &signed_in, "/events"),
        position,
        title: render::event_title(found.event_type.as_str(), current()).to_owned(),
        year: render::fiscal_year(year, current()),
        fiscal_year: year.year(),
        as_at: head.to_string(),
        uses: uses.collect(),
    })
}
