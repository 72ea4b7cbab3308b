//! Who signed in, who opened whose personal text, who took tables or backups out, and what an import refused.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::actor::Actor;
use crate::code::{BackupOf, BackupTarget, Register, SecondFactor, SignInChange};
use crate::id::{Position, StreamName};
use crate::time::Timestamp;

events! {
    /// What happens in the access streams.
    pub enum AccessEvent {
        /// Somebody opened personal text; written before it is shown.
        "personal-text-opened" @ 1 clear => Opened(PersonalTextOpened),
        /// Somebody took a list out of the ledger; written before it is handed over.
        "list-exported" @ 1 clear => Exported(ListExported),
        /// Somebody signed in; written before the first page is shown.
        "session-begun" @ 1 clear => SessionBegun(SessionBegun),
        /// Somebody made a link with which an account's password is set.
        "sign-in-link-made" @ 1 clear => LinkMade(SignInLinkMade),
        /// What an account signs in with changed.
        "sign-in-changed" @ 1 clear => SignInChanged(SignInChanged),
        /// Somebody made a token, with which a program acts as an account.
        "token-made" @ 1 clear => TokenMade(TokenMade),
        /// Somebody took the tokens of an account back.
        "tokens-revoked" @ 1 clear => TokensRevoked(TokensRevoked),
        /// A backup was taken; written once the backup is.
        "backup-taken" @ 1 clear => BackupTaken(BackupTaken),
        /// An import did not take every row of a file; written once the import is done.
        "import-rows-rejected" @ 1 clear => RowsRejected(ImportRowsRejected),
    }
}

/// Somebody opened the personal text of one stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PersonalTextOpened {
    /// The stream whose text was opened.
    pub stream: StreamName,
    /// For what.
    pub purpose: AccessPurpose,
}

/// Somebody took a list out of the ledger, which holds nobody's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListExported {
    /// Which list.
    pub list: ExportedList,
    /// In which form.
    pub format: ExportFormat,
    /// How many rows it has.
    pub rows: u64,
    /// Up to which position of the log it tells.
    pub as_at: Position,
}

/// A list that can be taken out of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum ExportedList {
    /// What is due and overdue.
    WorkList,
    /// The persons served, without names.
    Caseload,
    /// The referrals.
    Referrals,
    /// The figures of a fiscal year.
    Figures,
    /// Events of the log, without personal text.
    Events,
    /// One person's timeline with its text; whose it is says the opening before it.
    Timeline,
    /// Who opened whose text in a month, as it is reviewed.
    AccessReview,
    /// One figure: its breakdown and, for who may read events, what it counts.
    Figure,
    /// The committee's page of a year: planned against actual.
    Scorecard,
    /// The services month by month.
    MonthlyCourse,
    /// What each service did for the persons of each area.
    AreasAndServices,
    /// The facilities and their visits.
    FacilitySupport,
    /// The state of the disaster plans.
    DisasterPreparedness,
    /// To whom is referred and what became of it.
    ReferralFlow,
    /// The system of support: who hands over to whom.
    SupportSystem,
    /// How long the steps of the persons served took.
    StepsOfSupport,
    /// The issues of the ward's paper with their figures.
    Issues,
    /// Budget, spending and subsidy.
    Budget,
    /// Corrections, delays, consents, accesses and verifications in figures.
    TrustInRecords,
    /// The figures that changed since a meeting.
    FigureChanges,
    /// The committee's meetings.
    Meetings,
    /// The figures that a meeting was shown.
    MeetingMaterials,
    /// The committee's recommendations, without their text.
    Recommendations,
    /// Requests and opinions, without their text.
    Requests,
    /// What was corrected, annulled and moved.
    Corrections,
    /// The files from which was imported.
    Imports,
    /// The rules by which is counted.
    CountingRules,
    /// A sample of events, each checked.
    Sample,
    /// The audits, or one with its questions and findings, without their text.
    Audits,
    /// Offices, facilities and advisors in training, without these advisors' names.
    Organisations,
    /// The accounts.
    Accounts,
    /// How the program stands: what it keeps, backups and settings.
    System,
}

/// In which form a list is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum ExportFormat {
    /// Comma-separated values, UTF-8 with a byte order mark.
    Csv,
    /// An Office Open XML workbook.
    Xlsx,
    /// JSON, for a program.
    Json,
}

/// For what personal text is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum AccessPurpose {
    /// To read the timeline.
    Timeline,
    /// To read single events.
    Event,
    /// To replay history.
    Replay,
    /// To find persons by name.
    Search,
    /// To take text out of the ledger.
    Export,
    /// To print.
    Print,
    /// To see what is due for whom.
    WorkList,
}

/// The event's actor signed in at a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SessionBegun {
    /// What was shown besides the password; none where nothing was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_factor: Option<SecondFactor>,
}

/// The event's actor made a link with which whoever has it sets an account's password, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignInLinkMade {
    /// The account.
    pub account: Actor,
}

/// What an account signs in with changed; the event's actor did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignInChanged {
    /// The account.
    pub account: Actor,
    /// What changed.
    pub change: SignInChange,
}

/// The event's actor made a token, with which a program acts as an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TokenMade {
    /// The account.
    pub account: Actor,
    /// The name by which the token is told from others; the secret follows from nothing that is kept.
    pub token: String,
    /// Until when it can be used.
    pub until: Timestamp,
}

/// The event's actor took every token of an account back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TokensRevoked {
    /// The account.
    pub account: Actor,
    /// The names of those that there were, the oldest first.
    pub tokens: Vec<String>,
}

/// The event's actor took a backup of the log or of the keys. Where it was put is not said: the name of a file
/// may name a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BackupTaken {
    /// Of what.
    pub backup: BackupOf,
    /// Where it went.
    pub written_to: BackupTarget,
    /// Up to which position it holds the log, or opens it.
    pub position: Position,
    /// The root there, hex.
    pub root: String,
    /// It was cut there, though the log went on.
    pub cut: bool,
    /// How many events or keys it holds.
    pub count: u64,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
}

/// An import by the event's actor did not take every row of a file. No cell of it is said, which may name a
/// person, nor the file's own name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportRowsRejected {
    /// The register whose rows they are; none where the rows of a rejects file name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<Register>,
    /// SHA-256 of the file's bytes, hex.
    pub file: String,
    /// Rows that were read.
    pub rows_read: u64,
    /// Rows that were recorded.
    pub rows_taken: u64,
    /// Rows that were there already.
    pub rows_already: u64,
    /// Rows that were not taken.
    pub rows_rejected: u64,
    /// Required columns that the file lacks, for which none of it was taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_columns: Vec<String>,
    /// The first of the rows that were not taken, in the order in which they were refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<RejectedRow>,
}

/// A row that an import did not take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct RejectedRow {
    /// The row in the file, as a spreadsheet counts it.
    pub row: u32,
    /// The column to look at; none where the row as a whole is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Why, by its code.
    pub code: String,
}
