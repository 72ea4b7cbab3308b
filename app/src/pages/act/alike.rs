//! Whoever would be registered twice is asked about once before that: somebody of the same name or kana and birth date.

use std::time::Duration;

use ledger_commands::Command;
use ledger_commands::command::RegisterChild;
use ledger_core::id::StreamName;
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::{Typed, text_of};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::names::{folded, name_of};
use crate::pages::giving::{Fault, command_of};
use crate::pages::language::{current, listed};
use crate::pages::site::Site;
use crate::reading::{history, number_of};

/// The field in which a form carries whom was asked about, and for which name and birth date.
pub(super) const ASKED: &str = "alike";
/// The form that registers somebody.
const FORM: &str = "register-child";
/// The field at which it is asked.
const NAME: &str = "name";
/// How long a form waits for the names: what was typed counts for more.
const WITHIN: Duration = Duration::from_secs(2);

/// That somebody of this name or kana and birth date is registered already, where nobody was asked about them before;
/// the form carries it from then on.
pub(super) async fn fault(
    site: &Site,
    name: &str,
    (typed, json): (&mut Typed, &Map<String, Value>),
) -> Option<Fault> {
    if name != FORM {
        return None;
    }
    let command = command_of(text_of(typed, "command"), json)?;
    let read = Command::read(Value::Object(json.clone()), site.open.ledger.id(), command);
    // What does not read is told when it is given to the ledger.
    let Ok(Command::RegisterChild(wanted)) = read else {
        return None;
    };
    let Ok(Ok(numbers)) = timeout(WITHIN, alike(site, &wanted)).await else {
        tracing::warn!("names cannot be compared");
        return None;
    };
    let about = about(typed, &numbers);
    if numbers.is_empty() || text_of(typed, ASKED) == about {
        return None;
    }
    typed.retain(|(field, _)| field != ASKED);
    typed.push((ASKED.to_owned(), about));
    let numbers = listed(&numbers);
    Some(
        Fault::whole(match current() {
            Lang::Ja => format!("同じ氏名（またはフリガナ）・生年月日の方が {numbers} として登録されています。同じ方なら登録せず、その方の記録を使ってください。別の方なら、もう一度送ってください。"),
            Lang::En => format!("Somebody of the same name (or kana) and date of birth is registered as {numbers}. If it is the same person, register nobody and use that record. If it is somebody else, send this once more."),
        })
        .at(NAME, ""),
    )
}

/// What is asked about: another name, another birth date or another person is asked about anew.
fn about(typed: &Typed, numbers: &[String]) -> String {
    let [name, born] = [NAME, "birth_date"].map(|field| text_of(typed, field).trim());
    format!("{name} {born} {}", numbers.join(" "))
}

/// Who was born on the same day and has the same name or kana, by number, or by id where there is none. Names are
/// compared and shown to nobody.
async fn alike(site: &Site, wanted: &RegisterChild) -> Result<Vec<String>, Failure> {
    let Some(born) = wanted.birth_date else {
        return Ok(Vec::new());
    };
    let own = compared(Some(&wanted.name), wanted.kana.as_deref());
    let born = site
        .names
        .find(&site.open, &born.to_string(), site.now())
        .await?;
    let store = site.open.open.store.as_ref();
    let mut numbers = Vec::new();
    for child in born.unwrap_or_default() {
        // A form that is sent twice finds whom it registered; of a number that is taken the ledger tells.
        if child == wanted.child {
            continue;
        }
        let stream = StreamName::child(child);
        let (name, kana) = name_of(&history(store, &site.open.codec, &stream, None).await?);
        let theirs = compared(name.as_deref(), kana.as_deref());
        if own.iter().any(|name| theirs.contains(name)) {
            let number = number_of(store, child).await?;
            numbers.push(number.unwrap_or_else(|| child.to_string()));
        }
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// Name and kana as they are compared: many type kana in the place of a name.
fn compared(name: Option<&str>, kana: Option<&str>) -> Vec<String> {
    let both = [name, kana].into_iter().flatten().map(folded);
    both.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_has_the_fields_that_are_compared() {
        let fields = Command::fields(FORM).unwrap();
        for name in [NAME, "birth_date"] {
            assert!(fields.iter().any(|field| field.name == name), "{name}");
        }
        assert!(fields.iter().all(|field| field.name != ASKED));
    }

    #[test]
    fn another_name_birth_date_or_person_is_asked_about_anew() {
        let about = |name: &str, born: &str, numbers: &[&str]| {
            let typed: Typed = [(NAME, name), ("birth_date", born)]
                .map(|(field, text)| (field.to_owned(), text.to_owned()))
                .into();
            let numbers: Vec<String> = numbers.iter().map(|&one| one.to_owned()).collect();
            about(&typed, &numbers)
        };
        let asked = about("見本　花子", "2019-10-15", &["C001"]);
        assert_eq!(asked, about(" 見本　花子 ", "2019-10-15", &["C001"]));
        assert_ne!(asked, about("見本花子", "2019-10-15", &["C001"]));
        assert_ne!(asked, about("見本　花子", "2019-10-16", &["C001"]));
        assert_ne!(asked, about("見本　花子", "2019-10-15", &["C001", "C002"]));
    }

    #[test]
    fn a_name_is_compared_with_kana_and_nothing_with_nothing() {
        let one = compared(Some("見本　花子"), Some("ミホン　ハナコ"));
        assert_eq!(one, compared(Some("見本花子"), Some("ﾐﾎﾝ ﾊﾅｺ")));
        assert!(one.contains(&compared(Some("みほん はなこ"), None).concat()));
        assert!(compared(None, Some("・")).is_empty());
    }
}
