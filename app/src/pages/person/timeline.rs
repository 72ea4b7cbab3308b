//! 経過: everything about one person on one screen. That it is opened is recorded first.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::{AccessPurpose, ExportedList};
use ledger_core::id::{ChildId, OrganisationId, Position, StreamName};
use ledger_core::time::Timestamp;
use ledger_projections::caseload::caseload;
use ledger_projections::timeline::{OtherOffice, Timeline, TimelineEntry};

use super::choices::{Choices, choices};
use super::due::{Due, due};
use super::emergency;
use super::looking::{Asked, Looking, Steps};
use super::plan::{disaster_plan_name, support_plan_name};
use super::printed::Printed;
use super::threads::{Grouping, groups};
use super::written::{Shown, written};
use super::{called, number_of, opened_at};
use crate::fault::views_failure;
use crate::lang::Lang;
use crate::pages::chrome::Chrome;
use crate::pages::door::SignedIn;
use crate::pages::export::{self, Cell, Links, Table};
use crate::pages::fault::{Refusal, shown};
use crate::pages::form::Query;
use crate::pages::in_charge::all_named;
use crate::pages::language::{current, listed, t, term};
use crate::pages::noticed::{self, Notice};
use crate::pages::site::Site;
use crate::reading::{ClosedAccounts, For, OpenedTimeline, office_names, records};
use crate::render;

#[derive(Template)]
#[template(path = "person/timeline.html")]
struct Page<'t> {
    chrome: Chrome,
    /// Where the person's own pages are.
    child: String,
    number: String,
    /// The query of the form for a record about the person.
    record: String,
    /// What is worth a look after something was recorded just now.
    notices: Vec<Notice>,
    /// The case that goes on in place of this one.
    merged: Option<String>,
    heading: String,
    facts: Vec<(&'static str, String)>,
    cards: &'t [String],
    /// The pages of the plans.
    plans: Vec<(String, String)>,
    /// How it is looked at, and where the clocks stand.
    looking: Looking,
    steps: Steps,
    choices: Choices,
    printed: Printed,
    /// How it is taken along.
    export: Option<Links>,
    /// The day at which the clocks stand, and what is due then.
    day: String,
    due: Vec<Due>,
    groups: Vec<Shown<'t>>,
    /// The queries of the events before those that are shown, and of those after them.
    older: Option<String>,
    newer: Option<String>,
    /// Whether something can be recorded about the person.
    may_record: bool,
    /// Whether what is told can be taken along.
    may_take: bool,
    /// How many events there are, and how many of them are of the kinds and fields that are asked for.
    all: usize,
    count: usize,
}

pub(in crate::pages) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(child): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let store = site.open.open.store.as_ref();
    let looking = asked.looked(store, site.today()).await?;
    let purpose = match looking.format {
        Some(_) => {
            // Nothing is opened for whoever may not take it along.
            export::may_take(&site, &signed_in, ExportedList::Timeline).await?;
            AccessPurpose::Export
        },
        None if looking.is_print => AccessPurpose::Print,
        None => AccessPurpose::Timeline,
    };
    let opened = opened_at(&site, &signed_in, &child, (looking.clocks, purpose));
    let (child, timeline) = match opened.await? {
        Ok(opened) => opened,
        Err(asked) => return Ok(asked),
    };
    if let Some(format) = looking.format {
        let as_at = looking.clocks.as_at.unwrap_or(signed_in.head);
        let named = (ExportedList::Timeline, format, as_at);
        let table = table(&timeline, &number_of(&timeline, child), &looking);
        return export::hand_over(&site, &signed_in, named, table).await;
    }
    let page = shown_timeline(&site, &signed_in, (child, &timeline), looking);
    shown(&page.await?)
}

