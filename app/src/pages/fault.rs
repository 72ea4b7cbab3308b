//! Pages that say why something was not done, and what to do next.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::chrome::Chrome;
use super::language::{current, sentence, t};
use super::{request, second, sign_in};
use crate::failure::{Exit, Failure, root_cause};
use crate::lang::Lang;

/// What is wrong with a field of a form.
pub(super) struct Fault {
    /// The field's id on the page.
    pub(super) field: &'static str,
    /// In a sentence.
    pub(super) message: String,
}

/// Why a page is not shown.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A page that says so.
    Page {
        /// The status.
        status: StatusCode,
        /// In a few words.
        title: String,
        /// In one or two sentences.
        message: String,
        /// What to do next.
        hint: String,
        /// Where that is done: a path and what it is called.
        way: Option<(String, &'static str)>,
    },
    /// Nobody is signed in; afterwards it goes on here.
    SignIn {
        /// The path and query asked for.
        to: String,
        /// What was typed into a form, and is sent again from there; empty where nothing was.
        draft: String,
    },
    /// They are signed in, and not lately enough for what they ask; afterwards it goes on here.
    SignInAgain {
        /// The path and query.
        to: String,
        /// What was typed into a form, and is sent again from there; empty where nothing was.
        draft: String,
    },
    /// The password was right, and a second factor is still to be shown; afterwards it goes on here.
    SecondFactor {
        /// The path and query asked for.
        to: String,
    },
}

impl Refusal {
    pub(super) fn new(
        status: StatusCode,
        title: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::Page {
            status,
            title: title.into(),
            message: message.into(),
            hint: hint.into(),
            way: None,
        }
    }

    /// The same with the way to where it goes on.
    fn leading(mut self, path: &str, words: &'static str) -> Self {
        if let Self::Page { way, .. } = &mut self {
            *way = Some((path.to_owned(), words));
        }
        self
    }

    /// There is nothing at that address.
    pub(super) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            t("ページが見つかりません", "Page not found"),
            t(
                "このアドレスのページはありません。",
                "There is no page at this address.",
            ),
            t(
                "はじめの画面から探してください。",
                "Look for it from the first page.",
            ),
        )
    }

    /// A form came from a page that was shown to somebody else, or before they signed in anew.
    pub(super) fn stale() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            t("画面が古くなっています", "The page is too old"),
            t(
                "この画面を開いたあとにサインインし直したため、受け付けませんでした。何も記録していません。",
                "You signed in again after you opened this page, so it was not accepted. Nothing was recorded.",
            ),
            t(
                "前の画面に戻って開き直し、もう一度送ってください。",
                "Go back, open the page anew and send it once more.",
            ),
        )
    }

    /// It is not for the role.
    pub(super) fn not_yours() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            t("この操作はできません", "You may not do this"),
            t(
                "この役割の方のための画面ではありません。",
                "This page is not for your role.",
            ),
            t(
                "この操作のできる役割の方に頼んでください。",
                "Ask somebody whose role may do this.",
            ),
        )
    }

    /// Nobody has a number.
    pub(super) fn nobody(number: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            t("その番号の方はいません", "Nobody has that number"),
            match current() {
                Lang::Ja => format!("{number} の番号の方は台帳にいません。"),
                Lang::En => format!("Nobody in the ledger has the number {number}."),
            },
            t(
                "「対象者」の一覧で番号を確かめてください。",
                "See the list of children for the numbers.",
            ),
        )
    }

    /// A person's record is read event by event, with its text sealed, by whoever is never in charge.
    pub(super) fn sealed(replay: &str) -> Self {
        let refused = Self::new(
            StatusCode::FORBIDDEN,
            t("この操作はできません", "You may not do this"),
            t(
                "監査人は対象者の氏名や記述を開けません。",
                "Auditors do not open names and text about children.",
            ),
            t(
                "記録は「再現」で一つずつ、記述を伏せたまま確かめられます。",
                "The replay shows the record event by event, its text sealed.",
            ),
        );
        refused.leading(
            replay,
            t("この方の記録を再現で見る", "See this record in the replay"),
        )
    }

    /// What somebody else typed is shown to nobody but them.
    pub(super) fn somebody_elses() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            t("別の方が入力した内容です", "Somebody else typed this"),
            t(
                "入力したときと別のアカウントでサインインしたため、内容を表示していません。何も記録していません。",
                "You signed in with another account than the one that typed it, so it is not shown. Nothing was recorded.",
            ),
            t(
                "入力した方がサインインし直して、もう一度入力してください。",
                "Whoever typed it has to sign in again and type it once more.",
            ),
        )
    }

    /// It took too long; what was sent may have been done all the same.
    pub(super) fn late(reads: bool) -> Self {
        let (message, hint) = if reads {
            (
                t(
                    "台帳が混み合っています。記録には影響ありません。",
                    "The ledger is busy. No record is harmed.",
                ),
                t(
                    "少し待ってから、この画面を再読み込みしてください。",
                    "Wait a little, then load this page again.",
                ),
            )
        } else {
            (
                t(
                    "台帳が混み合っています。送った内容が届いたかどうかは、まだ分かりません。",
                    "The ledger is busy. Whether what you sent arrived is not known yet.",
                ),
                t(
                    "少し待ってから、この画面を再読み込みして、同じ内容を送り直してください（二重にはなりません）。",
                    "Wait a little, then load this page again and send the same once more (it is not recorded twice).",
                ),
            )
        };
        let title = t("時間内に終わりませんでした", "It was not done in time");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, title, message, hint)
    }

    /// The address takes no such request.
    pub(super) fn not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            t("この送り方はできません", "It cannot be sent like this"),
            t(
                "このアドレスは、この方法では受け付けません。何も記録していません。",
                "This address takes no such request. Nothing was recorded.",
            ),
            t(
                "はじめの画面から開き直してください。",
                "Open it anew from the first page.",
            ),
        )
    }

    /// Something failed that nobody at the browser can mend; the log has the details.
    pub(super) fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        let cause = root_cause(error);
        tracing::error!(cause, "a page could not be made");
        Self::not_made()
    }

    fn not_made() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            t("ページを作れませんでした", "The page could not be made"),
            t(
                "台帳の内部で問題が起きました。これまでの記録はそのまま残っています。",
                "Something failed inside the ledger. All that was recorded is still there.",
            ),
            t(
                "少し待ってもう一度試し、続くようならシステム管理者に知らせてください。",
                "Wait a little and try again; if it goes on, tell the system administrator.",
            ),
        )
    }
}

