//! `/api/docs`: what the API has, for people.

use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse as _, Response};
use ledger_commands::{Command, Reason};

use super::caller::Caller;
use super::problem::{Problem, Told};
use super::views::{self, Served};
use crate::http::POLICY;
use crate::lang::Lang;
use crate::pages::{Look, api_docs, current_language};

/// Codes of what is wrong with a request itself, beside those of rejections.
const OWN: [(&str, &str, &str); 18] = [
    (
        "NOT_SIGNED_IN",
        "トークンがないか、使えません。",
        "There is no token, or it is over.",
    ),
    (
        "NO_SUCH_PATH",
        "そのアドレスには何もありません。",
        "There is nothing at this address.",
    ),
    (
        "NO_SUCH_METHOD",
        "その方法では受け付けません。",
        "The address takes no such method.",
    ),
    (
        "UNKNOWN_PARAMETER",
        "その項目はありません。",
        "There is no such parameter.",
    ),
    (
        "BAD_PARAMETER",
        "項目の値を読み取れません。",
        "A parameter's value cannot be read.",
    ),
    (
        "NO_IDEMPOTENCY_KEY",
        "Idempotency-Key がありません。",
        "There is no Idempotency-Key.",
    ),
    (
        "IDEMPOTENCY_KEY_REUSED",
        "同じ Idempotency-Key で、別の内容をすでに受け取っています。",
        "Something else was sent under the same Idempotency-Key before.",
    ),
    (
        "NOT_JSON",
        "application/json ではありません。",
        "It is not application/json.",
    ),
    (
        "BAD_JSON",
        "JSONのオブジェクトではありません。",
        "It is no JSON object.",
    ),
    ("TOO_LARGE", "大きすぎます。", "It is too large."),
    (
        "UNKNOWN_COMMAND",
        "その名前のコマンドはありません。",
        "There is no command of this name.",
    ),
    (
        "BAD_FIELD",
        "コマンドの項目の値を読み取れません。",
        "A field of the command cannot be read.",
    ),
    (
        "TOO_OFTEN",
        "要求が多すぎます。",
        "There are too many requests.",
    ),
    (
        "NEEDS_TOKEN",
        "一覧の全部は、トークンを持つプログラムだけが受け取れます。",
        "The whole of a list is handed to programs with a token alone.",
    ),
    (
        "TOO_MANY_EXPORTS",
        "今日はもう一覧を持ち出せません。",
        "No more lists are taken along today.",
    ),
    (
        "TOO_MANY_ROWS",
        "一度に持ち出すには多すぎます。",
        "There are too many to be taken along at once.",
    ),
    (
        "NOT_IN_TIME",
        "時間内に返事がありません。",
        "There was no answer in time.",
    ),
    (
        "INTERNAL",
        "内部で問題が起きました。",
        "Something failed inside.",
    ),
];

/// The page, in the language that the browser was asked to show.
pub(super) async fn page(caller: Caller) -> Result<Response, Told> {
    let lang = current_language();
    let commands = Command::NAMES.iter().filter_map(|name| {
        let about = match lang {
            Lang::Ja => Command::about_ja(name),
            Lang::En => Command::about(name),
        };
        Some((*name, about?))
    });
    let reasons = Reason::ALL.iter();
    let reasons = reasons.map(|one| (one.code(), one.ja(), one.en()));
    let problems = OWN.into_iter().chain(reasons);
    let text = api_docs(
        views::ALL.iter().map(|view| look(view, lang)).collect(),
        commands.collect(),
        problems
            .map(|(code, ja, en)| (code, lang.pick(ja, en)))
            .collect(),
    );
    let text = text.map_err(|error| Problem::internal(&error).told(caller.lang))?;
    let mut response = Html(text).into_response();
    let policy = HeaderValue::from_static(POLICY);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn look(view: &Served, lang: Lang) -> Look {
    let parameters = view
        .parameters()
        .map(|one| (one.name.clone(), in_one(&one.about(), lang)));
    Look {
        path: view.path,
        about: in_one(&view.about(), lang),
        parameters: parameters.collect(),
    }
}

/// One language of what the command line tells in both, Japanese first.
fn in_one(both: &str, lang: Lang) -> String {
    let (ja, en) = both.split_once(" / ").unwrap_or((both, both));
    lang.pick(ja, en).to_owned()
}
