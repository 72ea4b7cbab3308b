//! One meeting: the figures as it was shown them, for ever, and what they are now beside them.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_core::proof::Hash;
use ledger_projections::committee::{Materials, MeetingCard};
use ledger_projections::indicators::{
    Amount, Indicator, Measure, Pack, PackEntry, Scope, find, is_of_few,
};
use ledger_projections::settings::Settings;

use super::super::act::may_give;
use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{Cell, Table};
use super::super::fault::Refusal;
use super::super::few;
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{current, listed, t, term};
use super::super::site::Site;
use super::changes::READ_TO;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::meeting_records::{self, Line, Told};
use super::meetings::address;
use super::paper::{Paper, answer};
use crate::lang::Lang;
use crate::reading::{frozen_at, meeting_cards};
use crate::render;

#[derive(Template)]
#[template(path = "committee/meeting.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    address: String,
    facts: Vec<(&'static str, String)>,
    findings: Vec<(String, String)>,
    reviews: Vec<String>,
    /// Forms of what comes next, for who may.
    next: Vec<(String, &'static str)>,
    frozen: Option<Frozen>,
    /// Of the frozen figures only the digest was kept.
    is_digest_alone: bool,
    records: Vec<Line>,
    /// Whether one of them can be corrected or annulled.
    amends: bool,
    /// Something of it was recorded just now.
    is_recorded: bool,
}

/// The figures that the meeting was shown.
struct Frozen {
    /// The fiscal year of which it was shown them.
    year: i32,
    stamp: String,
    digest: String,
    /// What was frozen is still what was written.
    intact: bool,
    /// What the tables make of that position is what was frozen.
    agrees: bool,
    now: String,
    figures: Vec<Figure>,
    /// How many figures are other ones now, and of how many only the basis is.
    changed: usize,
    rebased: usize,
}

struct Figure {
    id: &'static str,
    name: &'static str,
    then: String,
    /// What it was and is, as it is taken along.
    cells: (Cell, Cell),
    /// How many it counted then and counts now.
    n: (String, String),
    rule: String,
    now: String,
    moved: Moved,
}

/// What of a figure is another now; how far the log was read always is, and does not count as a change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moved {
    /// What is shown of it.
    Shown,
    /// Only what it rests on: how many are counted of which it is the middle or the share, say.
    Basis,
    Nothing,
}

