//! What is kept for signing in, on both engines: invitations, passwords, sessions.

use std::sync::Arc;

use futures::future::join_all;
use ledger_core::actor::Actor;
use ledger_core::seal::SystemRandom;
use ledger_core::sign_in::{Digest, Secret, SignIns};
use ledger_core::time::Timestamp;
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::{Engine, TestLedger};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// Sign-ins beside the keys of a ledger, opened by several programs at once.
struct Place {
    programs: Vec<Arc<SignIns>>,
    _ledger: TestLedger,
    _database: Option<TestDatabase>,
}

impl Place {
    async fn new(engine: Engine) -> Self {
        let ledger = TestLedger::new(Engine::Sqlite).await;
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(TestDatabase::new().await),
        };
        let opened = (0..4).map(|_| async {
            match &database {
                None => SignIns::sqlite(&ledger.folder().join("log.keys")).await,
                Some(database) => SignIns::postgres(database.url().parse().unwrap()).await,
            }
        });
        let opened = join_all(opened).await.into_iter();
        Self {
            programs: opened.map(|one| Arc::new(one.unwrap())).collect(),
            _ledger: ledger,
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

        place.first().seen(&old, at(9)).await.unwrap();
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
