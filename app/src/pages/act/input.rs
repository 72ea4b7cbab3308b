//! One field of an act's form, with what was typed into it.

use ledger_commands::command::{Field, Takes};
use serde_json::Value;

use super::{Typed, things, title};
use crate::lang::Lang;
use crate::pages::amend::CONTENT;
use crate::pages::giving::Fault;
use crate::pages::language::{current, t, term};
use crate::render::field_label;

/// Most codes that stand side by side; more stand in a list that opens.
const SIDE_BY_SIDE: usize = 6;

/// A field with what was typed into it.
pub(in crate::pages) struct Input {
    pub(in crate::pages) name: String,
    pub(in crate::pages) label: String,
    pub(in crate::pages) is_needed: bool,
    pub(in crate::pages) shape: Shape,
    pub(in crate::pages) help: String,
    pub(in crate::pages) fault: Option<String>,
}

/// How a field is filled in.
pub(in crate::pages) enum Shape {
    /// One of a few, side by side.
    Radio(Vec<Entry>),
    /// One of many.
    Select(Vec<Entry>),
    /// Any of these.
    Checkboxes(Vec<Entry>),
    Day(String),
    /// A day, and a time of the day where it is known.
    When(String, String),
    Number(String),
    Word(String),
    /// Sentences, or a word a line.
    Text(String),
}

/// A code or a thing that can be chosen.
#[derive(Clone)]
pub(in crate::pages) struct Entry {
    pub(in crate::pages) code: String,
    pub(in crate::pages) label: String,
    pub(in crate::pages) chosen: bool,
}

impl Input {
    /// A field, the things of which one can be chosen where it was looked for them, and its fault.
    pub(in crate::pages) fn of(
        field: &Field,
        typed: &Typed,
        things: Option<Vec<(String, String)>>,
        faults: &[Fault],
    ) -> Self {
        let own = typed.iter().filter(|(name, _)| *name == field.name);
        let texts: Vec<&str> = own.map(|(_, text)| text.as_str()).collect();
        let fault = faults.iter().find(|fault| fault.field == field.name);
        let is_child_known = typed
            .iter()
            .any(|(name, text)| name == "child" && !text.is_empty());
        Self {
            name: field.name.clone(),
            label: label(field),
            is_needed: field.is_needed,
            help: match (things.as_deref(), &field.takes) {
                (Some([]), Takes::Thing(kind)) => help_without_choice(kind, is_child_known),
                (None | Some([]), Takes::Number) if field.name.ends_with("fiscal_year") => t(
                    "西暦で入力します（令和5年度は2023）。",
                    "The year in which it begins (2023 for April 2023 to March 2024).",
                )
                .to_owned(),
                (_, takes) => help(takes).to_owned(),
            },
            shape: match (things.as_deref(), &field.takes) {
                // There is nothing that could be typed either.
                (Some([]), Takes::Thing(kind))
                    if (begun_by(kind, is_child_known).is_some() || kind == "approval")
                        && texts.concat().is_empty() =>
                {
                    Shape::Select(Vec::new())
                },
                // Nobody is in charge who could be replaced.
                (Some([]), Takes::Word) if !field.is_needed && texts.concat().is_empty() => {
                    Shape::Select(Vec::new())
                },
                _ => shape(field, &texts, things.unwrap_or_default()),
            },
            fault: fault.map(|fault| fault.message.clone()),
        }
    }

    /// The same, with when it is needed where that depends on another field.
    #[must_use]
    pub(in crate::pages) fn hinted(self, hint: Option<&'static str>) -> Self {
        let parts = [Some(self.help.as_str()), hint].into_iter().flatten();
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let help = parts.join(t("", " "));
        Self { help, ..self }
    }

    /// The ids of what describes the field: its help and its fault.
    pub(in crate::pages) fn described_by(&self) -> String {
        let help = (!self.help.is_empty()).then(|| format!("{}-help", self.name));
        let fault = self.fault.is_some().then(|| format!("{}-fault", self.name));
        let ids: Vec<String> = help.into_iter().chain(fault).collect();
        ids.join(" ")
    }
}

/// What a field is called.
fn label(field: &Field) -> String {
    let part = field.name.rsplit('.').next().unwrap_or_default();
    let found = (!field.is_needed).then(|| found(&field.name)).flatten();
    if let Some(found) = found {
        return found.to_owned();
    }
    bound(&field.name, &field.takes)
        .unwrap_or_else(|| field_label(part, current()))
        .to_owned()
}

