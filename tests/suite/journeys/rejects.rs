//! Rows that cannot be taken come back in a file, are mended there and taken; nothing is lost.

use std::path::{Path, PathBuf};

use ledger_core::code::Register;
use ledger_core::proof::Hash;
use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};
use serde_json::Value;

const CHILDREN: &str = "対象者番号,氏名,フリガナ,生年月日,総合支所,人工呼吸器,医療的ケア,運動機能障害,重症心身障害認定,出生体重g,初回把握日,保護者氏名,続柄";
const CONSULTATIONS: &str =
    "受付番号,受付日,時刻,対象者番号,氏名,総合支所,相談者,方法,主訴,内容,対応,担当,所要分";
const REFERRALS: &str = "連携番号,対象者番号,連携日,連携先総合支所,連携先課,依頼内容,緊急度,受理日,受入決定日,受入不可日,受入不可の理由,完了日,結果,報告";
const PLANS: &str =
    "プラン番号,対象者番号,版,作成日,合意日,退院予定日,退院日,見直し理由,目標,サービス,担当";
const DISASTER: &str = "計画番号,対象者番号,区分,実施日,保護者同席,方法,結果,課題,次回予定日,担当";

const MIHON: &str = "C1,見本　花子,ミホン,H27.4.25,砧,無,吸引,なし,無,2000,R3.8.5,見本　恵,母";
const ON_VENTILATOR: &str = "C2,見本　一,ミホン,H27.4.25,砧,有,人工呼吸器,重度,有,900,R3.8.5,,";

/// Writes a register into a folder of the place.
fn write(folder: &Path, register: &str, header: &str, rows: &[&str]) {
    std::fs::create_dir_all(folder).unwrap();
    let text = format!("{header}\r\n{}\r\n", rows.join("\r\n"));
    std::fs::write(folder.join(format!("{register}.csv")), text).unwrap();
}

async fn import(place: &Place, path: &Path) -> Answer {
    let rejects = rejects(place);
    let arguments = [
        "import",
        path.to_str().unwrap(),
        "--rejects",
        rejects.to_str().unwrap(),
    ];
    place.run(&arguments).await
}

fn rejects(place: &Place) -> PathBuf {
    place.folder().join("却下.csv")
}

/// Row, column and code of every rejected row, by file.
fn refused(place: &Place) -> Vec<(String, u32, String, String)> {
    let text = std::fs::read_to_string(rejects(place)).unwrap();
    let lines = text.trim_start_matches('\u{feff}').split("\r\n").skip(1);
    let cells = |line: &str| -> Vec<String> { line.split(',').map(str::to_owned).collect() };
    lines
        .map(cells)
        .filter(|cells| cells.len() > 4)
        .map(|cells| {
            let file = cells[0].trim_end_matches(".csv").to_owned();
            (
                file,
                cells[1].parse().unwrap(),
                cells[2].clone(),
                cells[3].clone(),
            )
        })
        .collect()
}

fn assert_refused(place: &Place, wanted: &[(&str, u32, &str, &str)]) {
    let found = refused(place);
    let found: Vec<(&str, u32, &str, &str)> = found
        .iter()
        .map(|(file, row, column, code)| (file.as_str(), *row, column.as_str(), code.as_str()))
        .collect();
    assert_eq!(found, wanted);
}

