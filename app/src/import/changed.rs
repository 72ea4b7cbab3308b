//! Tells in which columns a changed row differs from what is recorded, and how to record that.

use std::sync::Arc;

use ledger_core::code::{ProfileField, Register};
use ledger_core::event::{Codec, ConsultationEvent, Event, Open, ProfileEvent, Source};
use ledger_core::history::{Entry, History};
use ledger_core::id::{LedgerId, Position, Revision, StreamName};
use ledger_core::store::{EventStore, ReadAll, ReadStream};
use ledger_core::text::without_spaces;

use super::fingerprint::alike;
use super::recorded_cells::{Said, cells_of};
use super::refusal::Difference;
use super::rejects::columns_of;
use super::rows::ReadRow;

/// A row as it is now.
pub struct Now {
    /// Its register.
    pub register: Register,
    /// Its key, the parts joined by `:`.
    pub key: String,
    /// Its filled cells in normal form.
    pub cells: Vec<(&'static str, String)>,
    /// The stream in which it belongs; a row has one.
    pub stream: Option<StreamName>,
}

impl Now {
    /// What a row says, and where it belongs.
    #[must_use]
    pub fn of<R: ReadRow>(row: &R, ledger: LedgerId) -> Self {
        Self {
            register: R::REGISTER,
            key: row.key().join(":"),
            cells: row.cells(),
            stream: row.streams(ledger).into_iter().next(),
        }
    }

    /// The names of its filled columns.
    #[must_use]
    pub fn filled(&self) -> Vec<String> {
        let columns = self.cells.iter();
        columns.map(|(column, _)| (*column).to_owned()).collect()
    }

    fn cell(&self, column: &str) -> Option<&str> {
        let found = self.cells.iter().find(|(name, _)| *name == column);
        found.map(|(_, value)| value.as_str())
    }
}

/// Finds differences between rows and events; what it opens it compares and never shows.
pub struct Differences {
    store: Arc<dyn EventStore>,
    codec: Codec,
}

impl Differences {
    /// Compares rows with the events of this store.
    #[must_use]
    pub fn new(store: Arc<dyn EventStore>, codec: Codec) -> Self {
        Self { store, codec }
    }

    /// In which columns a row's filled cells differ from what the row at `position` recorded, and
    /// how to record that; none where that cannot be told any more.
    pub async fn find(&self, now: &Now, position: Position) -> Option<Difference> {
        let (stream, key) = self.row_at(position).await?;
        let history = self.history(&stream).await?;
        let of_row = |entry: &&Entry| {
            matches!(&entry.recorded.metadata.source,
            Some(Source::Register { register: of, key: own, .. }) if *of == now.register && *own == key)
        };
        let entries: Vec<&Entry> = history.standing().filter(of_row).collect();
        let said = cells_of(now.register, &entries);
        let mut columns: Vec<&'static str> = said
            .iter()
            .filter(|Said { column, value }| differ(value.as_deref(), now.cell(column)))
            .map(|said| said.column)
            .collect();
        if now.stream.as_ref() != Some(&stream) {
            columns.extend(owner(now.register));
        }
        if entries.iter().any(|entry| keeps_no_name(entry)) {
            // The name is stored only where it differs from the person's.
            let name = now.cell("氏名");
            let another = name.is_some_and(|name| is_another(&names(&history), name));
            columns.extend((another || columns.is_empty()).then_some("氏名"));
        }
        let order = |column: &&str| columns_of(now.register).iter().position(|it| it == column);
        columns.sort_by_key(order);
        let command = correcting_command(now, columns.first()?, &said, &stream);
        Some(Difference { columns, command })
    }

    async fn row_at(&self, position: Position) -> Option<(StreamName, String)> {
        let read = ReadAll::one(position);
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

/// The column that names in whose stream a row stands.
const fn owner(register: Register) -> Option<&'static str> {
    match register {
        Register::Consultations
        | Register::Referrals
        | Register::SupportPlans
        | Register::DisasterPlans => Some("対象者番号"),
        Register::FacilitySupport => Some("施設番号"),
        Register::AdvisorTraining => Some("相談員番号"),
        Register::Children => None,
    }
}

fn differ(recorded: Option<&str>, now: Option<&str>) -> bool {
    recorded.map(alike) != now.map(alike)
}

/// Whether a consultation can be opened and holds no name of its own.
fn keeps_no_name(entry: &Entry) -> bool {
    let Event::Consultation(ConsultationEvent::Recorded(recorded)) = entry.event() else {
        return false;
    };
    recorded.name_given.open().is_some_and(Option::is_none)
}

/// The names that the person of a stream has or had, as far as they can be opened.
fn names(history: &History) -> Vec<&str> {
    let named = history.standing().filter_map(|entry| {
        let Event::Profile(event) = entry.event() else {
            return None;
        };
        if let ProfileEvent::Registered(registered) = event {
            return registered.name.text();
        }
        if let ProfileEvent::Changed(changed) = event
            && changed.field == ProfileField::Name
        {
            return changed.new.text();
        }
        None
    });
    named.collect()
}

/// Whether a name is none of the known ones; where none is known, nobody can tell.
fn is_another(known: &[&str], name: &str) -> bool {
    let same = |known: &&str| without_spaces(known) == without_spaces(name);
    !known.is_empty() && !known.iter().any(same)
}

/// The command that records such a change, by the first column that differs.
fn correcting_command(now: &Now, column: &str, said: &[Said], stream: &StreamName) -> &'static str {
    let said = said.iter().find(|said| said.column == column);
    let before = said.and_then(|said| said.value.as_deref());
    match (now.register, column) {
        (Register::Children, "氏名" | "フリガナ" | "総合支所" | "生年月日") => {
            "change-profile"
        },
        (Register::Children, "人工呼吸器" | "医療的ケア") if ends(before, now.cell(column)) => {
            "end-care-procedure"
        },
        (Register::Children, "人工呼吸器" | "医療的ケア") => "start-care-procedure",
        (Register::Children, "運動機能障害" | "重症心身障害認定") => {
            "assess-mobility"
        },
        (Register::Children, "保護者氏名" | "続柄") if before.is_some() => "change-guardian",
        (Register::Children, "保護者氏名" | "続柄") => "add-guardian",
        (Register::Children, "出生体重g") if before.is_none() => "record-birth-detail",
        (_, "対象者番号") if stream.as_child().is_some() && now.cell(column).is_some() => {
            "reassign-event"
        },
        // Another facility, advisor or nobody, and an agreement: that event did not happen.
        (_, "対象者番号" | "施設番号" | "相談員番号") => "annul-event",
        (Register::DisasterPlans, "保護者同席") if before.is_some() => "annul-event",
        _ => "correct-event",
    }
}

/// Whether a change of procedures, or of 有 and 無, only ends some.
fn ends(before: Option<&str>, now: Option<&str>) -> bool {
    match (before.unwrap_or_default(), now.unwrap_or_default()) {
        (_, "有") => false,
        ("有", _) => true,
        (before, now) => now
            .split(';')
            .filter(|one| !one.is_empty())
            .all(|one| before.split(';').any(|known| known == one)),
    }
}
