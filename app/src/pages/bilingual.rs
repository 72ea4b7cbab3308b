//! Every text of the pages stands there in both languages: what is Japanese alone fails here.

use std::fs;
use std::path::{Path, PathBuf};

use super::language::is_japanese;

/// What is Japanese on purpose: the letter goes to a Japanese office, the issues are told in the paper's words.
const JAPANESE: [&str; 4] = [
    "person/letter.rs",
    "committee/issues.rs",
    // Units as either language tells them.
    "export/measured.rs",
    // Codes of rules, which are Japanese, with what is said of each in both languages.
    "audit/uncounted.rs",
];

/// Every file below a folder, with its path in there.
fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|own| own == ending) {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
                found.push((name.to_owned(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "{}", folder.display());
    found
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A text without what stands from each beginning to the next end.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut parts = text.split(begin);
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let behind = part.split_once(end);
        let (_, behind) = behind.unwrap_or_else(|| panic!("{begin} has no {end}: {part}"));
        rest.push_str(behind);
    }
    rest
}

/// A text without its elements that are marked as Japanese.
fn without_marked(text: &str) -> String {
    let mut rest = text.to_owned();
    while let Some((before, behind)) = rest.split_once(" lang=\"ja\"") {
        let (kept, tag) = before.rsplit_once('<').expect("an element");
        let name = tag.split([' ', '>']).next().unwrap_or(tag);
        let behind = behind.split_once(&format!("</{name}>"));
        let (_, behind) = behind.expect("its end");
        rest = format!("{kept}{behind}");
    }
    rest
}

fn lines_with_japanese(text: &str) -> Vec<&str> {
    let lines = text.lines();
    lines.filter(|line| line.chars().any(is_japanese)).collect()
}

#[test]
fn a_template_holds_no_japanese_beside_which_there_is_no_english() {
    for (name, text) in files(&folder("templates"), "html") {
        let text = without(&text, "chrome.t(\"", "\", \"");
        let text = without(&text, "{% if chrome.is_ja() %}", "{% else %}");
        let text = without(&text, "{% if event.is_ja() %}", "{% else %}");
        let text = without_marked(&text);
        assert_eq!(lines_with_japanese(&text), Vec::<&str>::new(), "{name}");
    }
}

/// The texts in a file of the program, without its tests and its comments.
fn texts(program: &str) -> Vec<String> {
    let program = program.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = program.lines();
    let code: Vec<&str> = lines
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n").replace("\\\"", "");
    let parts = code.split('"').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

fn is_told_in_japanese(text: &str) -> bool {
    text.chars().any(is_japanese)
}

/// Each Japanese text of a file has an English one behind it.
fn is_told_in_both(name: &str, program: &str) {
    let mut texts = texts(program).into_iter().peekable();
    while let Some(text) = texts.next() {
        let next = texts.peek();
        assert!(
            !is_told_in_japanese(&text) || next.is_some_and(|next| !is_told_in_japanese(next)),
            "{name}: {text}"
        );
    }
}

#[test]
fn behind_each_japanese_text_of_a_sentence_stands_an_english_one() {
    for told in ["src/render/sentence", "src/render/timeline"] {
        for (name, program) in files(&folder(told), "rs") {
            is_told_in_both(&name, &program);
        }
    }
}

#[test]
fn behind_each_japanese_text_of_the_pages_stands_an_english_one() {
    for (name, program) in files(&folder("src/pages"), "rs") {
        let is_test = name == "bilingual.rs" || name.ends_with("/tests.rs");
        if JAPANESE.contains(&&*name) || is_test {
            continue;
        }
        is_told_in_both(&name, &program);
        let program = program.split("#[cfg(test)]").next().unwrap();
        assert!(!program.contains("Lang::Ja)"), "{name} asks for Japanese");
    }
}

#[test]
fn japanese_alone_is_found() {
    let told = lines_with_japanese;
    assert_eq!(told("<p>経過</p>\n<p>Timeline</p>"), ["<p>経過</p>"]);
    let both = without(
        "{{ chrome.t(\"経過\", \"Timeline\") }}",
        "chrome.t(\"",
        "\", \"",
    );
    assert_eq!(told(&both), Vec::<&str>::new());
    let marked = "<td class=\"a\" lang=\"ja\">砧</td><td>北沢</td>";
    assert_eq!(without_marked(marked), "<td>北沢</td>");
    let program = "// 一\nt(\"一\", \"one\");\nlet a = \"二\";";
    assert_eq!(texts(program), ["一", "one", "二"]);
}