/// What imports left in the ledger of rows that they did not take, oldest first.
async fn left(place: &Place) -> Vec<Value> {
    let line = ["events", "list", "--type", "import-rows-rejected", "--json"];
    let lines = place.run(&line).await.done().out;
    let lines = lines.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The rows of one of them, like those of the rejects file.
fn rows_of(event: &Value) -> Vec<(String, u32, String, String)> {
    let data = &event["data"];
    let register: Register = data["register"].as_str().unwrap().parse().unwrap();
    let rows = data["rejected"].as_array().into_iter().flatten();
    rows.map(|row| {
        (
            register.ja().to_owned(),
            u32::try_from(row["row"].as_u64().unwrap()).unwrap(),
            row["column"].as_str().unwrap_or_default().to_owned(),
            row["code"].as_str().unwrap().to_owned(),
        )
    })
    .collect()
}

async fn consultations(place: &Place) -> i64 {
    let answer = place
        .run(&["figures", "--fiscal-year", "2021", "--json"])
        .await
        .done();
    answer.json()["consultations"].as_i64().unwrap()
}

/// Registers with one fault a rule, and good rows between them.
fn write_faulty_registers(folder: &Path) {
    write(
        folder,
        "対象者台帳",
        CHILDREN,
        &[
            MIHON,
            "C3,見本　三,ミホン,2017/2/30,砧,無,,なし,無,,R3.8.5,,",
            ON_VENTILATOR,
            "C4,見本　四,ミホン,H27.4.25,渋谷,無,,なし,無,,R3.8.5,,",
        ],
    );
    write(
        folder,
        "相談記録簿",
        CONSULTATIONS,
        &[
            "S1,R3.8.6,10:00,C1,見本花子,砧,保護者,電話,就学,,情報提供,相談員A,30",
            "S2,R3.8.6,25:00,C1,,,,,就学,,,,",
            "S3,R3.8.6,,C1,,,,,,,,,",
            "S4,R3.8.6,,C1,,,,,就学,,,,長い",
            "S5,R9.8.6,,C1,,,,,就学,,,,",
            "S6,H20.8.6,,C1,,,,,就学,,,,",
            "S7,R3.8.6,,C9,,,,,就学,,,,",
            "S8,R3.8.6,,C3,,,,,就学,,,,",
            "S9,R3.8.6,,C1,,,,,就学",
            "S1,R3.8.7,10:00,C1,見本花子,砧,保護者,電話,就学,,情報提供,相談員A,30",
            "S10,R3.8.6,,C1,,,,,就学,=1+1,,,",
        ],
    );
    write(
        folder,
        "連携記録簿",
        REFERRALS,
        &["F1,C1,R3.9.10,砧,保健福祉課,,通常,R3.9.1,,,,,,"],
    );
    write(
        folder,
        "在宅生活支援プラン台帳",
        PLANS,
        &[
            "P1,C1,1,昨日,,,,,,,",
            "P1,C1,2,R3.9.1,,,,年次見直し,,,",
            "P2,C1,2,R3.9.1,,,,年次見直し,,,",
        ],
    );
    write(
        folder,
        "災害時個別支援計画台帳",
        DISASTER,
        &[
            "D1,C2,新規,R3.9.13,有,訪問,作成（家族確認済）,,,",
            "D1,C2,検証,R4.9.13,有,訪問,有効,,,",
            "D2,C1,検証,R4.9.13,有,訪問,有効,,,",
        ],
    );
}

/// What becomes of the faulty registers: file, row, column and code.
const FAULTS: [(&str, u32, &str, &str); 18] = [
    ("対象者台帳", 3, "生年月日", "NOT_A_DATE"),
    ("対象者台帳", 5, "総合支所", "UNKNOWN_CODE"),
    ("相談記録簿", 3, "時刻", "NOT_A_TIME"),
    ("相談記録簿", 4, "主訴", "MISSING_VALUE"),
    ("相談記録簿", 5, "所要分", "NOT_A_NUMBER"),
    ("相談記録簿", 6, "受付日", "OCCURRED_IN_FUTURE"),
    ("相談記録簿", 7, "受付日", "OCCURRED_BEFORE_BIRTH"),
    ("相談記録簿", 8, "対象者番号", "UNKNOWN_PERSON"),
    ("相談記録簿", 9, "対象者番号", "PREDECESSOR_REJECTED"),
    ("相談記録簿", 10, "", "WRONG_FIELD_COUNT"),
    ("相談記録簿", 11, "受付日", "ROW_CHANGED"),
    ("連携記録簿", 2, "受理日", "STEPS_OUT_OF_ORDER"),
    ("在宅生活支援プラン台帳", 2, "作成日", "NOT_A_DATE"),
    ("在宅生活支援プラン台帳", 3, "版", "PREDECESSOR_REJECTED"),
    (
        "在宅生活支援プラン台帳",
        4,
        "版",
        "VERSION_WITHOUT_PREDECESSOR",
    ),
    (
        "災害時個別支援計画台帳",
        2,
        "対象者番号",
        "VENTILATOR_NOT_CENTRE",
    ),
    (
        "災害時個別支援計画台帳",
        3,
        "計画番号",
        "PREDECESSOR_REJECTED",
    ),
    ("災害時個別支援計画台帳", 4, "計画番号", "PLAN_NOT_FOUND"),
];

async fn bad_rows_come_back_and_good_ones_stay(engine: Engine) {
    let place = Place::initialised(engine).await;
    let folder = place.folder().join("台帳");
    write_faulty_registers(&folder);

    let answer = import(&place, &folder).await;

    assert_eq!(answer.code, 2, "{}{}", answer.out, answer.err);
    assert_refused(&place, &FAULTS);
    assert_eq!(consultations(&place).await, 2);
    // The ledger names the same rows, and no more of them.
    let left = left(&place).await;
    let named: Vec<_> = left.iter().flat_map(rows_of).collect();
    assert_eq!(named, refused(&place));
    let [_, consultations, ..] = &left[..] else {
        panic!("one of each file: {left:?}");
    };
    let data = &consultations["data"];
    let counts = ["rows_read", "rows_taken", "rows_already", "rows_rejected"];
    let counts = counts.map(|count| data[count].as_u64().unwrap());
    assert_eq!(counts, [11, 2, 0, 9]);
    let bytes = std::fs::read(folder.join("相談記録簿.csv")).unwrap();
    assert_eq!(data["file"], Hash::of(&bytes).to_string());
    assert_eq!(consultations["metadata"]["actor"], "test:mihon");
    for event in &left {
        for cell in ["見本", "渋谷", "長い", "=1+1", "C9", "昨日"] {
            assert!(!event.to_string().contains(cell), "{cell}: {event}");
        }
    }
    let _clean = place.run(&["verify"]).await.done();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_a_column_and_rows_of_no_register_are_told_and_a_clean_run_leaves_nothing() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    let before = place.position().await;
    write(&folder, "対象者台帳", CHILDREN, &[MIHON]);
    let _clean = import(&place, &folder).await.done();
    assert_eq!(left(&place).await, Vec::<Value>::new());
    assert!(place.position().await > before);

    write(&folder, "相談記録簿", "受付番号,受付日", &["S1,R3.8.6"]);
    assert_eq!(import(&place, &folder).await.code, 2);
    let missing = left(&place).await.pop().unwrap();
    assert_eq!(missing["data"]["register"], "consultations");
    let columns = missing["data"]["missing_columns"].as_array().unwrap();
    assert!(columns.contains(&"主訴".into()), "{missing}");
    assert_eq!(missing["data"]["rows_rejected"], 0);

    // Given back, a row is named by where it stands in that file.
    let text = "ファイル,行,列,コード,説明,対象者番号\r\n何かの台帳.csv,9,,,,C1\r\n";
    std::fs::write(rejects(&place), text).unwrap();
    assert_eq!(import(&place, &rejects(&place)).await.code, 2);
    let nameless = left(&place).await.pop().unwrap();
    assert_eq!(nameless["data"]["register"], Value::Null);
    assert_eq!(
        nameless["data"]["file"],
        Hash::of(text.as_bytes()).to_string()
    );
    assert_eq!(nameless["data"]["rejected"][0]["row"], 2);
    assert_eq!(nameless["data"]["rejected"][0]["column"], "ファイル");
    assert!(!nameless.to_string().contains("何かの台帳"), "{nameless}");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_rows_come_back_and_good_ones_stay_on_sqlite() {
    bad_rows_come_back_and_good_ones_stay(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_rows_come_back_and_good_ones_stay_on_postgres() {
    bad_rows_come_back_and_good_ones_stay(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_of_rejected_rows_is_taken_back_mended() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    write(
        &folder,
        "対象者台帳",
        CHILDREN,
        &["C1,=見本,,昨日,砧,無,,なし,無,,R3.8.5,,"],
    );
    write(
        &folder,
        "相談記録簿",
        CONSULTATIONS,
        &["S1,R3.8.6,,C1,,,,,就学,,,,"],
    );
    assert_eq!(import(&place, &folder).await.code, 2);
    let file = rejects(&place);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.contains(",'=見本,"),
        "harmless in a spreadsheet: {text}"
    );

    std::fs::write(&file, text.replace("昨日", "H27.4.25")).unwrap();
    let again = import(&place, &file).await.done();

    assert!(again.out.contains("登録 1"), "{}", again.out);
    assert!(file.exists(), "what was imported is left alone");
    let timeline = place.run(&["timeline", "C1", "--json"]).await.done();
    assert_eq!(timeline.json()["person"]["name"], "=見本");
    let same = import(&place, &file).await.done();
    assert!(same.out.contains("登録 0  登録済 1"), "{}", same.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_a_required_column_is_refused_whole() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    write(&folder, "対象者台帳", CHILDREN, &[MIHON]);
    let header = CONSULTATIONS.replace("主訴", "主訴２");
    write(
        &folder,
        "相談記録簿",
        &header,
        &["S1,R3.8.6,,C1,,,,,就学,,,,"],
    );

    let answer = import(&place, &folder).await;

    assert_eq!(answer.code, 2);
    assert!(
        answer.out.contains("MISSING_COLUMN]: 主訴"),
        "{}",
        answer.out
    );
    assert_eq!(consultations(&place).await, 0);
    let _known = place.run(&["timeline", "C1"]).await.done();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_grew_adds_its_steps_and_a_changed_one_is_named() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    let referral = |row: &str| write(&folder, "連携記録簿", REFERRALS, &[row]);
    write(&folder, "対象者台帳", CHILDREN, &[MIHON]);
    referral("F1,C1,R3.9.10,砧,保健福祉課,手当,通常,,,,,,,");
    let _taken = import(&place, &folder).await.done();

    referral("F1,C1,2021/9/10,砧,保健福祉課,手当,通常,R3.9.12,R3.9.20,,,,,");
    let _grown = import(&place, &folder).await.done();
    referral(
        "F1,C1,2021/9/10,砧,保健福祉課,手当,通常,R3.9.12,R3.9.20,,,R3.10.1,一部対応,報告書受領",
    );
    let _grown = import(&place, &folder).await.done();
    let figures = place
        .run(&["figures", "--fiscal-year", "2021", "--json"])
        .await
        .done();
    referral(
        "F1,C1,2021/9/10,砧,保健福祉課,医療費,通常,R3.9.12,R3.9.20,,,R3.10.1,一部対応,報告書受領",
    );
    let changed = import(&place, &folder).await;

    let figures = figures.json();
    assert_eq!(figures["referrals_made"], 1);
    assert_eq!(figures["referrals_closed_with_feedback"], 1);
    assert_eq!(changed.code, 2);
    assert_refused(&place, &[("連携記録簿", 2, "依頼内容", "ROW_CHANGED")]);
    let text = std::fs::read_to_string(rejects(&place)).unwrap();
    assert!(
        text.contains("（依頼内容）") && text.contains("correct-event"),
        "{text}"
    );
}

async fn rows_as_they_were_before_they_grew_are_there_already(engine: Engine) {
    let place = Place::initialised(engine).await;
    let folder = place.folder().join("台帳");
    write(&folder, "対象者台帳", CHILDREN, &[MIHON]);
    write(
        &folder,
        "連携記録簿",
        REFERRALS,
        &[
            "F1,C1,R3.9.10,砧,保健福祉課,手当,通常,,,,,,,",
            "F1,C1,R3.9.10,砧,保健福祉課,手当,通常,R3.9.12,,,,,,",
            "F1,C1,R3.9.10,砧,保健福祉課,手当,通常,R3.9.12,R3.9.20,,,,,",
            "F1,C1,R3.9.10,砧,保健福祉課,手当,通常,,,,,,,",
        ],
    );

    let first = import(&place, &folder).await.done();
    let again = import(&place, &folder).await.done();

    assert!(first.out.contains("登録 3  登録済 1"), "{}", first.out);
    assert!(
        again.out.contains("読込 4  登録 0  登録済 4"),
        "{}",
        again.out
    );
}

/// The rows before the growth were `ROW_CHANGED`, because only the newest MAC was kept.
#[tokio::test(flavor = "multi_thread")]
async fn rows_as_they_were_before_they_grew_are_there_already_on_sqlite() {
    rows_as_they_were_before_they_grew_are_there_already(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_as_they_were_before_they_grew_are_there_already_on_postgres() {
    rows_as_they_were_before_they_grew_are_there_already(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_row_names_the_column_that_its_events_do_not_hold() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    let support = "支援番号,施設番号,施設名,種別,総合支所,実施日,回,職種,内容,所要分";
    let training = "記録番号,相談員番号,氏名,所属,実施日,区分,内容,所要分";
    write(&folder, "対象者台帳", CHILDREN, &[MIHON, ON_VENTILATOR]);
    let registers = |name: &str, facility: &str, trainee: &str| {
        let consultation = format!("S1,R3.8.6,,C1,{name},,,,就学,,,,");
        write(&folder, "相談記録簿", CONSULTATIONS, &[&consultation]);
        let visit = format!("G1,{facility},園,保育園,砧,R3.9.1,1,看護師,,60");
        write(&folder, "施設技術支援記録", support, &[&visit]);
        let session = format!("I1,{trainee},研修　一,,R3.9.1,講義,,60");
        write(&folder, "相談員指導・育成記録", training, &[&session]);
    };
    registers("見本花子", "X1", "T1");
    let _taken = import(&place, &folder).await.done();

    registers("別人", "X2", "T2");
    let person = ON_VENTILATOR.replace("有,人工呼吸器,重度", "無,,重度");
    write(&folder, "対象者台帳", CHILDREN, &[MIHON, &person]);
    let changed = import(&place, &folder).await;

    assert_eq!(changed.code, 2, "{}", changed.out);
    assert_refused(
        &place,
        &[
            ("対象者台帳", 3, "人工呼吸器", "ROW_CHANGED"),
            ("相談記録簿", 2, "氏名", "ROW_CHANGED"),
            ("施設技術支援記録", 2, "施設番号", "ROW_CHANGED"),
            ("相談員指導・育成記録", 2, "相談員番号", "ROW_CHANGED"),
        ],
    );
    let text = std::fs::read_to_string(rejects(&place)).unwrap();
    for command in ["end-care-procedure", "correct-event", "annul-event"] {
        assert!(
            text.contains(&format!("record {command}")),
            "{command}: {text}"
        );
    }
}

/// A second person took a disaster plan's number, and the end of one plan ended both in the figure.
#[tokio::test(flavor = "multi_thread")]
async fn a_disaster_plan_number_belongs_to_one_person() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    let other = MIHON.replace("C1,", "C3,");
    write(&folder, "対象者台帳", CHILDREN, &[MIHON, &other]);
    let rows = [
        "D1,C1,新規,R3.9.13,有,訪問,,,,",
        "D1,C3,新規,R3.9.14,有,訪問,,,,",
        "D1,C3,検証,R4.9.13,有,訪問,,,,",
        "D1,C1,新規,R3.9.15,有,訪問,,,,",
    ];
    write(&folder, "災害時個別支援計画台帳", DISASTER, &rows);
    let wanted = [
        ("災害時個別支援計画台帳", 3, "対象者番号", "ROW_CHANGED"),
        (
            "災害時個別支援計画台帳",
            4,
            "計画番号",
            "PREDECESSOR_REJECTED",
        ),
        ("災害時個別支援計画台帳", 5, "区分", "STEPS_OUT_OF_ORDER"),
    ];

    assert_eq!(import(&place, &folder).await.code, 2);
    assert_refused(&place, &wanted);
    assert_eq!(import(&place, &folder).await.code, 2);
    assert_refused(&place, &wanted);
}

/// A plan that was moved to the right person has the number of the next one of the wrong person.
#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_one_persons_plan_ends_no_other_persons() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    let other = MIHON.replace("C1,", "C3,");
    let plan = |row: &str| write(&folder, "災害時個別支援計画台帳", DISASTER, &[row]);
    let figures = ["figures", "--on", "2024-03-31", "--json"];
    write(&folder, "対象者台帳", CHILDREN, &[MIHON, &other]);
    plan("D1,C1,新規,R3.9.13,無,訪問,,,,");
    let _taken = import(&place, &folder).await.done();
    let drafted = place.run(&figures).await.done().json()["as_at"].to_string();
    let reassign = ["record", "reassign-event", "--target"];
    let to = [
        &format!("#{drafted}"),
        "--to",
        "C3",
        "--reason",
        "対象者の誤り",
    ];
    let _moved = place.run(&[&reassign[..], &to[..]].concat()).await.done();
    plan("D1,C1,新規,R5.9.13,有,訪問,,,,");
    let _taken = import(&place, &folder).await.done();

    let end = ["record", "end-disaster-plan", "--child", "C3", "--plan"];
    let when = ["D1", "--occurred", "R5.10.1", "--reason", "転居"];
    let _ended = place.run(&[end, when].concat()).await.done();

    let figures = place.run(&figures).await.done().json();
    assert_eq!(figures["disaster_plans_current"], 1, "{figures}");
}

/// Such a register was read as a rejects file, and all of its rows were dropped without a word.
#[tokio::test(flavor = "multi_thread")]
async fn a_register_may_have_a_column_of_our_rejects_files() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    write(&folder, "対象者台帳", CHILDREN, &[MIHON]);
    let header = format!("{CONSULTATIONS},ファイル");
    let row = "S1,R3.8.6,,C1,,,,,就学,'=1+1,,,,メモ.pdf";
    write(&folder, "相談記録簿", &header, &[row]);

    let answer = import(&place, &folder).await.done();

    assert!(answer.out.contains("知らない列は取り込みません: ファイル"));
    assert_eq!(consultations(&place).await, 1);
    let timeline = place.run(&["timeline", "C1", "--json"]).await.done();
    assert!(timeline.out.contains("'=1+1"), "{}", timeline.out);
    let file = folder.join("相談記録簿.csv");
    let same = import(&place, &file).await.done();
    assert!(same.out.contains("登録 0  登録済 1"), "{}", same.out);
}

/// An open quote took the rows after it into one cell, and nobody was told.
#[tokio::test(flavor = "multi_thread")]
async fn a_quote_that_is_left_open_takes_no_other_row_with_it() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    write(&folder, "対象者台帳", CHILDREN, &[MIHON]);
    let rows = [
        "S1,R3.8.6,,C1,,,,,就学,\"一\r\n二\",,,",
        "S2,R3.8.6,,C1,,,,,就学,\"閉じない,,,",
        "S3,R3.8.6,,C1,,,,,就学,\"\",,,",
        "S4,R3.8.6,,C1,,,,,就学,\"引\"用,,,",
        "S5,R3.8.6,,C1,,,,,就学,,,,",
    ];
    write(&folder, "相談記録簿", CONSULTATIONS, &rows);

    let answer = import(&place, &folder).await;

    assert_eq!(answer.code, 2, "{}", answer.out);
    assert_refused(
        &place,
        &[
            ("相談記録簿", 3, "", "WRONG_FIELD_COUNT"),
            ("相談記録簿", 5, "", "WRONG_FIELD_COUNT"),
        ],
    );
    assert_eq!(consultations(&place).await, 3);
    let text = std::fs::read_to_string(rejects(&place)).unwrap();
    for kept in ["就学,\"\"閉じない,,,\"", "就学,\"\"引\"\"用,,,\""] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
}

/// Without the register's columns nobody could fill in the cells.
#[tokio::test(flavor = "multi_thread")]
async fn rows_with_a_wrong_field_count_are_mended_in_the_registers_columns() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    write(&folder, "対象者台帳", CHILDREN, &["C1,見本"]);
    let consultation = "S1,R3.8.6,,C1,,,,,就学,,,,";
    write(&folder, "相談記録簿", CONSULTATIONS, &[consultation]);
    assert_eq!(import(&place, &folder).await.code, 2);
    let file = rejects(&place);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("続柄") && text.contains(",原文\r\n"),
        "{text}"
    );

    let unmended = import(&place, &file).await;
    assert_eq!(unmended.code, 2);
    assert_refused(
        &place,
        &[
            ("対象者台帳", 2, "", "WRONG_FIELD_COUNT"),
            ("相談記録簿", 2, "対象者番号", "PREDECESSOR_REJECTED"),
        ],
    );

    let text = std::fs::read_to_string(&file).unwrap();
    let names: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let line = text.lines().nth(1).unwrap();
    let mut cells: Vec<&str> = line.splitn(names.len(), ',').collect();
    for (column, cell) in [
        ("対象者番号", "C1"),
        ("生年月日", "H27.4.25"),
        ("初回把握日", "R3.8.5"),
    ] {
        cells[names.iter().position(|name| *name == column).unwrap()] = cell;
    }
    std::fs::write(&file, text.replace(line, &cells.join(","))).unwrap();
    let _mended = import(&place, &file).await.done();
    assert_eq!(consultations(&place).await, 1);
}

/// A rejects file with one rejected person and one rejected consultation, as its columns and rows.
async fn two_rejected(place: &Place) -> String {
    let folder = place.folder().join("台帳");
    let child = MIHON.replace("H27.4.25", "昨日");
    write(&folder, "対象者台帳", CHILDREN, &[&child]);
    let consultation = "S1,R3.8.6,,C1,,,,,就学,,,,";
    write(&folder, "相談記録簿", CONSULTATIONS, &[consultation]);
    assert_eq!(import(place, &folder).await.code, 2);
    std::fs::read_to_string(rejects(place))
        .unwrap()
        .replace("昨日", "H27.4.25")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mended_file_that_lost_a_column_or_has_one_twice_is_refused_before_anything_is_written() {
    let place = Place::initialised(Engine::Sqlite).await;
    let text = two_rejected(&place).await;
    let mended = place.folder().join("直し.csv");
    let import = |path: &Path| {
        let path = path.to_str().unwrap().to_owned();
        let place = &place;
        async move { place.run(&["import", &path, "--json"]).await }
    };

    std::fs::write(&mended, text.replace("主訴", "主な訴え")).unwrap();
    let missing = import(&mended).await;
    std::fs::write(&mended, text.replace("内容", "主訴")).unwrap();
    let twice = import(&mended).await;

    for (answer, code) in [(missing, "MISSING_COLUMN"), (twice, "COLUMN_TWICE")] {
        assert_eq!(answer.code, 2, "{answer:?}");
        let error: Value = serde_json::from_str(&answer.err).unwrap();
        assert_eq!(
            (&error["code"], &error["field"]),
            (&code.into(), &"主訴".into())
        );
    }
    assert_eq!(place.run(&["timeline", "C1"]).await.code, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_names_no_register_keeps_its_cells_and_counts_for_none() {
    let place = Place::initialised(Engine::Sqlite).await;
    let text = two_rejected(&place).await;
    let mended = place.folder().join("直し.csv");
    let text = text.replace("相談記録簿.csv", "相談");
    let lines: Vec<String> = text.lines().map(|line| format!("{line},x")).collect();
    let lines = lines.join("\r\n").replacen(",x", ",備考", 1);
    std::fs::write(&mended, lines).unwrap();

    let answer = import(&place, &mended).await;

    assert_eq!(answer.code, 2);
    assert!(
        answer
            .out
            .contains("直し.csv: 読込 1  登録 0  登録済 0  却下 1"),
        "{}",
        answer.out
    );
    assert!(
        answer
            .out
            .contains("対象者台帳.csv: 読込 1  登録 1  登録済 0  却下 0"),
        "{}",
        answer.out
    );
    assert!(answer.out.contains("知らない列は取り込みません: 備考"));
    let text = std::fs::read_to_string(rejects(&place)).unwrap();
    assert!(
        text.contains("UNKNOWN_CODE") && text.contains(",S1,R3.8.6,"),
        "{text}"
    );
    std::fs::write(rejects(&place), text.replace("相談,", "相談記録簿.csv,")).unwrap();
    let _mended = import(&place, &rejects(&place)).await.done();
    assert_eq!(consultations(&place).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_files_of_one_register_are_refused_before_anything_is_written() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    write(&folder, "対象者台帳", CHILDREN, &[MIHON]);
    std::fs::write(folder.join("対象者台帳.CSV"), CHILDREN).unwrap();

    let answer = import(&place, &folder).await;

    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("REGISTER_TWICE"), "{}", answer.err);
    assert_eq!(place.run(&["timeline", "C1"]).await.code, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_ours_stops_the_import_before_anything_is_written() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    write(&folder, "対象者台帳", CHILDREN, &[MIHON]);
    std::fs::write(rejects(&place), "大切なメモ\n").unwrap();

    let answer = import(&place, &folder).await;

    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("NOT_A_REJECTS_FILE"), "{}", answer.err);
    assert_eq!(
        std::fs::read_to_string(rejects(&place)).unwrap(),
        "大切なメモ\n"
    );
    assert_eq!(place.run(&["timeline", "C1"]).await.code, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_imported_is_said_in_one_sentence() {
    let place = Place::initialised(Engine::Sqlite).await;
    let empty = place.folder().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let broken = place.folder().join("相談記録簿.csv");
    std::fs::write(&broken, b"\xff\xff,\x81").unwrap();
    let book = place.folder().join("対象者台帳.csv");
    std::fs::write(&book, b"PK\x03\x04\x00\x00").unwrap();
    let other = place.folder().join("メモ.csv");
    std::fs::write(&other, "a,b\n").unwrap();
    let missing = place.folder().join("nowhere");

    for (path, code) in [
        (&empty, "NO_REGISTERS"),
        (&broken, "UNKNOWN_ENCODING"),
        (&book, "NOT_TEXT"),
        (&other, "NOT_A_REGISTER"),
        (&missing, "NO_FILE"),
    ] {
        let answer = import(&place, path).await;
        assert_eq!(answer.code, 1, "{code}");
        assert!(answer.err.contains(code), "{code}: {}", answer.err);
        assert!(!answer.err.contains("panicked"), "{}", answer.err);
    }
}
