//! What is worth a look once something is recorded: the same of the same day, somebody of the same name and birthday.

mod late;

use ledger_commands::authorise::{Action, Subject};
use ledger_commands::{stands_in_two_streams, stays_as_written};
use ledger_core::code::Direction;
use ledger_core::event::{
    CaseEvent, CorrectionEvent, Event, ProfileEvent, Recorded, ReferralEvent,
};
use ledger_core::history::{Entry, History};
use ledger_core::id::{ChildId, Position};
use ledger_core::store::ReadAll;

use super::act::may_be_given;
use super::door::SignedIn;
use super::fault::Refusal;
use super::language::{current, t};
use super::site::Site;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::lang::Lang;
use crate::reading::{closed_history, number_of};
use crate::recording::alike_to;
use crate::render;

/// What is worth a look, with where to look.
pub(super) struct Notice {
    pub(super) said: String,
    /// Paths with what they are called.
    pub(super) links: Vec<(String, String)>,
}

/// What happens to somebody once a day, as a rule: twice is often one thing written down twice.
const ONCE_A_DAY: [&str; 10] = [
    "consultation-recorded",
    "follow-up-scheduled",
    "referral-made",
    "referral-received",
    "family-voice-recorded",
    "information-shared",
    "hospital-stay-started",
    "support-plan-conference-held",
    "support-plan-monitored",
    "disaster-plan-verified",
];

/// The event at a position and the person whom it is about, where the account recorded it about one; of a promise the
/// consultation at which it was made, as that is what was recorded.
pub(super) async fn own(
    site: &Site,
    signed_in: &SignedIn,
    position: Position,
) -> Result<Option<(Recorded, ChildId)>, Refusal> {
    let before = Position::new(position.get().saturating_sub(1));
    let read = ReadAll {
        limit: 2,
        ..ReadAll::one(before.max(Position::new(1)))
    };
    let page = site.open.open.store.read_all(&read).await;
    let page = page.map_err(|error| read_failure(&error))?;
    let known = page
        .events
        .iter()
        .filter_map(|one| Recorded::read(one).ok());
    let (at, before): (Vec<Recorded>, Vec<Recorded>) =
        known.partition(|one| one.position == position);
    let Some(at) = at.into_iter().next() else {
        return Ok(None);
    };
    let first = before.into_iter().find(|one| is_made_at(&at, one));
    let own = Some(first.unwrap_or(at)).filter(|one| one.metadata.actor == signed_in.account);
    Ok(own.and_then(|own| {
        let child = own.stream.as_child()?;
        Some((own, child))
    }))
}

/// Whether one is a promise and the other the consultation with which it was recorded.
fn is_made_at(promise: &Recorded, consultation: &Recorded) -> bool {
    promise.event.info().name == "follow-up-scheduled"
        && consultation.event.info().name == "consultation-recorded"
        && promise.metadata.command == consultation.metadata.command
        && promise.stream == consultation.stream
}

/// That an event was recorded about a person, with the way to it and to take it back.
pub(super) fn done(recorded: &Recorded, child: ChildId, may_amend: bool) -> Notice {
    let (path, back) = ways(recorded, child, may_amend);
    let own = (path, format!("#{}", recorded.position));
    let back = back.map(|back| (back, t("取り消す", "Take it back").to_owned()));
    let title = render::event_title(recorded.event.info().name, current());
    Notice {
        said: match current() {
            Lang::Ja => format!("「{title}」を記録しました。"),
            Lang::En => format!("Recorded: {title}. "),
        },
        links: [own].into_iter().chain(back).collect(),
    }
}

