//! Why something was not done, for programs: `application/problem+json` (RFC 9457) in the reader's language.

use axum::Json;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use ledger_commands::command::ReadCommandError;
use serde_json::json;

use super::wording;
use crate::failure::{Exit, Failure, root_cause};
use crate::lang::{Lang, Text};

/// The media type.
pub(super) const PROBLEM: &str = "application/problem+json";
/// After how many seconds it is worth trying again.
const AGAIN: HeaderValue = HeaderValue::from_static("5");

/// Why something was not done.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    about: Box<About>,
}

/// What a problem says; apart, so that results stay small.
#[derive(Clone, Debug)]
struct About {
    detail: Text,
    field: Option<String>,
    hint: Option<Text>,
}

/// The same in the language of whoever asked.
#[derive(Debug)]
pub(super) struct Told(pub(super) Problem, pub(super) Lang);

impl Problem {
    /// A problem of the request itself.
    pub(super) fn new(status: StatusCode, code: &'static str, detail: (&str, &str)) -> Self {
        Self {
            status,
            code,
            about: Box::new(About {
                detail: Text::new(detail.0.to_owned(), detail.1.to_owned()),
                field: None,
                hint: None,
            }),
        }
    }

    /// The same problem, named for a field or parameter.
    pub(super) fn on(mut self, field: impl Into<String>) -> Self {
        self.about.field = Some(field.into());
        self
    }

    /// The same problem, with what to do about it.
    pub(super) fn hint(mut self, ja: &str, en: &str) -> Self {
        self.about.hint = Some(Text::new(ja.to_owned(), en.to_owned()));
        self
    }

    /// The same problem, told in a language.
    pub(super) const fn told(self, lang: Lang) -> Told {
        Told(self, lang)
    }

