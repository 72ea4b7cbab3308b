//! Collects the events of one row about one person, each checked and flagged like every fact.

use ledger_core::code::Flag;
use ledger_core::event::{Draft, Event};
use ledger_core::time::{Day, Occurred};

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::Child;

/// The column that names the person.
pub(super) const PERSON: &str = "対象者番号";

/// The events of one row about one person.
pub(super) struct Facts<'a> {
    child: &'a Child,
    context: &'a Context,
    drafts: Vec<Draft>,
}

impl<'a> Facts<'a> {
    /// Facts about a person who must be registered.
    pub(super) fn about(child: &'a Child, context: &'a Context) -> Result<Self, Rejection> {
        if child.profile.registered.is_none() {
            return Err(Reason::UnknownPerson.on(PERSON));
        }
        Ok(Self {
            child,
            context,
            drafts: Vec::new(),
        })
    }

    /// Checks a day of the row: not in the future, not before the birth.
    pub(super) fn check(&self, day: Option<Day>, column: &'static str) -> Result<(), Rejection> {
        let Some(day) = day else {
            return Ok(());
        };
        time::fact_day(day, self.context, column)?;
        time::after_birth(&self.child.profile.birth, Occurred::Day(day), column)
    }

    /// Adds an event; one before the person's registration is flagged.
    pub(super) fn add(&mut self, event: impl Into<Event>, occurred: Occurred, flags: &[Flag]) {
        let mut draft = Draft::new(event, occurred);
        for flag in flags {
            draft = draft.flagged(*flag);
        }
        let early = matches!(
            (occurred.day(), self.child.registered_on()),
            (Some(day), Some(registered)) if day < registered
        );
        if early {
            draft = draft.flagged(Flag::BeforeRegistration);
        }
        self.drafts.push(draft);
    }

    /// Adds an event without a date of its own, which stands at `day`.
    pub(super) fn add_undated(
        &mut self,
        event: impl Into<Event>,
        day: Option<Day>,
        flags: &[Flag],
    ) {
        self.add(event, Occurred::Unknown, flags);
        if let Some(draft) = self.drafts.last_mut() {
            draft.stands_on = day;
        }
    }

    /// Adds a correction, made elsewhere.
    pub(super) fn add_draft(&mut self, draft: Option<Draft>) {
        self.drafts.extend(draft);
    }

    /// The events; what was found while reading the row's cells stands on the first.
    pub(super) fn done(self, found: &[Flag]) -> Vec<Draft> {
        with_flags(self.drafts, found)
    }
}

/// Puts what was found while reading a row's cells on its first event.
pub(super) fn with_flags(mut drafts: Vec<Draft>, found: &[Flag]) -> Vec<Draft> {
    if let Some(first) = drafts.first_mut() {
        for flag in found {
            if !first.flags.contains(flag) {
                first.flags.push(*flag);
            }
        }
    }
    drafts
}

/// `flag` where `wrong` holds, to be collected.
pub(super) fn flag_if(wrong: bool, flag: Flag) -> Option<Flag> {
    wrong.then_some(flag)
}
