//! The command line as a whole: options, examples in helps, the language of errors.

use super::*;

#[test]
fn no_option_of_any_command_collides_with_another() {
    Cli::command().debug_assert();
}

/// The examples in a command's help and those of its commands, each a line for a shell.
fn examples(command: &clap::Command) -> Vec<String> {
    let help = command.get_after_help().map(ToString::to_string);
    let help = help.unwrap_or_default().replace("\\\n", " ");
    let own = help
        .lines()
        .filter_map(|line| line.strip_prefix("  care-ledger "));
    let mut found: Vec<String> = own.map(|rest| format!("care-ledger {rest}")).collect();
    for one in command.get_subcommands() {
        found.extend(examples(one));
    }
    found
}

/// A line's words as a shell would part them; what it says beside the command is left out.
fn words(line: &str) -> Vec<String> {
    let line = line.split(" > ").next().unwrap();
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').unwrap(),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        // A root is shown by its first digits alone.
        words.push(word.replace('…', &"0".repeat(58)));
        // Two spaces part a remark from the command, one and an option's sign goes on.
        let remark = after.starts_with("  ") && !after.trim_start().starts_with("--");
        rest = if remark { "" } else { after.trim_start() };
    }
    words
}

#[test]
fn every_example_in_every_help_is_understood() {
    let examples = examples(&Cli::command());

    assert!(examples.len() > 25, "{examples:#?}");
    for line in examples {
        match Cli::try_parse_from(words(&line)) {
            Ok(_) => {},
            Err(error) => assert_eq!(error.kind(), ErrorKind::DisplayHelp, "{line}: {error}"),
        }
    }
}

#[test]
fn the_language_is_known_though_the_rest_is_not_understood() {
    let lang = |line: &str| {
        let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        lang_of(&args)
    };

    assert_eq!(lang("care-ledger --lang en figures --bogus"), Lang::En);
    assert_eq!(lang("care-ledger figures --bogus --lang=en"), Lang::En);
    assert_eq!(lang("care-ledger figures --lang en --lang ja"), Lang::Ja);
    assert_eq!(lang("care-ledger figures --bogus"), Lang::Ja);
    assert_eq!(lang("care-ledger figures --lang"), Lang::Ja);
    assert_eq!(lang("care-ledger figures --language en"), Lang::Ja);
    assert_eq!(lang("care-ledger timeline -- --lang en"), Lang::Ja);
}
