//! What is kept for signing in, on both engines: invitations, passwords, sessions.

use std::sync::Arc;

use futures::future::join_all;
use ledger_core::actor::{Actor, Role};
use ledger_core::id::LedgerId;
use ledger_core::seal::{KeyEncryptionKey, SystemRandom};
use ledger_core::sign_in::{
    CodeSecret, Digest, Last, Purpose, Removal, Secret, SignInError, SignIns, StoredPasskey,
};
use ledger_core::time::Timestamp;
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::{Engine, TestLedger};
use uuid::Uuid;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// Sign-ins beside the keys of a ledger, opened by several programs at once.
struct Place {
    programs: Vec<Arc<SignIns>>,
    ledger: TestLedger,
    _database: Option<TestDatabase>,
}

impl Place {
    async fn new(engine: Engine) -> Self {
        let ledger = TestLedger::new(Engine::Sqlite).await;
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(TestDatabase::new().await),
        };
        let id = LedgerId::new(Uuid::nil());
        let kek = KeyEncryptionKey::create(&ledger.folder().join("own.kek"), id, &SystemRandom);
        let kek = kek.unwrap();
        let opened = (0..4).map(|_| async {
            match &database {
                None => SignIns::sqlite(&ledger.folder().join("log.keys"), kek.clone()).await,
                Some(database) => {
                    let database = database.url().parse().unwrap();
                    SignIns::postgres(database, kek.clone()).await
                },
            }
        });
        let opened = join_all(opened).await.into_iter();
        Self {
            programs: opened.map(|one| Arc::new(one.unwrap())).collect(),
            ledger,
            _database: database,
        }
    }

    fn first(&self) -> &SignIns {
        &self.programs[0]
    }

    fn other(&self) -> &SignIns {
        &self.programs[1]
    }
}

fn secret() -> Digest {
    Secret::new(&SystemRandom).unwrap().digest()
}

fn account(name: &str) -> Actor {
    Actor::new(name).unwrap()
}

fn at(minute: u32) -> Timestamp {
    format!("2024-04-01T00:{minute:02}:00Z").parse().unwrap()
}

