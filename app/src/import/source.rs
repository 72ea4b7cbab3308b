//! The files of an import: a folder of registers, one register, or a rejects file given back.

use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::path::{Path, PathBuf};

use ledger_core::code::Register;
use ledger_core::text::normal;

use super::cells::Places;
use super::encoding::{EncodingError, Recognised, recognise};
use super::given_back::{GivenBack, Own, register_of};
use super::refusal::Refusal;
use super::rejects::{FILE, LEADING, TEXT, columns_of};
use super::sheet::{Sheet, SheetRow};

/// What an import reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Files named after their registers, in the order of the registers.
    Registers(Vec<(Register, PathBuf)>),
    /// A rejects file of ours, mended.
    Rejects(PathBuf),
}

/// Why an input cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// There is no such file or folder.
    #[error("there is no file or folder at {path}")]
    Missing {
        /// The path.
        path: PathBuf,
    },
    /// The folder holds none of the registers.
    #[error("the folder {path} holds none of the registers")]
    NoRegisters {
        /// The path.
        path: PathBuf,
    },
    /// Two files of the folder are one register.
    #[error("{one} and {other} are the same register")]
    RegisterTwice {
        /// One path.
        one: PathBuf,
        /// The other.
        other: PathBuf,
    },
    /// The file is neither a register nor a rejects file.
    #[error("{path} is neither a register nor a rejects file")]
    NotARegister {
        /// The path.
        path: PathBuf,
    },
    /// A file is no text that can be read.
    #[error("{path} cannot be read as text")]
    Encoding {
        /// The path.
        path: PathBuf,
        /// Why.
        #[source]
        source: EncodingError,
    },
    /// A file cannot be read to its end.
    #[error("{path} cannot be read")]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// A required column is missing: nothing of the file is taken.
    #[error("{path} lacks required columns")]
    MissingColumns {
        /// The path.
        path: PathBuf,
        /// Their names.
        columns: Vec<&'static str>,
    },
    /// A column is in the header twice, so that nobody can say which of them counts.
    #[error("{path} has a column twice")]
    ColumnTwice {
        /// The path.
        path: PathBuf,
        /// Its name.
        column: &'static str,
    },
}

impl Input {
    /// Looks at what is at `path`.
    ///
    /// # Errors
    /// [`InputError`] when there is nothing to import.
    pub fn at(path: &Path) -> Result<Self, InputError> {
        let owned = || path.to_owned();
        let meta = path.metadata().map_err(|source| {
            if source.kind() == io::ErrorKind::NotFound {
                return InputError::Missing { path: owned() };
            }
            InputError::Io {
                path: owned(),
                source,
            }
        })?;
        if meta.is_dir() {
            let found = registers_in(path)?;
            return if found.is_empty() {
                Err(InputError::NoRegisters { path: owned() })
            } else {
                Ok(Self::Registers(found))
            };
        }
        let header = OpenFile::open(path, Kind::Rejects)?.header;
        let has = |name: &str| header.iter().any(|found| found == name);
        let name = path.file_name();
        match name.and_then(|name| register_of(&name.to_string_lossy())) {
            // A register may have a column ファイル of its own; a rejects file has all of these.
            Some(register) if !LEADING.iter().all(|name| has(name)) => {
                Ok(Self::Registers(vec![(register, owned())]))
            },
            _ if has(FILE) => Ok(Self::Rejects(owned())),
            _ => Err(InputError::NotARegister { path: owned() }),
        }
    }
}

/// The registers in a folder, in their order, each once.
fn registers_in(folder: &Path) -> Result<Vec<(Register, PathBuf)>, InputError> {
    let io = |source| InputError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut found = Vec::new();
    for entry in folder.read_dir().map_err(io)? {
        let entry = entry.map_err(io)?;
        if let Some(register) = register_of(&entry.file_name().to_string_lossy()) {
            found.push((register, entry.path()));
        }
    }
    found.sort();
    // Two spellings of one name: full-width and not, .csv and .CSV.
    for pair in found.windows(2) {
        if let [(register, one), (same, other)] = pair
            && register == same
        {
            return Err(InputError::RegisterTwice {
                one: one.clone(),
                other: other.clone(),
            });
        }
    }
    Ok(found)
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A register, as the centre keeps it.
    Register,
    /// A rejects file of ours, whose rows are of any register and whose cells may bear a `'`.
    Rejects,
}

/// A file whose encoding and header are known.
pub struct OpenFile {
    path: PathBuf,
    kind: Kind,
    file: File,
    /// Encoding, hash, size.
    pub recognised: Recognised,
    /// Names of the columns.
    pub header: Vec<String>,
}

impl OpenFile {
    /// Reads a file once for its encoding and hash, and its header.
    ///
    /// # Errors
    /// [`InputError`] when it cannot be read as text.
    pub fn open(path: &Path, kind: Kind) -> Result<Self, InputError> {
        let io = |source| InputError::Io {
            path: path.to_owned(),
            source,
        };
        let mut file = File::open(path).map_err(io)?;
        let recognised = recognise(&mut file).map_err(|source| InputError::Encoding {
            path: path.to_owned(),
            source,
        })?;
        file.rewind().map_err(io)?;
        let sheet = Sheet::open(&mut file, recognised.encoding).map_err(io)?;
        let header = sheet.header().to_vec();
        drop(sheet);
        Ok(Self {
            path: path.to_owned(),
            kind,
            file,
            recognised,
            header,
        })
    }

