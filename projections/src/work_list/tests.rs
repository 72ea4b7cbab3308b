//! Each kind of work: when it is due, when it is not, and that what is closed never is.

use std::sync::Arc;

use ledger_core::event::{HolidayCalendarSet, OpeningHoursSet, ProgrammeEvent, ReviewTermSet};
use ledger_core::id::{EventId, Position};
use ledger_core::time::{Day, NewYearBreak, OpeningHours, TimeOfDay, Weekday, parse_holidays};

use super::{
    Because, Birthdays, TermSource, WorkBasis, WorkFacts, WorkItem, WorkKind, WorkState, birthday,
    terms_in_force, work_list,
};
use crate::facts::{Kind, Stored};
use crate::indicators::{FactSet, Indexed};
use crate::settings::Settings;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn settings() -> Settings {
    let time = |hour, minute| TimeOfDay::from_hms_opt(hour, minute, 0).unwrap();
    let week = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    let events = [
        ProgrammeEvent::OpeningHoursSet(OpeningHoursSet {
            from: None,
            hours: OpeningHours::new(week, time(8, 30), time(17, 0)).unwrap(),
            new_year_break: NewYearBreak::default(),
        }),
        ProgrammeEvent::HolidayCalendarSet(HolidayCalendarSet {
            holidays: parse_holidays("date,name\n2021-08-09,振替休日\n").unwrap(),
        }),
    ];
    Settings::of(&events)
}

#[derive(Clone, Default)]
struct Book(Vec<Stored>);

impl Book {
    /// A book in which a person is known.
    fn of_a() -> Self {
        let mut book = Self::default();
        book.put(Kind::PersonKnown, "a", "2021-08-01").detail = Some("C001".to_owned());
        book
    }

    fn put(&mut self, kind: Kind, thing: &str, on: &str) -> &mut Stored {
        let position = Position::new(u64::try_from(self.0.len()).unwrap().saturating_add(1));
        self.0.push(Stored {
            kind,
            thing: thing.to_owned(),
            subject: Some("a".to_owned()),
            day: Some(day(on)),
            minute: None,
            detail: None,
            value: None,
            other: None,
            area: None,
            due: None,
            recorded: day(on),
            actor: "staff".to_owned(),
            role: "staff".to_owned(),
            flags: None,
            codes: None,
            event: EventId::new(uuid::Uuid::from_u128(u128::from(position.get()))),
            position,
            from: position,
            to: None,
        });
        self.0.last_mut().unwrap()
    }

    fn on(&self, on: &str) -> Vec<WorkItem> {
        // What is not read for the list is not in it either.
        let read = |fact: &&Stored| WorkBasis::KINDS.contains(&fact.kind);
        let standing = self.0.iter().filter(|fact| fact.to.is_none()).filter(read);
        work_list(
            &FactSet::new(standing),
            &settings(),
            &Birthdays::default(),
            day(on),
        )
    }

    fn seen(&self, on: &str) -> Vec<(WorkKind, WorkState, i64)> {
        let items = self.on(on).into_iter();
        items
            .map(|item| (item.kind, item.state, item.days_left))
            .collect()
    }

    fn close_case(&mut self, on: &str, left_open: i64) {
        self.put(Kind::CaseClosed, "case", on).value = Some(left_open);
    }
}

#[test]
fn a_referral_waits_three_business_days_for_receipt_over_the_mountain_day_holiday() {
    let mut book = Book::of_a();
    let made = book.put(Kind::ReferralMade, "r", "2021-08-05").event;

    // Friday the 6th, then the weekend and the substitute holiday, Tuesday, Wednesday.
    let item = &book.on("2021-08-11")[0];
    assert_eq!((item.due_on, item.days_left), (day("2021-08-11"), 0));
    assert_eq!(item.rests_on, [made]);
    assert_eq!(item.number.as_deref(), Some("C001"));
    let late = book.seen("2021-08-12");
    assert_eq!(late, [(WorkKind::ReferralReceipt, WorkState::Overdue, -1)]);
}

