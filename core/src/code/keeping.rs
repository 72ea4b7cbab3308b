//! What is backed up, and where a backup goes.

use super::table::codes;

codes! {
    /// What a backup holds.
    BackupOf {
        /// The log.
        Ledger = "ledger", "台帳";
        /// The keys, wrapped as they are kept.
        Keys = "keys", "鍵";
    }

    /// Where a backup went.
    BackupTarget {
        /// A file that was on the disk before it was said so.
        File = "file", "ファイル";
        /// The standard output; whether it was kept, only who took it knows.
        Stream = "stream", "標準出力";
    }
}