impl Figure {
    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::text(self.id),
            Cell::text(self.name),
            self.cells.0.clone(),
            self.cells.1.clone(),
            Cell::text(self.changed_in_words()),
            Cell::count(&self.n.0),
            Cell::count(&self.n.1),
            Cell::text(&self.rule),
        ]
    }

    fn changed_in_words(&self) -> &'static str {
        if self.id == READ_TO {
            return t("読んだ位置のみ", "Position only");
        }
        match self.moved {
            Moved::Shown => t("変わった", "Changed"),
            Moved::Basis => t(
                "数は同じ（もとの件数のみ変化）",
                "The same (only its basis changed)",
            ),
            Moved::Nothing => t("同じ", "The same"),
        }
    }

    const fn is_changed(&self) -> bool {
        matches!(self.moved, Moved::Shown)
    }

    /// How many it counts, where it counts more or fewer now with both numbers.
    fn n_in_words(&self) -> String {
        let (then, now) = &self.n;
        if then == now {
            then.clone()
        } else {
            format!("{then} → {now}")
        }
    }
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(which): Path<String>,
    Query(asked): Query<Asked>,
    Query(told): Query<Told>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, None).await?;
    let cards = meeting_cards(&site.open.open).await?;
    let mut cards = cards.into_iter();
    let card = cards.find(|card| address(card) == which || card.meeting.to_string() == which);
    let card = card.ok_or_else(Refusal::not_found)?;
    let frozen = match &card.materials {
        Some(materials) => frozen(&site, materials, &present.looked).await?,
        None => None,
    };
    let name = render::meeting_name(&card, current());
    let title = t("運営委員会", "Steering committee");
    let frame = Frame::of("/committee/meetings");
    let as_at = present.looked.basis.as_at;
    let records = meeting_records::lines(&site, &signed_in, card.meeting).await?;
    let page = Page {
        chrome: Frame::chrome_of(format!("{title} {name}"), &signed_in),
        frame,
        address: address(&card),
        facts: facts(&card),
        findings: card
            .findings
            .iter()
            .map(|finding| about(finding.indicator.as_deref()))
            .collect(),
        reviews: reviews(&card),
        next: next(&card, &signed_in),
        is_digest_alone: card.materials.is_some() && frozen.is_none(),
        frozen,
        amends: records.iter().any(|one| one.amend.is_some()),
        records,
        is_recorded: !told.recorded.is_empty(),
    };
    let named = (ExportedList::MeetingMaterials, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

/// What a finding is about: an indicator's id and its name.
fn about(indicator: Option<&str>) -> (String, String) {
    let known = indicator.and_then(find);
    let name = known.map_or("", |known| t(known.ja, known.en));
    (indicator.unwrap_or_default().to_owned(), name.to_owned())
}

fn facts(card: &MeetingCard) -> Vec<(&'static str, String)> {
    let day = |on: Option<_>| on.map_or_else(|| "―".to_owned(), |on| render::day(on, current()));
    let state = render::meeting_state(card.state(), current());
    let mut facts = vec![
        (t("状態", "State"), state.to_owned()),
        (t("開催通知", "Convened"), day(card.convened_on)),
        (
            t("開催予定日", "Planned for"),
            render::day(card.planned_on, current()),
        ),
    ];
    if let Some(held) = &card.held {
        facts.push((t("開催", "Held"), day(held.held_on)));
        facts.push((
            t("出席", "Attended"),
            format!("{}{}", held.attendee_count, t("人", "")),
        ));
    }
    if let Some(minutes) = &card.minutes {
        facts.push((
            t("議事録の承認", "Minutes approved"),
            day(minutes.approved_on),
        ));
        let head = format!("{}:{}", minutes.position, minutes.root);
        facts.push((
            t(
                "議事録に記した台帳の位置と根",
                "Position and root of the ledger in the minutes",
            ),
            head,
        ));
    }
    facts
}

/// The forms of what comes next of the meeting, for who may give them.
fn next(card: &MeetingCard, signed_in: &SignedIn) -> Vec<(String, &'static str)> {
    let is_held = card.held.is_some();
    let is_to_freeze = card.materials.is_none() && !is_held;
    let steps = [
        (
            is_to_freeze,
            "freeze-materials",
            t("資料を確定する", "Freeze the materials"),
        ),
        (
            !is_held,
            "hold-meeting",
            t("開催を記録する", "Record that it was held"),
        ),
        (
            is_held,
            "make-recommendation",
            t("提言を記録する", "Record a recommendation"),
        ),
        (
            is_held && card.minutes.is_none(),
            "approve-minutes",
            t(
                "議事録の承認を記録する",
                "Record that the minutes were approved",
            ),
        ),
    ];
    let steps = steps.into_iter();
    let mine = steps.filter(|(is_next, act, _)| *is_next && may_give(signed_in, act));
    mine.map(|(_, act, words)| (format!("/acts/{act}?meeting={}", card.meeting), words))
        .collect()
}

fn reviews(card: &MeetingCard) -> Vec<String> {
    let reviews = card.reviews.iter().map(|review| {
        let grounds = review.grounds.iter();
        let grounds = grounds.map(|ground| term(ground.code(), ground.ja()));
        let grounds = listed(&grounds.collect::<Vec<_>>());
        let conclusion = term(review.conclusion.code(), review.conclusion.ja());
        match current() {
            Lang::Ja => format!("{conclusion}（観点: {grounds}）"),
            Lang::En => format!("{conclusion} (grounds: {grounds})"),
        }
    });
    reviews.collect()
}

/// The frozen figures with what they are now; none where only their digest was frozen.
async fn frozen(
    site: &Site,
    materials: &Materials,
    present: &Looked,
) -> Result<Option<Frozen>, Refusal> {
    let Some(text) = materials.figures.as_deref() else {
        return Ok(None);
    };
    let Ok(pack) = Pack::read(text) else {
        return Ok(None);
    };
    let scope = Scope {
        year: materials.fiscal_year,
        day: materials.on_day,
    };
    let now = Looked {
        basis: Arc::clone(&present.basis),
        scope,
        shown_at: None,
    };
    let (_, of_tables) = frozen_at(&site.open.open, scope, materials.as_at).await?;
    let figures = pack.figures.iter().filter_map(|entry| {
        let (indicator, measure) = now.measure(&entry.indicator)?;
        Some(figure(indicator, entry, &measure, &present.basis.settings))
    });
    let figures: Vec<Figure> = figures.collect();
    let count = |moved: Moved| figures.iter().filter(|one| one.moved == moved).count();
    let on = render::day(materials.on_day, current());
    let year = render::fiscal_year(materials.fiscal_year, current());
    let (at, now_at) = (materials.as_at, present.basis.as_at);
    Ok(Some(Frozen {
        year: materials.fiscal_year.year(),
        stamp: match current() {
            Lang::Ja => format!("{year}（基準日 {on}、台帳の位置 {at} の時点）"),
            Lang::En => format!("{year} (as of {on}, position {at} of the ledger)"),
        },
        digest: materials.digest.clone(),
        intact: Hash::of(text.as_bytes()).to_string() == materials.digest,
        agrees: of_tables == materials.digest,
        now: match current() {
            Lang::Ja => format!("台帳の位置 {now_at} の時点"),
            Lang::En => format!("as of position {now_at} of the ledger"),
        },
        changed: count(Moved::Shown),
        rebased: count(Moved::Basis),
        figures,
    }))
}

/// A figure as it was frozen, with what it is now beside.
fn figure(
    indicator: &'static Indicator,
    entry: &PackEntry,
    measure: &Measure,
    settings: &Settings,
) -> Figure {
    let (then, cell_then) = few::value(indicator, &entry.value, settings);
    let (now, cell_now) = few::value(indicator, &measure.value, settings);
    let n = |n: i64, value: &Amount| {
        let is_few = is_of_few(indicator.id, value, settings);
        if is_few {
            few::WITHHELD.to_owned()
        } else {
            n.to_string()
        }
    };
    let n = (n(entry.n, &entry.value), n(measure.n, &measure.value));
    let moved = match indicator.id {
        READ_TO => Moved::Nothing,
        _ if then != now => Moved::Shown,
        // Of what is withheld not even that it moved is told.
        _ if then == few::WITHHELD => Moved::Nothing,
        _ if entry.value != measure.value || n.0 != n.1 => Moved::Basis,
        _ => Moved::Nothing,
    };
    Figure {
        id: indicator.id,
        name: t(indicator.ja, indicator.en),
        then,
        now,
        cells: (cell_then, cell_now),
        n,
        rule: render::rule_name(&entry.rule, current()),
        moved,
    }
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        let columns = [
            t("指標", "Indicator"),
            t("名称", "Name"),
            t("会議のとき", "At the meeting"),
            t("いま", "Now"),
            t("変わったか", "Changed"),
            t("数えた数（n）会議のとき", "Counted (n) at the meeting"),
            t("数えた数（n）いま", "Counted (n) now"),
            t("数え方", "Counting rule"),
        ];
        let frozen = self.frozen.iter().map(|frozen| {
            let rows = frozen.figures.iter().map(Figure::cells);
            let stamp = match current() {
                Lang::Ja => format!("当時: {}／いま: {}", frozen.stamp, frozen.now),
                Lang::En => format!("Then: {}／Now: {}", frozen.stamp, frozen.now),
            };
            let title = t("会議の資料", "Materials of the meeting");
            Table::new(title, columns, rows).stamped(stamp)
        });
        frozen.collect()
    }
}
