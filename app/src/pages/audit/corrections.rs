//! 訂正・取消の一覧: what later events say about earlier ones, both side by side. Their texts stay sealed.

use std::ops::RangeInclusive;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_core::id::Position;
use ledger_core::store::EventStore;
use ledger_core::time::Occurred;
use ledger_projections::amendment::Act;
use serde::{Deserialize, Serialize};

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{self, Cell, Links, Table};
use super::super::fault::{Refusal, shown};
use super::super::form::Query;
use super::super::language::current;
use super::super::site::Site;
use super::access_lines::said_by;
use super::days::Days;
use super::frame::Frame;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::reading::{Contents, Corrected, all_corrections, corrections};
use crate::render::{self, FieldChange};

/// Corrections of one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "audit/corrections.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    acts: Vec<(&'static str, &'static str, bool)>,
    asked: Asked,
    lines: Vec<Line>,
    older: Option<String>,
    export: Option<Links>,
}

struct Line {
    position: u64,
    recorded: String,
    act: &'static str,
    reason: String,
    by: String,
    target: Option<Target>,
    /// Where the event stands now that was moved.
    moved_to: Option<Position>,
    /// What it said and what it says, field by field.
    changes: Vec<FieldChange>,
    approver: Option<String>,
}

/// The event about which something is said.
struct Target {
    position: u64,
    title: String,
    recorded: String,
    /// Days from its recording to the correction.
    days: i64,
}

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// An act's code.
    #[serde(skip_serializing_if = "String::is_empty")]
    act: String,
    /// Recorded on this day or later.
    #[serde(skip_serializing_if = "String::is_empty")]
    recorded_from: String,
    /// Recorded on this day or earlier.
    #[serde(skip_serializing_if = "String::is_empty")]
    recorded_to: String,
    /// The newest position to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<u64>,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(skip_serializing)]
    format: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let frame = Frame::of("/audit/corrections");
    let (chrome, lang) = (frame.chrome(&signed_in)?, current());
    let act = Act::ALL.into_iter().find(|act| act.code() == asked.act);
    if act.is_none() && !asked.act.is_empty() {
        return Err(Refusal::not_found());
    }
    let open = &site.open.open;
    let within = asked.within(open.store.as_ref(), signed_in.head).await?;
    if let Some(format) = export::format(&asked.format)? {
        // What may not be taken is not looked for.
        export::may_take(&site, &signed_in, ExportedList::Corrections).await?;
        let found = all_corrections(open, act, &within).await?;
        let named = (ExportedList::Corrections, format, signed_in.head);
        let table = table(found.iter().map(|one| line(one, lang)), lang);
        return export::hand_over(&site, &signed_in, named, table).await;
    }
    let last = asked.from.map_or(*within.end(), Position::new);
    let within = *within.start()..=last.min(*within.end());
    let (found, next) = corrections(open, act, &within, PAGE).await?;
    let older = next.map(|next| {
        let older = Asked {
            from: Some(next),
            ..asked.clone()
        };
        serde_html_form::to_string(older).unwrap_or_default()
    });
    let acts = Act::ALL.map(|act| {
        let chosen = act.code() == asked.act;
        (act.code(), render::amendment_act(act, lang), chosen)
    });
    shown(&Page {
        chrome,
        frame,
        acts: acts.to_vec(),
        lines: found.iter().map(|one| line(one, lang)).collect(),
        older,
        export: Links::of(&signed_in, ExportedList::Corrections, &asked.whole()),
        asked,
    })
}

impl Asked {
    /// The same, wherever the page begins: a file holds the whole list.
    fn whole(&self) -> Self {
        Self {
            from: None,
            ..self.clone()
        }
    }

    /// Between which positions the corrections stand that are asked for.
    async fn within(
        &self,
        store: &dyn EventStore,
        head: Position,
    ) -> Result<RangeInclusive<Position>, Failure> {
        let days = Days::asked(self.recorded_from.trim(), self.recorded_to.trim())?;
        let Some(days) = days else {
            return Ok(Position::default()..=head);
        };
        let within = days.positions(store, head).await?;
        // On days on which nothing was recorded nothing was corrected.
        Ok(within.unwrap_or(Position::new(1)..=Position::default()))
    }
}

