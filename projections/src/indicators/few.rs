//! Figures about a small group of persons, by their age, their birth or their care: which of them tell of so few that
//! whoever sees values alone could make out who they are.

use super::fold::Amount;
use super::rules::{FewPersons, Rules};
use crate::settings::Settings;
use crate::small_cells::SHOWN_MIN;

/// Infants and those born under 1,000 g, of whom the figure tells what became.
const OF_INFANTS: [&str; 2] = ["E-3", "E-4"];

/// Whose plans those on a ventilator have: that one is in the wrong office's hands is to be seen, unless they are few.
const OF_VENTILATORS: &str = "D-7";

/// Whether an indicator's value is not told, by the rule that the ward adopted; until it did, it is not.
#[must_use]
pub fn is_of_few(indicator: &str, value: &Amount, settings: &Settings) -> bool {
    let Amount::Share { hits, of } = value else {
        return false;
    };
    let is_few = |count: i64| 0 < count && count < SHOWN_MIN;
    let tells = if OF_INFANTS.contains(&indicator) {
        is_few(*hits) || is_few(*of) || is_few(of.saturating_sub(*hits))
    } else {
        indicator == OF_VENTILATORS && is_few(*of)
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
    fn other_figures_of_few_are_told_as_they_stand() {
        let settings = Settings::default();

        assert!(!is_of_few("C-1", &share(3, 4), &settings));
        assert!(!is_of_few("E-3", &Amount::Count { count: 3 }, &settings));
    }
}
