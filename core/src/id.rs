//! Newtypes for everything that is named or numbered: ids, positions, revisions, stream names.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares one id type per line; each is a UUID that names one kind of thing for its whole life.
macro_rules! id {
    ($($(#[$doc:meta])* $Name:ident,)+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $Name(Uuid);

        impl $Name {
            /// Takes a UUID that is known to name this kind of thing.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self { Self(uuid) }

            /// The UUID itself, for storage and derivation.
            #[must_use]
            pub const fn uuid(self) -> Uuid { self.0 }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }

        $crate::schema::text_schema!($Name, {"format": "uuid"});

        impl FromStr for $Name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
    )+ };
}

id! {
    /// Names one ledger; made at random by `init`.
    LedgerId,
    /// Names one stored event: UUIDv5(command id, index in the command).
    EventId,
    /// Names one command and makes it idempotent: UUIDv7, or UUIDv5 for an imported row.
    CommandId,
    /// Names one person served (児・者, adults included).
    ChildId,
    /// Names one consultation without a known person.
    InquiryId,
    /// Names one facility that receives technical support.
    FacilityId,
    /// Names one advisor in training.
    TraineeId,
    /// Names one consultation, also where several children's streams hold it.
    ConsultationId,
    /// Names one referral (連携) to another office, or by one to the centre.
    ReferralId,
    /// Names one home-living support plan over all its versions.
    SupportPlanId,
    /// Names one individual disaster plan over all its versions.
    DisasterPlanId,
    /// Names one guardian of one child.
    GuardianId,
    /// Names one support visit to a facility.
    VisitId,
    /// Names one training session of an advisor.
    SessionId,
    /// Names one office that the centre works with.
    OrganisationId,
    /// Names one account.
    AccountId,
    /// Names one approval.
    ApprovalId,
    /// Names one stay in hospital.
    HospitalStayId,
    /// Names one consent.
    ConsentId,
    /// Names one sharing of information with another office.
    SharingId,
    /// Names one member of a person's care team.
    CareTeamMemberId,
    /// Names one promised next step.
    FollowUpId,
    /// Names one survey at a facility.
    SurveyId,
    /// Names one post of the centre.
    PostId,
    /// Names one expenditure.
    ExpenditureId,
    /// Names one meeting of the steering committee.
    MeetingId,
    /// Names one finding of the committee or of an audit.
    FindingId,
    /// Names one recommendation of the committee.
    RecommendationId,
    /// Names one opinion of the liaison council.
    OpinionId,
    /// Names one request to the state or to Tokyo.
    RequestId,
    /// Names one audit engagement.
    EngagementId,
    /// Names one question of an audit.
    QuestionId,
    /// Names one data-encryption key in the key store.
    KeyId,
}

impl EventId {
    /// The id of the `index`th event of a command; fixed by the stored format.
    #[must_use]
    pub fn of_command(command: CommandId, index: usize) -> Self {
        Self(Uuid::new_v5(&command.uuid(), index.to_string().as_bytes()))
    }
}

impl CommandId {
    /// The id of the thing of a kind that this command makes, where no register number names it:
    /// UUIDv5(command id, kind); fixed by the stored format.
    ///
    /// The same command sent again names the same thing. No kind is a number, so that none of
    /// these ids is an event's.
    #[must_use]
    pub fn made(self, kind: &str) -> Uuid {
        Uuid::new_v5(&self.0, kind.as_bytes())
    }
}

impl LedgerId {
    /// Derives the UUIDv5 of `kind:part:part…` in this ledger; fixed by the stored format.
    ///
    /// Every part is brought to NFKC and upper case first, so that a number written full-width or
    /// in lower case names the same thing. `kind` stands as it is.
    #[must_use]
    pub fn derive(self, kind: &str, parts: &[&str]) -> Uuid {
        let mut name = kind.to_owned();
        for part in parts {
            name.push(':');
            name.push_str(&crate::text::register_number(part));
        }
        Uuid::new_v5(&self.0, name.as_bytes())
    }
}

/// Place of an event in the whole log: 1, 2, 3 … without gaps, in commit order; 0 is "before the first".
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Position(u64);

/// Place of an event in its stream; the first is 0.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Revision(u64);

macro_rules! counter {
    ($Name:ident) => {
        impl schemars::JsonSchema for $Name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($Name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "integer", "minimum": 0})
            }
        }

        impl $Name {
            /// Takes a number that is known to be such a place.
            #[must_use]
            pub const fn new(number: u64) -> Self {
                Self(number)
            }

            /// The number itself.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0
            }

            /// The place `n` further on, saturating at the end of the range.
            #[must_use]
            pub const fn plus(self, n: u64) -> Self {
                Self(self.0.saturating_add(n))
            }

            /// The number as the engines store it; saturates far beyond any real ledger.
            #[must_use]
            pub fn as_i64(self) -> i64 {
                i64::try_from(self.0).unwrap_or(i64::MAX)
            }

            /// Reads a stored number; a negative one, which no engine holds, becomes 0.
            #[must_use]
            pub fn from_i64(number: i64) -> Self {
                Self(u64::try_from(number).unwrap_or(0))
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}
counter!(Position);
counter!(Revision);

