//! Writes the rows that were not taken to a file that opens in a spreadsheet and can be given back.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use csv::StringRecord;
use ledger_commands::register::{
    ChildRow, ConsultationRow, DisasterPlanRow, FacilityRow, ReferralRow, RegisterRow as _,
    SupportPlanRow, TrainingRow,
};
use ledger_core::code::Register;
use tempfile::NamedTempFile;

use super::encoding::recognise;
use super::refusal::Refusal;
use super::sheet::Sheet;
use super::spreadsheet::harmless;
use crate::lang::Lang;

/// Names the register's file; a file with this column is one of ours.
pub const FILE: &str = "ファイル";
/// Row in that file.
pub const ROW: &str = "行";
/// Text of a row with a wrong field count.
pub const TEXT: &str = "原文";
/// The columns that every rejects file begins with.
pub const LEADING: [&str; 5] = [FILE, ROW, "列", "コード", "説明"];

/// Where columns and cells begin in a spooled row, behind the leading columns and the text.
const CELLS: usize = 6;

/// A row that was not taken.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// Name of the register's file.
    pub file: String,
    /// Row there, as a spreadsheet counts it.
    pub row: u32,
    /// Why.
    pub refusal: Refusal,
    /// The registers whose columns the file must have: its own, or all that it may be of.
    pub registers: Vec<Register>,
    /// Columns and their cells, as read; empty for a wrong field count.
    pub cells: Vec<(&'static str, String)>,
    /// The row's text, for a wrong field count alone.
    pub text: Option<String>,
}

/// Why there is no rejects file.
#[derive(Debug, thiserror::Error)]
pub enum RejectsError {
    /// Another file has its name.
    #[error("{path} is not a rejects file of this program and is not overwritten")]
    NotOurs {
        /// Its path.
        path: PathBuf,
    },
    /// It cannot be written.
    #[error("the rejects file {path} cannot be written")]
    Io {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
}

/// Collects rejected rows on disk, and writes the file at the end.
pub struct RejectsFile {
    path: PathBuf,
    lang: Lang,
    spool: Option<csv::Writer<File>>,
    registers: BTreeSet<Register>,
    texts: bool,
    count: u64,
}

/// What became of the file at the end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finished {
    /// There was nothing to write, and no older file.
    Nothing,
    /// There was nothing to write; the file of an earlier run was removed.
    Removed,
    /// It holds this many rows.
    Written(u64),
}

impl RejectsFile {
    /// Prepares the file at `path`; nothing is written yet.
    ///
    /// # Errors
    /// [`RejectsError::NotOurs`] when something else is there.
    pub fn prepare(path: &Path, lang: Lang) -> Result<Self, RejectsError> {
        let file = Self {
            path: path.to_owned(),
            lang,
            spool: None,
            registers: BTreeSet::new(),
            texts: false,
            count: 0,
        };
        if file.path.symlink_metadata().is_ok() && !is_ours(path) {
            return Err(RejectsError::NotOurs {
                path: path.to_owned(),
            });
        }
        Ok(file)
    }

    /// Where it is or will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`RejectsError::Io`] when the folder takes no file.
    pub fn add(&mut self, rejected: &Rejected) -> Result<(), RejectsError> {
        self.try_add(rejected).map_err(|source| self.io(source))
    }

    fn try_add(&mut self, rejected: &Rejected) -> io::Result<()> {
        let mut spool = match self.spool.take() {
            Some(spool) => spool,
            None => spool_in(folder(&self.path))?,
        };
        // Also of a row that has its text alone: its cells are to be filled in there.
        self.registers.extend(&rejected.registers);
        self.texts |= rejected.text.is_some();
        self.count = self.count.saturating_add(1);
        let column = rejected.refusal.column.as_deref().unwrap_or_default();
        let mut record = StringRecord::new();
        record.push_field(&rejected.file);
        record.push_field(&rejected.row.to_string());
        record.push_field(column);
        record.push_field(rejected.refusal.code);
        record.push_field(rejected.refusal.text.lang(self.lang));
        record.push_field(rejected.text.as_deref().unwrap_or_default());
        for (column, cell) in &rejected.cells {
            record.push_field(column);
            record.push_field(cell);
        }
        let written = spool.write_record(&record);
        self.spool = Some(spool);
        Ok(written?)
    }