#[test]
fn who_was_asked_has_three_business_days_in_which_the_row_stands_behind_others() {
    let mut book = Book::of_a();
    for referral in ["first", "second"] {
        book.put(Kind::ReferralMade, referral, "2021-09-01");
    }
    book.put(Kind::ReferralMade, "third", "2021-09-02");
    let asked = book.put(Kind::ReferralStep, "first", "2021-09-15");
    asked.detail = Some("reminded".to_owned());
    asked.actor = "sato".to_owned();
    let seen = |book: &Book, on| {
        let items = book.on(on).into_iter();
        let told = items.map(|item| (item.thing, item.reminder.map(|one| one.by)));
        told.collect::<Vec<_>>()
    };
    let [first, second, third] = ["first", "second", "third"].map(str::to_owned);
    let by = Some("sato".to_owned());

    let before = seen(&book, "2021-09-14");
    let same_day = seen(&book, "2021-09-15");
    // Asked on Wednesday; then Thursday, Friday, and over the weekend Monday.
    let last_day = seen(&book, "2021-09-20");
    let afterwards = seen(&book, "2021-09-21");

    let of = |thing: &String| (thing.clone(), None);
    assert_eq!(before, [of(&first), of(&second), of(&third)]);
    let sunk = [of(&second), of(&third), (first.clone(), by.clone())];
    assert_eq!(same_day, sunk);
    assert_eq!(last_day, sunk);
    assert_eq!(afterwards, [(first.clone(), by), of(&second), of(&third)]);
    // What it was asked for came.
    book.put(Kind::ReferralReceived, "first", "2021-09-16");
    assert!(seen(&book, "2021-09-20").contains(&of(&first)));
}

#[test]
fn a_decision_waits_ten_business_days_over_new_year() {
    let mut book = Book::of_a();
    book.put(Kind::ReferralMade, "r", "2021-12-20");
    book.put(Kind::ReferralReceived, "r", "2021-12-21");

    let item = &book.on("2022-01-04")[0];

    assert_eq!(item.kind, WorkKind::ReferralDecision);
    // Six business days until the 28th, the break up to January 3rd, four more.
    assert_eq!(item.due_on, day("2022-01-07"));
}

#[test]
fn a_referral_past_its_own_day_is_overdue_though_it_was_accepted() {
    let mut book = Book::of_a();
    book.put(Kind::ReferralMade, "r", "2021-08-05").due = Some(day("2021-09-01"));
    book.put(Kind::ReferralAccepted, "r", "2021-08-06");

    assert_eq!(book.seen("2021-08-20"), []);
    assert_eq!(
        book.seen("2021-09-02"),
        [(WorkKind::ReferralCompletion, WorkState::Overdue, -1)]
    );
}

#[test]
fn an_annulled_closed_withdrawn_or_declined_referral_leaves_no_overdue_item() {
    for end in [
        Kind::ReferralCompleted,
        Kind::ReferralEnded,
        Kind::ReferralDeclined,
    ] {
        let mut book = Book::of_a();
        book.put(Kind::ReferralMade, "r", "2021-08-05").due = Some(day("2021-09-01"));
        assert_eq!(book.on("2022-01-01").len(), 2);
        book.put(end, "r", "2021-08-20");
        assert_eq!(book.seen("2022-01-01"), [], "{end:?}");
        book.put(Kind::ReferralReopened, "r", "2021-08-21");
        assert_eq!(book.on("2022-01-01").len(), 2, "{end:?}");
    }
    let mut annulled = Book::of_a();
    annulled.put(Kind::ReferralMade, "r", "2021-08-05").to = Some(Position::new(9));
    assert_eq!(annulled.seen("2022-01-01"), []);
}

#[test]
fn what_belongs_to_a_closed_case_is_never_due_unless_it_was_left_open_by_name() {
    let mut book = Book::of_a();
    book.put(Kind::ReferralMade, "r", "2021-08-05");
    book.put(Kind::FollowUpScheduled, "f", "2021-08-05").due = Some(day("2021-08-10"));
    book.put(Kind::DisasterPlanAgreed, "d", "2021-08-05");
    assert_eq!(book.on("2023-01-01").len(), 3);

    let mut closed = Book(book.0.clone());
    closed.close_case("2021-09-01", 0);
    assert_eq!(closed.seen("2023-01-01"), []);
    book.close_case("2021-09-01", 2);

    let kinds: Vec<WorkKind> = book.on("2023-01-01").iter().map(|item| item.kind).collect();
    assert_eq!(kinds, [WorkKind::ReferralReceipt, WorkKind::DisasterPlan]);
}

