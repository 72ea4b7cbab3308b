//! The directory of offices in words: an office in two lines, telephone first.

use ledger_core::code::Capacity;
use ledger_projections::organisation::{Confirmation, DirectoryEntry};

use super::programme::range;
use super::words::{counted, day};
use crate::lang::Lang;

/// An office: its telephone number and name, and below what it said last.
#[must_use]
pub fn office(entry: &DirectoryEntry, lang: Lang) -> String {
    let phone = entry.phone.as_deref();
    let phone = phone.unwrap_or_else(|| lang.pick("電話未登録", "no telephone"));
    let kind = lang.pick(entry.kind.ja(), entry.kind.code());
    let area = entry
        .area
        .map_or("—", |area| lang.pick(area.ja(), area.code()));
    let closed = match (entry.closed, entry.closed_on, lang) {
        (false, ..) => String::new(),
        (true, Some(on), Lang::Ja) => format!("  【{}で終了】", day(on, lang)),
        (true, Some(on), Lang::En) => format!("  [closed {}]", day(on, lang)),
        (true, None, _) => lang.pick("  【終了】", "  [closed]").to_owned(),
    };
    let name = &entry.name;
    let first = format!("{phone}  {name}  {kind}  {area}{closed}");
    let second = match &entry.confirmation {
        Some(confirmation) => said(confirmation, lang),
        None => lang.pick("未確認", "nobody asked yet").to_owned(),
    };
    format!("{first}\n    {second}")
}

/// What an office said: how much, what, for whom, and when it was asked by whom.
fn said(confirmation: &Confirmation, lang: Lang) -> String {
    let mut parts = vec![room(confirmation, lang)];
    let procedures = confirmation.procedures.iter();
    let services = confirmation.services.iter();
    let takes: Vec<&str> = procedures
        .map(|one| lang.pick(one.ja(), one.code()))
        .chain(services.map(|one| lang.pick(one.ja(), one.code())))
        .collect();
    if !takes.is_empty() {
        parts.push(takes.join(lang.pick("、", ", ")));
    }
    parts.extend(ages(confirmation.age_from, confirmation.age_to, lang));
    parts.push(asked(confirmation, lang));
    if let Some(with) = &confirmation.confirmed_with {
        let label = lang.pick("応対", "spoke with");
        parts.push(format!("{label} {with}"));
    }
    if let Some(note) = &confirmation.note {
        let label = lang.pick("条件", "conditions");
        parts.push(format!("{label} {}", note.replace('\n', " ")));
    }
    parts.join("  ")
}

/// How much an office can take on and how many places are free, as was said; where the two contradict
/// each other, that they do.
fn room(confirmation: &Confirmation, lang: Lang) -> String {
    let capacity = confirmation.capacity;
    let said = lang.pick(capacity.ja(), capacity.code());
    let Some(places) = confirmation.places else {
        return said.to_owned();
    };
    let takes_on = !matches!(capacity, Capacity::Full | Capacity::NotOffered);
    let contradicts = takes_on == (places == 0) && capacity != Capacity::Unknown;
    let note = match (contradicts, lang) {
        (false, _) => "",
        (true, Lang::Ja) => "  ⚑受入状況と空きの数が合いません",
        (true, Lang::En) => "  ⚑ the places contradict it",
    };
    match lang {
        Lang::Ja => format!("{said}（空き{places}）{note}"),
        Lang::En => format!("{said} ({}){note}", counted(places, "place", "places")),
    }
}

fn ages(from: Option<u32>, to: Option<u32>, lang: Lang) -> Option<String> {
    let end = |age: Option<u32>| age.map(|age| age.to_string()).unwrap_or_default();
    Some(match (from, to, lang) {
        (None, None, _) => return None,
        (_, _, Lang::Ja) => format!("{}〜{}歳", end(from), end(to)),
        (None, Some(to), Lang::En) => format!("ages up to {to}"),
        (Some(from), _, Lang::En) => format!("ages {}", range(&from.to_string(), &end(to), lang)),
    })
}

fn asked(confirmation: &Confirmation, lang: Lang) -> String {
    let on = day(confirmation.asked_on, lang);
    let (by, age) = (&confirmation.asked_by, confirmation.age_days);
    match (confirmation.stale, lang) {
        (false, Lang::Ja) => format!("{on}確認（{by}）"),
        (true, Lang::Ja) => format!("{on}確認（{by}）  ⚑確認が古い（{age}日前）"),
        (false, Lang::En) => format!("asked {on} by {by}"),
        (true, Lang::En) => {
            let ago = counted(age, "day", "days");
            format!("asked {on} by {by}  ⚑ stale ({ago} ago)")
        },
    }
}