#[test]
fn a_secret_is_known_again_by_its_digest_alone() {
    let secret = Secret::new(&SystemRandom).unwrap();
    let again = Secret::parse(&secret.text()).unwrap();
    assert_eq!(again.digest(), secret.digest());
    assert_ne!(secret.digest(), secret.derived("form"));
    assert_ne!(
        secret.digest(),
        Secret::new(&SystemRandom).unwrap().digest()
    );
    assert!(!format!("{secret:?}").contains(&*secret.text()));
    for wrong in ["", "ab", &"g".repeat(64), &"a".repeat(66)] {
        assert!(Secret::parse(wrong).is_none(), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_sets_a_password_once_and_signs_out_whoever_was_in() {
    for engine in ENGINES {
        let place = Place::new(engine).await;
        let (staff, other) = (account("sato"), account("suzuki"));
        assert!(place.first().is_empty().await.unwrap());
        let (withdrawn, used, late) = (secret(), secret(), secret());
        place
            .first()
            .invite(&staff, &withdrawn, at(30))
            .await
            .unwrap();
        place.first().invite(&staff, &used, at(30)).await.unwrap();
        place.first().invite(&other, &late, at(10)).await.unwrap();
        let (own, others) = (secret(), secret());
        place.first().begin(&own, &staff, at(1)).await.unwrap();
        place.first().begin(&others, &other, at(1)).await.unwrap();

        let invited = async |digest| place.other().invited(digest, at(10)).await.unwrap();
        assert_eq!(invited(&withdrawn).await, None, "a later one replaced it");
        let replaced = async |digest| place.other().is_replaced(digest).await.unwrap();
        assert!(replaced(&withdrawn).await);
        assert!(!replaced(&used).await && !replaced(&late).await);
        assert_eq!(invited(&used).await, Some(staff.clone()));
        assert_eq!(invited(&late).await, None, "it is over");
        assert_eq!(
            place.first().accept(&late, "hash", at(10)).await.unwrap(),
            None
        );
        assert!(place.first().is_empty().await.unwrap());

        let tries = place.programs.iter().enumerate().map(|(number, program)| {
            let (program, used) = (Arc::clone(program), used.clone());
            async move {
                let hash = format!("hash {number}");
                let accepted = program.accept(&used, &hash, at(10)).await.unwrap();
                accepted.map(|account| (account, hash))
            }
        });
        let accepted: Vec<_> = join_all(tries).await.into_iter().flatten().collect();
        let [(whose, hash)] = accepted.as_slice() else {
            panic!("{accepted:?}: one succeeds");
        };
        assert_eq!(*whose, staff);
        let kept = place.other().password(&staff).await.unwrap();
        assert_eq!(kept.as_ref(), Some(hash));
        assert_eq!(place.other().password(&other).await.unwrap(), None);
        assert!(!place.other().is_empty().await.unwrap());
        assert_eq!(invited(&used).await, None);
        assert_eq!(place.other().session(&own).await.unwrap(), None);
        assert!(place.other().session(&others).await.unwrap().is_some());

        let again = secret();
        place.first().invite(&staff, &again, at(30)).await.unwrap();
        place.first().accept(&again, "new", at(11)).await.unwrap();
        let kept = place.other().password(&staff).await.unwrap();
        assert_eq!(kept.as_deref(), Some("new"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_lasts_until_it_is_ended_or_forgotten() {
    for engine in ENGINES {
        let place = Place::new(engine).await;
        let (old, young, staff) = (secret(), secret(), account("sato"));
        place.first().begin(&old, &staff, at(1)).await.unwrap();
        place.first().begin(&young, &staff, at(5)).await.unwrap();
        let ended = secret();
        place.first().invite(&staff, &ended, at(4)).await.unwrap();
        let invited = async || place.other().invited(&ended, at(3)).await.unwrap();
        assert_eq!(invited().await, Some(staff.clone()));

        let begun = ledger_core::sign_in::Place {
            device: "Firefox / Linux".to_owned(),
            address: "192.0.2.7".to_owned(),
        };
        place.first().begun_at(&young, &begun).await.unwrap();
        place.first().seen(&old, at(9)).await.unwrap();
        let own = place.other().sessions(&staff, &young).await.unwrap();
        let told: Vec<_> = own
            .iter()
            .map(|one| (one.session.seen_at, &*one.place.device, one.is_this))
            .collect();
        let wanted = [(at(9), "", false), (at(5), "Firefox / Linux", true)];
        assert_eq!(told, wanted, "the one used last comes first");
        let session = place.other().session(&old).await.unwrap().unwrap();
        assert_eq!((session.begun_at, session.seen_at), (at(1), at(9)));
        assert_eq!(session.account, staff);

        place.first().forget(at(5)).await.unwrap();
        assert_eq!(place.other().session(&old).await.unwrap(), None);
        assert_eq!(invited().await, None);
        let session = place.other().session(&young).await.unwrap().unwrap();
        assert_eq!((session.begun_at, session.seen_at), (at(5), at(5)));

        place.first().end(&young).await.unwrap();
        assert_eq!(place.other().session(&young).await.unwrap(), None);
        // Nobody is signed in by what was never given out.
        place.first().seen(&young, at(9)).await.unwrap();
        assert_eq!(place.other().session(&young).await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_used_once_whoever_comes_first_and_no_later_than_another() {
    for engine in ENGINES {
        let place = Place::new(engine).await;
        let (staff, other) = (account("sato"), account("suzuki"));
        let own = CodeSecret::new([7; 32]);
        let registered = place
            .first()
            .register_codes(&staff, (&own, 100), &SystemRandom);
        registered.await.unwrap();
        assert!(place.other().has_codes(&staff).await.unwrap());
        assert!(!place.other().has_codes(&other).await.unwrap());
        let kept = place.other().codes(&staff).await.unwrap();
        assert_eq!(kept.as_deref(), Some(&[7; 32]));

        // The code that proved the app is used up.
        assert!(!place.first().use_code(&staff, 100).await.unwrap());
        let tries = place.programs.iter().map(|program| {
            let (program, staff) = (Arc::clone(program), staff.clone());
            async move { program.use_code(&staff, 101).await.unwrap() }
        });
        let used = join_all(tries).await;
        assert_eq!(used.iter().filter(|used| **used).count(), 1, "{used:?}");
        assert!(!place.first().use_code(&staff, 100).await.unwrap());
        assert!(place.first().use_code(&staff, 102).await.unwrap());

        // A right code forgives wrong ones; a hundred in a row are too many.
        for wrong in 0..100 {
            assert!(
                place.first().codes(&staff).await.unwrap().is_some(),
                "{wrong}"
            );
            place.first().wrong_code(&staff).await.unwrap();
        }
        assert!(place.first().codes(&staff).await.unwrap().is_none());
        assert!(!place.first().use_code(&staff, 103).await.unwrap());
        assert!(place.first().has_codes(&staff).await.unwrap());
        let anew = place
            .first()
            .register_codes(&staff, (&own, 103), &SystemRandom);
        anew.await.unwrap();
        assert!(place.first().use_code(&staff, 104).await.unwrap());
        let remove = async || place.first().remove_codes(&staff, Last::MayGo).await;
        assert_eq!(remove().await.unwrap(), Removal::Done);
        assert_eq!(remove().await.unwrap(), Removal::NotThere);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_of_codes_is_of_no_use_without_the_key_that_wraps_it() {
    let place = Place::new(Engine::Sqlite).await;
    let staff = account("sato");
    let own = CodeSecret::new([7; 32]);
    let registered = place
        .first()
        .register_codes(&staff, (&own, 1), &SystemRandom);
    registered.await.unwrap();
    let file = place.ledger.folder().join("log.keys");
    let id = LedgerId::new(Uuid::nil());
    let path = place.ledger.folder().join("another.kek");
    let another = KeyEncryptionKey::create(&path, id, &SystemRandom).unwrap();
    let thief = SignIns::sqlite(&file, another).await.unwrap();
    let stolen = thief.codes(&staff).await;
    assert!(matches!(stolen, Err(SignInError::OtherKey)), "{stolen:?}");
    let bytes = std::fs::read(&file).unwrap();
    assert!(!bytes.windows(32).any(|part| part == [7; 32]));
}

#[tokio::test(flavor = "multi_thread")]
async fn passkeys_are_an_accounts_own_and_a_challenge_is_answered_once() {
    for engine in ENGINES {
        let place = Place::new(engine).await;
        let (staff, other) = (account("sato"), account("suzuki"));
        let passkey = |id: &str, label: &str| StoredPasskey {
            id: id.to_owned(),
            label: label.to_owned(),
            credential: format!("{{\"of\":\"{id}\"}}"),
            added_at: at(3),
        };
        let (desk, key) = (passkey("aa", "窓口"), passkey("bb", "鍵"));
        for one in [&desk, &key] {
            assert!(place.first().add_passkey(&staff, one).await.unwrap());
        }
        // A credential is of one account alone.
        assert!(!place.first().add_passkey(&other, &desk).await.unwrap());
        let own = place.other().passkeys(&staff).await.unwrap();
        assert_eq!(own, [desk.clone(), key.clone()]);
        assert_eq!(place.other().passkeys(&other).await.unwrap(), []);
        let used = place.first().passkey_used(&staff, ("aa", "used"));
        used.await.unwrap();
        let own = place.other().passkeys(&staff).await.unwrap();
        assert_eq!(own[0].credential, "used");
        let remove = async |whose| {
            let removed = place.first().remove_passkey(whose, "aa", Last::MayGo);
            removed.await.unwrap()
        };
        assert_eq!(remove(&other).await, Removal::NotThere);
        assert_eq!(remove(&staff).await, Removal::Done);
        let lost = secret();
        place.first().begin(&lost, &staff, at(1)).await.unwrap();
        place.first().remove_all(&staff).await.unwrap();
        assert_eq!(place.other().passkeys(&staff).await.unwrap(), []);
        assert_eq!(place.other().session(&lost).await.unwrap(), None);

        let session = secret();
        place.first().begin(&session, &staff, at(1)).await.unwrap();
        let ask = async |purpose, until| {
            let asked = place.first().challenge((&session, purpose), "state", until);
            asked.await.unwrap();
        };
        let take = async |purpose, now| {
            let taken = place.other().take_challenge((&session, purpose), now);
            taken.await.unwrap()
        };
        ask(Purpose::Passkey, at(9)).await;
        assert_eq!(take(Purpose::NewPasskey, at(5)).await, None);
        assert_eq!(
            take(Purpose::Passkey, at(5)).await.as_deref(),
            Some("state")
        );
        assert_eq!(take(Purpose::Passkey, at(5)).await, None, "it was answered");
        ask(Purpose::Passkey, at(9)).await;
        assert_eq!(take(Purpose::Passkey, at(9)).await, None, "it is over");
    }
}

/// Rounds in which several remove at once; without the hold on the account PostgreSQL lets the last go in most.
const ROUNDS: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn of_removals_at_once_the_last_one_leaves_what_the_role_asks_for() {
    for engine in ENGINES {
        let place = Place::new(engine).await;
        let (staff, link) = (account("sato"), secret());
        place.first().invite(&staff, &link, at(30)).await.unwrap();
        place.first().accept(&link, "hash", at(1)).await.unwrap();
        for round in 0..ROUNDS {
            let own = CodeSecret::new([7; 32]);
            let registered = place
                .first()
                .register_codes(&staff, (&own, 1), &SystemRandom);
            registered.await.unwrap();
            for id in ["aa", "bb", "cc"] {
                let passkey = StoredPasskey {
                    id: id.to_owned(),
                    label: "窓口".to_owned(),
                    credential: "{}".to_owned(),
                    added_at: at(3),
                };
                place.first().add_passkey(&staff, &passkey).await.unwrap();
            }
            let removals = place
                .programs
                .iter()
                .zip([None, Some("aa"), Some("bb"), Some("cc")]);
            let whose = &staff;
            let removals = removals.map(|(program, passkey)| async move {
                let removed = match passkey {
                    None => program.remove_codes(whose, Last::Stays).await,
                    Some(id) => program.remove_passkey(whose, id, Last::Stays).await,
                };
                removed.unwrap()
            });
            let removals = join_all(removals).await;
            let count = |wanted| removals.iter().filter(|one| **one == wanted).count();
            let told = format!("{engine:?}, round {round}: {removals:?}");
            assert_eq!(
                (count(Removal::Done), count(Removal::IsLast)),
                (3, 1),
                "{told}"
            );
            let left = place.other().passkeys(&staff).await.unwrap().len();
            let codes = place.other().has_codes(&staff).await.unwrap();
            assert_eq!(left + usize::from(codes), 1, "{told}");
        }
        let removed = place.first().remove_codes(&staff, Last::MayGo).await;
        let _removed = removed.unwrap();
        for id in ["aa", "bb", "cc"] {
            let removed = place.first().remove_passkey(&staff, id, Last::MayGo);
            let _removed = removed.await.unwrap();
        }
        assert_eq!(place.other().passkeys(&staff).await.unwrap(), []);
        assert!(!place.other().has_codes(&staff).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_session_has_proven_goes_with_it() {
    for engine in ENGINES {
        let place = Place::new(engine).await;
        let (session, staff) = (secret(), account("sato"));
        let proven = async || {
            let found = place.other().session(&session).await.unwrap();
            found.map(|session| session.proven_for)
        };
        // Nothing is proven for a session that is not there.
        let prove = async || place.first().prove(&session, Role::Manager, at(2)).await;
        prove().await.unwrap();
        place.first().begin(&session, &staff, at(1)).await.unwrap();
        assert_eq!(proven().await, Some(None));
        prove().await.unwrap();
        assert_eq!(proven().await, Some(Some(Role::Manager)));
        place.first().end(&session).await.unwrap();
        place.first().forget(at(0)).await.unwrap();
        assert_eq!(proven().await, None);
        place.first().begin(&session, &staff, at(3)).await.unwrap();
        assert_eq!(
            proven().await,
            Some(None),
            "it was forgotten with the session"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_ends_the_other_sessions_and_a_new_secret_the_old_one() {
    for engine in ENGINES {
        let place = Place::new(engine).await;
        let (own, others, of_other) = (secret(), secret(), secret());
        let (staff, other) = (account("sato"), account("suzuki"));
        place.first().begin(&own, &staff, at(1)).await.unwrap();
        place.first().begin(&others, &staff, at(2)).await.unwrap();
        place.first().begin(&of_other, &other, at(2)).await.unwrap();
        place.first().end_others(&staff, &own).await.unwrap();
        let session = async |of: &Digest| place.other().session(of).await.unwrap();
        assert_eq!(session(&others).await, None);
        assert!(session(&of_other).await.is_some());

        let new = secret();
        place.first().renew(&own, &new).await.unwrap();
        assert_eq!(session(&own).await, None);
        assert_eq!(session(&new).await.unwrap().begun_at, at(1));
    }
}

/// The tables as the program made them before there were second factors.
const BEFORE: &str = "
CREATE TABLE sign_in_password (account text NOT NULL PRIMARY KEY, password text NOT NULL, set_at bigint NOT NULL);
CREATE TABLE sign_in_invitation (account text NOT NULL PRIMARY KEY, secret text NOT NULL UNIQUE, until bigint NOT NULL, password text);
CREATE TABLE sign_in_session (secret text NOT NULL PRIMARY KEY, account text NOT NULL, begun_at bigint NOT NULL, seen_at bigint NOT NULL);
CREATE TABLE sign_in_token (secret text NOT NULL PRIMARY KEY, account text NOT NULL, made_at bigint NOT NULL, until bigint NOT NULL);
INSERT INTO sign_in_password VALUES ('sato', 'hash', 1);
";

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_before_get_what_is_new_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let id = LedgerId::new(Uuid::nil());
    let kek = KeyEncryptionKey::create(&folder.path().join("own.kek"), id, &SystemRandom).unwrap();
    let file = folder.path().join("log.keys");
    rusqlite::Connection::open(&file)
        .unwrap()
        .execute_batch(BEFORE)
        .unwrap();
    let database = TestDatabase::new().await;
    database
        .connect()
        .await
        .batch_execute(BEFORE)
        .await
        .unwrap();
    let opened = [
        SignIns::sqlite(&file, kek.clone()).await.unwrap(),
        SignIns::postgres(database.url().parse().unwrap(), kek)
            .await
            .unwrap(),
    ];
    for sign_ins in opened {
        let staff = account("sato");
        let kept = sign_ins.password(&staff).await.unwrap();
        assert_eq!(kept.as_deref(), Some("hash"));
        let session = secret();
        sign_ins.begin(&session, &staff, at(1)).await.unwrap();
        sign_ins.prove(&session, Role::Staff, at(1)).await.unwrap();
        let found = sign_ins.session(&session).await.unwrap().unwrap();
        assert_eq!(found.proven_for, Some(Role::Staff));
        assert!(!sign_ins.has_codes(&staff).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_of_the_first_request_of_its_account_until_it_is_forgotten() {
    for engine in ENGINES {
        let place = Place::new(engine).await;
        let (staff, other) = (account("sato"), account("ito"));
        for round in 0..8_u128 {
            let key = Uuid::from_u128(round);
            // Each of four programs is sent something else under one key, all at once.
            let sent = place.programs.iter().zip(["甲", "乙", "丙", "丁"]);
            let sent = sent.map(|(one, text)| one.is_first_under((&staff, key), text, at(30)));
            let first = join_all(sent).await;
            let first = first
                .into_iter()
                .filter(|is_first| *is_first.as_ref().unwrap());
            assert_eq!(first.count(), 1, "{round}");
        }
        let (key, [one, another]) = (Uuid::from_u128(99), ["初め", "別"]);
        let is_first = async |whose, text| {
            let programs = [place.first(), place.other()];
            let [first, second] = programs.map(|it| it.is_first_under((whose, key), text, at(30)));
            (first.await.unwrap(), second.await.unwrap())
        };
        assert_eq!(is_first(&staff, one).await, (true, true));
        assert_eq!(is_first(&staff, another).await, (false, false));
        assert_eq!(is_first(&other, another).await, (true, true));
        place.first().forget(at(30)).await.unwrap();
        assert_eq!(is_first(&staff, another).await, (false, false));
        place.first().forget(at(31)).await.unwrap();
        assert_eq!(is_first(&staff, another).await, (true, true));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_is_set_anew_ends_every_session_but_its_own() {
    for engine in ENGINES {
        let place = Place::new(engine).await;
        let (staff, other) = (account("sato"), account("suzuki"));
        let invitation = secret();
        let first = place.first();
        first.invite(&staff, &invitation, at(30)).await.unwrap();
        first.accept(&invitation, "hash", at(1)).await.unwrap();
        let (own, elsewhere, others) = (secret(), secret(), secret());
        for (session, whose) in [(&own, &staff), (&elsewhere, &staff), (&others, &other)] {
            first.begin(session, whose, at(2)).await.unwrap();
        }

        first
            .set_password((&staff, &own), "another", at(3))
            .await
            .unwrap();

        let kept = place.other().password(&staff).await.unwrap();
        assert_eq!(kept.as_deref(), Some("another"));
        let goes_on = async |session| place.other().session(session).await.unwrap().is_some();
        assert!(goes_on(&own).await);
        assert!(!goes_on(&elsewhere).await);
        assert!(goes_on(&others).await, "nobody else is signed out");
        // Nobody gets a password by this who had none.
        first
            .set_password((&other, &others), "new", at(3))
            .await
            .unwrap();
        assert_eq!(place.other().password(&other).await.unwrap(), None);
        // A session that is known by another secret is still where it began.
        let begun = ledger_core::sign_in::Place {
            device: "Edge / Windows".to_owned(),
            address: "192.0.2.9".to_owned(),
        };
        first.begun_at(&own, &begun).await.unwrap();
        let renewed = secret();
        first.renew(&own, &renewed).await.unwrap();
        let listed = place.other().sessions(&staff, &renewed).await.unwrap();
        assert_eq!(listed.len(), 1);
        assert!(listed[0].is_this && listed[0].place == begun, "{listed:?}");
    }
}
