//! Turns what an import reports into one clear sentence each.

use std::path::Path;

use super::encoding::EncodingError;
use super::lease::ImportLeaseError;
use super::rejects::RejectsError;
use super::run::ImportError;
use super::source::InputError;
use super::take::TakeError;
use crate::failure::{Failure, root_cause};
use crate::fault::execute_failure;

/// An import that failed.
#[must_use]
pub fn import_failure(error: &ImportError) -> Failure {
    match error {
        ImportError::Input(error) => input_failure(error),
        ImportError::Lease(ImportLeaseError::Running) => Failure::failed(
            "IMPORT_RUNNING",
            "この台帳では別の取込みが実行中です。",
            "another import is running on this ledger",
        )
        .hint(
            "終わってからもう一度実行してください。",
            "wait until it is done",
        ),
        ImportError::Lease(ImportLeaseError::Lost) => Failure::failed(
            "IMPORT_LOST",
            "別の取込みに替わられたため中止しました。登録した行は残っています。",
            "another import took this one's place; what it recorded stays",
        )
        .hint(
            "同じ取込みをもう一度実行してください。",
            "run the same import again",
        ),
        ImportError::Lease(ImportLeaseError::Lease(error)) => failed(error),
        ImportError::Take(TakeError::Execute(error)) | ImportError::Record(error) => {
            execute_failure(error)
        },
        ImportError::Take(TakeError::Index(error)) | ImportError::Index(error) => {
            failed(error.as_ref())
        },
        ImportError::Take(TakeError::Rejects(error)) => rejects_failure(error),
    }
}

fn failed(error: &(dyn std::error::Error + 'static)) -> Failure {
    let cause = root_cause(error);
    Failure::failed(
        "STORE_FAILED",
        format!("取込みを続けられません（{cause}）。登録した行は残っています。"),
        format!("the import cannot go on ({cause}); what it recorded stays"),
    )
    .hint(
        "同じ取込みをもう一度実行してください。",
        "run the same import again",
    )
}

/// A rejects file that cannot be written.
#[must_use]
pub fn rejects_failure(error: &RejectsError) -> Failure {
    match error {
        RejectsError::NotOurs { path } => {
            let path = path.display();
            Failure::failed(
                "NOT_A_REJECTS_FILE",
                format!("{path} は却下ファイルではないので上書きしません。"),
                format!("{path} is not a rejects file of this program and is not overwritten"),
            )
            .on("--rejects")
            .hint(
                "別の名前を --rejects で指定してください。",
                "give another name with --rejects",
            )
        },
        RejectsError::Io { path, source } => {
            let path = path.display();
            Failure::failed(
                "FILE_FAILED",
                format!("却下ファイル {path} を書けません（{source}）。"),
                format!("the rejects file {path} cannot be written ({source})"),
            )
            .on("--rejects")
        },
    }
}

fn input_failure(error: &InputError) -> Failure {
    match error {
        InputError::Missing { path } => Failure::failed(
            "NO_FILE",
            format!("ファイルまたはフォルダーがありません: {}", path.display()),
            format!("there is no file or folder at {}", path.display()),
        ),
        InputError::NoRegisters { path } => Failure::failed(
            "NO_REGISTERS",
            format!(
                "取り込める台帳（対象者台帳.csv など）がフォルダーにありません: {}",
                path.display()
            ),
            format!("the folder holds none of the registers: {}", path.display()),
        )
        .hint(
            "ファイル名は 対象者台帳.csv のように付けてください。",
            "files are named 対象者台帳.csv and so on",
        ),
        InputError::RegisterTwice { one, other } => register_twice(one, other),
        InputError::NotARegister { path } => Failure::failed(
            "NOT_A_REGISTER",
            format!("台帳でも却下ファイルでもありません: {}", path.display()),
            format!(
                "this is neither a register nor a rejects file: {}",
                path.display()
            ),
        )
        .hint(
            "ファイル名は 対象者台帳.csv のように付けてください。",
            "files are named 対象者台帳.csv and so on",
        ),
        InputError::Encoding { path, source } => {
            encoding_failure(&path.display().to_string(), source)
        },
        InputError::Io { path, source } => Failure::failed(
            "FILE_FAILED",
            format!("{} を読めません（{source}）。", path.display()),
            format!("{} cannot be read ({source})", path.display()),
        ),
        InputError::MissingColumns { path, columns } => missing_columns(path, columns),
        InputError::ColumnTwice { path, column } => column_twice(path, column),
    }
}

fn register_twice(one: &Path, other: &Path) -> Failure {
    let (one, other) = (one.display(), other.display());
    Failure::failed(
        "REGISTER_TWICE",
        format!("同じ台帳のファイルが二つあります: {one}、{other}"),
        format!("two files are the same register: {one}, {other}"),
    )
    .hint(
        "取り込む方だけをフォルダーに残してください。",
        "leave the one to be imported in the folder",
    )
}

fn missing_columns(path: &Path, columns: &[&'static str]) -> Failure {
    let (path, columns) = (path.display(), columns.join("、"));
    Failure::refused(
        "MISSING_COLUMN",
        format!("{path} に必要な列がありません: {columns}"),
        format!("{path} lacks required columns: {columns}"),
    )
    .on(columns)
}

fn column_twice(path: &Path, column: &'static str) -> Failure {
    let path = path.display();
    Failure::refused(
        "COLUMN_TWICE",
        format!("{path} に列「{column}」が二つあります。"),
        format!("{path} has the column {column} twice"),
    )
    .on(column)
    .hint("使う方だけを残してください。", "leave the one that counts")
}

fn encoding_failure(path: &str, error: &EncodingError) -> Failure {
    let hint = |failure: Failure| {
        failure.hint(
            "表計算ソフトで「CSV UTF-8」または「CSV」として保存し直してください。",
            "save it again as CSV (UTF-8) from the spreadsheet",
        )
    };
    match error {
        EncodingError::Neither { byte } => hint(Failure::failed(
            "UNKNOWN_ENCODING",
            format!("{path} の文字コードが UTF-8 でも CP932 でもありません（{byte}バイト目）。"),
            format!("{path} is neither UTF-8 nor CP932 (byte {byte})"),
        )),
        EncodingError::NotText => hint(Failure::failed(
            "NOT_TEXT",
            format!("{path} はCSVではありません（表計算の形式か UTF-16 です）。"),
            format!("{path} is no CSV: it is a spreadsheet's own format, or UTF-16"),
        )),
        EncodingError::Io(error) => Failure::failed(
            "FILE_FAILED",
            format!("{path} を読めません（{error}）。"),
            format!("{path} cannot be read ({error})"),
        ),
    }
}
