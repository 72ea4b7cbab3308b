//! Who may be the same person: somebody of the same name or kana who was born in the same month, or whose birth date is
//! not known.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::code::ProfileField;
use ledger_core::history::History;
use ledger_core::id::{ChildId, Position, StreamName};
use ledger_core::time::{Day, Timestamp};
use ledger_projections::facts::{Facts, Kind, Versions};
use ledger_projections::timeline::merged_into;
use ledger_projections::work_list::birth_date;

use crate::failure::Failure;
use crate::fault::figures_failure;
use crate::names::{Names, folded, name_of};
use crate::reading::{identity_history, number_of};
use crate::wiring::OpenWithKeys;

/// What a changed profile's fact is about where that is the birth date.
const CHANGED: &str = ProfileField::BirthDate.code();

/// By what two persons are compared; it is shown to nobody.
pub(crate) struct Identity {
    /// Name and kana, [folded]: many type kana in the place of a name.
    names: Vec<String>,
    /// None where it is not known.
    born: Option<Day>,
}

impl Identity {
    /// None where there is no name to compare.
    pub(crate) fn of(name: Option<&str>, kana: Option<&str>, born: Option<Day>) -> Option<Self> {
        let names = [name, kana].into_iter().flatten().map(folded);
        let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        (!names.is_empty()).then_some(Self { names, born })
    }

    /// As it stands after changes and corrections; none where it is unknown or erased.
    fn in_force(history: &History) -> Option<Self> {
        let (name, kana) = name_of(history);
        Self::of(name.as_deref(), kana.as_deref(), birth_date(history))
    }

    /// Among the few hundred whom a centre serves, two of one name who were born within a month are more likely one child
    /// whose birthday was mistyped than two; so are two of whom one's birthday nobody knows.
    fn is_alike(&self, other: &Self) -> bool {
        let months = self.born.map(month_of).zip(other.born.map(month_of));
        months.is_none_or(|(own, others)| own == others)
            && self.names.iter().any(|name| other.names.contains(name))
    }
}

/// The names of everybody as a program holds them that goes on running, and the present moment; none where it does not.
pub(crate) type Held<'a> = Option<(&'a Names, Timestamp)>;

/// Everybody else who has the same name or kana, and the same birth month or no birth date to tell them apart; by their
/// numbers, or ids where there are none. Of a merged case the one that goes on.
///
/// # Errors
/// [`Failure`] when the store or a key fails.
pub(crate) async fn persons_alike(
    own: ChildId,
    identity: &Identity,
    open: &OpenWithKeys,
    held: Held<'_>,
) -> Result<Vec<(ChildId, String)>, Failure> {
    let store = open.open.store.as_ref();
    let mut alike = Vec::new();
    for other in candidates(identity, open, held).await? {
        let stream = StreamName::child(other);
        if other == own {
            continue;
        }
        let theirs = identity_history(store, &open.codec, &stream).await?;
        if Identity::in_force(&theirs).is_none_or(|theirs| !theirs.is_alike(identity)) {
            continue;
        }
        let child = merged_into(&theirs).unwrap_or(other);
        if child != own && alike.iter().all(|(known, _)| *known != child) {
            let number = number_of(store, child).await?;
            alike.push((child, number.unwrap_or_else(|| child.to_string())));
        }
    }
    alike.sort_unstable_by(|one, other| one.1.cmp(&other.1));
    Ok(alike)
}

/// The same of somebody who is registered.
///
/// # Errors
/// [`Failure`] when the store or a key fails.
pub(crate) async fn alike_to(
    own: ChildId,
    open: &OpenWithKeys,
    held: Held<'_>,
) -> Result<Vec<(ChildId, String)>, Failure> {
    let stream = StreamName::child(own);
    let known = identity_history(open.open.store.as_ref(), &open.codec, &stream).await?;
    match Identity::in_force(&known) {
        Some(identity) => persons_alike(own, &identity, open, held).await,
        None => Ok(Vec::new()),
    }
}

