//! How long a session and an invitation last.

use chrono::TimeDelta;
use ledger_core::sign_in::Session;
use ledger_core::time::Timestamp;

/// A session that nobody uses for so long is over. Short, as desks are shared and phones ring.
const IDLE: TimeDelta = TimeDelta::minutes(15);
/// A session is over after so long, whatever happens in it: a working day.
pub const WHOLE: TimeDelta = TimeDelta::hours(10);
/// How much of a session's use is noted, so that not every page is a write.
const NOTED: TimeDelta = TimeDelta::minutes(1);
/// How long somebody may take to show a passkey, or to set an app up.
pub const CHALLENGE: TimeDelta = TimeDelta::minutes(10);
/// How long after signing in somebody may change what anybody signs in with, take lists out, and open the record
/// of whom they are not in charge of: whoever finds a desk unlocked must not make it their own.
const RECENT: TimeDelta = TimeDelta::minutes(10);
/// How long an invitation may be used.
pub const INVITATION: TimeDelta = TimeDelta::hours(24);

/// Whether a session has run out.
#[must_use]
pub fn is_over(session: &Session, now: Timestamp) -> bool {
    since(session.seen_at, now) >= IDLE || since(session.begun_at, now) >= WHOLE
}

/// Whether somebody signed in lately enough for what asks for the password anew.
#[must_use]
pub fn is_recent(begun_at: Timestamp, now: Timestamp) -> bool {
    since(begun_at, now) < RECENT
}

/// Whether its use is to be noted again.
#[must_use]
pub fn is_to_note(session: &Session, now: Timestamp) -> bool {
    since(session.seen_at, now) >= NOTED
}

fn since(then: Timestamp, now: Timestamp) -> TimeDelta {
    now.utc().signed_duration_since(then.utc())
}

/// The moment so long after another.
#[must_use]
pub fn after(now: Timestamp, time: TimeDelta) -> Timestamp {
    let then = now.utc().checked_add_signed(time);
    then.map_or(now, Timestamp::from_utc)
}

/// The moment so long before another.
#[must_use]
pub fn before(now: Timestamp, time: TimeDelta) -> Timestamp {
    let then = now.utc().checked_sub_signed(time);
    then.map_or(now, Timestamp::from_utc)
}

#[cfg(test)]
mod tests {
    use ledger_core::actor::Actor;

    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2024-04-01T{text}Z").parse().unwrap()
    }

    #[test]
    fn a_session_ends_when_it_is_left_alone_and_at_the_end_of_the_day() {
        let session = |begun: &str, seen: &str| Session {
            account: Actor::new("sato").unwrap(),
            begun_at: at(begun),
            seen_at: at(seen),
            proven_for: None,
        };
        for (begun, seen, now, over) in [
            ("00:00:00", "00:00:00", "00:14:59", false),
            ("00:00:00", "00:00:00", "00:15:00", true),
            ("00:00:00", "09:59:00", "09:59:59", false),
            ("00:00:00", "09:59:00", "10:00:00", true),
        ] {
            assert_eq!(
                is_over(&session(begun, seen), at(now)),
                over,
                "{seen} {now}"
            );
        }
        assert!(!is_to_note(
            &session("00:00:00", "00:05:00"),
            at("00:05:59")
        ));
        assert!(is_to_note(&session("00:00:00", "00:05:00"), at("00:06:00")));
    }
}
