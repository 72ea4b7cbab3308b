//! Turns what store, keys and views report into one clear sentence each.

use std::error::Error;

use ledger_commands::{ExecuteError, OutOfOrder, Reason, Rejection};
use ledger_core::seal::{KekError, OpenKeysError};
use ledger_core::store::{AppendError, LeaseError, OpenError, ReadError};
use ledger_projections::figures::FiguresError;
use ledger_projections::runner::RunError;
use ledger_projections::settings::SettingsError;
use ledger_projections::views::ViewsError;

use crate::config::StorePlace;
use crate::failure::{Failure, root_cause};
use crate::lang::{Lang, Text};
use crate::render;

fn because(error: &(dyn Error + 'static)) -> (String, String) {
    let cause = root_cause(error);
    (format!("（{cause}）"), format!(" ({cause})"))
}

/// A store that could not be made or opened.
#[must_use]
pub fn open_failure(error: &OpenError, place: &StorePlace) -> Failure {
    let name = place.name();
    let failure = |code, ja: &str, en: &str| {
        Failure::failed(code, format!("{ja}: {name}"), format!("{en}: {name}")).on("--store")
    };
    match error {
        OpenError::NotFound => failure("NO_LEDGER", "台帳がありません", "there is no ledger").hint(
            "先に `care-ledger init` で作成してください。",
            "make one first: care-ledger init",
        ),
        OpenError::NoDatabase => failure(
            "NO_DATABASE",
            "サーバーにその名前のデータベースがありません",
            "the server has no such database",
        )
        .hint(
            "--store を確かめるか、createdb で作ってから `care-ledger init` を実行してください。",
            "look at --store, or make it with createdb and then run care-ledger init",
        ),
        OpenError::Exists => failure(
            "LEDGER_EXISTS",
            "台帳またはファイルがすでにあります",
            "there is a ledger or a file already",
        )
        .hint(
            "別の場所を --store で指定してください。",
            "name another place with --store",
        ),
        OpenError::NotALedger => {
            failure("NOT_A_LEDGER", "台帳ではありません", "this is not a ledger")
                .hint("--store を確かめてください。", "look at --store")
        },
        OpenError::NewerSchema { found, known } => failure(
            "NEWER_SCHEMA",
            &format!("新しい版のプログラムの台帳です（版{found}。このプログラムは版{known}まで）"),
            &format!("the ledger is of a newer program (version {found}, known up to {known})"),
        )
        .hint("プログラムを更新してください。", "update the program"),
        OpenError::EditedMigration { version } => failure(
            "EDITED_MIGRATION",
            &format!("台帳の構造（版{version}）がこのプログラムのものと異なります"),
            &format!("the ledger's structure (version {version}) is not this program's"),
        ),
        OpenError::NetworkFileSystem { kind } => failure(
            "NETWORK_FILE_SYSTEM",
            &format!("ネットワーク上のフォルダー（{kind}）には台帳を置けません"),
            &format!("a ledger may not lie on a network file system ({kind})"),
        )
        .hint(
            "この機械のディスクに置くか、PostgreSQLを使ってください。",
            "put it on a local disk, or use PostgreSQL",
        ),
        OpenError::Unreachable { .. }
        | OpenError::Refused { .. }
        | OpenError::BadAddress { .. }
        | OpenError::Storage { .. } => connect_failure(error, &name),
    }
}

fn connect_failure(error: &OpenError, name: &str) -> Failure {
    let (why_ja, why_en) = because(error);
    let failure = |code, ja: &str, en: &str| {
        Failure::failed(code, format!("{ja}: {name}"), format!("{en}: {name}")).on("--store")
    };
    match error {
        OpenError::Unreachable { .. } => failure(
            "SERVER_UNREACHABLE",
            &format!("データベースサーバーにつながりません{why_ja}"),
            &format!("the database server does not answer{why_en}"),
        )
        .hint(
            "サーバーの起動と宛先を確かめてください。",
            "see that it runs and that the address is right",
        ),
        OpenError::Refused { .. } => failure(
            "LOGIN_REFUSED",
            &format!("データベースサーバーに拒否されました{why_ja}"),
            &format!("the database server refuses this login{why_en}"),
        )
        .hint(
            "利用者名・パスワード・権限を確かめてください。",
            "look at user name, password and rights",
        ),
        OpenError::BadAddress { reason } => Failure::usage(
            "BAD_ADDRESS",
            format!("台帳の宛先が正しくありません（{reason}）。"),
            format!("the store's address is wrong: {reason}"),
        )
        .on("--store"),
        OpenError::Storage { .. }
        | OpenError::NotFound
        | OpenError::NoDatabase
        | OpenError::Exists
        | OpenError::NotALedger
        | OpenError::NewerSchema { .. }
        | OpenError::EditedMigration { .. }
        | OpenError::NetworkFileSystem { .. } => failure(
            "STORE_FAILED",
            &format!("台帳を開けません{why_ja}"),
            &format!("the ledger cannot be opened{why_en}"),
        ),
    }
}

/// A key-encryption key that is missing or wrong.
#[must_use]
pub fn kek_failure(error: &KekError) -> Failure {
    let failure = |code, ja: String, en: String| Failure::failed(code, ja, en).on("--kek");
    match error {
        KekError::Missing { path } => failure(
            "NO_KEK",
            format!("鍵を包む鍵のファイルがありません: {}", path.display()),
            format!("there is no key-encryption key at {}", path.display()),
        )
        .hint(
            "`init` の時に作ったファイルを --kek で指定してください。バックアップから戻せます。",
            "name the file that init made with --kek; it can come from your backup",
        ),
        KekError::Exists { path } => failure(
            "KEK_EXISTS",
            format!(
                "鍵を包む鍵のファイルがすでにあります（上書きしません）: {}",
                path.display()
            ),
            format!(
                "there is a file at {} already, which is never overwritten",
                path.display()
            ),
        )
        .hint(
            "別の場所を --kek で指定してください。",
            "name another place with --kek",
        ),
        KekError::TooOpen { path } => failure(
            "KEK_TOO_OPEN",
            format!("鍵を包む鍵が他の利用者から読めます: {}", path.display()),
            format!("others than its owner can read {}", path.display()),
        )
        .hint(
            format!("chmod 600 {} としてください。", path.display()),
            format!("chmod 600 {}", path.display()),
        ),
        KekError::NotAKey { path } => failure(
            "NOT_A_KEK",
            format!("鍵を包む鍵のファイルではありません: {}", path.display()),
            format!("{} is not a key-encryption key", path.display()),
        ),
        KekError::OfAnotherLedger { path, .. } => failure(
            "WRONG_KEK",
            format!("別の台帳の鍵です: {}", path.display()),
            format!("{} is of another ledger", path.display()),
        )
        .hint(
            "この台帳の鍵を --kek で指定してください。",
            "name this ledger's with --kek",
        ),
        KekError::Io { path, source } => failure(
            "KEK_FAILED",
            format!(
                "鍵を包む鍵を読み書きできません: {}（{source}）",
                path.display()
            ),
            format!("{} cannot be read or written ({source})", path.display()),
        ),
    }
}

/// A key store that is missing or wrong.
#[must_use]
pub fn keys_failure(error: &OpenKeysError) -> Failure {
    let (why_ja, why_en) = because(error);
    let failure = |code, ja: String, en: String| Failure::failed(code, ja, en).on("--keys");
    match error {
        OpenKeysError::Missing(path) => failure(
            "NO_KEYS",
            format!("鍵の保管先がありません: {}", path.display()),
            format!("there is no key store at {}", path.display()),
        )
        .hint("--keys を確かめてください。", "look at --keys"),
        OpenKeysError::Exists(path) => failure(
            "KEYS_EXIST",
            format!("鍵の保管先にファイルがすでにあります: {}", path.display()),
            format!("there is a file at {} already", path.display()),
        )
        .hint(
            "別の場所を --keys で指定してください。",
            "name another place with --keys",
        ),
        OpenKeysError::Used => failure(
            "KEYS_EXIST",
            "このデータベースには鍵の保管先がすでにあります。".to_owned(),
            "there is a key store in this database already".to_owned(),
        )
        .hint(
            "別の場所を --keys で指定してください。",
            "name another place with --keys",
        ),
        OpenKeysError::NotAKeyStore => failure(
            "NOT_A_KEY_STORE",
            "鍵の保管先ではありません。".to_owned(),
            "this is not a key store of this program".to_owned(),
        ),
        OpenKeysError::OfAnotherLedger { .. } => failure(
            "WRONG_KEYS",
            "別の台帳の鍵の保管先です。".to_owned(),
            "the key store is of another ledger".to_owned(),
        )
        .hint("--keys を確かめてください。", "look at --keys"),
        OpenKeysError::WrongKeyEncryptionKey => Failure::failed(
            "WRONG_KEK",
            "鍵を包む鍵が、この鍵の保管先のものではありません。",
            "the key-encryption key does not fit the key store",
        )
        .on("--kek"),
        OpenKeysError::Keys(_) => failure(
            "KEYS_FAILED",
            format!("鍵の保管先を読み書きできません{why_ja}。"),
            format!("the key store cannot be read or written{why_en}"),
        ),
    }
}

/// A read that failed.
#[must_use]
pub fn read_failure(error: &ReadError) -> Failure {
    let (why_ja, why_en) = because(error);
    match error {
        ReadError::Storage { .. } => Failure::failed(
            "STORE_FAILED",
            format!("台帳を読めません{why_ja}。"),
            format!("the ledger cannot be read{why_en}"),
        ),
        ReadError::Damaged { position, what } => Failure::failed(
            "DAMAGED",
            format!("位置{position}の記録が壊れています（{what}）。"),
            format!("the event at position {position} cannot be read: {what}"),
        )
        .hint(
            "`care-ledger verify` で確かめてください。",
            "run care-ledger verify",
        ),
        ReadError::Pattern(error) => Failure::usage(
            "BAD_PATTERN",
            format!("絞込みの式を使えません（{error}）。"),
            error.to_string(),
        ),
        ReadError::Busy => busy(),
    }
}

fn busy() -> Failure {
    Failure::failed(
        "BUSY",
        "台帳が使用中です。しばらくしてからもう一度実行してください。",
        "the ledger is busy; try again",
    )
}

/// Views that could not be read or written.
#[must_use]
pub fn views_failure(error: &ViewsError) -> Failure {
    let (why_ja, why_en) = because(error);
    Failure::failed(
        "VIEWS_FAILED",
        format!("集計用の表を読み書きできません{why_ja}。"),
        format!("the views cannot be read or written{why_en}"),
    )
}

impl From<ViewsError> for Failure {
    fn from(error: ViewsError) -> Self {
        views_failure(&error)
    }
}

/// Leases that could not be read.
#[must_use]
pub fn lease_failure(error: &LeaseError) -> Failure {
    let (why_ja, why_en) = because(error);
    Failure::failed(
        "STORE_FAILED",
        format!("台帳を読めません{why_ja}。"),
        format!("the ledger cannot be read{why_en}"),
    )
}

/// What to do about an event that stops a projection.
#[must_use]
pub fn stopped_hint() -> Text {
    Text::new(
        "新しい版のプログラムも使っているなら、このプログラムを更新してください。\
         そうでなければ `care-ledger verify` で確かめ、異常があれば控えから戻してください。\
         直ると集計は自動で続きます。",
        "if a newer program is in use as well, update this one; else run care-ledger verify, and \
         restore a backup if it finds something wrong; the projection then goes on by itself",
    )
}

/// Projections that could not be brought forward.
#[must_use]
pub fn run_failure(error: &RunError) -> Failure {
    match error {
        RunError::Read(error) => read_failure(error),
        RunError::Views(error) => views_failure(error),
        RunError::Poisoned { position, .. } => Failure::failed(
            "POISONED",
            format!("位置{position}の記録を理解できないため、集計が止まりました。"),
            format!(
                "the event at position {position} cannot be understood and stops the projections"
            ),
        )
        .hint(stopped_hint().ja, stopped_hint().en),
        RunError::Unwritten {
            position,
            projection,
            what,
        } => {
            Failure::failed(
                "PROJECTION_STOPPED",
                format!("集計 {projection} に位置{position}の記録を書けないため、この集計だけが止まりました（{what}）。"),
                format!("the event at position {position} cannot be written into {projection}, which alone stops: {what}"),
            )
            .hint(
                format!("空き容量と権限を確かめてください。直ると集計は自動で続きます。続かないときは `care-ledger rebuild {projection}` で作り直してください。"),
                format!("look at space and rights; the projection then goes on by itself, or else run care-ledger rebuild {projection}"),
            )
        },
        RunError::Stopped => Failure::failed(
            "PROJECTION_STOPPED",
            "集計が止まっています。",
            "a projection is stopped",
        )
        .hint(stopped_hint().ja, stopped_hint().en),
        RunError::Unknown(name) => Failure::usage(
            "UNKNOWN_PROJECTION",
            format!("{name} という集計はありません。"),
            format!("there is no projection named {name}"),
        ),
    }
}

/// Figures that could not be counted.
#[must_use]
pub fn figures_failure(error: &FiguresError) -> Failure {
    match error {
        FiguresError::Views(error) => views_failure(error),
        FiguresError::Settings(SettingsError::Read(error)) => read_failure(error),
        FiguresError::Settings(SettingsError::NotSet) => Failure::failed(
            "SETTINGS_MISSING",
            "その時点の台帳には開所時間または祝日の設定がありません。",
            "the programme has no opening hours or no holidays at that position",
        ),
        FiguresError::Settings(SettingsError::Event(_)) => Failure::failed(
            "SETTINGS_DAMAGED",
            "事業の設定の記録を理解できません。",
            "the programme's settings cannot be understood",
        ),
    }
}

/// A refusal by the rules.
#[must_use]
pub fn rejection_failure(rejection: &Rejection) -> Failure {
    let failure = match rejection.days {
        Some(days) => out_of_order(days, None),
        None => Failure::refused(rejection.code(), rejection.ja(), rejection.en()),
    };
    let failure = match rejection.field {
        // What somebody may follows from the account, and from no option.
        Some(field) if rejection.reason == Reason::NoPermission => failure.on(field).of_no_option(),
        Some(field) => failure.on(field),
        None => failure,
    };
    if let Some((ja, en)) = what_to_do(rejection) {
        return failure.hint(ja, en);
    }
    if rejection.open.is_empty() {
        return failure;
    }
    let open = rejection.open.iter();
    let ja: Vec<String> = open
        .clone()
        .map(|one| format!("{} {}", one.kind.ja(), one.name))
        .collect();
    let en: Vec<String> = open.map(ToString::to_string).collect();
    failure.hint(
        format!("終わっていないもの: {}", ja.join("、")),
        format!("open: {}", en.join(", ")),
    )
}

/// A day that lies on the wrong side of another, with what happened on that, in both languages, where it is known.
#[must_use]
pub fn out_of_order(days: OutOfOrder, what: Option<(&str, &str)>) -> Failure {
    let (limit_ja, limit_en) = (
        render::day(days.limit, Lang::Ja),
        render::day(days.limit, Lang::En),
    );
    let (ja, en) = match what {
        Some((ja, en)) => (format!("{ja}（{limit_ja}）"), format!("{en} ({limit_en})")),
        None => (limit_ja.clone(), limit_en.clone()),
    };
    let (side, bound) = if days.is_before() {
        ("前", "以後")
    } else {
        ("後", "以前")
    };
    let given = render::day(days.given, Lang::Ja);
    let said_ja = format!("{given}は、{ja}より{side}です。{limit_ja}{bound}の日にしてください。");
    let (side, no) = if days.is_before() {
        ("before", "earlier")
    } else {
        ("after", "later")
    };
    let given = render::day(days.given, Lang::En);
    let said_en = format!("{given} is {side} {en}; give a day that is no {no}");
    Failure::refused(Reason::StepsOutOfOrder.code(), said_ja, said_en)
}

/// What helps against a rejection that has to do with who acts.
fn what_to_do(rejection: &Rejection) -> Option<(&'static str, &'static str)> {
    if rejection.reason == Reason::NoPermission && rejection.field == Some("assignment") {
        return Some((
            "担当になるか、理由を付けて緊急閲覧（record take-emergency-access）を記録してください。",
            "be put in charge, or take emergency access with a reason (record take-emergency-access)",
        ));
    }
    if rejection.reason == Reason::NoPermission {
        return Some((
            "権限のあるアカウントの名前を --actor で指定してください。",
            "name an account that may, with --actor",
        ));
    }
    if rejection.reason == Reason::FrozenFigure {
        return Some((
            "record request-approval --act frozen-figure で依頼し、承認されたら --approval で指定してください。",
            "ask for one with record request-approval --act frozen-figure, and name it with --approval once it is granted",
        ));
    }
    if rejection.reason == Reason::AccountNotFound {
        return Some((
            "先に record open-account でアカウントを登録してください。",
            "open the account first (record open-account)",
        ));
    }
    None
}

/// A command that was not executed.
#[must_use]
pub fn execute_failure(error: &ExecuteError) -> Failure {
    let (why_ja, why_en) = because(error);
    match error {
        ExecuteError::Rejected(rejection) => rejection_failure(rejection),
        ExecuteError::Busy | ExecuteError::Contended { .. } => busy(),
        ExecuteError::Append(error) => append_failure(error),
        ExecuteError::Read(error) => read_failure(error),
        ExecuteError::Decode(_) | ExecuteError::History(_) => Failure::failed(
            "DAMAGED",
            format!("台帳の記録を読めません{why_ja}。"),
            format!("a stored event cannot be read{why_en}"),
        )
        .hint(
            "`care-ledger verify` で確かめてください。",
            "run care-ledger verify",
        ),
        ExecuteError::Encode(_) => Failure::failed(
            "SEAL_FAILED",
            format!("記録を封印できません{why_ja}。"),
            format!("the events cannot be sealed{why_en}"),
        ),
    }
}

fn append_failure(error: &AppendError) -> Failure {
    let (why_ja, why_en) = because(error);
    match error {
        AppendError::Busy => busy(),
        AppendError::ClockBehind { log, clock } => Failure::failed(
            "CLOCK_BEHIND",
            format!("この機械の時計が遅れています（台帳の最新 {log}、時計 {clock}）。"),
            format!("this machine's clock ({clock}) is behind the log ({log})"),
        )
        .hint("時計を合わせてください。", "set the clock"),
        AppendError::Refused { reason } => Failure::refused(
            "TOO_LARGE",
            "内容が大きすぎて記録できません。",
            format!("the append is refused: {reason}"),
        ),
        // What to do stands in the sentence: who can repeat a command says so in the hint's place.
        AppendError::DiskFull { .. } => Failure::failed(
            "DISK_FULL",
            format!("ディスクがいっぱいで、台帳に書けません{why_ja}。空きを作ってください。"),
            format!("the disk is full, the ledger cannot be written{why_en}: free some space"),
        )
        .hint(
            "空きができたら、同じ操作をもう一度実行してください（二重にはなりません）。",
            "once there is space, do the same again: nothing is written twice",
        ),
        AppendError::ReadOnly { .. } => Failure::failed(
            "READ_ONLY",
            format!("台帳は読み取り専用で、書けません{why_ja}。書き込めるようにしてください。"),
            format!("the ledger can only be read{why_en}: make its place or its server writable"),
        )
        .hint(
            "書き込めるようになったら、同じ操作をもう一度実行してください（二重にはなりません）。",
            "once it can be written, do the same again: nothing is written twice",
        ),
        AppendError::Conflict { .. } | AppendError::Storage { .. } | AppendError::Closed => {
            Failure::failed(
                "STORE_FAILED",
                format!("台帳に書けません{why_ja}。書けたかどうか分かりません。"),
                format!("the ledger cannot be written{why_en}; it may be written all the same"),
            )
            .hint(
                "同じ操作をもう一度実行してください（二重にはなりません）。",
                "do the same again: nothing is written twice",
            )
        },
    }
}

#[cfg(test)]
mod tests {
    use ledger_core::time::Day;

    use super::*;

    #[test]
    fn a_day_out_of_order_is_told_with_both_days_in_both_languages() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let days = OutOfOrder {
            given: day("2024-03-30"),
            limit: day("2024-04-01"),
        };
        let referral = ("「連携」の日", "the day of \"Referral made\"");

        let named = out_of_order(days, Some(referral));
        assert_eq!(
            named.message(Lang::Ja),
            "令和6年3月30日は、「連携」の日（令和6年4月1日）より前です。令和6年4月1日以後の日にしてください。"
        );
        let unnamed = out_of_order(days, None);
        let (given, limit) = (
            render::day(days.given, Lang::En),
            render::day(days.limit, Lang::En),
        );
        assert_eq!(
            unnamed.message(Lang::En),
            format!("{given} is before {limit}; give a day that is no earlier")
        );
        let back = OutOfOrder {
            given: days.limit,
            limit: days.given,
        };
        let after = out_of_order(back, None);
        assert!(after.message(Lang::Ja).contains("より後です"));
        assert!(after.message(Lang::En).contains("no later"));
    }
}
