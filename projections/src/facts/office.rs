//! Facts from the streams of the programme, money, the committee, audits, offices and accounts.

use ledger_core::event::{
    AccessEvent, AccountEvent, ApprovalEvent, AuditEvent, CommitteeEvent, CorrectionEvent,
    FinanceEvent, OrganisationEvent, ProgrammeEvent, RequestEvent, SubsidyAmount,
};

use super::fact::{Fact, Kind};

pub(super) fn programme(event: &ProgrammeEvent) -> Fact {
    let setting = Fact::about(Kind::Setting, event.info().name);
    match event {
        ProgrammeEvent::PlannedNumberSet(it) => {
            setting.detail(it.service).maybe_other(it.fiscal_year)
        },
        ProgrammeEvent::CountingRuleAdopted(it) => setting.detail(&it.rule),
        ProgrammeEvent::ReviewTermSet(it) => setting.detail(&it.term).valued(it.days),
        ProgrammeEvent::KnownPopulationSet(it) => setting.maybe_detail(it.area).valued(it.persons),
        ProgrammeEvent::StaffPostSet(it) => setting
            .detail(it.kind)
            .other(it.post)
            .valued(it.fte_hundredths.unwrap_or_default()),
        ProgrammeEvent::StaffPostEnded(it) => setting.other(it.post),
        ProgrammeEvent::ConcurrentConflict(it) => setting.other(it.post),
        ProgrammeEvent::RequiredCompetencySet(it) => setting.detail(it.competency).valued(it.level),
        ProgrammeEvent::SecondFactorRuleSet(it) => setting
            .detail(it.role.code())
            .valued(u32::from(it.required)),
        ProgrammeEvent::CodeTableRevised(it) => setting.detail(&it.table).valued(it.version),
        ProgrammeEvent::Defined(_)
        | ProgrammeEvent::PeriodSet(_)
        | ProgrammeEvent::OpeningHoursSet(_)
        | ProgrammeEvent::HolidayCalendarSet(_)
        | ProgrammeEvent::StartMoved(_)
        | ProgrammeEvent::ContractorAppointed(_)
        | ProgrammeEvent::AreaTableSet(_) => setting,
    }
}

pub(super) fn finance(event: &FinanceEvent) -> Vec<Fact> {
    let fact = match event {
        FinanceEvent::BudgetLineSet(it) => Fact::about(Kind::BudgetLine, &it.line)
            .valued(it.amount_yen)
            .detail(if it.existing { "existing" } else { "new" })
            .other(it.fiscal_year),
        FinanceEvent::ExpenditureRecorded(it) => Fact::about(Kind::Expenditure, it.expenditure)
            .valued(it.amount_yen)
            .detail(&it.line)
            .other(it.fiscal_year),
        FinanceEvent::ExpenditureReversed(it) => {
            Fact::about(Kind::ExpenditureReversed, it.expenditure).other(it.fiscal_year)
        },
        FinanceEvent::SubsidyMenuSet(it) => {
            let menu = Fact::about(Kind::SubsidyMenu, &it.menu)
                .valued(it.cap_yen)
                .detail(it.rate_percent)
                .other(it.fiscal_year);
            let line = |line| {
                Fact::about(Kind::SubsidyMenuLine, &it.menu)
                    .detail(line)
                    .other(it.fiscal_year)
            };
            return std::iter::once(menu)
                .chain(it.lines.iter().map(line))
                .collect();
        },
        FinanceEvent::SubsidyApplied(it) => subsidy(it, "applied"),
        FinanceEvent::SubsidyDecided(it) => subsidy(it, "decided"),
        FinanceEvent::SubsidyReceived(it) => subsidy(it, "received"),
        FinanceEvent::SubsidySettled(it) => subsidy(it, "settled"),
        FinanceEvent::SubsidyPlanned(it) => subsidy(it, "planned"),
        FinanceEvent::YearClosed(it) => {
            Fact::about(Kind::YearClosed, it.fiscal_year).valued(it.as_at.as_i64())
        },
        FinanceEvent::LateEntryAllowed(it) => Fact::about(Kind::LateEntryAllowed, it.fiscal_year)
            .detail(&it.account)
            .due(Some(it.until)),
    };
    vec![fact]
}

