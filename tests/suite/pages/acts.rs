//! Every act has its form; what is recorded can be corrected, annulled and moved, in plain sight.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::{
    BINARY, ENGINES, PASSWORD, ask_for_no_second_factor, centre, openings, out, position,
    put_in_charge, said, sign_in_new, signed_in,
};

/// Opens a form and sends it with these fields beside those that it hides.
pub(super) fn give(browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Response {
    let form = browser.open(path);
    assert_eq!(form.status, 200, "{path}: {}", form.body);
    let kept = kept(&form);
    let kept = kept.iter().map(|(name, value)| (*name, value.as_str()));
    let all: Vec<(&str, &str)> = kept.chain(fields.iter().copied()).collect();
    browser.send(path.split('?').next().unwrap(), &all)
}

/// What a form sends of itself.
fn kept(form: &Response) -> Vec<(&'static str, String)> {
    let names = [
        "page_token",
        "typed_by",
        "command",
        "act",
        "latest",
        "opened_for",
    ];
    let there = names.into_iter().filter(|name| {
        let begins = format!("<input type=\"hidden\" name=\"{name}\"");
        form.body.contains(&begins)
    });
    there.map(|name| (name, hidden(form, name))).collect()
}

/// The position of the newest event of a type.
pub(super) fn newest(place: &Place, event_type: &str) -> u64 {
    let line = format!("events list --type {event_type} --limit 1000 --json");
    let lines = out(place, &line);
    let last = lines.lines().last().expect("an event of the type");
    let event: serde_json::Value = serde_json::from_str(last).unwrap();
    event["position"].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_act_of_the_menu_has_its_form() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    for (account, role, fewest) in [("kacho", "manager", 110), ("kansa-1", "auditor", 6)] {
        let mut browser = signed_in(&serving, &place, account, role);
        let menu = browser.open("/acts");
        assert_eq!(menu.status, 200, "{}", menu.body);
        let links = menu.body.split("<a href=\"/acts/").skip(1);
        let paths: Vec<&str> = links.map(|link| link.split('"').next().unwrap()).collect();
        assert!(paths.len() >= fewest, "{role}: {}", paths.len());
        for path in paths {
            let form = browser.open(&format!("/acts/{path}"));
            assert_eq!(form.status, 200, "{role} {path}: {}", form.body);
            assert!(form.body.contains("<button>記録する</button>"), "{path}");
            // Whatever a field is called is called so in Japanese.
            for label in form.body.split("<label for=\"").skip(1) {
                let label = label.split_once('>').unwrap().1;
                let label = label.split('<').next().unwrap();
                assert!(!label.is_ascii(), "{path}: {label}");
            }
            // What the page sends of itself takes the place of no answer.
            let (_, own) = form.body.split_once(" data-form-key=").expect("a form");
            let own = own.split("</form>").next().unwrap();
            for hides in own.split("<input type=\"hidden\" name=\"").skip(1) {
                let name = hides.split('"').next().unwrap();
                let as_named = own.matches(&format!(" name=\"{name}\"")).count();
                assert_eq!(as_named, 1, "{path}: {name}");
            }
        }
    }
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let menu = staff.open("/acts?child=C101");
    assert!(
        menu.body.contains("/acts/make-referral?child=C101"),
        "{}",
        menu.body
    );
    assert!(
        !menu.body.contains("/acts/set-planned-number"),
        "{}",
        menu.body
    );
    assert!(
        !menu.body.contains("/acts/register-facility"),
        "{}",
        menu.body
    );
    assert_eq!(staff.open("/acts/set-planned-number").status, 403);
    assert_eq!(staff.open("/acts/no-such-act").status, 404);
    assert_eq!(staff.open("/acts/correct-event").status, 404);
}

/// The one plan that there is, which stands in the form already.
fn the_plan(form: &Response) -> String {
    let plan = form.body.split("<select id=\"plan\"").nth(1).unwrap();
    let plan = plan.split("</select>").next().unwrap();
    let mut options = plan.split("<option value=\"");
    let option = options.find(|one| one.contains(" selected>"));
    let plan = option.unwrap_or_else(|| panic!("{}", form.body));
    plan.split('"').next().unwrap().to_owned()
}

async fn a_plan_goes_its_way_from_the_forms_alone(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");

    let drafted = give(
        &mut staff,
        "/acts/draft-disaster-plan?child=C101",
        &[
            ("child", "C101"),
            ("occurred", "2024-04-15"),
            ("occurred", ""),
            ("office", "centre"),
            ("plan_text", "停電のときは<予備>の電源を使う。"),
        ],
    );
    assert_eq!(drafted.status, 200, "{}", drafted.body);
    assert!(
        drafted.body.contains("災害時個別支援計画"),
        "{}",
        drafted.body
    );

    let plan = the_plan(&staff.open("/acts/agree-disaster-plan?child=C101"));
    let agreed = give(
        &mut staff,
        "/acts/agree-disaster-plan?child=C101",
        &[
            ("child", "C101"),
            ("plan", &plan),
            ("version", "１"),
            ("occurred", "2024-04-20"),
        ],
    );
    assert_eq!(agreed.status, 200, "{}", agreed.body);
    let verified = give(
        &mut staff,
        "/acts/verify-disaster-plan?child=C101",
        &[
            ("child", "C101"),
            ("plan", &plan),
            ("occurred", "2025-04-10"),
            ("occurred", "14:30"),
            ("guardian_present", "yes"),
            ("method", "visit"),
            ("result", "valid"),
        ],
    );
    assert_eq!(verified.status, 200, "{}", verified.body);
    assert!(
        verified.body.contains("令和7年4月10日 14:30"),
        "{}",
        verified.body
    );
    assert!(
        verified.body.contains("検証期限 令和8年4月10日"),
        "{}",
        verified.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_goes_its_way_from_the_forms_alone_on_both_engines() {
    for engine in ENGINES {
        a_plan_goes_its_way_from_the_forms_alone(engine).await;
    }
}

/// A referral of C101 as the form sends it.
const REFERRAL: [(&str, &str); 8] = [
    ("child", "C101"),
    ("occurred", "2024-04-01"),
    ("direction", "to"),
    ("party", "district-centre"),
    ("area", "kinuta"),
    ("section", "health-welfare"),
    ("urgency", "normal"),
    ("request", "手当の案内を<頼む>"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_referral_begins_as_usual_and_becomes_urgent_by_choice() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let chosen = |urgency: &str| format!("name=\"urgency\" value=\"{urgency}\" required checked>");

    let form = staff.open("/acts/make-referral?child=C101");
    let asked = staff.open("/acts/make-referral?child=C101&urgency=urgent");

    assert!(form.body.contains(&chosen("normal")), "{}", form.body);
    assert!(!form.body.contains(&chosen("urgent")), "{}", form.body);
    assert!(asked.body.contains(&chosen("urgent")), "{}", asked.body);
    let mut fields = REFERRAL.to_vec();
    fields.retain(|(known, _)| *known != "urgency");
    fields.push(("urgency", "urgent"));
    let given = give(&mut staff, "/acts/make-referral", &fields);
    assert_eq!(given.status, 200, "{}", given.body);
    assert!(given.body.contains("至急"), "{}", given.body);
    assert!(
        given.body.contains("/letter\">連携票</a>"),
        "{}",
        given.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_act_is_told_at_its_field_and_nothing_is_lost() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let with = |field: &'static str, value: &'static str| {
        let mut fields = REFERRAL.to_vec();
        fields.retain(|(known, _)| *known != field);
        fields.push((field, value));
        fields
    };
    let before = (position(&place), openings(&place));
    for (field, value) in [
        ("child", "C999"),
        ("child", ""),
        ("occurred", "いつか"),
        ("occurred", "2094-04-01"),
        ("section", ""),
        ("section", "moon"),
        ("request", "番号は 1234 5678 9018 です"),
    ] {
        let told = give(&mut staff, "/acts/make-referral", &with(field, value));
        assert_eq!(told.status, 422, "{field} {value}: {}", told.body);
        let summary = format!("<a href=\"#{field}\">");
        assert!(
            told.body.contains(&summary),
            "{field} {value}: {}",
            told.body
        );
        let beside = format!("id=\"{field}-fault\"");
        assert!(
            told.body.contains(&beside),
            "{field} {value}: {}",
            told.body
        );
        let text = if field == "request" {
            value
        } else {
            "手当の案内を&#60;頼む&#62;"
        };
        assert!(told.body.contains(text), "{field} {value}: {}", told.body);
    }
    let opened = u64::try_from(openings(&place) - before.1).unwrap();
    assert!(opened > 0, "the form says whom it is about");
    let written = position(&place) - before.0;
    assert_eq!(written, opened, "nothing else was written");
}

/// The fields to which the summary of faults leads, in its order.
pub(super) fn fields_at_fault(page: &Response) -> Vec<&str> {
    let (_, faults) = page.body.split_once("class=\"faults\"").expect("faults");
    let faults = faults.split("</div>").next().unwrap();
    let links = faults.split("<a href=\"#").skip(1);
    links.map(|link| link.split('"').next().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_missing_or_unreadable_is_told_at_once() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let wrong = [
        ("occurred", "いつか"),
        ("section", "moon"),
        ("due_on", "昨日"),
    ];

    let told = give(&mut staff, "/acts/make-referral", &wrong);

    assert_eq!(told.status, 422, "{}", told.body);
    let mut fields = fields_at_fault(&told);
    fields.sort_unstable();
    assert_eq!(
        fields,
        ["child", "due_on", "occurred", "section", "urgency"]
    );
    // What a rule always asks for is marked in the form, and told with the rest.
    let form = staff.open("/acts/decline-referral");
    let reason = form.body.split("<textarea id=\"reason\"").nth(1).unwrap();
    let reason = reason.split('>').next().unwrap();
    assert!(reason.contains(" required"), "{reason}");
    let told = give(
        &mut staff,
        "/acts/decline-referral",
        &[("occurred", "いつか")],
    );
    let mut fields = fields_at_fault(&told);
    fields.sort_unstable();
    assert_eq!(fields, ["child", "occurred", "reason", "referral"]);
    // What is needed in some cases alone says in which.
    let referral = staff.open("/acts/make-referral").body;
    let (_, section) = referral.split_once("id=\"section-help\"").unwrap();
    let section = section.split("</p>").next().unwrap();
    assert!(
        section.contains("総合支所") && section.contains("必須"),
        "{section}"
    );
}

/// What stands at a field of a form that came back.
fn fault_at<'p>(page: &'p Response, field: &str) -> &'p str {
    let begins = format!("<p id=\"{field}-fault\" class=\"fault\">");
    let (_, fault) = page.body.split_once(&begins).expect("a fault");
    fault.split("</p>").next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_out_of_order_is_told_with_the_other_day_and_what_happened_on_it() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = "/acts/make-referral?child=C101";
    let due: Vec<(&str, &str)> = REFERRAL
        .into_iter()
        .chain([("due_on", "2024-03-20")])
        .collect();

    let early = give(&mut staff, path, &due);

    assert_eq!(early.status, 422, "{}", early.body);
    let told = fault_at(&early, "due_on");
    for part in ["令和6年3月20日", "この記録の日（令和6年4月1日）より前"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(give(&mut staff, path, &REFERRAL).status, 200);
    let made = newest(&place, "referral-made");
    let referral = super::id_of(&place, "referral-made", "referral");
    let received = [
        ("child", "C101"),
        ("referral", &*referral),
        ("occurred", "2024-03-30"),
    ];
    let early = give(&mut staff, "/acts/receive-referral?child=C101", &received);
    assert_eq!(early.status, 422, "{}", early.body);
    let told = fault_at(&early, "occurred");
    for part in [
        "令和6年3月30日",
        "」の日（令和6年4月1日）より前",
        "以後の日",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    // The same where the day of a step is corrected beyond the next one.
    let received = [&received[..2], &[("occurred", "2024-04-03")]].concat();
    let path = "/acts/receive-referral?child=C101";
    assert_eq!(give(&mut staff, path, &received).status, 200);
    let moved = [
        ("occurred", "2024-04-08"),
        ("event.direction", "to"),
        ("event.party", "district-centre"),
        ("event.area", "kinuta"),
        ("event.section", "health-welfare"),
        ("event.urgency", "normal"),
        ("event.request", "手当の案内を<頼む>"),
        ("reason", "wrong-date"),
    ];
    let late = give(&mut staff, &format!("/events/{made}/amend"), &moved);
    assert_eq!(late.status, 422, "{}", late.body);
    let told = fault_at(&late, "occurred");
    for part in ["令和6年4月8日", "（令和6年4月3日）より後", "以前の日"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_writes_an_act_once() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let form = staff.open("/acts/make-referral?child=C101");
    let kept = kept(&form);
    let kept = kept.iter().map(|(name, value)| (*name, value.as_str()));
    let fields: Vec<(&str, &str)> = kept.chain(REFERRAL).collect();
    for _ in 0..2 {
        let sent = staff.send("/acts/make-referral", &fields);
        assert_eq!(sent.status, 200, "{}", sent.body);
        let lines = sent.body.matches("手当の案内").count();
        assert_eq!(lines, 1, "{}", sent.body);
    }
}

/// A consultation as it is corrected, with why.
const CORRECTED: [(&str, &str); 9] = [
    ("occurred", "2024-03-28"),
    ("occurred", "16:10"),
    ("event.consulter", "guardian"),
    ("event.channel", "phone"),
    ("event.topics", "respite"),
    ("event.duration_minutes", "35"),
    ("event.content", "短期入所の空き"),
    ("reason", "wrong-date"),
    ("explanation", "日付の書き間違い"),
];

/// A consultation about C101, by its position.
pub(super) fn consultation(place: &Place) -> u64 {
    said(
        place,
        "record consultation --children C101 --consulter guardian --channel phone --topics respite \
         --duration-minutes 20 --occurred 2024-03-29T16:10 --content 短期入所 --json",
    );
    newest(place, "consultation-recorded")
}

async fn a_record_is_corrected(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = format!("/events/{}/amend", consultation(&place));
    let timeline = staff.open("/children/C101");
    for act in ["correct", "annul", "reassign"] {
        let link = format!("href=\"{path}?act={act}\"");
        assert!(timeline.body.contains(&link), "{link}: {}", timeline.body);
    }

    let before = openings(&place);
    let form = staff.open(&path);
    assert_eq!(
        openings(&place),
        before + 1,
        "that it is opened is recorded"
    );
    assert!(form.body.contains("value=\"20\""), "{}", form.body);
    assert!(form.body.contains(">短期入所</textarea>"), "{}", form.body);
    let corrected = give(&mut staff, &path, &CORRECTED);
    assert_eq!(corrected.status, 200, "{}", corrected.body);
    for told in [
        "所要分: 20",
        "35",
        "短期入所の空き",
        "日付の書き間違い",
        "令和6年3月28日",
    ] {
        assert!(corrected.body.contains(told), "{told}: {}", corrected.body);
    }
    // Where nothing changes, that is told.
    let nothing = give(&mut staff, &path, &CORRECTED);
    assert_eq!(nothing.status, 422, "{}", nothing.body);

    // Who saw the record before it was corrected is told, and what they typed is kept.
    let form = staff.open(&format!("{path}?act=annul"));
    let (token, command) = (hidden(&form, "page_token"), hidden(&form, "command"));
    let stale = [
        ("page_token", &*token),
        ("command", &*command),
        ("act", "annul"),
        ("latest", ""),
        ("reason", "duplicate"),
        ("explanation", "二重に書いた"),
    ];
    let told = staff.send(&path, &stale);
    assert_eq!(told.status, 422, "{}", told.body);
    assert!(told.body.contains("二重に書いた"), "{}", told.body);
    let timeline = staff.open("/children/C101");
    assert!(!timeline.body.contains("【取消し】"), "{}", timeline.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_corrected_on_both_engines() {
    for engine in ENGINES {
        a_record_is_corrected(engine).await;
    }
}

async fn a_record_is_annulled_and_moved(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = format!("/events/{}/amend", consultation(&place));

    let annulled = give(
        &mut staff,
        &format!("{path}?act=annul"),
        &[("reason", "duplicate"), ("explanation", "二重に書いた")],
    );
    assert_eq!(annulled.status, 200, "{}", annulled.body);
    assert!(annulled.body.contains("【取消し】"), "{}", annulled.body);
    // What can be done about it now is one step away, and nothing else is.
    let way = |act: &str| {
        annulled
            .body
            .contains(&format!("href=\"{path}?act={act}\""))
    };
    assert!(way("reverse") && !way("annul") && !way("correct") && !way("reassign"));
    let again = staff.open(&path);
    let heading = "<h2>取消しを撤回する</h2>";
    assert!(again.body.contains(heading), "{}", again.body);
    let why = [("reason", "other"), ("explanation", "やはりあった")];
    let back = give(&mut staff, &path, &why);
    assert_eq!(back.status, 200, "{}", back.body);
    assert!(!back.body.contains("【取消し】"), "{}", back.body);

    // Moved to the person to whom it happened.
    said(
        &place,
        "record register-child --number C102 --name 見本　次郎 --birth-date 2020-01-15 \
         --area kinuta --occurred R3.8.5 --json",
    );
    let moving = format!("{path}?act=reassign");
    let form = staff.open(&moving);
    assert!(
        form.body
            .contains("<option value=\"wrong-person\" selected>"),
        "{}",
        form.body
    );
    let to = [
        ("to", "C102"),
        ("shown", "C102"),
        ("reason", "wrong-person"),
        ("explanation", "兄の件"),
    ];
    let moved = give(&mut staff, &moving, &to);
    assert_eq!(moved.status, 200, "{}", moved.body);
    assert!(
        moved.body.contains("付替え先の対象者: C102"),
        "{}",
        moved.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_annulled_and_moved_on_both_engines() {
    for engine in ENGINES {
        a_record_is_annulled_and_moved(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_in_charge_amends_nothing_unseen() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let registered = newest(&place, "child-registered");
    let path = format!("/events/{registered}/amend");
    let mut staff = signed_in(&serving, &place, "sato", "staff");

    let asked = staff.open(&path);

    assert_eq!(asked.status, 403, "{}", asked.body);
    assert!(asked.body.contains("緊急閲覧"), "{}", asked.body);
    assert!(!asked.body.contains("花子"), "{}", asked.body);
    assert_eq!(staff.open("/events/99999/amend").status, 404);
    for (account, role) in [
        ("kansa-1", "auditor"),
        ("iin-1", "committee"),
        ("joho-1", "admin"),
    ] {
        let mut browser = signed_in(&serving, &place, account, role);
        let refused = browser.open(&path);
        assert_eq!(refused.status, 403, "{role}: {}", refused.body);
        assert!(!refused.body.contains("花子"), "{role}: {}", refused.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_and_a_correction_outlast_a_sign_in() {
    let place = centre(Engine::Sqlite).await;
    ask_for_no_second_factor(&place, "manager");
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let registered = newest(&place, "child-registered");
    let amend = format!("/events/{registered}/amend");
    for (path, field, text) in [
        ("/acts/make-referral", "request", "頼むことの下書き"),
        (amend.as_str(), "explanation", "訂正の下書き"),
    ] {
        let form = manager.open(path);
        let kept = kept(&form);
        let kept = kept.iter().map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<(&str, &str)> = kept.chain([(field, text)]).collect();
        sign_in_new(&mut Browser::at(&serving), &place, "kacho", "manager");
        let before = position(&place);
        let asked = manager.send(path, &fields);
        assert_eq!(asked.status, 401, "{path}: {}", asked.body);
        let draft = hidden(&asked, "draft").replace("&#38;", "&");
        let signed_in = [
            ("to", path),
            ("draft", &*draft),
            ("account", "kacho"),
            ("password", PASSWORD),
        ];
        let again = manager.send("/sign-in", &signed_in);
        assert_eq!(again.status, 422, "{path}: {}", again.body);
        assert!(
            again.body.contains(&format!(">{text}</textarea>")),
            "{path}: {}",
            again.body
        );
        assert!(again.body.contains("サインインし直した"), "{path}");
        assert!(
            !again.body.contains("role=\"alert\""),
            "nothing is wrong: {path}"
        );
        let written = position(&place) - before;
        // The sign-in, and that a correction's form opens the event once more.
        assert_eq!(written, 1 + u64::from(path == amend), "{path}");
    }
}

/// How many records each of two people makes.
const EACH: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn two_people_record_for_the_same_child_at_once_and_both_stand() {
    for engine in ENGINES {
        let place = centre(engine).await;
        let serving = Serving::start(&place, BINARY);
        let mut one = signed_in(&serving, &place, "kacho", "manager");
        let mut other = signed_in(&serving, &place, "kacho-2", "manager");
        let text = |who: &str, n: usize| format!("{who}の{n}件目");
        std::thread::scope(|scope| {
            for (browser, who) in [(&mut one, "甲"), (&mut other, "乙")] {
                scope.spawn(move || {
                    for n in 0..EACH {
                        let what = text(who, n);
                        let sent = give(
                            browser,
                            "/acts/schedule-follow-up?child=C101",
                            &[
                                ("child", "C101"),
                                ("occurred", "2024-04-01"),
                                ("due_on", "2024-05-01"),
                                ("what", &what),
                            ],
                        );
                        assert_eq!(sent.status, 200, "{}", sent.body);
                        // A write is visible on the next page.
                        assert!(sent.body.contains(&what), "{what}: {}", sent.body);
                    }
                });
            }
        });
        let timeline = one.open("/children/C101");
        // Once in what is due and once in what happened.
        for who in ["甲", "乙"] {
            for n in 0..EACH {
                let what = text(who, n);
                assert_eq!(timeline.body.matches(&what).count(), 2, "{what}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planned_number_set_at_the_form_stands_on_the_scorecard() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let before = manager.open("/committee?fiscal_year=2022").body;
    assert!(!before.contains("<b>870程度</b>"), "{before}");
    let told = give(
        &mut manager,
        "/acts/set-planned-number",
        &[
            ("occurred", "2022-04-01"),
            ("occurred", ""),
            ("planned.service", "specialist-consultation"),
            ("planned.fiscal_year", "2022"),
            ("planned.low", "870"),
            ("planned.high", "870"),
            ("planned.unit", "件"),
            ("planned.count_rule_ja", "延べ件数"),
            ("planned.approximate", "yes"),
        ],
    );
    assert_eq!(told.status, 200, "{}", told.body);
    let after = manager.open("/committee?fiscal_year=2022").body;
    let row = after
        .split("/committee/figures/A-1?fiscal_year=2022")
        .nth(1)
        .unwrap();
    let row = row.split("</tr>").next().unwrap();
    assert!(
        row.contains("<b>870程度</b>") && row.contains("令和4年4月1日の決定"),
        "{row}"
    );
    // 924 of 870.
    assert!(row.contains("<b>達成</b>") && row.contains("106"), "{row}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_log_says_need_not_be_typed_and_nothing_lies_beyond_it() {
    let place = centre(Engine::Sqlite).await;
    said(
        &place,
        "record convene-meeting --occurred 2022-04-28 --nth 1 --planned-on 2022-05-12 --json",
    );
    let serving = Serving::start(&place, BINARY);
    let mut kacho = signed_in(&serving, &place, "kacho", "manager");
    let form = kacho.open("/acts/freeze-materials");
    for asked in ["name=\"head\"", "name=\"digest\"", "name=\"figures\""] {
        assert!(!form.body.contains(asked), "{asked}: {}", form.body);
    }
    let meeting = super::id_of(&place, "meeting-convened", "meeting");
    let frozen = |kacho: &mut Browser<'_>, year: &str| {
        let fields = [
            ("meeting", &*meeting),
            ("occurred", "2022-05-12"),
            ("fiscal_year", year),
            ("on_day", "2022-03-31"),
        ];
        give(kacho, "/acts/freeze-materials", &fields)
    };
    let wrong = frozen(&mut kacho, "8");
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    assert!(wrong.body.contains("実施期間にない年度"), "{}", wrong.body);
    let done = frozen(&mut kacho, "2021");
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.body.contains("記録しました。"), "{}", done.body);

    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let opened = |auditor: &mut Browser<'_>, to: &str| {
        let fields = [
            ("occurred", "2024-04-01"),
            ("from_position", "1"),
            ("to_position", to),
        ];
        give(auditor, "/acts/open-audit", &fields)
    };
    let beyond = opened(&mut auditor, "99999");
    assert_eq!(beyond.status, 422, "{}", beyond.body);
    assert_eq!(opened(&mut auditor, "").status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_typed_is_put_in_charge_and_not_whoever_types() {
    let place = centre(Engine::Sqlite).await;
    place
        .told("open-account --name suzuki --role staff --occurred 2024-04-01")
        .await;
    let typed = [
        ("child", "C101"),
        ("account", "suzuki"),
        ("charge", "main"),
        ("occurred", "2024-04-17"),
    ];
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let told = give(&mut manager, "/acts/assign-staff?child=C101", &typed);
    assert_eq!(told.status, 200, "{}", told.body);
    let assigned = out(
        &place,
        "events list --type staff-assigned --limit 1000 --json",
    );
    let last = assigned.lines().last().unwrap();
    let position = serde_json::from_str::<serde_json::Value>(last).unwrap()["position"].clone();
    let shown = out(&place, &format!("events show {position}"));
    assert!(shown.contains("suzuki"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn how_consent_was_given_is_read_beside_the_token_of_the_page() {
    let place = centre(Engine::Sqlite).await;
    let typed = [
        ("child", "C101"),
        ("recipients", "hospital"),
        ("data", "identity"),
        ("purpose", "support"),
        ("form", "written"),
        ("given_by", "guardian"),
        ("giver", "見本 家族"),
        ("occurred", "2024-04-17"),
    ];
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let told = give(&mut manager, "/acts/give-consent?child=C101", &typed);
    assert_eq!(told.status, 200, "{}", told.body);
    assert!(newest(&place, "consent-given") > 0);
}
