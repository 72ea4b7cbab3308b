//! Why a backup was not written or not taken, in one clear sentence each.

use std::io;
use std::path::Path;

use ledger_core::backup::{BackupError, FileFault, RestoreError, WriteError};
use ledger_core::id::Position;

use crate::cli::verify::fault_text;
use crate::config::StorePlace;
use crate::failure::Failure;
use crate::fault::{open_failure, read_failure};
use crate::lang::Text;

/// A file that cannot be read or written.
pub(super) fn file_failed(path: &Path, error: &io::Error) -> Failure {
    let name = path.display();
    Failure::failed(
        "FILE_FAILED",
        format!("{name} を読み書きできません（{error}）。"),
        format!("{name} cannot be read or written ({error})"),
    )
    .on("FILE")
}

/// A position that is not there.
pub(super) fn beyond(head: Position) -> Failure {
    Failure::refused(
        "NO_SUCH_POSITION",
        format!("記録はまだ位置{head}までです。"),
        format!("the events go up to position {head}"),
    )
    .on("--until")
}

/// A backup that was not written; `output` says what hinders where it goes.
pub(super) fn write_failure(
    error: &WriteError,
    output: impl FnOnce(&io::Error) -> Failure,
) -> Failure {
    match error {
        WriteError::Beyond { head } => beyond(*head),
        WriteError::Damaged(fault) => {
            let text = fault_text(fault);
            Failure::failed("DAMAGED", text.ja, text.en).hint(
                "`care-ledger verify` で確かめてください。控えは書きませんでした。",
                "run care-ledger verify; no backup was written",
            )
        },
        WriteError::Read(error) => read_failure(error),
        WriteError::Output(error) => output(error),
    }
}

/// A file that is not what it should be.
pub(super) fn backup_failure(error: &BackupError, path: &Path) -> Failure {
    match error {
        BackupError::Damaged { line, fault } => {
            let Text { ja, en } = file_fault(*fault);
            let name = path.display();
            Failure::failed(
                "BACKUP_DAMAGED",
                format!("{name} の{line}行目: {ja}"),
                format!("{name}, line {line}: {en}"),
            )
            .on("FILE")
            .hint(
                "何も戻していません。別の控えを使ってください。",
                "nothing was restored; use another backup",
            )
        },
        BackupError::Input(error) => file_failed(path, error),
    }
}

/// A ledger that was not made.
pub(super) fn restore_failure(error: &RestoreError, path: &Path, place: &StorePlace) -> Failure {
    match error {
        RestoreError::Backup(error) => backup_failure(error, path),
        RestoreError::Open(error) => open_failure(error, place),
    }
}

fn file_fault(fault: FileFault) -> Text {
    match fault {
        FileFault::NotABackup => Text::new(
            "このプログラムの控えではありません。",
            "this is not such a backup of this program",
        ),
        FileFault::NewerFormat { found } => Text::new(
            format!("新しい版のプログラムの控えです（形式{found}）。"),
            format!("a newer program wrote it (format {found})"),
        ),
        FileFault::Truncated => Text::new(
            "最後の行まで書かれていません。",
            "the file ends before its last line",
        ),
        FileFault::TooLong => Text::new("行が長すぎます。", "the line is too long"),
        FileFault::Malformed => Text::new(
            "控えの行として読めません。",
            "this is not written as this program writes it",
        ),
        FileFault::Position { expected } => Text::new(
            format!("位置{expected}の記録があるはずの行です。"),
            format!("the event at position {expected} should stand here"),
        ),
        FileFault::Revision => Text::new(
            "記録がその流れ（ストリーム）の続きになっていません。",
            "the event is not the next one of its stream",
        ),
        FileFault::Leaf => Text::new("記録が書き換えられています。", "the event was altered"),
        FileFault::TimeBackwards => Text::new(
            "記録時刻が前の記録より古くなっています。",
            "the event is older than the one before it",
        ),
        FileFault::Head => Text::new(
            "「位置:根」が、記録から計算したものと異なります。",
            "the head is not the one that the events make",
        ),
        FileFault::Digest => Text::new(
            "最終行の要約値（SHA-256）と合いません。",
            "the SHA-256 of the last line does not fit",
        ),
        FileFault::Trailing => Text::new(
            "最終行の後に続きがあります。",
            "something follows the last line",
        ),
    }
}
