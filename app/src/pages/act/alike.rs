//! Whoever would be registered twice is asked about once before that: somebody of the same name or kana and birth
//! date, or of a number that is taken for the new one.

use std::time::Duration;

use ledger_commands::Command;
use ledger_commands::command::RegisterChild;
use serde_json::{Map, Value};
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::numbering::{self, NUMBER};
use super::{Typed, put, text_of};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::pages::giving::{Fault, command_of};
use crate::pages::language::{current, listed, t};
use crate::pages::site::Site;
use crate::recording::{Identity, persons_alike};

/// The field in which a form carries whom was asked about, and for which name, birth date and number.
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
    let found = Found::of(site, &wanted).await;
    let about = found.about(typed).concat();
    let left = found.without_asked(typed);
    if left.is_nobody() {
        return None;
    }
    put(typed, ASKED, about);
    Some(left.fault())
}

/// Who is there already, by number, or by id where there is none.
struct Found {
    /// Who may be the same person.
    persons: Vec<String>,
    /// Whose numbers are taken for the new one.
    numbers: Vec<String>,
}

impl Found {
    /// Numbers are clear, and there whatever becomes of the names.
    async fn of(site: &Site, wanted: &RegisterChild) -> Self {
        let numbers = timeout(WITHIN, numbers(site, wanted)).await;
        let persons = timeout(WITHIN, persons(site, wanted)).await;
        let known = |found: Result<Result<Vec<String>, Failure>, Elapsed>| {
            let found = found.ok().and_then(Result::ok);
            if found.is_none() {
                tracing::warn!("whoever is there cannot be compared");
            }
            found.unwrap_or_default()
        };
        Self {
            persons: known(persons),
            numbers: known(numbers),
        }
    }

    /// What was not asked about yet.
    fn without_asked(self, typed: &Typed) -> Self {
        let asked = text_of(typed, ASKED);
        let [persons, numbers] = self.about(typed);
        let kept = |about: &str, all: Vec<String>| {
            let is_asked = asked.contains(about);
            if is_asked { Vec::new() } else { all }
        };
        Self {
            persons: kept(&persons, self.persons),
            numbers: kept(&numbers, self.numbers),
        }
    }

    /// What is asked about, of persons and of numbers; empty where nobody is there. Another name, birth date or number,
    /// or another person, is asked about anew.
    fn about(&self, typed: &Typed) -> [String; 2] {
        let [name, born, number] =
            [NAME, "birth_date", NUMBER].map(|field| text_of(typed, field).trim());
        let told = |all: &[String], of: &str| match all {
            [] => String::new(),
            all => format!("{of}: {};", all.join(" ")),
        };
        [
            told(&self.persons, &format!("{name} {born}")),
            told(&self.numbers, number),
        ]
    }

    const fn is_nobody(&self) -> bool {
        self.persons.is_empty() && self.numbers.is_empty()
    }

    fn fault(&self) -> Fault {
        let (persons, numbers) = (listed(&self.persons), listed(&self.numbers));
        let person = (!self.persons.is_empty()).then(|| match current() {
            Lang::Ja => format!("氏名（またはフリガナ）が同じで、生年月日も同じか近い（または不明な）方が {persons} として登録されています。同じ方なら登録せず、その方の記録を使ってください。"),
            Lang::En => format!("Somebody of the same name (or kana), born on the same day or near it (or nobody knows when), is registered as {persons}. If it is the same person, register nobody and use that record. "),
        });
        let number = (!self.numbers.is_empty()).then(|| match current() {
            Lang::Ja => format!("{numbers} が登録されているため、この番号では取り違えのおそれがあります。別の番号にしてください。"),
            Lang::En => format!("As {numbers} is registered, this number may be mistaken for it. Choose another. "),
        });
        let once_more = t(
            "このまま登録するときは、もう一度送ってください。",
            "To register it as it is, send this once more.",
        );
        let field = if person.is_some() { NAME } else { NUMBER };
        let said = [person, number].into_iter().flatten().collect::<String>();
        Fault::whole(format!("{said}{once_more}")).at(field, "")
    }
}

/// Who may be the same person.
async fn persons(site: &Site, wanted: &RegisterChild) -> Result<Vec<String>, Failure> {
    let kana = wanted.kana.as_deref();
    let Some(identity) = Identity::of(Some(&wanted.name), kana, wanted.birth_date) else {
        return Ok(Vec::new());
    };
    let held = Some((&site.names, site.now()));
    // A form that is sent twice finds whom it registered; of a number that is taken the ledger tells.
    let others = persons_alike(wanted.child, &identity, &site.open, held).await?;
    Ok(others.into_iter().map(|(_, number)| number).collect())
}

/// The numbers that are taken for the new one.
async fn numbers(site: &Site, wanted: &RegisterChild) -> Result<Vec<String>, Failure> {
    match &wanted.number {
        Some(number) => numbering::taken_for(site.open.open.store.as_ref(), number).await,
        None => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_has_the_fields_that_are_compared() {
        let fields = Command::fields(FORM).unwrap();
        for name in [NAME, NUMBER, "birth_date"] {
            assert!(fields.iter().any(|field| field.name == name), "{name}");
        }
        assert!(fields.iter().all(|field| field.name != ASKED));
    }

    #[test]
    fn each_is_asked_about_once_and_another_anew() {
        let typed = |name: &str, number: &str, asked: &str| -> Typed {
            [
                (NAME, name),
                ("birth_date", "2019-10-15"),
                (NUMBER, number),
                (ASKED, asked),
            ]
            .map(|(field, text)| (field.to_owned(), text.to_owned()))
            .into()
        };
        let owned = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect();
        let found = |persons: &[&str], numbers: &[&str]| Found {
            persons: owned(persons),
            numbers: owned(numbers),
        };
        let name = "見本　花子";
        let asked = found(&["C001"], &["C001"])
            .about(&typed(name, "1", ""))
            .concat();
        let left = |persons: &[&str], numbers: &[&str], now: (&str, &str)| {
            let typed = typed(now.0, now.1, &asked);
            let left = found(persons, numbers).without_asked(&typed);
            (left.persons.len(), left.numbers.len())
        };

        assert_eq!(left(&["C001"], &["C001"], (name, " 1 ")), (0, 0));
        // Another number says nothing new of the person.
        assert_eq!(left(&["C001"], &[], (name, "C109")), (0, 0));
        assert_eq!(left(&["C001"], &["C002"], (name, "2")), (0, 1));
        assert_eq!(left(&["C001"], &[], ("見本花子", "C109")), (1, 0));
        assert_eq!(left(&["C001", "C002"], &[], (name, "C109")), (2, 0));
    }
}
