//! Who may do what: one pure function of role, action, subject and assignment.
//!
//! The table of all its answers is this module's test. Two columns need a word:
//!
//! - **Somebody not signed in** sits at the command line of the machine that holds the log and the
//!   keys (`os:<user>`, marked unauthenticated in the metadata). Such a person owns the ledger and
//!   can read it without this program, so that a refusal here would protect little: all is allowed
//!   but to be the second person who approves, as nobody knows who that is. Who gives the name of an
//!   account there may do what that account may ([`account::acting`]). Whoever serves the ledger to
//!   others signs them in and names their role.
//! - **The program itself** writes settings and imports registers. It approves nothing and answers
//!   for nobody, and no text is opened for it: text that is compared and not shown is not opened.

pub mod account;
mod role;
#[cfg(test)]
mod tests;

use ledger_core::actor::Role;
use ledger_core::id::StreamName;

use self::role::allowed;
use crate::decision::{Context, Decision, Loaded};
use crate::rejection::{Reason, Rejection};
use crate::state::{Account, Child, StreamState as _};

/// Declares actions with a list of all of them.
macro_rules! actions {
    ($($(#[$doc:meta])* $Action:ident,)+) => {
        /// What somebody wants to do, as far as rights tell acts apart.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $Action,)+ }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$Action),+];
        }
    };
}

actions! {
    /// Record the centre's daily work.
    RecordWork,
    /// Correct, annul or reassign what is recorded.
    Correct,
    /// Give the second person's approval.
    Approve,
    /// Take access to a person's record for a stated reason, for a while (緊急閲覧).
    TakeEmergencyAccess,
    /// Read a timeline or card as a whole, personal text and all.
    ReadTimeline,
    /// Open the personal text of single events.
    OpenText,
    /// Read figures, which hold nobody's text.
    ReadFigures,
    /// Read events without their personal text.
    ReadEvents,
    /// Review how the ledger is kept: what was corrected, imported and assumed, and who opened what.
    ReviewLedger,
    /// Take records out of the ledger.
    Export,
    /// Change the programme's settings.
    ChangeSettings,
    /// Open, change and close accounts.
    ManageAccounts,
    /// Record the money of a fiscal year, and close it.
    ManageFinance,
    /// Record what the steering committee and the liaison council do, and requests.
    CommitteeWork,
    /// Open an audit, draw, ask, find, clear and close.
    AuditWork,
    /// Answer an auditor's question.
    AnswerAudit,
}

impl Action {
    /// What somebody must be allowed to who reads the events of a category of streams, text closed.
    ///
    /// Who opened what, who signed in and who took what along tells of colleagues: reading it is
    /// reviewing them.
    #[must_use]
    pub fn to_read(category: Option<&str>) -> Self {
        match category {
            Some("access") => Self::ReviewLedger,
            Some(_) | None => Self::ReadEvents,
        }
    }
}

/// Whose record it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A person served.
    Person,
    /// The centre's work beside that: facilities, training, offices, consultations about nobody known.
    Practice,
    /// Meetings of the committee, opinions, requests.
    Governance,
    /// An audit.
    Audit,
    /// The ledger as a whole: settings, money, accounts, approvals, who viewed what.
    Ledger,
}

impl Subject {
    /// Every subject.
    pub const ALL: &'static [Self] = &[
        Self::Person,
        Self::Practice,
        Self::Governance,
        Self::Audit,
        Self::Ledger,
    ];

    /// Whose record a stream is.
    #[must_use]
    pub fn of(stream: &StreamName) -> Self {
        match stream.category() {
            Some("child") => Self::Person,
            Some("inquiry" | "facility" | "trainee" | "organisation") => Self::Practice,
            Some("committee" | "opinion" | "request") => Self::Governance,
            Some("audit") => Self::Audit,
            // Settings, money, accounts, approvals, accesses, and what a foreign writer wrote.
            Some(_) | None => Self::Ledger,
        }
    }
}

/// How an account stands to a person served, from less to more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assignment {
    /// Not at all; also where the subject is no person.
    None,
    /// It took access in an emergency, which has not run out.
    Emergency,
    /// It is in charge of the person (担当).
    InCharge,
}

impl Assignment {
    /// Every assignment.
    pub const ALL: &'static [Self] = &[Self::None, Self::Emergency, Self::InCharge];
}

/// Says whether a role may do something.
///
/// The assignment only counts where the subject is a person. Recording and correcting need none: a
/// call is written down by whoever takes it, and shows the writer nothing.
///
/// # Errors
/// [`Reason::NoPermission`] on `role`, or on `assignment` where being in charge is what is missing.
pub fn authorise(
    role: Role,
    action: Action,
    subject: Subject,
    assignment: Assignment,
) -> Result<(), Rejection> {
    if allowed(role, action, subject, assignment) {
        return Ok(());
    }
    let other = Assignment::ALL.iter().copied();
    let missing = other.filter(|other| *other > assignment);
    let in_charge_would = missing
        .filter(|_| subject == Subject::Person)
        .any(|more| allowed(role, action, subject, more));
    let field = if in_charge_would {
        "assignment"
    } else {
        "role"
    };
    Err(Reason::NoPermission.on(field))
}

/// Whether an account of a role may be put in charge of a person: it must come to read their record by that.
#[must_use]
pub fn may_be_in_charge(role: Role) -> bool {
    let reads = allowed(
        role,
        Action::ReadTimeline,
        Subject::Person,
        Assignment::InCharge,
    );
    role.is_of_accounts() && reads
}

/// The role in which the actor acts, as the account that stands among the loaded streams has it.
pub(crate) fn acting(given: Role, loaded: &[Loaded], context: &Context) -> Result<Role, Rejection> {
    let own = account::stream(context.ledger, &context.actor);
    let own = loaded.iter().find(|loaded| loaded.stream == own);
    let account = own.and_then(|own| Account::of(own.folded.state()));
    account.map_or(Ok(given), |account| account::acting(given, account))
}

/// Whether the context's role may have a decision made about the streams it loaded.
///
/// The first stream is the one that a command is about; of several persons the least assigned counts.
pub(crate) fn admit<D: Decision + ?Sized>(
    decision: &D,
    loaded: &[Loaded],
    context: &Context,
) -> Result<(), Rejection> {
    let (Some(action), Some(first)) = (decision.action(), loaded.first()) else {
        return Ok(());
    };
    let persons = loaded.iter();
    let persons = persons.filter_map(|loaded| Child::of(loaded.folded.state()));
    let assignments = persons.map(|child| child.care_team.assignment(&context.actor, context.now));
    authorise(
        context.role,
        action,
        Subject::of(&first.stream),
        assignments.min().unwrap_or(Assignment::None),
    )
}
