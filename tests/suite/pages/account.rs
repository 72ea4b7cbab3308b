//! An administrator changes the role of an account and closes it.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::{
    BINARY, PASSWORD, ask_for_no_second_factor, centre, draft, grown_older, out, position,
    put_in_charge, said, signed_in,
};

fn sends(admin: &mut Browser<'_>, path: &str, field: (&str, &str)) -> Response {
    let page = admin.open("/accounts/sato");
    let (form, command) = (hidden(&page, "page_token"), hidden(&page, "command"));
    admin.send(path, &[("page_token", &form), ("command", &command), field])
}

fn signs_in(serving: &Serving) -> (Response, Browser<'_>) {
    let mut browser = Browser::at(serving);
    let page = browser.send("/sign-in", &[("account", "sato"), ("password", PASSWORD)]);
    (page, browser)
}

fn count(place: &Place, event_type: &str) -> usize {
    let line = format!("events list --type {event_type} --limit 1000 --json");
    out(place, &line).lines().count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_changed_and_the_sign_ins_in_the_old_one_end() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut sato = signed_in(&serving, &place, "sato", "staff");
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let list = admin.open("/accounts");
    assert!(
        list.body.contains("href=\"/accounts/sato\""),
        "{}",
        list.body
    );
    let before = position(&place);
    let unsaid = sends(&mut admin, "/accounts/sato/role", ("role", ""));
    assert_eq!(unsaid.status, 422, "{}", unsaid.body);
    let same = sends(&mut admin, "/accounts/sato/role", ("role", "staff"));
    assert_eq!(same.status, 422, "{}", same.body);
    assert_eq!(position(&place), before, "nothing was written");

    let done = sends(&mut admin, "/accounts/sato/role", ("role", "committee"));

    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.body.contains("役割を変えました"), "{}", done.body);
    assert!(done.body.contains("<dd>運営委員会</dd>"), "{}", done.body);
    assert_eq!(count(&place, "account-role-changed"), 1);
    let list = admin.open("/accounts").body;
    let (_, changes) = list.split_once("id=\"changes\"").unwrap();
    let newest = changes.split("<tr>").nth(2).unwrap();
    for told in [
        ">sato</th>",
        "相談員・保健師 → 運営委員会",
        "<td>joho-1</td>",
    ] {
        assert!(newest.contains(told), "{told}: {newest}");
    }
    assert_eq!(sato.look("/children").status, 303, "the sign-in is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_closed_with_all_that_it_is_signed_in_with() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut sato = signed_in(&serving, &place, "sato", "staff");
    said(&place, "token sato --for 1 --json");
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let before = position(&place);
    let wrong = sends(&mut admin, "/accounts/sato/close", ("name", "saito"));
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    assert!(
        wrong.body.contains("そのまま入力してください"),
        "{}",
        wrong.body
    );
    assert_eq!(position(&place), before, "nothing was written");

    let done = sends(&mut admin, "/accounts/sato/close", ("name", "sato"));

    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.body.contains("閉じてある"), "{}", done.body);
    assert_eq!(count(&place, "account-closed"), 1);
    assert_eq!(count(&place, "tokens-revoked"), 1);
    assert_eq!(sato.look("/children").status, 303);
    assert_eq!(signs_in(&serving).0.status, 422);
    let list = admin.open("/accounts");
    assert!(list.body.contains("閉じたアカウント 1件"), "{}", list.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_in_charge_is_closed_only_knowingly() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let _sato = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let page = admin.open("/accounts/sato");
    assert!(
        page.body.contains("担当している対象者：1人"),
        "{}",
        page.body
    );

    let told = sends(&mut admin, "/accounts/sato/close", ("name", "sato"));

    assert_eq!(told.status, 422, "{}", told.body);
    assert_eq!(count(&place, "account-closed"), 0);
    let (form, command) = (hidden(&told, "page_token"), hidden(&told, "command"));
    let fields = [
        ("page_token", &*form),
        ("command", &*command),
        ("name", "sato"),
        ("anyway", "yes"),
    ];
    let done = admin.send("/accounts/sato/close", &fields);
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(count(&place, "account-closed"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_closes_their_own_account_so_that_an_admin_stays() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let _sato = signed_in(&serving, &place, "sato", "staff");
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let own = admin.open("/accounts/joho-1");
    assert!(own.body.contains("必ず一人は残ります"), "{}", own.body);
    assert!(!own.body.contains("/close"), "{}", own.body);
    let page = admin.open("/accounts/sato");
    let (form, command) = (hidden(&page, "page_token"), hidden(&page, "command"));
    let before = position(&place);
    for (path, field) in [
        ("/accounts/joho-1/close", ("name", "joho-1")),
        ("/accounts/joho-1/role", ("role", "staff")),
    ] {
        let fields = [("page_token", &*form), ("command", &*command), field];
        let refused = admin.send(path, &fields);
        assert_eq!(refused.status, 422, "{path}: {}", refused.body);
    }
    // Whoever finds a desk unlocked closes nobody out.
    grown_older(&place, "begun_at", 11);
    let late = sends(&mut admin, "/accounts/sato/close", ("name", "sato"));
    assert!(
        late.body.contains("もう一度サインインしてください"),
        "{}",
        late.body
    );
    assert_eq!(position(&place), before, "nothing was written");
    assert_eq!(admin.open("/accounts/nobody").status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signed_in_longer_ago_does_so_again_and_keeps_what_was_typed() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    ask_for_no_second_factor(&place, "admin");
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let invite = |admin: &mut Browser<'_>, page: &Response| {
        let form = hidden(page, "page_token");
        let typed = [
            ("page_token", &*form),
            ("account", "suzuki"),
            ("role", "staff"),
        ];
        admin.send("/accounts", &typed)
    };
    let page = admin.open("/accounts");
    grown_older(&place, "begun_at", 11);
    let before = count(&place, "account-opened");

    let late = invite(&mut admin, &page);

    assert_eq!(late.status, 401, "{}", late.body);
    assert!(late.body.contains("残っています"), "{}", late.body);
    let (to, typed) = (hidden(&late, "to"), draft(&late));
    let fields = [
        ("to", &*to),
        ("draft", &*typed),
        ("account", "joho-1"),
        ("password", PASSWORD),
    ];
    let again = admin.send("/sign-in", &fields);
    assert!(again.body.contains("value=\"suzuki\""), "{}", again.body);
    assert!(
        again.body.contains("<option value=\"staff\" selected>"),
        "{}",
        again.body
    );
    assert_eq!(count(&place, "account-opened"), before);
    let made = invite(&mut admin, &again);
    assert_eq!(made.status, 200, "{}", made.body);
    assert!(made.body.contains("/invitation/"), "{}", made.body);
    assert_eq!(count(&place, "account-opened"), before + 1);
}

/// The path of the link that a page shows.
fn link_of(page: &Response) -> String {
    let (_, path) = page.body.split_once("/invitation/").expect("a link");
    format!("/invitation/{}", path.split('<').next().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_there_is_told_with_its_role_and_a_link_that_was_replaced_says_so() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let _sato = signed_in(&serving, &place, "sato", "staff");
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let form = hidden(&admin.open("/accounts"), "page_token");
    let invite = |admin: &mut Browser<'_>, role: &str| {
        admin.send(
            "/accounts",
            &[("page_token", &form), ("account", "sato"), ("role", role)],
        )
    };

    let other = invite(&mut admin, "manager");
    assert_eq!(other.status, 422, "{}", other.body);
    for told in [
        "すでにあり、役割は",
        "「選ばない」にしてください",
        "<a href=\"/accounts/sato\">アカウントの画面へ",
    ] {
        assert!(other.body.contains(told), "{told}: {}", other.body);
    }
    let first = invite(&mut admin, "");
    assert!(
        first.body.contains("すでにあるアカウントです"),
        "{}",
        first.body
    );
    let second = invite(&mut admin, "staff");
    let (first, second) = (link_of(&first), link_of(&second));

    let mut somebody = Browser::at(&serving);
    let replaced = somebody.open(&first);
    assert_eq!(replaced.status, 404, "{}", replaced.body);
    assert!(
        replaced.body.contains("新しいリンクが出されたため"),
        "{}",
        replaced.body
    );
    assert_eq!(somebody.open(&second).status, 200);
    let none = somebody.open(&format!("/invitation/{}", "0".repeat(64)));
    assert_eq!(none.status, 404, "{}", none.body);
    assert!(none.body.contains("すでに使われたか"), "{}", none.body);
    said(
        &place,
        "record close-account --account sato --occurred 2024-04-01 --json",
    );
    let closed = somebody.open(&second);
    assert_eq!(closed.status, 404, "{}", closed.body);
    assert!(
        closed.body.contains("利用終了になっています"),
        "{}",
        closed.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_closed_account_is_in_charge_of_is_marked_and_handed_over() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let _sato = signed_in(&serving, &place, "sato", "staff");
    let _mori = signed_in(&serving, &place, "mori", "staff");
    put_in_charge(&place, "sato");
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let marked = "sato（利用終了）";
    let notice = "担当者のアカウントが利用終了になっている方が1人";
    assert!(!manager.open("/").body.contains(notice));
    assert!(!manager.open("/children").body.contains(marked));
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let page = admin.open("/accounts/sato");
    let (form, command) = (hidden(&page, "page_token"), hidden(&page, "command"));
    let fields = [
        ("page_token", &*form),
        ("command", &*command),
        ("name", "sato"),
        ("anyway", "yes"),
    ];
    assert_eq!(admin.send("/accounts/sato/close", &fields).status, 200);

    let today = manager.open("/").body;

    assert!(today.contains(notice), "{today}");
    assert!(today.contains("href=\"/children?staff=closed\""), "{today}");
    let list = manager.open("/children?staff=closed").body;
    for told in [
        marked,
        "href=\"/acts/unassign-staff?child=C101&#38;account=sato\"",
        "href=\"/acts/assign-staff?child=C101&#38;in_place_of=sato\"",
    ] {
        assert!(list.contains(told), "{told}: {list}");
    }
    let timeline = manager.open("/children/C101").body;
    assert!(timeline.contains(marked), "{timeline}");
    let file = manager.open("/children?format=csv").body;
    assert!(
        file.contains("sato") && !file.contains("利用終了"),
        "{file}"
    );

    let form = manager.open("/acts/assign-staff?child=C101&in_place_of=sato");
    let chosen = "<option value=\"sato\" selected>sato（主担当）</option>";
    assert!(form.body.contains(chosen), "{}", form.body);
    let assign = "record assign-staff --child C101 --account mori --charge main";
    said(
        &place,
        &format!("{assign} --in-place-of sato --occurred 2024-04-02 --json"),
    );

    assert!(!manager.open("/").body.contains(notice));
    let list = manager.open("/children?staff=closed").body;
    assert!(!list.contains(">C101</a>"), "{list}");
    assert!(manager.open("/children").body.contains("mori"));
}
