//! What is wrong with a command line, in the language of the reader.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::Failure;

/// A command line that cannot be read.
pub(super) fn failure(error: &clap::Error) -> Failure {
    let (ja, en) = said(error).unwrap_or_else(|| {
        let en = first_line(error);
        ("コマンドの書き方が正しくありません。".to_owned(), en)
    });
    let failure = Failure::usage("USAGE", ja, en);
    let similar = context(error, ContextKind::SuggestedSubcommand)
        .or_else(|| context(error, ContextKind::SuggestedArg))
        .or_else(|| context(error, ContextKind::SuggestedValue));
    match similar {
        Some(similar) => failure.hint(
            format!("似たものに {similar} があります。--help を付けると使い方が出ます。"),
            format!("{similar} is similar; --help shows how it is used"),
        ),
        None => failure.hint(
            "--help を付けると使い方が出ます。",
            "--help shows how it is used",
        ),
    }
}

/// What clap found, in both languages; none for what it says of rarer faults.
fn said(error: &clap::Error) -> Option<(String, String)> {
    let of = |kind| context(error, kind);
    let arg = of(ContextKind::InvalidArg);
    let kind = error.kind();
    if matches!(kind, ErrorKind::InvalidValue | ErrorKind::ValueValidation) {
        return Some(invalid(error, &arg?));
    }
    if kind == ErrorKind::InvalidSubcommand {
        let name = of(ContextKind::InvalidSubcommand)?;
        let (ja, en) = ("というコマンドはありません。", "there is no command");
        return Some((format!("{name} {ja}"), format!("{en} {name}")));
    }
    let arg = arg?;
    if kind == ErrorKind::MissingRequiredArgument {
        let (ja, en) = ("次を指定してください", "these are to be given");
        return Some((format!("{ja}: {arg}"), format!("{en}: {arg}")));
    }
    if kind == ErrorKind::UnknownArgument {
        let (ja, en) = ("という項目はありません。", "there is no");
        return Some((format!("{arg} {ja}"), format!("{en} {arg}")));
    }
    let other = of(ContextKind::PriorArg).filter(|_| kind == ErrorKind::ArgumentConflict)?;
    Some((
        format!("{arg} と {other} は一緒に指定できません。"),
        format!("{arg} and {other} are not given together"),
    ))
}

/// A value that an option or argument does not take; what it takes where that is known.
fn invalid(error: &clap::Error, arg: &str) -> (String, String) {
    let value = context(error, ContextKind::InvalidValue);
    let valid = context(error, ContextKind::ValidValue);
    let source = error.source().map(ToString::to_string);
    let shape = source.as_deref().and_then(takes);
    let choices = valid.map(|valid| (format!("次のどれか: {valid}"), format!("one of {valid}")));
    match (value.as_deref(), choices.or(shape)) {
        (None | Some(""), _) => (
            format!("{arg} に値を指定してください。"),
            format!("{arg} needs a value"),
        ),
        (Some(value), Some((ja, en))) => (
            format!("{arg} の値「{value}」が正しくありません。{ja}"),
            format!("{value} is no value of {arg}; {en}"),
        ),
        (Some(value), None) => (
            format!("{arg} の値「{value}」が正しくありません。"),
            match source {
                Some(source) => format!("{value} is no value of {arg}: {source}"),
                None => format!("{value} is no value of {arg}"),
            },
        ),
    }
}

/// What a value is to look like, as far as its reader says it.
fn takes(source: &str) -> Option<(String, String)> {
    if let Some((_, examples)) = source.split_once("such as ") {
        let ja = examples.replace(" or ", ", ");
        return Some((format!("例: {ja}"), format!("such as {examples}")));
    }
    if let Some(known) = source.strip_prefix("one of ") {
        return Some((format!("次のどれか: {known}"), source.to_owned()));
    }
    if let Some(known) = source.strip_prefix("not one of: ") {
        return Some((format!("次のどれか: {known}"), format!("one of {known}")));
    }
    let number = "a whole number".to_owned();
    source
        .contains("digit")
        .then(|| ("整数で指定してください。".to_owned(), number))
}

/// One part of what clap knows of a fault, several joined.
fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let found = error.get(kind)?;
    if let ContextValue::String(text) = found {
        Some(text.clone())
    } else if let ContextValue::Strings(texts) = found {
        Some(texts.join(", "))
    } else if let ContextValue::StyledStr(text) = found {
        Some(text.to_string())
    } else {
        None
    }
}

fn first_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let said = text.trim_start_matches("error: ");
    said.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::cli::Cli;
    use crate::lang::Lang;

    fn told(line: &str, lang: Lang) -> String {
        let error = Cli::try_parse_from(line.split(' ')).unwrap_err();
        let mut text = Vec::new();
        failure(&error).write(&mut text, lang, false).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn what_is_wrong_is_told_in_one_language() {
        for (line, ja, en) in [
            (
                "care-ledger explain --fiscal-year 2022",
                "次を指定してください: <FIGURE|EVENT>",
                "these are to be given: <FIGURE|EVENT>",
            ),
            (
                "care-ledger explain A-1 --fiscal-year abc",
                "--fiscal-year <YEAR> の値「abc」が正しくありません。例: 2023, R5",
                "abc is no value of --fiscal-year <YEAR>",
            ),
            (
                "care-ledger explain A-1 --fiscal-year 2022 --on someday",
                "の値「someday」が正しくありません。例: R3.8.1",
                "such as R3.8.1",
            ),
            (
                "care-ledger record nothing",
                "nothing というコマンドはありません",
                "there is no command nothing",
            ),
            (
                "care-ledger cross moon age --fiscal-year 2022",
                "次のどれか: area, age",
                "one of area, age",
            ),
            (
                "care-ledger figures --moon",
                "--moon という項目はありません",
                "there is no --moon",
            ),
        ] {
            let (japanese, english) = (told(line, Lang::Ja), told(line, Lang::En));
            assert!(japanese.contains(ja), "{japanese}");
            assert!(english.contains(en), "{english}");
            for mixed in ["error:", "Usage:", "required arguments", "invalid value"] {
                assert!(!japanese.contains(mixed), "{japanese}");
            }
        }
    }
}
