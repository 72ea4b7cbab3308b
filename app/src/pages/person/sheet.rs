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
use crate::pages::chrome::Chrome;
use crate::pages::door::SignedIn;
use crate::pages::fault::{Refusal, shown};
use crate::pages::language::{current, t};
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

/// Fields that belong together.
pub(super) struct Group {
    pub(super) title: &'static str,
    /// What there may be several of, one after the other.
    pub(super) parts: Vec<Vec<Row>>,
}

/// One field with what it says.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) value: String,
    /// When it was said and who wrote it down; nothing where nobody said it yet.
    pub(super) confirmed: Option<String>,
    pub(super) position: Option<String>,
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
    let title = t("共有シート", "Shared sheet");
    shown(&Page {
        chrome: Chrome::of(format!("{title} {number}"), &signed_in, "/children"),
        child: child.to_string(),
        heading: called(&timeline),
        printed: Printed::of(&site, &signed_in, &timeline),
        groups: groups_of(&timeline, SheetGroup::ALL),
        number,
    })
}

/// What is known of a person in these groups, with room for what is wanted and not known.
pub(super) fn groups_of(timeline: &Timeline, groups: &[SheetGroup]) -> Vec<Group> {
    let lines = profile_sheet(timeline);
    let groups = groups.iter().map(|group| {
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

fn title(group: SheetGroup) -> &'static str {
    match group {
        SheetGroup::Person => t("ご本人", "Child"),
        SheetGroup::Guardians => t("保護者・連絡先", "Guardians"),
        SheetGroup::Care => t("医療的ケア", "Medical care"),
        SheetGroup::Function => t("出生・運動機能・スコア", "Birth, mobility and scores"),
        SheetGroup::Services => t("手帳・利用中のサービス", "Handbooks and services"),
        SheetGroup::Disaster => t("災害への備え", "Disaster preparedness"),
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
        label: render::field_label(field, current()).to_owned(),
        value: String::new(),
        confirmed: None,
        position: None,
    }
}

fn row(line: &SheetLine<'_>) -> Row {
    let label = render::field_label(&line.field, current()).to_owned();
    let value = if line.value.is_null() {
        t("消去済", "erased").to_owned()
    } else {
        render::value(&line.field, &line.value, current())
    };
    Row {
        label,
        value,
        confirmed: Some(confirmed(line.said)),
        position: Some(line.said.position.to_string()),
    }
}

fn confirmed(said: &TimelineEntry) -> String {
    let day = said.shown_on.map(|day| render::day(day, current()));
    let day = day.unwrap_or_else(|| t("日付不明", "day not known").to_owned());
    format!("{day}　{}", render::recorder(said, current()))
}
