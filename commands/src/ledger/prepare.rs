//! Decides a command on loaded streams, and seals what it writes.

use ledger_core::event::Draft;
use ledger_core::id::{EventId, StreamName};
use ledger_core::store::{Append, StreamAppend, StreamCheck};

use super::{ExecuteError, Ledger};
use crate::authorise::{acting, admit};
use crate::decision::{Context, Decision, Loaded, View, Written};
use crate::envelope::{Envelope, Receipt};
use crate::rejection::{Reason, Rejection};
use crate::state::Folded;

/// A decision's events for one loaded stream, with their ids.
pub(super) type Events = Vec<(EventId, Draft)>;

/// What came of a decision before anything is written.
pub(super) enum Prepared {
    /// The command had been taken before.
    Repeated(Receipt),
    /// Events to append.
    New(New),
}

/// Events to append, and the folds that go on by them.
pub(super) struct New {
    pub(super) append: Append,
    /// The streams that are written, in the append's order, and what each gets.
    pub(super) written: Vec<(StreamName, Folded, Events)>,
    /// The streams that were only read.
    pub(super) read: Vec<Loaded>,
    pub(super) context: Context,
}

impl Ledger {
    /// All that is wrong with a command whatever the streams say, as far as it tells that.
    #[must_use]
    pub fn wrong<D: Decision + ?Sized>(&self, decision: &D, envelope: &Envelope) -> Vec<Rejection> {
        decision.wrong(&self.context(envelope))
    }

    fn context(&self, envelope: &Envelope) -> Context {
        let now = self.clock.now();
        Context {
            ledger: self.id,
            actor: envelope.actor.clone(),
            role: envelope.role,
            command: envelope.command,
            now,
            today: now.day_in_japan(),
        }
    }

    pub(super) async fn prepare<D: Decision + ?Sized>(
        &self,
        decision: &D,
        envelope: &Envelope,
        mut fresh: bool,
    ) -> Result<Prepared, ExecuteError> {
        let mut context = self.context(envelope);
        loop {
            let (loaded, cached) = self.load(decision, &envelope.actor, fresh).await?;
            if let Some(receipt) = self.repeated(&loaded, envelope.command).await? {
                self.keep(loaded);
                return Ok(Prepared::Repeated(receipt));
            }
            match admitted(decision, &loaded, &mut context, envelope) {
                Ok(written) => {
                    let new = self.seal(loaded, written, envelope, context).await?;
                    return Ok(Prepared::New(new));
                },
                // Another process may have written since: only the stream itself can say no.
                Err(_) if cached => fresh = true,
                Err(rejection) => {
                    self.keep(loaded);
                    return Err(rejection.into());
                },
            }
        }
    }

    async fn seal(
        &self,
        loaded: Vec<Loaded>,
        written: Vec<Written>,
        envelope: &Envelope,
        context: Context,
    ) -> Result<New, ExecuteError> {
        let mut new = New {
            append: Append::default(),
            written: Vec::new(),
            read: loaded,
            context: context.clone(),
        };
        let mut index = 0_usize;
        for Written { stream, drafts } in written {
            if drafts.is_empty() {
                continue;
            }
            let place = new.read.iter().position(|loaded| loaded.stream == stream);
            let Some(place) = place else {
                return Err(Rejection::from(Reason::WrongStream).into());
            };
            let folded = new.read.swap_remove(place).folded;
            let mut events = Vec::with_capacity(drafts.len());
            let mut bytes = Vec::with_capacity(drafts.len());
            for draft in drafts {
                let id = context.event_id(index);
                let metadata = envelope.metadata(&draft, index);
                let today = context.today;
                bytes.push(
                    self.codec
                        .encode((&stream, id), &draft, &metadata, today)
                        .await?,
                );
                events.push((id, draft));
                index = index.saturating_add(1);
            }
            new.append.streams.push(StreamAppend {
                stream: stream.clone(),
                expected: folded.revision().into(),
                events: bytes,
            });
            new.written.push((stream, folded, events));
        }
        if index == 0 {
            return Err(Rejection::from(Reason::NothingChanges).into());
        }
        new.append.checks = checks(&new.read);
        Ok(new)
    }
}

/// What follows, if the actor may have it decided; the context gets the role in which it acts.
fn admitted<D: Decision + ?Sized>(
    decision: &D,
    loaded: &[Loaded],
    context: &mut Context,
    envelope: &Envelope,
) -> Result<Vec<Written>, Rejection> {
    context.role = acting(envelope.role, loaded, context)?;
    admit(decision, loaded, context)?;
    decision.decide(View::new(loaded), context)
}

/// A decision rests on the streams that it only read, too: they must be where it saw them.
fn checks(read: &[Loaded]) -> Vec<StreamCheck> {
    let check = |loaded: &Loaded| StreamCheck {
        stream: loaded.stream.clone(),
        expected: loaded.folded.revision().into(),
    };
    read.iter().map(check).collect()
}
