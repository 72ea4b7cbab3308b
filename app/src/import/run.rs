//! One import from beginning to end: files looked at, lease taken, registers taken in their order.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use ledger_commands::register::{
    ChildRow, ConsultationRow, DisasterPlanRow, FacilityRow, ReferralRow, SupportPlanRow,
    TrainingRow,
};
use ledger_commands::{Envelope, ExecuteError};
use ledger_core::actor::Role;
use ledger_core::code::Register;
use ledger_core::event::ImportRowsRejected;
use ledger_core::id::CommandId;
use ledger_core::store::{BoxError, Leases};
use uuid::Uuid;

use super::cells::{Cells, Places};
use super::given_back::GivenBack;
use super::leaning::Leaning;
use super::lease::{self, ImportLeaseError};
use super::refusal::Refusal;
use super::rejects::{Finished, Rejected};
use super::rows::ReadRow;
use super::source::{Found, Input, InputError, Kind, OpenFile, Spelled};
use super::summary::{FileSummary, Summary};
use super::take::{Origin, Row, TakeError, Taker};

/// Why an import failed; rows taken before stay, and the same import goes on after them.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The files cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Another import runs.
    #[error(transparent)]
    Lease(#[from] ImportLeaseError),
    /// A row could not be taken or written to the rejects file.
    #[error(transparent)]
    Take(#[from] TakeError),
    /// The index of register rows failed.
    #[error("the index of register rows cannot be brought to the head")]
    Index(#[source] BoxError),
    /// What was not taken could not be recorded; the rejects file is written.
    #[error("the rejected rows cannot be recorded")]
    Record(#[source] ExecuteError),
}

/// Shows how far an import is.
pub trait Progress: Send {
    /// A file of this many bytes is read from its beginning.
    fn begin(&mut self, name: &str, bytes: u64);
    /// So many bytes of it are read, so many rows taken and refused.
    fn advance(&mut self, bytes: u64, summary: &FileSummary);
    /// The file is done.
    fn end(&mut self);
}

/// One file whose header was looked at.
struct Looked {
    register: Register,
    file: OpenFile,
    missing: Vec<&'static str>,
}

/// Imports what is at `path`, under the lease, finishes the rejects file, and records which rows were not taken;
/// `holder` is the run's id.
///
/// # Errors
/// [`ImportError`] when the run itself failed; then no rejects file is written, but where only the record of what was
/// not taken is missing.
pub async fn import(
    path: &Path,
    mut taker: Taker<'_>,
    (leases, holder): (&dyn Leases, Uuid),
    progress: &mut dyn Progress,
) -> Result<Summary, ImportError> {
    let input = Input::at(path)?;
    let work = look(&input)?;
    lease::take(leases, holder).await?;
    let run = async {
        let mut summary = Summary::default();
        taker.index.catch_up().await.map_err(ImportError::Index)?;
        if let Some(given_back) = work.given_back {
            summary.files.extend(nameless(&mut taker, given_back)?);
        }
        for looked in work.files {
            let done = one(&mut taker, looked, &input, progress).await?;
            summary.files.push(done);
        }
        Ok::<_, ImportError>(summary)
    };
    let done = tokio::select! {
        done = run => done,
        lost = lease::renew(leases, holder) => Err(lost.into()),
    };
    if let Err(error) = lease::release(leases, holder).await {
        tracing::warn!(%error, "the import's lease could not be given back");
    }
    let mut summary = done?;
    summary.skipped = skipped(&input);
    let (ledger, place) = (taker.ledger, taker.rejects.path().to_owned());
    match taker.rejects.finish(path).map_err(TakeError::from)? {
        Finished::Written(rows) => summary.rejects = Some((place, rows)),
        Finished::Removed => summary.removed_rejects = true,
        Finished::Nothing => {},
    }
    let files = summary.files.iter().filter_map(FileSummary::rejections);
    let files: Vec<ImportRowsRejected> = files.collect();
    if !files.is_empty() {
        let envelope = Envelope::new(CommandId::new(holder), taker.actor, Role::Unauthenticated);
        let recorded = ledger.record_rejected_rows(files, &envelope).await;
        recorded.map_err(ImportError::Record)?;
    }
    Ok(summary)
}

/// What is to be taken.
struct Work {
    files: Vec<Looked>,
    /// The rejects file's own name, its unknown columns, and its rows that name no register.
    given_back: Option<(FileSummary, GivenBack)>,
}

/// Looks at every file before anything is written: encoding, header, hash.
fn look(input: &Input) -> Result<Work, InputError> {
    match input {
        Input::Registers(files) => {
            let files = files
                .iter()
                .map(|(register, path)| look_at_register(*register, path));
            Ok(Work {
                files: files.collect::<Result<_, _>>()?,
                given_back: None,
            })
        },
        Input::Rejects(path) => look_at_rejects(path),
    }
}

fn look_at_register(register: Register, path: &Path) -> Result<Looked, InputError> {
    let file = OpenFile::open(path, Kind::Register)?;
    file.check_columns(&[register])?;
    let missing = match file.places(register) {
        Ok(_) => Vec::new(),
        Err(InputError::MissingColumns { columns, .. }) => columns,
        Err(error) => return Err(error),
    };
    Ok(Looked {
        register,
        file,
        missing,
    })
}

/// A rejects file lacks nothing of the registers of which it has rows, or it is refused whole.
fn look_at_rejects(path: &Path) -> Result<Work, InputError> {
    let file = OpenFile::open(path, Kind::Rejects)?;
    file.check_columns(Register::ALL)?;
    let given_back = file.given_back()?;
    let summary = FileSummary {
        file: file.name(),
        sha256: file.recognised.sha256.clone(),
        unknown_columns: file.unknown_columns(Register::ALL),
        ..FileSummary::default()
    };
    let mut files = Vec::new();
    for register in &given_back.registers {
        file.places(*register)?;
        files.push(Looked {
            register: *register,
            file: OpenFile::open(path, Kind::Rejects)?,
            missing: Vec::new(),
        });
    }
    Ok(Work {
        files,
        given_back: Some((summary, given_back)),
    })
}

fn skipped(input: &Input) -> Vec<Register> {
    match input {
        Input::Registers(files) => {
            let there = |register: &&Register| files.iter().any(|(found, _)| found == *register);
            Register::ALL
                .iter()
                .filter(|register| !there(register))
                .copied()
                .collect()
        },
        Input::Rejects(_) => Vec::new(),
    }
}

/// Refuses the rows of a rejects file that name no register.
fn nameless(
    taker: &mut Taker<'_>,
    (summary, given_back): (FileSummary, GivenBack),
) -> Result<Option<FileSummary>, ImportError> {
    taker.summary = summary;
    for (place, rejected) in given_back.nameless {
        taker.summary.read = taker.summary.read.saturating_add(1);
        let refusal = rejected.refusal.clone();
        let leaning = Leaning::default();
        let row = Row {
            rejected,
            place,
            leaning,
        };
        taker.refuse_alone(row, refusal)?;
    }
    let summary = std::mem::take(&mut taker.summary);
    Ok((summary.read > 0 || !summary.unknown_columns.is_empty()).then_some(summary))
}

/// Takes one register's file, or its rows in a rejects file.
async fn one(
    taker: &mut Taker<'_>,
    looked: Looked,
    input: &Input,
    progress: &mut dyn Progress,
) -> Result<FileSummary, ImportError> {
    let register = looked.register;
    taker.summary = FileSummary {
        file: format!("{}.csv", register.ja()),
        register: Some(register),
        sha256: looked.file.recognised.sha256.clone(),
        missing_columns: looked.missing.clone(),
        unknown_columns: match input {
            Input::Registers(_) => looked.file.unknown_columns(&[register]),
            Input::Rejects(_) => Vec::new(),
        },
        ..FileSummary::default()
    };
    if looked.missing.is_empty() {
        progress.begin(&taker.summary.file, looked.file.recognised.bytes);
        take_register(taker, &looked, progress).await?;
        taker.settle().await?;
        progress.end();
    } else if register == Register::Children {
        taker.refused.all_persons();
    }
    Ok(std::mem::take(&mut taker.summary))
}

async fn take_register(
    taker: &mut Taker<'_>,
    looked: &Looked,
    progress: &mut dyn Progress,
) -> Result<(), ImportError> {
    match looked.register {
        Register::Children => take_rows::<ChildRow>(taker, looked, progress).await,
        Register::Consultations => take_rows::<ConsultationRow>(taker, looked, progress).await,
        Register::Referrals => take_rows::<ReferralRow>(taker, looked, progress).await,
        Register::SupportPlans => take_rows::<SupportPlanRow>(taker, looked, progress).await,
        Register::DisasterPlans => take_rows::<DisasterPlanRow>(taker, looked, progress).await,
        Register::FacilitySupport => take_rows::<FacilityRow>(taker, looked, progress).await,
        Register::AdvisorTraining => take_rows::<TrainingRow>(taker, looked, progress).await,
    }
}

async fn take_rows<R: ReadRow>(
    taker: &mut Taker<'_>,
    looked: &Looked,
    progress: &mut dyn Progress,
) -> Result<(), ImportError> {
    let counter = Counter::default();
    let mut rows = looked.file.rows(R::REGISTER, |file| counter.count(file))?;
    while let Some(found) = rows.next_found()? {
        taker.summary.read = taker.summary.read.saturating_add(1);
        take_row::<R>(taker, found, rows.places(), &looked.file.recognised.sha256).await?;
        progress.advance(counter.bytes(), &taker.summary);
    }
    Ok(())
}

async fn take_row<R: ReadRow>(
    taker: &mut Taker<'_>,
    found: Found,
    places: &Places,
    sha256: &str,
) -> Result<(), ImportError> {
    let (file, row) = found.origin;
    let read = match &found.refusal {
        Some(refusal) => Err(refusal.clone()),
        None => R::read(&mut Cells::new(&found.row, places)),
    };
    let leaning = match &found.text {
        Some(Spelled::Before(text)) => Leaning::of_text(R::REGISTER, text),
        Some(Spelled::Here(_)) | None => Leaning::of(places.raw(&found.row)),
    };
    let raw = places.raw(&found.row);
    let cells = raw.map(|(column, cell)| (column, cell.to_owned()));
    let rejected = Rejected {
        file,
        row,
        refusal: Refusal::not_mended(),
        registers: vec![R::REGISTER],
        cells: cells.filter(|_| found.refusal.is_none()).collect(),
        text: found.text.map(|text| match text {
            Spelled::Here(text) | Spelled::Before(text) => text,
        }),
    };
    let row = Row {
        rejected,
        place: found.row.row,
        leaning,
    };
    match read {
        Ok(parsed) => {
            let origin = Origin {
                sha256,
                row: found.row.row,
            };
            Ok(taker.take(parsed, row, origin).await?)
        },
        Err(refusal) => Ok(taker.refuse(R::REGISTER, row, refusal)?),
    }
}

/// Counts the bytes read from a file.
#[derive(Clone, Default)]
struct Counter(std::sync::Arc<std::sync::atomic::AtomicU64>);

impl Counter {
    fn count(&self, file: File) -> impl Read + use<> {
        Counted(file, self.clone())
    }

    fn bytes(&self) -> u64 {
        self.0.load(std::sync::atomic::Ordering::Relaxed)
    }
}

struct Counted(File, Counter);

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(out)?;
        let bytes = u64::try_from(read).unwrap_or(u64::MAX);
        self.1
            .0
            .fetch_add(bytes, std::sync::atomic::Ordering::Relaxed);
        Ok(read)
    }
}
