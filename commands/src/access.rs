//! Who opened whose personal text: an event, written before the text is shown.

use ledger_core::event::{AccessEvent, AccessPurpose, Draft, PersonalTextOpened};
use ledger_core::id::{EventId, Revision, StreamName};
use ledger_core::store::{Append, ExpectedRevision};
use ledger_core::time::Occurred;

use crate::envelope::{Envelope, LastEvent, Receipt};
use crate::ledger::{ExecuteError, Ledger};

impl Ledger {
    /// Records that the envelope's actor opens the personal text of a stream, in today's access
    /// stream; show the text only after this returned.
    ///
    /// It is the one command that appends whatever the stream's revision.
    ///
    /// # Errors
    /// [`ExecuteError`] when the event cannot be written: then nothing may be shown.
    pub async fn record_access(
        &self,
        stream: &StreamName,
        purpose: AccessPurpose,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        let now = self.clock().now();
        let today = now.day_in_japan();
        let opened = PersonalTextOpened {
            stream: stream.clone(),
            purpose,
        };
        let occurred = Occurred::minute_in_japan(today, now.in_japan().time());
        let draft = Draft::new(AccessEvent::Opened(opened), occurred);
        let id = EventId::of_command(envelope.command, 0);
        let log = StreamName::access(today);
        let metadata = envelope.metadata(&draft, 0);
        let event = self
            .codec()
            .encode((&log, id), &draft, &metadata, today)
            .await?;
        let append = Append::to(log.clone(), ExpectedRevision::Any, vec![event]);
        let appended = self.store().append(append).await?;
        let receipt = Receipt {
            streams: vec![LastEvent {
                stream: log,
                revision: Revision::default(),
                position: appended.position,
            }],
            repeated: false,
            events: vec![id],
            flags: Vec::new(),
        };
        Ok(crate::ledger::settled(receipt, &appended))
    }
}
