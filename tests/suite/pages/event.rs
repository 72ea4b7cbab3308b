//! The page of an event: what it has to do with others, its bytes, and what proves it.

use ledger_core::id::Position;
use ledger_core::proof::{Checkpoint, Hash, verify_inclusion};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};
use serde_json::Value;

use super::{BINARY, centre, position, said, signed_in};

/// What stands between two texts.
fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    let (_, rest) = page
        .split_once(before)
        .unwrap_or_else(|| panic!("{before}: {page}"));
    rest.split(after).next().unwrap()
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&#34;", "\"").replace("&#39;", "'");
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}

/// A hash as it is told.
fn hash(text: &str) -> Hash {
    let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    let bytes: Vec<u8> = (0..64).step_by(2).map(byte).collect();
    Hash::from_slice(&bytes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn its_leaf_and_its_place_in_the_tree_are_computed_anew_from_the_page() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let page = auditor.open("/events/52").body;
    let leaf = unescaped(between(
        &page,
        "それぞれのバイト列のSHA-256です。</p>\n<pre>",
        "</pre>",
    ));
    let told = between(&page, "<dt>葉のハッシュ</dt><dd class=\"code\">", "<");
    assert_eq!(Hash::of_leaf(leaf.as_bytes()).to_string(), told, "{leaf}");

    let leaf: Value = serde_json::from_str(&leaf).unwrap();
    for part in ["data", "metadata"] {
        let file = auditor.open(&format!("/events/52/bytes/{part}"));
        assert_eq!(file.status, 200);
        assert_eq!(
            Hash::of(&file.bytes).to_string(),
            leaf[part].as_str().unwrap(),
            "{part}"
        );
        let shown = unescaped(&page);
        assert!(
            shown.contains(&file.body),
            "{part} is shown as it is stored"
        );
    }
    assert_eq!(auditor.open("/events/52/bytes/sealed").status, 404);
    let sealed = leaf["sealed"].as_str().unwrap();
    assert!(
        page.contains(sealed) && page.contains("ここには出しません"),
        "{page}"
    );

    let head = between(&page, "<dt>最新の位置と根</dt><dd class=\"code\">", "<");
    let (at, root) = head.split_once(':').unwrap();
    let head = Checkpoint {
        position: Position::new(at.parse().unwrap()),
        root: hash(root),
    };
    let path = between(&page, "<ol>", "</ol>")
        .split("<li class=\"code\">")
        .skip(1);
    let path: Vec<Hash> = path.map(|line| hash(&line[..64])).collect();
    assert_eq!(verify_inclusion(hash(told), 51, head, &path), Ok(()));
    assert_eq!(page.matches("✓").count(), 2, "{page}");
    assert!(page.len() < 100_000, "{}", page.len());
}

/// The links of a page to other events, with what each is to it.
fn linked(page: &Response) -> Vec<(String, u64)> {
    let links = page.body.split("<div><dt>").skip(1).filter_map(|part| {
        let label = part.split('<').next()?.to_owned();
        let position = part
            .split("</div>")
            .next()?
            .split("href=\"/events/")
            .nth(1)?;
        Some((label, position.split('"').next()?.parse().ok()?))
    });
    links.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn its_causes_and_effects_are_linked() {
    let place: Place = centre(Engine::Sqlite).await;
    let record = |line: &str| said(&place, &format!("record {line} --json"));
    record(
        "register-child --number C102 --name 見本　太郎 --kana ミホン　タロウ --birth-date 2018-04-01 --area kitazawa --occurred 2024-04-01",
    );
    record("start-care-procedure --child C101 --procedure suction --occurred 2024-04-02");
    let started = position(&place);
    record(&format!(
        "reassign-event --target {started} --to C102 --reason wrong-person"
    ));
    let last = position(&place);
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");

    let target = auditor.open(&format!("/events/{started}"));
    let said_by = target.body.split("⚑").nth(1).unwrap();
    let moved_by = between(said_by, "href=\"/events/", "\"")
        .parse::<u64>()
        .unwrap();
    assert!((started + 1..=last).contains(&moved_by), "{moved_by}");
    let page = auditor.open(&format!("/events/{moved_by}"));
    let links = linked(&page);
    assert!(
        links.contains(&(
            "この記録が訂正・取消し・付替えをする記録".to_owned(),
            started
        )),
        "{links:?}"
    );
    let together: Vec<u64> = links
        .iter()
        .filter(|(label, _)| label == "同じ操作で記録したもの")
        .map(|(_, position)| *position)
        .collect();
    assert!(!together.is_empty(), "{links:?}");
    for other in &together {
        let back = linked(&auditor.open(&format!("/events/{other}")));
        assert!(
            back.iter().any(|(_, at)| *at == moved_by),
            "{other}: {back:?}"
        );
    }
    // The register of corrections leads to where it stands now.
    let register = auditor.open("/audit/corrections?act=reassigned").body;
    let now = between(&register, "href=\"/events/", "\"");
    assert_eq!(now, moved_by.to_string());
    assert!(
        together
            .iter()
            .any(|at| register.contains(&format!("付替え先 #{at}"))),
        "{register}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_before_a_correction_stands_beside_what_is_said_now() {
    let place = centre(Engine::Sqlite).await;
    let record = |line: &str| said(&place, &format!("record {line} --json"));
    record(
        "consultation --children C101 --consulter 保護者 --channel 電話 --topics 就学 --duration-minutes 20 --content 夜間 --occurred 2024-04-02",
    );
    let first = position(&place);
    let shorter = r#"clear={"duration_minutes":30}"#;
    record(&format!(
        "correct-event --target {first} --set {shorter} --reason typo"
    ));
    let correction = said(&place, &format!("events show {} --json", position(&place)));
    let latest = correction["id"].as_str().unwrap();
    let longer = r#"clear={"duration_minutes":45}"#;
    record(&format!(
        "correct-event --target {first} --set {longer} --occurred 2024-04-03 --reason wrong-date --latest {latest}"
    ));
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let register = auditor.open("/audit/corrections").body;
    let mut changes = register.split("<td><ul class=\"plain\">").skip(1);
    let (newest, first) = (changes.next().unwrap(), changes.next().unwrap());
    for (changes, said) in [
        (newest, "<del>30</del> → <ins>45</ins>"),
        (newest, "<del>2024-04-02</del> → <ins>2024-04-03</ins>"),
        (newest, "個人に関する記述: <del>閉（封印したまま）</del>"),
        (first, "<del>20</del> → <ins>30</ins>"),
    ] {
        let changes = changes.split("</ul>").next().unwrap();
        assert!(changes.contains(said), "{said}: {changes}");
    }
    assert!(!register.contains("夜間"), "{register}");
}