/// Where what was reassigned stands now, and the way to take that back: whoever mistyped the number need not be in charge
/// of whom it named.
pub(super) async fn moved(site: &Site, recorded: &Recorded) -> Result<Option<Notice>, Refusal> {
    let Event::Correction(CorrectionEvent::Reassigned(moved)) = &recorded.event else {
        return Ok(None);
    };
    let store = site.open.open.store.as_ref();
    // One append wrote both.
    let page = store
        .read_all(&ReadAll::one(recorded.position.plus(1)))
        .await;
    let page = page.map_err(|error| read_failure(&error))?;
    let there = page.events.iter().find(|one| one.id == moved.to_event);
    let number = number_of(store, moved.to).await?;
    Ok(there.map(|there| {
        let position = there.position;
        let to = number.unwrap_or_else(|| moved.to.to_string());
        let way = (
            format!("/events/{position}/amend?act=reassign"),
            t("付け替え直す", "Reassign it once more").to_owned(),
        );
        Notice {
            said: match current() {
                Lang::Ja => format!("{to} の記録 #{position} になりました。"),
                Lang::En => format!("It is event #{position} of {to} now. "),
            },
            links: vec![way],
        }
    }))
}

/// The ways to what was recorded, and to take it back where that can be done.
pub(super) fn ways(
    recorded: &Recorded,
    child: ChildId,
    may_amend: bool,
) -> (String, Option<String>) {
    let position = recorded.position;
    let is_line = !matches!(recorded.event, Event::Correction(_));
    let path = if is_line {
        format!("/children/{child}#e{position}")
    } else {
        format!("/events/{position}")
    };
    let can_be = is_line && !stays_as_written(&recorded.event);
    let back = if let Event::Case(CaseEvent::Merged(merged)) = &recorded.event {
        let (survivor, absorbed) = (merged.survivor, merged.absorbed);
        Some(format!(
            "/acts/undo-merge?survivor={survivor}&absorbed={absorbed}"
        ))
    } else if stands_in_two_streams(&recorded.event) {
        None
    } else {
        Some(format!("/events/{position}/amend?act=annul"))
    };
    let back = back.filter(|_| may_amend && can_be);
    (path, back)
}

/// What else was recorded at once with an event and stands, as a promise is with its consultation.
pub(super) fn recorded_with<'h>(
    history: &'h History,
    recorded: &Recorded,
) -> impl Iterator<Item = &'h Recorded> {
    let (command, position) = (recorded.metadata.command, recorded.position);
    let others = history.standing().map(|entry| &entry.recorded);
    others.filter(move |one| one.metadata.command == command && one.position != position)
}

/// What was recorded with an event: each with the way to it and to take it back, as taking back one leaves the others.
fn together(
    history: &History,
    (recorded, child): (&Recorded, ChildId),
    may_amend: bool,
) -> Option<Notice> {
    let links = recorded_with(history, recorded).flat_map(|one| {
        let (path, back) = ways(one, child, may_amend);
        let title = render::event_title(one.event.info().name, current());
        let way = (path, format!("{title} #{}", one.position));
        let back = back.map(|back| (back, taken_back(title)));
        std::iter::once(way).chain(back)
    });
    told(
        t("同時に記録したもの：", "Recorded with it:"),
        links.collect(),
    )
}

fn taken_back(title: &str) -> String {
    match current() {
        Lang::Ja => format!("{title}も取り消す"),
        Lang::En => format!("take that back too ({title})"),
    }
}

/// What was recorded with an event about a person, and what is worth a look after it.
pub(super) async fn notices(
    site: &Site,
    signed_in: &SignedIn,
    own: (&Recorded, ChildId),
) -> Vec<Notice> {
    let (recorded, child) = own;
    let may_amend = signed_in.may(Action::Correct, Subject::Person).is_ok();
    // Only what and when is compared. What was recorded is told whatever becomes of the notices.
    let store = site.open.open.store.as_ref();
    let Ok(history) = closed_history(store, &recorded.stream, None).await else {
        return Vec::new();
    };
    let found = if matches!(recorded.event, Event::Profile(ProfileEvent::Registered(_))) {
        same_person(site, child).await.ok().flatten()
    } else {
        same_day(&history, recorded, child)
    };
    let late = late::notice(site, signed_in, recorded).await.ok().flatten();
    let together = together(&history, own, may_amend);
    let unassigned = unassigned(&history, own);
    let all = together.into_iter().chain(unassigned).chain(letter(own));
    all.chain(found).chain(late).collect()
}

