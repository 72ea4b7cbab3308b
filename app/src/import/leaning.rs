//! Remembers which rows were refused in this run, for the rows that lean on them.

use std::collections::HashSet;

use ledger_commands::{Reason, Rejection};
use ledger_core::code::Register;
use ledger_core::text::{normal, register_number};

use super::record::cells_of_line;
use super::refusal::Refusal;
use super::rejects::columns_of;

/// The cells by which rows lean on each other, in normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaning {
    person: Option<String>,
    plan: Option<String>,
    version: Option<u32>,
    begins: bool,
}

impl Leaning {
    /// Looks at a row's cells as they were read, whether or not the row can be taken.
    pub fn of<'a>(cells: impl Iterator<Item = (&'static str, &'a str)>) -> Self {
        let mut leaning = Self::default();
        for (column, cell) in cells {
            let number = || Some(register_number(cell)).filter(|number| !number.is_empty());
            match column {
                "対象者番号" => leaning.person = number(),
                "プラン番号" | "計画番号" => leaning.plan = number(),
                "版" => leaning.version = normal(cell).parse().ok(),
                "区分" => leaning.begins = normal(cell) == "新規",
                _ => {},
            }
        }
        leaning
    }

    /// Looks at the text of a row that was kept because its fields were too few or too many, as far
    /// as its cells stand in the order of the register's columns.
    #[must_use]
    pub fn of_text(register: Register, text: &str) -> Self {
        let cells = cells_of_line(text.lines().next().unwrap_or_default());
        let columns = columns_of(register).iter().copied();
        Self::of(columns.zip(cells.iter().map(String::as_str)))
    }
}

/// What was refused in this run.
#[derive(Debug, Default)]
pub struct Refused {
    all_persons: bool,
    things: HashSet<String>,
}

impl Refused {
    /// The whole register of persons was refused.
    pub const fn all_persons(&mut self) {
        self.all_persons = true;
    }

    /// Remembers a refused row.
    pub fn add(&mut self, register: Register, row: &Leaning) {
        self.things.extend(thing(register, row));
    }

    /// The refusal of a row by the ledger's rules: where it only follows from another row's
    /// refusal, it says so.
    #[must_use]
    pub fn explain(&self, register: Register, row: &Leaning, rejection: Rejection) -> Refusal {
        let reason = rejection.reason;
        let (column, refused) = if reason == Reason::UnknownPerson {
            let person = row.person.as_ref().map(|number| format!("person:{number}"));
            let known = person.is_some_and(|person| self.things.contains(&person));
            ("対象者番号", known || self.all_persons)
        } else if reason == Reason::VersionWithoutPredecessor {
            let before = Leaning {
                version: row.version.and_then(|version| version.checked_sub(1)),
                ..row.clone()
            };
            ("版", self.holds(register, &before))
        } else if reason == Reason::PlanNotFound {
            let first = Leaning {
                begins: true,
                version: Some(1),
                ..row.clone()
            };
            let column = if register == Register::SupportPlans {
                "プラン番号"
            } else {
                "計画番号"
            };
            (column, self.holds(register, &first))
        } else {
            ("", false)
        };
        if refused {
            Refusal::predecessor_rejected(column)
        } else {
            rejection.into()
        }
    }

    fn holds(&self, register: Register, row: &Leaning) -> bool {
        thing(register, row).is_some_and(|thing| self.things.contains(&thing))
    }
}

/// What other rows may lean on in a row.
fn thing(register: Register, row: &Leaning) -> Option<String> {
    match register {
        Register::Children => row.person.as_ref().map(|number| format!("person:{number}")),
        Register::SupportPlans => {
            let (plan, version) = (row.plan.as_ref()?, row.version?);
            Some(format!("version:{plan}:{version}"))
        },
        Register::DisasterPlans => {
            let plan = row.plan.as_ref().filter(|_| row.begins)?;
            Some(format!("plan:{plan}"))
        },
        Register::Consultations
        | Register::Referrals
        | Register::FacilitySupport
        | Register::AdvisorTraining => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(&'static str, &'static str)]) -> Leaning {
        Leaning::of(cells.iter().copied())
    }

    fn code(
        refused: &Refused,
        register: Register,
        leaning: &Leaning,
        reason: Reason,
    ) -> &'static str {
        refused.explain(register, leaning, reason.into()).code
    }

    #[test]
    fn a_row_of_a_refused_person_follows_from_that() {
        let mut refused = Refused::default();
        refused.add(Register::Children, &row(&[("対象者番号", " ｃ００１")]));
        let of = |number| row(&[("対象者番号", number)]);
        let explain = |number| {
            code(
                &refused,
                Register::Consultations,
                &of(number),
                Reason::UnknownPerson,
            )
        };

        assert_eq!(explain("C001"), "PREDECESSOR_REJECTED");
        assert_eq!(explain("C002"), "UNKNOWN_PERSON");
    }

    #[test]
    fn the_kept_text_of_a_row_says_what_leans_on_it() {
        let mut refused = Refused::default();
        let kept = Leaning::of_text(Register::Children, "C1,見本,\"ミホン");
        refused.add(Register::Children, &kept);
        let of = row(&[("対象者番号", "C1")]);

        let reason = Reason::UnknownPerson;
        let code = code(&refused, Register::Referrals, &of, reason);

        assert_eq!(code, "PREDECESSOR_REJECTED");
    }

    #[test]
    fn a_version_after_a_refused_one_follows_from_that() {
        let mut refused = Refused::default();
        let version = |version| row(&[("プラン番号", "P1"), ("版", version)]);
        refused.add(Register::SupportPlans, &version("２"));
        let reason = Reason::VersionWithoutPredecessor;
        let explain = |n| code(&refused, Register::SupportPlans, &version(n), reason);

        assert_eq!(explain("3"), "PREDECESSOR_REJECTED");
        assert_eq!(explain("5"), "VERSION_WITHOUT_PREDECESSOR");
    }

    #[test]
    fn a_verification_of_a_refused_plan_follows_from_that() {
        let mut refused = Refused::default();
        let step = |step| row(&[("計画番号", "D1"), ("区分", step)]);
        let register = Register::DisasterPlans;
        refused.add(register, &step("検証"));
        let reason = Reason::PlanNotFound;
        assert_eq!(
            code(&refused, register, &step("検証"), reason),
            "PLAN_NOT_FOUND"
        );

        refused.add(register, &step("新規"));

        assert_eq!(
            code(&refused, register, &step("検証"), reason),
            "PREDECESSOR_REJECTED"
        );
    }
}
