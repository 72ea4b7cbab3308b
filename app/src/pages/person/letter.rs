//! 連携票: a referral as a letter to the other office, printed or faxed; that it was printed is recorded. The
//! letter is Japanese whatever the page around it is, as the office reads it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_core::code::{Area, DataClass, Direction, PartyKind, Section};
use ledger_core::event::{AccessPurpose, Event, ReferralEvent, ReferralMade};
use ledger_core::id::StreamName;
use ledger_core::time::Day;
use ledger_projections::organisation::{DirectoryEntry, directory_entry};
use ledger_projections::settings::Settings;
use ledger_projections::timeline::{ReferralView, Timeline};

use super::printed::Printed;
use super::{number_of, opened};
use crate::fault::{execute_failure, figures_failure};
use crate::lang::Lang;
use crate::pages::act::may_give;
use crate::pages::chrome::Chrome;
use crate::pages::door::SignedIn;
use crate::pages::fault::{Refusal, shown};
use crate::pages::language::t;
use crate::pages::site::Site;
use crate::reading::history;
use crate::render;

#[derive(Template)]
#[template(path = "person/letter.html")]
struct Page {
    chrome: Chrome,
    child: String,
    to: Office,
    from: String,
    /// Who of the centre made it.
    staff: Option<String>,
    /// Whether a consent in force covers that the office is told who the person is.
    has_consent: bool,
    /// Where it is recorded, for who may.
    consent: Option<String>,
    on: String,
    /// It was sent before and is not answered: the letter asks how it stands.
    is_reminder: bool,
    rows: Vec<(&'static str, String)>,
    printed: Printed,
}

/// The sender's address and telephone number, which the ledger does not know: they are written on a line.
const UNKNOWN: Option<&String> = None;

/// The other office; what the ledger does not know of it is written on a line.
struct Office {
    name: String,
    address: Option<String>,
    phone: Option<String>,
}

/// What the letter tells of the person beside what is asked.
const TOLD: &[DataClass] = &[DataClass::Identity];

pub(in crate::pages) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path((child, referral)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let opened = opened(&site, &signed_in, &child, AccessPurpose::Print);
    let (child, timeline) = match opened.await? {
        Ok(opened) => opened,
        Err(asked) => return Ok(asked),
    };
    let known = timeline.referrals.iter();
    let mut known = known.filter(|known| known.direction == Direction::To);
    let view = known.find(|known| known.referral == referral);
    let view = view.ok_or_else(Refusal::not_found)?;
    let settings = Settings::read(site.open.open.store.as_ref(), None).await;
    let settings = settings.map_err(|error| figures_failure(&error.into()))?;
    let today = site.today();
    let contractor = settings.contractor_on(today);
    let number = number_of(&timeline, child);
    let made = made(view, &timeline);
    let known = directory(&site, view).await?;
    let told = (view.party, view.organisation);
    let consent = site.open.ledger.has_consent(child, told, TOLD).await;
    let query = serde_html_form::to_string([("child", &number)]);
    let title = format!("{} {number}", t("連携票", "Letter"));
    shown(&Page {
        chrome: Chrome::of(title, &signed_in, "/referrals"),
        child: child.to_string(),
        to: to(view, known),
        from: contractor.map_or_else(
            || CENTRE.to_owned(),
            |contractor| format!("{CENTRE}（{}）", contractor.operator_ja),
        ),
        staff: made.and_then(|made| made.staff.text()).map(str::to_owned),
        has_consent: consent.map_err(|error| execute_failure(&error))?,
        consent: query
            .ok()
            .filter(|_| may_give(&signed_in, "give-consent"))
            .map(|query| format!("/acts/give-consent?{query}")),
        on: render::day(today, Lang::Ja),
        is_reminder: view.open && view.reminders > 0,
        rows: rows(view, &timeline, made),
        printed: Printed::of(&site, &signed_in, &timeline),
    })
}

/// The sender.
const CENTRE: &str = "医療的ケア相談支援センター";

/// What the directory knows of the other office; none where it is not in it.
async fn directory(site: &Site, view: &ReferralView) -> Result<Option<DirectoryEntry>, Refusal> {
    let Some(organisation) = view.organisation else {
        return Ok(None);
    };
    let stream = StreamName::organisation(organisation);
    let store = site.open.open.store.as_ref();
    let known = history(store, &site.open.codec, &stream, None).await?;
    Ok(directory_entry(&known, site.today()))
}

/// The office to which the letter goes.
fn to(view: &ReferralView, known: Option<DirectoryEntry>) -> Office {
    let (name, address, phone) = match known {
        Some(known) => (Some(known.name), known.address, known.phone),
        None => (None, None, None),
    };
    let name = if view.party == PartyKind::DistrictCentre {
        let area = view.area.map(Area::ja).unwrap_or_default();
        let section = view.section.map(Section::ja).unwrap_or_default();
        Some(format!("{area}総合支所保健福祉センター {section}"))
    } else {
        name.or_else(|| view.office.clone())
    };
    Office {
        name: name.unwrap_or_else(|| view.party.ja().to_owned()),
        address,
        phone,
    }
}

/// The event by which the referral was made, as it stands.
fn made<'t>(view: &ReferralView, timeline: &'t Timeline) -> Option<&'t ReferralMade> {
    timeline.entries.iter().find_map(|entry| {
        if let Event::Referral(ReferralEvent::Made(made)) = &entry.event {
            return (made.referral.to_string() == view.referral).then_some(made);
        }
        None
    })
}

/// What the office needs to act: who, what is asked, by when. No more of the person is told.
fn rows(
    view: &ReferralView,
    timeline: &Timeline,
    made: Option<&ReferralMade>,
) -> Vec<(&'static str, String)> {
    let person = &timeline.person;
    let day = |day: Option<Day>| day.map(|day| render::day(day, Lang::Ja));
    let request = made.and_then(|made| made.request.text());
    let rows = [
        ("氏名", person.name.clone()),
        ("フリガナ", person.kana.clone()),
        ("生年月日", day(person.birth_date)),
        ("依頼した日", day(view.made_on)),
        (
            "緊急度",
            view.urgency.map(|urgency| urgency.ja().to_owned()),
        ),
        ("理由", view.reason.map(|reason| reason.ja().to_owned())),
        ("依頼の内容", request.map(str::to_owned)),
        ("回答の希望日", day(view.due_on)),
        ("管理番号", view.number.clone()),
    ];
    let rows = rows.into_iter();
    rows.filter_map(|(label, said)| Some((label, said?)))
        .collect()
}
