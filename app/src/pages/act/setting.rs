//! What a setting of the programme says now, filled into the form that sets it anew: the new one replaces it whole.

use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::Event;
use ledger_core::history::{Entry, History};
use ledger_core::id::{CommandId, StreamName};
use ledger_core::time::Day;
use ledger_projections::settings::Settings;
use serde_json::{Map, Value};

use super::input::texts;
use super::setting_note::note;
use super::{Act, Typed, text_of};
use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::language::current;
use crate::pages::site::Site;
use crate::reading::closed_history;
use crate::render;

/// A command that sets something anew, and the event that says what holds.
struct Setting {
    command: &'static str,
    event: &'static str,
    /// The field of the command in which the event's fields stand; empty where they are the command's own.
    within: &'static str,
    /// Fields that say which of several settings it is.
    keys: &'static [&'static str],
    /// Fields that the command calls otherwise than the event.
    called: &'static [(&'static str, &'static str)],
}

const fn setting(
    (command, event): (&'static str, &'static str),
    within: &'static str,
    keys: &'static [&'static str],
) -> Setting {
    Setting {
        command,
        event,
        within,
        keys,
        called: &[],
    }
}

static ALL: [Setting; 10] = [
    setting(("define-programme", "programme-defined"), "definition", &[]),
    setting(("set-period", "programme-period-set"), "period", &[]),
    setting(("move-start", "programme-period-set"), "", &[]),
    setting(
        ("set-opening-hours", "opening-hours-set"),
        "opening_hours",
        &[],
    ),
    setting(
        ("set-planned-number", "planned-number-set"),
        "planned",
        &["service", "fiscal_year"],
    ),
    setting(
        ("adopt-counting-rule", "counting-rule-adopted"),
        "rule",
        &["rule"],
    ),
    setting(
        ("set-known-population", "known-population-set"),
        "",
        &["area"],
    ),
    setting(("set-review-term", "review-term-set"), "", &["term"]),
    setting(
        ("set-second-factor-rule", "second-factor-rule-set"),
        "",
        &["role"],
    ),
    setting(
        ("require-competency", "required-competency-set"),
        "",
        &["competency"],
    ),
];

/// Its fields are called otherwise in the command.
static OPERATOR: Setting = Setting {
    command: "appoint-contractor",
    event: "contractor-appointed",
    within: "",
    keys: &[],
    called: &[
        ("operator", "operator_ja"),
        ("starts_on", "from"),
        ("ends_on", "until"),
        ("basis", "basis_ja"),
    ],
};

/// What the form of a setting says of what holds now.
#[derive(Default)]
pub(super) struct Now {
    /// What is replaced, and that the form is filled in.
    pub(super) note: &'static str,
    /// Where is told what was set before; nothing where the reader sees it nowhere.
    pub(super) history: Option<&'static str>,
    /// The settings of its kind with the form of each, where it is still to be chosen which one changes.
    pub(super) choices: Vec<(String, String)>,
    /// The command that set what holds.
    pub(super) set_by: Option<CommandId>,
}

impl Setting {
    fn of(command: &str) -> Option<&'static Self> {
        let mut all = ALL.iter().chain([&OPERATOR]);
        all.find(|one| one.command == command)
    }

    /// What the command calls a field of the event.
    fn asked(&self, field: &str) -> String {
        if self.within.is_empty() {
            field.to_owned()
        } else {
            format!("{}.{field}", self.within)
        }
    }

    /// What the event says in a field of the command.
    fn said<'e>(&self, event: &'e Map<String, Value>, field: &str) -> Option<&'e Value> {
        let own = match self.within {
            "" => field,
            within => field.strip_prefix(within)?.strip_prefix('.')?,
        };
        let renamed = self.called.iter().find(|(command, _)| *command == own);
        let own = renamed.map_or(own, |(_, event)| event);
        let mut parts = own.split('.');
        let first = event.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    }

    /// Which of several settings an event is, as it would be typed.
    fn which(&self, event: &Map<String, Value>) -> Vec<(String, String)> {
        let keys = self.keys.iter().map(|key| {
            let said = event.get(*key).map(texts).unwrap_or_default();
            (self.asked(key), said.join("\n"))
        });
        keys.collect()
    }

    /// Which of several settings is asked for; none where nothing says it.
    fn wanted(&self, typed: &Typed) -> Option<Vec<(String, String)>> {
        let asked: Vec<String> = self.keys.iter().map(|key| self.asked(key)).collect();
        let is_said = asked
            .iter()
            .any(|field| typed.iter().any(|(name, _)| name == field));
        let wanted = asked.into_iter().map(|field| {
            let text = text_of(typed, &field).trim().to_owned();
            (field, text)
        });
        (is_said || self.keys.is_empty()).then(|| wanted.collect())
    }

    fn path(&self, event: &Map<String, Value>) -> String {
        let query = serde_html_form::to_string(self.which(event)).unwrap_or_default();
        format!("/acts/{}?{query}", self.command)
    }

    fn is_rule(&self) -> bool {
        self.command == "adopt-counting-rule"
    }

    /// What stands in a field of the form once it is filled in.
    fn filled(&self, event: &Map<String, Value>, field: &str, today: Day) -> Option<Vec<String>> {
        // Hours that are set anew hold from now on: the days that were counted by the old ones stay as they are.
        if field == "opening_hours.from" {
            return Some(vec![today.to_string()]);
        }
        let said = texts(self.said(event, field)?);
        if self.is_rule() && field == "rule.rule" {
            return said.first().map(|id| vec![next_version(id)]);
        }
        Some(said)
    }
}

