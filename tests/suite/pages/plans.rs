//! Plans are written anew with what stands in the form, and nobody writes over what they have not seen.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::{BINARY, ENGINES, centre, id_of, openings, out, put_in_charge, said, signed_in};

/// All that the form of a page would send as it is.
fn filled_in(page: &Response) -> Vec<(String, String)> {
    let (_, main) = page.body.split_once("<main").unwrap();
    let (_, form) = main.split_once("class=\"stack\"").expect("a form");
    let (_, form) = form.split_once('>').unwrap();
    let form = form.split("</form>").next().unwrap();
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(plain(rest.split('"').next().unwrap()))
    };
    let mut pairs = Vec::new();
    for part in form.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        let name = attribute(tag, "name");
        let name = || name.clone().unwrap();
        if tag.starts_with("input") {
            let is_choice = tag.contains("type=\"radio\"") || tag.contains("type=\"checkbox\"");
            if !is_choice || tag.ends_with(" checked") {
                pairs.push((name(), attribute(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("textarea") {
            pairs.push((name(), plain(text)));
        } else if tag.starts_with("select") {
            pairs.push((name(), String::new()));
        } else if tag.starts_with("option") && tag.ends_with(" selected") {
            pairs.last_mut().unwrap().1 = attribute(tag, "value").unwrap();
        }
    }
    pairs
}

fn plain(text: &str) -> String {
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}

/// What stands in a field.
fn text<'p>(pairs: &'p [(String, String)], field: &str) -> &'p str {
    let found = pairs.iter().find(|(name, _)| name == field);
    &found.unwrap_or_else(|| panic!("{field}: {pairs:?}")).1
}

/// Sends a form as it is, but for these fields.
fn sent(
    browser: &mut Browser<'_>,
    form: &Response,
    path: &str,
    changed: &[(&str, &str)],
) -> Response {
    let mut pairs = filled_in(form);
    for (field, text) in changed {
        match pairs.iter_mut().find(|(name, _)| name == field) {
            Some(pair) => (*text).clone_into(&mut pair.1),
            None => pairs.push(((*field).to_owned(), (*text).to_owned())),
        }
    }
    let pairs = pairs.iter().map(|(name, text)| (&**name, &**text));
    browser.send(path, &pairs.collect::<Vec<_>>())
}

/// A support plan of C101 with two sections.
fn support_plan(place: &Place) -> String {
    said(
        place,
        "record draft-support-plan --child C101 --goals 自宅で<安心して>暮らす --services 訪問看護,訪問診療 \
         --staff 相談員A --occurred 2024-04-10 --json",
    );
    let plan = id_of(place, "support-plan-drafted", "plan");
    let write = format!("record write-plan-sections --child C101 --plan {plan} --version 1");
    said(
        place,
        &format!(
            "{write} --medical 訪問診療は月2回 --welfare 短期入所 --occurred 2024-04-11 --json"
        ),
    );
    plan
}

/// Follows the link of the plan's page to a form.
fn form_of(staff: &mut Browser<'_>, plan: &str, command: &str) -> Response {
    let page = staff.open(&format!("/children/C101/plans/{plan}"));
    assert_eq!(page.status, 200, "{}", page.body);
    let (_, rest) = page.body.split_once(&format!("/acts/{command}?")).unwrap();
    let query = plain(rest.split('"').next().unwrap());
    let form = staff.open(&format!("/acts/{command}?{query}"));
    assert_eq!(form.status, 200, "{}", form.body);
    form
}

async fn one_section_changes_and_the_others_stay(engine: Engine) {
    let place = centre(engine).await;
    let plan = support_plan(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = "/acts/write-plan-sections";

    let before = openings(&place);
    let form = form_of(&mut staff, &plan, "write-plan-sections");
    assert_eq!(
        openings(&place),
        before + 2,
        "the plan's page, and the form"
    );
    let pairs = filled_in(&form);
    assert_eq!(text(&pairs, "medical"), "訪問診療は月2回");
    assert_eq!(text(&pairs, "welfare"), "短期入所");
    assert_eq!(text(&pairs, "health"), "");

    let saved = sent(
        &mut staff,
        &form,
        path,
        &[("medical", "訪問診療は月3回"), ("health", "予防接種")],
    );
    assert_eq!(saved.status, 200, "{}", saved.body);
    assert!(saved.body.contains("<h1"), "{}", saved.body);
    let page = staff.open(&format!("/children/C101/plans/{plan}"));
    for stands in ["訪問診療は月3回", "短期入所", "予防接種"] {
        assert!(page.body.contains(stands), "{stands}: {}", page.body);
    }
    assert!(!page.body.contains("訪問診療は月2回"), "{}", page.body);
    // From the menu, where no plan is named, the one that goes on is there as well.
    let from_menu = staff.open(&format!("{path}?child=C101"));
    assert_eq!(text(&filled_in(&from_menu), "welfare"), "短期入所");
    assert_eq!(text(&filled_in(&from_menu), "plan"), plan);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_section_changes_and_the_others_stay_on_both_engines() {
    for engine in ENGINES {
        one_section_changes_and_the_others_stay(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sections_that_were_written_meanwhile_are_told_and_what_was_typed_is_kept() {
    let place = centre(Engine::Sqlite).await;
    let plan = support_plan(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = "/acts/write-plan-sections";
    let form = form_of(&mut staff, &plan, "write-plan-sections");
    let write = format!("record write-plan-sections --child C101 --plan {plan} --version 1");
    said(
        &place,
        &format!(
            "{write} --medical 往診 --welfare 短期入所 --family 祖母も --occurred 2024-04-12 --json"
        ),
    );

    let told = sent(&mut staff, &form, path, &[("medical", "訪問診療は月3回")]);

    assert_eq!(told.status, 422, "{}", told.body);
    assert!(told.body.contains("書き換えられています"), "{}", told.body);
    assert_eq!(text(&filled_in(&told), "medical"), "訪問診療は月3回");
    let (_, stands) = told.body.split_once("いまの内容").unwrap();
    let stands = stands.split("</section>").next().unwrap();
    assert!(
        stands.contains("往診") && stands.contains("祖母も"),
        "{stands}"
    );
    assert!(
        !stands.contains("短期入所"),
        "what is the same is not told: {stands}"
    );
    let page = staff.open(&format!("/children/C101/plans/{plan}"));
    assert!(
        page.body.contains("往診"),
        "nothing was written over: {}",
        page.body
    );

    // Seen now, and sent once more.
    let saved = sent(&mut staff, &told, path, &[("family", "祖母も")]);
    assert_eq!(saved.status, 200, "{}", saved.body);
    let page = staff.open(&format!("/children/C101/plans/{plan}"));
    for stands in ["訪問診療は月3回", "祖母も", "短期入所"] {
        assert!(page.body.contains(stands), "{stands}: {}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_writes_over_sections_that_they_have_not_seen() {
    let place = centre(Engine::Sqlite).await;
    let plan = support_plan(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = "/acts/write-plan-sections";
    let form = staff.open(path);
    assert_eq!(text(&filled_in(&form), "medical"), "");
    let typed = [
        ("child", "C101"),
        ("plan", &*plan),
        ("version", "1"),
        ("education", "就学の相談"),
    ];

    let told = sent(&mut staff, &form, path, &typed);

    assert_eq!(told.status, 422, "{}", told.body);
    assert!(told.body.contains("すでに書かれています"), "{}", told.body);
    let pairs = filled_in(&told);
    assert_eq!(text(&pairs, "education"), "就学の相談");
    assert_eq!(text(&pairs, "medical"), "訪問診療は月2回");
    let saved = sent(&mut staff, &told, path, &[]);
    assert_eq!(saved.status, 200, "{}", saved.body);

    // Who is not in charge opens nothing by it.
    let mut other = signed_in(&serving, &place, "kato", "staff");
    let asked = other.open(&format!("{path}?child=C101&plan={plan}&version=1"));
    assert_eq!(asked.status, 403, "{}", asked.body);
    assert!(!asked.body.contains("訪問診療"), "{}", asked.body);
    let empty = other.open(&format!("{path}?child=C101"));
    assert_eq!(empty.status, 200, "{}", empty.body);
    assert!(!empty.body.contains("訪問診療"), "{}", empty.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_version_that_is_meant_is_filled_in_and_an_older_one_is_told() {
    let place = centre(Engine::Sqlite).await;
    let plan = support_plan(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = "/acts/agree-support-plan";
    let version = |page: &Response| text(&filled_in(page), "version").to_owned();

    let form = staff.open(&format!("{path}?child=C101"));
    assert_eq!(version(&form), "1", "{}", form.body);
    let own = [("plan", &*plan), ("occurred", "2024-04-20")];
    let agreed = sent(&mut staff, &form, path, &own);
    assert_eq!(agreed.status, 200, "{}", agreed.body);
    said(
        &place,
        &format!(
            "record revise-support-plan --child C101 --plan {plan} --base-version 1 --reason yearly --goals 次 --occurred 2024-05-10 --json"
        ),
    );

    // It is handed over as it was agreed to; the next one is still to be agreed to.
    let deliver = staff.open("/acts/deliver-support-plan?child=C101");
    assert_eq!(version(&deliver), "1", "{}", deliver.body);
    // Which of the two the family saw is not known until they were explained the newer one.
    let form = staff.open(&format!("{path}?child=C101"));
    assert_eq!(version(&form), "", "{}", form.body);
    said(
        &place,
        &format!(
            "record explain-support-plan --child C101 --plan {plan} --version 2 --occurred 2024-05-19 --json"
        ),
    );
    let form = staff.open(&format!("{path}?child=C101"));
    assert_eq!(version(&form), "2", "{}", form.body);
    let older = [own[0], ("version", "1"), ("occurred", "2024-05-20")];
    let told = sent(&mut staff, &form, path, &older);
    assert_eq!(told.status, 422, "{}", told.body);
    let said = "いちばん新しい版は第2版で";
    assert!(told.body.contains(said), "{}", told.body);
    assert_eq!(version(&told), "1", "nobody agrees to another by one click");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_version_begins_with_the_one_before() {
    let place = centre(Engine::Sqlite).await;
    let plan = support_plan(&place);
    said(
        &place,
        &format!(
            "record agree-support-plan --child C101 --plan {plan} --version 1 --occurred 2024-04-20 --json"
        ),
    );
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");

    let form = form_of(&mut staff, &plan, "revise-support-plan");

    let pairs = filled_in(&form);
    assert_eq!(text(&pairs, "goals"), "自宅で<安心して>暮らす");
    assert_eq!(text(&pairs, "services"), "訪問看護\n訪問診療");
    assert_eq!(text(&pairs, "staff"), "相談員A");
    assert_eq!(text(&pairs, "base_version"), "1");
    let revise = [("reason", "yearly"), ("occurred", "2024-06-10")];
    let path = "/acts/revise-support-plan";
    let first = sent(&mut staff, &form, path, &revise);
    assert_eq!(first.status, 200, "{}", first.body);
    let page = staff.open(&format!("/children/C101/plans/{plan}"));
    assert!(page.body.contains("第2版"), "{}", page.body);
    // Somebody else's next version came first: that is told, and what was typed is kept.
    let late = sent(
        &mut staff,
        &form,
        path,
        &[revise[0], revise[1], ("goals", "遅れて書いた目標")],
    );
    assert_eq!(late.status, 422, "{}", late.body);
    assert!(late.body.contains("次の版を書きました"), "{}", late.body);
    let pairs = filled_in(&late);
    assert_eq!(text(&pairs, "goals"), "遅れて書いた目標");
    assert_eq!(text(&pairs, "base_version"), "2");
    let stands = "いまの内容（入力と違う項目）";
    assert!(late.body.contains(stands), "{}", late.body);
    said(
        &place,
        &format!(
            "record agree-support-plan --child C101 --plan {plan} --version 2 --occurred 2024-06-12 --json"
        ),
    );
    let third = sent(&mut staff, &late, path, &[("occurred", "2024-06-20")]);
    assert_eq!(third.status, 200, "{}", third.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disaster_plan_is_written_anew_with_what_is_decided_for_each_hazard() {
    let place = centre(Engine::Sqlite).await;
    said(
        &place,
        "record draft-disaster-plan --child C101 --office centre --plan-text 車で避難する \
         --occurred 2024-04-10 --json",
    );
    let plan = id_of(&place, "disaster-plan-drafted", "plan");
    said(
        &place,
        &format!(
            "record write-disaster-plan-sections --child C101 --plan {plan} --version 1 --battery-minutes 480 \
             --spare-power false --earthquake stay --other-hazard leave --power 公共施設で充電 --occurred 2024-04-11 --json"
        ),
    );
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = "/acts/write-disaster-plan-sections";

    let form = form_of(&mut staff, &plan, "write-disaster-plan-sections");

    let pairs = filled_in(&form);
    for (field, stands) in [
        ("battery_minutes", "480"),
        ("spare_power", "no"),
        ("earthquake", "stay"),
        ("other_hazard", "leave"),
        ("flood", ""),
        ("power", "公共施設で充電"),
    ] {
        assert_eq!(text(&pairs, field), stands, "{field}");
    }
    let saved = sent(&mut staff, &form, path, &[("flood", "leave")]);
    assert_eq!(saved.status, 200, "{}", saved.body);
    let again = form_of(&mut staff, &plan, "write-disaster-plan-sections");
    let again = filled_in(&again);
    for (field, stands) in [
        ("flood", "leave"),
        ("earthquake", "stay"),
        ("battery_minutes", "480"),
    ] {
        assert_eq!(text(&again, field), stands, "{field}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreed_version_of_either_plan_is_left_and_the_next_one_is_offered() {
    let place = centre(Engine::Sqlite).await;
    let plans = [
        (
            disaster_plan(&place),
            "write-disaster-plan-sections",
            "disaster",
        ),
        (support_plan(&place), "write-plan-sections", "support"),
    ];
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    for (plan, write, kind) in plans {
        let page = format!("/children/C101/plans/{plan}");
        let offers = |page: &Response, act: &str| page.body.contains(&format!("/acts/{act}?"));
        let (agree, revise) = (format!("agree-{kind}-plan"), format!("revise-{kind}-plan"));
        let before = staff.open(&page);
        assert!(offers(&before, write) && offers(&before, &agree), "{kind}");
        assert!(!offers(&before, &revise), "{kind}: {}", before.body);
        let form = form_of(&mut staff, &plan, write);
        said(
            &place,
            &format!(
                "record {agree} --child C101 --plan {plan} --version 1 --occurred 2024-04-20 --json"
            ),
        );

        let agreed = staff.open(&page);

        assert!(offers(&agreed, &revise), "{kind}: {}", agreed.body);
        for over in [write, &agree] {
            assert!(!offers(&agreed, over), "{kind} {over}: {}", agreed.body);
        }
        assert!(
            agreed.body.contains("最新の版は合意済み"),
            "{}",
            agreed.body
        );
        // A form that was opened before is refused with what to do, and one of the menu leads to the plan.
        let refused = sent(&mut staff, &form, &format!("/acts/{write}"), &[]);
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(
            refused
                .body
                .contains("次の版を作成して、そこに書いてください"),
            "{}",
            refused.body
        );
        let led = staff.open(&format!("/acts/{write}?child=C101"));
        assert_eq!(led.status, 200, "{}", led.body);
        assert!(offers(&led, &revise), "{kind}: {}", led.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disaster_plan_is_the_familys_own_and_waits_for_no_explanation() {
    let place = centre(Engine::Sqlite).await;
    let (disaster, support) = (disaster_plan(&place), support_plan(&place));
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");

    let disaster = staff.open(&format!("/children/C101/plans/{disaster}"));
    let support = staff.open(&format!("/children/C101/plans/{support}"));

    assert!(support.body.contains("☐ 説明 まだ"), "{}", support.body);
    assert!(!disaster.body.contains("☐ 説明"), "{}", disaster.body);
    assert!(disaster.body.contains("☐ 合意 まだ"), "{}", disaster.body);
}

/// A disaster plan of C101 with two sections, somebody to call and a device.
fn disaster_plan(place: &Place) -> String {
    said(
        place,
        "record add-guardian --child C101 --name 見本　和子 --relation 母 --contact 090-0000-0001 \
         --occurred 2024-04-01 --json",
    );
    said(
        place,
        "record start-care-procedure --child C101 --procedure suction --device 吸引器A --occurred 2024-04-01 --json",
    );
    said(
        place,
        "record draft-disaster-plan --child C101 --office centre --plan-text 車で避難する --occurred 2024-04-10 --json",
    );
    let plan = id_of(place, "disaster-plan-drafted", "plan");
    let write =
        format!("record write-disaster-plan-sections --child C101 --plan {plan} --version 1");
    said(
        place,
        &format!(
            "{write} --power 公共施設で充電 --contacts 父・訪問看護の順 --occurred 2024-04-11 --json"
        ),
    );
    plan
}

/// The newest opening of somebody's text, as the log has it.
fn newest_opening(place: &Place) -> String {
    let newest = out(
        place,
        "events list --type personal-text-opened --limit 1000 --json",
    );
    let newest: serde_json::Value = serde_json::from_str(newest.lines().last().unwrap()).unwrap();
    said(place, &format!("events show {} --json", newest["position"])).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disaster_plan_has_room_for_what_is_missing_and_is_printed_for_whoever_may() {
    let place = centre(Engine::Sqlite).await;
    let plan = disaster_plan(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = format!("/children/C101/plans/{plan}");

    let page = staff.open(&path);

    assert_eq!(page.status, 200, "{}", page.body);
    for told in [
        "車で避難する",
        "公共施設で充電",
        "父・訪問看護の順",
        "見本 和子",
        "090-0000-0001",
        "吸引器A",
        "次に記録すること",
    ] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let missing = |field: &str| {
        let row = format!("<th scope=\"row\">{field}</th><td class=\"blank\">");
        page.body.contains(&row)
    };
    assert!(
        missing("酸素") && missing("薬") && !missing("電源"),
        "{}",
        page.body
    );
    assert!(page.body.contains("href=\"?view=print\""), "{}", page.body);
    let purpose = || newest_opening(&place);
    assert!(purpose().contains("\"timeline\""), "{}", purpose());

    let paper = staff.open(&format!("{path}?view=print"));

    assert_eq!(paper.status, 200, "{}", paper.body);
    assert!(purpose().contains("\"print\""), "{}", purpose());
    for told in ["公共施設で充電", "090-0000-0001", "出力者 sato"] {
        assert!(paper.body.contains(told), "{told}: {}", paper.body);
    }
    assert!(!paper.body.contains("次に記録すること"), "{}", paper.body);
    // Nobody prints what they may not open.
    let mut other = signed_in(&serving, &place, "kato", "staff");
    let refused = other.open(&format!("{path}?view=print"));
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert!(!refused.body.contains("和子"), "{}", refused.body);
}