#[test]
fn a_draft_is_to_be_agreed_two_weeks_before_the_discharge_that_was_planned_last() {
    let mut book = Book::of_a();
    book.put(Kind::SupportPlanDrafted, "p", "2024-02-01").due = Some(day("2024-03-10"));
    assert_eq!(book.on("2024-02-25")[0].due_on, day("2024-02-25"));
    book.put(Kind::DischargeDateSet, "stay", "2024-02-02").due = Some(day("2024-03-14"));

    // The leap day lies between.
    let item = &book.on("2024-03-01")[0];
    assert_eq!(
        (item.due_on, item.state, item.days_left),
        (day("2024-02-29"), WorkState::Overdue, -1)
    );

    book.put(Kind::SupportPlanAgreed, "p", "2024-03-01");
    assert_eq!(book.seen("2024-03-02"), []);
}

#[test]
fn the_newest_monitoring_says_when_the_next_is_due_until_the_plan_is_closed() {
    let mut book = Book::of_a();
    for (on, next) in [("2023-01-10", "2023-04-10"), ("2023-04-05", "2023-07-10")] {
        let fact = book.put(Kind::SupportPlanStep, "p", on);
        (fact.detail, fact.due) = (Some("monitored".to_owned()), Some(day(next)));
    }

    assert_eq!(book.seen("2023-05-01"), []);
    assert_eq!(
        book.seen("2023-07-11"),
        [(WorkKind::PlanMonitoring, WorkState::Overdue, -1)]
    );
    book.put(Kind::SupportPlanClosed, "p", "2023-07-11");
    assert_eq!(book.seen("2023-07-11"), []);
}

#[test]
fn a_disaster_plan_is_due_from_day_306_overdue_from_366_and_long_overdue_behind_548() {
    let mut book = Book::of_a();
    book.put(Kind::DisasterPlanAgreed, "d", "2023-03-01");
    let state = |on: &str| {
        book.seen(on)
            .first()
            .map(|(_, state, left)| (*state, *left))
    };

    assert_eq!(state("2023-12-31"), None);
    assert_eq!(state("2024-01-01"), Some((WorkState::Due, 59)));
    // 2024 has a leap day: the 365th day is the 29th of February.
    assert_eq!(state("2024-02-29"), Some((WorkState::Due, 0)));
    assert_eq!(state("2024-03-01"), Some((WorkState::Overdue, -1)));
    assert_eq!(state("2024-08-30"), Some((WorkState::Overdue, -183)));
    assert_eq!(state("2024-08-31"), Some((WorkState::LongOverdue, -184)));
    book.put(Kind::DisasterPlanEnded, "d", "2024-08-31");
    assert_eq!(book.seen("2024-08-31"), []);
}

#[test]
fn a_change_behind_the_last_verification_needs_a_recheck_and_a_verification_settles_it() {
    for (kind, thing) in [
        (Kind::ProcedureStarted, "ventilator"),
        (Kind::ProcedureEnded, "oxygen"),
        (Kind::ProfileChanged, "address"),
        (Kind::Guardian, "g"),
    ] {
        let mut book = Book::of_a();
        let agreed = book.put(Kind::DisasterPlanAgreed, "d", "2023-03-01").event;
        let change = book.put(kind, thing, "2023-04-01").event;
        book.put(Kind::ProfileChanged, "phone", "2023-04-02");

        let item = &book.on("2023-04-11")[0];
        assert_eq!(item.state, WorkState::NeedsRecheck, "{kind:?}");
        assert_eq!(item.since, Some(day("2023-04-01")));
        assert_eq!(item.rests_on, [agreed, change]);
        book.put(Kind::DisasterPlanVerified, "d", "2023-04-11");
        assert_eq!(book.seen("2023-04-12"), []);
    }
}

