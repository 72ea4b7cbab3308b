//! How many pages a session opens a minute.

use std::num::NonZeroU32;

use axum::http::StatusCode;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use ledger_core::sign_in::Digest;

use super::fault::Refusal;
use super::language::t;

/// Pages a minute, where nobody says otherwise: two a second, and no hand is faster for long.
pub const PAGES_A_MINUTE: NonZeroU32 = NonZeroU32::new(120).expect("above zero");
/// Of how many sessions those are forgotten that did not ask lately.
const SESSIONS_MAX: usize = 1_000;

/// Counts the pages of each session, of this process alone.
pub struct Pace(DefaultKeyedRateLimiter<Digest>);

impl Pace {
    /// Nobody asked yet; so many pages a minute.
    #[must_use]
    pub fn new(a_minute: NonZeroU32) -> Self {
        Self(RateLimiter::keyed(Quota::per_minute(a_minute)))
    }

    /// Counts a page of a session that is going on; one too many is not made.
    ///
    /// What is sent is counted and never refused: somebody typed it.
    pub(super) fn take(&self, session: &Digest, reads: bool) -> Result<(), Refusal> {
        if self.0.len() > SESSIONS_MAX {
            self.0.retain_recent();
        }
        match self.0.check_key(session) {
            Err(_) if reads => Err(too_fast()),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

fn too_fast() -> Refusal {
    Refusal::new(
        StatusCode::TOO_MANY_REQUESTS,
        t("開いた画面が多すぎます", "Too many pages"),
        t(
            "短い時間に多くの画面を開いたため、しばらく表示を止めています。記録には影響ありません。",
            "Many pages were opened in a short time, so no more are shown for a while. Nothing recorded is affected.",
        ),
        t(
            "1分ほど待ってから、もう一度開いてください。心当たりがないときは、サインアウトしてシステム管理者に知らせてください。",
            "Wait a minute, then open it again. If it was not you, sign out and tell the system administrator.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use ledger_core::seal::SystemRandom;
    use ledger_core::sign_in::Secret;

    use super::*;

    #[test]
    fn a_session_that_asks_too_often_is_told_to_wait_and_others_go_on() {
        let session = || Secret::new(&SystemRandom).unwrap().digest();
        let (pace, own, other) = (Pace::new(PAGES_A_MINUTE), session(), session());
        let made = (0..130).filter(|_| pace.take(&own, true).is_ok()).count();
        assert_eq!(made, 120);
        assert!(pace.take(&own, false).is_ok(), "what was typed is taken");
        assert!(pace.take(&other, true).is_ok());
    }
}