    /// Writes the file beside its place and renames it there; a run without rejected rows removes
    /// the file of an earlier one, unless that is what was imported.
    ///
    /// # Errors
    /// [`RejectsError::Io`] when it cannot be written; what was there is still there then.
    pub fn finish(mut self, imported: &Path) -> Result<Finished, RejectsError> {
        match self.spool.take() {
            Some(spool) => self.write(spool).map_err(|source| self.io(source)),
            None if same_file(&self.path, imported) => Ok(Finished::Nothing),
            None => match std::fs::remove_file(&self.path) {
                Ok(()) => Ok(Finished::Removed),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Finished::Nothing),
                Err(error) => Err(self.io(error)),
            },
        }
    }

    fn write(&mut self, spool: csv::Writer<File>) -> io::Result<Finished> {
        let mut spool = spool
            .into_inner()
            .map_err(|error| io::Error::from(error.error().kind()))?;
        spool.rewind()?;
        let mut columns: Vec<&str> = Vec::new();
        for register in &self.registers {
            let own = columns_of(*register).iter();
            columns.extend(
                own.filter(|column| !columns.contains(column))
                    .copied()
                    .collect::<Vec<_>>(),
            );
        }
        let mut file = NamedTempFile::new_in(folder(&self.path))?;
        file.write_all("\u{feff}".as_bytes())?;
        let terminator = csv::Terminator::CRLF;
        let mut writer = csv::WriterBuilder::new()
            .terminator(terminator)
            .from_writer(file);
        writer.write_record(
            LEADING
                .iter()
                .chain(&columns)
                .chain(self.texts.then_some(&TEXT)),
        )?;
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(spool);
        for spooled in rows.records() {
            writer.write_record(&self.record(&spooled?, &columns))?;
        }
        let file = writer
            .into_inner()
            .map_err(|error| io::Error::from(error.error().kind()))?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        Ok(Finished::Written(self.count))
    }

    /// A spooled row as it stands in the file.
    fn record(&self, spooled: &StringRecord, columns: &[&str]) -> StringRecord {
        let mut record = StringRecord::new();
        for field in spooled.iter().take(LEADING.len()) {
            record.push_field(&harmless(field));
        }
        for column in columns {
            let mut names = spooled.iter().enumerate().skip(CELLS).step_by(2);
            let place = names.find(|(_, name)| name == column);
            let cell = place.and_then(|(place, _)| spooled.get(place.saturating_add(1)));
            record.push_field(&harmless(cell.unwrap_or_default()));
        }
        if self.texts {
            record.push_field(&harmless(spooled.get(5).unwrap_or_default()));
        }
        record
    }

    fn io(&self, source: io::Error) -> RejectsError {
        RejectsError::Io {
            path: self.path.clone(),
            source,
        }
    }
}

/// Every column of a register, in its order.
#[must_use]
pub const fn columns_of(register: Register) -> &'static [&'static str] {
    match register {
        Register::Children => ChildRow::COLUMNS,
        Register::Consultations => ConsultationRow::COLUMNS,
        Register::Referrals => ReferralRow::COLUMNS,
        Register::SupportPlans => SupportPlanRow::COLUMNS,
        Register::DisasterPlans => DisasterPlanRow::COLUMNS,
        Register::FacilitySupport => FacilityRow::COLUMNS,
        Register::AdvisorTraining => TrainingRow::COLUMNS,
    }
}

fn spool_in(folder: &Path) -> io::Result<csv::Writer<File>> {
    let file = tempfile::tempfile_in(folder)?;
    Ok(csv::WriterBuilder::new().flexible(true).from_writer(file))
}