#[test]
fn a_follow_up_has_an_owner_and_ends_when_done_or_cancelled() {
    for end in [Kind::FollowUpDone, Kind::FollowUpCancelled] {
        let mut book = Book::of_a();
        let fact = book.put(Kind::FollowUpScheduled, "f", "2023-04-01");
        (fact.due, fact.detail) = (Some(day("2023-04-10")), Some("os:taro".to_owned()));

        assert_eq!(book.seen("2023-04-02"), []);
        let item = &book.on("2023-04-11")[0];
        assert_eq!(item.state, WorkState::Overdue);
        assert_eq!(item.owner.as_deref(), Some("os:taro"));
        book.put(end, "f", "2023-04-11");
        assert_eq!(book.seen("2023-04-11"), []);
    }
}

#[test]
fn a_follow_up_for_which_nobody_is_named_is_the_main_staffs() {
    let mut book = Book::of_a();
    book.put(Kind::FollowUpScheduled, "f", "2023-04-01").due = Some(day("2023-04-10"));
    let owner = |book: &Book| book.on("2023-04-11")[0].owner.clone();
    assert_eq!(owner(&book), None);

    book.put(Kind::StaffAssigned, "staff-1", "2023-04-02")
        .detail = Some("main".to_owned());
    assert_eq!(owner(&book).as_deref(), Some("staff-1"));
}

/// Any consent from the birth month on ended it, even a parent's given before the birthday.
#[test]
fn a_person_of_18_is_asked_for_their_own_consent_until_they_gave_it_themselves() {
    let mut book = Book::of_a();
    book.put(Kind::BirthMonth, "2006-02", "2021-08-01");
    book.put(Kind::ConsentGiven, "c", "2021-08-10").other = Some("guardian".to_owned());
    let listed = |book: &Book, (born, told): (Option<&str>, bool), on: &str| {
        let born = born.map(|born| ("a".to_owned(), day(born)));
        let born = Birthdays {
            days: born.into_iter().collect(),
            told,
        };
        let items = work_list(&FactSet::new(&book.0), &settings(), &born, day(on));
        let own = items.into_iter();
        own.filter(|item| item.kind == WorkKind::Reconsent)
            .map(|item| (item.due_on, item.state))
            .collect::<Vec<(Day, WorkState)>>()
    };
    let closed = |book: &Book, on| listed(book, (None, false), on);
    let compared = |book: &Book, on| listed(book, (Some("2006-02-12"), false), on);
    let open = |book: &Book, on| listed(book, (Some("2006-02-12"), true), on);

    assert_eq!(closed(&book, "2024-01-31"), []);
    let end = day("2024-02-29");
    assert_eq!(closed(&book, "2024-02-01"), [(end, WorkState::Due)]);
    assert_eq!(closed(&book, "2024-03-01"), [(end, WorkState::Overdue)]);
    let birthday = day("2024-02-12");
    assert_eq!(open(&book, "2024-02-01"), [(birthday, WorkState::Due)]);
    assert_eq!(open(&book, "2024-02-13"), [(birthday, WorkState::Overdue)]);
    assert_eq!(compared(&book, "2024-02-13"), [(end, WorkState::Due)]);

    book.put(Kind::ConsentGiven, "parent", "2024-02-20").other = Some("guardian".to_owned());
    assert_eq!(
        open(&book, "2024-03-01").len(),
        1,
        "a parent's ends nothing"
    );
    book.put(Kind::ConsentGiven, "early", "2024-02-11").other = Some("person".to_owned());
    assert_eq!(open(&book, "2024-03-01").len(), 1, "a minor's ends nothing");
    for by in ["person", "adult-guardian"] {
        let mut own = Book(book.0.clone());
        own.put(Kind::ConsentGiven, "own", "2024-02-12").other = Some(by.to_owned());
        assert_eq!(open(&own, "2024-03-01"), [], "{by}");
        assert_eq!(compared(&own, "2024-03-01"), [], "{by}");
        assert_eq!(closed(&own, "2024-03-01").len(), 1, "the day is not known");
        own.put(Kind::ConsentGiven, "later", "2024-02-29").other = Some(by.to_owned());
        assert_eq!(closed(&own, "2024-03-01"), [], "{by}");
    }
}

#[test]
fn who_was_born_on_a_leap_day_is_18_on_the_day_behind_it() {
    let of_age = |born: &str| birthday::birthday_of_age(day(born)).unwrap();

    assert_eq!(of_age("2004-02-29"), day("2022-03-01"));
    assert_eq!(of_age("2006-02-28"), day("2024-02-28"));
    assert_eq!(of_age("2006-12-31"), day("2024-12-31"));
}

