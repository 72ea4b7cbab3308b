//! 関係機関・施設: the offices, facilities and advisors in training that the ledger keeps, with the forms to add and
//! change them. Nobody's text is opened.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::code::Area;
use ledger_core::event::ExportedList;
use ledger_core::id::Position;
use ledger_core::time::Day;
use ledger_projections::facility::{FacilityCard, facility_card};
use ledger_projections::organisation::{DirectoryEntry, directory_entry};
use ledger_projections::trainee::trainee_card;
use serde::{Deserialize, Serialize};

use super::chrome::Chrome;
use super::door::SignedIn;
use super::export::{self, Book, Cell, Links, Table};
use super::fault::{Refusal, shown};
use super::form::Query;
use super::language::{current, t};
use super::site::Site;
use crate::lang::Lang;
use crate::reading::{histories, settings_at};
use crate::render;
use crate::wiring::OpenLedger;

/// Offices of one page.
const PAGE: usize = 100;

#[derive(Template)]
#[template(path = "organisations.html")]
struct Page {
    chrome: Chrome,
    areas: Vec<(&'static str, String, bool)>,
    asked: Asked,
    all: usize,
    offices: Vec<Office>,
    next: Option<String>,
    facilities: Vec<Facility>,
    /// Advisors in training in a line each; none for who may not read events.
    trainees: Option<Vec<String>>,
    /// Whether the role may add and change them.
    records: bool,
    export: Option<Links>,
}

struct Office {
    id: String,
    name: String,
    kind: String,
    area: String,
    phone: String,
    /// What it said last that it can take on, and when.
    said: String,
    closed: bool,
}

struct Facility {
    id: String,
    name: String,
    kind: String,
    area: String,
    visits: usize,
}

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// An area's code.
    #[serde(skip_serializing_if = "String::is_empty")]
    area: String,
    /// `all`: those that are worked with no longer as well.
    #[serde(skip_serializing_if = "String::is_empty")]
    closed: String,
    page: usize,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(skip_serializing)]
    format: String,
    /// The table that a file is to hold, by its code.
    #[serde(skip_serializing)]
    table: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let reads = signed_in.may(Action::ReadEvents, Subject::Practice);
    // Offices are nobody's record: who keeps the program sees them as well.
    if signed_in
        .may(Action::ManageAccounts, Subject::Ledger)
        .is_err()
    {
        reads.as_ref().map_err(|_| Refusal::not_yours())?;
    }
    let lang = current();
    let (open, at) = (&site.open.open, signed_in.head);
    let offices = offices((open, at), &asked, site.today()).await?;
    let skipped = asked.page.saturating_mul(PAGE);
    let (all, follows) = (offices.len(), offices.len() > skipped.saturating_add(PAGE));
    let trainees = match reads {
        Ok(()) => Some(trainees((open, at), site.today(), lang).await?),
        Err(_) => None,
    };
    let facilities = facilities((open, at), site.today(), lang).await?;
    let lines: Vec<Office> = offices.iter().map(|one| shown_office(one, lang)).collect();
    let tables = tables((&lines, &facilities, trainees.as_deref()), lang);
    let list = ExportedList::Organisations;
    let export = Links::of_tables(&signed_in, list, &asked, &tables);
    let title = t("関係機関と施設", "Organisations");
    if let Some(format) = export::format(&asked.format)? {
        let named = (list, format, signed_in.head);
        let title = title.to_owned();
        let book = Book { title, tables };
        return export::hand_over_book(&site, &signed_in, named, (book, &asked.table)).await;
    }
    let area = |area: &Area| {
        let title = render::code_term(area.code(), area.ja(), lang);
        (area.code(), title, area.code() == asked.area)
    };
    shown(&Page {
        chrome: Chrome::of(title, &signed_in, "/organisations"),
        areas: Area::ALL.iter().map(area).collect(),
        offices: lines.into_iter().skip(skipped).take(PAGE).collect(),
        next: follows.then(|| asked.at(asked.page.saturating_add(1))),
        facilities,
        export,
        records: signed_in.may(Action::RecordWork, Subject::Practice).is_ok(),
        trainees,
        all,
        asked,
    })
}

impl Asked {
    fn at(&self, page: usize) -> String {
        let other = Self {
            page,
            ..self.clone()
        };
        serde_html_form::to_string(other).unwrap_or_default()
    }

    fn wants(&self, office: &DirectoryEntry) -> bool {
        let there = office.area.is_some_and(|area| area.code() == self.area);
        (self.area.is_empty() || there) && (self.closed == "all" || !office.closed)
    }
}

