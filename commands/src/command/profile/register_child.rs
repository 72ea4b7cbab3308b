//! Takes a person into the register.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Area;
use ledger_core::event::{ChildRegistered, Draft, ProfileEvent};
use ledger_core::id::{ChildId, LedgerId, StreamName};
use ledger_core::private::Private;
use ledger_core::time::{Day, Occurred};

use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::number::numbered;
use crate::rule::text::{given, kana};
use crate::rule::time;
use crate::state::{Birth, Child};

/// Takes a person into the register.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterChild {
    /// The person's new id; from the register number where there is one.
    pub child: ChildId,
    /// Register number.
    #[serde(default)]
    pub number: Option<String>,
    /// When the centre came to know the person.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Name.
    pub name: String,
    /// Name in kana.
    #[serde(default)]
    pub kana: Option<String>,
    /// Birth date, where it is known.
    #[serde(default)]
    pub birth_date: Option<Day>,
    /// Area in which the person lives.
    #[serde(default)]
    pub area: Option<Area>,
}

impl Single for RegisterChild {
    type State = Child;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::child(self.child)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.profile.registered.is_some() {
            return Err(Reason::AlreadyRegistered.on("child"));
        }
        let name = given(Some(&self.name)).ok_or(Reason::MissingValue.on("name"))?;
        let number = self.number.as_deref();
        let number = numbered(context.ledger, "child", number, self.child.uuid())?;
        time::occurred(self.occurred, context, "occurred")?;
        if let Some(date) = self.birth_date {
            time::fact_day(date, context, "birth_date")?;
        }
        let birth = Birth {
            date: self.birth_date,
            month: self.birth_date.and_then(|date| Occurred::Day(date).month()),
        };
        time::after_birth(&birth, self.occurred, "occurred")?;
        let registered = ChildRegistered {
            child: self.child,
            number,
            birth_month: birth.month,
            area: self.area,
            name: Private::Open(Some(name)),
            kana: kana(self.kana.as_deref(), "kana")?,
            birth_date: Private::Open(self.birth_date),
        };
        let event = ProfileEvent::Registered(registered);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
