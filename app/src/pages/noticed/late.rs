//! That what was recorded is of days whose figures a meeting was shown before.

use ledger_commands::authorise::{Action, Assignment, Subject, authorise};
use ledger_core::event::{Event, Recorded};
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::committee::{Materials, MeetingCard};

use super::{Notice, told};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::pages::language::{current, t};
use crate::pages::site::Site;
use crate::reading::meeting_cards;
use crate::render;

/// Where is told which figures changed since a meeting.
const CHANGES: &str = "/committee/changes";

/// That the committee was shown the days of an event before it was recorded: late entry is free, and changes what was
/// shown. Nothing for whoever sees no figures; what is amended asks for an approval where it changes any.
pub(super) async fn notice(site: &Site, recorded: &Recorded) -> Result<Option<Notice>, Failure> {
    let role = recorded.metadata.role;
    let may = authorise(role, Action::ReadFigures, Subject::Ledger, Assignment::None);
    let Some(day) = recorded.metadata.occurred.day().filter(|_| may.is_ok()) else {
        return Ok(None);
    };
    if matches!(recorded.event, Event::Correction(_)) {
        return Ok(None);
    }
    let cards = meeting_cards(&site.open.open).await?;
    let shown = newest_with(&cards, day);
    Ok(shown.and_then(|(card, materials)| told(&said(card, materials), vec![changes()])))
}

fn changes() -> (String, String) {
    let words = t("前回からの変更", "Changes since a meeting");
    (CHANGES.to_owned(), words.to_owned())
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
            "運営委員会{meeting}の資料に示した期間（{year}、{on}まで）のことを、後から記録しました。示した数が変わったときは、次の画面に出ます："
        ),
        Lang::En => format!(
            "It is of days that committee meeting {meeting} was shown ({year}, up to {on}). Where a figure changed by it, this page tells:"
        ),
    }
}

/// The newest meeting that was shown a day's figures.
fn newest_with(cards: &[MeetingCard], day: Day) -> Option<(&MeetingCard, &Materials)> {
    let with = cards.iter().filter_map(|card| {
        let materials = card.materials.as_ref()?;
        let has = materials.fiscal_year == FiscalYear::of(day) && day <= materials.on_day;
        has.then_some((card, materials))
    });
    with.max_by_key(|(_, materials)| materials.as_at)
}
