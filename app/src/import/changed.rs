//! Tells in which columns a changed row differs from what is recorded, and how to record that.

use std::sync::Arc;

use ledger_core::code::Register;
use ledger_core::event::{Codec, Open, Source};
use ledger_core::history::{Entry, History};
use ledger_core::id::{LedgerId, Position, Revision, StreamName};
use ledger_core::store::{Direction, EventStore, Filter, ReadAll, ReadStream};

use super::recorded_cells::{Said, cells_of};

/// Finds differences between rows and events; what it opens it compares and never shows.
pub struct Differences {
    store: Arc<dyn EventStore>,
    codec: Codec,
    ledger: LedgerId,
}

impl Differences {
    /// Compares rows with the events of this store.
    #[must_use]
    pub fn new(store: Arc<dyn EventStore>, codec: Codec, ledger: LedgerId) -> Self {
        Self {
            store,
            codec,
            ledger,
        }
    }

    /// The columns in which a row's filled cells differ from what the row at `position` recorded;
    /// none where that cannot be told any more.
    pub async fn columns(
        &self,
        register: Register,
        cells: &[(&'static str, String)],
        position: Position,
    ) -> Option<Vec<String>> {
        let (stream, key) = self.row_at(position).await?;
        let history = self.history(&stream).await?;
        let of_row = |entry: &&Entry| {
            matches!(&entry.recorded.metadata.source,
            Some(Source::Register { register: of, key: own, .. }) if *of == register && *own == key)
        };
        let entries: Vec<&Entry> = history.standing().filter(of_row).collect();
        let said = cells_of(register, &entries);
        let now = |column: &str| {
            let found = cells.iter().find(|(name, _)| *name == column);
            found.map(|(_, value)| value.as_str())
        };
        let mut columns: Vec<String> = said
            .iter()
            .filter(|Said { column, value }| value.as_deref() != now(column))
            .map(|said| said.column.to_owned())
            .collect();
        if self.another_stream(register, cells, &stream) {
            columns.insert(0, "対象者番号".to_owned());
        }
        (!columns.is_empty()).then_some(columns)
    }

    /// Whether the row names another person than the one in whose stream it is recorded.
    fn another_stream(
        &self,
        register: Register,
        cells: &[(&'static str, String)],
        stream: &StreamName,
    ) -> bool {
        let of_person = matches!(
            register,
            Register::Consultations
                | Register::Referrals
                | Register::SupportPlans
                | Register::DisasterPlans
        );
        let number = cells.iter().find(|(column, _)| *column == "対象者番号");
        let child =
            number.map(|(_, number)| ledger_commands::register::child_id(self.ledger, number));
        of_person && child != stream.as_child()
    }

    async fn row_at(&self, position: Position) -> Option<(StreamName, String)> {
        let read = ReadAll {
            from: Some(position),
            direction: Direction::Forwards,
            limit: 1,
            filter: Filter::default(),
        };
        let page = self.store.read_all(&read).await.ok()?;
        let stored = page.events.first()?;
        let recorded = ledger_core::event::Recorded::read(stored).ok()?;
        let Some(Source::Register { key, .. }) = recorded.metadata.source else {
            return None;
        };
        Some((stored.stream.clone(), key))
    }

    async fn history(&self, stream: &StreamName) -> Option<History> {
        let mut history = History::default();
        let mut read = ReadStream::whole(stream.clone());
        loop {
            let page = self.store.read_stream(&read).await.ok()?;
            for stored in page.events.iter() {
                let recorded = self.codec.decode(stored, Open::All).await.ok()?;
                history.push(recorded).ok()?;
            }
            match page.next {
                Some(next) => read.from = Some(Revision::new(next)),
                None => return Some(history),
            }
        }
    }
}

/// The command that records such a change, by the first column that differs.
#[must_use]
pub fn correcting_command(register: Register, columns: Option<&[String]>) -> &'static str {
    let first = columns.and_then(|columns| columns.first());
    match (register, first.map(String::as_str)) {
        (Register::Children, Some("氏名" | "フリガナ" | "総合支所" | "生年月日")) => {
            "change-profile"
        },
        (Register::Children, Some("人工呼吸器" | "医療的ケア")) => "start-care-procedure",
        (Register::Children, Some("運動機能障害" | "重症心身障害認定")) => {
            "assess-mobility"
        },
        (Register::Children, Some("保護者氏名" | "続柄")) => "change-guardian",
        (Register::Children, Some("出生体重g")) => "record-birth-detail",
        (_, Some("対象者番号")) => "reassign-event",
        _ => "correct-event",
    }
}
