//! Changes one field of a person's profile.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Area, ProfileField};
use ledger_core::event::{Draft, ProfileChanged, ProfileEvent};
use ledger_core::id::ChildId;
use ledger_core::private::Private;
use ledger_core::time::{Day, Occurred};

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::{given, kana};
use crate::rule::time;
use crate::state::Child;

/// Changes one field of a person's profile; the old value must be the current one.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeProfile {
    /// The person.
    pub child: ChildId,
    /// Since when the new value holds.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The field.
    pub field: ProfileField,
    /// The value before: an area by its code, a date as ISO 8601 (read from terms and notations);
    /// none where it was empty.
    #[serde(default)]
    pub old: Option<String>,
    /// The value now; none empties the field.
    #[serde(default)]
    pub new: Option<String>,
}

impl Act for ChangeProfile {
    about_child!();

    fn act(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let current = child.profile.value(self.field);
        let old = given(self.old.as_deref());
        let new = self.new_value()?;
        if old != current {
            return Err(Reason::StaleValue.on("old"));
        }
        if new == current {
            return Err(Reason::NothingChanges.on("new"));
        }
        let changed = ProfileChanged {
            field: self.field,
            area: self.area(new.as_deref())?,
            birth_month: self.birth_month(new.as_deref(), child, context)?,
            old: Private::Open(old),
            new: Private::Open(new),
        };
        let event = ProfileEvent::Changed(changed);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}

impl ChangeProfile {
    /// The new value in the form in which it is stored.
    fn new_value(&self) -> Result<Option<String>, Rejection> {
        let new = self.new.as_deref();
        if self.field == ProfileField::Kana {
            return Ok(kana(new, "new")?.open().cloned().flatten());
        }
        Ok(given(new))
    }

    fn area(&self, new: Option<&str>) -> Result<Option<Area>, Rejection> {
        match (self.field, new) {
            (ProfileField::Area, Some(code)) => {
                let area = code.parse().map_err(|_| Reason::UnknownCode.on("new"))?;
                Ok(Some(area))
            },
            (ProfileField::Name, None) => Err(Reason::MissingValue.on("new")),
            _ => Ok(None),
        }
    }

    fn birth_month(
        &self,
        new: Option<&str>,
        child: &Child,
        context: &Context,
    ) -> Result<Option<String>, Rejection> {
        let (ProfileField::BirthDate, Some(date)) = (self.field, new) else {
            return Ok(None);
        };
        let date: Day = date.parse().map_err(|_| Reason::NotADate.on("new"))?;
        time::fact_day(date, context, "new")?;
        if child.registered_on().is_some_and(|since| since < date) {
            return Err(Reason::OccurredBeforeBirth.on("new"));
        }
        Ok(Occurred::Day(date).month())
    }
}
