//! 標本の抽出と検証: a sample that anybody draws again from its seed, each event of it checked; and how the whole
//! log is verified elsewhere.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_core::id::Position;
use ledger_core::sample::RANGE_MAX;
use ledger_core::store::EventStore;
use ledger_core::text::normal;
use serde::{Deserialize, Serialize};

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{self, Cell, Links, Table};
use super::super::fault::{Refusal, shown};
use super::super::form::Query;
use super::super::language::current;
use super::super::site::Site;
use super::frame::Frame;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::lang::Lang;
use crate::reading::{Checked, checked, drawn, drawn_from_each, positions_of_types, reached};
use crate::render;

/// How many are drawn where nothing is said.
const SIZE: usize = 20;
/// Most events of a page.
pub(super) const SIZE_MAX: usize = 200;
/// Longest seed, in characters.
pub(super) const SEED_MAX: usize = 100;

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
    let (range, many) = (asked.range(head.position)?, asked.many()?);
    let positions = match normal(&asked.seed).as_str() {
        "" => None,
        seed => Some(sample(&site, (seed, &asked.strata), range, many).await?),
    };
    let lines = match &positions {
        Some(positions) => Some(checked(store, &head, positions).await?),
        None => None,
    };
    let lines: Option<Vec<Line>> =
        lines.map(|lines| lines.iter().map(|one| line(one, lang)).collect());
    let root = format!("{}:{}", head.position, head.frontier.root());
    if let Some((format, lines)) = export::format(&asked.format)?.zip(lines.as_deref()) {
        let named = (ExportedList::Sample, format, head.position);
        let table = table(lines, lang).stamped(asked.told((range, many), &root, lang));
        return export::hand_over(&site, &signed_in, named, table).await;
    }
    let is_long = lines.iter().flatten().any(|line| line.tree.is_none());
    shown(&Page {
        chrome,
        frame,
        fresh: (site.new_id)().simple().to_string(),
        from: range.0.get(),
        to: range.1.get(),
        size: many,
        drawn: lines,
        is_long,
        head: root,
        export: positions.and_then(|_| Links::of(&signed_in, ExportedList::Sample, &asked)),
        asked,
    })
}

async fn sample(
    site: &Site,
    (seed, strata): (&str, &str),
    (from, to): (Position, Position),
    many: usize,
) -> Result<Vec<Position>, Refusal> {
    if strata != "type" {
        return Ok(drawn(seed, (from, to), many).await?);
    }
    let strata = positions_of_types(&site.open.open, (from, to)).await?;
    let strata = strata.into_iter().map(|(_, positions)| positions);
    let drawn = drawn_from_each(seed, strata.collect(), many).await?;
    if drawn.len() > SIZE_MAX {
        return Err(too_many(drawn.len()).into());
    }
    Ok(drawn)
}

fn too_many(drawn: usize) -> Failure {
    Failure::refused(
        "TOO_MANY_EVENTS",
        format!("「件数」が多すぎます。種類ごとに引くと{drawn}件になり、{SIZE_MAX}件を超えます。"),
        format!("the number is too large: {drawn} events of all types, more than {SIZE_MAX}"),
    )
    .hint("件数を減らしてください。", "ask for fewer of each type")
}

fn table(lines: &[Line], lang: Lang) -> Table {
    let columns = [
        lang.pick("位置", "position"),
        lang.pick("種類", "type"),
        lang.pick("記録した時刻", "recorded at"),
        lang.pick("記録者", "by"),
        lang.pick("内容とハッシュ", "bytes and hash"),
        lang.pick("最新の位置の木", "tree of the newest position"),
    ];
    let rows = lines.iter().map(|line| {
        let leaf = if line.leaf {
            lang.pick("一致", "fit")
        } else {
            lang.pick("一致しません", "do not fit")
        };
        let tree = line.tree.map(|tree| {
            if tree {
                lang.pick("含まれる", "included")
            } else {
                lang.pick("含まれません", "not included")
            }
        });
        vec![
            Cell::text(line.position.to_string()),
            Cell::text(&line.title),
            Cell::text(&line.recorded),
            Cell::text(&line.actor),
            Cell::text(leaf),
            Cell::known(tree.map(str::to_owned)),
        ]
    });
    Table::new(lang.pick("標本", "sample"), columns, rows)
}

impl Asked {
    /// By what anybody draws the same sample again.
    fn told(
        &self,
        ((from, to), many): ((Position, Position), usize),
        root: &str,
        lang: Lang,
    ) -> String {
        let seed = normal(&self.seed);
        match lang {
            Lang::Ja => format!("種 {seed}、位置{from}〜{to}、{many}件、位置と根 {root}"),
            Lang::En => {
                format!("seed {seed}, positions {from}–{to}, {many}, position and root {root}")
            },
        }
    }

    /// The positions between which is drawn; all where nothing is said.
    fn range(&self, head: Position) -> Result<(Position, Position), Failure> {
        let from = number(("最初の位置", "the first position"), &self.from)?;
        let to = number(("最後の位置", "the last position"), &self.to)?;
        let from = Position::new(from.unwrap_or(1).max(1));
        let to = to.map_or(head, Position::new);
        if to.get().saturating_sub(from.get()) >= RANGE_MAX {
            return Err(Failure::refused(
                "LONG_RANGE",
                format!("一度に引けるのは{RANGE_MAX}件の範囲までです。"),
                format!("no more than {RANGE_MAX} positions are drawn from at once"),
            ));
        }
        if normal(&self.seed).chars().count() > SEED_MAX {
            return Err(Failure::refused(
                "LONG_SEED",
                format!("「種（シード）」は{SEED_MAX}文字までにしてください。"),
                format!("the seed has at most {SEED_MAX} characters"),
            ));
        }
        Ok((from, reached(to, head, "to")?))
    }

    fn many(&self) -> Result<usize, Failure> {
        let first = if self.strata == "type" { 1 } else { SIZE };
        let size = number(("件数", "the number"), &self.n)?;
        let size = size.map_or(Ok(first), usize::try_from);
        let size = size.unwrap_or(usize::MAX);
        if (1..=SIZE_MAX).contains(&size) {
            return Ok(size);
        }
        Err(Failure::refused(
            "BAD_SIZE",
            format!("「件数」は1〜{SIZE_MAX}にしてください。"),
            format!("the number lies between 1 and {SIZE_MAX}"),
        ))
    }
}

/// A number that somebody typed; none where the field is empty.
fn number((ja, en): (&str, &str), text: &str) -> Result<Option<u64>, Failure> {
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
        actor: metadata.map_or_else(|_| String::new(), |known| known.actor.to_string()),
        leaf: checked.leaf,
        tree: checked.tree,
    }
}
