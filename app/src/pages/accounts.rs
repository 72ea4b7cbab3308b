//! アカウント: who works with the ledger in which role, and the links with which they come in.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_commands::state::{Account, Folded, StreamState as _};
use ledger_core::actor::{Actor, Role};
use ledger_core::event::ExportedList;
use serde::{Deserialize, Serialize};

use super::account_changes::{Change, SHOWN, changes};
use super::chrome::Chrome;
use super::door::SignedIn;
use super::export::{self, Cell, Links, Table};
use super::fault::{Fault, Refusal, shown, shown_as};
use super::form::{Draft, Query, fields};
use super::giving;
use super::host::Host;
use super::language::{current, sentence, t};
use super::site::Site;
use crate::failure::{Exit, Failure};
use crate::fault::read_failure;
use crate::reading::histories;
use crate::render;
use crate::sign_in::invite::{Admitting, Anew, OTHER_ROLE, path};
use crate::sign_in::lasting;
use crate::sign_in::second::{Registered, settings};

#[derive(Template)]
#[template(path = "accounts.html")]
struct Page {
    chrome: Chrome,
    accounts: Vec<Line>,
    /// The names of those that are closed.
    closed: Vec<String>,
    roles: Vec<(&'static str, &'static str)>,
    typed: Typed,
    /// What is to be known, of which nothing is wrong.
    calm: Option<&'static str>,
    fault: Option<Fault>,
    /// The account that was invited, and its link: shown this once.
    invited: Option<(String, String)>,
    /// The role of the account that was invited, where it was there before.
    was_there: Option<&'static str>,
    /// The account that is there in another role than the one that was chosen.
    other: Option<String>,
    export: Option<Links>,
    /// The newest changes of accounts, and how many there were.
    changes: Vec<Change>,
    all_changes: usize,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// `csv` or `xlsx`: the list as a file.
    #[serde(skip_serializing)]
    format: String,
}

struct Line {
    name: String,
    role: &'static str,
    has_password: bool,
    /// What is registered besides.
    second: String,
}

#[derive(Clone, Default, Deserialize, Serialize)]
pub(super) struct Typed {
    #[serde(default)]
    account: String,
    /// Empty for an account that is there.
    #[serde(default)]
    role: String,
    /// Not empty where second factors go as well.
    #[serde(default)]
    anew: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let page = made(&site, &signed_in).await?;
    if let Some(format) = export::format(&asked.format)? {
        let named = (ExportedList::Accounts, format, signed_in.head);
        return export::hand_over(&site, &signed_in, named, table(&page.accounts)).await;
    }
    shown(&page)
}

/// Accounts are changed by who keeps them and signed in just now; who signed in longer ago does so again, and goes on
/// there with what was typed.
pub(super) fn may_change(
    site: &Site,
    signed_in: &SignedIn,
    (to, draft): (String, String),
) -> Result<(), Refusal> {
    signed_in.may(Action::ManageAccounts, Subject::Ledger)?;
    if lasting::is_recent(signed_in.begun_at, site.now()) {
        return Ok(());
    }
    Err(Refusal::SignInAgain { to, draft })
}

pub(super) async fn send(
    State(site): State<Arc<Site>>,
    host: Host,
    sent: Draft<Typed>,
) -> Result<Response, Refusal> {
    let (signed_in, typed) = (sent.signed_in, sent.fields);
    if !sent.is_own {
        return again(&site, &signed_in, typed).await;
    }
    let draft = serde_html_form::to_string(&typed).map_err(|error| Refusal::internal(&error))?;
    may_change(&site, &signed_in, ("/accounts".to_owned(), draft))?;
    let before = role_of(&site, typed.account.trim()).await?;
    match invite(&site, &signed_in, &typed).await {
        Ok(path) => {
            let mut page = made(&site, &signed_in).await?;
            page.was_there = before;
            let link = format!("{}{path}", beginning(&site, &host));
            page.invited = Some((typed.account.trim().to_owned(), link));
            shown(&page)
        },
        Err(failure) if failure.exit == Exit::Failed => Err(failure.into()),
        Err(failure) => {
            let mut page = made(&site, &signed_in).await?;
            page.other = (failure.code == OTHER_ROLE).then(|| typed.account.trim().to_owned());
            refused(page, typed, fault(&failure))
        },
    }
}

