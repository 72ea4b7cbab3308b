//! Every event reads as plain Japanese or English, with its text where it may be seen and only there.

use ledger_app::lang::Lang;
use ledger_app::render::{event_title, sentence};
use ledger_core::event::{Event, Privacy};
use ledger_core::private::{join, split};
use ledger_tests::samples;
use serde_json::Value;

/// The sample as a reader without keys sees it.
fn closed(event: &Event) -> Event {
    let (clear, _) = split(event.encode().unwrap()).unwrap();
    let info = event.info();
    Event::decode(info.name, info.version, join(clear, serde_json::Map::new())).unwrap()
}

/// Every private text of a sample, piece by piece.
fn texts(event: &Event) -> Vec<String> {
    let (_, private) = split(event.encode().unwrap()).unwrap();
    let mut texts = Vec::new();
    for value in private.unwrap_or_default().values() {
        match value {
            Value::String(text) => texts.extend(text.lines().map(str::to_owned)),
            Value::Array(items) => {
                texts.extend(
                    items
                        .iter()
                        .filter_map(|item| item.as_str())
                        .map(str::to_owned),
                );
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {},
        }
    }
    texts
}

#[test]
fn every_event_type_has_a_title_in_both_languages() {
    for info in Event::types() {
        assert_ne!(event_title(info.name, Lang::Ja), info.name);
        assert_ne!(event_title(info.name, Lang::En), info.name);
    }
}

#[test]
fn every_event_reads_as_japanese_sentences_without_stored_codes() {
    for event in samples::events() {
        let name = event.info().name;
        let told = sentence(&event, Privacy::Opened, Lang::Ja);

        assert!(told.ends_with('。'), "{name}: {told}");
        assert!(!told.contains("。。"), "{name}: {told}");
        for code in ["{", "}", "\"", "Some(", "None", "true", "false", "null"] {
            assert!(!told.contains(code), "{name}: {told}");
        }
    }
}

/// Every text of a sample as it is stored, codes among them.
fn stored(event: &Event) -> Vec<String> {
    fn of(value: &Value, texts: &mut Vec<String>) {
        match value {
            Value::String(text) => texts.push(text.replace('\n', " ")),
            Value::Array(items) => items.iter().for_each(|item| of(item, texts)),
            Value::Object(fields) => fields.values().for_each(|field| of(field, texts)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {},
        }
    }
    let mut texts = Vec::new();
    of(&event.encode().unwrap(), &mut texts);
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts
}

const fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3000}'..='ヿ' | '㐀'..='鿿' | '\u{ff00}'..='\u{ffef}')
}

/// A code of a table as it is stored, such as `visiting-nursing`; names of settings are none.
fn is_code(event: &Event, text: &str) -> bool {
    let names = ["review-term-set", "counting-rule-adopted", "account-opened"];
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
    let is_hyphened = text.contains('-') && text.split('-').all(is_word);
    let is_english = ["co-visit", "know-how"].contains(&text);
    is_hyphened && !is_english && !names.contains(&event.info().name)
}

#[test]
fn every_event_reads_as_english_sentences_but_for_what_people_wrote() {
    for event in samples::events() {
        let name = event.info().name;
        let told = sentence(&event, Privacy::Opened, Lang::En);
        let stored = stored(&event);

        assert!(told.ends_with(['.', '。', '？', '！']), "{name}: {told}");
        for wrong in [
            "..", "。.", " .", "  ", "()", "( ", " )", ": .", "{", "Some(", "None", "true", "false",
        ] {
            assert!(!told.contains(wrong), "{name}: {told}");
        }
        let first = told.chars().next().unwrap();
        assert!(
            first.is_ascii_uppercase() || first.is_ascii_digit(),
            "{name}: {told}"
        );
        for code in stored.iter().filter(|text| is_code(&event, text)) {
            assert!(!told.contains(code.as_str()), "{name} {code}: {told}");
        }
        let written = stored.iter().filter(|text| text.chars().any(is_japanese));
        let of_the_program = written.fold(told.clone(), |told, text| told.replace(&**text, ""));
        assert!(!of_the_program.chars().any(is_japanese), "{name}: {told}");
    }
}

#[test]
fn one_is_told_apart_from_several_in_english() {
    let samples = samples::events();
    let closed = samples
        .iter()
        .find(|event| event.info().name == "case-closed");
    for (left_open, said) in [(1, "1 thing left open."), (2, "2 things left open.")] {
        let mut fields = closed.unwrap().encode().unwrap();
        fields["left_open"] = left_open.into();
        let event = Event::decode("case-closed", 1, fields).unwrap();
        let told = sentence(&event, Privacy::Opened, Lang::En);
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn closed_text_is_said_to_be_closed_and_erased_text_to_be_erased() {
    for (lang, not_open, gone) in [
        (Lang::Ja, "開示されていません", "消去済"),
        (Lang::En, "(not open)", "erased"),
    ] {
        says_what_is_closed(lang, not_open, gone);
    }
}

fn says_what_is_closed(lang: Lang, not_open: &str, gone: &str) {
    for event in samples::events() {
        let name = event.info().name;
        let closed = closed(&event);
        let (hidden, erased) = (
            sentence(&closed, Privacy::Closed, lang),
            sentence(&closed, Privacy::Erased, lang),
        );

        for text in texts(&event).iter().filter(|text| text.chars().count() > 2) {
            assert!(!hidden.contains(text.as_str()), "{name}: {hidden}");
        }
        if !texts(&event).is_empty() && hidden != sentence(&event, Privacy::Opened, lang) {
            let said = hidden.contains(not_open) && erased.contains(gone);
            assert!(said, "{name}: {hidden} / {erased}");
        }
    }
}

#[test]
fn a_consultation_reads_like_a_case_note() {
    let samples = samples::events();
    let found = samples
        .iter()
        .find(|event| event.info().name == "consultation-recorded");
    let told = |lang| sentence(found.unwrap(), Privacy::Opened, lang);

    assert_eq!(
        told(Lang::Ja),
        "保護者から電話で相談（退院、レスパイト）。内容：通所先を探したい。 （きょうだい同伴）。\
         対応：傾聴・助言。担当：相談員A。45分。"
    );
    assert_eq!(
        told(Lang::En),
        "Consultation (guardian, by phone): discharge, respite. \
         Content: 通所先を探したい。 （きょうだい同伴）. Action: advice. In charge: 相談員A. 45 minutes."
    );
}