fn subsidy(amount: &SubsidyAmount, step: &str) -> Fact {
    Fact::about(Kind::Subsidy, amount.menu.as_deref().unwrap_or("all"))
        .valued(amount.amount_yen)
        .detail(step)
        .other(amount.fiscal_year)
}

pub(super) fn committee(event: &CommitteeEvent) -> Vec<Fact> {
    let step = |thing: &dyn std::fmt::Display, what: &str| {
        Fact::about(Kind::MeetingStep, thing).detail(what)
    };
    let fact = match event {
        CommitteeEvent::Convened(it) => step(&it.meeting, "convened").due(Some(it.planned_on)),
        CommitteeEvent::MaterialsFrozen(it) => Fact::about(Kind::MaterialsFrozen, it.meeting)
            .valued(it.as_at.as_i64())
            .detail(&it.digest)
            .other(it.fiscal_year)
            .due(Some(it.on_day)),
        CommitteeEvent::Held(it) => step(&it.meeting, "held").valued(it.attendee_count),
        CommitteeEvent::FindingRecorded(it) => {
            step(&it.finding, "finding").maybe_other(it.indicator.as_ref())
        },
        CommitteeEvent::RecommendationMade(it) => {
            Fact::about(Kind::RecommendationMade, it.recommendation)
                .detail(it.addressee)
                .maybe_other(it.indicator.as_ref())
                .due(it.due_on)
        },
        CommitteeEvent::RecommendationAnswered(it) => {
            let answered = Fact::about(Kind::RecommendationAnswered, it.recommendation);
            let evidence =
                |event| Fact::about(Kind::RecommendationEvidence, it.recommendation).other(event);
            let evidence = it.evidence.iter().map(evidence);
            return std::iter::once(answered).chain(evidence).collect();
        },
        CommitteeEvent::MinutesApproved(it) => {
            step(&it.meeting, "minutes-approved").valued(it.position.as_i64())
        },
        CommitteeEvent::TrialReviewed(it) => step(&"trial", "reviewed").other(it.conclusion),
    };
    vec![fact]
}

pub(super) fn request(event: &RequestEvent) -> Fact {
    let step = |thing: &dyn std::fmt::Display, what: &str| {
        Fact::about(Kind::RequestStep, thing).detail(what)
    };
    match event {
        RequestEvent::OpinionReceived(it) => step(&it.opinion, "opinion-received"),
        RequestEvent::OpinionAnswered(it) => step(&it.opinion, "opinion-answered"),
        RequestEvent::Made(it) => step(&it.request, "made").other(it.addressee).due(it.due_on),
        RequestEvent::Answered(it) => step(&it.request, "answered"),
        RequestEvent::Withdrawn(it) => step(&it.request, "withdrawn"),
    }
}

pub(super) fn audit(event: &AuditEvent) -> Fact {
    let step = |thing: &dyn std::fmt::Display| {
        Fact::about(Kind::AuditStep, thing).detail(event.info().name)
    };
    match event {
        AuditEvent::Opened(it) => step(&it.engagement),
        AuditEvent::SampleDrawn(_) => step(&"sample"),
        AuditEvent::QuestionAsked(it) => step(&it.question).other(it.event),
        AuditEvent::AnswerGiven(it) => step(&it.question),
        AuditEvent::FindingIssued(it) => step(&it.finding).other(it.severity),
        AuditEvent::FindingCleared(it) => step(&it.finding),
        AuditEvent::ChainVerified(it) => Fact::about(Kind::ChainVerified, "chain")
            .valued(it.position.as_i64())
            .detail(if it.clean { "clean" } else { "broken" })
            .other(&it.root),
        AuditEvent::Closed(_) => step(&"audit"),
    }
}

