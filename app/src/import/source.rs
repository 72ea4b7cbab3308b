//! The files of an import: a folder of registers, one register, or a rejects file given back.

use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::path::{Path, PathBuf};

use ledger_core::code::Register;
use ledger_core::text::normal;

use super::cells::Places;
use super::encoding::{EncodingError, Recognised, recognise};
use super::refusal::Refusal;
use super::rejects::{FILE, ROW, Rejected, TEXT, columns_of};
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
            let found = registers_in(path).map_err(|source| InputError::Io {
                path: owned(),
                source,
            })?;
            return if found.is_empty() {
                Err(InputError::NoRegisters { path: owned() })
            } else {
                Ok(Self::Registers(found))
            };
        }
        let opened = OpenFile::open(path)?;
        if opened.header.iter().any(|name| name == FILE) {
            return Ok(Self::Rejects(owned()));
        }
        match path
            .file_name()
            .and_then(|name| register_of(&name.to_string_lossy()))
        {
            Some(register) => Ok(Self::Registers(vec![(register, owned())])),
            None => Err(InputError::NotARegister { path: owned() }),
        }
    }
}

/// The registers in a folder, in their order.
fn registers_in(folder: &Path) -> io::Result<Vec<(Register, PathBuf)>> {
    let mut found = Vec::new();
    for entry in folder.read_dir()? {
        let entry = entry?;
        if let Some(register) = register_of(&entry.file_name().to_string_lossy()) {
            found.push((register, entry.path()));
        }
    }
    found.sort();
    // Two spellings of one name, full-width and not, would be one register twice.
    found.dedup_by_key(|(register, _)| *register);
    Ok(found)
}

/// The register that a file's name says.
#[must_use]
pub fn register_of(name: &str) -> Option<Register> {
    let name = normal(name);
    let stem = name
        .strip_suffix(".csv")
        .or_else(|| name.strip_suffix(".CSV"))?;
    Register::from_ja(stem)
}

/// A file whose encoding and header are known.
pub struct OpenFile {
    path: PathBuf,
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
    pub fn open(path: &Path) -> Result<Self, InputError> {
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
        let sheet =
            Sheet::open(&mut file, recognised.encoding).map_err(|error| io(error.into()))?;
        let header = sheet.header().to_vec();
        drop(sheet);
        Ok(Self {
            path: path.to_owned(),
            file,
            recognised,
            header,
        })
    }

    /// Whether it is a rejects file of ours.
    #[must_use]
    pub fn is_rejects(&self) -> bool {
        self.header.iter().any(|name| name == FILE)
    }

    /// The columns of its header that `register` does not know.
    #[must_use]
    pub fn unknown_columns(&self, register: Register) -> Vec<String> {
        let known: Vec<String> = columns_of(register)
            .iter()
            .map(|name| normal(name))
            .collect();
        let header = self.header.iter();
        let unknown = header.filter(|name| !name.is_empty() && !known.contains(name));
        unknown.cloned().collect()
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
        let io = |source| InputError::Io {
            path: self.path.clone(),
            source,
        };
        let missing = |columns| InputError::MissingColumns {
            path: self.path.clone(),
            columns,
        };
        let rejects = self.is_rejects();
        let columns = columns_of(register);
        let places = match Places::find(&self.header, columns, rejects) {
            Ok(places) => Some(places),
            // It has the columns of those registers alone of which it has rows.
            Err(_) if rejects => None,
            Err(columns) => return Err(missing(columns)),
        };
        let mut file = self.file.try_clone().map_err(io)?;
        file.rewind().map_err(io)?;
        let sheet = Sheet::open(wrap(file), self.recognised.encoding);
        Ok(Rows {
            sheet: sheet.map_err(|error| io(error.into()))?,
            path: self.path.clone(),
            register,
            places,
            own: rejects.then(|| Own::find(&self.header)),
        })
    }

