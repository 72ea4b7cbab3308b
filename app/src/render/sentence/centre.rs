//! Sentences about the directory, accounts, approvals and who looked.

use ledger_core::code::{BackupOf, Capacity};
use ledger_core::event::{
    AccessEvent, AccessPurpose, AccountEvent, ApprovalEvent, BackupTaken, ExportFormat,
    ExportedList, ImportRowsRejected, ListExported, OrganisationEvent, OrganisationProfile,
    PersonalTextOpened, ResourceConfirmed, SessionBegun, TokenMade, TokensRevoked,
};

use super::super::titles::role;
use super::super::words::{counted, short};
use super::words::{AREA, Label, NAME, NOTE, REASON, Words};
use crate::lang::Lang;

pub(super) fn organisation(event: &OrganisationEvent, to: &mut Words) {
    match event {
        OrganisationEvent::Registered(event) => {
            office(("関係機関を登録", "Office registered"), event, to);
        },
        OrganisationEvent::Changed(event) => {
            office(("関係機関の情報を変更", "Office changed"), event, to);
        },
        OrganisationEvent::ResourceConfirmed(event) => resource(event, to),
        OrganisationEvent::Closed(_) => {
            to.say("関係機関の登録を終えた", "Office closed");
        },
    }
}

fn office((ja, en): Label, event: &OrganisationProfile, to: &mut Words) {
    let (name, kind) = (&event.name, to.term(event.kind));
    to.say(
        format!("{ja}：{name}（{kind}）"),
        format!("{en}: {name} ({kind})"),
    )
    .coded(AREA, event.area);
    if let Some(phone) = &event.phone {
        to.labelled(("電話", "Phone"), phone);
    }
}

fn resource(event: &ResourceConfirmed, to: &mut Words) {
    let capacity = to.term(event.capacity);
    to.labelled(("受入状況を確認", "Capacity confirmed"), &capacity);
    let takes_on = !matches!(event.capacity, Capacity::Full | Capacity::NotOffered);
    if let Some(places) = event.places.filter(|_| takes_on) {
        to.say(
            format!("空き{places}"),
            counted(places, "place free", "places free"),
        );
    }
    to.listed(("対応できるケア", "Care on offer"), &event.procedures)
        .listed(("サービス", "Services"), &event.services)
        .text(("確認した相手", "Confirmed with"), &event.confirmed_with)
        .text(("条件", "Conditions"), &event.note);
}

pub(super) fn account(event: &AccountEvent, to: &mut Words) {
    match event {
        AccountEvent::Opened(event) => {
            let (name, role) = (&event.name, role(event.role, to.lang));
            to.say(
                format!("利用者「{name}」を登録（{role}）"),
                format!("Account opened: {name} ({role})"),
            )
            .text(NAME, &event.person);
        },
        AccountEvent::RoleChanged(event) => {
            let role = role(event.role, to.lang);
            to.say(
                format!("役割を{role}に変更"),
                format!("Role changed to {role}"),
            );
        },
        AccountEvent::Closed(_) => {
            to.say("利用者の登録を終えた", "Account closed");
        },
    }
}

pub(super) fn approval(event: &ApprovalEvent, to: &mut Words) {
    match event {
        ApprovalEvent::Requested(event) => {
            let act = to.term(event.act);
            to.say(
                format!("{act}の承認を求めた"),
                format!("Approval asked for: {act}"),
            )
            .text(REASON, &event.reason);
        },
        ApprovalEvent::Granted(event) => {
            to.say("承認した", "Approved").text(NOTE, &event.note);
        },
        ApprovalEvent::Refused(event) => {
            to.say("承認しなかった", "Not approved")
                .text(REASON, &event.reason);
        },
        ApprovalEvent::Used(_) => {
            to.say("承認に基づいて実施した", "Done as approved");
        },
    }
}

fn exported(event: &ListExported, to: &mut Words) {
    let (ja, en) = list(event.list);
    let format = match event.format {
        ExportFormat::Csv => "CSV",
        ExportFormat::Xlsx => "Excel",
        ExportFormat::Json => "JSON",
    };
    let (rows, as_at) = (event.rows, event.as_at);
    let in_all = counted(rows, "row", "rows");
    to.say(
        format!("{ja}を書き出した（{format}、{rows}件、台帳の位置{as_at}）"),
        format!("Exported: {en} ({format}, {in_all}, position {as_at} of the ledger)"),
    );
}