/// The form that sets anew what an event of the programme set, filled with what it says.
pub(in crate::pages) fn form(command: &str, event: &Event) -> String {
    let setting = Setting::of(command).filter(|one| !one.keys.is_empty());
    setting.map_or_else(
        || format!("/acts/{command}"),
        |one| one.path(&event.display()),
    )
}

/// Which setting an event of the programme is about: its type, and which of several.
#[derive(PartialEq, Eq)]
pub(in crate::pages) struct Which(&'static str, Vec<String>);

/// Keys of settings that no form changes in place.
const OTHER_KEYS: [(&str, &str); 4] = [
    ("staff-post-set", "post"),
    ("staff-post-ended", "post"),
    ("concurrent-post-conflict-noted", "post"),
    ("code-table-revised", "table"),
];

/// Which setting an event of the programme is about.
pub(in crate::pages) fn which(event: &Event) -> Which {
    let event_type = event.info().name;
    let own = ALL.iter().find(|setting| setting.event == event_type);
    let others = OTHER_KEYS.iter().filter(|(own, _)| *own == event_type);
    let keys = own.map_or(&[][..], |setting| setting.keys).iter();
    let keys = keys.chain(others.map(|(_, key)| key));
    let said = event.display();
    let named = keys.map(|key| {
        let said = said.get(*key).map(texts).unwrap_or_default().join("\n");
        // A rule stays the same one through its versions.
        said.split('@').next().unwrap_or_default().to_owned()
    });
    Which(event_type, named.collect())
}

/// Fills the form with what holds, as far as nothing is typed and it is known which setting it is.
///
/// # Errors
/// [`Refusal`] where the log cannot be read.
pub(super) async fn fill(site: &Site, act: &Act, typed: &mut Typed) -> Result<Now, Refusal> {
    let Some(setting) = Setting::of(act.name) else {
        return Ok(Now::default());
    };
    let store = site.open.open.store.as_ref();
    let history = closed_history(store, &StreamName::programme(), None).await?;
    let own = history.standing();
    let own = own.filter(|entry| entry.event().info().name == setting.event);
    let said: Vec<(&Entry, Map<String, Value>)> =
        own.map(|entry| (entry, entry.event().display())).collect();
    let Some(wanted) = setting.wanted(typed) else {
        let choices = choices(setting, &said);
        return Ok(Now {
            note: if choices.is_empty() {
                ""
            } else {
                note(setting.command, false)
            },
            choices,
            ..Now::default()
        });
    };
    let of_it = said.iter().map(|(_, event)| event);
    let of_it: Vec<_> = of_it
        .filter(|event| setting.which(event) == wanted)
        .collect();
    let Some(event) = holding(&of_it, site.today()) else {
        return Ok(Now::default());
    };
    let set_by = said.iter().rev().find(|(_, one)| one == event);
    let set_by = set_by.map(|(entry, _)| entry.recorded.metadata.command);
    let mut event = event.clone();
    if let Some(starts_on) = moved_to(&history)
        && event.contains_key("starts_on")
    {
        event.insert("starts_on".to_owned(), starts_on.to_string().into());
    }
    put(setting, act, (&event, site.today()), typed);
    Ok(Now {
        note: note(setting.command, true),
        set_by,
        ..Now::default()
    })
}

/// The fields that say which of several settings a form sets; none where it sets none.
pub(super) fn key_fields(command: &str) -> Option<Vec<String>> {
    let setting = Setting::of(command)?;
    Some(setting.keys.iter().map(|key| setting.asked(key)).collect())
}

/// Where the reader of a setting's form is told what was set before.
pub(super) fn history(signed_in: &SignedIn, command: &str) -> Option<&'static str> {
    Setting::of(command)?;
    let may = |action| signed_in.may(action, Subject::Ledger).is_ok();
    match (may(Action::ReviewLedger), may(Action::ManageAccounts)) {
        (true, _) => Some("/audit/rules#changes"),
        (false, true) => Some("/system#settings"),
        (false, false) => None,
    }
}

