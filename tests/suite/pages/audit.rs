//! How the ledger is kept is reviewed: what was corrected, where imports come from, by which rules is counted.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use ledger_core::id::Position;
use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;
use serde_json::Value;

use super::{BINARY, ENGINES, centre, openings, out, position, put_in_charge, said, signed_in};

pub(super) fn events(place: &Place, options: &str) -> Vec<Value> {
    let lines = out(
        place,
        &format!("events list{options} --limit 1000000 --json"),
    );
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

/// What stands in the rows of a page's tables.
fn rows(page: &str) -> Vec<&str> {
    let rows = page.split("<tr><th scope=\"row\"").skip(1);
    rows.map(|row| row.split("</tr>").next().unwrap()).collect()
}

async fn every_correction_stands_beside_what_it_is_about(engine: Engine) {
    let place = centre(engine).await;
    let record = |line: &str| said(&place, &format!("record {line} --json"));
    record("start-care-procedure --child C101 --procedure suction --occurred 2024-04-02");
    let started = position(&place);
    let target = format!("--target {started} --reason duplicate");
    record(&format!("annul-event {target}"));
    let annulled = position(&place);
    record(&format!(
        "reverse-annulment --target {started} --reason other"
    ));
    let reversed = position(&place);
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");

    let page = auditor.open("/audit/corrections").body;
    let told = rows(&page);
    assert_eq!(told.len(), 2, "{page}");
    for (row, (by, act, reason)) in told.iter().zip([
        (reversed, "取消しの撤回", "その他"),
        (annulled, "取消し", "二重登録"),
    ]) {
        assert!(row.contains(&format!("href=\"/events/{by}\"")), "{row}");
        assert!(row.contains(act) && row.contains(reason), "{row}");
        let original = format!("href=\"/events/{started}\">#{started}</a> 医療的ケアの開始");
        assert!(row.contains(&original), "{row}");
        assert!(row.contains("0日後"), "{row}");
    }
    let one = auditor.open("/audit/corrections?act=annulled").body;
    assert_eq!(rows(&one).len(), 1, "{one}");
    let earlier = auditor
        .open(&format!("/audit/corrections?from={started}"))
        .body;
    assert_eq!(rows(&earlier).len(), 0, "{earlier}");
    assert_eq!(auditor.open("/audit/corrections?act=x").status, 404);
    for (days, lines) in [
        ("recorded_from=2020-01-01", 2),
        ("recorded_to=2020-01-01", 0),
        ("recorded_from=2020-01-01&recorded_to=2020-01-31", 0),
        (
            "recorded_from=2020-01-01&recorded_to=2199-01-01&act=annulled",
            1,
        ),
    ] {
        let page = auditor.open(&format!("/audit/corrections?{days}")).body;
        assert_eq!(rows(&page).len(), lines, "{days}: {page}");
    }
    let wrong = auditor.open("/audit/corrections?recorded_from=2024-02-01&recorded_to=2024-01-01");
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    let index = auditor.open("/audit").body;
    let line = rows(&index)
        .into_iter()
        .find(|row| row.contains("/audit/corrections"));
    assert!(line.unwrap().contains("2件"), "{index}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_correction_stands_beside_what_it_is_about_on_both_engines() {
    for engine in ENGINES {
        every_correction_stands_beside_what_it_is_about(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_tells_its_files_their_rows_and_what_is_not_kept() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");

    let page = auditor.open("/audit/imports").body;

    // Files, rows and events as the log has them.
    let all = events(&place, "");
    let sources = all.iter().map(|event| &event["metadata"]["source"]);
    let sources: Vec<&Value> = sources
        .filter(|source| source["kind"] == "register")
        .collect();
    let files: BTreeSet<&str> = sources
        .iter()
        .map(|it| it["file"].as_str().unwrap())
        .collect();
    assert!(files.len() > 5, "{files:?}");
    assert_eq!(
        page.matches("<dt>SHA-256</dt>").count(),
        files.len(),
        "{page}"
    );
    for file in files {
        let own = sources.iter().filter(|source| source["file"] == file);
        let events = own.clone().count();
        let rows: BTreeSet<u64> = own.map(|source| source["row"].as_u64().unwrap()).collect();
        let section = page
            .split("<section>")
            .find(|section| section.contains(file))
            .unwrap();
        for (label, count) in [("取り込んだ行", rows.len()), ("そこからできた記録", events)]
        {
            let told = format!("<dt>{label}</dt><dd>{count}</dd>");
            assert!(section.contains(&told), "{told}: {section}");
        }
        assert!(section.contains("test:mihon"), "{section}");
        // Rows are missing exactly where the page offers to tell which.
        let last = *rows.last().unwrap();
        let whole = (2..=last).all(|row| rows.contains(&row));
        assert_eq!(!section.contains("<details>"), whole, "{section}");
    }
    assert!(page.contains("却下された行については"), "{page}");
    assert!(
        !page.contains("href=\"?run="),
        "nothing was rejected: {page}"
    );
    let index = auditor.open("/audit").body;
    let line = rows(&index)
        .into_iter()
        .find(|row| row.contains("/audit/imports"));
    assert!(!line.unwrap().contains(">0行"), "{index}");
}

/// Imports a file of thirty consultations of which each second has no topic and the last one too few cells.
fn import_with_rejected_rows(place: &Place) {
    let folder = place.folder().join("registers");
    std::fs::create_dir_all(&folder).unwrap();
    let header =
        "受付番号,受付日,時刻,対象者番号,氏名,総合支所,相談者,方法,主訴,内容,対応,担当,所要分";
    let mut text = format!("{header}\r\n");
    for number in 0..30 {
        let topic = if number % 2 == 0 { "就学" } else { "" };
        let day = number + 1;
        write!(
            text,
            "S{number},R6.4.{day},,C101,,,保護者,電話,{topic},見本の内容,,,\r\n"
        )
        .unwrap();
    }
    text += "S99,R6.4.1\r\n";
    std::fs::write(folder.join("相談記録簿.csv"), text).unwrap();
    let words = ["import", folder.to_str().unwrap(), "--rejects"];
    let rejects = place.folder().join("却下.csv");
    let words = [&words[..], &[rejects.to_str().unwrap()]].concat();
    let output = place.process(BINARY, &words).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

async fn rejected_rows_are_told_by_their_reasons(engine: Engine) {
    let place = centre(engine).await;
    import_with_rejected_rows(&place);
    import_with_rejected_rows(&place);
    let runs = events(&place, " --type import-rows-rejected");
    let [first, second] = &runs[..] else {
        panic!("one event of each run: {runs:?}");
    };
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa", "auditor");

    let page = auditor.open("/audit/imports").body;

    for told in [
        "<b>却下 16行（読込 31、登録 0、登録済 15）</b>".to_owned(),
        "<b>主訴</b>：必須ですが、空欄です。 <small class=\"code\">MISSING_VALUE</small> 15行（行番号 3、5、7".to_owned(),
        "、ほかに3か所）".to_owned(),
        "列の数が見出しと異なるか".to_owned(),
        format!("href=\"?run={}\"", first["position"]),
        format!("href=\"?run={}\"", second["position"]),
    ] {
        assert!(page.contains(&told), "{told}: {page}");
    }
    assert!(!page.contains("見本の内容"), "{page}");
    let whole = auditor
        .open(&format!("/audit/imports?run={}", first["position"]))
        .body;
    assert!(whole.contains("27、29、31）</li>"), "{whole}");
    assert!(whole.contains("登録 15、登録済 0"), "{whole}");
    assert_eq!(auditor.open("/audit/imports?run=1").status, 404);
    assert!((400..500).contains(&auditor.open("/audit/imports?run=x").status));
    auditor.send("/language", &[("to", "en")]);
    let english = auditor.open("/audit/imports");
    assert!(
        english.body.contains("It is required and empty."),
        "{}",
        english.body
    );
    assert!(
        english.body.contains("16 rows rejected"),
        "{}",
        english.body
    );
    auditor.send("/language", &[("to", "ja")]);
    let told = format!("/events/{}", first["position"]);
    let event = auditor.open(&told).body;
    assert!(event.contains("16行を却下した"), "{event}");
}

#[tokio::test(flavor = "multi_thread")]
async fn rejected_rows_are_told_by_their_reasons_on_both_engines() {
    for engine in ENGINES {
        rejected_rows_are_told_by_their_reasons(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assumed_rule_tells_who_set_it_and_what_another_reading_would_count() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");

    let page = manager.open("/audit/rules?fiscal_year=2023").body;
    let rule = "CR-延べ-3";
    let count = async |rule: Option<&str>| {
        let mut words = vec!["indicators", "A-1", "--fiscal-year", "2023"];
        words.extend(rule.iter().flat_map(|rule| ["--rule", rule]));
        let measured = place.json(&words).await;
        measured["indicators"][0]["value"]["count"]
            .as_i64()
            .unwrap()
    };
    let (now, other) = (count(None).await, count(Some(rule)).await);
    assert_ne!(now, other);
    let row = rows(&page)
        .into_iter()
        .find(|row| row.contains("/A-1?fiscal_year=2023\"") && row.contains(rule));
    let row = row.expect("the other reading");
    assert!(row.contains(&format!("<td>{now}")), "{row}");
    assert!(row.contains(&format!("<b>{other}")), "{row}");
    // What is divided is counted as what is counted: both say the same under the other rule.
    let divided = rows(&page)
        .into_iter()
        .find(|row| row.contains("/E-2?fiscal_year=2023\"") && row.contains(rule));
    let divided = divided.expect("the other reading of what is divided");
    assert!(divided.contains(&format!("<b>{other}")), "{divided}");
    // An assumption that nobody adopted is told as the program's own, one that somebody did is not.
    let own: Vec<_> = rows(&page)
        .into_iter()
        .filter(|row| row.contains("まだ誰も定めていません"))
        .collect();
    for rule in ["CR-期間-1", "CR-少数-1"] {
        assert!(own.iter().any(|row| row.contains(rule)), "{rule}: {page}");
    }
    let adopted = "CR-連携-1";
    assert!(!own.iter().any(|row| row.contains(adopted)), "{page}");
    // Of each assumption it is said where its other reading is counted, or why it is not.
    let assumed = page.split("id=\"rules-1\"").nth(1).unwrap();
    let assumed = assumed.split("</section>").next().unwrap();
    for row in assumed.split("<tr>").skip(2) {
        let said = row.split("<td>").nth(2).unwrap();
        assert!(
            said.starts_with("計算していません。")
                || said.starts_with("別には計算していません。")
                || said.starts_with("示すか伏せるかだけの規則で、数は変わりません。")
                || said.starts_with("上の表「別の読み方で数えたとき」"),
            "{row}"
        );
    }
    assert!(assumed.split("<tr>").count() > 5, "{assumed}");
    // Every rule that was adopted is told once, by whom, with its event.
    let adopted = events(&place, " --type counting-rule-adopted");
    assert!(!adopted.is_empty());
    for event in adopted {
        let link = format!("href=\"/events/{}\"", event["position"]);
        let row = rows(&page).into_iter().find(|row| row.contains(&link));
        let actor = event["metadata"]["actor"].as_str().unwrap();
        assert!(
            row.is_some_and(|row| row.contains(actor)),
            "{link} {actor}: {page}"
        );
    }
    assert_eq!(openings(&place), 0, "nothing was opened");
}

/// What stands in a row of counts, behind its heading.
fn counts(row: &str) -> Vec<u32> {
    let cells = row.split("<td class=\"number\">").skip(1);
    cells
        .map(|cell| cell.split('<').next().unwrap().parse().unwrap())
        .collect()
}

/// Three accounts open C101: one in charge, the manager, who takes a list along, and one in an emergency.
fn several_open_one_record(serving: &Serving, place: &Place) {
    let mut sato = signed_in(serving, place, "sato", "staff");
    put_in_charge(place, "sato");
    assert_eq!(sato.open("/children/C101").status, 200);
    assert_eq!(sato.open("/children/C101").status, 200);
    let mut manager = signed_in(serving, place, "kacho", "manager");
    assert_eq!(manager.open("/children/C101").status, 200);
    assert_eq!(manager.open("/referrals?format=csv").status, 200);
    let mut mori = signed_in(serving, place, "mori", "staff");
    let asked = mori.open("/children/C101");
    let fields = [
        ("page_token", &*hidden(&asked, "page_token")),
        ("command", &*hidden(&asked, "command")),
        ("reason", "夜間に主治医から電話"),
    ];
    let path = asked.body.split("action=\"/children/").nth(1).unwrap();
    let path = format!("/children/{}", path.split('"').next().unwrap());
    assert_eq!(mori.send(&path, &fields).status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opened_what_is_counted_flagged_and_told_of_one_person() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    several_open_one_record(&serving, &place);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");

    let page = auditor.open("/audit/access").body;
    let accounts = page.split("id=\"emergencies\"").next().unwrap();
    let of = |account: &str| {
        let rows = rows(accounts).into_iter();
        let mut own = rows.filter(|row| row.contains(&format!(">{account}</a>")));
        counts(own.next().unwrap_or_else(|| panic!("{account}: {page}")))
    };
    // Openings, persons, not in charge, in an emergency; whether it is night depends on the clock.
    assert_eq!(of("sato")[..4], [2, 1, 0, 0]);
    assert_eq!(of("kacho")[..4], [1, 1, 1, 0]);
    assert_eq!(of("kacho")[5], 1, "a list was taken out");
    assert_eq!(of("mori")[..4], [1, 1, 1, 1]);
    // The emergency is told, and why is not.
    assert!(page.contains("id=\"emergencies\""), "{page}");
    assert!(!page.contains("主治医"), "{page}");
    for personal in ["花子", "ハナコ", "2019-10-15"] {
        assert!(!page.contains(personal), "{personal}: {page}");
    }
    let lines = |page: &str| rows(page.split("role=\"status\"").nth(1).unwrap()).len();
    assert_eq!(lines(&page), 5, "{page}");
    for (query, many) in [
        ("flag=not-in-charge", 2),
        ("flag=emergency", 1),
        ("flag=taken-out", 1),
        ("by=sato", 2),
        ("by=sato&flag=not-in-charge", 0),
        ("month=2020-01", 0),
    ] {
        let page = auditor.open(&format!("/audit/access?{query}")).body;
        assert_eq!(lines(&page), many, "{query}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opened_one_record_is_told_and_a_review_is_taken_along() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    several_open_one_record(&serving, &place);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let page = auditor.open("/audit/access").body;
    let lines = |page: &str| rows(page.split("role=\"status\"").nth(1).unwrap()).len();
    // Who looked at one person, by number or from a line.
    for query in [
        "C101",
        page.split("?child=")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap(),
    ] {
        let own = auditor.open(&format!("/audit/access?child={query}")).body;
        assert_eq!(lines(&own), 4, "{query}: {own}");
        assert!(own.contains("<small>C101</small>"), "{own}");
    }
    assert_eq!(auditor.open("/audit/access?child=C999").status, 404);
    assert_eq!(auditor.open("/audit/access?child=C10").status, 404);
    assert_eq!(auditor.open("/audit/access?flag=x").status, 404);
    assert_eq!(auditor.open("/audit/access?month=2024-13").status, 422);
    // The review itself is taken along as a list of events.
    let exports = || events(&place, " --type list-exported").len();
    let before = exports();
    let taken = auditor.open("/audit/access?flag=not-in-charge&format=csv");
    // The head, two rows, an empty line and who took it.
    assert_eq!(taken.body.matches("\r\n").count(), 5, "{}", taken.body);
    assert!(taken.body.contains(",C101,"), "{}", taken.body);
    assert_eq!(exports(), before + 1);
    let exported = events(&place, " --type list-exported").pop().unwrap();
    assert_eq!(exported["data"]["list"], "access-review", "{exported}");
    assert_eq!(exported["data"]["rows"], 2, "{exported}");
    // Of one person every opening is told, and nobody is offered a file.
    let own = auditor.open("/audit/access?child=C101&flag=emergency&by=sato");
    assert_eq!(lines(&own.body), 4, "{}", own.body);
    let file = auditor.open("/audit/access?child=C101&format=csv");
    assert_eq!(file.status, 404, "{}", file.body);
    assert_eq!(exports(), before + 1);
}

/// C102 was opened and then merged into C101, which was opened with an inquiry that is linked to it.
async fn merged_and_linked() -> Place {
    let place = centre(Engine::Sqlite).await;
    place
        .told("register-child --number C102 --name 見本太郎 --birth-date 2019-10-15 --area kinuta --occurred R3.8.5")
        .await;
    let _opened = place.run(&["timeline", "C102"]).await.done();
    let inquiry = place
        .told("inquiry --consulter 病院 --channel 電話 --topics 退院 --content 退院後の生活 --occurred R3.8.6")
        .await;
    place
        .told(&format!(
            "link-inquiry --child C102 --inquiry {inquiry} --occurred R3.8.7"
        ))
        .await;
    place
        .told("suspect-duplicate --child C101 --other C102 --evidence birth-date --occurred R4.5.1")
        .await;
    let child = place.json(&["timeline", "C101"]).await["person"]["child"].clone();
    let child = child.as_str().unwrap();
    place
        .told("open-account --name test:second --role manager --occurred R4.5.1")
        .await;
    let approval = "019a0000-0000-7000-8000-000000000009";
    place
        .told(&format!("request-approval --set approval={approval} --act merge --stream child-{child} --absorbed C102 --reason 同じ人 --occurred R4.5.2"))
        .await;
    let grant = format!("record grant-approval --approval {approval} --occurred R4.5.3");
    let grant = grant.split(' ').map(str::to_owned);
    let grant = grant.chain(place.options_with("--actor", "test:second"));
    let _granted = place.run_exactly(&grant.collect::<Vec<_>>()).await.done();
    place
        .told(&format!(
            "merge-cases --survivor C101 --absorbed C102 --approval {approval} --occurred R4.5.4"
        ))
        .await;
    let _opened = place.run(&["timeline", "C102"]).await.done();
    place
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opened_one_record_is_told_of_merged_cases_and_linked_inquiries() {
    let place = merged_and_linked().await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    // C102 alone, C101 alone, and C102 with its inquiry.
    let opened = events(&place, " --type personal-text-opened");
    let streams: BTreeSet<&str> = opened
        .iter()
        .map(|event| event["data"]["stream"].as_str().unwrap())
        .collect();
    assert_eq!(streams.len(), 3, "{streams:?}");
    for number in ["C101", "C102"] {
        let page = auditor.open(&format!("/audit/access?child={number}")).body;
        assert!(page.contains("<small>C101</small>"), "{number}: {page}");
        let told = rows(page.split("role=\"status\"").nth(1).unwrap());
        assert_eq!(told.len(), opened.len(), "{number}: {page}");
        for event in &opened {
            let link = format!("href=\"/events/{}\"", event["position"]);
            assert!(told.iter().any(|row| row.contains(&link)), "{link}: {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_put_in_charge_after_an_opening_was_not_in_charge_at_it() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    assert_eq!(manager.open("/children/C101").status, 200);
    // Dated back to before the opening.
    put_in_charge(&place, "kacho");
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let flagged = |auditor: &mut Browser<'_>| {
        let page = auditor.open("/audit/access?flag=not-in-charge").body;
        rows(page.split("role=\"status\"").nth(1).unwrap()).len()
    };
    assert_eq!(flagged(&mut auditor), 1);
    assert_eq!(manager.open("/children/C101").status, 200);
    assert_eq!(flagged(&mut auditor), 1, "now it is in charge");
}

async fn a_sample_is_what_anybody_draws_and_each_event_is_proved(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let empty = auditor.open("/audit/sample").body;
    assert!(!empty.contains("id=\"drawn\""), "{empty}");

    let page = auditor
        .open("/audit/sample?seed=%E7%9B%A3%E6%9F%BB-2024&n=7&from=2&to=50")
        .body;
    let drawn: Vec<u64> = rows(&page)
        .iter()
        .map(|row| {
            assert!(
                row.contains("✓ 一致") && row.contains("✓ 含まれる"),
                "{row}"
            );
            let at = row.split("href=\"/events/").nth(1).unwrap();
            at.split('"').next().unwrap().parse().unwrap()
        })
        .collect();
    let wanted = ledger_core::sample::draw("監査-2024", Position::new(2), Position::new(50), 7);
    assert_eq!(
        drawn,
        wanted.into_iter().map(Position::get).collect::<Vec<_>>()
    );
    // One of each type that there is.
    let strata = auditor
        .open("/audit/sample?seed=x&n=1&strata=type&to=53")
        .body;
    let types: BTreeSet<String> = events(&place, "")
        .iter()
        .filter(|event| event["position"].as_u64() <= Some(53))
        .map(|event| event["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(rows(&strata).len(), types.len(), "{strata}");
    // The head is the one that the program tells, to be verified elsewhere.
    let head = said(&place, "status --json")["head"]
        .as_str()
        .unwrap()
        .to_owned();
    let page = auditor.open("/audit/sample?seed=x").body;
    // The log grew since, and each is proved in the tree of the head that it has now.
    assert!(
        rows(&page).iter().all(|row| row.contains("✓ 含まれる")),
        "{page}"
    );
    assert!(
        page.contains(&format!("care-ledger verify --since {head}")),
        "{page}"
    );
    assert_eq!(
        said(&place, &format!("verify --since {head} --json"))["clean"],
        true
    );
    what_cannot_be_drawn_is_refused(&mut auditor);
}

fn what_cannot_be_drawn_is_refused(auditor: &mut Browser<'_>) {
    for query in [
        "seed=x&n=0",
        "seed=x&n=900",
        "seed=x&to=99999999",
        "seed=x&from=a",
    ] {
        let answer = auditor.open(&format!("/audit/sample?{query}"));
        assert_eq!(answer.status, 422, "{query}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_is_what_anybody_draws_and_each_event_is_proved_on_both_engines() {
    for engine in ENGINES {
        a_sample_is_what_anybody_draws_and_each_event_is_proved(engine).await;
    }
}