    /// Nobody is signed in.
    pub(super) fn unsigned() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "NOT_SIGNED_IN",
            (
                "トークンがないか、取り消されたか、期限が切れています。",
                "there is no token, or it was taken back or is over",
            ),
        )
        .hint(
            "Authorization: Bearer に、管理者から受け取ったトークンを付けてください。",
            "send the token that an administrator made as Authorization: Bearer",
        )
    }

    /// There is nothing at that address.
    pub(super) fn not_found() -> Self {
        let detail = (
            "このアドレスには何もありません。",
            "there is nothing at this address",
        );
        Self::new(StatusCode::NOT_FOUND, "NO_SUCH_PATH", detail).hint(
            "/api/docs に一覧があります。",
            "/api/docs lists the addresses",
        )
    }

    /// The address takes no such method.
    pub(super) fn not_allowed() -> Self {
        let detail = (
            "このアドレスは、この方法では受け付けません。",
            "this address takes no such method",
        );
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "NO_SUCH_METHOD", detail)
    }

    /// It took too long; what was sent may have been done all the same.
    pub(super) fn late(reads: bool) -> Self {
        let late = |detail, ja, en| {
            Self::new(StatusCode::SERVICE_UNAVAILABLE, "NOT_IN_TIME", detail).hint(ja, en)
        };
        if reads {
            return late(
                (
                    "時間内に答えられませんでした。",
                    "there was no answer in time",
                ),
                "少し待って、もう一度求めてください。",
                "wait a little and ask again",
            );
        }
        late(
            (
                "台帳から時間内に返事がなく、記録されたかどうか分かりません。",
                "the ledger did not answer in time; it may be recorded all the same",
            ),
            "同じ Idempotency-Key で、同じ内容をもう一度送ってください（二重にはなりません）。",
            "send the same again under the same Idempotency-Key: nothing is recorded twice",
        )
    }

    /// It asked too often.
    pub(super) fn too_often() -> Self {
        let detail = ("要求が多すぎます。", "there are too many requests");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "TOO_OFTEN", detail).hint(
            "少し待って、もう一度求めてください。",
            "wait a little and ask again",
        )
    }

    /// Something failed that nobody who asks can mend; the log has the details.
    pub(super) fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        let cause = root_cause(error);
        tracing::error!(cause, "an answer could not be made");
        Self::broken("INTERNAL")
    }

    /// The same of a failure that is logged already.
    pub(super) fn broken(code: &'static str) -> Self {
        let detail = (
            "台帳の内部で問題が起きました。これまでの記録はそのまま残っています。",
            "something failed inside the ledger; what is recorded stands",
        );
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, code, detail).hint(
            "続くようなら、システム管理者に知らせてください。",
            "tell an administrator if it goes on",
        )
    }

    /// Why a view is not shown; `parameter` names where the command line's option is over HTTP.
    pub(super) fn of_view(failure: &Failure, parameter: impl Fn(&str) -> String) -> Self {
        let status = match (failure.exit, failure.code) {
            (_, "NO_PERMISSION" | "NEEDS_TOKEN") => StatusCode::FORBIDDEN,
            (_, "TOO_MANY_EXPORTS") => StatusCode::TOO_MANY_REQUESTS,
            (_, code) if NAMES_NOTHING.contains(&code) => StatusCode::NOT_FOUND,
            (Exit::Usage, _) => StatusCode::BAD_REQUEST,
            (Exit::Refused, _) => StatusCode::UNPROCESSABLE_ENTITY,
            (Exit::Failed | Exit::Done, _) => return Self::failed(failure),
        };
        let problem = Self::said(status, failure);
        match failure.field() {
            Some(field) => problem.on(parameter(field)),
            None => problem,
        }
    }

    /// Why a command was not executed.
    pub(super) fn of_command(failure: &Failure) -> Self {
        let status = match (failure.exit, failure.code) {
            (_, "NO_PERMISSION" | "NEEDS_TOKEN") => StatusCode::FORBIDDEN,
            (_, "TOO_MANY_EXPORTS") => StatusCode::TOO_MANY_REQUESTS,
            (Exit::Refused | Exit::Usage, code) if code.starts_with("STALE_") => {
                StatusCode::CONFLICT
            },
            (Exit::Refused | Exit::Usage, _) => StatusCode::UNPROCESSABLE_ENTITY,
            (Exit::Failed | Exit::Done, _) => return Self::failed(failure),
        };
        let problem = Self::said(status, failure);
        match failure.field() {
            Some(field) => problem.on(wording::name(field)),
            None => problem,
        }
    }

    /// Why a command cannot be read.
    pub(super) fn of_reading(error: &ReadCommandError) -> Self {
        match error {
            ReadCommandError::Field { field, fault } => {
                let (status, said) = (StatusCode::UNPROCESSABLE_ENTITY, fault.to_string());
                Self::new(status, "BAD_FIELD", (&fault.ja(), &said)).on(field.clone())
            },
            ReadCommandError::NoName | ReadCommandError::UnknownName { .. } => Self::new(
                StatusCode::BAD_REQUEST,
                "UNKNOWN_COMMAND",
                (
                    "その名前のコマンドはありません。",
                    "there is no command of this name",
                ),
            )
            .on("command")
            .hint(
                "/api/commands に一覧があります。",
                "/api/commands lists the names",
            ),
        }
    }

    fn said(status: StatusCode, failure: &Failure) -> Self {
        let text = |lang| wording::over_http(failure.message(lang));
        let hint = |lang| failure.hint_text(lang).and_then(wording::hint);
        let detail = (text(Lang::Ja), text(Lang::En));
        let problem = Self::new(status, failure.code, (&detail.0, &detail.1));
        if failure.code == "NO_PERMISSION" {
            let (ja, en) = unpermitted(failure.field());
            return problem.hint(ja, en);
        }
        match hint(Lang::Ja).zip(hint(Lang::En)) {
            Some((ja, en)) => problem.hint(&ja, &en),
            None => problem,
        }
    }

    /// A failure of the store, a key or a file; the log says which.
    fn failed(failure: &Failure) -> Self {
        let (code, message) = (failure.code, failure.message(Lang::En));
        tracing::error!(code, message, "an answer could not be made");
        if !PASSING.contains(&code) {
            return Self::broken(code);
        }
        let detail = (
            "台帳がいま応じられません。記録されたかどうか分からないことがあります。",
            "the ledger cannot answer now; what was sent may be recorded all the same",
        );
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, detail).hint(
            "少し待って、同じ Idempotency-Key で同じ内容をもう一度送ってください（二重にはなりません）。",
            "wait a little and send the same again under the same Idempotency-Key: nothing is recorded twice",
        )
    }
}

/// Codes of what a path names and is not there.
const NAMES_NOTHING: [&str; 6] = [
    "UNKNOWN_PERSON",
    "UNKNOWN_EVENT",
    "UNKNOWN_MEETING",
    "UNKNOWN_FIGURE",
    "NOT_LISTED",
    "NO_SETTINGS",
];

/// Codes of what may pass by itself, or once somebody looked after the machine.
const PASSING: [&str; 6] = [
    "BUSY",
    "STORE_FAILED",
    "DISK_FULL",
    "READ_ONLY",
    "CLOCK_BEHIND",
    "SERVER_UNREACHABLE",
];

