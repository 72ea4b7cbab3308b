//! The command line's words as a program needs them: names of fields instead of options, no other command to run.

/// The name of a field or parameter by the option that it is at the command line: `--as-at` is `as_at`.
pub(super) fn name(option: &str) -> String {
    match option.strip_prefix("--") {
        Some(long) => long.replace('-', "_"),
        None => option.to_owned(),
    }
}

/// A sentence in which each option is named as a field.
pub(super) fn over_http(sentence: &str) -> String {
    let mut parts = sentence.split("--");
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_option = part.starts_with(|c: char| c.is_ascii_lowercase());
        let ends = part.find(|c: char| !c.is_ascii_lowercase() && c != '-');
        let (option, rest) = part.split_at(ends.unwrap_or(part.len()));
        if is_option {
            said.push_str(&option.replace('-', "_"));
        } else {
            said.push_str("--");
            said.push_str(option);
        }
        said.push_str(rest);
    }
    said
}

/// What to do next, where that is nothing at the command line.
pub(super) fn hint(said: &str) -> Option<String> {
    let elsewhere = ["care-ledger ", "--help", "record "];
    let is_elsewhere = elsewhere.iter().any(|word| said.contains(word));
    (!is_elsewhere).then(|| over_http(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_named_as_fields_and_other_commands_are_not_named() {
        assert_eq!(name("--as-at"), "as_at");
        assert_eq!(name("base_version"), "base_version");
        assert_eq!(
            over_http("最新の訂正のIDを --latest-event で指定してください -- と。"),
            "最新の訂正のIDを latest_event で指定してください -- と。"
        );
        assert_eq!(hint("`care-ledger meetings` で一覧が出ます。"), None);
        assert_eq!(
            hint("give the id with --plan"),
            Some("give the id with plan".to_owned())
        );
    }
}
