//! `/api/changes`: server-sent events that say when there are new records, and nothing about them.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::sse::Event;
use axum::response::{IntoResponse as _, Response, Sse};
use futures::stream;
use ledger_core::id::Position;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::timeout;

use super::caller::{By, Caller};
use super::news::Newest;
use crate::pages::Site;

/// How often something is sent when nothing happens, so that both ends know that the other is there; and
/// how often it is looked whether who listens is still signed in.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Most that one session or token listens to at once. A browser gives a host six connections over HTTP/1.1,
/// and its pages need some.
const OF_ONE: usize = 4;
/// Most in all: half of the connections that the server takes.
const OF_ALL: usize = 128;
/// How long a browser waits before it listens again.
const AGAIN: Duration = Duration::from_secs(10);

/// Who listens, and how often.
#[derive(Clone, Default)]
pub(super) struct Listening(Arc<Mutex<HashMap<By, usize>>>);

/// A place among those who listen, given back when it is dropped.
struct Place {
    all: Listening,
    own: By,
}

impl Listening {
    /// A place; none where there are too many.
    fn take(&self, by: &By) -> Option<Place> {
        let mut listening = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all = listening
            .values()
            .fold(0_usize, |sum, own| sum.saturating_add(*own));
        let own = listening.get(by).copied().unwrap_or_default();
        if own >= OF_ONE || all >= OF_ALL {
            return None;
        }
        listening.insert(by.clone(), own.saturating_add(1));
        Some(Place {
            all: self.clone(),
            own: by.clone(),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let listening = self.all.0.lock();
        let mut listening = listening.unwrap_or_else(PoisonError::into_inner);
        let own = listening.get(&self.own).copied().unwrap_or_default();
        match own.saturating_sub(1) {
            0 => listening.remove(&self.own),
            left => listening.insert(self.own.clone(), left),
        };
    }
}

/// What tells one listener.
struct Telling {
    site: Arc<Site>,
    caller: Caller,
    news: watch::Receiver<Newest>,
    /// The newest record that was told of.
    told: Option<Position>,
    _place: Place,
}

pub(super) async fn listen(
    State(site): State<Arc<Site>>,
    caller: Caller,
    headers: HeaderMap,
) -> Response {
    // An empty answer tells a browser not to try again; its page works without.
    let Some(place) = site.news.listening.take(&caller.by) else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let last = headers.get("last-event-id");
    let last = last.and_then(|last| last.to_str().ok()?.parse().ok());
    let telling = Telling {
        news: site.news.listen(),
        site,
        caller,
        told: last.map(Position::new),
        _place: place,
    };
    let told = stream::unfold(telling, |telling| async {
        let (event, telling) = telling.next().await?;
        Some((Ok::<_, Infallible>(event), telling))
    });
    let mut response = Sse::new(told).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A proxy that gathers answers would tell too late.
    let no = HeaderValue::from_static("no");
    headers.insert(HeaderName::from_static("x-accel-buffering"), no);
    response
}

impl Telling {
    /// The next thing to send; none once who listens is signed in no longer, or the program ends.
    async fn next(mut self) -> Option<(Event, Self)> {
        let first = self.told.is_none();
        let now = *self.news.borrow_and_update();
        if now.is_over {
            return None;
        }
        if first || self.told < Some(now.position) {
            return Some(self.tell(now.position));
        }
        let came = timeout(HEARTBEAT, self.news.changed()).await;
        let now = *self.news.borrow_and_update();
        if now.is_over || !self.caller.is_still(&self.site).await {
            return None;
        }
        match came {
            Ok(_) => Some(self.tell(now.position)),
            Err(_) => Some((Event::default().comment("still here"), self)),
        }
    }

    fn tell(mut self, position: Position) -> (Event, Self) {
        self.told = Some(position);
        let event = Event::default()
            .event("position")
            .id(position.to_string())
            .retry(AGAIN)
            .data(json!({ "position": position }).to_string());
        (event, self)
    }
}