/// The events that are asked for, oldest first, as they are taken along.
fn table(timeline: &OpenedTimeline, number: &str, looking: &Looking) -> Table {
    let lang = current();
    let wanted = timeline.entries.iter().filter(|entry| looking.wants(entry));
    let rows = wanted.map(|entry| {
        let told = timeline.told(entry, lang);
        let said = told.lines.iter().map(|line| match line.struck.as_str() {
            "" => line.text.clone(),
            struck => {
                let mark = t("（取消線）", "(struck through) ");
                format!("{mark}{struck}{}", line.text)
            },
        });
        let said: Vec<String> = said.collect();
        vec![
            Cell::text(number),
            Cell::text(&told.when),
            Cell::text(told.title),
            Cell::text(told.care_fields.join(lang.pick("、", ", "))),
            Cell::known(told.mark.map(str::to_owned)),
            Cell::text(said.join("\n")),
            Cell::text(&told.recorded_on),
            Cell::text(render::recorder(entry, current())),
            Cell::told(&entry.position.to_string()),
        ]
    });
    Table::new(
        t("経過", "Timeline"),
        vec![
            t("対象者番号", "Child's number"),
            t("日時", "When"),
            t("種類", "Kind"),
            t("分野", "Fields of care"),
            t("扱い", "Standing"),
            t("内容", "What"),
            t("記録した日", "Recorded on"),
            t("記録者", "Recorded by"),
            t("位置", "Position"),
        ],
        rows,
    )
}

async fn shown_timeline<'t>(
    site: &Site,
    signed_in: &SignedIn,
    (child, timeline): (ChildId, &'t OpenedTimeline),
    looking: Looking,
) -> Result<Page<'t>, Refusal> {
    let number = number_of(timeline, child);
    // A browser keeps titles in its history: no name there.
    let title = format!("{} {number}", t("経過", "Timeline"));
    let mut chrome = Chrome::of(title, signed_in, "/children");
    chrome.emergency = emergency::banner(site, signed_in, child, true).await?;
    let lang = chrome.lang;
    let own = own_records(site, child, (timeline, &looking)).await?;
    let offices = match looking.grouping {
        Grouping::Offices => known(timeline),
        Grouping::Years | Grouping::Referrals => BTreeSet::new(),
    };
    let names = office_names(&site.open.open, &offices, signed_in.head).await?;
    let wanted = timeline.entries.iter().filter(|entry| looking.wants(entry));
    let wanted: Vec<&TimelineEntry> = wanted.collect();
    let (count, window) = (wanted.len(), looking.window(wanted.len()));
    let shown = wanted.get(window.clone()).unwrap_or_default();
    let shown = shown.iter().copied();
    let groups = groups(timeline, shown, looking.grouping, (&names, lang));
    let day = looking.clocks.as_of.unwrap_or(looking.clocks.today);
    let open = &site.open.open;
    let head = open.catch_up_on_work().await?;
    let closed = ClosedAccounts::read(open, head).await?;
    // Paper has no links.
    let may_take = !looking.is_print && may_take(site, signed_in, child).await;
    Ok(Page {
        child: child.to_string(),
        record: serde_html_form::to_string([("child", &number)]).unwrap_or_default(),
        notices: noticed_of(site, signed_in, &looking).await?,
        merged: timeline.merged_into.map(|survivor| survivor.to_string()),
        heading: called(timeline),
        facts: facts(
            timeline,
            in_charge(site, child, (&looking, head), &closed).await?,
        ),
        cards: timeline.cards(lang),
        plans: plans(timeline, child),
        steps: looking.steps(&own, lang),
        choices: choices(timeline, &looking, lang),
        printed: Printed::of(site, signed_in, timeline),
        export: Links::of(signed_in, ExportedList::Timeline, looking.asked()).filter(|_| may_take),
        may_record: signed_in.may(Action::RecordWork, Subject::Person).is_ok(),
        may_take,
        day: render::day(day, lang),
        due: due(
            (site, signed_in),
            child,
            (timeline, looking.clocks, head),
            (&closed, lang),
        )
        .await?,
        groups: written(groups, timeline, (lang, written_for(signed_in, &looking)))?,
        all: timeline.entries.len(),
        count,
        older: (window.start > 0).then(|| looking.older()),
        newer: (window.end < count).then(|| looking.newer()),
        chrome,
        looking,
        number,
    })
}

/// Where each record of the person stands and when it was made; of the past, those that came since as well.
async fn own_records(
    site: &Site,
    child: ChildId,
    (timeline, looking): (&OpenedTimeline, &Looking),
) -> Result<Vec<(Position, Timestamp)>, Refusal> {
    if looking.clocks.as_at.is_none() {
        return Ok(timeline.records.clone());
    }
    let store = site.open.open.store.as_ref();
    let merged = timeline.person.cases.difference(&timeline.withheld_cases);
    let mut all = Vec::new();
    for case in std::iter::once(&child).chain(merged) {
        let records = records(store, &StreamName::child(*case)).await?;
        all.extend(records.iter().map(|one| (one.position, one.recorded_at)));
    }
    all.sort_unstable();
    Ok(all)
}