/// Fills the fields into which nothing is typed.
fn put(
    setting: &Setting,
    act: &Act,
    (event, today): (&Map<String, Value>, Day),
    typed: &mut Typed,
) {
    for field in act.fields.iter().filter(|field| field.name != "occurred") {
        let name = field.name.as_str();
        let is_key = setting.is_rule() && name == "rule.rule";
        if !text_of(typed, name).trim().is_empty() && !is_key {
            continue;
        }
        if let Some(texts) = setting.filled(event, name, today) {
            typed.retain(|(known, _)| known != name);
            typed.extend(texts.into_iter().map(|text| (name.to_owned(), text)));
        }
    }
}

/// The setting that holds on a day: the one set last of those that have begun, or else the first to come.
fn holding<'e>(events: &[&'e Map<String, Value>], today: Day) -> Option<&'e Map<String, Value>> {
    let begins = |event: &Map<String, Value>| {
        let from = event.get("from").and_then(Value::as_str);
        from.and_then(|from| from.parse::<Day>().ok())
    };
    let mut newest_first = events.iter().rev().copied();
    let begun = newest_first.find(|event| begins(event).is_none_or(|from| from <= today));
    begun.or_else(|| events.last().copied())
}

/// The first day of service, as it was moved last.
fn moved_to(history: &History) -> Option<Day> {
    let events = history.standing().filter_map(|entry| {
        if let Event::Programme(event) = entry.event() {
            Some(event)
        } else {
            None
        }
    });
    Settings::of(events).starts_on()
}

/// Each setting of the kind in its newest form, in the order in which they were first set.
fn choices(setting: &Setting, said: &[(&Entry, Map<String, Value>)]) -> Vec<(String, String)> {
    let mut newest: Vec<(Which, String, String)> = Vec::new();
    for (entry, event) in said {
        let which = which(entry.event());
        let words = render::sentence(entry.event(), entry.recorded.privacy, current());
        let path = setting.path(event);
        match newest.iter_mut().find(|(known, ..)| *known == which) {
            Some(known) => *known = (which, words, path),
            None => newest.push((which, words, path)),
        }
    }
    let newest = newest.into_iter().map(|(_, words, path)| (words, path));
    newest.collect()
}

/// The next version of a rule: a text that was adopted stays under its id.
fn next_version(id: &str) -> String {
    let (name, version) = id.split_once('@').unwrap_or((id, "1"));
    let next = version.parse::<u32>().unwrap_or(1).saturating_add(1);
    format!("{name}@{next}")
}

#[cfg(test)]
mod tests {
    use ledger_commands::Command;
    use ledger_core::event::ProgrammeEvent;

    use super::*;

    #[test]
    fn every_setting_names_a_command_an_event_and_fields_that_there_are() {
        for setting in ALL.iter().chain([&OPERATOR]) {
            let name = setting.command;
            let known = ProgrammeEvent::TYPES.iter();
            assert!(
                known.map(|info| info.name).any(|one| one == setting.event),
                "{name}"
            );
            let fields = Command::fields(name).unwrap();
            let has = |field: &str| fields.iter().any(|one| one.name == field);
            for key in setting.keys {
                assert!(has(&setting.asked(key)), "{name}: {key}");
            }
            for (field, _) in setting.called {
                assert!(has(field), "{name}: {field}");
            }
            assert!(has("occurred"), "{name}");
        }
    }

    #[test]
    fn a_rule_that_is_revised_gets_the_next_version() {
        assert_eq!(next_version("CR-1"), "CR-1@2");
        assert_eq!(next_version("CR-1@9"), "CR-1@10");
    }

    #[test]
    fn of_hours_those_hold_that_have_begun_although_later_ones_are_set() {
        let hours = |from: &str| Map::from_iter([("from".to_owned(), Value::from(from))]);
        let (now, later) = (hours("2024-04-01"), hours("2025-04-01"));
        let on = |day: &str| holding(&[&now, &later], day.parse().unwrap()).cloned();

        assert_eq!(on("2024-12-01"), Some(now.clone()));
        assert_eq!(on("2025-04-01"), Some(later.clone()));
        assert_eq!(on("2020-01-01"), Some(later.clone()), "none has begun");
    }
}
