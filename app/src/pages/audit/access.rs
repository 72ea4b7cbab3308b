//! 閲覧の点検: who opened whose text in a month, with what a reviewer asks about; or who opened one person's, ever.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_core::id::Position;
use ledger_core::store::{EventStore, ReadAll};
use ledger_core::time::Day;
use ledger_projections::access_review::{
    Counts, DAYS_MIN, Emergency, Flag, NIGHT_FROM, NIGHT_UNTIL, Reviewed, TIMES_MEDIAN, counts,
};
use ledger_projections::indicators::FactSet;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{self, Links, Table};
use super::super::fault::{Refusal, shown};
use super::super::form::Query;
use super::super::language::current;
use super::super::site::Site;
use super::access_asked::{Asked, PAGE};
use super::access_lines::{Line, flag_title, line, number_of, table};
use super::frame::Frame;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::lang::Lang;
use crate::reading::{AccessReview, month_of};
use crate::render;

/// Most months that can be chosen.
const MONTHS_MAX: usize = 120;

#[derive(Template)]
#[template(path = "audit/access.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    asked: Asked,
    months: Vec<String>,
    flags: Vec<(&'static str, &'static str, bool)>,
    /// The number of the person whose openings are shown; none: those of the month.
    child: Option<String>,
    accounts: Vec<Account>,
    emergencies: Vec<Taken>,
    all: usize,
    lines: Vec<Line>,
    /// The query of the page that follows.
    next: Option<String>,
    export: Option<Links>,
    night: (u32, u32),
    times: usize,
    days_min: usize,
}

/// What an account did in the month.
struct Account {
    name: String,
    query: String,
    openings: usize,
    persons: usize,
    flags: Vec<usize>,
    many_days: usize,
}

/// An access that was taken in an emergency.
struct Taken {
    position: u64,
    at: String,
    account: String,
    number: String,
    until: String,
}

/// What is read for what is asked.
async fn read(site: &Site, asked: &Asked) -> Result<AccessReview, Failure> {
    let open = &site.open.open;
    match asked.child.as_str() {
        "" => AccessReview::of_month(open, &asked.month).await,
        child => AccessReview::of_person(open, child, |all| asked.shown(all).to_vec()).await,
    }
}

/// The accesses that are asked for, as they are taken along.
fn taken_along(read: &AccessReview, asked: &Asked, lang: Lang) -> Table {
    let facts = read.facts();
    let reviewed = read.reviewed(&facts);
    let wanted: Vec<_> = reviewed.iter().filter(|one| asked.wants(one)).collect();
    table(&wanted, &facts, lang)
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let frame = Frame::of("/audit/access");
    let (chrome, lang) = (frame.chrome(&signed_in)?, current());
    let asked = asked.checked(site.today())?;
    if let Some(format) = export::format(&asked.format)? {
        // What may not be taken is not looked for.
        export::may_take(&site, &signed_in, ExportedList::AccessReview).await?;
        let read = read(&site, &asked).await?;
        let named = (ExportedList::AccessReview, format, read.head);
        return export::hand_over(&site, &signed_in, named, taken_along(&read, &asked, lang)).await;
    }
    let read = read(&site, &asked).await?;
    let months = months(site.open.open.store.as_ref(), site.today()).await?;
    let export = Links::of(&signed_in, ExportedList::AccessReview, &asked);
    shown(&Page {
        months,
        export: export.filter(|_| read.child.is_none()),
        ..made((chrome, frame), asked, &read)
    })
}

/// The page of what was read.
fn made((chrome, frame): (Chrome, Frame), asked: Asked, read: &AccessReview) -> Page {
    let lang = chrome.lang;
    let facts = read.facts();
    let reviewed = read.reviewed(&facts);
    let wanted: Vec<&Reviewed<'_>> = reviewed.iter().filter(|one| asked.wants(one)).collect();
    // Those of a person were read page by page, those of a month all at once.
    let (all, skipped) = match &read.child {
        Some(_) => (read.openings, 0),
        None => (wanted.len(), asked.page.saturating_mul(PAGE)),
    };
    let lines = wanted.iter().skip(skipped).take(PAGE);
    let follows = all > asked.page.saturating_add(1).saturating_mul(PAGE);
    let of_month = |one: &&Emergency| one.at.day_in_japan().to_string().starts_with(&asked.month);
    let taken = read.emergencies.iter().filter(|_| read.child.is_none());
    Page {
        months: Vec::new(),
        flags: Flag::ALL
            .iter()
            .map(|flag| {
                (
                    flag.code(),
                    flag_title(*flag, lang),
                    flag.code() == asked.flag,
                )
            })
            .collect(),
        child: read.child.as_deref().map(|child| number_of(child, &facts)),
        accounts: asked.accounts(counts(&reviewed)),
        emergencies: taken
            .filter(of_month)
            .map(|one| emergency(one, &facts))
            .collect(),
        next: follows.then(|| asked.at(asked.page.saturating_add(1))),
        lines: lines.map(|one| line(one, &facts, lang)).collect(),
        export: None,
        night: (NIGHT_FROM, NIGHT_UNTIL),
        times: TIMES_MEDIAN,
        days_min: DAYS_MIN,
        chrome,
        frame,
        asked,
        all,
    }
}

impl Asked {
    fn accounts(
        &self,
        counts: impl IntoIterator<Item = (ledger_core::actor::Actor, Counts)>,
    ) -> Vec<Account> {
        if !self.child.is_empty() {
            return Vec::new();
        }
        let accounts = counts.into_iter().map(|(name, own)| {
            let only = Self {
                by: name.to_string(),
                page: 0,
                ..self.clone()
            };
            let flag = |flag: &Flag| own.flags.get(flag).copied().unwrap_or_default();
            // The last one is told by its days.
            let flags = Flag::ALL.iter().filter(|flag| **flag != Flag::Many);
            Account {
                name: render::account(name.as_str(), current()),
                query: serde_html_form::to_string(only).unwrap_or_default(),
                openings: own.openings,
                persons: own.persons.len(),
                flags: flags.map(flag).collect(),
                many_days: own.many_days.len(),
            }
        });
        accounts.collect()
    }
}

fn emergency(taken: &Emergency, facts: &FactSet<'_>) -> Taken {
    let child = taken.stream.as_child().map(|child| child.to_string());
    let minute = "%Y-%m-%d %H:%M";
    Taken {
        position: taken.position.get(),
        at: taken.at.in_japan().format(minute).to_string(),
        account: render::account(taken.taken.account.as_str(), current()),
        number: child
            .map(|child| number_of(&child, facts))
            .unwrap_or_default(),
        until: taken.taken.until.in_japan().format("%H:%M").to_string(),
    }
}

/// The months from the present one back to that in which the ledger begins.
async fn months(store: &dyn EventStore, today: Day) -> Result<Vec<String>, Refusal> {
    let first = store.read_all(&ReadAll::one(Position::new(1))).await;
    let first = first.map_err(|error| read_failure(&error))?;
    let first = first.events.first();
    let first = first.map_or(today, |first| first.recorded_at.day_in_japan());
    let first = month_of(first);
    let mut months = Vec::new();
    let mut day = Some(today);
    while let Some(known) = day.filter(|day| months.len() < MONTHS_MAX && month_of(*day) >= first) {
        months.push(month_of(known));
        day = known.checked_sub_months(chrono::Months::new(1));
    }
    Ok(months)
}
