//! The kinds of facts; every event makes at least one.

macro_rules! kinds {
    ($($(#[$doc:meta])* $Kind:ident = $code:literal,)+) => {
        /// What kind of fact; the codes stand in the figures' SQL.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $Kind,)+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$Kind),+];

            /// The code in the table.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$Kind => $code,)+ }
            }

            /// The kind with a code.
            #[must_use]
            pub fn of_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$Kind),)+
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// A person became known; detail: register number; area: where they live.
    PersonKnown = "person-known",
    /// A person lives in another area from then on; area: which.
    AreaChanged = "area-changed",
    /// Month of birth; thing: `YYYY-MM`.
    BirthMonth = "birth-month",
    /// Another field of the profile changed; thing: which.
    ProfileChanged = "profile-changed",
    /// Birth weight; thing: its band.
    BirthWeight = "birth-weight",
    /// Daily medical care began; thing: the procedure; value: hours a day.
    ProcedureStarted = "procedure-started",
    /// Daily medical care ended; thing: the procedure.
    ProcedureEnded = "procedure-ended",
    /// Mobility was assessed; value: 1 where 動ける.
    Mobility = "mobility",
    /// A guardian was added, changed or removed; thing: the guardian; detail: which.
    Guardian = "guardian",
    /// Welfare services in use became known, all of them; value: how many.
    WelfareRecorded = "welfare-recorded",
    /// One of them; thing: the service.
    WelfareService = "welfare-service",
    /// The medical-care score; value: points.
    CareScore = "care-score",
    /// A case was closed; detail: why.
    CaseClosed = "case-closed",
    /// A case goes on.
    CaseReopened = "case-reopened",
    /// Two cases look alike; other: the other case.
    DuplicateSuspected = "duplicate-suspected",
    /// They are two persons; other: the other case.
    DuplicateDismissed = "duplicate-dismissed",
    /// Two cases are one person's; thing: the alias; other: the case that goes on.
    CaseMerged = "case-merged",
    /// They are two again; thing: the alias; other: the case that went on.
    MergeUndone = "merge-undone",
    /// A stay in hospital began; thing: the stay; other: the hospital.
    HospitalStay = "hospital-stay-started",
    /// A hospital told of a discharge; thing: the stay; due: its planned day.
    DischargeNotice = "discharge-notice",
    /// The planned day was set or moved; thing: the stay; due: the day.
    DischargeDateSet = "discharge-date-set",
    /// The person left hospital; thing: the plan that prepared it, or `none`.
    Discharged = "discharged",
    /// Consent was given; thing: the consent; due: its last day; detail: form; other: who gave it.
    ConsentGiven = "consent-given",
    /// A consent was taken back; thing: the consent.
    ConsentWithdrawn = "consent-withdrawn",
    /// Consent was refused; thing: the consent.
    ConsentRefused = "consent-refused",
    /// Something was shared; thing: the sharing; other: the consent; detail: legal basis.
    InformationShared = "information-shared",
    /// Somebody joined the care team; thing: the member; other: office; detail: role.
    CareTeamJoined = "care-team-joined",
    /// Somebody left it; thing: the member.
    CareTeamLeft = "care-team-left",
    /// An account is in charge; thing: its name.
    StaffAssigned = "staff-assigned",
    /// It is no longer; thing: its name.
    StaffUnassigned = "staff-unassigned",
    /// Access was taken in an emergency; thing: the account's name.
    EmergencyAccess = "emergency-access",
    /// Something is to be done; thing: the follow-up; detail: owner; due: by when; other: consultation.
    FollowUpScheduled = "follow-up-scheduled",
    /// It was done.
    FollowUpDone = "follow-up-done",
    /// It need not be done.
    FollowUpCancelled = "follow-up-cancelled",
    /// The family was asked; thing: the stage; detail: answered or asked; value: anxiety.
    FamilyVoice = "family-voice",
    /// The family's satisfaction; thing: the stage; value: 1 to 5.
    FamilySatisfaction = "family-satisfaction",
    /// A consultation; minute: of the day; detail: channel; other: consulter; value: minutes;
    /// codes: topics.
    Consultation = "consultation",
    /// No service could meet what a consultation asked; thing: the consultation; codes: topics.
    ServiceMissing = "service-missing",
    /// An inquiry is about a person; thing: the consultation; subject: the person.
    InquiryLinked = "inquiry-linked",
    /// It is not; thing: the consultation; subject: the person.
    InquiryUnlinked = "inquiry-unlinked",
    /// A referral was made; detail: section; other: kind of office; due: hoped for; codes: how urgent;
    /// value: 1 from the centre, 0 to it.
    ReferralMade = "referral-made",
    /// It was received.
    ReferralReceived = "referral-received",
    /// It was accepted.
    ReferralAccepted = "referral-accepted",
    /// It was declined.
    ReferralDeclined = "referral-declined",
    /// It was completed; detail: outcome.
    ReferralCompleted = "referral-completed",
    /// Its loop was closed by feedback.
    ReferralFedBack = "referral-fed-back",
    /// It was withdrawn or redirected; detail: which.
    ReferralEnded = "referral-ended",
    /// It goes on after its end.
    ReferralReopened = "referral-reopened",
    /// Another step; detail: which.
    ReferralStep = "referral-step",
    /// A plan was asked for; due: planned discharge.
    SupportPlanRequested = "support-plan-requested",
    /// Version 1 of a home-living plan was drafted; due: planned discharge.
    SupportPlanDrafted = "support-plan-drafted",
    /// A version was agreed; value: the version.
    SupportPlanAgreed = "support-plan-agreed",
    /// A version was written; value: the version; detail: why.
    SupportPlanRevised = "support-plan-revised",
    /// The plan ended; detail: how.
    SupportPlanClosed = "support-plan-closed",
    /// A support specialist goes on with it.
    SupportPlanHandedOver = "support-plan-handed-over",
    /// Another step; detail: which; due: next monitoring.
    SupportPlanStep = "support-plan-step",
    /// The need of a disaster plan; detail: office.
    DisasterPlanNeed = "disaster-plan-need",
    /// None is wanted now.
    DisasterPlanNotWanted = "disaster-plan-not-wanted",
    /// Version 1 of a disaster plan was drafted; detail: office; area: of the district centre; codes: why
    /// it is another area's.
    DisasterPlanDrafted = "disaster-plan-drafted",
    /// A version was agreed; value: the version.
    DisasterPlanAgreed = "disaster-plan-agreed",
    /// A plan was verified with a guardian; detail: method; other: result; due: next.
    DisasterPlanVerified = "disaster-plan-verified",
    /// Staff looked it over without a guardian; detail: method; other: result.
    DisasterPlanReviewed = "disaster-plan-reviewed",
    /// It got a new version; value: the version; other: result.
    DisasterPlanRevised = "disaster-plan-revised",
    /// Its sections were written; detail: electric or not-electric; value: minutes of battery.
    DisasterPlanSections = "disaster-plan-sections",
    /// Another office supports it; detail: that office; area: of the district centre; codes: why it is
    /// another area's.
    DisasterPlanTransferred = "disaster-plan-transferred",
    /// It was used in a disaster; detail: which.
    DisasterPlanUsed = "disaster-plan-used",
    /// A plan ended.
    DisasterPlanEnded = "disaster-plan-ended",
    /// A facility became known; detail: kind.
    FacilityKnown = "facility-known",
    /// What is known of it changed; detail: kind.
    FacilityChanged = "facility-changed",
    /// It takes part in a fiscal year; value: the year.
    FacilityEnrolled = "facility-enrolled",
    /// It takes part no longer.
    FacilityWithdrawn = "facility-withdrawn",
    /// A visit was arranged; thing: the visit; due: its day.
    VisitScheduled = "visit-scheduled",
    /// An arranged visit did not take place.
    VisitCancelled = "visit-cancelled",
    /// A facility was visited; detail: by whom; value: minutes.
    FacilityVisit = "facility-visit",
    /// Nurses said how sure they are; detail: phase; other: procedure; value: 1 to 5.
    ConfidenceSurveyed = "confidence-surveyed",
    /// A facility took a child on or not; thing: the child or `unknown`; detail: outcome.
    Acceptance = "acceptance",
    /// Nurses of a facility; value: hundredths of a post.
    FacilityStaffing = "facility-staffing",
    /// Care that a facility gives or took on; thing: the procedure; detail: which of both.
    FacilityProcedure = "facility-procedure",
    /// Training began.
    TraineeEnrolled = "trainee-enrolled",
    /// A training session was held; detail: kind; value: minutes.
    TrainingSession = "training-session",
    /// A goal was set; due: by when.
    TrainingGoal = "training-goal",
    /// A competency was assessed; thing: which; value: level.
    CompetencyAssessed = "competency-assessed",
    /// A plan was drafted under guidance; thing: the plan or `none`.
    SupervisedPlan = "supervised-plan",
    /// Training rests, goes on or was left; detail: which.
    TrainingPaused = "training-paused",
    /// Training was completed.
    TraineeCompleted = "trainee-completed",
    /// A budget line; thing: its code; value: yen; detail: existing or new; other: year.
    BudgetLine = "budget-line",
    /// Money was spent; thing: the expenditure; detail: line; value: yen; other: year.
    Expenditure = "expenditure",
    /// It was taken back; thing: the expenditure; other: year.
    ExpenditureReversed = "expenditure-reversed",
    /// A menu of the subsidy; thing: its code; value: cap; detail: percent; other: year.
    SubsidyMenu = "subsidy-menu",
    /// A line that it pays for; thing: the menu; detail: the line; other: year.
    SubsidyMenuLine = "subsidy-menu-line",
    /// An amount of subsidy; thing: menu or `all`; detail: which step; value: yen; other: year.
    Subsidy = "subsidy",
    /// A year was closed; thing: the year; value: position.
    YearClosed = "year-closed",
    /// A late entry was allowed; thing: the year; detail: account; due: until when.
    LateEntryAllowed = "late-entry-allowed",
    /// A meeting; thing: the meeting; detail: which step; due: planned day.
    MeetingStep = "meeting-step",
    /// Its figures were frozen; value: the position; other: year.
    MaterialsFrozen = "materials-frozen",
    /// A recommendation; due: by when; other: indicator; detail: to whom.
    RecommendationMade = "recommendation-made",
    /// It was answered.
    RecommendationAnswered = "recommendation-answered",
    /// An event that shows the answer; thing: the recommendation; other: the event.
    RecommendationEvidence = "recommendation-evidence",
    /// An opinion or a request; thing: it; detail: which step; due: by when.
    RequestStep = "request-step",
    /// A step of an audit; detail: which.
    AuditStep = "audit-step",
    /// The log was recomputed; value: up to where; detail: clean or broken; other: root.
    ChainVerified = "chain-verified",
    /// An office of the directory; thing: it; detail: which step.
    OrganisationStep = "organisation-step",
    /// An account; thing: it; detail: which step.
    AccountStep = "account-step",
    /// An account of another office than the centre; thing: its name; other: the office.
    AccountOffice = "account-office",
    /// An approval; thing: it; detail: which step.
    ApprovalStep = "approval-step",
    /// Personal text was opened; thing: the stream; detail: for what.
    TextOpened = "text-opened",
    /// A list was taken out of the ledger.
    ListExported = "list-exported",
    /// An import did not take every row of a file; thing: SHA-256 of the file; value: how many; detail: register.
    RowsRejected = "import-rows-rejected",
    /// A backup was taken; thing: of what; value: up to which position; detail: where it went.
    BackupTaken = "backup-taken",
    /// Somebody signed in, or what an account signs in with changed; thing: the event's type.
    SignIn = "sign-in",
    /// A setting; thing: the event's type; detail: of what.
    Setting = "setting",
    /// An event was corrected; thing: the event; detail: why; other: its type.
    Corrected = "corrected",
    /// An event was annulled; thing: the event; detail: why.
    Annulled = "annulled",
    /// An annulment was reversed; thing: the event; detail: why.
    AnnulmentReversed = "annulment-reversed",
    /// An event was moved to another person; thing: the event; other: the event there.
    Reassigned = "reassigned",
}