/// What others asked of the centre stood in no list, so that nobody saw it wait.
#[test]
fn what_is_referred_to_the_centre_is_decided_on_done_and_reported_on() {
    let mut book = Book::of_a();
    let made = book.put(Kind::ReferralMade, "r", "2021-12-20");
    (made.value, made.due) = (Some(0), Some(day("2022-02-01")));
    // Ten business days over New Year, as for the centre's own.
    let item = &book.on("2021-12-21")[0];
    assert_eq!(
        (item.kind, item.due_on),
        (WorkKind::IncomingDecision, day("2022-01-07"))
    );

    book.put(Kind::ReferralAccepted, "r", "2022-01-04");
    assert_eq!(book.seen("2022-01-20"), []);
    assert_eq!(
        book.seen("2022-01-31"),
        [(WorkKind::IncomingCompletion, WorkState::Due, 1)]
    );
    let completed = book.put(Kind::ReferralCompleted, "r", "2022-01-31").event;
    let item = &book.on("2022-02-01")[0];
    assert_eq!(item.kind, WorkKind::IncomingFeedback);
    assert!(item.rests_on.contains(&completed));
    book.put(Kind::ReferralFedBack, "r", "2022-02-01");
    assert_eq!(book.seen("2022-06-01"), []);
}

#[test]
fn what_the_centre_declined_is_reported_on_and_what_was_withdrawn_is_not() {
    for (end, left) in [(Kind::ReferralDeclined, 1), (Kind::ReferralEnded, 0)] {
        let mut book = Book::of_a();
        book.put(Kind::ReferralMade, "r", "2022-05-10").value = Some(0);
        book.put(end, "r", "2022-05-11");

        assert_eq!(book.on("2022-05-12").len(), left, "{end:?}");
    }
}

#[test]
fn a_hospitals_notice_waits_until_a_plan_is_begun_or_the_person_leaves() {
    let mut book = Book::of_a();
    book.put(Kind::DischargeNotice, "stay", "2022-05-10").due = Some(day("2022-06-20"));
    let item = &book.on("2022-05-11")[0];
    assert_eq!(
        (item.kind, item.due_on),
        (WorkKind::DischargeNotice, day("2022-05-24")),
        "the answer comes before the agreement"
    );
    let near = book.put(Kind::DischargeNotice, "stay", "2022-05-12");
    near.due = Some(day("2022-05-28"));
    assert_eq!(book.on("2022-05-12")[0].due_on, day("2022-05-14"));
    assert_eq!(book.on("2022-05-12").len(), 1, "once a stay");

    for (kind, thing) in [
        (Kind::SupportPlanRequested, "p"),
        (Kind::Discharged, "none"),
    ] {
        let mut answered = Book(book.0.clone());
        answered.put(kind, thing, "2022-05-13");
        let notices = answered.on("2022-05-14").into_iter();
        let notices = notices.filter(|item| item.kind == WorkKind::DischargeNotice);
        assert_eq!(notices.count(), 0, "{kind:?}");
    }
    let mut referred = Book::of_a();
    referred.put(Kind::ReferralMade, "r", "2022-05-10").value = Some(0);
    referred
        .put(Kind::DischargeNotice, "stay", "2022-05-10")
        .other = Some("r".to_owned());
    let kinds: Vec<_> = referred.on("2022-05-11").iter().map(|it| it.kind).collect();
    assert_eq!(
        kinds,
        [WorkKind::IncomingDecision],
        "it waits as a referral"
    );
}

#[test]
fn a_consent_that_runs_out_is_due_thirty_days_before_unless_renewed_or_withdrawn() {
    let mut book = Book::of_a();
    book.put(Kind::ConsentGiven, "c", "2023-04-01").due = Some(day("2024-03-31"));

    assert_eq!(book.seen("2024-02-29"), []);
    assert_eq!(
        book.seen("2024-03-01"),
        [(WorkKind::ConsentEnds, WorkState::Due, 30)]
    );
    let mut withdrawn = Book(book.0.clone());
    withdrawn.put(Kind::ConsentWithdrawn, "c", "2024-03-01");
    assert_eq!(withdrawn.seen("2024-03-01"), []);
    book.put(Kind::ConsentGiven, "next", "2024-03-02");
    assert_eq!(book.seen("2024-04-01"), []);
}