/// The role of an account that is open, in words.
async fn role_of(site: &Site, name: &str) -> Result<Option<&'static str>, Refusal> {
    let Ok(account) = Actor::new(name) else {
        return Ok(None);
    };
    let known = site.account_of(&account).await?;
    Ok(known
        .role
        .map(|role| render::role_of_account(role, current())))
}

/// The form with what was typed before somebody had to sign in again.
///
/// # Errors
/// [`Refusal`] where that is no such form, or the role keeps no accounts.
pub(super) async fn resumed(
    site: &Site,
    signed_in: &SignedIn,
    draft: &str,
) -> Result<Response, Refusal> {
    again(site, signed_in, fields(draft.as_bytes())?).await
}

async fn again(site: &Site, signed_in: &SignedIn, typed: Typed) -> Result<Response, Refusal> {
    let mut page = made(site, signed_in).await?;
    page.typed = typed;
    page.calm = Some(giving::signed_in_again());
    shown_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn refused(mut page: Page, typed: Typed, fault: Fault) -> Result<Response, Refusal> {
    page.typed = typed;
    page.fault = Some(fault);
    shown_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Why no link was made, at its field.
fn fault(failure: &Failure) -> Fault {
    let roles = ["UNKNOWN_ROLE", OTHER_ROLE, "ACCOUNT_NOT_FOUND"];
    let said = sentence(failure.message(current()));
    let more = match failure.code {
        "ACCOUNT_NOT_FOUND" => t(
            "開くには役割を選んでください。",
            " Choose a role to open it.",
        ),
        OTHER_ROLE => t(
            "パスワードを決め直すリンクを出すときは、役割を「選ばない」にしてください。役割を変えるときは、アカウントの画面で変えてください。",
            " For a link with which the password is set anew, choose no role. To change the role, open the account's page.",
        ),
        "ACCOUNT_CLOSED" => t(
            "別の名前で開いてください。",
            " Open one under another name.",
        ),
        _ => "",
    };
    Fault {
        field: if roles.contains(&failure.code) {
            "role"
        } else {
            "account"
        },
        message: format!("{said}{more}"),
    }
}

/// How people reach the pages: as was said, else as the admin's own browser does.
fn beginning(site: &Site, host: &Host) -> String {
    if let Some(url) = &site.url {
        return url.trim_end_matches('/').to_owned();
    }
    let scheme = if site.over_tls { "https" } else { "http" };
    format!("{scheme}://{}", host.name().unwrap_or_default())
}

async fn invite(site: &Site, signed_in: &SignedIn, typed: &Typed) -> Result<String, Failure> {
    let account = Actor::new(typed.account.trim()).map_err(|_| {
        Failure::refused(
            "BAD_ACCOUNT",
            "アカウント名は、半角の英数字と . _ : @ - で100文字までにしてください。氏名は使わないでください。",
            "an account's name is 1 to 100 of A-Z a-z 0-9 . _ : @ -, never a person's",
        )
    })?;
    if account == signed_in.account {
        return Err(own_account());
    }
    let role = role(&typed.role)?;
    let admitting = Admitting {
        open: &site.open,
        sign_ins: &site.sign_ins,
        clock: site.clock.as_ref(),
        random: site.random.as_ref(),
        new_id: &site.new_id,
    };
    let by = (&signed_in.account, signed_in.role);
    let anew = if typed.anew.is_empty() {
        Anew::Password
    } else {
        Anew::All
    };
    Ok(path(&admitting.invite(by, &account, role, anew).await?))
}

/// Whoever sits at an administrator's desk does not change the administrator's password by a link.
fn own_account() -> Failure {
    Failure::refused(
        "OWN_ACCOUNT",
        "自分のアカウントのリンクは出せません。ほかの管理者に頼むか、台帳のある機械で care-ledger invite を使ってください。",
        "no link for your own account; ask another administrator, or use care-ledger invite on the ledger's machine",
    )
}

/// The role that was chosen, if one was.
fn role(chosen: &str) -> Result<Option<Role>, Failure> {
    if chosen.is_empty() {
        return Ok(None);
    }
    Role::of_account(chosen).map(Some).ok_or_else(|| {
        let (ja, en) = ("その役割はありません。", "there is no such role");
        Failure::refused("UNKNOWN_ROLE", ja, en)
    })
}

async fn made(site: &Site, signed_in: &SignedIn) -> Result<Page, Refusal> {
    signed_in.may(Action::ManageAccounts, Subject::Ledger)?;
    let (accounts, closed) = accounts(site).await?;
    let mut changes = changes(&site.open.open, signed_in.head).await?;
    let all_changes = changes.len();
    changes.truncate(SHOWN);
    Ok(Page {
        chrome: Chrome::of(t("アカウント", "Accounts"), signed_in, "/accounts"),
        accounts,
        closed,
        changes,
        all_changes,
        roles: Role::OF_ACCOUNTS
            .iter()
            .filter_map(|(code, _)| {
                let role = Role::of_account(code)?;
                Some((*code, render::role_of_account(role, current())))
            })
            .collect(),
        typed: Typed::default(),
        calm: None,
        fault: None,
        invited: None,
        was_there: None,
        other: None,
        export: Links::of(signed_in, ExportedList::Accounts, &Asked::default()),
    })
}

fn table(accounts: &[Line]) -> Table {
    let columns = [
        t("アカウント名", "Account"),
        t("役割", "Role"),
        t("パスワード", "Password"),
        t("二つ目の確認", "Second factor"),
    ];
    let rows = accounts.iter().map(|line| {
        let password = if line.has_password {
            t("決めてある", "set")
        } else {
            t("まだ", "not yet")
        };
        let told = [&line.name, line.role, password, &line.second];
        told.into_iter().map(Cell::text).collect()
    });
    Table::new(t("アカウント", "Accounts"), columns, rows)
}

/// What an account registered besides its password, in words.
async fn second(site: &Site, account: &Actor, required: bool) -> Result<String, Refusal> {
    let registered = Registered::of(&site.sign_ins, account).await;
    let registered = registered.map_err(|error| Refusal::internal(&error))?;
    if registered.is_nothing() {
        let said = if required {
            t("まだ（必要）", "not yet (required)")
        } else {
            t("なし", "none")
        };
        return Ok(said.to_owned());
    }
    let mut parts = Vec::new();
    if registered.codes {
        parts.push(t("認証アプリ", "app").to_owned());
    }
    if !registered.passkeys.is_empty() {
        let number = registered.passkeys.len();
        let said = t("パスキー", "passkeys");
        parts.push(format!("{said} {number}"));
    }
    Ok(parts.join(t("、", ", ")))
}

/// The accounts that are open, and the names of those that are closed, by name.
async fn accounts(site: &Site) -> Result<(Vec<Line>, Vec<String>), Refusal> {
    let store = site.open.open.store.as_ref();
    let head = store.head().await.map_err(|error| read_failure(&error))?;
    let settings = settings(store).await?;
    let (mut lines, mut closed) = (Vec::new(), Vec::new());
    let found = histories(&site.open.open, "account-", head.position).await?;
    for (stream, history) in found.iter() {
        let folded = Folded::of_history(stream, history);
        let known = Account::of(folded.state()).cloned().unwrap_or_default();
        let (name, role) = match (known.name, known.role) {
            (Some(name), Some(role)) => (name, role),
            (Some(name), None) => {
                closed.push(name.to_string());
                continue;
            },
            (None, _) => continue,
        };
        let password = site.sign_ins.password(&name).await;
        let password = password.map_err(|error| Refusal::internal(&error))?;
        lines.push(Line {
            name: name.to_string(),
            role: render::role_of_account(role, current()),
            has_password: password.is_some(),
            second: second(site, &name, settings.second_factor(role)).await?,
        });
    }
    lines.sort_by(|one, other| one.name.cmp(&other.name));
    closed.sort();
    Ok((lines, closed))
}