/// The offices that are wanted, by kind and name.
async fn offices(
    (open, at): (&OpenLedger, Position),
    asked: &Asked,
    today: Day,
) -> Result<Vec<DirectoryEntry>, Refusal> {
    let streams = histories(open, "organisation-", at).await?;
    let offices = streams
        .iter()
        .filter_map(|(_, history)| directory_entry(history, today));
    let mut offices: Vec<DirectoryEntry> = offices.filter(|one| asked.wants(one)).collect();
    offices.sort_by_cached_key(|one| (one.closed, one.kind.ja(), one.name.clone()));
    Ok(offices)
}

fn shown_office(office: &DirectoryEntry, lang: Lang) -> Office {
    let said = office.confirmation.as_ref().map(|said| {
        let capacity = render::code_term(said.capacity.code(), said.capacity.ja(), lang);
        let stale = if said.stale { "⚑" } else { "" };
        let asked = render::day(said.asked_on, lang);
        match lang {
            Lang::Ja => format!("{capacity}（{stale}{asked}）"),
            Lang::En => format!("{capacity} ({stale}{asked})"),
        }
    });
    Office {
        id: office.organisation.to_string(),
        name: office.name.clone(),
        kind: render::code_term(office.kind.code(), office.kind.ja(), lang),
        area: area(office.area, lang),
        phone: office.phone.clone().unwrap_or_default(),
        said: said.unwrap_or_else(|| lang.pick("未確認", "nobody asked yet").to_owned()),
        closed: office.closed,
    }
}

/// The lists as they are taken along; without advisors in training for who may not read events.
fn tables(
    (offices, facilities, trainees): (&[Office], &[Facility], Option<&[String]>),
    lang: Lang,
) -> Vec<Table> {
    let (name, kind) = (lang.pick("名称", "name"), lang.pick("種別", "kind"));
    let area = lang.pick("総合支所", "area");
    let office = |one: &Office| {
        let closed = one.closed.then(|| lang.pick("終了", "closed").to_owned());
        let told = [&one.name, &one.kind, &one.area, &one.phone, &one.said];
        let told = told.map(Cell::text).into_iter();
        told.chain([Cell::known(closed)]).collect()
    };
    let columns = [
        name,
        kind,
        area,
        lang.pick("電話", "telephone"),
        lang.pick("受入状況（確認日）", "what it can take on"),
        lang.pick("終了", "closed"),
    ];
    let facility = |one: &Facility| {
        let told = [&one.name, &one.kind, &one.area].map(Cell::text);
        told.into_iter().chain([Cell::number(one.visits)]).collect()
    };
    let visits = lang.pick("訪問", "visits");
    let title = lang.pick("関係機関", "offices");
    let mut tables = vec![
        Table::new(title, columns, offices.iter().map(office)).coded("offices"),
        Table::new(
            lang.pick("施設", "facilities"),
            [name, kind, area, visits],
            facilities.iter().map(facility),
        )
        .coded("facilities"),
    ];
    tables.extend(trainees.map(|lines| {
        let rows = lines.iter().map(|line| vec![Cell::text(line)]);
        let title = lang.pick("育成対象の相談員", "advisors in training");
        Table::new(title, [title], rows).coded("trainees")
    }));
    tables
}

fn area(area: Option<Area>, lang: Lang) -> String {
    let area = area.map(|area| render::code_term(area.code(), area.ja(), lang));
    area.unwrap_or_else(|| "―".to_owned())
}

async fn facilities(
    (open, at): (&OpenLedger, Position),
    today: Day,
    lang: Lang,
) -> Result<Vec<Facility>, Refusal> {
    let streams = histories(open, "facility-", at).await?;
    let cards = streams
        .iter()
        .filter_map(|(_, history)| facility_card(history, today));
    let shown = |card: FacilityCard| Facility {
        id: card.facility.to_string(),
        name: card.called(),
        kind: card.kind.map_or_else(
            || "―".to_owned(),
            |kind| render::code_term(kind.code(), kind.ja(), lang),
        ),
        area: area(card.area, lang),
        visits: card.visits.len(),
    };
    Ok(cards.map(shown).collect())
}

async fn trainees(
    (open, at): (&OpenLedger, Position),
    today: Day,
    lang: Lang,
) -> Result<Vec<String>, Refusal> {
    let settings = settings_at(open, Some(at)).await?;
    let streams = histories(open, "trainee-", at).await?;
    let cards = streams
        .iter()
        .filter_map(|(_, history)| trainee_card(history, settings.competencies(), today));
    let lines = (1_usize..).zip(cards);
    let lines = lines.map(|(number, card)| render::trainee_line(number, &card, lang));
    Ok(lines.map(|line| line.trim().to_owned()).collect())
}
