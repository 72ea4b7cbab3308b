//! 経過: everything about one person on one screen. That it is opened is recorded first.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::AccessPurpose;
use ledger_core::id::ChildId;
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::timeline::{Timeline, TimelineEntry};
use serde::Deserialize;

use super::{called, number_of, opened_at};
use crate::lang::Lang;
use crate::pages::chrome::Chrome;
use crate::pages::day::asked_day;
use crate::pages::door::SignedIn;
use crate::pages::fault::{Refusal, shown};
use crate::pages::form::Query;
use crate::pages::language::{current, listed, t, term};
use crate::pages::site::Site;
use crate::reading::Clocks;
use crate::render::{self, Told};

#[derive(Template)]
#[template(path = "person/timeline.html")]
struct Page {
    chrome: Chrome,
    /// Where the person's own pages are.
    child: String,
    number: String,
    /// The query of the form for a record about the person.
    record: String,
    /// The case that goes on in place of this one.
    merged: Option<String>,
    heading: String,
    facts: Vec<(&'static str, String)>,
    cards: Vec<String>,
    /// The pages of the plans.
    plans: Vec<(String, String)>,
    /// What is looked at is not the present.
    past: Option<String>,
    as_of: String,
    years: Vec<Year>,
    /// Whether events can be corrected from here.
    may_amend: bool,
    count: usize,
}

/// A fiscal year of a timeline.
struct Year {
    id: String,
    title: String,
    lines: Vec<Line>,
}

/// One event of a timeline.
struct Line {
    position: String,
    told: Told,
    recorded: String,
}

#[derive(Default, Deserialize)]
pub(in crate::pages) struct Asked {
    #[serde(default)]
    as_of: String,
}

pub(in crate::pages) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(child): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let as_of = asked_day(&asked.as_of)?;
    let clocks = Clocks {
        as_of,
        as_at: None,
        today: site.today(),
    };
    let opened = opened_at(&site, &signed_in, &child, (clocks, AccessPurpose::Timeline));
    match opened.await? {
        Ok((child, timeline)) => shown(&shown_timeline(&timeline, &signed_in, child, as_of)),
        Err(asked) => Ok(asked),
    }
}

fn shown_timeline(
    timeline: &Timeline,
    signed_in: &SignedIn,
    child: ChildId,
    as_of: Option<Day>,
) -> Page {
    let number = number_of(timeline, child);
    Page {
        // A browser keeps titles in its history: no name there.
        chrome: Chrome::of(
            format!("{} {number}", t("経過", "Timeline")),
            signed_in,
            "/children",
        ),
        child: child.to_string(),
        record: serde_html_form::to_string([("child", &number)]).unwrap_or_default(),
        merged: timeline.merged_into.map(|survivor| survivor.to_string()),
        heading: called(timeline),
        facts: facts(timeline),
        cards: render::timeline_cards(timeline, current()),
        plans: plans(timeline, child),
        past: as_of.map(|day| render::day(day, current())),
        as_of: as_of.map(|day| day.to_string()).unwrap_or_default(),
        may_amend: signed_in.may(Action::Correct, Subject::Person).is_ok(),
        count: timeline.entries.len(),
        years: years(timeline),
        number,
    }
}

/// The pages of the plans, each with its path.
fn plans(timeline: &Timeline, child: ChildId) -> Vec<(String, String)> {
    let named = |kind: &str, id: &str, number: Option<&str>| {
        let name = number.unwrap_or_else(|| render::short(id));
        let path = format!("/children/{child}/plans/{id}");
        (path, plan_words(kind, name))
    };
    let disaster = timeline.disaster_plans.iter();
    let disaster = disaster.map(|plan| {
        named(
            t("災害時個別支援計画", "Disaster plan"),
            &plan.plan,
            plan.number.as_deref(),
        )
    });
    let support = timeline.support_plans.iter();
    let support = support.map(|plan| {
        named(
            t("在宅生活支援プラン", "Support plan"),
            &plan.plan,
            plan.number.as_deref(),
        )
    });
    disaster.chain(support).collect()
}

fn plan_words(kind: &str, name: &str) -> String {
    match current() {
        Lang::Ja => format!("{kind} {name} の内容"),
        Lang::En => format!("{kind} {name}"),
    }
}

fn facts(timeline: &Timeline) -> Vec<(&'static str, String)> {
    let person = &timeline.person;
    let mut facts = Vec::new();
    let mut tell = |label, said: Option<String>| {
        facts.extend(said.map(|said| (label, said)));
    };
    tell(
        t("生年月日", "Date of birth"),
        person.birth_date.map(|day| render::day(day, current())),
    );
    tell(
        t("年齢", "Age"),
        person
            .age_years
            .map(|years| format!("{years}{}", t("歳", ""))),
    );
    tell(
        t("総合支所", "Area"),
        person.area.map(|area| term(area.code(), area.ja())),
    );
    let care = person.procedures.iter().map(|one| one.procedure);
    let care: Vec<String> = care.map(|care| term(care.code(), care.ja())).collect();
    tell(
        t("医療的ケア", "Medical care"),
        (!care.is_empty()).then(|| listed(&care)),
    );
    tell(
        t("動ける医療的ケア児・者", "Mobile with medical care"),
        person.movable.then(|| t("該当", "yes").to_owned()),
    );
    tell(
        t("開けない問い合わせ", "Inquiries that you may not open"),
        (!timeline.withheld.is_empty()).then(|| withheld(timeline.withheld.len())),
    );
    tell(
        t("初回把握日", "Known since"),
        person.known_since.map(|day| render::day(day, current())),
    );
    facts
}

fn withheld(count: usize) -> String {
    match current() {
        Lang::Ja => format!("{count}件（権限がありません）"),
        Lang::En => count.to_string(),
    }
}

/// The newest year first, and in it the newest event.
fn years(timeline: &Timeline) -> Vec<Year> {
    let mut years: Vec<(Option<FiscalYear>, Vec<Line>)> = Vec::new();
    for entry in timeline.entries.iter().rev() {
        let year = entry.shown_on.map(FiscalYear::of);
        let line = line(entry, timeline);
        match years.iter_mut().find(|(known, _)| *known == year) {
            Some((_, lines)) => lines.push(line),
            None => years.push((year, vec![line])),
        }
    }
    let years = years.into_iter().map(|(year, lines)| Year {
        id: year.map_or_else(|| "unknown".to_owned(), |year| year.to_string()),
        title: year.map_or_else(
            || t("日付不明", "day not known").to_owned(),
            |year| render::fiscal_year(year, current()),
        ),
        lines,
    });
    years.collect()
}

fn line(entry: &TimelineEntry, timeline: &Timeline) -> Line {
    let recorded = render::day(entry.recorded_at.day_in_japan(), current());
    Line {
        position: entry.position.to_string(),
        told: render::told(entry, timeline, current()),
        recorded: match current() {
            Lang::Ja => format!("{recorded}　{}が記録", entry.actor),
            Lang::En => format!("recorded {recorded} by {}", entry.actor),
        },
    }
}
