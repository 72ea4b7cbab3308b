use ledger_core::event::{OpinionAnswered, RequestAnswered, RequestWithdrawn};
use ledger_core::id::StreamName;
use ledger_core::private::Private;

use super::*;
use crate::card::told::{day, history, uuid};

fn text(text: &str) -> Private<Option<String>> {
    Private::Open(Some(text.to_owned()))
}

fn opinion_on(on: &str) -> Option<OpinionCard> {
    let id = OpinionId::new(uuid(100));
    let answered = |text| {
        RequestEvent::OpinionAnswered(OpinionAnswered {
            opinion: id,
            evidence: vec![EventId::new(uuid(400))],
            text,
        })
    };
    let received = RequestEvent::OpinionReceived(OpinionReceived {
        opinion: id,
        text: text("分かりにくい。"),
    });
    let told = vec![
        ("2022-02-18", received.into()),
        ("2022-06-01", answered(text("配布した。")).into()),
        ("2022-07-01", answered(Private::Closed).into()),
    ];
    opinion_card(&history(&StreamName::opinion(id), told), day(on))
}

fn request_on(on: &str, end: Option<RequestEvent>) -> Option<RequestCard> {
    let id = RequestId::new(uuid(100));
    let made = RequestEvent::Made(RequestMade {
        request: id,
        addressee: Addressee::State,
        indicators: vec!["A-1".to_owned()],
        evidence: vec![EventId::new(uuid(400))],
        due_on: Some(day("2023-03-31")),
        text: text("報酬の対象とすること。"),
    });
    let mut told = vec![("2022-07-01", made.into())];
    told.extend(end.map(|end| ("2023-04-03", end.into())));
    request_card(&history(&StreamName::request(id), told), day(on))
}

#[test]
fn an_opinion_waits_for_its_first_answer_and_keeps_all_of_them() {
    assert_eq!(opinion_on("2022-02-17"), None);
    let open = opinion_on("2022-05-31").unwrap();
    assert_eq!((open.wait.open, open.wait.days), (true, Some(102)));

    let card = opinion_on("2022-07-01").unwrap();

    assert_eq!((card.wait.open, card.wait.days), (false, Some(103)));
    let texts: Vec<Option<&str>> = card.answers.iter().map(|one| one.text.as_deref()).collect();
    assert_eq!(texts, [Some("配布した。"), None]);
}

#[test]
fn a_request_shows_what_speaks_for_it_and_is_overdue_until_it_ends() {
    assert_eq!(request_on("2022-06-30", None), None);
    let due = request_on("2023-03-31", None).unwrap();
    assert_eq!((due.wait.open, due.wait.overdue), (true, false));
    assert!(request_on("2023-04-01", None).unwrap().wait.overdue);

    let answered = RequestEvent::Answered(RequestAnswered {
        request: RequestId::new(uuid(100)),
        text: text("検討する。"),
    });
    let card = request_on("2023-12-31", Some(answered)).unwrap();

    assert_eq!(card.indicators, ["A-1"]);
    assert_eq!(card.evidence, [EventId::new(uuid(400))]);
    let end = RequestEnd::Answered {
        on: Some(day("2023-04-03")),
        text: Some("検討する。".to_owned()),
    };
    assert_eq!(card.end, Some(end));
    let wait = Wait {
        open: false,
        days: Some(276),
        overdue: false,
    };
    assert_eq!(card.wait, wait);
}

#[test]
fn a_withdrawn_request_says_why() {
    let withdrawn = RequestEvent::Withdrawn(RequestWithdrawn {
        request: RequestId::new(uuid(100)),
        reason: text("対象となったため。"),
    });

    let card = request_on("2023-12-31", Some(withdrawn)).unwrap();

    let shown = serde_json::to_value(card.end).unwrap();
    assert_eq!(shown["kind"], "withdrawn");
    assert_eq!(shown["reason"], "対象となったため。");
}
