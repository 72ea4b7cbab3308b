//! Sentences about the programme's settings, the directory, accounts, approvals and who looked.

use ledger_core::code::{BackupOf, Capacity, CareProcedure, WelfareService};
use ledger_core::event::{
    AccessEvent, AccessPurpose, AccountEvent, ApprovalEvent, AreaTableSet, BackupTaken,
    ContractorAppointed, ExportFormat, ExportedList, KnownPopulationSet, ListExported,
    OpeningHoursSet, OrganisationEvent, OrganisationProfile, PlannedNumberSet, ProgrammeEvent,
    ResourceConfirmed, ReviewTermSet, StaffPostSet,
};
use ledger_core::time::{wareki, wareki_fiscal_year};

use super::super::titles::role;
use super::super::words::short;
use super::words::{Words, full_time, terms};
use crate::lang::Lang;

pub(super) fn programme(event: &ProgrammeEvent, to: &mut Words) {
    match event {
        ProgrammeEvent::Defined(event) => {
            to.say(format!(
                "事業を定めた：{}（{}）",
                event.name_ja, event.operator_ja
            ));
        },
        ProgrammeEvent::PeriodSet(event) => {
            let (from, until) = (wareki(event.starts_on), wareki(event.ends_on));
            to.say(format!("実施期間を{from}から{until}までとした"));
        },
        ProgrammeEvent::StartMoved(event) => {
            to.say(format!("事業開始日を{}へ変更", wareki(event.starts_on)));
            to.say(event.reason_ja.clone());
        },
        ProgrammeEvent::OpeningHoursSet(event) => opening_hours(event, to),
        ProgrammeEvent::HolidayCalendarSet(event) => {
            to.say(format!("祝日の一覧を定めた（{}日）", event.holidays.len()));
        },
        ProgrammeEvent::PlannedNumberSet(event) => planned_number(event, to),
        ProgrammeEvent::CountingRuleAdopted(event) => {
            to.say(format!("規則を採用：{}（{}）", event.rule, event.text_ja));
        },
        ProgrammeEvent::ContractorAppointed(event) => contractor(event, to),
        ProgrammeEvent::AreaTableSet(event) => area_table(event, to),
        ProgrammeEvent::CodeTableRevised(event) => {
            to.say(format!(
                "コード表「{}」を第{}版とした",
                event.table, event.version
            ));
        },
        ProgrammeEvent::KnownPopulationSet(event) => population(event, to),
        ProgrammeEvent::StaffPostSet(event) => post(event, to),
        ProgrammeEvent::StaffPostEnded(event) => {
            to.say(format!("職を{}で終えた", wareki(event.until)));
        },
        ProgrammeEvent::ConcurrentConflict(event) => {
            to.say("兼務による支障があった").text("内容", &event.note);
        },
        ProgrammeEvent::RequiredCompetencySet(event) => {
            to.say(format!(
                "修了の要件：{} {}以上",
                event.competency.ja(),
                event.level
            ));
        },
        ProgrammeEvent::ReviewTermSet(event) => review_term(event, to),
        ProgrammeEvent::SecondFactorRuleSet(event) => {
            let role = role(event.role, Lang::Ja);
            let asked = if event.required {
                "求めることとした"
            } else {
                "求めないこととした"
            };
            to.say(format!("{role}のサインインで二つ目の確認を{asked}"));
        },
    }
}

fn post(event: &StaffPostSet, to: &mut Words) {
    let concurrent = if event.concurrent { "兼務" } else { "" };
    let parts = [
        event.fte_hundredths.map(full_time),
        Some(concurrent.to_owned()),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    let about = if parts.is_empty() {
        String::new()
    } else {
        format!("（{}）", parts.join("、"))
    };
    to.say(format!("{}を置いた{about}", event.kind.ja()));
    to.maybe(event.words_ja.clone());
}

pub(super) fn organisation(event: &OrganisationEvent, to: &mut Words) {
    match event {
        OrganisationEvent::Registered(event) => office("関係機関を登録", event, to),
        OrganisationEvent::Changed(event) => office("関係機関の情報を変更", event, to),
        OrganisationEvent::ResourceConfirmed(event) => resource(event, to),
        OrganisationEvent::Closed(_) => {
            to.say("関係機関の登録を終えた");
        },
    }
}

fn office(what: &str, event: &OrganisationProfile, to: &mut Words) {
    to.say(format!("{what}：{}（{}）", event.name, event.kind.ja()));
    to.maybe(event.area.map(|area| format!("総合支所：{}", area.ja())));
    to.maybe(event.phone.clone().map(|phone| format!("電話：{phone}")));
}

fn resource(event: &ResourceConfirmed, to: &mut Words) {
    to.say(format!("受入状況を確認：{}", event.capacity.ja()));
    let takes_on = !matches!(event.capacity, Capacity::Full | Capacity::NotOffered);
    let places = event.places.filter(|_| takes_on);
    to.maybe(places.map(|places| format!("空き{places}")));
    if !event.procedures.is_empty() {
        to.say(format!(
            "対応できるケア：{}",
            terms(&event.procedures, CareProcedure::ja)
        ));
    }
    if !event.services.is_empty() {
        to.say(format!(
            "サービス：{}",
            terms(&event.services, WelfareService::ja)
        ));
    }
    to.text("確認した相手", &event.confirmed_with)
        .text("条件", &event.note);
}

pub(super) fn account(event: &AccountEvent, to: &mut Words) {
    match event {
        AccountEvent::Opened(event) => {
            to.say(format!(
                "利用者「{}」を登録（{}）",
                event.name,
                role(event.role, Lang::Ja)
            ));
            to.text("氏名", &event.person);
        },
        AccountEvent::RoleChanged(event) => {
            to.say(format!("役割を{}に変更", role(event.role, Lang::Ja)));
        },
        AccountEvent::Closed(_) => {
            to.say("利用者の登録を終えた");
        },
    }
}

pub(super) fn approval(event: &ApprovalEvent, to: &mut Words) {
    match event {
        ApprovalEvent::Requested(event) => {
            to.say(format!("{}の承認を求めた", event.act.ja()))
                .text("理由", &event.reason);
        },
        ApprovalEvent::Granted(event) => {
            to.say("承認した").text("備考", &event.note);
        },
        ApprovalEvent::Refused(event) => {
            to.say("承認しなかった").text("理由", &event.reason);
        },
        ApprovalEvent::Used(_) => {
            to.say("承認に基づいて実施した");
        },
    }
}

fn exported(event: &ListExported, to: &mut Words) {
    let table = match event.list {
        ExportedList::WorkList => "今日の業務",
        ExportedList::Caseload => "対象者の一覧",
        ExportedList::Referrals => "連携の一覧",
        ExportedList::Figures => "実績",
        ExportedList::Events => "記録の一覧",
        ExportedList::Timeline => "一人の経過",
        ExportedList::AccessReview => "閲覧の点検",
    };
    let format = match event.format {
        ExportFormat::Csv => "CSV",
        ExportFormat::Xlsx => "Excel",
    };
    let (rows, as_at) = (event.rows, event.as_at);
    to.say(format!(
        "{table}を書き出した（{format}、{rows}件、台帳の位置{as_at}）"
    ));
}

/// For what personal text was opened, in a word or two.
#[must_use]
pub const fn access_purpose(purpose: AccessPurpose, lang: Lang) -> &'static str {
    match purpose {
        AccessPurpose::Timeline => lang.pick("経過の閲覧", "timeline"),
        AccessPurpose::Event => lang.pick("記録の閲覧", "single event"),
        AccessPurpose::Replay => lang.pick("再現", "replay"),
        AccessPurpose::Search => lang.pick("検索", "search"),
        AccessPurpose::Export => lang.pick("出力", "taken out"),
        AccessPurpose::Print => lang.pick("印刷", "print"),
        AccessPurpose::WorkList => lang.pick("業務一覧", "work list"),
    }
}

