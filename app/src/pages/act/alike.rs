//! Whoever would be registered twice is asked about once before that: somebody of the same name or kana and birth
//! date, or of a number that is taken for the new one.

use std::time::Duration;

use ledger_commands::Command;
use ledger_commands::command::RegisterChild;
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::numbering::{self, NUMBER};
use super::{Typed, text_of};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::pages::giving::{Fault, command_of};
use crate::pages::language::{current, listed, t};
use crate::pages::site::Site;
use crate::recording::{Identity, persons_alike};

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
    let Ok(Ok(found)) = timeout(WITHIN, Found::of(site, &wanted)).await else {
        tracing::warn!("names cannot be compared");
        return None;
    };
    let about = found.about(typed);
    if found.is_nobody() || text_of(typed, ASKED) == about {
        return None;
    }
    typed.retain(|(field, _)| field != ASKED);
    typed.push((ASKED.to_owned(), about));
    Some(found.fault())
}

/// Who is there already, by number, or by id where there is none.
struct Found {
    /// Who may be the same person.
    persons: Vec<String>,
    /// Whose numbers are taken for the new one.
    numbers: Vec<String>,
}

impl Found {
    async fn of(site: &Site, wanted: &RegisterChild) -> Result<Self, Failure> {
        let store = site.open.open.store.as_ref();
        let identity = Identity::of(
            Some(&wanted.name),
            wanted.kana.as_deref(),
            wanted.birth_date,
        );
        // A form that is sent twice finds whom it registered; of a number that is taken the ledger tells.
        let persons = match identity {
            Some(identity) => persons_alike(wanted.child, &identity, &site.open).await?,
            None => Vec::new(),
        };
        Ok(Self {
            persons: persons.into_iter().map(|(_, number)| number).collect(),
            numbers: match &wanted.number {
                Some(number) => numbering::taken_for(store, number).await?,
                None => Vec::new(),
            },
        })
    }

    const fn is_nobody(&self) -> bool {
        self.persons.is_empty() && self.numbers.is_empty()
    }

    /// What is asked about: another name, birth date or number, or another person, is asked about anew.
    fn about(&self, typed: &Typed) -> String {
        let [name, born] = [NAME, "birth_date"].map(|field| text_of(typed, field).trim());
        let persons = format!("{name} {born} {}", self.persons.join(" "));
        if self.numbers.is_empty() {
            return persons;
        }
        let number = text_of(typed, NUMBER).trim();
        format!("{persons} {number} {}", self.numbers.join(" "))
    }

    fn fault(&self) -> Fault {
        let (persons, numbers) = (listed(&self.persons), listed(&self.numbers));
        let person = (!self.persons.is_empty()).then(|| match current() {
            Lang::Ja => format!("同じ氏名（またはフリガナ）・生年月日の方が {persons} として登録されています。同じ方なら登録せず、その方の記録を使ってください。"),
            Lang::En => format!("Somebody of the same name (or kana) and date of birth is registered as {persons}. If it is the same person, register nobody and use that record. "),
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
    fn another_name_birth_date_number_or_person_is_asked_about_anew() {
        let about = |name: &str, born: &str, persons: &[&str], number: (&str, &[&str])| {
            let typed: Typed = [(NAME, name), ("birth_date", born), (NUMBER, number.0)]
                .map(|(field, text)| (field.to_owned(), text.to_owned()))
                .into();
            let owned = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect();
            let (persons, numbers) = (owned(persons), owned(number.1));
            Found { persons, numbers }.about(&typed)
        };
        let (name, born, own) = ("見本　花子", "2019-10-15", ["C001"].as_slice());
        let asked = about(name, born, own, ("C109", &[]));
        assert_eq!(asked, about(" 見本　花子 ", born, own, ("C110", &[])));
        assert_ne!(asked, about("見本花子", born, own, ("C109", &[])));
        assert_ne!(asked, about(name, "2019-10-16", own, ("C109", &[])));
        assert_ne!(asked, about(name, born, &["C001", "C002"], ("C109", &[])));
        let asked = about(name, born, own, ("1", &["C001"]));
        assert_ne!(asked, about(name, born, own, ("2", &["C001"])));
        assert_ne!(asked, about(name, born, own, ("1", &["C01"])));
    }
}
