//! Every view: its path, what may be asked beside it, and the shape of the answer.
//!
//! What may be asked, and how it is read, are the options of the command line, so that neither knows more
//! than the other.

use std::any::TypeId;
use std::sync::{Arc, LazyLock};

use axum::Json;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use clap::{Arg, ArgAction, ArgMatches, Command};
use futures::future::BoxFuture;
use ledger_commands::authorise::Action;
use ledger_core::event::{ExportFormat, ListExported};
use serde_json::Value;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use super::caller::Caller;
use super::problem::Problem;
use super::wording;
use crate::cli::view::{Asking, Door, View, misread};
use crate::failure::Failure;
use crate::fault::{execute_failure, read_failure};
use crate::lang::Lang;
use crate::pages::Site;

type Answer = for<'a> fn(ArgMatches, &'a Site, &'a Caller) -> BoxFuture<'a, Result<Value, Failure>>;

/// A view under its path.
pub(super) struct Served {
    /// Its path; each `{…}` is a positional argument of the command line.
    pub(super) path: &'static str,
    /// Its name, by which programs are made that ask for it.
    pub(super) name: &'static str,
    /// What somebody must be allowed to.
    action: Action,
    /// What may be asked.
    asked: Command,
    /// What only goes with something that the path does not name.
    hidden: &'static [&'static str],
    answer: Answer,
    /// The shape of the answer.
    pub(super) shape: Value,
}

impl Served {
    /// What it shows, in both languages.
    pub(super) fn about(&self) -> String {
        let about = self.asked.get_about();
        about.map(ToString::to_string).unwrap_or_default()
    }

    /// What stands in the path, and what behind its question mark.
    pub(super) fn parameters(&self) -> impl Iterator<Item = Parameter<'_>> {
        let shown = |arg: &&Arg| !self.hidden.contains(&arg.get_id().as_str());
        self.asked.get_arguments().filter(shown).map(|arg| {
            let name = name_of(arg);
            let in_path = self.path.contains(&format!("{{{name}}}"));
            Parameter { arg, name, in_path }
        })
    }

    /// The parameter that the command line calls so.
    fn parameter(&self, called: &str) -> String {
        let mut all = self.parameters();
        let is_called = |arg: &Arg| {
            let names = arg.get_value_names().unwrap_or_default();
            arg.get_long().is_none() && names.iter().any(|name| name.as_str() == called)
        };
        let own = all.find(|one| is_called(one.arg));
        own.map_or_else(|| wording::name(called), |own| own.name)
    }
}

/// Something that may be asked.
pub(super) struct Parameter<'a> {
    pub(super) arg: &'a Arg,
    pub(super) name: String,
    pub(super) in_path: bool,
}

impl Parameter<'_> {
    /// Whether it is there or not, and says nothing else.
    pub(super) fn is_flag(&self) -> bool {
        matches!(self.arg.get_action(), ArgAction::SetTrue)
    }

    /// Whether it may be given several times.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.arg.get_action(), ArgAction::Append)
    }

    /// Whether it is a whole number.
    pub(super) fn is_number(&self) -> bool {
        let kind = self.arg.get_value_parser().type_id();
        kind == TypeId::of::<u64>() || kind == TypeId::of::<usize>()
    }

    /// The texts that it takes, where it takes a few.
    pub(super) fn choices(&self) -> Vec<String> {
        let choices = self.arg.get_possible_values().into_iter();
        choices.map(|choice| choice.get_name().to_owned()).collect()
    }

    /// What it is, in both languages.
    pub(super) fn about(&self) -> String {
        let help = self.arg.get_help();
        help.map(ToString::to_string).unwrap_or_default()
    }
}

/// The name of what may be asked: that of the option, or of the positional argument.
fn name_of(arg: &Arg) -> String {
    let name = arg.get_long().unwrap_or_else(|| arg.get_id().as_str());
    name.replace('-', "_")
}

/// A view under a path, which answers in a shape.
pub(super) fn view<V: View>(path: &'static str, name: &'static str, shape: Value) -> Served {
    let asked = V::augment_args(Command::new(name)).no_binary_name(true);
    let mut asked = asked.disable_help_flag(true).disable_version_flag(true);
    // What an argument takes is only known, and shown, once this is done.
    asked.build();
    Served {
        path,
        name,
        action: V::ACTION,
        asked,
        hidden: &[],
        answer: answer::<V>,
        shape,
    }
}

impl Served {
    /// The same view without what only goes with something that its path does not name.
    pub(super) fn without(self, hidden: &'static [&'static str]) -> Self {
        Self { hidden, ..self }
    }
}

fn answer<'a, V: View>(
    given: ArgMatches,
    site: &'a Site,
    caller: &'a Caller,
) -> BoxFuture<'a, Result<Value, Failure>> {
    Box::pin(async move {
        let view = V::from_arg_matches(&given).map_err(|error| misread(&error))?;
        let by = (caller.account.clone(), caller.role);
        let taken = view.takes();
        if let Some(taken) = &taken {
            // What may not be taken is not looked for.
            caller.may_take(site, taken.list).await?;
        }
        let as_at = site.open.open.store.head().await;
        let as_at = as_at.map_err(|error| read_failure(&error))?.position;
        let new_id = Arc::clone(&site.new_id);
        let door = Door::served(&site.open, by, view.opens(), new_id);
        let asking = Asking {
            door: &door,
            today: site.today(),
            by_part: false,
            codec: Some(site.open.codec.clone()),
        };
        let value = view.value(&asking).await?;
        if let Some(taken) = taken {
            let rows = value.get(taken.field).and_then(Value::as_array);
            let exported = ListExported {
                list: taken.list,
                format: ExportFormat::Json,
                rows: u64::try_from(rows.map_or(0, Vec::len)).unwrap_or(u64::MAX),
                as_at,
            };
            let envelope = site.envelope(&caller.account, caller.role);
            let recorded = site.open.ledger.record_export(exported, &envelope).await;
            recorded.map_err(|error| execute_failure(&error))?;
        }
        Ok(value)
    })
}