fn backup(event: &BackupTaken, to: &mut Words) {
    let (what, position, count) = (event.backup.ja(), event.position, event.count);
    let unit = match event.backup {
        BackupOf::Ledger => "件",
        BackupOf::Keys => "本",
    };
    let cut = if event.cut {
        "で区切った"
    } else {
        "までの"
    };
    let sha256 = short(&event.sha256);
    to.say(format!(
        "{what}の控えを取った（位置{position}{cut}{count}{unit}、{}バイト、{}へ、SHA-256 {sha256}…）",
        event.bytes,
        event.written_to.ja(),
    ));
}

pub(super) fn access(event: &AccessEvent, to: &mut Words) {
    let event = match event {
        AccessEvent::Opened(event) => event,
        AccessEvent::Exported(event) => return exported(event, to),
        AccessEvent::BackupTaken(event) => return backup(event, to),
        AccessEvent::SessionBegun(event) => {
            let with = event
                .second_factor
                .map_or("パスワード".to_owned(), |second| {
                    format!("パスワードと{}", second.ja())
                });
            to.say(format!("サインインした（{with}）"));
            return;
        },
        AccessEvent::LinkMade(event) => {
            let account = &event.account;
            to.say(format!("{account}のパスワードを決めるリンクを出した"));
            return;
        },
        AccessEvent::SignInChanged(event) => {
            let (account, change) = (&event.account, event.change.ja());
            to.say(format!("{account}のサインインの方法を変えた（{change}）"));
            return;
        },
    };
    let purpose = access_purpose(event.purpose, Lang::Ja);
    to.say(format!(
        "個人に関する記述を開いた（{purpose}、{}）",
        event.stream
    ));
}

fn opening_hours(event: &OpeningHoursSet, to: &mut Words) {
    let (from, until) = (
        event.hours.from().format("%H:%M"),
        event.hours.to().format("%H:%M"),
    );
    to.say(format!("開所時間を{from}〜{until}とした"));
}

fn planned_number(event: &PlannedNumberSet, to: &mut Words) {
    let year = event
        .fiscal_year
        .map_or_else(|| "通年".to_owned(), wareki_fiscal_year);
    let about = if event.approximate { "程度" } else { "" };
    let number = if event.low == event.high {
        event.low.to_string()
    } else {
        format!("{}〜{}", event.low, event.high)
    };
    to.say(format!(
        "{}の予定数（{year}）を{number}{about}とした",
        event.service.ja()
    ));
}

fn area_table(event: &AreaTableSet, to: &mut Words) {
    let names: Vec<&str> = event
        .areas
        .iter()
        .map(|area| area.name_ja.as_str())
        .collect();
    to.say(format!("地域の表を定めた：{}", names.join("、")));
}

fn population(event: &KnownPopulationSet, to: &mut Words) {
    let area = event.area.map_or("区全体", |area| area.ja());
    to.say(format!(
        "把握している対象者数（{area}）：{}人",
        event.persons
    ));
}

fn review_term(event: &ReviewTermSet, to: &mut Words) {
    let unit = if event.business_days {
        "開所日"
    } else {
        "日"
    };
    to.say(format!(
        "期限「{}」を{}{unit}とした",
        event.term, event.days
    ));
}

fn contractor(event: &ContractorAppointed, to: &mut Words) {
    to.say(format!(
        "運営事業者：{}（{}）",
        event.operator_ja,
        event.method.ja()
    ));
    to.say(event.basis_ja.clone());
}
