//! A centre's log of many invented persons, appended in large batches.

use std::sync::atomic::{AtomicU64, Ordering};

use ledger_core::actor::{Actor, Role};
use ledger_core::code::{Area, CareProcedure, Channel, Consulter, Topic};
use ledger_core::event::{
    ChildRegistered, ConsultationEvent, ConsultationRecorded, DisasterPlanEvent, Draft, Event,
    Metadata, ProfileEvent, ReferralEvent, SupportPlanEvent,
};
use ledger_core::id::{
    ChildId, ConsultationId, DisasterPlanId, EventId, ReferralId, StreamName, SupportPlanId,
};
use ledger_core::private::Private;
use ledger_core::store::{Append, ExpectedRevision, NewEvent, StreamAppend};
use ledger_core::time::{Day, Occurred};
use ledger_tests::ledger::TestLedger;
use ledger_tests::samples;
use serde_json::Value;
use uuid::Uuid;

/// Events of one person in the mass.
const PERSON_EVENTS: usize = 250;
/// Persons written in one append.
const PERSONS_AN_APPEND: usize = 4;
/// Fiscal years in which persons come to be known, up to the last one, about as many in each.
const YEARS: std::ops::RangeInclusive<i32> = 2013..=2022;
/// Most events that an append takes.
const EVENTS_MAX: usize = 1_000;

static NEXT: AtomicU64 = AtomicU64::new(1);