/// Whom it is compared with: where the names are held, those of the same name, so that few are opened.
async fn candidates(
    identity: &Identity,
    open: &OpenWithKeys,
    held: Held<'_>,
) -> Result<Vec<ChildId>, Failure> {
    let Some((names, now)) = held else {
        return perhaps_born_with(identity.born, open).await;
    };
    let mut alike = BTreeSet::new();
    for name in &identity.names {
        match names.find(open, name, now).await? {
            Some(found) => alike.extend(found),
            // Too short to be looked for.
            None => return perhaps_born_with(identity.born, open).await,
        }
    }
    Ok(alike.into_iter().collect())
}

/// Who was born in the month of a day, and whose birth date is not known; everybody where the day is not known: no more
/// histories are opened than these.
async fn perhaps_born_with(
    born: Option<Day>,
    open: &OpenWithKeys,
) -> Result<Vec<ChildId>, Failure> {
    open.open.catch_up(&Facts, &mut |_, _| {}).await?;
    let now = Position::from_i64(i64::MAX);
    let kinds = [Kind::PersonKnown, Kind::BirthMonth, Kind::ProfileChanged];
    let known = Versions::between(&open.open.views, now, now, &kinds).await;
    let known = known.map_err(|error| figures_failure(&error.into()))?;
    let month = born.map(month_of);
    // The months in which each person was said to be born: one that was changed stays among them, and is compared.
    let mut months: BTreeMap<ChildId, Vec<&str>> = BTreeMap::new();
    for fact in &known.facts {
        let Some(child) = fact.subject.as_deref().and_then(|id| id.parse().ok()) else {
            continue;
        };
        let said = months.entry(child).or_default();
        let is_changed = fact.kind == Kind::ProfileChanged && fact.thing == CHANGED;
        if is_changed || fact.kind == Kind::BirthMonth {
            said.push(&fact.thing);
        }
    }
    // A birth date that was changed may have been taken out.
    let is_perhaps = |said: &[&str]| {
        let is_it = |month: &String| said.contains(&month.as_str()) || said.contains(&CHANGED);
        said.is_empty() || month.as_ref().is_none_or(is_it)
    };
    let perhaps = months.into_iter().filter(|(_, said)| is_perhaps(said));
    Ok(perhaps.map(|(child, _)| child).collect())
}

/// The month of a day, as facts have it.
fn month_of(day: Day) -> String {
    day.format("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use ledger_core::time::parse_day;

    use super::*;

    fn identity(name: &str, kana: Option<&str>, born: &str) -> Option<Identity> {
        Identity::of(Some(name), kana, Some(parse_day(born).unwrap().day))
    }

    #[test]
    fn a_name_is_compared_with_kana_and_nothing_with_nothing() {
        let one = identity("見本　花子", Some("ミホン　ハナコ"), "2019-10-15").unwrap();
        for (name, kana) in [
            ("見本花子", None),
            ("みほん はなこ", None),
            ("例示　華子", Some("ﾐﾎﾝ ﾊﾅｺ")),
        ] {
            for born in ["2019-10-15", "2019-10-16"] {
                let other = identity(name, kana, born).unwrap();
                assert!(one.is_alike(&other), "{name}, {born}");
            }
            for born in ["2019-11-15", "2020-10-15"] {
                let other = identity(name, kana, born).unwrap();
                assert!(!one.is_alike(&other), "{name} of another month");
            }
        }
        let other = identity("見本　太郎", None, "2019-10-15").unwrap();
        assert!(!one.is_alike(&other));
        assert!(identity("・", None, "2019-10-15").is_none());
        let unborn = Identity::of(Some("見本　花子"), None, None).unwrap();
        assert!(one.is_alike(&unborn) && unborn.is_alike(&one));
        assert!(!other.is_alike(&unborn));
    }
}
