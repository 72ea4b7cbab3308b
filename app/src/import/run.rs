//! One import from beginning to end: files looked at, lease taken, registers taken in their order.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use ledger_commands::register::{
    ChildRow, ConsultationRow, DisasterPlanRow, FacilityRow, ReferralRow, SupportPlanRow,
    TrainingRow,
};
use ledger_core::code::Register;
use ledger_core::store::{BoxError, Leases};
use uuid::Uuid;

use super::cells::{Cells, Places};
use super::leaning::Leaning;
use super::lease::{self, ImportLeaseError};
use super::refusal::Refusal;
use super::rejects::{Finished, Rejected};
use super::rows::ReadRow;
use super::source::{Found, Input, InputError, OpenFile};
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

/// Imports what is at `path`, under the lease, and finishes the rejects file.
///
/// # Errors
/// [`ImportError`] when the run itself failed; then no rejects file is written.
pub async fn import(
    path: &Path,
    mut taker: Taker<'_>,
    (leases, holder): (&dyn Leases, Uuid),
    progress: &mut dyn Progress,
) -> Result<Summary, ImportError> {
    let input = Input::at(path)?;
    let files = look(&input)?;
    lease::take(leases, holder).await?;
    let run = async {
        let mut summary = Summary::default();
        taker.index.catch_up().await.map_err(ImportError::Index)?;
        for looked in files {
            let done = one(&mut taker, looked, &input, progress).await?;
            summary.files.extend(done);
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
    let place = taker.rejects.path().to_owned();
    match taker.rejects.finish(path).map_err(TakeError::from)? {
        Finished::Written(rows) => summary.rejects = Some((place, rows)),
        Finished::Removed => summary.removed_rejects = true,
        Finished::Nothing => {},
    }
    Ok(summary)
}

/// Looks at every file before anything is written: encoding, header, hash.
fn look(input: &Input) -> Result<Vec<Looked>, InputError> {
    let looked = |register: Register, path: &Path| {
        let file = OpenFile::open(path)?;
        let missing = match file.rows(register, |file| file) {
            Ok(_) => Vec::new(),
            Err(InputError::MissingColumns { columns, .. }) => columns,
            Err(error) => return Err(error),
        };
        Ok(Looked {
            register,
            file,
            missing,
        })
    };
    match input {
        Input::Registers(files) => files
            .iter()
            .map(|(register, path)| looked(*register, path))
            .collect(),
        Input::Rejects(path) => Register::ALL
            .iter()
            .map(|register| looked(*register, path))
            .collect(),
    }
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

/// Takes one register's file; of a rejects file its rows, and says nothing where there are none.
async fn one(
    taker: &mut Taker<'_>,
    looked: Looked,
    input: &Input,
    progress: &mut dyn Progress,
) -> Result<Option<FileSummary>, ImportError> {
    let rejects = matches!(input, Input::Rejects(_));
    let register = looked.register;
    taker.summary = FileSummary {
        file: format!("{}.csv", register.ja()),
        missing_columns: looked.missing.clone(),
        unknown_columns: if rejects {
            Vec::new()
        } else {
            looked.file.unknown_columns(register)
        },
        ..FileSummary::default()
    };
    if rejects && register == Register::Children {
        for nameless in looked.file.nameless()? {
            taker.summary.read = taker.summary.read.saturating_add(1);
            let row = Row {
                leaning: Leaning::default(),
                rejected: nameless,
            };
            let refusal = row.rejected.refusal.clone();
            taker.refuse(register, row, refusal)?;
        }
    }
    if looked.missing.is_empty() {
        progress.begin(&taker.summary.file, looked.file.recognised.bytes);
        take_register(taker, &looked, progress).await?;
        taker.settle().await?;
        progress.end();
    } else if register == Register::Children {
        taker.refused.all_persons();
    }
    let summary = std::mem::take(&mut taker.summary);
    Ok((!rejects || summary.read > 0).then_some(summary))
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
    places: Option<&Places>,
    sha256: &str,
) -> Result<(), ImportError> {
    let (file, row) = found.origin;
    let refusal = match (&found.refusal, places) {
        (Some(refusal), _) => Err(refusal.clone()),
        (None, None) => Err(Refusal::not_mended()),
        (None, Some(places)) => R::read(&mut Cells::new(&found.row, places)),
    };
    let raw = |places: &Places| Leaning::of(places.raw(&found.row));
    let leaning = places.map(raw).unwrap_or_default();
    let cells = places.filter(|_| found.refusal.is_none()).map(|places| {
        places
            .raw(&found.row)
            .map(|(_, cell)| cell.to_owned())
            .collect()
    });
    let rejected = Rejected {
        file,
        row,
        refusal: Refusal::not_mended(),
        register: Some(R::REGISTER),
        cells: cells.unwrap_or_default(),
        text: found.text,
    };
    let row = Row { rejected, leaning };
    match refusal {
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