/// The folder of a path; of a bare name the current one.
fn folder(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Whether a file begins with the columns of a rejects file, in whatever encoding it was saved.
fn is_ours(path: &Path) -> bool {
    let header = || {
        let recognised = recognise(File::open(path).ok()?).ok()?;
        let sheet = Sheet::open(File::open(path).ok()?, recognised.encoding).ok()?;
        Some(sheet.header().to_vec())
    };
    let is_file = path.symlink_metadata().is_ok_and(|meta| meta.is_file());
    is_file && header().is_some_and(|header| header.iter().take(LEADING.len()).eq(LEADING.iter()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejected(register: Register, cells: &[&str], text: Option<&str>) -> Rejected {
        let columns = columns_of(register).iter().copied();
        let cells = columns.zip(cells.iter().map(|cell| (*cell).to_owned()));
        Rejected {
            file: format!("{}.csv", register.ja()),
            row: 7,
            refusal: Refusal::missing_value("主訴"),
            registers: vec![register],
            cells: cells.collect(),
            text: text.map(str::to_owned),
        }
    }

    fn file(path: &Path) -> RejectsFile {
        RejectsFile::prepare(path, Lang::Ja).unwrap()
    }

    #[test]
    fn the_file_has_the_union_of_the_columns_and_harmless_cells() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.csv");
        let mut rejects = file(&path);

        rejects
            .add(&rejected(Register::Consultations, &["S1", "=1+1"], None))
            .unwrap();
        rejects
            .add(&rejected(Register::Children, &["C1", "+\n81"], None))
            .unwrap();
        rejects
            .add(&rejected(Register::Referrals, &[], Some("F1,a")))
            .unwrap();
        let finished = rejects.finish(folder.path()).unwrap();

        assert_eq!(finished, Finished::Written(3));
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert!(
            lines[0].starts_with("\u{feff}ファイル,行,列,コード,説明,対象者番号,氏名,フリガナ"),
            "{}",
            lines[0]
        );
        assert!(lines[0].ends_with(",結果,報告,原文"), "{}", lines[0]);
        assert_eq!(lines[0].matches("氏名").count(), 2, "氏名 and 保護者氏名");
        assert!(lines[1].starts_with("相談記録簿.csv,7,主訴,MISSING_VALUE,「主訴」は"));
        assert!(lines[1].contains("S1,'=1+1"), "{}", lines[1]);
        assert!(lines[2].contains("C1,\"'+\n81\""), "{}", lines[2]);
        assert!(lines[3].ends_with(",\"F1,a\""), "{}", lines[3]);
        let header: Vec<&str> = lines[0].split(',').collect();
        assert!(header.contains(&"受入不可の理由"), "to be filled from 原文");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.csv");
        let mut rejects = file(&path);
        rejects
            .add(&rejected(Register::Children, &["C1"], None))
            .unwrap();
        rejects.finish(folder.path()).unwrap();

        let mode = std::fs::metadata(&path).unwrap().permissions().mode();

        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn another_file_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.csv");
        for other in ["対象者番号,氏名\nC1,a\n", "", "ファイル,行\n"] {
            std::fs::write(&path, other).unwrap();

            let refused = RejectsFile::prepare(&path, Lang::Ja);

            assert!(
                matches!(refused, Err(RejectsError::NotOurs { .. })),
                "{other}"
            );
            assert_eq!(std::fs::read_to_string(&path).unwrap(), other);
        }
    }

    #[test]
    fn a_clean_run_leaves_none_but_the_one_it_imported() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.csv");
        let mut rejects = file(&path);
        rejects
            .add(&rejected(Register::Children, &["C1"], None))
            .unwrap();
        rejects.finish(folder.path()).unwrap();

        assert_eq!(file(&path).finish(&path).unwrap(), Finished::Nothing);
        assert!(path.exists());
        assert_eq!(
            file(&path).finish(folder.path()).unwrap(),
            Finished::Removed
        );
        assert!(!path.exists());
        assert_eq!(
            file(&path).finish(folder.path()).unwrap(),
            Finished::Nothing
        );
    }
}