fn table(lines: impl Iterator<Item = Line>, lang: Lang) -> Table {
    let columns = [
        lang.pick("位置", "Position"),
        lang.pick("記録した時刻", "Recorded at"),
        lang.pick("何をしたか", "What"),
        lang.pick("理由", "Why"),
        lang.pick("記録者", "By"),
        lang.pick("付替え先", "Reassigned to"),
        lang.pick("もとの記録", "Original"),
        lang.pick("もとの記録の種類", "Original's type"),
        lang.pick("もとの記録の時刻", "Original recorded at"),
        lang.pick("もとの記録からの日数", "Days after the original"),
        lang.pick("変わった内容", "What changed"),
        lang.pick("承認者", "Approved by"),
    ];
    let rows = lines.map(|line| {
        let changed = line.changes.iter();
        let changed = changed.map(|it| format!("{}: {} → {}", it.label, it.before, it.after));
        let changed: Vec<String> = changed.collect();
        let target = line.target.as_ref();
        let original = target.map(|it| it.position.to_string());
        vec![
            Cell::told(&line.position.to_string()),
            Cell::text(line.recorded),
            Cell::text(line.act),
            Cell::text(line.reason),
            Cell::text(line.by),
            Cell::known(line.moved_to.map(|to| to.to_string())),
            Cell::known(original),
            Cell::known(target.map(|it| it.title.clone())),
            Cell::known(target.map(|it| it.recorded.clone())),
            target.map_or(Cell::Nothing, |it| Cell::Number(it.days)),
            Cell::text(changed.join("\n")),
            Cell::known(line.approver),
        ]
    });
    Table::new(lang.pick("訂正・取消の一覧", "Corrections"), columns, rows)
}

fn line(found: &Corrected, lang: Lang) -> Line {
    let said = &found.amendment;
    let at = said.recorded_at.in_japan();
    let minute = "%Y-%m-%d %H:%M";
    let target = found.target.as_ref().map(|target| {
        let recorded = target.recorded_at.in_japan();
        Target {
            position: target.position.get(),
            title: render::event_title(target.event_type.as_str(), lang).to_owned(),
            recorded: recorded.format(minute).to_string(),
            days: at.date().signed_duration_since(recorded.date()).num_days(),
        }
    });
    Line {
        position: said.position.get(),
        recorded: at.format(minute).to_string(),
        act: render::amendment_act(said.act, lang),
        reason: render::term_within(said.reason, lang),
        by: said_by(&said.actor, render::role_of_account(said.role, lang), lang),
        target,
        moved_to: found.moved_to,
        changes: found
            .contents
            .as_ref()
            .map(|it| changes(it, lang))
            .unwrap_or_default(),
        approver: found.approver.as_ref().map(ToString::to_string),
    }
}

fn changes(contents: &Contents, lang: Lang) -> Vec<FieldChange> {
    let mut changes = render::changed(&contents.before, &contents.after, lang);
    changes.extend(contents.occurred.map(|(before, after)| FieldChange {
        label: lang.pick("出来事の日時", "Occurred").to_owned(),
        before: when(before, lang),
        after: when(after, lang),
    }));
    if contents.is_sealed {
        // Whether it changed is not told either: that is read by opening both.
        let closed = lang.pick("閉（封印したまま）", "Closed (sealed)");
        changes.push(FieldChange {
            label: lang
                .pick("個人に関する記述", "What is said of persons")
                .to_owned(),
            before: closed.to_owned(),
            after: closed.to_owned(),
        });
    }
    changes
}

fn when(occurred: Occurred, lang: Lang) -> String {
    match occurred {
        Occurred::Minute(at) => at.in_japan().format("%Y-%m-%d %H:%M").to_string(),
        Occurred::Day(_) | Occurred::Month(_) => occurred.to_string(),
        Occurred::Unknown => lang.pick("不明", "Not known").to_owned(),
    }
}