    /// Rows of a rejects file that name no register.
    ///
    /// # Errors
    /// [`InputError`] when it cannot be read.
    pub fn nameless(&self) -> Result<Vec<Rejected>, InputError> {
        let mut rows = self.rows(Register::Children, |file| file)?;
        let mut nameless = Vec::new();
        while let Some(row) = rows.next_row()? {
            let (name, number) = rows.origin(&row);
            if register_of(&name).is_none() && !row.is_blank() {
                nameless.push(Rejected {
                    file: name,
                    row: number,
                    refusal: Refusal::unknown_register(),
                    register: None,
                    cells: Vec::new(),
                    text: Some(row.text()),
                });
            }
        }
        Ok(nameless)
    }
}

/// Where a rejects file's own columns stand.
struct Own {
    file: Option<usize>,
    row: Option<usize>,
    text: Option<usize>,
}

impl Own {
    fn find(header: &[String]) -> Self {
        let place = |wanted: &str| header.iter().position(|name| name == wanted);
        Self {
            file: place(FILE),
            row: place(ROW),
            text: place(TEXT),
        }
    }
}

/// The rows of one register in one file.
pub struct Rows<R> {
    sheet: Sheet<R>,
    path: PathBuf,
    register: Register,
    places: Option<Places>,
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
    pub text: Option<String>,
}

impl<R: Read> Rows<R> {
    fn next_row(&mut self) -> Result<Option<SheetRow>, InputError> {
        let row = self.sheet.next_row();
        row.map_err(|error| InputError::Io {
            path: self.path.clone(),
            source: error.into(),
        })
    }

    /// The places of the register's columns.
    #[must_use]
    pub const fn places(&self) -> Option<&Places> {
        self.places.as_ref()
    }

    /// The next row of the register that is not blank.
    ///
    /// # Errors
    /// [`InputError::MissingColumns`] when a rejects file has such a row and not its columns.
    pub fn next_found(&mut self) -> Result<Option<Found>, InputError> {
        while let Some(row) = self.next_row()? {
            let origin = self.origin(&row);
            if row.is_blank()
                || (self.own.is_some() && register_of(&origin.0) != Some(self.register))
            {
                continue;
            }
            return self.found(row, origin).map(Some);
        }
        Ok(None)
    }

    fn found(&self, row: SheetRow, origin: (String, u32)) -> Result<Found, InputError> {
        let (count, wanted) = (row.cells.len(), self.sheet.header().len());
        let mut found = Found {
            row,
            origin,
            refusal: None,
            text: None,
        };
        if count != wanted {
            found.text = Some(found.row.text());
            found.refusal = Some(Refusal::wrong_field_count(count, wanted));
            return Ok(found);
        }
        let empty = |places: &Places| {
            places
                .raw(&found.row)
                .all(|(_, cell)| cell.trim().is_empty())
        };
        if self.own.is_some() && self.places.as_ref().is_none_or(empty) {
            let text = self.kept_text(&found.row);
            if text.is_none() && self.places.is_none() {
                return Err(InputError::MissingColumns {
                    path: self.path.clone(),
                    columns: columns_of(self.register).to_vec(),
                });
            }
            found.text = text;
            found.refusal = Some(Refusal::not_mended());
        }
        Ok(found)
    }

    fn kept_text(&self, row: &SheetRow) -> Option<String> {
        let place = self.own.as_ref()?.text?;
        let text = super::spreadsheet::take_off_quote(row.cells.get(place)?);
        Some(text.to_owned()).filter(|text| !text.trim().is_empty())
    }

    /// The register's file and the row there; a rejects file says both of its rows.
    fn origin(&self, row: &SheetRow) -> (String, u32) {
        let cell = |place: Option<usize>| place.and_then(|place| row.cells.get(place));
        if let Some(own) = &self.own {
            let name = cell(own.file).unwrap_or_default().trim().to_owned();
            let number = cell(own.row).and_then(|cell| normal(cell).parse().ok());
            return (name, number.unwrap_or(row.row));
        }
        let name = self.path.file_name();
        let name = name.map(|name| name.to_string_lossy().into_owned());
        (name.unwrap_or_default(), row.row)
    }
}
