//! 記録の信頼性: corrections, late entries, consents, who looked, what was proved, and how late records are.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_projections::indicators::INDICATORS;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::Table;
use super::super::fault::Refusal;
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::site::Site;
use super::frame::Frame;
use super::looked::Present;
use super::paper::{Paper, answer};
use super::row::{self, Row};
use crate::fault::read_failure;

#[derive(Template)]
#[template(path = "committee/quality.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    figures: Vec<Row>,
    head: String,
    root: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let looked = &present.looked;
    let ids = INDICATORS.iter().map(|indicator| indicator.id);
    let ids = ids.filter(|id| *id == "B-6" || *id == "E-7" || id.starts_with("I-"));
    let ids: Vec<&str> = ids.collect();
    let head = site.open.open.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?;
    let frame = Frame::of("/committee/quality")
        .with_years(&present)
        .looking_at(looked);
    let as_at = looked.basis.as_at;
    let page = Page {
        chrome: frame.chrome(&signed_in),
        frame,
        figures: Row::all(&ids, looked),
        head: head.position.to_string(),
        root: head.frontier.root().to_string(),
    };
    let named = (ExportedList::TrustInRecords, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        vec![row::table(&self.figures)]
    }
}