/// Every view.
pub(super) static ALL: LazyLock<Vec<Served>> = LazyLock::new(super::served::all);

/// Answers with a view.
pub(super) async fn look(
    view: &'static Served,
    (site, caller): (Arc<Site>, Caller),
    path: Result<RawPathParams, RawPathParamsRejection>,
    query: RawQuery,
) -> Response {
    let lang = caller.lang;
    match looked(view, (site, caller), path, query).await {
        Ok(value) => Json(value).into_response(),
        Err(problem) => problem.told(lang).into_response(),
    }
}

async fn looked(
    view: &'static Served,
    (site, caller): (Arc<Site>, Caller),
    path: Result<RawPathParams, RawPathParamsRejection>,
    RawQuery(query): RawQuery,
) -> Result<Value, Problem> {
    caller.may(view.action)?;
    let path = path.map_err(|_| Problem::not_found())?;
    let named = path
        .iter()
        .map(|(name, text)| (name.to_owned(), text.to_owned()));
    let asked = serde_html_form::from_str::<Vec<(String, String)>>(&query.unwrap_or_default());
    let asked = asked.map_err(|_| Problem::not_found())?;
    let words = view.words(&named.collect::<Vec<_>>(), &asked)?;
    let given = view.asked.clone().try_get_matches_from(words);
    let given = given.map_err(|error| view.misread(&error))?;
    let answer = if view.action == Action::ReadFigures {
        counted(view.answer, given, (site, caller)).await?
    } else {
        (view.answer)(given, &site, &caller).await
    };
    answer.map_err(|failure| Problem::of_view(&failure, |called| view.parameter(called)))
}

/// Figures that are counted at once.
const AT_ONCE: usize = 2;

/// Counting takes a processor for as long as it lasts: not on the threads that answer, and few at a time;
/// the others wait.
async fn counted(
    answer: Answer,
    given: ArgMatches,
    (site, caller): (Arc<Site>, Caller),
) -> Result<Result<Value, Failure>, Problem> {
    static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);
    // Never closed; kept until it is counted, though nobody may wait for it any more.
    let place = PLACES.acquire().await;
    let runtime = Handle::current();
    let counting = tokio::task::spawn_blocking(move || {
        let _place = place;
        runtime.block_on(answer(given, &site, &caller))
    });
    counting.await.map_err(|error| Problem::internal(&error))
}

impl Served {
    /// What is asked, as the command line would have it.
    fn words(
        &self,
        named: &[(String, String)],
        asked: &[(String, String)],
    ) -> Result<Vec<String>, Problem> {
        let behind = |name: &str| {
            self.parameters()
                .find(|one| one.name == name && !one.in_path)
        };
        let unknown = asked.iter().find(|(name, _)| behind(name).is_none());
        if let Some((name, _)) = unknown {
            let detail = ("この項目はありません。", "there is no such parameter");
            let problem = Problem::new(StatusCode::BAD_REQUEST, "UNKNOWN_PARAMETER", detail);
            return Err(problem.on(name.clone()));
        }
        let (mut words, mut positional) = (Vec::new(), Vec::new());
        for parameter in self.parameters() {
            let from = if parameter.in_path { named } else { asked };
            let own = from.iter().filter(|(name, _)| *name == parameter.name);
            for (_, text) in own {
                match parameter.arg.get_long() {
                    None => positional.push(text.clone()),
                    Some(long) if parameter.is_flag() => {
                        words.extend(is_set(&parameter, text)?.then(|| format!("--{long}")));
                    },
                    Some(long) => words.push(format!("--{long}={text}")),
                }
            }
        }
        words.push("--".to_owned());
        words.extend(positional);
        Ok(words)
    }

    /// What is wrong with what is asked, told of parameters rather than options.
    fn misread(&self, error: &clap::Error) -> Problem {
        let failure = misread(error);
        let (mut ja, mut en) = (
            failure.message(Lang::Ja).to_owned(),
            failure.message(Lang::En).to_owned(),
        );
        let mut field = None;
        for one in self.parameters() {
            let shown = one.arg.to_string();
            if ja.contains(&shown) {
                (ja, en) = (ja.replace(&shown, &one.name), en.replace(&shown, &one.name));
                field.get_or_insert(one.name);
            }
        }
        let problem = Problem::new(StatusCode::BAD_REQUEST, "BAD_PARAMETER", (&ja, &en));
        match field {
            Some(field) => problem.on(field),
            None => problem,
        }
    }
}

/// Whether a flag is set.
fn is_set(flag: &Parameter<'_>, text: &str) -> Result<bool, Problem> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => {
            let detail = ("true か false で指定してください。", "it is true or false");
            let problem = Problem::new(StatusCode::BAD_REQUEST, "BAD_PARAMETER", detail);
            Err(problem.on(flag.name.clone()))
        },
    }
}
