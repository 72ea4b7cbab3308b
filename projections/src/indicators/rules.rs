//! The counting rules of domain.md 3.2: which reading of each family holds.

use crate::settings::Settings;

macro_rules! family {
    ($(#[$doc:meta])* $Family:ident { $($(#[$rdoc:meta])* $Reading:ident = $id:literal $(| $alias:literal)*,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $Family { $($(#[$rdoc])* $Reading,)+ }

        impl $Family {
            /// Every reading.
            pub const ALL: &'static [Self] = &[$(Self::$Reading),+];

            /// Id of the rule.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$Reading => $id,)+ }
            }

            /// The reading with an id, whatever its version.
            #[must_use]
            pub fn of_id(id: &str) -> Option<Self> {
                let id = id.split_once('@').map_or(id, |(id, _)| id);
                match id {
                    $($id $(| $alias)* => Some(Self::$Reading),)+
                    _ => None,
                }
            }
        }
    };
}

family! {
    /// How contacts are counted (延べ).
    Contacts {
        /// Each contact once, one about two siblings once by contact and twice by case.
        Each = "CR-延べ-1",
        /// At most one a case, a day and a kind of counterpart.
        PerCounterpart = "CR-延べ-2",
        /// At most one a case and a day.
        PerDay = "CR-延べ-3",
    }
}

family! {
    /// How persons are counted (実).
    Persons {
        /// Distinct persons after merges, anonymous ones beside.
        Canonical = "CR-実-1",
    }
}

family! {
    /// How home-living plans are counted (実プラン).
    Plans {
        /// Distinct persons whose first version was agreed in the year.
        FirstAgreed = "CR-実プラン" | "CR-実プラン-1",
    }
}

family! {
    /// How visits are counted (回).
    Visits {
        /// Every visit; a fifth one at a facility is shown as extra.
        Every = "CR-回" | "CR-回-1",
        /// At most four a facility.
        Capped = "CR-回-2",
    }
}

family! {
    /// How advisors in training are counted (名).
    Trainees {
        /// With a session in the year.
        Active = "CR-名" | "CR-名-1",
        /// Who completed in the year.
        Completed = "CR-名-2",
    }
}

family! {
    /// How disaster plans are counted (計画).
    DisasterPlans {
        /// Persons whose first plan was made in the year.
        New = "CR-計画" | "CR-計画-1",
        /// Those, and persons whose plan was verified with a guardian in the year.
        NewAndVerified = "CR-計画-2",
    }
}

family! {
    /// Whether figures about few persons are told (少数).
    FewPersons {
        /// Of a small group's figure what tells of 1 to 4 is withheld.
        Withheld = "CR-少数-1",
        /// It is told as it stands: 3 of 4.
        Told = "CR-少数-2",
    }
}

/// One reading of each family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// 延べ.
    pub contacts: Contacts,
    /// 実.
    pub persons: Persons,
    /// 実プラン.
    pub plans: Plans,
    /// 回.
    pub visits: Visits,
    /// 名.
    pub trainees: Trainees,
    /// 計画.
    pub disaster_plans: DisasterPlans,
    /// 少数.
    pub few_persons: FewPersons,
}

/// Indicators that rest on how the services are counted, whatever their own rule is: another reading of those rules
/// may come to something else in them, too.
pub const RESTING_ON_SERVICES: [&str; 4] = ["A-7", "A-8", "F-5", "H-3"];

impl Default for Rules {
    fn default() -> Self {
        Self {
            contacts: Contacts::Each,
            persons: Persons::Canonical,
            plans: Plans::FirstAgreed,
            visits: Visits::Every,
            trainees: Trainees::Active,
            disaster_plans: DisasterPlans::New,
            few_persons: FewPersons::Withheld,
        }
    }
}

impl Rules {
    /// The readings that hold: of each family the one adopted last, else the first one.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let adopted = settings.rules().iter().map(|rule| rule.rule.as_str());
        adopted.fold(Self::default(), Self::adopting)
    }

    /// The same with the reading of an id; an id of no family changes nothing.
    #[must_use]
    pub fn adopting(mut self, id: &str) -> Self {
        self.contacts = Contacts::of_id(id).unwrap_or(self.contacts);
        self.persons = Persons::of_id(id).unwrap_or(self.persons);
        self.plans = Plans::of_id(id).unwrap_or(self.plans);
        self.visits = Visits::of_id(id).unwrap_or(self.visits);
        self.trainees = Trainees::of_id(id).unwrap_or(self.trainees);
        self.disaster_plans = DisasterPlans::of_id(id).unwrap_or(self.disaster_plans);
        self.few_persons = FewPersons::of_id(id).unwrap_or(self.few_persons);
        self
    }

    /// Whether an id is one of the readings.
    #[must_use]
    pub fn knows(id: &str) -> bool {
        Contacts::of_id(id).is_some()
            || Persons::of_id(id).is_some()
            || Plans::of_id(id).is_some()
            || Visits::of_id(id).is_some()
            || Trainees::of_id(id).is_some()
            || DisasterPlans::of_id(id).is_some()
            || FewPersons::of_id(id).is_some()
    }

    /// The id that holds in place of a family's first one.
    #[must_use]
    pub fn in_force(&self, rule: &'static str) -> &'static str {
        let all = [
            (Contacts::Each.id(), self.contacts.id()),
            (Persons::Canonical.id(), self.persons.id()),
            (Plans::FirstAgreed.id(), self.plans.id()),
            (Visits::Every.id(), self.visits.id()),
            (Trainees::Active.id(), self.trainees.id()),
            (DisasterPlans::New.id(), self.disaster_plans.id()),
            (FewPersons::Withheld.id(), self.few_persons.id()),
        ];
        let found = all.iter().find(|(first, _)| *first == rule);
        found.map_or(rule, |(_, holds)| *holds)
    }
}