    /// Its name without its folder.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.path.file_name();
        name.map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default()
    }

    /// The columns of its header that none of `registers` knows.
    #[must_use]
    pub fn unknown_columns(&self, registers: &[Register]) -> Vec<String> {
        let known: Vec<String> = self.known(registers).map(normal).collect();
        let header = self.header.iter();
        let unknown = header.filter(|name| !name.is_empty() && !known.contains(name));
        unknown.cloned().collect()
    }

    /// Checks that no column of `registers`, and none of a rejects file's own, is there twice.
    ///
    /// # Errors
    /// [`InputError::ColumnTwice`] with the first of them.
    pub fn check_columns(&self, registers: &[Register]) -> Result<(), InputError> {
        let count = |column: &str| {
            let column = normal(column);
            self.header.iter().filter(|name| **name == column).count()
        };
        match self.known(registers).find(|column| count(column) > 1) {
            Some(column) => Err(InputError::ColumnTwice {
                path: self.path.clone(),
                column,
            }),
            None => Ok(()),
        }
    }

    /// The columns of `registers`, and those of its own.
    fn known(&self, registers: &[Register]) -> impl Iterator<Item = &'static str> {
        let own = LEADING.into_iter().chain([TEXT]);
        let own = own.filter(|_| self.kind == Kind::Rejects);
        let registers = registers.iter().copied();
        own.chain(registers.flat_map(|register| columns_of(register).iter().copied()))
    }

    /// Where the columns of a register stand.
    ///
    /// # Errors
    /// [`InputError::MissingColumns`] when the header lacks one.
    pub fn places(&self, register: Register) -> Result<Places, InputError> {
        let found = Places::find(
            &self.header,
            columns_of(register),
            self.kind == Kind::Rejects,
        );
        found.map_err(|columns| InputError::MissingColumns {
            path: self.path.clone(),
            columns,
        })
    }

    /// Reads the rows of one register from the file's beginning.
    ///
    /// # Errors
    /// [`InputError::MissingColumns`] when the header lacks one, others when it cannot be read.
    pub fn rows<R: Read>(
        &self,
        register: Register,
        wrap: impl FnOnce(File) -> R,
    ) -> Result<Rows<R>, InputError> {
        Ok(Rows {
            places: self.places(register)?,
            sheet: self.sheet(wrap)?,
            path: self.path.clone(),
            name: self.name(),
            register,
            own: (self.kind == Kind::Rejects).then(|| Own::find(&self.header)),
        })
    }

    /// Looks once through a rejects file: of which registers it has rows, and which rows name none.
    ///
    /// # Errors
    /// [`InputError`] when it cannot be read.
    pub fn given_back(&self) -> Result<GivenBack, InputError> {
        let io = |source| InputError::Io {
            path: self.path.clone(),
            source,
        };
        let whole = |register: &Register| self.places(*register).ok().map(|it| (*register, it));
        let mut found = GivenBack::new(
            Own::find(&self.header),
            self.header.len(),
            Register::ALL.iter().filter_map(whole).collect(),
        );
        let mut sheet = self.sheet(|file| file)?;
        while let Some(row) = sheet.next_row().map_err(io)? {
            found.add(&row);
        }
        Ok(found)
    }

    fn sheet<R: Read>(&self, wrap: impl FnOnce(File) -> R) -> Result<Sheet<R>, InputError> {
        let io = |source| InputError::Io {
            path: self.path.clone(),
            source,
        };
        let mut file = self.file.try_clone().map_err(io)?;
        file.rewind().map_err(io)?;
        Sheet::open(wrap(file), self.recognised.encoding).map_err(io)
    }
}

/// The rows of one register in one file.
pub struct Rows<R> {
    sheet: Sheet<R>,
    path: PathBuf,
    name: String,
    register: Register,
    places: Places,
    own: Option<Own>,
}

/// One row to be taken, or refused by its shape alone.
pub struct Found {
    /// The row.
    pub row: SheetRow,
    /// Its register's file and its row there, for the rejects file.
    pub origin: (String, u32),
    /// Why its cells cannot be looked at.
    pub refusal: Option<Refusal>,
    /// Its text where they cannot.
    pub text: Option<Spelled>,
}

/// The text of a row whose cells cannot be looked at.
pub enum Spelled {
    /// As it stands in this file.
    Here(String),
    /// As an earlier run kept it in the column 原文.
    Before(String),
}

impl<R: Read> Rows<R> {
    /// The places of the register's columns.
    #[must_use]
    pub const fn places(&self) -> &Places {
        &self.places
    }

    /// The next row of the register that is not blank.
    ///
    /// # Errors
    /// [`InputError::Io`] when the file cannot be read.
    pub fn next_found(&mut self) -> Result<Option<Found>, InputError> {
        loop {
            let row = self.sheet.next_row();
            let row = row.map_err(|source| InputError::Io {
                path: self.path.clone(),
                source,
            })?;
            let Some(row) = row else {
                return Ok(None);
            };
            if row.is_blank() {
                continue;
            }
            let origin = match &self.own {
                Some(own) => own.origin(&row),
                None => (self.name.clone(), row.row),
            };
            if self.own.is_none() || register_of(&origin.0) == Some(self.register) {
                return Ok(Some(self.found(row, origin)));
            }
        }
    }

    fn found(&self, row: SheetRow, origin: (String, u32)) -> Found {
        let refusal = Refusal::of_shape(&row, self.sheet.header().len());
        let text = refusal.is_some().then(|| Spelled::Here(row.text.clone()));
        let mut found = Found {
            row,
            origin,
            refusal,
            text,
        };
        let raw = |cell: (&str, &str)| cell.1.trim().is_empty();
        if let Some(own) = self.own.as_ref().filter(|_| found.refusal.is_none())
            && self.places.raw(&found.row).all(raw)
        {
            found.text = own.kept_text(&found.row).map(Spelled::Before);
            found.refusal = Some(Refusal::not_mended());
        }
        found
    }
}