/// That nobody is in charge yet of whom was registered, with the way to it for whoever may say who is.
fn unassigned(history: &History, (recorded, child): (&Recorded, ChildId)) -> Option<Notice> {
    let Event::Profile(ProfileEvent::Registered(registered)) = &recorded.event else {
        return None;
    };
    let mut entries = history.standing();
    let is_assigned = entries.any(|entry| entry.event().info().name == "staff-assigned");
    // Whoever recorded it is who reads this.
    if is_assigned || !may_be_given(recorded.metadata.role, "assign-staff") {
        return None;
    }
    let number = registered.number.clone();
    let named = [("child", number.unwrap_or_else(|| child.to_string()))];
    let query = serde_html_form::to_string(named).unwrap_or_default();
    told(
        t("担当はまだ決まっていません。", "Nobody is in charge yet."),
        vec![(
            format!("/acts/assign-staff?{query}"),
            t("担当を決める", "Put somebody in charge").to_owned(),
        )],
    )
}

/// The letter that goes with a referral which was made.
fn letter((recorded, child): (&Recorded, ChildId)) -> Option<Notice> {
    let Event::Referral(ReferralEvent::Made(made)) = &recorded.event else {
        return None;
    };
    if made.direction != Direction::To {
        return None;
    }
    let path = format!("/children/{child}/referrals/{}/letter", made.referral);
    told(
        t(
            "相手に渡す連携票を印刷できます。",
            "The letter to the other office can be printed.",
        ),
        vec![(path, t("連携票", "Letter").to_owned())],
    )
}

async fn same_person(site: &Site, child: ChildId) -> Result<Option<Notice>, Failure> {
    let held = Some((&site.names, site.now()));
    let others = alike_to(child, &site.open, held).await?;
    let links = others
        .into_iter()
        .map(|(child, number)| (format!("/children/{child}"), number));
    Ok(told(
        t(
            "氏名（またはフリガナ）が同じで、生年月日も同じか近い（または不明な）方がいます。同じ方なら「そのほかの記録」から重複の疑いを記録してください。",
            "Somebody has the same name (or kana), and was born on the same day or near it, or nobody knows when. If it is the same person, record the suspected duplicate under \"Other records\".",
        ),
        links.collect(),
    ))
}

fn same_day(history: &History, recorded: &Recorded, child: ChildId) -> Option<Notice> {
    let command = recorded.metadata.command;
    // With a consultation its follow-up was recorded, which is the later of the two.
    let (own, others): (Vec<&Entry>, Vec<&Entry>) = history
        .standing()
        .filter(|entry| ONCE_A_DAY.contains(&entry.event().info().name))
        .partition(|entry| entry.recorded.metadata.command == command);
    let is_alike = |entry: &&Entry| {
        let day = entry.day().is_some();
        let like = |own: &&Entry| {
            own.day() == entry.day() && own.event().info().name == entry.event().info().name
        };
        day && own.iter().any(like)
    };
    let others = others.into_iter().filter(is_alike);
    let links = others.map(|entry| {
        let position = entry.recorded.position;
        (
            format!("/children/{child}#e{position}"),
            format!("#{position}"),
        )
    });
    let links: Vec<_> = links.collect();
    let said = t(
        "同じ日に同じ種類の記録があります。二重に書いたときは、どちらかを取り消してください。",
        "There is a record of the same kind on the same day. If it was written twice, annul one of them.",
    );
    told(said, links)
}

fn told(said: &str, links: Vec<(String, String)>) -> Option<Notice> {
    (!links.is_empty()).then(|| Notice {
        said: match current() {
            Lang::Ja => said.to_owned(),
            Lang::En => format!("{said} "),
        },
        links,
    })
}
