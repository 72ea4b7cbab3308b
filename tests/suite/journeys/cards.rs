//! Facilities, advisors in training, the programme's settings and a year's books as the centre looks at them.

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};

/// Records a line of words that must be taken.
async fn tell(place: &Place, line: &str) {
    let words: Vec<&str> = std::iter::once("record").chain(line.split(' ')).collect();
    let _told = place.run(&words).await.done();
}

/// A facility with one visit given, one to come and one missed on 1 April 2024, and one that is registered.
async fn supported(engine: Engine) -> (Place, String) {
    let place = Place::initialised(engine).await;
    let first = "register-facility --number X01 --occurred R5.4.3 --name 見本第1園";
    let id = place
        .told(&format!("{first} --kind 保育園 --area 砧"))
        .await;
    for line in [
        "register-facility --number X02 --occurred R5.4.3 --name 見本第2園 --kind 学校 --area 北沢",
        "enrol-facility --facility X01 --fiscal-year 2023 --occurred R5.4.3",
        "survey-facility-confidence --facility X01 --occurred R5.4.10 --phase before --procedure 吸引 --confidence 2",
        "schedule-visit --facility X01 --occurred R5.4.10 --planned-on R5.5.10 --staff-kind 看護師",
        "record-facility-support --facility X01 --occurred R5.4.20 --staff-kind 保健師 --content 手技の確認",
        "survey-facility-confidence --facility X01 --occurred R5.9.1 --phase after --procedure 吸引 --confidence 4",
        "record-acceptance --facility X01 --occurred R5.9.2 --outcome accepted",
        "schedule-visit --facility X01 --occurred R5.10.10 --planned-on R6.3.29 --staff-kind 相談員",
    ] {
        tell(&place, line).await;
    }
    (place, id)
}

