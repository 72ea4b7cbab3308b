//! The event that is amended, opened, and what can be done about it.

use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_commands::command::fields_of_event;
use ledger_commands::{Receipt, can_be_corrected, stays_as_written};
use ledger_core::event::{AccessPurpose, CommitteeEvent, Event, ProfileEvent, Recorded};
use ledger_core::history::{Entry, History, Standing};
use ledger_core::id::ChildId;
use ledger_core::store::StoredEvent;

use crate::fault::execute_failure;
use crate::pages::act::{Typed, text_of};
use crate::pages::committee;
use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::giving::told_of_nobody;
use crate::pages::language::{current, t};
use crate::pages::noticed::recorded_with;
use crate::pages::person::emergency;
use crate::pages::shown::told_apart;
use crate::pages::site::Site;
use crate::pages::whom::{Called, Whom, whom};
use crate::reading::{closed_history, find_event, history};
use crate::render;

/// What can be done about an event.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Correct,
    Annul,
    Reassign,
    Reverse,
}

impl Act {
    const ALL: [Self; 4] = [Self::Correct, Self::Annul, Self::Reassign, Self::Reverse];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Annul => "annul",
            Self::Reassign => "reassign",
            Self::Reverse => "reverse",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Correct => t("内容を訂正する", "Correct the content"),
            Self::Annul => t("取り消す（なかったこと）", "Annul (it did not happen)"),
            Self::Reassign => t("別の方の記録に付け替える", "Reassign to another child"),
            Self::Reverse => t("取消しを撤回する", "Reverse the annulment"),
        }
    }

    pub(super) const fn command(self) -> &'static str {
        match self {
            Self::Correct => "correct-event",
            Self::Annul => "annul-event",
            Self::Reassign => "reassign-event",
            Self::Reverse => "reverse-annulment",
        }
    }

    /// Whether it can be done about an event as it stands.
    fn fits(self, about: &About) -> bool {
        let event = &about.entry.recorded.event;
        let stands = about.entry.stands() && !stays_as_written(event);
        match self {
            // What is corrected is shown, so it has to be opened, and be for whoever looks.
            Self::Correct => {
                let has_form = fields_of_event(about.event().info().name).is_some();
                let is_shown = !about.is_closed && about.reads_events;
                stands && can_be_corrected(event) && has_form && is_shown
            },
            Self::Annul => stands,
            Self::Reassign => stands && about.child().is_some(),
            Self::Reverse => about.is_annulled(),
        }
    }
}

/// The event that is amended, opened, with its stream.
pub(super) struct About {
    pub(super) stored: StoredEvent,
    pub(super) entry: Entry,
    /// The whole record, which tells what a person is called.
    history: History,
    /// Whether its text stays closed: somebody takes back what they recorded for whom they are not in charge of.
    pub(super) is_closed: bool,
    /// Whether whoever looks reads events. The committee does not, and takes its own back: a form with the content
    /// would tell it what pages withhold, as the figures of a meeting's materials.
    reads_events: bool,
}

impl About {
    pub(super) fn event(&self) -> &Event {
        self.entry.event()
    }

    pub(super) fn child(&self) -> Option<ChildId> {
        self.stored.stream.as_child()
    }

    fn is_annulled(&self) -> bool {
        matches!(self.entry.standing, Standing::Annulled { .. })
    }

    /// What can be done about it.
    pub(super) fn acts(&self) -> impl Iterator<Item = Act> {
        Act::ALL.into_iter().filter(|act| act.fits(self))
    }

    /// The act of a code, where it can be done.
    pub(super) fn act(&self, code: &str) -> Option<Act> {
        self.acts().find(|act| act.code() == code)
    }

    /// What else was recorded at once with it, as a promise is with its consultation, each with the way to do the same
    /// with it: it stays where it is.
    pub(super) fn together(&self, act: Act) -> Vec<(String, String)> {
        let is_moved = matches!(act, Act::Annul | Act::Reassign);
        let others = recorded_with(&self.history, &self.entry.recorded);
        let ways = others.filter(|_| is_moved).map(|one| {
            let title = render::event_title(one.event.info().name, current());
            let position = one.position;
            let path = format!("/events/{position}/amend?act={}", act.code());
            (path, format!("{title} #{position}"))
        });
        ways.collect()
    }

    /// The event that corrected it last; empty where none did.
    pub(super) fn latest(&self) -> String {
        let latest = self.entry.corrections.last();
        latest.map_or_else(String::new, |latest| latest.by.to_string())
    }