/// What a list that is taken out is called.
const fn list(list: ExportedList) -> Label {
    match list {
        ExportedList::WorkList => ("今日の業務", "today's work"),
        ExportedList::Caseload => ("対象者の一覧", "list of children"),
        ExportedList::Referrals => ("連携の一覧", "list of referrals"),
        ExportedList::Figures => ("実績", "figures"),
        ExportedList::Events => ("記録の一覧", "list of events"),
        ExportedList::Timeline => ("一人の経過", "timeline of a person"),
        ExportedList::AccessReview => ("閲覧の点検", "access review"),
        ExportedList::Figure => ("指標の内訳", "breakdown of a figure"),
        ExportedList::Scorecard => ("総括表", "scorecard"),
        ExportedList::MonthlyCourse => ("月別の推移", "months"),
        ExportedList::AreasAndServices => ("地域×事業", "areas and services"),
        ExportedList::FacilitySupport => ("施設への技術支援", "facility support"),
        ExportedList::DisasterPreparedness => ("災害への備え", "disaster preparedness"),
        ExportedList::ReferralFlow => ("連携の流れ", "flow of referrals"),
        ExportedList::SupportSystem => ("支援体制の図", "system of support"),
        ExportedList::StepsOfSupport => ("支援の歩み", "steps of support"),
        ExportedList::Issues => ("現状と課題", "issues"),
        ExportedList::Budget => ("経費と補助金", "money and subsidy"),
        ExportedList::TrustInRecords => ("記録の信頼性", "trust in the records"),
        ExportedList::FigureChanges => ("前回からの変更", "changes since a meeting"),
        ExportedList::Meetings => ("委員会の一覧", "list of meetings"),
        ExportedList::MeetingMaterials => ("委員会の資料", "materials of a meeting"),
        ExportedList::Recommendations => ("提言への対応", "recommendations"),
        ExportedList::Requests => ("国・都への要望", "requests to state and Tokyo"),
        ExportedList::Corrections => ("訂正・取消の一覧", "list of corrections"),
        ExportedList::Imports => ("取込みの来歴", "imports"),
        ExportedList::CountingRules => ("数え方の仮定", "assumed rules"),
        ExportedList::Sample => ("標本", "sample"),
        ExportedList::Audits => ("監査の実施状況", "audits"),
        ExportedList::Organisations => ("関係機関と施設", "organisations"),
        ExportedList::Accounts => ("アカウントの一覧", "list of accounts"),
        ExportedList::System => ("システムの状態", "state of the system"),
    }
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
    let (position, bytes, count) = (event.position, event.bytes, event.count);
    let (unit, in_all) = match event.backup {
        BackupOf::Ledger => ("件", counted(count, "event", "events")),
        BackupOf::Keys => ("本", counted(count, "key", "keys")),
    };
    let (ja, en) = if event.cut {
        ("で区切った", "cut at")
    } else {
        ("までの", "up to")
    };
    let (what, target) = (to.term(event.backup), to.term(event.written_to));
    let sha256 = short(&event.sha256);
    to.say(
        format!(
            "{what}の控えを取った（位置{position}{ja}{count}{unit}、{bytes}バイト、{target}へ、SHA-256 {sha256}…）"
        ),
        format!(
            "Backup taken of {what} ({in_all}, {en} position {position}, {bytes} bytes, to {target}, SHA-256 {sha256}…)"
        ),
    );
}

fn rejected(event: &ImportRowsRejected, to: &mut Words) {
    let register = event.register.map(|register| to.term(register));
    let register = register.unwrap_or_else(|| match to.lang {
        Lang::Ja => "却下ファイル".to_owned(),
        Lang::En => "file of rejected rows".to_owned(),
    });
    let (file, rows) = (short(&event.file), event.rows_rejected);
    if !event.missing_columns.is_empty() {
        let columns = &event.missing_columns;
        let (ja, en) = (columns.join("、"), columns.join(", "));
        to.say(
            format!(
                "{register}のファイル（SHA-256 {file}…）は必要な列がなく取り込まなかった（{ja}）"
            ),
            format!("File of {register} (SHA-256 {file}…) not taken, as it lacks columns ({en})"),
        );
        return;
    }
    let (read, taken, already) = (event.rows_read, event.rows_taken, event.rows_already);
    let in_all = counted(rows, "row", "rows");
    to.say(
        format!(
            "{register}の{rows}行を却下した（読込{read}、登録{taken}、登録済{already}、SHA-256 {file}…）"
        ),
        format!(
            "{in_all} of {register} rejected (read {read}, taken {taken}, there already {already}, SHA-256 {file}…)"
        ),
    );
}

pub(super) fn access(event: &AccessEvent, to: &mut Words) {
    match event {
        AccessEvent::Opened(event) => opened(event, to),
        AccessEvent::Exported(event) => exported(event, to),
        AccessEvent::BackupTaken(event) => backup(event, to),
        AccessEvent::RowsRejected(event) => rejected(event, to),
        AccessEvent::SessionBegun(event) => signed_in(event, to),
        AccessEvent::LinkMade(event) => {
            let account = &event.account;
            to.say(
                format!("{account}のパスワードを決めるリンクを出した"),
                format!("Link to set a password made for {account}"),
            );
        },
        AccessEvent::SignInChanged(event) => {
            let (account, change) = (&event.account, to.term(event.change));
            to.say(
                format!("{account}のサインインの方法を変えた（{change}）"),
                format!("Means of sign-in of {account} changed ({change})"),
            );
        },
        AccessEvent::TokenMade(event) => token_made(event, to),
        AccessEvent::TokensRevoked(event) => tokens_revoked(event, to),
    }
}

fn signed_in(event: &SessionBegun, to: &mut Words) {
    let (ja, en) = match event.second_factor {
        Some(second) => {
            let second = to.term(second);
            (
                format!("パスワードと{second}"),
                format!("password and {second}"),
            )
        },
        None => ("パスワード".to_owned(), "password".to_owned()),
    };
    to.say(
        format!("サインインした（{ja}）"),
        format!("Signed in ({en})"),
    );
}

fn token_made(event: &TokenMade, to: &mut Words) {
    let (account, token) = (&event.account, &event.token);
    let until = event.until.in_japan().format("%Y-%m-%d %H:%M");
    to.say(
        format!("{account}としてプログラムが使うトークン{token}を出した（{until}まで）"),
        format!("Token {token} made for programs of {account}, good until {until}"),
    );
}

fn tokens_revoked(event: &TokensRevoked, to: &mut Words) {
    let account = &event.account;
    let (ja, en) = (event.tokens.join("、"), event.tokens.join(", "));
    to.say(
        format!("{account}のトークンをすべて取り消した（{ja}）"),
        format!("Every token of {account} taken back ({en})"),
    );
}

fn opened(event: &PersonalTextOpened, to: &mut Words) {
    let (purpose, stream) = (access_purpose(event.purpose, to.lang), &event.stream);
    to.say(
        format!("個人に関する記述を開いた（{purpose}、{stream}）"),
        format!("Personal text opened ({purpose}, {stream})"),
    );
}
