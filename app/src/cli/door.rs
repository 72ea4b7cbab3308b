//! The door to cards: closed, their personal text stays sealed; open, each opening is recorded first.

use std::sync::Arc;

use ledger_commands::Envelope;
use ledger_commands::authorise::Action;
use ledger_core::actor::{Actor, Role};
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::id::{CommandId, Position, StreamName};
use ledger_core::store::StoredEvent;
use ledger_core::time::{Day, FiscalYear, wareki_fiscal_year};
use ledger_projections::settings::Settings;
use serde_json::{Map, Value};

use super::events::{closed_sentence, opened};
use crate::config::GlobalOptions;
use crate::failure::Failure;
use crate::fault::{execute_failure, figures_failure, read_failure};
use crate::lang::Lang;
use crate::reading::AsAt;
use crate::reading::{closed_history, histories, history, unreadable};
use crate::render::day;
use crate::wiring::{OpenLedger, OpenWithKeys};
use crate::world::{NewId, World};

/// On which day and as at which position a card is looked at.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct MomentArgs {
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
    /// A heading with a fiscal year, the day and the position.
    pub(super) fn title_of(&self, (ja, en): (&str, &str), year: FiscalYear, lang: Lang) -> String {
        let ja = format!("{ja} {}", wareki_fiscal_year(year));
        let en = format!("{en}, fiscal year {year}");
        self.title((&ja, &en), lang)
    }

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
pub(crate) enum Door {
    /// Personal text stays sealed; no key is needed.
    Closed(OpenLedger),
    /// Personal text is opened, each time after it was recorded.
    Open(Box<Opener>),
}

/// Who opens text, and with what.
pub(crate) struct Opener {
    open: OpenWithKeys,
    actor: Actor,
    role: Role,
    purpose: AccessPurpose,
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
            role: Role::Unauthenticated,
            purpose: AccessPurpose::Event,
            new_id,
        })))
    }

    /// A door to a ledger that is served, for somebody who is signed in.
    pub(crate) fn served(
        open: &OpenWithKeys,
        (actor, role): (Actor, Role),
        purpose: Option<AccessPurpose>,
        new_id: NewId,
    ) -> Self {
        let Some(purpose) = purpose else {
            return Self::Closed(open.open.in_role(role));
        };
        Self::Open(Box::new(Opener {
            open: open.in_role(role),
            actor,
            role,
            purpose,
            new_id,
        }))
    }

    /// The same door, its text opened for another purpose than to read events.
    pub(super) fn opening_for(mut self, purpose: AccessPurpose) -> Self {
        if let Self::Open(opener) = &mut self {
            opener.purpose = purpose;
        }
        self
    }

    /// The ledger.
    pub(crate) fn ledger(&self) -> &OpenLedger {
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

    /// The programme's settings as they stood.
    pub(super) async fn settings(&self, moment: Moment) -> Result<Settings, Failure> {
        let store = self.ledger().store.as_ref();
        let settings = Settings::read(store, Some(moment.as_at)).await;
        settings.map_err(|error| figures_failure(&error.into()))
    }

    /// The streams whose names begin so, personal text closed.
    pub(super) async fn streams(
        &self,
        prefix: &str,
        as_at: Position,
    ) -> Result<Vec<(StreamName, History)>, Failure> {
        let found = histories(self.ledger(), prefix, as_at).await?;
        let found = Arc::unwrap_or_clone(found).into_iter();
        let own = |(stream, history)| (stream, Arc::unwrap_or_clone(history));
        Ok(found.map(own).collect())
    }

    /// The history of one stream, with its text where this door is open and there is a stream.
    pub(super) async fn history(
        &self,
        stream: &StreamName,
        as_at: Position,
    ) -> Result<History, Failure> {
        let store = self.ledger().store.as_ref();
        let closed = closed_history(store, stream, Some(as_at)).await?;
        if closed.entries().is_empty() {
            return Ok(closed);
        }
        self.reopened(stream, closed, as_at).await
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

    /// Every field of a stored event and its Japanese sentence; with personal text where this door is
    /// open and the opening of its stream was recorded by [`Opener::looks`].
    pub(super) async fn fields(
        &self,
        stored: &StoredEvent,
    ) -> Result<(Map<String, Value>, Option<String>), Failure> {
        match self {
            Self::Closed(_) => {
                let fields = serde_json::from_slice(&stored.data);
                let fields = fields.map_err(|error| unreadable(&error))?;
                Ok((fields, closed_sentence(stored)))
            },
            Self::Open(opener) => {
                let (fields, sentence) = opened(&opener.open.codec, stored).await?;
                Ok((fields, Some(sentence)))
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
    /// The ledger with its keys.
    pub(super) const fn ledger(&self) -> &OpenWithKeys {
        &self.open
    }

    /// The envelope of an event that says who looked. Each opening is a command of its own: the ids of
    /// events follow from those of commands.
    pub(super) fn envelope(&self) -> Envelope {
        let command = CommandId::new((self.new_id)());
        Envelope::new(command, self.actor.clone(), self.role)
    }

    async fn looks(&self, stream: &StreamName) -> Result<(), Failure> {
        let envelope = self.envelope();
        let ledger = &self.open.ledger;
        let looked = ledger.record_access(stream, self.purpose, &envelope);
        looked.await.map_err(|error| execute_failure(&error))?;
        Ok(())
    }
}