/// What a field is called that is found in the ledger where it is left empty.
fn found(name: &str) -> Option<&'static str> {
    let label = match name {
        "position" | "to_position" => t(
            "位置（空欄なら台帳のいまの末尾）",
            "Position (the log's end where it is left empty)",
        ),
        "as_at" => t(
            "確定する位置（空欄なら台帳のいまの末尾）",
            "Position at which they are frozen (the log's end where it is left empty)",
        ),
        "root" => t(
            "議事録に記した要約値（空欄ならその位置のもの）",
            "Root as the minutes have it (that of the position where it is left empty)",
        ),
        _ => return None,
    };
    Some(label)
}

/// What a field called "from" or "to" is called, by what it takes.
fn bound(name: &str, takes: &Takes) -> Option<&'static str> {
    // In a correction the same fields stand below its content.
    let name = name.strip_prefix(CONTENT).unwrap_or(name);
    let parts: Vec<&str> = name.rsplit('.').take(2).collect();
    let label = match (parts.as_slice(), takes) {
        (["to"], Takes::Thing(kind)) if kind == "child" => t(
            "付替え先の対象者番号",
            "Number of the child to whom it is reassigned",
        ),
        (["to"], Takes::Word) => t("相手（だれに）", "To whom"),
        (["stream"], Takes::Word) => t(
            "対象者番号（例 C001）",
            "Number of the child (such as C001)",
        ),
        (["fiscal_year", ..], Takes::Number) => t("年度", "Fiscal year"),
        (["from", "hours"], _) => t("開く時刻（例 08:30）", "Opens at (such as 08:30)"),
        (["to", "hours"], _) => t("閉じる時刻（例 17:15）", "Closes at (such as 17:15)"),
        (["from", "new_year_break"], _) => t(
            "年末年始の休みの初日（例 12-29）",
            "First day of the New Year break (such as 12-29)",
        ),
        (["to", "new_year_break"], _) => t(
            "年末年始の休みの最終日（例 01-03）",
            "Last day of the New Year break (such as 01-03)",
        ),
        (["from", ..], Takes::Day) => t("開始日", "First day"),
        (["to", ..], Takes::Day) => t("終了日", "Last day"),
        (["from", ..], Takes::One(_)) => t("変更前", "Before"),
        (["to", ..], Takes::One(_)) => t("変更先", "After"),
        _ => return None,
    };
    Some(label)
}

/// What the field of a name is called; none where there is none.
pub(in crate::pages) fn label_of(fields: &[Field], name: &str) -> Option<String> {
    fields.iter().find(|field| field.name == name).map(label)
}

/// A value as it would be typed: one text, or several of a list.
pub(in crate::pages) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null | Value::Object(_) => Vec::new(),
        Value::Bool(true) => vec!["yes".to_owned()],
        Value::Bool(false) => vec!["no".to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
    }
}

/// Whether texts of a field say the same: lines end as they do in the ledger, a list may be typed a line each, and of
/// several codes the order counts for nothing.
pub(in crate::pages) fn say_the_same(one: &[&str], other: &[&str]) -> bool {
    let plain = |texts: &[&str]| {
        let texts = texts.iter().map(|text| text.replace("\r\n", "\n"));
        let texts = texts.map(|text| text.trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    };
    let (mut one, mut other): (Vec<String>, Vec<String>) = (plain(one), plain(other));
    if one.join("\n") == other.join("\n") {
        return true;
    }
    one.sort_unstable();
    other.sort_unstable();
    one == other
}

fn help(takes: &Takes) -> &'static str {
    match takes {
        Takes::When => t(
            "時刻が分からないときは日付だけ入力します。",
            "Where the time is not known, give the date alone.",
        ),
        Takes::Words => t("一行に一つずつ入力します。", "One on each line."),
        Takes::Things(_) => t(
            "何人か、またはいくつかのときは、間を空けて続けます。",
            "For several, put a space between them.",
        ),
        Takes::One(_)
        | Takes::Several(_)
        | Takes::Day
        | Takes::YesNo
        | Takes::MaybeYesNo
        | Takes::Number
        | Takes::Word
        | Takes::Text
        | Takes::Thing(_) => "",
    }
}

