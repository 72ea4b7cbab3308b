//! A small disk of its own for one test: it fills up, becomes read-only, and is gone afterwards.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What fills it.
const BALLAST: &str = "ballast";

/// A file system in memory, mounted at a folder of its own.
#[derive(Debug)]
pub struct Volume {
    folder: PathBuf,
    /// Unmounts it if this process ends before it can.
    watchdog: Child,
}

impl Volume {
    /// Mounts one of so many MiB.
    ///
    /// # Errors
    /// Why that is not possible: usually it is not allowed.
    pub fn mount(mebibytes: u32) -> Result<Self, String> {
        let said = |error: io::Error| format!("no volume can be mounted: {error}");
        let folder = tempfile::tempdir_in(parent()).map_err(said)?;
        let options = format!("size={mebibytes}m,mode=755");
        mount(&["-t", "tmpfs", "-o", &options, "tmpfs"], folder.path())?;
        let folder = folder.keep();
        let watchdog = Command::new("sh")
            .args(["-c", include_str!("volume.sh"), "volume"])
            .arg(&folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let watchdog = watchdog.map_err(said)?;
        Ok(Self { folder, watchdog })
    }

    /// Its folder, which every user may enter.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Fills it up, but for so many bytes.
    pub fn fill(&self, left: usize) {
        let path = self.folder.join(BALLAST);
        let (mut file, block) = (File::create(&path).unwrap(), vec![1; 4 << 10]);
        while file.write_all(&block).is_ok() {}
        let size = file.metadata().unwrap().len();
        let left = u64::try_from(left).unwrap();
        file.set_len(size.saturating_sub(left)).unwrap();
    }

    /// Frees what [`Volume::fill`] took.
    pub fn free(&self) {
        fs::remove_file(self.folder.join(BALLAST)).unwrap();
    }

    /// Has it take changes, or none; nobody may have a file of it open for writing.
    pub fn set_writable(&self, writable: bool) {
        let way = if writable { "remount,rw" } else { "remount,ro" };
        mount(&["-o", way], &self.folder).unwrap();
    }
}

impl Drop for Volume {
    fn drop(&mut self) {
        drop(self.watchdog.stdin.take());
        if let Err(error) = self.watchdog.wait() {
            eprintln!("a volume's watchdog was lost: {error}");
        }
    }
}

fn mount(arguments: &[&str], folder: &Path) -> Result<(), String> {
    let output = Command::new("mount").args(arguments).arg(folder).output();
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => Err(format!("cannot run mount: {error}")),
    }
}

/// A server's socket must have a short path.
fn parent() -> PathBuf {
    let usual = std::env::temp_dir();
    let short = usual.as_os_str().len() <= 40;
    if short { usual } else { PathBuf::from("/tmp") }
}