    /// Whose record it is, and whose it is to become.
    pub(super) async fn persons(
        &self,
        site: &Site,
        signed_in: &SignedIn,
        (act, typed): (Act, &Typed),
    ) -> Vec<Whom> {
        let Some(child) = self.child() else {
            return Vec::new();
        };
        let number = self.number().unwrap_or_else(|| child.to_string());
        let mut all = if self.is_closed {
            let own = (t("対象者", "Child").to_owned(), number);
            whom(site, signed_in, vec![own]).await
        } else {
            vec![Whom::opened(
                number,
                Called::of(&self.history),
                site.today(),
            )]
        };
        let to = text_of(typed, "to").trim();
        if act == Act::Reassign && !to.is_empty() {
            let label = t("付替え先の対象者", "Child to whom it is reassigned").to_owned();
            all.extend(whom(site, signed_in, vec![(label, to.to_owned())]).await);
        }
        told_apart(site, &mut all).await;
        all
    }

    /// The register number with which the record begins.
    fn number(&self) -> Option<String> {
        let first = self.history.entries().first()?;
        let Event::Profile(ProfileEvent::Registered(registered)) = &first.recorded.event else {
            return None;
        };
        registered.number.clone()
    }

    /// Where it is told that an amendment of it is recorded.
    pub(super) fn told_at(&self, act: Act, receipt: &Receipt) -> String {
        let mut streams = receipt.streams.iter();
        let own = streams.find(|last| last.stream == self.stored.stream);
        let Some(last) = own else {
            return self.path();
        };
        if let Some(child) = self.child() {
            return format!("/children/{child}?recorded={}", last.position);
        }
        // A meeting has no page once its notice is annulled; from the list that is taken back.
        let position = self.stored.position;
        if act == Act::Annul && self.is_notice() {
            return format!("/committee/meetings?recorded=1&annulled={position}");
        }
        told_of_nobody(&self.stored.stream, position, self.reads_events)
    }

    /// Where the event is shown: of a meeting on its page, which the committee reads as well.
    pub(super) fn path(&self) -> String {
        let position = self.stored.position;
        if let Some(child) = self.child() {
            return format!("/children/{child}#e{position}");
        }
        if self.is_notice() && self.is_annulled() {
            return "/committee/meetings".to_owned();
        }
        let meeting = committee::page_of(&self.stored.stream);
        meeting.unwrap_or_else(|| {
            if self.reads_events {
                format!("/events/{position}")
            } else {
                "/committee/requests".to_owned()
            }
        })
    }

    /// Whether it convened a meeting.
    fn is_notice(&self) -> bool {
        matches!(
            self.entry.recorded.event,
            Event::Committee(CommitteeEvent::Convened(_))
        )
    }
}

/// The event with its text; that it is opened is recorded first. Where being in charge is missing, the page
/// that asks for a reason.
pub(super) async fn opened(
    site: &Site,
    signed_in: &SignedIn,
    position: u64,
) -> Result<Result<About, Response>, Refusal> {
    let store = site.open.open.store.as_ref();
    let reads = signed_in.may(Action::ReadEvents, Subject::Ledger);
    let reads_events = reads.is_ok();
    let stored = match (reads, find_event(store, &position.to_string()).await) {
        (Ok(()), found) => found?,
        // The committee, which reads no events, takes its own back, and is not told which others there are.
        (Err(_), Ok(stored)) if Subject::of(&stored.stream) == Subject::Governance => stored,
        (Err(_), Err(failure)) if failure.code != "UNKNOWN_EVENT" => return Err(failure.into()),
        (Err(refused), _) => return Err(refused),
    };
    signed_in.may(Action::Correct, Subject::of(&stored.stream))?;
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let ledger = &site.open.ledger;
    let looked = ledger.record_access(&stored.stream, AccessPurpose::Event, &envelope);
    let mut is_closed = false;
    if let Err(error) = looked.await {
        let refused = execute_failure(&error);
        match stored.stream.as_child() {
            Some(_) if emergency::is_unassigned(&refused) && is_own(&stored, signed_in) => {
                is_closed = true;
            },
            Some(child) if emergency::is_unassigned(&refused) => {
                return Ok(Err(emergency::asked(site, signed_in, child).await?));
            },
            Some(_) | None => return Err(refused.into()),
        }
    }
    let history = if is_closed {
        closed_history(store, &stored.stream, None).await?
    } else {
        history(store, &site.open.codec, &stored.stream, None).await?
    };
    let entry = history.find(stored.id).cloned();
    let entry = entry.ok_or_else(Refusal::not_found)?;
    if matches!(entry.event(), Event::Correction(_)) {
        return Err(Refusal::not_found());
    }
    Ok(Ok(About {
        stored,
        entry,
        history,
        is_closed,
        reads_events,
    }))
}

/// Whether somebody recorded it themselves: whoever did takes it back without being in charge, and sees nothing for it.
fn is_own(stored: &StoredEvent, signed_in: &SignedIn) -> bool {
    let recorded = Recorded::read(stored);
    recorded.is_ok_and(|recorded| recorded.metadata.actor == signed_in.account)
}

/// The act that was chosen, or the first that can be done.
pub(super) fn act(about: &About, chosen: &str) -> Result<Act, Refusal> {
    let wanted = about.act(chosen).or_else(|| about.acts().next());
    wanted.ok_or_else(Refusal::not_found)
}