/// The language that somebody asks for; Japanese where they do not say.
pub(super) fn lang_of(headers: &HeaderMap) -> Lang {
    let asked = headers.get(ACCEPT_LANGUAGE);
    let asked = asked
        .and_then(|asked| asked.to_str().ok())
        .unwrap_or_default();
    let weighed = asked.split(',').filter_map(|part| {
        let mut words = part.split(';').map(str::trim);
        let tag = words.next()?.to_ascii_lowercase();
        let lang = match tag.split('-').next()? {
            "ja" => Lang::Ja,
            "en" => Lang::En,
            _ => return None,
        };
        let weight = words.find_map(|word| word.strip_prefix("q="));
        let weight = weight.map_or(Some(1.0), |weight| weight.parse::<f32>().ok())?;
        (weight > 0.0).then_some((lang, weight))
    });
    // Of two that are equally welcome the first.
    let best = weighed.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(Lang::Ja, |(lang, _)| lang)
}

/// What helps whoever may not do what was sent: a program acts as the account of its token, in its role.
fn unpermitted(field: Option<&str>) -> (&'static str, &'static str) {
    if field == Some("assignment") {
        return (
            "このアカウントを担当にしてもらうか、理由を付けて take-emergency-access を記録してください。",
            "have this account put in charge, or record take-emergency-access with a reason",
        );
    }
    (
        "それができる役割のアカウントのトークンで送ってください。",
        "send it with the token of an account whose role may",
    )
}

/// What a status means, in a few words.
fn title(status: StatusCode, lang: Lang) -> &'static str {
    match status.as_u16() {
        400 => lang.pick("要求を読み取れません", "Bad request"),
        401 => lang.pick("サインインが必要です", "Not signed in"),
        403 => lang.pick("この操作はできません", "Not permitted"),
        404 => lang.pick("見つかりません", "Not found"),
        405 => lang.pick("この方法では受け付けません", "No such method"),
        409 => lang.pick("先に変わっていました", "It changed meanwhile"),
        413 => lang.pick("大きすぎます", "Too large"),
        415 => lang.pick("この形式は受け付けません", "No such format"),
        422 => lang.pick("受け付けられませんでした", "Refused"),
        429 => lang.pick("要求が多すぎます", "Too many requests"),
        503 => lang.pick("いまは応じられません", "Not now"),
        _ => lang.pick("内部で問題が起きました", "Something failed inside"),
    }
}

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let Self(problem, lang) = self;
        let mut body = json!({
            "type": format!("/api/docs#{}", problem.code),
            "title": title(problem.status, lang),
            "status": problem.status.as_u16(),
            "detail": problem.about.detail.lang(lang),
            "code": problem.code,
            "lang": lang.pick("ja", "en"),
        });
        if let Some(body) = body.as_object_mut() {
            let hint = problem.about.hint.as_ref();
            let hint = hint.map(|hint| hint.lang(lang).to_owned());
            for (name, said) in [("field", problem.about.field), ("hint", hint)] {
                body.extend(said.map(|said| (name.to_owned(), said.into())));
            }
        }
        let mut response = (problem.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        let tag = HeaderValue::from_static(lang.pick("ja", "en"));
        headers.insert(CONTENT_LANGUAGE, tag);
        headers.insert(VARY, HeaderValue::from_static("accept-language"));
        match problem.status {
            StatusCode::UNAUTHORIZED => {
                let bearer = HeaderValue::from_static("Bearer");
                headers.insert(axum::http::header::WWW_AUTHENTICATE, bearer);
            },
            // Another day comes for lists, not in seconds.
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
                if problem.code != "TOO_MANY_EXPORTS" =>
            {
                headers.insert(RETRY_AFTER, AGAIN);
            },
            _ => {},
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_that_is_most_welcome() {
        let asked = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(text));
            lang_of(&headers)
        };
        assert_eq!(lang_of(&HeaderMap::new()), Lang::Ja);
        assert_eq!(asked("en"), Lang::En);
        assert_eq!(asked("en-GB, ja;q=0.5"), Lang::En);
        assert_eq!(asked("fr, ja;q=0.8, en;q=0.9"), Lang::En);
        assert_eq!(asked("ja, en"), Lang::Ja);
        assert_eq!(asked("en;q=0, *"), Lang::Ja);
        assert_eq!(asked("en;q=x"), Lang::Ja);
    }
}
