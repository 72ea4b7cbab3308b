//! A file that is there whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::fault::file_failed;
use crate::config::is_there;
use crate::failure::Failure;

/// How every file begins that this replaces.
const OURS: &[u8] = b"{\"format\":\"care-ledger-";

/// A file being written beside its place, readable by its owner alone.
pub(super) struct NewFile {
    /// Where its bytes go.
    pub(super) out: BufWriter<NamedTempFile>,
    path: PathBuf,
    replaces: bool,
}

impl NewFile {
    /// Begins a file; with `force` an earlier one of the kind is replaced once this one is whole.
    pub(super) fn begin(path: &Path, force: bool) -> Result<Self, Failure> {
        let failed = |error: io::Error| file_failed(path, &error);
        if is_there(path) && !force {
            return Err(exists(path).hint(
                "前の控えを置き換えるなら --force を付けてください。",
                "give --force to replace an earlier backup",
            ));
        }
        if is_there(path) && !is_ours(path).map_err(failed)? {
            return Err(exists(path).hint(
                "控えではないファイルは --force でも置き換えません。",
                "what is no backup is not replaced, --force or not",
            ));
        }
        let beside = tempfile::Builder::new()
            .prefix(".care-ledger-")
            .suffix(".part")
            .tempfile_in(folder(path))
            .map_err(failed)?;
        Ok(Self {
            out: BufWriter::new(beside),
            path: path.to_owned(),
            replaces: force,
        })
    }

    /// Gives the file its name once it is on the disk.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let Self {
            out,
            path,
            replaces,
        } = self;
        place(out, &path, replaces).map_err(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                exists(&path)
            } else {
                file_failed(&path, &error)
            }
        })
    }
}

fn place(out: BufWriter<NamedTempFile>, path: &Path, replaces: bool) -> io::Result<()> {
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    if replaces {
        file.persist(path)?;
    } else {
        file.persist_noclobber(path)?;
    }
    sync_folder(path)
}

/// Makes the new name itself last through a power cut.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder(path))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

fn folder(path: &Path) -> &Path {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

/// Whether a file is an earlier backup, or has nothing in it.
fn is_ours(path: &Path) -> io::Result<bool> {
    if !fs::metadata(path)?.is_file() {
        return Ok(false);
    }
    let mut beginning = Vec::new();
    let length = u64::try_from(OURS.len()).unwrap_or(u64::MAX);
    File::open(path)?.take(length).read_to_end(&mut beginning)?;
    Ok(beginning.is_empty() || beginning == OURS)
}

fn exists(path: &Path) -> Failure {
    let name = path.display();
    Failure::failed(
        "FILE_EXISTS",
        format!("ファイルがすでにあります: {name}"),
        format!("there is a file already: {name}"),
    )
    .on("FILE")
}