/// The command by which a thing of a kind comes into the ledger, where none of a person's is known only if it is known
/// whose.
fn begun_by(kind: &str, is_child_known: bool) -> Option<&'static str> {
    let by = match kind {
        "facility" => "register-facility",
        "trainee" => "enrol-trainee",
        "organisation" => "register-organisation",
        "meeting" => "convene-meeting",
        "recommendation" => "make-recommendation",
        "request" => "make-request",
        "opinion" => "receive-opinion",
        "engagement" => "open-audit",
        _ if !is_child_known => return None,
        "guardian" => "add-guardian",
        "referral" => "make-referral",
        "support-plan" => "draft-support-plan",
        "disaster-plan" => "draft-disaster-plan",
        "stay" | "hospital-stay" => "start-hospital-stay",
        "consent" => "give-consent",
        "follow_up" => "schedule-follow-up",
        _ => return None,
    };
    Some(by)
}

/// What helps where a thing is asked for and none can be chosen: where its number is found, or that there is none and
/// where one is recorded.
fn help_without_choice(kind: &str, is_child_known: bool) -> String {
    if kind == "follow_up" && is_child_known {
        return t(
            "済んでいない次の対応はありません。",
            "There is no follow-up still to be done.",
        )
        .to_owned();
    }
    if let Some(command) = begun_by(kind, is_child_known) {
        let form = title(command);
        return match current() {
            Lang::Ja => format!(
                "まだ登録がないため、選べるものがありません。「そのほかの記録」の「{form}」で記録すると、ここで選べます。"
            ),
            Lang::En => format!(
                "None is recorded yet, so there is none to choose. Record one with \"{form}\" under \"Other records\"; then it can be chosen here."
            ),
        };
    }
    let help = match kind {
        "child" => t(
            "台帳の番号です（例 C001）。分からないときは「対象者」で探せます。",
            "The register number (such as C001). Where it is not known, look for it under \"Children\".",
        ),
        "approval" => t(
            "いま選べる承認はありません。",
            "There is no approval to choose now.",
        ),
        "inquiry" => t(
            "選べる匿名の相談はありません。",
            "There is no anonymous inquiry to choose.",
        ),
        "question" => t(
            "いま選べる照会・質問はありません。",
            "There is no question to choose now.",
        ),
        "finding" => t(
            "いま選べる指摘はありません。",
            "There is no finding to choose now.",
        ),
        "account" => t(
            "サインインに使うアカウント名です。",
            "The name with which the account signs in.",
        ),
        _ if !things::OF_A_PERSON.contains(&kind) => "",
        _ if is_child_known => t(
            "この方には、選べるものがまだ記録されていません。",
            "None is recorded for this child yet from which to choose.",
        ),
        _ => t(
            "その方の経過の「そのほかの記録をする」から開くと、一覧から選べます。",
            "Opened from the child's timeline (\"Record something else\"), it can be chosen from a list.",
        ),
    };
    help.to_owned()
}

fn shape(field: &Field, texts: &[&str], things: Vec<(String, String)>) -> Shape {
    let first = texts.first().copied().unwrap_or_default().to_owned();
    match &field.takes {
        Takes::One(codes) if codes.len() <= SIDE_BY_SIDE && field.is_needed => {
            Shape::Radio(options(codes, texts))
        },
        Takes::One(codes) => Shape::Select(options(codes, texts)),
        Takes::Several(codes) => Shape::Checkboxes(options(codes, texts)),
        Takes::YesNo | Takes::MaybeYesNo => {
            let codes = [("yes", "はい"), ("no", "いいえ")];
            let codes = codes.map(|(code, ja)| (code.to_owned(), ja.to_owned()));
            if field.is_needed {
                Shape::Radio(options(&codes, texts))
            } else {
                Shape::Select(options(&codes, texts))
            }
        },
        Takes::Day => Shape::Day(first),
        Takes::When => {
            let time = texts.get(1).copied().unwrap_or_default();
            Shape::When(first, time.to_owned())
        },
        Takes::Number if things.is_empty() => Shape::Number(first),
        Takes::Word if things.is_empty() => Shape::Word(first),
        Takes::Text | Takes::Words => Shape::Text(texts.join("\n")),
        Takes::Things(_) => Shape::Word(texts.join(" ")),
        // One that is not there any more cannot be told by hand either.
        Takes::Thing(kind) if ["approval", "inquiry", "follow_up"].contains(&kind.as_str()) => {
            let there = things.iter().any(|(id, _)| *id == first);
            let first = if there || things.is_empty() {
                first
            } else {
                String::new()
            };
            one_of(things, first, field.is_needed)
        },
        Takes::Number | Takes::Word | Takes::Thing(_) => one_of(things, first, field.is_needed),
    }
}

