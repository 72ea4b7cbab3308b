//! On what kind of file system a path lies; SQLite's locks cannot be trusted over a network.

use std::path::Path;

use crate::store::OpenError;

/// File systems whose locks work between the machines of one office only by luck.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "fuse.sshfs",
    "fuse.rclone",
    "ncpfs",
    "ceph",
    "glusterfs",
    "fuse.glusterfs",
];

/// Refuses a path on a network file system, where the system tells what it lies on.
pub(super) fn refuse_network(path: &Path) -> Result<(), OpenError> {
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mountinfo") else {
        return Ok(());
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let Ok(folder) = folder.unwrap_or(Path::new(".")).canonicalize() else {
        return Ok(());
    };
    match kind_of(&mounts, &folder) {
        Some(kind) if NETWORK.contains(&kind) => Err(OpenError::NetworkFileSystem {
            kind: kind.to_owned(),
        }),
        Some(_) | None => Ok(()),
    }
}

/// The type of the file system that is mounted nearest above `folder`; see proc(5).
fn kind_of<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
    let mount = |line: &'a str| {
        let (before, after) = line.split_once(" - ")?;
        let point = before.split(' ').nth(4)?;
        Some((point, after.split(' ').next()?))
    };
    let above = mounts
        .lines()
        .filter_map(mount)
        .filter(|(point, _)| folder.starts_with(point));
    above
        .max_by_key(|(point, _)| point.len())
        .map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /srv/office rw - cifs //server/share rw
31 30 0:41 / /srv/office/local rw shared:2 - xfs /dev/vdb rw";

    #[test]
    fn the_nearest_mount_says_what_a_path_lies_on() {
        assert_eq!(
            kind_of(MOUNTS, Path::new("/srv/office/ledger")),
            Some("cifs")
        );
        assert_eq!(
            kind_of(MOUNTS, Path::new("/srv/office/local/x")),
            Some("xfs")
        );
        assert_eq!(kind_of(MOUNTS, Path::new("/home")), Some("ext4"));
    }
}