#[test]
fn recommendations_and_requests_wait_until_answered_or_withdrawn() {
    let mut book = Book::default();
    book.put(Kind::RecommendationMade, "m", "2023-04-01").due = Some(day("2023-06-30"));
    let made = book.put(Kind::RequestStep, "q", "2023-04-01");
    (made.detail, made.due) = (Some("made".to_owned()), Some(day("2023-06-29")));
    assert_eq!(
        book.seen("2023-07-01"),
        [
            (WorkKind::Request, WorkState::Overdue, -2),
            (WorkKind::Recommendation, WorkState::Overdue, -1),
        ]
    );

    book.put(Kind::RecommendationAnswered, "m", "2023-07-01");
    book.put(Kind::RequestStep, "q", "2023-07-01").detail = Some("withdrawn".to_owned());

    assert_eq!(book.seen("2023-07-01"), []);
}

#[test]
fn what_occurred_after_the_asked_day_is_not_seen() {
    let mut book = Book::of_a();
    book.put(Kind::ReferralMade, "r", "2021-08-05");
    book.put(Kind::ReferralCompleted, "r", "2021-09-01");
    let seen = |as_of: &str| {
        let facts = Indexed::of(book.0.iter().cloned().map(Arc::new).collect());
        let facts =
            WorkFacts::occurred_by(Arc::new(WorkFacts::of(facts, Arc::default())), day(as_of));
        work_list(
            &facts.facts.set(),
            &settings(),
            &Birthdays::default(),
            day("2021-10-01"),
        )
        .len()
    };

    assert_eq!(seen("2021-08-31"), 1);
    assert_eq!(seen("2021-09-01"), 0);
}

/// The settings of the tests, and a term that the ward set.
fn with_term(term: &str, days: u32) -> Settings {
    let set = ProgrammeEvent::ReviewTermSet(ReviewTermSet {
        term: term.to_owned(),
        days,
        business_days: false,
    });
    Settings::of(&[set])
}

#[test]
fn a_term_is_the_papers_an_assumption_or_set_by_the_ward() {
    let source = |settings: &Settings, name: &str| {
        let terms = terms_in_force(settings);
        let term = terms.iter().find(|term| term.term == name).unwrap();
        (term.days, term.source)
    };
    let none = Settings::default();

    assert_eq!(
        source(&none, "disaster-plan-verification"),
        (365, TermSource::Paper)
    );
    assert_eq!(source(&none, "follow-up-ahead"), (7, TermSource::Assumed));
    let set = with_term("follow-up-ahead", 14);
    assert_eq!(source(&set, "follow-up-ahead"), (14, TermSource::Set));
    let proposed = with_term("disaster-plan-due-soon", 60);
    assert_eq!(
        source(&proposed, "disaster-plan-due-soon"),
        (60, TermSource::Assumed)
    );
}

#[test]
fn a_plan_that_was_asked_for_and_not_begun_waits_before_the_discharge() {
    let mut book = Book::of_a();
    book.put(Kind::SupportPlanRequested, "s", "2022-04-01").due = Some(day("2022-05-01"));
    let seen = |book: &Book| -> Vec<(WorkKind, i64)> {
        let items = work_list(
            &FactSet::new(&book.0),
            &Settings::default(),
            &Birthdays::default(),
            day("2022-04-20"),
        );
        items
            .iter()
            .map(|item| (item.kind, item.days_left))
            .collect()
    };

    assert_eq!(seen(&book), [(WorkKind::PlanAgreement, -3)]);
    book.put(Kind::SupportPlanDrafted, "s", "2022-04-21");
    assert_eq!(seen(&book), [(WorkKind::PlanAgreement, -3)], "once");
}