/// One of things that are known; what is typed and not among them, such as a number, is typed on.
fn one_of(things: Vec<(String, String)>, typed: String, is_needed: bool) -> Shape {
    let is_there = typed.is_empty() || things.iter().any(|(id, _)| *id == typed);
    if things.is_empty() || !is_there {
        return Shape::Word(typed);
    }
    let only = is_needed && things.len() == 1;
    let chosen = |id: &str| only || id == typed;
    let options = things.into_iter().map(|(id, label)| Entry {
        chosen: chosen(&id),
        code: id,
        label,
    });
    Shape::Select(options.collect())
}

fn options(codes: &[(String, String)], texts: &[&str]) -> Vec<Entry> {
    let options = codes.iter().map(|(code, ja)| Entry {
        code: code.clone(),
        label: term(code, ja),
        chosen: texts.contains(&code.as_str()),
    });
    options.collect()
}

#[cfg(test)]
mod tests {
    use ledger_commands::Command;
    use ledger_commands::command::fields_of_event;

    use super::*;

    #[test]
    fn a_field_called_from_or_to_is_called_a_value_or_a_day_only_where_it_is_one() {
        let commands = Command::NAMES.iter();
        let commands = commands.filter_map(|name| Some((name, Command::fields(name)?)));
        let corrected = ["opening-hours-set", "information-shared", "profile-changed"].iter();
        let corrected = corrected.map(|name| {
            let content = fields_of_event(name).unwrap().into_iter();
            let content = content.map(|field| Field {
                name: format!("{CONTENT}{}", field.name),
                ..field
            });
            (name, content.collect())
        });
        let mut asked = 0;
        for (name, fields) in commands.chain(corrected) {
            for field in fields {
                let part = field.name.rsplit('.').next().unwrap();
                if !["from", "to"].contains(&part) {
                    continue;
                }
                asked += 1;
                let label = label(&field);
                let is_value = matches!(field.takes, Takes::One(_));
                assert_eq!(label.starts_with("変更"), is_value, "{name}: {label}");
                let is_day = field.takes == Takes::Day;
                let says_day = ["開始日", "終了日"].contains(&&*label);
                assert_eq!(says_day, is_day, "{name}: {label}");
            }
        }
        assert!(asked > 12, "{asked}");
    }

    #[test]
    fn texts_say_the_same_however_they_are_typed() {
        assert!(say_the_same(&["一行\r\n二行 "], &["一行\n二行"]));
        assert!(say_the_same(&["二\n一"], &["二", "一"]), "a line each");
        assert!(say_the_same(&["b", "a"], &["a", "b"]), "codes");
        assert!(say_the_same(&["", " "], &[]));
        assert!(!say_the_same(&["一行\n二行"], &["二行\n一行"]));
        assert!(!say_the_same(&["a"], &["a", "b"]));
    }

    #[test]
    fn what_is_begun_by_a_command_is_begun_by_one_that_has_a_form() {
        let kinds = [
            "organisation",
            "facility",
            "trainee",
            "meeting",
            "request",
            "consent",
        ];
        for kind in kinds.iter().chain(&things::OF_A_PERSON) {
            if let Some(command) = begun_by(kind, true) {
                assert!(Command::fields(command).is_some(), "{kind}: {command}");
            }
        }
        assert!(begun_by("consent", false).is_none(), "nobody knows whose");
    }

    #[test]
    fn where_nothing_can_be_chosen_a_form_says_why_and_where_it_can() {
        let fields = Command::fields("finish-follow-up").unwrap();
        let field = fields.iter().find(|one| one.name == "follow_up").unwrap();
        let help = |typed: &Typed, things| Input::of(field, typed, things, &[]).help;
        let of_child = vec![("child".to_owned(), "C101".to_owned())];
        let thing = || vec![("thing".to_owned(), "電話する".to_owned())];

        let none = help(&of_child, Some(Vec::new()));
        assert!(none.contains("済んでいない次の対応はありません"), "{none}");
        assert!(help(&Typed::new(), Some(Vec::new())).contains("経過"));
        assert_eq!(help(&of_child, Some(thing())), "");
        assert_eq!(help(&of_child, None), "", "nobody looked");
    }
}