async fn the_years_support_is_a_grid_of_ten_facilities_by_four_visits(engine: Engine) {
    let (place, id) = supported(engine).await;
    let year = ["facilities", "--fiscal-year", "2023"];
    let by_march = [&year[..], &["--as-of", "R6.3.20"]].concat();

    let answer = place.json(&by_march).await;

    let grid = &answer["grid"];
    assert_eq!(
        (&grid["done"], &grid["scheduled"], &grid["missed"]),
        (&1.into(), &1.into(), &1.into())
    );
    assert_eq!((&grid["gaps"], &grid["free_rows"]), (&1.into(), &9.into()));
    let row = &grid["rows"][0];
    assert_eq!(row["card"]["facility"], id);
    let states = ["done", "missed", "scheduled"];
    for (place, state) in states.iter().enumerate() {
        assert_eq!(row["visits"][place]["state"], *state);
    }
    assert_eq!(row["visits"][3], serde_json::Value::Null);
    let text = place.run(&by_march).await.done().out;
    for said in [
        "令和5年度",
        "予定数 40回（10か所×4回）",
        "R5.4.20 保健師",
        "未実施 R5.5.10 看護師",
        "予定 R6.3.29 相談員",
        "空き",
        "対象施設の空き: 9か所",
        "吸引 2→4",
        "受入れ1件",
        "この年度に関わりのない施設: 2 見本第2園",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(
        !text.contains(&id) && !text.contains("手技の確認"),
        "{text}"
    );
    // The figure that counts the same visits names the facility, too.
    let explained = ["explain", "A-4", "--fiscal-year", "2023"];
    let explained = place.run(&explained).await.done().out;
    assert!(explained.contains("施設: 見本第1園"), "{explained}");
    assert!(
        !explained.contains(&format!("facility/{id}")),
        "{explained}"
    );
    // Without a year the one of the trial that is nearest to the day.
    let near = place.json(&["facilities"]).await;
    assert_eq!(near["grid"]["fiscal_year"], 2023);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_years_support_is_a_grid_of_ten_facilities_by_four_visits_on_sqlite() {
    the_years_support_is_a_grid_of_ten_facilities_by_four_visits(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_years_support_is_a_grid_of_ten_facilities_by_four_visits_on_postgres() {
    the_years_support_is_a_grid_of_ten_facilities_by_four_visits(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_facility_is_found_by_its_name_and_its_history_reads_as_sentences() {
    let (place, id) = supported(Engine::Sqlite).await;
    let before = place.position().await;

    let closed = place.run(&["facility", "見本 第１園"]).await.done().out;

    assert!(closed.contains("施設 1  見本第1園"), "{closed}");
    assert!(closed.contains("保健師が訪問し技術支援"), "{closed}");
    assert!(!closed.contains("手技の確認"), "{closed}");
    assert!(closed.contains("（開示されていません）"), "{closed}");
    assert_eq!(place.position().await, before);
    let open = place.run(&["facility", "X01", "--open"]).await.done().out;
    assert!(open.contains("内容：手技の確認"), "{open}");
    assert_eq!(place.position().await, before + 1);
    let english = ["facility", &id, "--lang", "en"];
    let english = place.run(&english).await.done().out;
    assert!(english.contains("visit 1 2023-04-20"), "{english}");
    let then = place.json(&["facility", "1", "--as-of", "R5.4.15"]).await;
    assert_eq!(then["facility"]["visits"].as_array().unwrap().len(), 1);
    let history = then["history"].as_array().unwrap();
    assert!(history[0]["sentence_ja"].as_str().unwrap().contains("登録"));
    let nobody = place.run(&["facility", "どこにもない園"]).await;
    assert_eq!(nobody.code, 2);
    assert!(nobody.err.contains("NOT_LISTED"), "{}", nobody.err);
}

async fn an_advisors_card_says_what_was_taught_and_what_is_missing(engine: Engine) {
    let place = Place::initialised(engine).await;
    for line in [
        "require-competency --occurred R5.4.1 --competency planning --level 3",
        "require-competency --occurred R5.4.1 --competency network --level 2",
        "enrol-trainee --number T01 --occurred R5.4.10 --name 研修一 --office 見本相談室",
        "set-training-goal --trainee T01 --occurred R5.4.11 --goal 一人で調整する --due-on R5.12.31",
        "hold-session --trainee T01 --occurred R5.5.1 --kind 講義 --duration-minutes 60",
        "assess-competency --trainee T01 --occurred R5.6.1 --competency planning --level 1",
        "assess-competency --trainee T01 --occurred R6.2.1 --competency planning --level 3",
    ] {
        tell(&place, line).await;
    }

    let list = place.run(&["trainees"]).await.done().out;
    assert!(list.contains("T01  [受講中]"), "{list}");
    assert!(list.contains("講義1回 同行訪問0回"), "{list}");
    assert!(list.contains("習得 1/2項目"), "{list}");
    let before = place.position().await;
    let closed = place.run(&["trainee", "1"]).await.done().out;
    for said in [
        "同行訪問: 未実施",
        "プランの作成: 1→3/4  到達（要件 3以上）",
        "医療と福祉の連携: —/4  未到達（要件 2以上）",
        "修了までに必要: 医療と福祉の連携",
        "期限 令和5年12月31日（期限超過）",
        "封印",
    ] {
        assert!(closed.contains(said), "{said}: {closed}");
    }
    assert!(
        !closed.contains("研修一") && !closed.contains("一人で調整"),
        "{closed}"
    );
    assert_eq!(place.position().await, before);
    let open = place.run(&["trainee", "T01", "--open"]).await.done().out;
    assert!(
        open.contains("氏名: 研修一") && open.contains("一人で調整する"),
        "{open}"
    );
    assert_eq!(place.position().await, before + 1);

    let able = "assess-competency --trainee T01 --occurred R6.2.2 --competency network --level 2";
    tell(&place, able).await;
    let done = "complete-training --trainee T01 --occurred R6.3.1 --basis 全課程の修了";
    tell(&place, done).await;
    let card = place.json(&["trainee", "T01"]).await;
    assert_eq!(card["trainee"]["state"], "completed");
    assert_eq!(
        card["trainee"]["completion"]["basis"],
        serde_json::Value::Null
    );
    assert_eq!(card["trainee"]["completion"]["below_required"], false);
    let earlier = ["trainee", "T01", "--as-of", "R6.2.28"];
    let earlier = place.json(&earlier).await;
    assert_eq!(earlier["trainee"]["state"], "in-training");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_advisors_card_says_what_was_taught_and_what_is_missing_on_sqlite() {
    an_advisors_card_says_what_was_taught_and_what_is_missing(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_advisors_card_says_what_was_taught_and_what_is_missing_on_postgres() {
    an_advisors_card_says_what_was_taught_and_what_is_missing(Engine::Postgres).await;
}

async fn the_settings_of_a_year_say_who_set_them_and_stand_as_they_were_known(engine: Engine) {
    let place = Place::initialised(engine).await;
    let at_first = place.position().await.to_string();
    let moved = "move-start --occurred R3.4.1 --starts-on R3.9.1 --reason 財政見通しによる変更";
    tell(&place, moved).await;
    let run = async |more: &[&str]| -> Answer {
        place.run(&[&["programme"], more].concat()).await.done()
    };

    let first = run(&["--fiscal-year", "2021"]).await.out;
    for said in [
        "実施期間: 令和3年9月1日〜令和6年3月31日",
        "開設準備期間: 令和3年4月1日〜令和3年8月31日",
        "当初の開始日: 令和3年8月1日",
        "令和3年9月1日（財政見通しによる変更）",
        "月・火・水・木・金 08:30〜17:00",
        "随意契約",
        "専門相談: 500程度（延べ件数）",
        "施設への技術支援: 40（10か所×4回",
        "常勤換算1.5人 + 常勤換算0.5人 = 常勤換算2.0人",
        "顧問",
        "CR-延べ-1",
        "test:mihon",
    ] {
        assert!(first.contains(said), "{said}: {first}");
    }
    let second = run(&["--fiscal-year", "2022"]).await.out;
    assert!(second.contains("専門相談: 順次拡大"), "{second}");
    let after = run(&["--fiscal-year", "2024"]).await.out;
    assert!(after.contains("試行の期間外"), "{after}");
    assert!(after.contains("専門相談: 定めなし"), "{after}");
    let then = ["programme", "--fiscal-year", "2021", "--as-at", &at_first];
    let then = place.json(&then).await;
    assert_eq!(then["programme"]["starts_on"], "2021-08-01");
    assert_eq!(then["programme"]["fte_hundredths"], 200);
    let nonsense = place.run(&["programme", "--fiscal-year", "99999"]).await;
    assert_eq!(nonsense.code, 64);
    assert!(nonsense.err.contains("BAD_YEAR"), "{}", nonsense.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_of_a_year_say_who_set_them_and_stand_as_they_were_known_on_sqlite() {
    the_settings_of_a_year_say_who_set_them_and_stand_as_they_were_known(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_of_a_year_say_who_set_them_and_stand_as_they_were_known_on_postgres() {
    the_settings_of_a_year_say_who_set_them_and_stand_as_they_were_known(Engine::Postgres).await;
}

async fn a_years_books_show_lines_vouchers_subsidy_and_closing(engine: Engine) {
    let place = Place::initialised(engine).await;
    let year = ["budget", "--fiscal-year", "2021"];
    let before = place.run(&year).await.done().out;
    for said in [
        "15,680,000円",
        "既存事業分 4,080,000円、増額分 11,600,000円",
        "10/10（事業1年目",
        "歳入見込: 12,600,000円",
        "区の負担（予算−補助金の見込）: 3,080,000円",
        "締めていない",
    ] {
        assert!(before.contains(said), "{said}: {before}");
    }
    for line in [
        "set-subsidy-menu --fiscal-year 2021 --occurred R3.8.1 --menu 相談 --name 小児等在宅医療 --lines 相談員 --rate-percent 100 --cap-yen 10000000",
        "record-expenditure --fiscal-year 2021 --occurred R3.8.31 --line 相談員 --amount-yen 833333 --voucher R3-0123 --payee 見本会",
        "record-expenditure --fiscal-year 2021 --occurred R3.9.30 --line 保健師 --amount-yen 100000 --voucher R3-0124",
    ] {
        tell(&place, line).await;
    }
    let list = ["events", "list", "--type", "expenditure-recorded", "--json"];
    let spent = place.run(&list).await.done().out;
    let spent: serde_json::Value = serde_json::from_str(spent.lines().last().unwrap()).unwrap();
    let spent = spent["data"]["expenditure"].as_str().unwrap();
    let back =
        format!("reverse-expenditure --fiscal-year 2021 --occurred R3.10.1 --expenditure {spent}");
    tell(&place, &format!("{back} --reason 科目の誤り")).await;

    let card = place.json(&year).await;
    let budget = &card["budget"];
    assert_eq!(budget["spent_yen"], 833_333);
    assert_eq!(budget["ward_yen"], 0, "the menu pays all of it");
    assert_eq!(budget["expenditures"][1]["reversed"]["on"], "2021-10-01");
    assert_eq!(budget["expenditures"][0]["payee"], serde_json::Value::Null);
    let text = place.run(&year).await.done().out;
    for said in [
        "支出命令番号 R3-0123",
        "【戻入】100,000円",
        "補助率10/10",
        "封印",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let position = place.position().await;
    let open = place
        .run(&[&year[..], &["--open"]].concat())
        .await
        .done()
        .out;
    assert!(open.contains("支払先: 見本会"), "{open}");
    assert_eq!(place.position().await, position + 1);
    let fourth = place.json(&["budget", "--fiscal-year", "2024"]).await;
    assert_eq!(fourth["paper_rate_percent"], 50);
    assert_eq!(fourth["budget"], serde_json::Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_years_books_show_lines_vouchers_subsidy_and_closing_on_sqlite() {
    a_years_books_show_lines_vouchers_subsidy_and_closing(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_years_books_show_lines_vouchers_subsidy_and_closing_on_postgres() {
    a_years_books_show_lines_vouchers_subsidy_and_closing(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sentence_heads_an_event_and_opens_no_text_that_nobody_opened() {
    let (place, _) = supported(Engine::Sqlite).await;
    let list = [
        "events",
        "list",
        "--type",
        "facility-support-given",
        "--json",
    ];
    let given = place.run(&list).await.done().json();
    let position = given["position"].to_string();

    let closed = place.run(&["events", "show", &position]).await.done().out;
    let open = ["events", "show", &position, "--open"];
    let open = place.run(&open).await.done().out;

    let second = closed.lines().nth(1).unwrap();
    assert!(
        second.contains("保健師が訪問し技術支援（年度1回目）"),
        "{closed}"
    );
    assert!(second.contains("内容：（開示されていません）"), "{closed}");
    assert!(!closed.contains("手技の確認"), "{closed}");
    assert!(
        open.lines().nth(1).unwrap().contains("内容：手技の確認"),
        "{open}"
    );
    let json = place.json(&["events", "show", &position]).await;
    assert!(json["sentence_ja"].as_str().unwrap().contains("保健師"));
}

#[tokio::test(flavor = "multi_thread")]
async fn planned_numbers_stand_for_years_of_the_trial_alone_and_a_slip_of_a_year_is_refused() {
    let place = Place::with_samples(Engine::Sqlite).await;

    let of = async |year: &str| {
        let line = ["indicators", "A-4", "--fiscal-year", year];
        place.json(&line).await["indicators"][0].clone()
    };
    assert_eq!(of("2023").await["target"]["kind"], "number");
    for outside in ["2019", "2025"] {
        let measured = of(outside).await;
        assert_eq!(measured["target"]["kind"], "unset", "{outside}");
        assert!(measured.get("achievement").is_none(), "{outside}");
    }
    for line in [
        "figures",
        "indicators",
        "changes --from 1",
        "cross area age",
        "pack",
    ] {
        let line: Vec<&str> = line.split(' ').chain(["--fiscal-year", "99999"]).collect();
        let refused = place.run(&line).await;
        assert_eq!(refused.code, 64, "{line:?}");
        assert!(refused.err.contains("2000〜2100"), "{}", refused.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn breakdowns_are_told_in_the_wards_words_and_the_pace_of_each_service() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let explained = async |indicator: &str| {
        let line = ["explain", indicator, "--fiscal-year", "2021"];
        place.run(&line).await.done().out
    };

    let contacts = explained("A-1").await;
    assert!(contacts.contains("月: 令和3年8月"), "{contacts}");
    assert!(!contacts.contains("month/2021"), "{contacts}");
    let services = explained("A-7").await;
    assert!(services.contains("専門相談"), "{services}");
    assert!(services.contains("年度末までの予定"), "{services}");
    let crossed = ["cross", "area", "age", "--fiscal-year", "2022"];
    let crossed = place.run(&crossed).await.done().out;
    let heads = crossed.lines().nth(1).unwrap();
    assert!(heads.starts_with("総合支所/年齢"), "{heads}");
    let place_of = |age: &str| heads.find(age).unwrap_or(usize::MAX);
    assert!(place_of("3〜5歳") < place_of("12〜14歳"), "{heads}");
}
