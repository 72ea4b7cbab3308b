//! One invented event of every type, for the golden files and for tests of every reader.
#![allow(
    clippy::wildcard_imports,
    reason = "one of everything: the list of names would be the file again"
)]

mod metadata;
mod more;

pub use metadata::metadata;

use ledger_core::actor::Actor;
use ledger_core::code::*;
use ledger_core::event::*;
use ledger_core::id::*;
use ledger_core::private::Private;
use ledger_core::store::NewEvent;
use ledger_core::time::{
    Day, FiscalYear, NewYearBreak, Occurred, OpeningHours, TimeOfDay, Weekday, parse_holidays,
};
use serde_json::json;
use uuid::Uuid;

/// The `n`th of a row of fixed UUIDs.
#[must_use]
pub fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n)
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap()
}

fn text(text: &str) -> Private<Option<String>> {
    Private::Open(Some(text.to_owned()))
}

const NOTHING: Private<Option<String>> = Private::Open(None);

/// The child of the samples.
#[must_use]
pub fn child() -> ChildId {
    ChildId::new(uuid(1))
}

/// One event of every type, in the order of the tables.
#[must_use]
pub fn events() -> Vec<Event> {
    let mut all: Vec<Event> = Vec::new();
    all.extend(profile().into_iter().map(Event::from));
    all.push(consultation().into());
    all.extend(referral().into_iter().map(Event::from));
    all.extend(support_plan().into_iter().map(Event::from));
    all.extend(disaster_plan().into_iter().map(Event::from));
    all.extend(correction().into_iter().map(Event::from));
    all.extend(facility().into_iter().map(Event::from));
    all.extend(trainee().into_iter().map(Event::from));
    all.extend(programme().into_iter().map(Event::from));
    all.extend(access().into_iter().map(Event::from));
    all.extend(taken_out().into_iter().map(Event::from));
    all.extend(more::events());
    all
}

/// That somebody opened the text of a stream, as the program writes it before it shows that.
#[must_use]
pub fn opening(of: &StreamName, id: EventId, on: Day) -> NewEvent {
    let opened = Event::from(AccessEvent::Opened(PersonalTextOpened {
        stream: of.clone(),
        purpose: AccessPurpose::Timeline,
    }));
    let occurred = Occurred::Day(on);
    let metadata = metadata(&opened, id, occurred);
    encode_clear(id, &Draft::new(opened, occurred), &metadata).unwrap()
}

/// Who signed in, opened text and took lists along.
fn access() -> Vec<AccessEvent> {
    vec![
        AccessEvent::Opened(PersonalTextOpened {
            stream: StreamName::child(child()),
            purpose: AccessPurpose::Timeline,
        }),
        AccessEvent::Exported(ListExported {
            list: ExportedList::Referrals,
            format: ExportFormat::Xlsx,
            rows: 84,
            as_at: Position::new(1200),
        }),
        AccessEvent::SessionBegun(SessionBegun {
            second_factor: Some(SecondFactor::OneTimeCode),
        }),
        AccessEvent::LinkMade(SignInLinkMade {
            account: Actor::new("mihon.soudan").unwrap(),
        }),
        AccessEvent::SignInChanged(SignInChanged {
            account: Actor::new("mihon.soudan").unwrap(),
            change: SignInChange::PasskeyAdded,
        }),
        AccessEvent::TokenMade(TokenMade {
            account: Actor::new("mihon.soudan").unwrap(),
            token: "0a1b2c3d".to_owned(),
            until: "2024-05-01T00:00:00Z".parse().unwrap(),
        }),
        AccessEvent::TokensRevoked(TokensRevoked {
            account: Actor::new("mihon.soudan").unwrap(),
            tokens: vec!["0a1b2c3d".to_owned(), "4e5f6071".to_owned()],
        }),
    ]
}

/// What was taken out of the ledger, and what an import did not take in.
fn taken_out() -> Vec<AccessEvent> {
    vec![
        AccessEvent::BackupTaken(BackupTaken {
            backup: BackupOf::Ledger,
            written_to: BackupTarget::File,
            position: Position::new(1200),
            root: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
            cut: false,
            count: 1200,
            bytes: 1_843_200,
            sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned(),
        }),
        AccessEvent::RowsRejected(ImportRowsRejected {
            register: Some(Register::Consultations),
            file: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned(),
            rows_read: 40,
            rows_taken: 36,
            rows_already: 2,
            rows_rejected: 2,
            missing_columns: Vec::new(),
            rejected: vec![
                RejectedRow {
                    row: 7,
                    column: Some("主訴".to_owned()),
                    code: "MISSING_VALUE".to_owned(),
                },
                RejectedRow {
                    row: 12,
                    column: None,
                    code: "WRONG_FIELD_COUNT".to_owned(),
                },
            ],
        }),
    ]
}

