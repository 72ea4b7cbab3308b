//! The receipt of a command that was taken before, read back from the streams that it wrote.

use ledger_core::event::{DecodeStoredError, Recorded};
use ledger_core::id::{CommandId, Revision, StreamName};
use ledger_core::store::ReadStream;

use super::{ExecuteError, Ledger};
use crate::decision::Loaded;
use crate::envelope::{LastEvent, Receipt};

impl Ledger {
    /// The first receipt of a command that was taken before.
    pub(super) async fn repeated(
        &self,
        loaded: &[Loaded],
        command: CommandId,
    ) -> Result<Option<Receipt>, ExecuteError> {
        let mut receipt = Receipt {
            streams: Vec::new(),
            repeated: true,
            events: Vec::new(),
            flags: Vec::new(),
        };
        // Whatever was under way for a stream has been settled before it was loaded.
        for loaded in loaded {
            if loaded.folded.may_have_taken(command) {
                self.read_back(&loaded.stream, command, &mut receipt)
                    .await?;
            }
        }
        Ok((!receipt.streams.is_empty()).then_some(receipt))
    }

    /// Adds what a command wrote to one stream.
    async fn read_back(
        &self,
        stream: &StreamName,
        command: CommandId,
        receipt: &mut Receipt,
    ) -> Result<(), ExecuteError> {
        let mut read = ReadStream::whole(stream.clone());
        let mut last = None;
        loop {
            let page = self.store().read_stream(&read).await?;
            for stored in page.events.iter() {
                let recorded = Recorded::read(stored).map_err(DecodeStoredError::from)?;
                if recorded.metadata.command == command {
                    receipt.events.push(recorded.id);
                    receipt.add_flags(&recorded.metadata.flags);
                    last = Some((recorded.revision, recorded.position));
                }
            }
            let Some(next) = page.next else {
                break;
            };
            read.from = Some(Revision::new(next));
        }
        receipt
            .streams
            .extend(last.map(|(revision, position)| LastEvent {
                stream: stream.clone(),
                revision,
                position,
            }));
        Ok(())
    }
}