/// For what the events are written: from the past nothing is amended, and paper has no links.
fn written_for(signed_in: &SignedIn, looking: &Looking) -> For {
    let may_amend = || signed_in.may(Action::Correct, Subject::Person).is_ok();
    match looking.is_print {
        true => For::Paper,
        false if looking.is_now() && may_amend() => For::Amending,
        false => For::Reading,
    }
}

/// That something was recorded just now, and what is worth a look after it.
async fn noticed_of(
    site: &Site,
    signed_in: &SignedIn,
    looking: &Looking,
) -> Result<Vec<Notice>, Refusal> {
    let Some(position) = looking.recorded() else {
        return Ok(Vec::new());
    };
    match noticed::own(site, signed_in, position).await? {
        Some((own, child)) => {
            let may_amend = signed_in.may(Action::Correct, Subject::Person).is_ok();
            let mut notices = vec![noticed::done(&own, child, may_amend)];
            notices.extend(noticed::moved(site, &own).await?);
            notices.extend(noticed::notices(site, signed_in, (&own, child)).await);
            Ok(notices)
        },
        None => Ok(Vec::new()),
    }
}

/// Whether what is told of a person may be taken along, on paper or as a file: the same is asked when it is.
pub(super) async fn may_take(site: &Site, signed_in: &SignedIn, child: ChildId) -> bool {
    if signed_in.may(Action::Export, Subject::Person).is_ok() {
        return true;
    }
    // Whoever is in charge of the person may.
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let (ledger, stream) = (&site.open.ledger, StreamName::child(child));
    let may = ledger.may_open(&stream, AccessPurpose::Export, &envelope);
    may.await.is_ok()
}

/// The offices of the directory with which its events deal.
fn known(timeline: &Timeline) -> BTreeSet<OrganisationId> {
    let entries = timeline.entries.iter();
    let offices = entries.flat_map(|entry| timeline.offices(entry));
    let known = offices.filter_map(|office| match office {
        OtherOffice::Known(organisation) => Some(organisation),
        OtherOffice::Kind(_) | OtherOffice::District(..) => None,
    });
    known.collect()
}

/// The pages of the plans, each with its path.
fn plans(timeline: &Timeline, child: ChildId) -> Vec<(String, String)> {
    let named = |kind: &str, id: &str, name: String| {
        let path = format!("/children/{child}/plans/{id}");
        (path, plan_words(kind, &name))
    };
    let disaster = timeline.disaster_plans.iter();
    let disaster = disaster.map(|plan| {
        let kind = t("災害時個別支援計画", "Disaster plan");
        named(kind, &plan.plan, disaster_plan_name(plan))
    });
    let support = timeline.support_plans.iter();
    let support = support.map(|plan| {
        let kind = t("在宅生活支援プラン", "Support plan");
        named(kind, &plan.plan, support_plan_name(plan))
    });
    disaster.chain(support).collect()
}

fn plan_words(kind: &str, name: &str) -> String {
    // A day in brackets stands close, as do no words at all.
    let is_close = name.is_empty() || name.starts_with('（');
    let gap = if is_close { "" } else { " " };
    match current() {
        Lang::Ja => format!("{kind}{gap}{name}{gap}の内容"),
        Lang::En => format!("{kind} {name}").trim_end().to_owned(),
    }
}

/// Who is in charge at present; nothing of the past, or where nobody is.
async fn in_charge(
    site: &Site,
    child: ChildId,
    (looking, head): (&Looking, Position),
    closed: &ClosedAccounts,
) -> Result<Option<String>, Refusal> {
    if !looking.is_now() {
        return Ok(None);
    }
    let known = caseload(&site.open.open.facts, looking.clocks.today, head).await;
    let known = known.map_err(|error| views_failure(&error))?;
    let id = child.to_string();
    let own = known.iter().find(|line| line.child == id);
    let named = own.map(|line| all_named(&line.in_charge, closed));
    Ok(named.filter(|named| !named.is_empty()))
}

fn facts(timeline: &Timeline, in_charge: Option<String>) -> Vec<(&'static str, String)> {
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
        t("統合した番号", "Merged numbers"),
        render::merged_numbers(timeline, current()),
    );
    tell(t("担当", "In charge"), in_charge);
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
        Lang::En => format!("{count}"),
    }
}