/// Name of a stream: 1 to 1,000 bytes of UTF-8 without U+0000; clones share it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StreamName(Arc<str>);

/// Name of an event type: 1 to 1,000 bytes of UTF-8 without U+0000; clones share it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventType(Arc<str>);

/// A stream or event type name that the store does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing was given.
    #[error("a name may not be empty")]
    Empty,
    /// More than 1,000 bytes.
    #[error("a name may have at most {max} bytes, this one has {length}", max = NAME_BYTES_MAX)]
    TooLong {
        /// Bytes given.
        length: usize,
    },
    /// U+0000, which PostgreSQL text cannot hold.
    #[error("a name may not contain U+0000")]
    Nul,
}

/// Longest stream or event type name, in bytes of UTF-8.
pub const NAME_BYTES_MAX: usize = 1_000;

fn checked_name(text: String) -> Result<Arc<str>, NameError> {
    match text.len() {
        0 => Err(NameError::Empty),
        length if length > NAME_BYTES_MAX => Err(NameError::TooLong { length }),
        _ if text.contains('\0') => Err(NameError::Nul),
        _ => Ok(text.into()),
    }
}

macro_rules! name {
    ($Name:ident) => {
        $crate::schema::text_schema!($Name, {"minLength": 1});

        impl $Name {
            /// Checks and takes a name.
            ///
            /// # Errors
            /// [`NameError`] when it is empty, too long or contains U+0000.
            pub fn new(text: impl Into<String>) -> Result<Self, NameError> {
                checked_name(text.into()).map(Self)
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $Name {
            type Error = NameError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::new(text)
            }
        }

        impl From<$Name> for String {
            fn from(name: $Name) -> Self {
                name.as_str().to_owned()
            }
        }
    };
}
name!(StreamName);
name!(EventType);

impl EventType {
    /// Takes a name fixed in the `events!` tables, which are all short and plain.
    #[must_use]
    pub(crate) fn of_table(name: &'static str) -> Self {
        Self(name.into())
    }
}

impl StreamName {
    /// The category: what stands before the first `-`; a name without one has none.
    #[must_use]
    pub fn category(&self) -> Option<&str> {
        self.0.split_once('-').map(|(category, _)| category)
    }

    /// The stream of one person served.
    #[must_use]
    pub fn child(id: ChildId) -> Self {
        Self(format!("child-{id}").into())
    }

    /// The stream of one consultation without a known person.
    #[must_use]
    pub fn inquiry(id: InquiryId) -> Self {
        Self(format!("inquiry-{id}").into())
    }

    /// The stream of one facility.
    #[must_use]
    pub fn facility(id: FacilityId) -> Self {
        Self(format!("facility-{id}").into())
    }

    /// The stream of one advisor in training.
    #[must_use]
    pub fn trainee(id: TraineeId) -> Self {
        Self(format!("trainee-{id}").into())
    }

    /// The stream of one office that the centre works with.
    #[must_use]
    pub fn organisation(id: OrganisationId) -> Self {
        Self(format!("organisation-{id}").into())
    }

    /// The stream of one account.
    #[must_use]
    pub fn account(id: AccountId) -> Self {
        Self(format!("account-{id}").into())
    }

    /// The stream of one approval.
    #[must_use]
    pub fn approval(id: ApprovalId) -> Self {
        Self(format!("approval-{id}").into())
    }

    /// The stream of one fiscal year's money and closing.
    #[must_use]
    pub fn fiscal_year(year: crate::time::FiscalYear) -> Self {
        Self(format!("fiscal-{}", year.year()).into())
    }

    /// The stream of one meeting of the steering committee.
    #[must_use]
    pub fn committee(id: MeetingId) -> Self {
        Self(format!("committee-{id}").into())
    }

    /// The stream of one opinion of the liaison council.
    #[must_use]
    pub fn opinion(id: OpinionId) -> Self {
        Self(format!("opinion-{id}").into())
    }

    /// The stream of one request to the state or to Tokyo.
    #[must_use]
    pub fn request(id: RequestId) -> Self {
        Self(format!("request-{id}").into())
    }

    /// The stream of one audit engagement.
    #[must_use]
    pub fn audit(id: EngagementId) -> Self {
        Self(format!("audit-{id}").into())
    }

    /// The stream of the programme's settings, targets and calendars.
    #[must_use]
    pub fn programme() -> Self {
        Self("programme".into())
    }

    /// The stream of the views, searches and exports of one day in Japan.
    #[must_use]
    pub fn access(day: chrono::NaiveDate) -> Self {
        Self(format!("access-{day}").into())
    }

    /// The fiscal year whose stream this is, if it is one.
    #[must_use]
    pub fn as_fiscal_year(&self) -> Option<crate::time::FiscalYear> {
        let year = self.0.strip_prefix("fiscal-")?.parse().ok()?;
        Some(crate::time::FiscalYear::new(year))
    }

    /// The child whose stream this is, if it is one.
    #[must_use]
    pub fn as_child(&self) -> Option<ChildId> {
        self.0.strip_prefix("child-")?.parse().ok()
    }
}
