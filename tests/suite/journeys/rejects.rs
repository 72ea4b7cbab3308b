//! Rows that cannot be taken come back in a file, are mended there and taken; nothing is lost.

use std::path::{Path, PathBuf};

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};

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
