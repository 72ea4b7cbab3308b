//! The door to cards: closed, their personal text stays sealed; open, each opening is recorded first.

use std::sync::Arc;

use ledger_commands::Envelope;
use ledger_commands::authorise::Action;
use ledger_core::actor::{Actor, Role};
use ledger_core::event::{AccessPurpose, Open};
use ledger_core::history::History;
use ledger_core::id::{CommandId, Position, StreamName};
use ledger_core::store::StoredEvent;
use ledger_core::time::Day;
use serde_json::{Map, Value};

use super::as_at::AsAt;
use crate::config::GlobalOptions;
use crate::failure::Failure;
use crate::fault::{execute_failure, read_failure};
use crate::lang::Lang;
use crate::reading::{histories, history, unreadable};
use crate::render::day;
use crate::wiring::{OpenLedger, OpenWithKeys};
use crate::world::{NewId, World};

/// On which day and as at which position a card is looked at.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct MomentArgs {
    /// この日までにあったこと（指定がなければ今日まで） / what had occurred by then; by today without it
    #[arg(long, value_name = "DATE", value_parser = super::figures::day)]
    as_of: Option<Day>,
    /// この位置または時点までに記録されたこと / what was recorded by then
    #[arg(long, value_name = "POSITION|TIME")]
    as_at: Option<AsAt>,
}

/// The day up to which things had occurred, and the position up to which they are known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// The day.
    pub(super) as_of: Day,
    /// The position.
    pub(super) as_at: Position,
}

impl Moment {
    /// A heading with the day and the position.
    pub(super) fn title(&self, (ja, en): (&str, &str), lang: Lang) -> String {
        let (on, at) = (day(self.as_of, lang), self.as_at);
        match lang {
            Lang::Ja => format!("{ja}（{on}まで、位置{at}の時点）"),
            Lang::En => format!("{en} (by {on}, as at position {at})"),
        }
    }
}

/// A ledger that is open for cards.
pub(super) enum Door {
    /// Personal text stays sealed; no key is needed.
    Closed(OpenLedger),
    /// Personal text is opened, each time after it was recorded.
    Open(Box<Opener>),
}

/// Who opens text, and with what.
pub(super) struct Opener {
    open: OpenWithKeys,
    actor: Actor,
    new_id: NewId,
}

impl Door {
    /// Opens the ledger that the options name for who may see such a card, with its keys where text
    /// is to be opened.
    pub(super) async fn new(
        action: Action,
        with_text: bool,
        options: &GlobalOptions,
        world: &mut World,
    ) -> Result<Self, Failure> {
        let open = OpenLedger::open_to(action, options, world).await?;
        if !with_text {
            return Ok(Self::Closed(open));
        }
        let actor = options.actor()?;
        let new_id = Arc::clone(&world.new_id);
        let open = open.with_keys(options, world).await?;
        super::hints::elevated(&open.open, options.lang, world);
        Ok(Self::Open(Box::new(Opener {
            open,
            actor,
            new_id,
        })))
    }

    /// The ledger.
    pub(super) fn ledger(&self) -> &OpenLedger {
        match self {
            Self::Closed(open) => open,
            Self::Open(opener) => &opener.open.open,
        }
    }

    /// Whether text is opened.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self, Self::Open(_))
    }

    /// The day and the position that are asked for.
    pub(super) async fn moment(&self, args: MomentArgs, today: Day) -> Result<Moment, Failure> {
        let store = self.ledger().store.as_ref();
        let as_at = if let Some(as_at) = args.as_at {
            as_at.position(store).await?
        } else {
            let head = store.head().await;
            head.map_err(|error| read_failure(&error))?.position
        };
        Ok(Moment {
            as_of: args.as_of.unwrap_or(today),
            as_at,
        })
    }

    /// The streams whose names begin so, personal text closed.
    pub(super) async fn streams(
        &self,
        prefix: &str,
        as_at: Position,
    ) -> Result<Vec<(StreamName, History)>, Failure> {
        histories(self.ledger().store.as_ref(), prefix, as_at).await
    }

    /// The history of a stream again with its text, where this door is open; that is recorded first.
    pub(super) async fn reopened(
        &self,
        stream: &StreamName,
        closed: History,
        as_at: Position,
    ) -> Result<History, Failure> {
        let Self::Open(opener) = self else {
            return Ok(closed);
        };
        opener.looks(stream).await?;
        let store = opener.open.open.store.as_ref();
        history(store, &opener.open.codec, stream, Some(as_at)).await
    }

    /// Every field of a stored event; those of personal text where this door is open and the opening
    /// of its stream was recorded by [`Opener::looks`].
    pub(super) async fn fields(&self, stored: &StoredEvent) -> Result<Map<String, Value>, Failure> {
        match self {
            Self::Closed(_) => {
                serde_json::from_slice(&stored.data).map_err(|error| unreadable(&error))
            },
            Self::Open(opener) => {
                let recorded = opener.open.codec.decode(stored, Open::All).await;
                let recorded = recorded.map_err(|error| unreadable(&error))?;
                Ok(recorded.event.display())
            },
        }
    }

    /// Records that the text of a stream is opened, where this door is open.
    pub(super) async fn looks(&self, stream: &StreamName) -> Result<(), Failure> {
        match self {
            Self::Closed(_) => Ok(()),
            Self::Open(opener) => opener.looks(stream).await,
        }
    }

    /// Closes the ledger.
    pub(super) async fn close(self) {
        match self {
            Self::Closed(open) => open.close().await,
            Self::Open(opener) => opener.open.close().await,
        }
    }
}

impl Opener {
    async fn looks(&self, stream: &StreamName) -> Result<(), Failure> {
        // Each opening is a command of its own: the ids of events follow from those of commands.
        let command = CommandId::new((self.new_id)());
        let envelope = Envelope::new(command, self.actor.clone(), Role::Unauthenticated);
        let ledger = &self.open.ledger;
        let looked = ledger.record_access(stream, AccessPurpose::Event, &envelope);
        looked.await.map_err(|error| execute_failure(&error))?;
        Ok(())
    }
}

/// The number in a list that a number, an id or the beginning of one names; `list` is the command that
/// shows the list.
///
/// # Errors
/// [`Failure`] when it fits nothing or several.
pub(super) fn named(
    listed: impl Iterator<Item = (usize, String)>,
    which: &str,
    list: &'static str,
) -> Result<usize, Failure> {
    let given = which.trim().to_lowercase();
    let listed: Vec<(usize, String)> = listed.collect();
    let number = given.parse::<usize>().ok();
    if let Some(number) = number.filter(|number| listed.iter().any(|(own, _)| own == number)) {
        return Ok(number);
    }
    let fits = |id: &str| !given.is_empty() && id.starts_with(&given);
    let mut found = listed.iter().filter(|(_, id)| fits(id));
    match (found.next(), found.next()) {
        (Some((number, _)), None) => Ok(*number),
        (None, _) => Err(not_listed(list)),
        (Some(_), Some(_)) => Err(Failure::refused(
            "AMBIGUOUS",
            "複数に当てはまります。一覧の番号で指定してください。",
            "it fits several; give the number in the list",
        )
        .on("NUMBER|ID")),
    }
}

/// Nothing of the list is meant.
pub(super) fn not_listed(list: &'static str) -> Failure {
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
            .map(|(number, id)| (*number, (*id).to_owned()));
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
}
