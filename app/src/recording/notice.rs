//! What is worth a look after something was recorded: somebody of the same name and birthday, a move out of the ward.

use ledger_core::event::{Event, ProfileEvent};
use ledger_core::history::History;
use ledger_core::id::{ChildId, Position, StreamName};
use ledger_core::text::without_spaces;
use ledger_core::time::Day;
use ledger_projections::facts::Facts;
use ledger_projections::facts::{Kind, Versions};
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::fault::figures_failure;
use crate::lang::Lang;
use crate::reading::{history, number_of};
use crate::wiring::OpenWithKeys;

/// A notice in both languages.
pub(crate) struct Notice {
    ja: String,
    en: String,
}

impl Notice {
    /// Its text.
    pub(crate) fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }
}

/// The notices to what was recorded.
pub(crate) async fn notices(
    name: &str,
    fields: &Map<String, Value>,
    streams: &[StreamName],
    open: &OpenWithKeys,
) -> Result<Vec<Notice>, Failure> {
    match (name, streams) {
        ("register-child", [own]) => same_persons(own, open).await,
        ("change-profile", _) if moved_away(fields) => Ok(vec![Notice {
            ja: "区外へ転居した方です。支援を終えるときは record close-case で終結してください。"
                .to_owned(),
            en: "the person left the ward; close-case ends the case when support ends".to_owned(),
        }]),
        _ => Ok(Vec::new()),
    }
}

fn moved_away(fields: &Map<String, Value>) -> bool {
    let new = fields.get("new").and_then(Value::as_str);
    new.is_some_and(|new| ["outside-ward", "区外"].contains(&new.trim()))
}

/// Persons of the same name who were born on the same day, in words.
async fn same_persons(own: &StreamName, open: &OpenWithKeys) -> Result<Vec<Notice>, Failure> {
    let others = persons_alike(own, open).await?;
    let notices = others.into_iter().map(|(_, number)| Notice {
        ja: format!("{number} と氏名・生年月日が同じです。同じ方なら record suspect-duplicate で重複の疑いとして記録してください。"),
        en: format!("{number} has the same name and date of birth; if it is the same person, record suspect-duplicate"),
    });
    Ok(notices.collect())
}

/// Persons of the same name who were born on the same day, with their numbers; their text is compared, and
/// not shown.
pub(crate) async fn persons_alike(
    own: &StreamName,
    open: &OpenWithKeys,
) -> Result<Vec<(ChildId, String)>, Failure> {
    let store = open.open.store.as_ref();
    let Some((name, born)) = identity(&history(store, &open.codec, own, None).await?) else {
        return Ok(Vec::new());
    };
    let month = born.format("%Y-%m").to_string();
    let mut alike = Vec::new();
    for other in born_in(&month, open).await? {
        let stream = StreamName::child(other);
        if stream == *own {
            continue;
        }
        let theirs = identity(&history(store, &open.codec, &stream, None).await?);
        if theirs == Some((name.clone(), born)) {
            let number = number_of(store, other).await?;
            alike.push((other, number.unwrap_or_else(|| other.to_string())));
        }
    }
    Ok(alike)
}

/// The persons who were born in a month.
async fn born_in(month: &str, open: &OpenWithKeys) -> Result<Vec<ChildId>, Failure> {
    open.open.catch_up(&Facts, &mut |_, _| {}).await?;
    let now = Position::from_i64(i64::MAX);
    let known = Versions::between(&open.open.views, now, now, &[Kind::BirthMonth]).await;
    let known = known.map_err(|error| figures_failure(&error.into()))?;
    let born = known.facts.iter().filter(|fact| fact.thing == month);
    let born = born.filter_map(|fact| fact.subject.as_deref()?.parse().ok());
    Ok(born.collect())
}

/// Name and date of birth in force, where both are known.
fn identity(history: &History) -> Option<(String, Day)> {
    let registered = history.standing().find_map(|entry| {
        if let Event::Profile(ProfileEvent::Registered(it)) = entry.event() {
            return Some(it);
        }
        None
    })?;
    let name = registered.name.text()?;
    let born = registered.birth_date.open().copied().flatten()?;
    Some((without_spaces(name), born))
}