fn profile() -> Vec<ProfileEvent> {
    let guardian = GuardianDetail {
        guardian: GuardianId::new(uuid(2)),
        contact_only: false,
        name: text("見本 花子"),
        relation: text("母"),
        contact: text("03-0000-0000"),
    };
    vec![
        ProfileEvent::Registered(ChildRegistered {
            child: child(),
            number: Some("C001".to_owned()),
            birth_month: Some("2018-05".to_owned()),
            area: Some(Area::Kinuta),
            name: text("見本 太郎"),
            kana: text("ミホン タロウ"),
            birth_date: Private::Open(Some(day(2018, 5, 11))),
        }),
        ProfileEvent::Changed(ProfileChanged {
            field: ProfileField::Area,
            area: Some(Area::Setagaya),
            birth_month: None,
            old: text("kinuta"),
            new: text("setagaya"),
        }),
        ProfileEvent::BirthDetail(BirthDetailRecorded {
            weight_band: Some(BirthWeightBand::Under1000),
            weight_grams: Private::Open(Some(820)),
            gestation_weeks: Private::Open(Some(26)),
        }),
        ProfileEvent::ProcedureStarted(CareProcedureStarted {
            procedure: CareProcedure::Ventilator,
            hours_per_day: Some(24),
            device: text("見本式人工呼吸器"),
        }),
        ProfileEvent::ProcedureEnded(CareProcedureEnded {
            procedure: CareProcedure::Ventilator,
            reason: text("離脱"),
        }),
        ProfileEvent::MobilityAssessed(MobilityAssessed {
            motor_impairment: Some(MotorImpairment::Mild),
            smid_certified: Some(false),
        }),
        ProfileEvent::GuardianAdded(guardian.clone()),
        ProfileEvent::GuardianChanged(guardian),
        ProfileEvent::GuardianRemoved(GuardianRemoved {
            guardian: GuardianId::new(uuid(2)),
            reason: text("転出"),
        }),
    ]
}

fn consultation() -> ConsultationEvent {
    ConsultationEvent::Recorded(ConsultationRecorded {
        consultation: ConsultationId::new(uuid(3)),
        number: Some("S00001".to_owned()),
        consulter: Some(Consulter::Guardian),
        channel: Some(Channel::Phone),
        topics: vec![Topic::Discharge, Topic::Respite],
        action: Some(ActionTaken::Advice),
        area: Some(Area::Kinuta),
        duration_minutes: Some(45),
        content: text("通所先を探したい。\n（きょうだい同伴）"),
        staff: text("相談員A"),
        name_given: NOTHING,
    })
}

fn referral() -> Vec<ReferralEvent> {
    let referral = ReferralId::new(uuid(4));
    vec![
        ReferralEvent::Made(ReferralMade {
            referral,
            number: Some("F0001".to_owned()),
            area: Some(Area::Kinuta),
            section: Some(Section::HealthWelfare),
            urgency: Some(Urgency::Urgent),
            redirected_from: None,
            direction: Direction::To,
            party: PartyKind::DistrictCentre,
            organisation: None,
            reason: None,
            due_on: None,
            consent: None,
            office: NOTHING,
            request: text("手当の案内"),
            staff: NOTHING,
        }),
        ReferralEvent::Received(ReferralReceived {
            referral,
            learnt_by: Some(Channel::Phone),
            receiver: text("見本係"),
        }),
        ReferralEvent::Accepted(ReferralAccepted {
            referral,
            learnt_by: None,
            owner: NOTHING,
        }),
        ReferralEvent::Declined(ReferralDeclined {
            referral,
            learnt_by: None,
            reason: text("対象外"),
            alternative: text("生活支援課へ"),
        }),
        ReferralEvent::Completed(ReferralCompleted {
            referral,
            outcome: Some(Outcome::Served),
            note: NOTHING,
        }),
        ReferralEvent::FeedbackReceived(ReferralFeedbackReceived {
            referral,
            feedback: text("報告書受領"),
        }),
        ReferralEvent::Withdrawn(ReferralWithdrawn {
            referral,
            reason: text("家族の希望"),
        }),
        ReferralEvent::Redirected(ReferralRedirected {
            referral,
            to: ReferralId::new(uuid(5)),
            reason: text("担当課の変更"),
        }),
        ReferralEvent::Reminded(ReferralReminded {
            referral,
            nth: 1,
            channel: Some(Channel::Phone),
            note: NOTHING,
        }),
    ]
}

