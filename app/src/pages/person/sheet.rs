//! 共有シート: what is known of a person, filled into one form that is printed and handed on, so that a family tells it once.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_core::event::AccessPurpose;
use ledger_projections::profile_sheet::{SheetGroup, SheetLine, profile_sheet};
use ledger_projections::timeline::{Timeline, TimelineEntry};

use super::printed::Printed;
use super::{called, number_of, opened};
use crate::lang::Lang;
use crate::pages::chrome::Chrome;
use crate::pages::door::SignedIn;
use crate::pages::fault::{Refusal, shown};
use crate::pages::site::Site;
use crate::render;

#[derive(Template)]
#[template(path = "person/sheet.html")]
struct Page {
    chrome: Chrome,
    child: String,
    heading: String,
    number: String,
    printed: Printed,
    groups: Vec<Group>,
}

struct Group {
    title: &'static str,
    /// What there may be several of, one after the other.
    parts: Vec<Vec<Row>>,
}

struct Row {
    label: String,
    value: String,
    /// When it was said and who wrote it down; nothing where nobody said it yet.
    confirmed: Option<String>,
    position: Option<String>,
}

pub(in crate::pages) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(child): Path<String>,
) -> Result<Response, Refusal> {
    let opened = opened(&site, &signed_in, &child, AccessPurpose::Print);
    let (child, timeline) = match opened.await? {
        Ok(opened) => opened,
        Err(asked) => return Ok(asked),
    };
    let number = number_of(&timeline, child);
    shown(&Page {
        chrome: Chrome::of(format!("共有シート {number}"), &signed_in, "/children"),
        child: child.to_string(),
        heading: called(&timeline),
        printed: Printed::of(&site, &signed_in, &timeline),
        groups: groups(&timeline),
        number,
    })
}

fn groups(timeline: &Timeline) -> Vec<Group> {
    let lines = profile_sheet(timeline);
    let groups = SheetGroup::ALL.iter().map(|group| {
        let own: Vec<&SheetLine<'_>> = lines.iter().filter(|line| line.group == *group).collect();
        let mut things: Vec<&str> = own.iter().map(|line| line.of.as_str()).collect();
        things.dedup();
        if things.is_empty() {
            things.push("");
        }
        let parts = things.iter().map(|of| {
            let part = own.iter().filter(|line| line.of == *of);
            rows(*group, &part.copied().collect::<Vec<_>>())
        });
        Group {
            title: title(*group),
            parts: parts.collect(),
        }
    });
    groups.collect()
}

const fn title(group: SheetGroup) -> &'static str {
    match group {
        SheetGroup::Person => "ご本人",
        SheetGroup::Guardians => "保護者・連絡先",
        SheetGroup::Care => "医療的ケア",
        SheetGroup::Function => "出生・運動機能・スコア",
        SheetGroup::Services => "手帳・利用中のサービス",
        SheetGroup::Disaster => "災害への備え",
    }
}

/// What is wanted first, in its order, whether or not somebody said it; then whatever else is known.
fn rows(group: SheetGroup, lines: &[&SheetLine<'_>]) -> Vec<Row> {
    let wanted = group.wanted();
    let first = wanted.iter().map(|field| {
        let known = lines.iter().find(|line| line.field == *field);
        known.map_or_else(|| blank(field), |line| row(line))
    });
    let others = lines
        .iter()
        .filter(|line| !wanted.contains(&line.field.as_str()));
    first.chain(others.map(|line| row(line))).collect()
}

fn blank(field: &str) -> Row {
    Row {
        label: render::field_label(field, Lang::Ja).to_owned(),
        value: String::new(),
        confirmed: None,
        position: None,
    }
}

fn row(line: &SheetLine<'_>) -> Row {
    let label = render::field_label(&line.field, Lang::Ja).to_owned();
    let value = if line.value.is_null() {
        "消去済".to_owned()
    } else {
        render::value(&line.field, &line.value, Lang::Ja)
    };
    Row {
        label,
        value,
        confirmed: Some(confirmed(line.said)),
        position: Some(line.said.position.to_string()),
    }
}

fn confirmed(said: &TimelineEntry) -> String {
    let day = said.shown_on.map(|day| render::day(day, Lang::Ja));
    let day = day.unwrap_or_else(|| "日付不明".to_owned());
    format!("{day}　{}", said.actor)
}
