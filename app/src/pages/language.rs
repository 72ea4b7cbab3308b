//! The language in which a page is made: Japanese, unless the browser was asked to show English.

use axum::extract::Request;
use axum::http::header::REFERER;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;

use super::fault::Refusal;
use super::form::Open;
use super::sign_in::own_path;
use crate::lang::Lang;
use crate::render;

tokio::task_local! {
    /// The language of the request that is being answered, and whether it opens a page.
    static ASKED: (Lang, bool);
}

/// The cookie's name. It holds a language, no secret.
const COOKIE: &str = "care-ledger-language";

/// The language of the page that is being made; Japanese where none is.
pub(crate) fn current() -> Lang {
    ASKED.try_with(|(lang, _)| *lang).unwrap_or_default()
}

/// Whether the page that is being made can be opened again: what answers a form cannot.
pub(super) fn can_change() -> bool {
    ASKED.try_with(|(_, opens)| *opens).unwrap_or_default()
}

/// Whichever of two texts is in the language of the page that is being made.
pub(super) fn t<'a>(ja: &'a str, en: &'a str) -> &'a str {
    current().pick(ja, en)
}

/// A code's term in the language of the page that is being made.
pub(super) fn term(code: &str, ja: &str) -> String {
    render::code_term(code, ja, current())
}

/// Several words as a list.
pub(super) fn listed<S: AsRef<str>>(words: &[S]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    words.join(t("、", ", "))
}

/// What the program says at the command line as a page says it: in English as a whole sentence.
pub(super) fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let Some(first) = letters.next().filter(|_| current() == Lang::En) else {
        return said.to_owned();
    };
    let whole: String = first.to_uppercase().chain(letters).collect();
    let ends = whole.ends_with(['.', '?', '!']);
    let stop = if ends { "" } else { "." };
    format!("{whole}{stop}")
}

/// Whether a character is of the Japanese script: kana, kanji, or a bracket or sign as wide as these.
pub(super) const fn is_japanese(c: char) -> bool {
    matches!(c, 'ぁ'..='ヿ' | '々' | '㐀'..='鿿' | 'ｦ'..='ﾟ' | '（' | '）' | '％' | '。' | '、')
}

/// Answers in the language that the browser was asked to show. What its makers set it to (`Accept-Language`)
/// says little in an office: an English Windows is no wish for English.
pub(crate) async fn as_asked(request: Request, next: Next) -> Response {
    let lang = chosen(request.headers());
    let opens = [Method::GET, Method::HEAD].contains(request.method());
    ASKED.scope((lang, opens), next.run(request)).await
}

fn chosen(headers: &HeaderMap) -> Lang {
    let jar = CookieJar::from_headers(headers);
    match jar.get(COOKIE).map(Cookie::value) {
        Some("en") => Lang::En,
        Some(_) | None => Lang::Ja,
    }
}

/// A language that a browser is asked to show.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum To {
    Ja,
    En,
}

impl To {
    /// The cookie by which the browser asks for it from now on.
    fn cookie(self) -> Cookie<'static> {
        let text = match self {
            Self::Ja => "ja",
            Self::En => "en",
        };
        Cookie::build((COOKIE, text))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Strict)
            .permanent()
            .build()
    }
}

#[derive(Deserialize)]
pub(super) struct Given {
    to: To,
}

/// Makes a page in another language, in which pages are shown from now on.
pub(super) async fn changed(
    to: To,
    jar: CookieJar,
    made: impl Future<Output = Result<Response, Refusal>>,
) -> Result<Response, Refusal> {
    let lang = match to {
        To::Ja => Lang::Ja,
        To::En => Lang::En,
    };
    let page = ASKED.scope((lang, can_change()), made).await?;
    Ok((jar.add(to.cookie()), page).into_response())
}

/// Shows pages in another language from now on, and the one again on which it was asked.
pub(super) async fn send(
    headers: HeaderMap,
    jar: CookieJar,
    Open(given): Open<Given>,
) -> Result<Response, Refusal> {
    let back = headers.get(REFERER).and_then(|from| from.to_str().ok());
    let back = own_path(back.map_or("/", path_of)).to_owned();
    Ok((jar.add(given.to.cookie()), Redirect::to(&back)).into_response())
}

/// The path and query of an address.
fn path_of(address: &str) -> &str {
    let behind = address.split_once("://").map_or("", |(_, rest)| rest);
    behind
        .find('/')
        .and_then(|at| behind.get(at..))
        .unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use axum::http::header::COOKIE as SENT;

    use super::*;

    #[test]
    fn pages_are_japanese_unless_english_was_asked_for() {
        for (cookie, lang) in [
            ("care-ledger-language=en", Lang::En),
            ("care-ledger-language=ja", Lang::Ja),
            ("care-ledger-language=<script>", Lang::Ja),
            ("other=en", Lang::Ja),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(SENT, HeaderValue::from_static(cookie));
            assert_eq!(chosen(&headers), lang, "{cookie}");
        }
        assert_eq!(chosen(&HeaderMap::new()), Lang::Ja);
    }

    #[test]
    fn the_page_on_which_it_was_asked_comes_again() {
        for (address, path) in [
            ("http://ledger:8080/events?type=x", "/events?type=x"),
            ("https://ledger/", "/"),
            ("https://ledger", "/"),
            ("nothing", "/"),
        ] {
            assert_eq!(path_of(address), path, "{address}");
        }
    }
}