/// The next of a row of ids.
fn fresh() -> Uuid {
    samples::uuid((1 << 40) + u128::from(NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// Persons with about so many events altogether, behind the programme's settings.
pub(super) async fn centre(ledger: &TestLedger, events: usize) {
    let settings = samples::events().into_iter();
    let settings = settings.filter(|event| matches!(event, Event::Programme(_)));
    let settings: Vec<(u32, Event)> = settings.map(|event| (0, event)).collect();
    let programme = encoded(ledger, &StreamName::programme(), settings, 2022).await;
    append(ledger, vec![(StreamName::programme(), programme)]).await;
    let persons = events.div_ceil(PERSON_EVENTS);
    let mut years = YEARS.cycle();
    let numbers: Vec<usize> = (0..persons).collect();
    for some in numbers.chunks(PERSONS_AN_APPEND) {
        let mut streams = Vec::new();
        for _ in some {
            let year = years.next().unwrap();
            streams.push(life(ledger, PERSON_EVENTS, year).await);
        }
        append(ledger, streams).await;
    }
}

/// One person with so many events; the name of the stream.
pub(super) async fn person(ledger: &TestLedger, events: usize) -> StreamName {
    let (stream, encoded) = life(ledger, events, 2022).await;
    for some in encoded.chunks(EVENTS_MAX) {
        append(ledger, vec![(stream.clone(), some.to_vec())]).await;
    }
    stream
}

async fn append(ledger: &TestLedger, streams: Vec<(StreamName, Vec<NewEvent>)>) {
    let streams = streams.into_iter();
    let streams = streams.map(|(stream, events)| StreamAppend {
        stream,
        expected: ExpectedRevision::Any,
        events,
    });
    let append = Append {
        streams: streams.collect(),
        ..Append::default()
    };
    ledger.store.append(append).await.unwrap();
}

/// What happens with one person over two years from a fiscal year on: plans and referrals, and between them contacts.
async fn life(ledger: &TestLedger, events: usize, year: i32) -> (StreamName, Vec<NewEvent>) {
    let child = ChildId::new(fresh());
    let stream = StreamName::child(child);
    let mut all = vec![(0, registered(child)), (0, ventilated())];
    let mut day = 1;
    while all.len() < events {
        match all.len() % 50 {
            10 => all.extend(steps(day, referral())),
            20 => all.extend(steps(day, support_plan())),
            30 => all.extend(steps(day, disaster_plan())),
            _ => all.push((day, contact())),
        }
        day = (day + 3) % 700;
    }
    all.truncate(events);
    let encoded = encoded(ledger, &stream, all, year).await;
    (stream, encoded)
}

/// Steps of one thing, a week from one to the next.
fn steps(day: u32, events: Vec<Event>) -> impl Iterator<Item = (u32, Event)> {
    (0_u32..)
        .zip(events)
        .map(move |(nth, event)| (day + 7 * nth, event))
}

async fn encoded(
    ledger: &TestLedger,
    stream: &StreamName,
    events: Vec<(u32, Event)>,
    year: i32,
) -> Vec<NewEvent> {
    let first = Day::from_ymd_opt(year, 4, 1).unwrap();
    let mut encoded = Vec::with_capacity(events.len());
    for (after, event) in events {
        let day = first + chrono::Days::new(u64::from(after));
        let occurred = Occurred::Day(day);
        let id = EventId::new(fresh());
        let metadata = Metadata {
            actor: Actor::new("st-1").unwrap(),
            role: Role::Staff,
            ..samples::metadata(&event, id, occurred)
        };
        let draft = Draft::new(event, occurred);
        let new = ledger
            .codec
            .encode((stream, id), &draft, &metadata, day)
            .await;
        encoded.push(new.unwrap());
    }
    encoded
}

fn text(text: &str) -> Private<Option<String>> {
    Private::Open(Some(text.to_owned()))
}

fn registered(child: ChildId) -> Event {
    ProfileEvent::Registered(ChildRegistered {
        child,
        number: Some(child.to_string()),
        birth_month: Some("2018-05".to_owned()),
        area: Some(Area::Kinuta),
        name: text("見本 太郎"),
        kana: text("ミホン タロウ"),
        birth_date: Private::Open(Day::from_ymd_opt(2018, 5, 11)),
    })
    .into()
}

fn ventilated() -> Event {
    let own = samples::events().into_iter().find(|event| {
        matches!(event, Event::Profile(ProfileEvent::ProcedureStarted(it))
            if it.procedure == CareProcedure::Ventilator)
    });
    own.unwrap()
}

fn contact() -> Event {
    let contact = ConsultationRecorded {
        consultation: ConsultationId::new(fresh()),
        number: None,
        consulter: Some(Consulter::Guardian),
        channel: Some(Channel::Phone),
        topics: vec![Topic::Discharge, Topic::Respite],
        action: None,
        area: Some(Area::Kinuta),
        duration_minutes: Some(30),
        content: text("夜間の吸引が不安。短期入所の空きを確かめて、来週あらためて電話する。"),
        staff: text("相談員A"),
        name_given: Private::Open(None),
    };
    Event::Consultation(ConsultationEvent::Recorded(contact))
}

/// The samples' steps of one thing, under an id of its own.
fn own(keep: fn(&Event) -> bool, field: &str, id: &impl ToString) -> Vec<Event> {
    let steps = samples::events().into_iter().filter(keep);
    let own = steps.map(|event| {
        let info = event.info();
        let mut payload = event.encode().unwrap();
        payload[field] = Value::String(id.to_string());
        Event::decode(info.name, info.version, payload).unwrap()
    });
    own.collect()
}

fn referral() -> Vec<Event> {
    let keep = |event: &Event| {
        matches!(
            event,
            Event::Referral(
                ReferralEvent::Made(_)
                    | ReferralEvent::Received(_)
                    | ReferralEvent::Accepted(_)
                    | ReferralEvent::Completed(_)
                    | ReferralEvent::FeedbackReceived(_)
            )
        )
    };
    own(keep, "referral", &ReferralId::new(fresh()))
}

fn support_plan() -> Vec<Event> {
    let keep = |event: &Event| {
        matches!(
            event,
            Event::SupportPlan(
                SupportPlanEvent::Drafted(_)
                    | SupportPlanEvent::Agreed(_)
                    | SupportPlanEvent::Revised(_)
                    | SupportPlanEvent::Closed(_)
            )
        )
    };
    own(keep, "plan", &SupportPlanId::new(fresh()))
}

fn disaster_plan() -> Vec<Event> {
    let keep = |event: &Event| {
        matches!(
            event,
            Event::DisasterPlan(
                DisasterPlanEvent::Drafted(_)
                    | DisasterPlanEvent::Agreed(_)
                    | DisasterPlanEvent::Verified(_)
                    | DisasterPlanEvent::Revised(_)
            )
        )
    };
    own(keep, "plan", &DisasterPlanId::new(fresh()))
}