fn support_plan() -> Vec<SupportPlanEvent> {
    let plan = SupportPlanId::new(uuid(6));
    let services = Private::Open(vec!["訪問看護".to_owned(), "訪問診療".to_owned()]);
    vec![
        SupportPlanEvent::Drafted(SupportPlanDrafted {
            plan,
            number: Some("P001".to_owned()),
            reason: None,
            discharge_planned_on: Some(day(2023, 5, 19)),
            goals: text("自宅で家族と安心して暮らす"),
            services: services.clone(),
            staff: text("保健師C"),
        }),
        SupportPlanEvent::Agreed(SupportPlanAgreed {
            plan,
            version: 1,
            agreed_by: text("母"),
        }),
        SupportPlanEvent::Revised(SupportPlanRevised {
            plan,
            version: 2,
            base_version: 1,
            reason: Some(RevisionReason::Yearly),
            discharge_planned_on: None,
            goals: text("通園を始める"),
            services,
            staff: text("相談員A"),
        }),
        SupportPlanEvent::Delivered(SupportPlanDelivered {
            plan,
            version: 2,
            parties: vec![PartyKind::VisitingNursing],
            organisations: Vec::new(),
            consent: None,
            recipients: Private::Open(vec!["見本訪問看護ステーション".to_owned()]),
        }),
        SupportPlanEvent::Closed(SupportPlanClosed {
            plan,
            closing: PlanClosing::HandedOver,
            note: NOTHING,
        }),
        SupportPlanEvent::Discharged(Discharged {
            plan: Some(plan),
            hospital: text("見本病院"),
        }),
    ]
}

fn checked(plan: DisasterPlanId) -> DisasterPlanChecked {
    DisasterPlanChecked {
        plan,
        method: Some(VerificationMethod::Drill),
        result: Some(DisasterPlanResult::NeedsRevision),
        next_due: Some(day(2023, 8, 13)),
        guardian_present: Some(true),
        person_present: Some(false),
        participants: text("母、相談員B"),
        issues: text("予備電源の点検"),
        staff: text("相談員B"),
    }
}

fn disaster_plan() -> Vec<DisasterPlanEvent> {
    let plan = DisasterPlanId::new(uuid(7));
    vec![
        DisasterPlanEvent::Drafted(DisasterPlanDrafted {
            plan,
            number: Some("D001".to_owned()),
            office: Office::Centre,
            area: None,
            out_of_area: None,
            rule: "ventilator-disaster-plan@1".to_owned(),
            method: Some(VerificationMethod::Visit),
            result: Some(DisasterPlanResult::MadeAndConfirmedByFamily),
            next_due: Some(day(2022, 8, 13)),
            plan_text: NOTHING,
            issues: NOTHING,
            staff: text("相談員B"),
        }),
        DisasterPlanEvent::Agreed(DisasterPlanAgreed {
            plan,
            version: 1,
            agreed_by: text("母"),
        }),
        DisasterPlanEvent::Verified(checked(plan)),
        DisasterPlanEvent::ReviewedInternally(checked(plan)),
        DisasterPlanEvent::Revised(DisasterPlanRevised {
            plan,
            version: 2,
            base_version: 1,
            method: Some(VerificationMethod::Tabletop),
            result: Some(DisasterPlanResult::Valid),
            next_due: None,
            plan_text: text("停電時は外部電源を使う"),
            issues: NOTHING,
            staff: text("相談員B"),
        }),
        DisasterPlanEvent::Transferred(DisasterPlanTransferred {
            plan,
            from: Office::Centre,
            to: Office::DistrictCentre,
            area: Some(Area::Kinuta),
            out_of_area: None,
            reason: TransferReason::VentilatorStarted,
            referral: Some(ReferralId::new(uuid(4))),
            note: NOTHING,
        }),
        DisasterPlanEvent::Ended(DisasterPlanEnded {
            plan,
            reason: DisasterPlanEnd::Moved,
            note: NOTHING,
        }),
    ]
}

