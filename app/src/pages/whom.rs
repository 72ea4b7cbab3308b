//! Whom a form is about, told at its top: number, name and day of birth. That a name is opened is recorded first.

use std::time::Duration;

use ledger_commands::{Envelope, ExecuteError};
use ledger_core::code::Area;
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::id::{ChildId, CommandId, StreamName};
use ledger_core::time::{Day, age_on};
use ledger_projections::timeline::area;
use ledger_projections::work_list::birth_date;

use super::door::SignedIn;
use super::language::{current, t};
use super::numbers::whose;
use super::site::Site;
use crate::failure::Failure;
use crate::fault::execute_failure;
use crate::lang::Lang;
use crate::names::name_of;
use crate::reading::{number_of, opened_history};
use crate::render;

/// How long a form waits for a name: what was typed counts for more.
const WITHIN: Duration = Duration::from_secs(1);
/// Most persons who are told.
pub(super) const MOST: usize = 10;

/// Somebody whom a form is about.
pub(super) struct Whom {
    /// As what: the person, or in which field they are named.
    pub(super) label: String,
    /// Register number.
    pub(super) number: String,
    /// By what they were named.
    pub(super) given: String,
    /// What the list of children says, where the name is closed and that was looked up; else empty.
    pub(super) listed: String,
    name: Name,
    today: Day,
}

/// A person's name, for whoever may open it.
enum Name {
    Opened(Called),
    /// It is for those in charge.
    Closed,
    /// The ledger does not answer.
    Unread,
}

/// What a person is called, with the day of birth.
pub(super) struct Called {
    pub(super) name: String,
    pub(super) born: Option<Day>,
    /// Where they live, where that is told.
    area: Option<Area>,
}

impl Called {
    /// What a record says of it that was opened.
    pub(super) fn of(history: &History) -> Self {
        let (name, kana) = name_of(history);
        let area = history.standing().filter_map(|entry| area(entry.event()));
        Self {
            area: area.last(),
            ..Self::named(name, kana, birth_date(history))
        }
    }

    /// The same of what was told of it elsewhere.
    pub(super) fn named(name: Option<String>, kana: Option<String>, born: Option<Day>) -> Self {
        let kana = kana.map(|kana| format!("{}{kana}{}", t("（", " ("), t("）", ")")));
        let name =
            name.unwrap_or_else(|| t("氏名の記録はありません", "No name is recorded").to_owned());
        Self {
            name: [Some(name), kana].into_iter().flatten().collect(),
            born,
            area: None,
        }
    }
}

impl Whom {
    /// Somebody whose record was opened.
    pub(super) fn opened(number: String, called: Called, today: Day) -> Self {
        Self {
            label: t("対象者", "Child").to_owned(),
            given: number.clone(),
            number,
            listed: String::new(),
            name: Name::Opened(called),
            today,
        }
    }

    /// The name, where it is opened.
    pub(super) fn name(&self) -> Option<&str> {
        match &self.name {
            Name::Opened(called) => Some(&called.name),
            Name::Closed | Name::Unread => None,
        }
    }

    /// The day of birth, where it is opened and recorded.
    const fn born_on(&self) -> Option<Day> {
        match &self.name {
            Name::Opened(called) => called.born,
            Name::Closed | Name::Unread => None,
        }
    }

    /// Where they live, where that is opened and recorded.
    const fn lives_in(&self) -> Option<Area> {
        match &self.name {
            Name::Opened(called) => called.area,
            Name::Closed | Name::Unread => None,
        }
    }

    /// What stands behind it: the day of birth with the age, or why there is no name.
    pub(super) fn rest(&self) -> String {
        match &self.name {
            Name::Opened(called) => self.born(called.born),
            Name::Closed => {
                let closed = t(
                    "（氏名は、担当ではないため表示しません）",
                    " (the name is not shown, as you are not in charge)",
                );
                format!("{closed}{}", self.listed)
            },
            Name::Unread => t(
                "（氏名を読み込めませんでした）",
                " (the name could not be read)",
            )
            .to_owned(),
        }
    }

