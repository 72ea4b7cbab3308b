//! Writes what is recorded of a row as that row's cells again, as far as events say it.

use ledger_core::code::{CareProcedure, Register};
use ledger_core::event::{
    ConsultationEvent, DisasterPlanEvent, Event, FacilityEvent, ProfileEvent, ReferralEvent,
    SupportPlanEvent, TraineeEvent,
};
use ledger_core::history::Entry;
use ledger_core::private::Private;

/// What a column says, in the normal form of rows.
pub(super) struct Said {
    /// The column.
    pub column: &'static str,
    /// Its value; none: empty.
    pub value: Option<String>,
}

/// Collects columns; a private field that is not open says nothing about its column.
#[derive(Default)]
struct Cells(Vec<Said>);

impl Cells {
    fn set(&mut self, column: &'static str, value: Option<String>) {
        self.0.retain(|said| said.column != column);
        let value = value.filter(|value| !value.is_empty());
        self.0.push(Said { column, value });
    }

    fn show(&mut self, column: &'static str, value: Option<impl ToString>) {
        self.set(column, value.map(|value| value.to_string()));
    }

    fn text<T: ToString>(&mut self, column: &'static str, value: &Private<Option<T>>) {
        if let Some(value) = value.open() {
            self.show(column, value.as_ref().map(ToString::to_string));
        }
    }

    fn yes_no(&mut self, column: &'static str, value: Option<bool>) {
        self.show(column, value.map(|yes| if yes { "有" } else { "無" }));
    }

    fn day(&mut self, column: &'static str, entry: &Entry) {
        self.show(column, entry.day());
    }