fn correction() -> Vec<CorrectionEvent> {
    let target = EventId::new(uuid(8));
    let reason = CorrectionReason::Typo;
    let explanation = text("入力の誤り");
    let corrected = |target_type: &str, payload, private_payload| EventCorrected {
        target,
        target_type: target_type.to_owned(),
        schema: 1,
        payload,
        occurred: Some(Occurred::Day(day(2021, 8, 9))),
        reason,
        private_payload: Private::Open(private_payload),
        explanation: text("入力の誤り"),
    };
    let object = |value: serde_json::Value| value.as_object().cloned().unwrap_or_default();
    vec![
        CorrectionEvent::Corrected(corrected(
            "care-procedure-started",
            object(json!({"procedure": "oxygen"})),
            object(json!({"device": null})),
        )),
        CorrectionEvent::IdentityCorrected(corrected(
            "guardian-removed",
            object(json!({"guardian": uuid(2)})),
            object(json!({"reason": "死亡"})),
        )),
        CorrectionEvent::Annulled(EventAnnulled {
            target,
            reason,
            explanation: explanation.clone(),
        }),
        CorrectionEvent::AnnulmentReversed(AnnulmentReversed {
            target,
            reason: CorrectionReason::LaterInformation,
            explanation: explanation.clone(),
        }),
        CorrectionEvent::Reassigned(EventReassigned {
            target,
            to: ChildId::new(uuid(9)),
            to_event: EventId::new(uuid(10)),
            reason: CorrectionReason::WrongPerson,
            explanation,
        }),
    ]
}

fn facility() -> Vec<FacilityEvent> {
    let profile = FacilityProfile {
        facility: FacilityId::new(uuid(11)),
        number: Some("X01".to_owned()),
        name: Some("見本1号保育園".to_owned()),
        kind: Some(FacilityKind::Nursery),
        area: Some(Area::Tamagawa),
    };
    vec![
        FacilityEvent::Registered(profile.clone()),
        FacilityEvent::Changed(profile),
        FacilityEvent::SupportGiven(SupportGiven {
            visit: VisitId::new(uuid(12)),
            number: Some("G0001".to_owned()),
            nth: Some(1),
            staff_kind: Some(VisitStaff::PublicHealthNurse),
            duration_minutes: Some(90),
            content: text("吸引の手技の助言"),
        }),
    ]
}

fn trainee() -> Vec<TraineeEvent> {
    let trainee = TraineeId::new(uuid(13));
    vec![
        TraineeEvent::Enrolled(TraineeEnrolled {
            trainee,
            number: Some("T01".to_owned()),
            name: text("見本 次郎"),
            office: text("見本相談支援事業所"),
        }),
        TraineeEvent::SessionHeld(TrainingSessionHeld {
            session: SessionId::new(uuid(14)),
            number: Some("I0001".to_owned()),
            kind: SessionKind::CoVisit,
            duration_minutes: Some(120),
            content: text("医療的ケアの基礎"),
            name_given: NOTHING,
            office_given: NOTHING,
        }),
        TraineeEvent::Completed(TraineeCompleted {
            trainee,
            basis: text("全課程"),
        }),
    ]
}

fn programme() -> Vec<ProgrammeEvent> {
    vec![
        ProgrammeEvent::Defined(ProgrammeDefined {
            name_ja: "見本相談支援センター事業".to_owned(),
            name_en: "Sample support centre".to_owned(),
            provisional: true,
            place_ja: "見本二丁目".to_owned(),
            operator_ja: "見本法人".to_owned(),
            source: "見本".to_owned(),
        }),
        ProgrammeEvent::PeriodSet(PeriodSet {
            preparation_from: day(2021, 4, 1),
            starts_on: day(2021, 8, 1),
            ends_on: day(2024, 3, 31),
        }),
        ProgrammeEvent::OpeningHoursSet(OpeningHoursSet {
            from: None,
            hours: OpeningHours::new(
                [Weekday::Mon, Weekday::Fri],
                TimeOfDay::from_hms_opt(8, 30, 0).unwrap(),
                TimeOfDay::from_hms_opt(17, 0, 0).unwrap(),
            )
            .unwrap(),
            new_year_break: NewYearBreak::default(),
        }),
        ProgrammeEvent::HolidayCalendarSet(HolidayCalendarSet {
            holidays: parse_holidays("date,name\n2021-08-09,山の日 振替休日\n").unwrap(),
        }),
        ProgrammeEvent::PlannedNumberSet(PlannedNumberSet {
            service: Service::SpecialistConsultation,
            fiscal_year: Some(FiscalYear::new(2021)),
            low: 500,
            high: 500,
            unit: "cases".to_owned(),
            count_rule_ja: "延べ件数".to_owned(),
            approximate: true,
        }),
        ProgrammeEvent::CountingRuleAdopted(CountingRuleAdopted {
            rule: "CR-延べ-1".to_owned(),
            text_ja: "発生日の属する年度の相談の延べ件数".to_owned(),
            text_en: "Consultations by date of occurrence".to_owned(),
            stated: true,
        }),
    ]
}