    fn born(&self, born: Option<Day>) -> String {
        let Some(born) = born else {
            return String::new();
        };
        let years = age_on(born, self.today).map(|age| age.years);
        let day = render::day(born, current());
        match (current(), years) {
            (Lang::Ja, Some(years)) => format!("　{day}生（{years}歳）"),
            (Lang::En, Some(years)) => format!(", born {born}, age {years}"),
            (Lang::Ja, None) => format!("　{day}生"),
            (Lang::En, None) => format!(", born {born}"),
        }
    }
}

/// What is worth a look before two cases become one: that they tell different days of birth, or areas.
pub(super) fn differing(whom: &[Whom]) -> Option<String> {
    let born = differ(whom.iter().filter_map(Whom::born_on)).then(|| {
        t(
            "生年月日が異なります。別の人ではないか、もう一度確かめてください。",
            "Their days of birth differ. Make sure that they are not two persons. ",
        )
    });
    // Where the person lives is what was said last, in either (decision record 35).
    let lives = differ(whom.iter().filter_map(Whom::lives_in)).then(|| {
        t(
            "総合支所が異なります。統合すると、後から記録された総合支所になります。違うときは、統合のあとで総合支所の変更を記録してください。",
            "Their areas differ. Once merged, the one that was recorded last holds. If it is wrong, record the change of area after the merge.",
        )
    });
    let said: String = born.into_iter().chain(lives).collect();
    (!said.is_empty()).then_some(said)
}

fn differ<T: PartialEq>(mut all: impl Iterator<Item = T>) -> bool {
    let first = all.next();
    all.any(|other| Some(other) != first)
}

/// Who is named by these numbers or ids, each as what; whoever is not in the ledger is told by the form's faults.
pub(super) async fn whom(
    site: &Site,
    signed_in: &SignedIn,
    named: Vec<(String, String)>,
) -> Vec<Whom> {
    let mut all = Vec::new();
    let mut answers = true;
    for (label, given) in named.into_iter().take(MOST) {
        let found = async {
            if !answers {
                return None;
            }
            let found = tokio::time::timeout(WITHIN, one(site, signed_in, &given)).await;
            found.ok()?.ok()
        };
        let (number, name) = match found.await {
            Some(Some(found)) => found,
            Some(None) => continue,
            None => {
                answers = false;
                tracing::warn!("a name cannot be opened");
                (given.clone(), Name::Unread)
            },
        };
        all.push(Whom {
            label,
            number,
            given,
            listed: String::new(),
            name,
            today: site.today(),
        });
    }
    all
}

/// The number and name of whom a number or id names; none where nobody has it.
async fn one(
    site: &Site,
    signed_in: &SignedIn,
    given: &str,
) -> Result<Option<(String, Name)>, Failure> {
    let Some(child) = whose(site, given).await? else {
        return Ok(None);
    };
    let number = number_of(site.open.open.store.as_ref(), child).await?;
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let called = called(site, &envelope, child).await?;
    let name = called.map_or(Name::Closed, Name::Opened);
    Ok(Some((number.unwrap_or_else(|| child.to_string()), name)))
}

/// What a person is called; that it is opened is recorded first. None for whoever may not open it.
///
/// # Errors
/// [`Failure`] when that cannot be recorded, and then nothing is read; when the log or a key fails.
pub(super) async fn called(
    site: &Site,
    envelope: &Envelope,
    child: ChildId,
) -> Result<Option<Called>, Failure> {
    let stream = StreamName::child(child);
    // Each opening is a command of its own.
    let envelope = Envelope {
        command: CommandId::new(envelope.command.made(stream.as_str())),
        ..envelope.clone()
    };
    let ledger = &site.open.ledger;
    let looked = ledger.record_access(&stream, AccessPurpose::Search, &envelope);
    match looked.await {
        Ok(_) => {},
        Err(ExecuteError::Rejected(_)) => return Ok(None),
        Err(error) => return Err(execute_failure(&error)),
    }
    let history = opened_history(&site.open, &stream).await?;
    Ok(Some(Called::of(&history)))
}