    fn unset(&mut self, columns: &[&'static str]) {
        for column in columns {
            self.set(column, None);
        }
    }
}

/// The cells that the events of one row say.
#[must_use]
pub(super) fn cells_of(register: Register, entries: &[&Entry]) -> Vec<Said> {
    let mut cells = Cells::default();
    match register {
        Register::Children => begin_child(&mut cells, entries),
        Register::Referrals => cells.unset(&[
            "受理日",
            "受入決定日",
            "受入不可日",
            "受入不可の理由",
            "完了日",
            "結果",
            "報告",
        ]),
        Register::SupportPlans => cells.unset(&["合意日", "退院日"]),
        Register::Consultations
        | Register::DisasterPlans
        | Register::FacilitySupport
        | Register::AdvisorTraining => {},
    }
    for entry in entries {
        match entry.event() {
            Event::Profile(event) => profile(&mut cells, entry, event),
            Event::Consultation(event) => consultation(&mut cells, entry, event),
            Event::Referral(event) => referral(&mut cells, entry, event),
            Event::SupportPlan(event) => support_plan(&mut cells, entry, event),
            Event::DisasterPlan(event) => disaster_plan(&mut cells, event),
            Event::Facility(event) => facility(&mut cells, entry, event),
            Event::Trainee(event) => trainee(&mut cells, entry, event),
            // No register row becomes one of these.
            Event::Case(_)
            | Event::Hospital(_)
            | Event::Consent(_)
            | Event::CareTeam(_)
            | Event::FollowUp(_)
            | Event::FamilyVoice(_)
            | Event::Correction(_)
            | Event::Programme(_)
            | Event::Organisation(_)
            | Event::Finance(_)
            | Event::Committee(_)
            | Event::Request(_)
            | Event::Audit(_)
            | Event::Account(_)
            | Event::Approval(_)
            | Event::Access(_) => {},
        }
    }
    cells.0
}

fn begin_child(cells: &mut Cells, entries: &[&Entry]) {
    cells.unset(&[
        "運動機能障害",
        "重症心身障害認定",
        "出生体重g",
        "保護者氏名",
        "続柄",
    ]);
    let started = entries.iter().filter_map(|entry| {
        if let Event::Profile(ProfileEvent::ProcedureStarted(started)) = entry.event() {
            Some(started.procedure)
        } else {
            None
        }
    });
    let started: Vec<CareProcedure> = started.collect();
    let codes: Vec<&str> = started.iter().map(|procedure| procedure.code()).collect();
    cells.show("医療的ケア", Some(codes.join(";")));
    cells.yes_no(
        "人工呼吸器",
        Some(started.contains(&CareProcedure::Ventilator)),
    );
}

fn profile(cells: &mut Cells, entry: &Entry, event: &ProfileEvent) {
    match event {
        ProfileEvent::Registered(registered) => {
            cells.day("初回把握日", entry);
            cells.text("氏名", &registered.name);
            cells.text("フリガナ", &registered.kana);
            cells.text("生年月日", &registered.birth_date);
            cells.show("総合支所", registered.area);
        },
        ProfileEvent::BirthDetail(detail) => cells.text("出生体重g", &detail.weight_grams),
        ProfileEvent::MobilityAssessed(assessed) => {
            cells.show("運動機能障害", assessed.motor_impairment);
            cells.yes_no("重症心身障害認定", assessed.smid_certified);
        },
        ProfileEvent::GuardianAdded(guardian) => {
            cells.text("保護者氏名", &guardian.name);
            cells.text("続柄", &guardian.relation);
        },
        ProfileEvent::Changed(_)
        | ProfileEvent::ProcedureStarted(_)
        | ProfileEvent::ProcedureEnded(_)
        | ProfileEvent::GuardianChanged(_)
        | ProfileEvent::GuardianRemoved(_)
        | ProfileEvent::WelfareServices(_)
        | ProfileEvent::CareScore(_) => {},
    }
}

fn consultation(cells: &mut Cells, entry: &Entry, event: &ConsultationEvent) {
    let ConsultationEvent::Recorded(recorded) = event else {
        return;
    };
    cells.day("受付日", entry);
    let time = entry.occurred().time_of_day();
    cells.show("時刻", time.map(|time| time.format("%H:%M")));
    cells.show("総合支所", recorded.area);
    cells.show("相談者", recorded.consulter);
    cells.show("方法", recorded.channel);
    let topics: Vec<&str> = recorded.topics.iter().map(|topic| topic.code()).collect();
    cells.show("主訴", Some(topics.join(";")));
    cells.text("内容", &recorded.content);
    cells.show("対応", recorded.action);
    cells.text("担当", &recorded.staff);
    cells.show("所要分", recorded.duration_minutes);
    if recorded.name_given.text().is_some() {
        cells.text("氏名", &recorded.name_given);
    }
}

fn referral(cells: &mut Cells, entry: &Entry, event: &ReferralEvent) {
    match event {
        ReferralEvent::Made(made) => {
            cells.day("連携日", entry);
            cells.show("連携先総合支所", made.area);
            cells.show("連携先課", made.section);
            cells.text("依頼内容", &made.request);
            cells.show("緊急度", made.urgency);
        },
        ReferralEvent::Received(_) => cells.day("受理日", entry),
        ReferralEvent::Accepted(_) => cells.day("受入決定日", entry),
        ReferralEvent::Declined(declined) => {
            cells.day("受入不可日", entry);
            cells.text("受入不可の理由", &declined.reason);
        },
        ReferralEvent::Completed(completed) => {
            cells.day("完了日", entry);
            cells.show("結果", completed.outcome);
            // Where the decline that it belongs to has no day.
            if completed.note.text().is_some() {
                cells.text("受入不可の理由", &completed.note);
            }
        },
        ReferralEvent::FeedbackReceived(feedback) => cells.text("報告", &feedback.feedback),
        ReferralEvent::Withdrawn(_)
        | ReferralEvent::Redirected(_)
        | ReferralEvent::Reminded(_)
        | ReferralEvent::InformationRequested(_)
        | ReferralEvent::InformationAnswered(_)
        | ReferralEvent::ProgressReported(_)
        | ReferralEvent::Reopened(_)
        | ReferralEvent::Escalated(_) => {},
    }
}

fn support_plan(cells: &mut Cells, entry: &Entry, event: &SupportPlanEvent) {
    match event {
        SupportPlanEvent::Drafted(drafted) => {
            cells.day("作成日", entry);
            cells.show("退院予定日", drafted.discharge_planned_on);
            cells.show("見直し理由", drafted.reason);
            cells.text("目標", &drafted.goals);
            services(cells, &drafted.services);
            cells.text("担当", &drafted.staff);
        },
        SupportPlanEvent::Revised(revised) => {
            cells.day("作成日", entry);
            cells.show("退院予定日", revised.discharge_planned_on);
            cells.show("見直し理由", revised.reason);
            cells.text("目標", &revised.goals);
            services(cells, &revised.services);
            cells.text("担当", &revised.staff);
        },
        SupportPlanEvent::Agreed(_) => cells.day("合意日", entry),
        SupportPlanEvent::Discharged(_) => cells.day("退院日", entry),
        SupportPlanEvent::Delivered(_)
        | SupportPlanEvent::Closed(_)
        | SupportPlanEvent::Requested(_)
        | SupportPlanEvent::SectionsWritten(_)
        | SupportPlanEvent::ConferenceHeld(_)
        | SupportPlanEvent::Explained(_)
        | SupportPlanEvent::Monitored(_)
        | SupportPlanEvent::HandedOver(_) => {},
    }
}

fn services(cells: &mut Cells, services: &Private<Vec<String>>) {
    if let Some(services) = services.open() {
        cells.show("サービス", Some(services.join(";")));
    }
}

fn disaster_plan(cells: &mut Cells, event: &DisasterPlanEvent) {
    let guardian_present = "保護者同席";
    match event {
        DisasterPlanEvent::Drafted(drafted) => {
            cells.show("方法", drafted.method);
            cells.show("結果", drafted.result);
            cells.show("次回予定日", drafted.next_due);
            cells.text("課題", &drafted.issues);
            cells.text("担当", &drafted.staff);
        },
        DisasterPlanEvent::Revised(revised) => {
            cells.show("方法", revised.method);
            cells.show("結果", revised.result);
            cells.show("次回予定日", revised.next_due);
            cells.text("課題", &revised.issues);
            cells.text("担当", &revised.staff);
        },
        DisasterPlanEvent::Verified(checked) | DisasterPlanEvent::ReviewedInternally(checked) => {
            cells.show("方法", checked.method);
            cells.show("結果", checked.result);
            cells.show("次回予定日", checked.next_due);
            cells.text("課題", &checked.issues);
            cells.text("担当", &checked.staff);
            // An empty cell and 無 are one event; only 有 can be told.
            if matches!(event, DisasterPlanEvent::Verified(_)) {
                cells.yes_no(guardian_present, Some(true));
            }
        },
        DisasterPlanEvent::Agreed(_) => cells.yes_no(guardian_present, Some(true)),
        DisasterPlanEvent::Transferred(_)
        | DisasterPlanEvent::Ended(_)
        | DisasterPlanEvent::NeedIdentified(_)
        | DisasterPlanEvent::NotWanted(_)
        | DisasterPlanEvent::SectionsWritten(_)
        | DisasterPlanEvent::Used(_) => {},
    }
}

fn facility(cells: &mut Cells, entry: &Entry, event: &FacilityEvent) {
    match event {
        FacilityEvent::Registered(profile) | FacilityEvent::Changed(profile) => {
            cells.show("施設名", profile.name.as_ref());
            cells.show("種別", profile.kind);
            cells.show("総合支所", profile.area);
        },
        FacilityEvent::SupportGiven(given) => {
            cells.day("実施日", entry);
            cells.show("回", given.nth);
            cells.show("職種", given.staff_kind);
            cells.text("内容", &given.content);
            cells.show("所要分", given.duration_minutes);
        },
        FacilityEvent::Enrolled(_)
        | FacilityEvent::Withdrawn(_)
        | FacilityEvent::VisitScheduled(_)
        | FacilityEvent::VisitCancelled(_)
        | FacilityEvent::ConfidenceSurveyed(_)
        | FacilityEvent::AcceptanceRecorded(_)
        | FacilityEvent::StaffingChanged(_) => {},
    }
}

fn trainee(cells: &mut Cells, entry: &Entry, event: &TraineeEvent) {
    match event {
        TraineeEvent::Enrolled(enrolled) => {
            cells.text("氏名", &enrolled.name);
            cells.text("所属", &enrolled.office);
        },
        TraineeEvent::SessionHeld(held) => {
            cells.day("実施日", entry);
            cells.show("区分", Some(held.kind));
            cells.text("内容", &held.content);
            cells.show("所要分", held.duration_minutes);
        },
        TraineeEvent::Completed(_)
        | TraineeEvent::GoalSet(_)
        | TraineeEvent::CompetencyAssessed(_)
        | TraineeEvent::SupervisedPlanDrafted(_)
        | TraineeEvent::Suspended(_)
        | TraineeEvent::Resumed(_)
        | TraineeEvent::Left(_) => {},
    }
}
