//! That what was recorded is of days whose figures a meeting was shown before.

use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::{Event, Recorded};
use ledger_core::id::Position;
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::committee::{Materials, MeetingCard};

use super::{Notice, told};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::pages::committee::address;
use crate::pages::door::SignedIn;
use crate::pages::language::{current, t};
use crate::pages::site::Site;
use crate::reading::meeting_cards;
use crate::render;

/// That the committee was shown the days of an event before it was recorded: late entry is free, and changes what was
/// shown. Nothing for whoever sees no figures; what is amended asks for an approval where it changes any.
pub(super) async fn notice(
    site: &Site,
    signed_in: &SignedIn,
    recorded: &Recorded,
) -> Result<Option<Notice>, Failure> {
    let may = signed_in.may(Action::ReadFigures, Subject::Ledger);
    let Some(day) = recorded.metadata.occurred.day().filter(|_| may.is_ok()) else {
        return Ok(None);
    };
    if matches!(recorded.event, Event::Correction(_)) {
        return Ok(None);
    }
    let cards = meeting_cards(&site.open.open).await?;
    let shown = newest_with(&cards, day, recorded.position);
    Ok(shown.and_then(|(card, materials)| told(&said(card, materials), vec![changes(card)])))
}

/// Where is told which figures changed since a meeting.
fn changes(card: &MeetingCard) -> (String, String) {
    let query = serde_html_form::to_string([("meeting", address(card))]).unwrap_or_default();
    let words = t("前回からの変更", "Changes since a meeting");
    (format!("/committee/changes?{query}"), words.to_owned())
}

fn said(card: &MeetingCard, materials: &Materials) -> String {
    let lang = current();
    let (meeting, on) = (
        render::meeting_name(card, lang),
        render::day(materials.on_day, lang),
    );
    let year = render::fiscal_year(materials.fiscal_year, lang);
    match lang {
        Lang::Ja => format!(
            "運営委員会{meeting}の資料（{year}、{on}の時点）に載る時期のことを、後から記録しました。示した数が変わったときは、次の画面に出ます："
        ),
        Lang::En => format!(
            "It is of a time that committee meeting {meeting} was shown ({year}, as of {on}). Where a figure changed by it, this page tells:"
        ),
    }
}

/// The meeting that was shown how things stood on a day or later, before a position: the newest one that was shown the
/// day's own year, or else the newest, as what is begun in one year goes on in figures of the next.
fn newest_with(
    cards: &[MeetingCard],
    day: Day,
    before: Position,
) -> Option<(&MeetingCard, &Materials)> {
    let with = cards.iter().filter_map(|card| {
        let materials = card.materials.as_ref()?;
        let has = day <= materials.on_day && materials.as_at < before;
        has.then_some((card, materials))
    });
    with.max_by_key(|(_, materials)| {
        let is_own = materials.fiscal_year == FiscalYear::of(day);
        (is_own, materials.as_at)
    })
}