pub(super) fn organisation(event: &OrganisationEvent) -> Fact {
    let (organisation, area) = match event {
        OrganisationEvent::Registered(it) | OrganisationEvent::Changed(it) => {
            (it.organisation, it.area)
        },
        OrganisationEvent::ResourceConfirmed(it) => (it.organisation, None),
        OrganisationEvent::Closed(it) => (it.organisation, None),
    };
    Fact::about(Kind::OrganisationStep, organisation)
        .detail(event.info().name)
        .area(area)
}

pub(super) fn account(event: &AccountEvent) -> Vec<Fact> {
    let account = match event {
        AccountEvent::Opened(it) => it.account,
        AccountEvent::RoleChanged(it) => it.account,
        AccountEvent::Closed(it) => it.account,
    };
    let step = Fact::about(Kind::AccountStep, account).detail(event.info().name);
    let office = match event {
        AccountEvent::Opened(it) => it
            .organisation
            .map(|office| Fact::about(Kind::AccountOffice, &it.name).other(office)),
        AccountEvent::RoleChanged(_) | AccountEvent::Closed(_) => None,
    };
    std::iter::once(step).chain(office).collect()
}

pub(super) fn approval(event: &ApprovalEvent) -> Fact {
    let approval = match event {
        ApprovalEvent::Requested(it) => it.approval,
        ApprovalEvent::Granted(it) => it.approval,
        ApprovalEvent::Refused(it) => it.approval,
        ApprovalEvent::Used(it) => it.approval,
    };
    Fact::about(Kind::ApprovalStep, approval).detail(event.info().name)
}

pub(super) fn access(event: &AccessEvent) -> Fact {
    let it = match event {
        AccessEvent::Opened(it) => it,
        AccessEvent::Exported(_) => {
            return Fact::about(Kind::ListExported, event.info().name);
        },
        AccessEvent::RowsRejected(it) => {
            let rows = i64::try_from(it.rows_rejected).unwrap_or(i64::MAX);
            let fact = Fact::about(Kind::RowsRejected, &it.file);
            return fact.maybe_detail(it.register).valued(rows);
        },
        AccessEvent::BackupTaken(it) => {
            return Fact::about(Kind::BackupTaken, it.backup)
                .detail(it.written_to)
                .valued(it.position.as_i64());
        },
        AccessEvent::SessionBegun(_)
        | AccessEvent::LinkMade(_)
        | AccessEvent::SignInChanged(_)
        | AccessEvent::TokenMade(_)
        | AccessEvent::TokensRevoked(_) => {
            return Fact::about(Kind::SignIn, event.info().name);
        },
    };
    let opened = Fact::about(Kind::TextOpened, &it.stream).detail(purpose(it.purpose));
    match it.stream.as_child() {
        Some(child) => opened.of(child),
        None => opened,
    }
}

const fn purpose(purpose: ledger_core::event::AccessPurpose) -> &'static str {
    use ledger_core::event::AccessPurpose as Purpose;
    match purpose {
        Purpose::Timeline => "timeline",
        Purpose::Event => "event",
        Purpose::Replay => "replay",
        Purpose::Search => "search",
        Purpose::Export => "export",
        Purpose::Print => "print",
        Purpose::WorkList => "work-list",
    }
}

pub(super) fn correction(event: &CorrectionEvent) -> Fact {
    match event {
        CorrectionEvent::Corrected(it) | CorrectionEvent::IdentityCorrected(it) => {
            Fact::about(Kind::Corrected, it.target)
                .detail(it.reason)
                .other(&it.target_type)
        },
        CorrectionEvent::Annulled(it) => Fact::about(Kind::Annulled, it.target).detail(it.reason),
        CorrectionEvent::AnnulmentReversed(it) => {
            Fact::about(Kind::AnnulmentReversed, it.target).detail(it.reason)
        },
        CorrectionEvent::Reassigned(it) => Fact::about(Kind::Reassigned, it.target)
            .detail(it.reason)
            .other(it.to_event),
    }
}