impl Refusal {
    /// A failure of the store, a key or a file; the log says which.
    fn failed(failure: &Failure) -> Self {
        tracing::error!(
            code = failure.code,
            message = failure.message(Lang::En),
            "a page could not be made"
        );
        Self::not_made()
    }
}

/// What to do next at a browser, where the command line would be told something else.
pub(super) fn hint(failure: &Failure) -> String {
    match failure.code {
        "NO_PERMISSION" => t(
            "この操作のできる役割の方に頼んでください。",
            "Ask somebody whose role may do this.",
        )
        .to_owned(),
        code if code.starts_with("ACCOUNT_") => String::new(),
        _ => {
            let hint = failure.hint_text(current()).unwrap_or_default();
            // Whoever sits at a browser has no command line.
            let mut elsewhere = ["care-ledger ", "--"].iter();
            if elsewhere.any(|word| hint.contains(word)) {
                return String::new();
            }
            sentence(hint)
        },
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        let (status, title) = match (failure.exit, failure.code) {
            (_, "UNKNOWN_PERSON") => (
                StatusCode::NOT_FOUND,
                t("対象者が見つかりません", "Child not found"),
            ),
            (_, "UNKNOWN_EVENT") => (
                StatusCode::NOT_FOUND,
                t("記録が見つかりません", "Event not found"),
            ),
            (_, "NO_PERMISSION") => (
                StatusCode::FORBIDDEN,
                t("この操作はできません", "You may not do this"),
            ),
            (_, "TOO_MANY_EXPORTS") => (
                StatusCode::TOO_MANY_REQUESTS,
                t("今日はもう書き出せません", "No more exports today"),
            ),
            (Exit::Refused | Exit::Usage, _) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                t("受け付けられませんでした", "It was not accepted"),
            ),
            (Exit::Failed | Exit::Done, _) => return Self::failed(&failure),
        };
        let message = sentence(failure.message(current()));
        Self::new(status, title, message, hint(&failure))
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct Page<'a> {
    chrome: Chrome,
    message: &'a str,
    hint: &'a str,
    way: Option<(String, &'static str)>,
    /// By which the request is found in the log.
    number: Option<String>,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn { to, draft } if !draft.is_empty() => sign_in::interrupted(to, draft),
            Self::SignIn { to, .. } => {
                Redirect::to(&sign_in::going_on_to("/sign-in", &to)).into_response()
            },
            Self::SignInAgain { to, draft } if !draft.is_empty() => {
                sign_in::too_long_ago(to, draft)
            },
            Self::SignInAgain { to, .. } => Redirect::to(&sign_in::again_for(&to)).into_response(),
            Self::SecondFactor { to } => Redirect::to(&second::address(&to)).into_response(),
            Self::Page {
                status,
                title,
                message,
                hint,
                way,
            } => {
                let page = Page {
                    chrome: Chrome::of_whoever(title),
                    message: &message,
                    hint: &hint,
                    way,
                    number: request::number(),
                };
                match page.render() {
                    Ok(text) => (status, Html(text)).into_response(),
                    Err(_) => status.into_response(),
                }
            },
        }
    }
}

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Self {
        refusal.into_response()
    }
}

/// What a page seldom exceeds, so that its text is not copied while it grows.
const PAGE_BYTES: usize = 100_000;

/// A page as an answer.
///
/// # Errors
/// [`Refusal`] when its template cannot be filled.
pub(super) fn shown(page: &impl Template) -> Result<Response, Refusal> {
    let mut text = String::with_capacity(PAGE_BYTES);
    page.render_into(&mut text)
        .map_err(|error| Refusal::internal(&error))?;
    Ok(Html(text).into_response())
}

/// The same with another status than 200.
///
/// # Errors
/// Those of [`shown`].
pub(super) fn shown_as(status: StatusCode, page: &impl Template) -> Result<Response, Refusal> {
    let mut response = shown(page)?;
    *response.status_mut() = status;
    Ok(response)
}