#[test]
fn terms_that_the_ward_sets_move_what_is_shown_and_what_is_due() {
    let mut book = Book::of_a();
    book.put(Kind::DisasterPlanAgreed, "p", "2022-04-01");
    book.put(Kind::FollowUpScheduled, "f", "2022-04-01").due = Some(day("2022-06-01"));
    let seen = |settings: &Settings, on: &str| -> Vec<(WorkKind, i64)> {
        let items = work_list(
            &FactSet::new(&book.0),
            settings,
            &Birthdays::default(),
            day(on),
        );
        items
            .iter()
            .map(|item| (item.kind, item.days_left))
            .collect()
    };
    let none = Settings::default();

    assert_eq!(seen(&none, "2022-05-18"), []);
    let set = with_term("follow-up-ahead", 14);
    assert_eq!(seen(&set, "2022-05-18"), [(WorkKind::FollowUp, 14)]);
    assert_eq!(seen(&set, "2022-05-17"), []);
    let set = with_term("disaster-plan-verification", 100);
    let due = |on| seen(&set, on).contains(&(WorkKind::DisasterPlan, -1));
    assert!(due("2022-07-11"), "the day after 100 days");
    let set = with_term("disaster-plan-due-soon", 90);
    assert_eq!(seen(&set, "2022-05-01"), []);
    let due: Vec<_> = seen(&set, "2023-01-02");
    assert!(due.contains(&(WorkKind::DisasterPlan, 89)), "{due:?}");
    assert!(!seen(&none, "2023-01-02").contains(&(WorkKind::DisasterPlan, 89)));
}

#[test]
fn what_nobody_is_named_for_is_the_main_staffs_and_a_recheck_says_why() {
    let mut book = Book::of_a();
    let drafted = book.put(Kind::DisasterPlanDrafted, "p", "2022-04-01");
    drafted.detail = Some("centre".to_owned());
    book.put(Kind::DisasterPlanAgreed, "p", "2022-04-01");
    book.put(Kind::ProcedureStarted, "suction", "2022-05-01");
    let recheck = |book: &Book| {
        let items = book.on("2022-06-01").into_iter();
        let mut items = items.filter(|item| item.kind == WorkKind::DisasterRecheck);
        items.next().unwrap()
    };
    assert_eq!(recheck(&book).because, [Because::CareStarted]);
    assert_eq!(recheck(&book).owner, None);

    let assigned = |book: &mut Book, account: &str, charge: &str| {
        let fact = book.put(Kind::StaffAssigned, account, "2022-05-02");
        fact.detail = Some(charge.to_owned());
    };
    assigned(&mut book, "staff-1", "main");
    assigned(&mut book, "staff-2", "deputy");
    assert_eq!(recheck(&book).owner.as_deref(), Some("staff-1"));
    book.put(Kind::StaffUnassigned, "staff-1", "2022-05-03");
    assert_eq!(recheck(&book).owner, None);

    book.put(Kind::ProcedureStarted, "ventilator", "2022-05-04");
    let because = [Because::CareStarted, Because::VentilatorNotCentre];
    assert_eq!(recheck(&book).because, because);
    let moved = book.put(Kind::DisasterPlanTransferred, "p", "2022-05-05");
    moved.detail = Some("district-centre".to_owned());
    assert_eq!(recheck(&book).because, [Because::CareStarted]);
}

/// A plan that was found wanting was current for a year, and nobody was told to revise it.
#[test]
fn a_verification_that_asks_for_a_revision_is_due_until_there_is_one() {
    let mut book = Book::of_a();
    book.put(Kind::DisasterPlanDrafted, "p", "2022-04-01");
    book.put(Kind::DisasterPlanAgreed, "p", "2022-04-01");
    let mut verified = |on: &str, result: &str| {
        let fact = book.put(Kind::DisasterPlanVerified, "p", on);
        fact.other = Some(result.to_owned());
        book.clone()
    };
    let asked = verified("2022-05-01", "needs-revision");
    let asks = |book: &Book| {
        let items = book.on("2022-06-01").into_iter();
        let mut items = items.filter(|item| item.kind == WorkKind::DisasterRecheck);
        items.next().map(|item| (item.because, item.due_on))
    };
    let because = vec![Because::RevisionAsked];
    assert_eq!(asks(&asked), Some((because, day("2022-05-01"))));

    let mut revised = asked.clone();
    revised.put(Kind::DisasterPlanRevised, "p", "2022-05-10");
    assert_eq!(asks(&revised), None);
    let mut before = asked.clone();
    before.put(Kind::DisasterPlanRevised, "p", "2022-04-20");
    assert!(asks(&before).is_some(), "an older version answers nothing");
    assert_eq!(asks(&verified("2022-05-20", "valid")), None);
}
