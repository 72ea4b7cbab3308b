//! Figures about a small group of persons, by their age, birth or care, by how long they waited or what they answered:
//! which of them tell of so few that whoever sees values alone could make out who they are.

use super::fold::Amount;
use super::rules::{FewPersons, Rules};
use crate::settings::Settings;
use crate::small_cells::SHOWN_MIN;

/// Infants and those born under 1,000 g, of whom the figure tells what became.
const OF_INFANTS: [&str; 2] = ["E-3", "E-4"];

/// Whose plans those on a ventilator have: that one is in the wrong office's hands is to be seen, unless they are few.
const OF_VENTILATORS: &str = "D-7";

/// How long children waited: the median of a few is how long one of them did.
const OF_WAITS: [&str; 4] = ["B-1", "B-3", "B-4", "C-2"];

/// What families say of how they are: the mean of a few is what one of them answered.
const OF_ANSWERS: [&str; 2] = ["G-1", "G-2"];

/// Whether an indicator's value is not told, by the rule that the ward adopted; until it did, it is not.
#[must_use]
pub fn is_of_few(indicator: &str, value: &Amount, settings: &Settings) -> bool {
    let is_few = |count: i64| 0 < count && count < SHOWN_MIN;
    let tells = match value {
        Amount::Share { hits, of } if OF_INFANTS.contains(&indicator) => {
            is_few(*hits) || is_few(*of) || is_few(of.saturating_sub(*hits))
        },
        Amount::Share { of, .. } => indicator == OF_VENTILATORS && is_few(*of),
        Amount::Days { n, .. } => OF_WAITS.contains(&indicator) && is_few(*n),
        Amount::Mean { n, .. } => OF_ANSWERS.contains(&indicator) && is_few(*n),
        Amount::Count { .. }
        | Amount::Yen { .. }
        | Amount::YenOf { .. }
        | Amount::YenEach { .. }
        | Amount::Change { .. }
        | Amount::PerFte { .. } => false,
    };
    tells && Rules::of(settings).few_persons == FewPersons::Withheld
}

#[cfg(test)]
mod tests {
    use ledger_core::event::{CountingRuleAdopted, ProgrammeEvent};

    use super::*;

    fn share(hits: i64, of: i64) -> Amount {
        Amount::Share { hits, of }
    }

    fn adopted(rule: &str) -> Settings {
        let adopted = CountingRuleAdopted {
            rule: rule.to_owned(),
            text_ja: "少人数の数も示す。".to_owned(),
            text_en: "Small numbers are told.".to_owned(),
            stated: true,
        };
        Settings::of([&ProgrammeEvent::CountingRuleAdopted(adopted)])
    }

    #[test]
    fn one_infant_of_one_is_not_told_until_the_ward_adopts_it() {
        for id in ["E-3", "E-4"] {
            let few = |hits, of| is_of_few(id, &share(hits, of), &Settings::default());
            assert!(few(1, 1) && few(4, 20) && few(20, 22), "{id}");
            assert!(
                !few(0, 0) && !few(5, 10) && !few(8, 8) && !few(0, 7),
                "{id}"
            );
            assert!(!is_of_few(id, &share(1, 1), &adopted("CR-少数-2")), "{id}");
            assert!(is_of_few(id, &share(1, 1), &adopted("CR-少数-1")), "{id}");
        }
    }

    #[test]
    fn a_plan_in_the_wrong_office_is_told_unless_few_are_on_a_ventilator() {
        let few = |hits, of| is_of_few("D-7", &share(hits, of), &Settings::default());

        assert!(few(1, 1) && few(0, 4));
        assert!(!few(4, 5) && !few(18, 20));
    }

    #[test]
    fn the_median_of_a_few_waits_is_not_told() {
        let few = |id, n| {
            let waits = Amount::Days {
                median_tenths: Some(120),
                p90: None,
                n,
            };
            is_of_few(id, &waits, &Settings::default())
        };

        assert!(few("B-1", 1) && few("B-3", 2) && few("B-4", 4) && few("C-2", 3));
        assert!(!few("B-4", 5) && !few("B-4", 0));
        assert!(!few("J-2", 1), "recommendations are no persons");
    }

    #[test]
    fn the_mean_of_a_few_answers_is_not_told() {
        let few = |id, n| {
            let mean = Amount::Mean {
                hundredths: Some(-150),
                n,
            };
            is_of_few(id, &mean, &Settings::default())
        };

        assert!(few("G-1", 1) && few("G-2", 4));
        assert!(!few("G-1", 5) && !few("F-1", 2), "nurses answer for F-1");
    }

    #[test]
    fn other_figures_of_few_are_told_as_they_stand() {
        let settings = Settings::default();

        assert!(!is_of_few("C-1", &share(3, 4), &settings));
        assert!(!is_of_few("E-3", &Amount::Count { count: 3 }, &settings));
    }
}
