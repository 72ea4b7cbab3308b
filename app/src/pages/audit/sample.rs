//! 標本の抽出と検証: a sample that anybody draws again from its seed, each event of it checked; and how the whole
//! log is verified elsewhere.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_core::id::Position;
use ledger_core::store::EventStore;
use serde::{Deserialize, Serialize};

use super::super::chrome::Chrome;
use super::super::door::{Sender as _, SignedIn};
use super::super::export::{self, Cell, Links, Table};
use super::super::fault::{Refusal, shown};
use super::super::form::Query;
use super::super::language::current;
use super::super::site::Site;
use super::frame::Frame;
use super::sample_kept::audits_over;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::lang::Lang;
use crate::reading::{Checked, Sampling, checked};
use crate::render;

#[derive(Template)]
#[template(path = "audit/sample.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    asked: Asked,
    /// A seed that nobody could know before, for who has none.
    fresh: String,
    from: u64,
    to: u64,
    size: usize,
    drawn: Option<Vec<Line>>,
    /// Audits as whose sample it may be recorded, by their ids, with what they are called.
    audits: Vec<(String, String)>,
    /// The token of forms, and the id under which it is recorded.
    form: String,
    command: String,
    /// The log is too long to prove each event on the page.
    is_long: bool,
    /// Where the log ends, and the root there.
    head: String,
    export: Option<Links>,
}

struct Line {
    position: u64,
    title: String,
    recorded: String,
    actor: String,
    leaf: bool,
    tree: Option<bool>,
}

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    seed: String,
    n: String,
    from: String,
    to: String,
    /// `type`: so many of each type of events.
    strata: String,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(skip_serializing)]
    format: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let frame = Frame::of("/audit/sample");
    let (chrome, lang) = (frame.chrome(&signed_in)?, current());
    let store: &dyn EventStore = site.open.open.store.as_ref();
    let head = store.head().await.map_err(|error| read_failure(&error))?;
    let sampling = asked.sampling(head.position)?;
    let positions = match sampling.seed.as_str() {
        "" => None,
        _ => Some(sampling.positions(&site.open.open).await?),
    };
    let lines = match &positions {
        Some(positions) => Some(checked(&site.open.open, &head, positions).await?),
        None => None,
    };
    let lines: Option<Vec<Line>> =
        lines.map(|lines| lines.iter().map(|one| line(one, lang)).collect());
    let root = format!("{}:{}", head.position, head.frontier.root());
    if let Some((format, lines)) = export::format(&asked.format)?.zip(lines.as_deref()) {
        let named = (ExportedList::Sample, format, head.position);
        let table = table(lines, lang).stamped(told(&sampling, &root, lang));
        return export::hand_over(&site, &signed_in, named, table).await;
    }
    let audits = if positions.is_some() && !sampling.by_type {
        audits_over(&site, &signed_in, (sampling.from, sampling.to)).await?
    } else {
        Vec::new()
    };
    let is_long = lines.iter().flatten().any(|line| line.tree.is_none());
    shown(&Page {
        chrome,
        frame,
        fresh: (site.new_id)().simple().to_string(),
        from: sampling.from.get(),
        to: sampling.to.get(),
        size: sampling.many,
        audits,
        form: signed_in.form().as_str().to_owned(),
        command: (site.new_id)().to_string(),
        drawn: lines,
        is_long,
        head: root,
        export: positions.and_then(|_| Links::of(&signed_in, ExportedList::Sample, &asked)),
        asked,
    })
}

fn table(lines: &[Line], lang: Lang) -> Table {
    let columns = [
        lang.pick("位置", "Position"),
        lang.pick("種類", "Type"),
        lang.pick("記録した時刻", "Recorded at"),
        lang.pick("記録者", "By"),
        lang.pick("内容とハッシュ", "Bytes and hash"),
        lang.pick("最新の位置の木", "Tree of the newest position"),
    ];
    let rows = lines.iter().map(|line| {
        let leaf = if line.leaf {
            lang.pick("一致", "Match")
        } else {
            lang.pick("一致しません", "Do not match")
        };
        let tree = line.tree.map(|tree| {
            if tree {
                lang.pick("含まれる", "Included")
            } else {
                lang.pick("含まれません", "Not included")
            }
        });
        vec![
            Cell::told(&line.position.to_string()),
            Cell::text(&line.title),
            Cell::text(&line.recorded),
            Cell::text(&line.actor),
            Cell::text(leaf),
            Cell::known(tree.map(str::to_owned)),
        ]
    });
    Table::new(lang.pick("標本", "Sample"), columns, rows)
}

impl Asked {
    /// By what is drawn.
    fn sampling(&self, head: Position) -> Result<Sampling, Failure> {
        let from = number(("最初の位置", "the first position"), &self.from)?;
        let to = number(("最後の位置", "the last position"), &self.to)?;
        let many = number(("件数", "the number"), &self.n)?;
        Sampling::new((&self.seed, self.strata == "type"), (from, to), many, head)
    }
}

/// By what anybody draws the same sample again.
fn told(sampling: &Sampling, root: &str, lang: Lang) -> String {
    let Sampling {
        seed,
        from,
        to,
        many,
        by_type: _,
    } = sampling;
    match lang {
        Lang::Ja => format!("種 {seed}、位置{from}〜{to}、{many}件、位置と根 {root}"),
        Lang::En => {
            format!("seed {seed}, positions {from}–{to}, {many}, position and root {root}")
        },
    }
}

/// A number that somebody typed; none where the field is empty.
pub(super) fn number((ja, en): (&str, &str), text: &str) -> Result<Option<u64>, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        Failure::refused(
            "BAD_NUMBER",
            format!("「{ja}」は数字で入力してください（{text}とあります）。"),
            format!("{en} is a number; {text} was given"),
        )
    })
}

fn line(checked: &Checked, lang: Lang) -> Line {
    let stored = &checked.stored;
    let metadata = serde_json::from_slice::<ledger_core::event::Metadata>(&stored.metadata);
    let recorded = stored.recorded_at.in_japan();
    Line {
        position: stored.position.get(),
        title: render::event_title(stored.event_type.as_str(), lang).to_owned(),
        recorded: recorded.format("%Y-%m-%d %H:%M").to_string(),
        actor: metadata.map_or_else(
            |_| String::new(),
            |known| render::account(known.actor.as_str(), current()),
        ),
        leaf: checked.leaf,
        tree: checked.tree,
    }
}
