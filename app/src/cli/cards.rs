//! Things of which there are several: all of them as cards, or the one that is named with its text.

use ledger_commands::authorise::Action;
use ledger_core::history::History;
use ledger_core::id::{Position, StreamName};
use ledger_core::text::without_spaces;

use super::door::{Door, Moment};
use crate::config::GlobalOptions;
use crate::failure::Failure;
use crate::world::World;

/// A card with its number, which is its place in the log and never changes, and the stream from which it
/// is folded, personal text closed.
pub(super) struct Listed<C> {
    pub(super) number: usize,
    pub(super) stream: StreamName,
    pub(super) history: History,
    pub(super) card: C,
}

/// Answers from a ledger that is open for cards to who may see them, with their text or without, and
/// closes it whatever came of it.
pub(super) async fn answered<T>(
    (action, with_text): (Action, bool),
    options: &GlobalOptions,
    world: &mut World,
    answer: impl AsyncFnOnce(&Door, &mut World) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let door = Door::new(action, with_text, options, world).await?;
    let done = answer(&door, world).await;
    door.close().await;
    done
}

/// Everything in the streams whose names begin so, numbered in the order of their first events.
pub(super) async fn all<C>(
    door: &Door,
    prefixes: &[&str],
    as_at: Position,
    fold: impl Fn(&History) -> Option<C>,
) -> Result<Vec<Listed<C>>, Failure> {
    let mut streams = Vec::new();
    for prefix in prefixes {
        streams.extend(door.streams(prefix, as_at).await?);
    }
    streams.sort_by_key(|(_, history)| begun(history));
    let listed = (1_usize..)
        .zip(streams)
        .filter_map(|(number, (stream, history))| {
            let card = fold(&history)?;
            Some(Listed {
                number,
                stream,
                history,
                card,
            })
        });
    Ok(listed.collect())
}

fn begun(history: &History) -> Option<Position> {
    let first = history.entries().first();
    first.map(|entry| entry.recorded.position)
}

/// The one of them that is named; `list` is the command that shows all.
pub(super) fn one_of<C>(
    listed: Vec<Listed<C>>,
    (which, list): (&str, &'static str),
    names: impl Fn(&C) -> Vec<String>,
) -> Result<Listed<C>, Failure> {
    let known = listed.iter().map(|one| (one.number, names(&one.card)));
    let number = named(known, which, list)?;
    let mut listed = listed.into_iter();
    let found = listed.find(|one| one.number == number);
    found.ok_or_else(|| not_listed(list))
}

/// The same card with its text, where the door is open; that it is opened is recorded first.
pub(super) async fn opened<C>(
    door: &Door,
    one: Listed<C>,
    moment: Moment,
    fold: impl Fn(&History) -> Option<C>,
) -> Result<Listed<C>, Failure> {
    let history = door
        .reopened(&one.stream, one.history, moment.as_at)
        .await?;
    Ok(Listed {
        number: one.number,
        stream: one.stream,
        card: fold(&history).unwrap_or(one.card),
        history,
    })
}

/// The number in a list that one of a thing's names, a number, or the beginning of a name means; `list`
/// is the command that shows the list.
///
/// # Errors
/// [`Failure`] when it fits nothing or several.
fn named(
    listed: impl Iterator<Item = (usize, Vec<String>)>,
    which: &str,
    list: &'static str,
) -> Result<usize, Failure> {
    let given = folded(which);
    let listed = listed.map(|(number, names)| {
        let names: Vec<String> = names.iter().map(|name| folded(name)).collect();
        (number, names)
    });
    let listed: Vec<(usize, Vec<String>)> = listed.collect();
    let number = given.parse::<usize>().ok();
    let is_named = |(_, names): &&(usize, Vec<String>)| names.contains(&given);
    let is_numbered = |(own, _): &&(usize, Vec<String>)| Some(*own) == number;
    let begins = |(_, names): &&(usize, Vec<String>)| {
        !given.is_empty() && names.iter().any(|name| name.starts_with(&given))
    };
    let whole: Vec<usize> = listed.iter().filter(is_named).map(|one| one.0).collect();
    let numbered = || listed.iter().filter(is_numbered).map(|one| one.0).collect();
    let begun = || listed.iter().filter(begins).map(|one| one.0).collect();
    let found = [whole, numbered(), begun()];
    match found
        .iter()
        .find(|found| !found.is_empty())
        .map(Vec::as_slice)
    {
        Some([number]) => Ok(*number),
        None => Err(not_listed(list)),
        Some(_) => Err(Failure::refused(
            "AMBIGUOUS",
            "複数に当てはまります。一覧の番号で指定してください。",
            "it fits several; give the number in the list",
        )
        .on("NUMBER|ID")),
    }
}

/// A name as it is compared: whatever its width, case and spaces.
fn folded(name: &str) -> String {
    without_spaces(name).to_lowercase()
}

/// Nothing of the list is meant.
fn not_listed(list: &'static str) -> Failure {
    Failure::refused(
        "NOT_LISTED",
        "その番号またはIDのものは、その時点の台帳にありません。",
        "the ledger holds nothing of this number or id at that point",
    )
    .on("NUMBER|ID")
    .hint(
        format!("`care-ledger {list}` で一覧が出ます。"),
        format!("care-ledger {list} lists them"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(which: &str) -> Result<usize, &'static str> {
        let listed = [(1, "0192aa"), (2, "0192ab"), (4, "3f00")];
        let listed = listed
            .iter()
            .map(|(number, id)| (*number, vec![(*id).to_owned()]));
        named(listed, which, "requests").map_err(|failure| failure.code)
    }

    #[test]
    fn a_number_in_the_list_comes_before_the_beginning_of_an_id() {
        assert_eq!(number("1"), Ok(1));
        assert_eq!(number("3"), Ok(4));
        assert_eq!(number("0192AB"), Ok(2));
        assert_eq!(number("0192"), Err("AMBIGUOUS"));
        assert_eq!(number("9"), Err("NOT_LISTED"));
        assert_eq!(number(" "), Err("NOT_LISTED"));
    }

    #[test]
    fn a_whole_name_comes_before_a_number_in_the_list_whatever_its_width() {
        let listed = || {
            let named = [(1, "２"), (2, "見本第１園"), (3, "見本第10園")];
            let named = named.into_iter();
            named.map(|(number, name)| (number, vec![name.to_owned()]))
        };
        let number = |which: &str| named(listed(), which, "facilities").ok();

        assert_eq!(number("2"), Some(1), "its own number is 2");
        assert_eq!(number("3"), Some(3));
        assert_eq!(number("見本第1園"), Some(2));
        assert_eq!(number("見本 第10"), Some(3));
        assert_eq!(number("見本"), None);
    }
}
