//! Which events of the log are wanted: by the names of their types and of their streams.

use std::sync::Arc;

use fancy_regex::{Regex, RegexBuilder};

use super::event::StoredEvent;
use super::read::{EventPage, ReadError};
use crate::id::{EventType, StreamName};

/// Longest pattern, in bytes.
const PATTERN_BYTES_MAX: usize = 1_000;
/// Most steps back that trying a pattern on one name may take, so that none keeps a reader busy: a page
/// tries it on two thousand names.
const BACKTRACKS_MAX: usize = 5_000;
/// Most bytes that a part of a pattern may take once it is understood.
const PATTERN_SIZE_MAX: usize = 1 << 20;

/// Which events of the log are wanted; every part that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of types with such names.
    pub types: Option<NameFilter>,
    /// In streams with such names.
    pub streams: Option<NameFilter>,
}

/// Which names are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameFilter {
    /// These.
    OneOf(Vec<String>),
    /// Those that begin with one of these.
    Prefixes(Vec<String>),
    /// Those in which a regular expression is found.
    Pattern(Pattern),
}

impl Filter {
    /// Events of these types.
    #[must_use]
    pub fn of_types(types: impl IntoIterator<Item = EventType>) -> Self {
        let names = types.into_iter().map(|name| name.as_str().to_owned());
        Self {
            types: Some(NameFilter::OneOf(names.collect())),
            streams: None,
        }
    }

    /// Events in streams whose names begin so.
    #[must_use]
    pub fn of_streams(prefix: &str) -> Self {
        Self {
            types: None,
            streams: Some(NameFilter::Prefixes(vec![prefix.to_owned()])),
        }
    }

    /// Events in streams of a category: its name stands before their first `-`.
    #[must_use]
    pub fn of_category(category: &str) -> Self {
        Self::of_streams(&format!("{category}-"))
    }

    /// Whether an event of this type in this stream is wanted.
    ///
    /// # Errors
    /// [`PatternError::TooCostly`] where a pattern gives up on a name.
    pub fn wants(&self, stream: &StreamName, event_type: &EventType) -> Result<bool, PatternError> {
        let wants = |filter: &Option<NameFilter>, name| match filter {
            Some(filter) => filter.wants(name),
            None => Ok(true),
        };
        Ok(wants(&self.types, event_type.as_str())? && wants(&self.streams, stream.as_str())?)
    }

    /// The part that an engine looks after itself: everything but patterns.
    pub(crate) fn pushed(&self) -> Self {
        let pushed = |filter: &Option<NameFilter>| {
            let filter = filter.as_ref();
            filter.filter(|filter| !filter.is_pattern()).cloned()
        };
        Self {
            types: pushed(&self.types),
            streams: pushed(&self.streams),
        }
    }

    /// What engines are asked for: names of types, beginnings of theirs, names of streams, beginnings of
    /// theirs; none where that is not asked.
    pub(crate) fn lists(&self) -> [Option<Vec<&str>>; 4] {
        let [types, streams] = [&self.types, &self.streams].map(Option::as_ref);
        [
            types.and_then(NameFilter::names),
            types.and_then(NameFilter::prefixes),
            streams.and_then(NameFilter::names),
            streams.and_then(NameFilter::prefixes),
        ]
    }

    /// Whether a part of it is a pattern.
    pub(crate) fn has_pattern(&self) -> bool {
        let mut parts = [&self.types, &self.streams].into_iter().flatten();
        parts.any(NameFilter::is_pattern)
    }

    /// A page of the pushed part, without what a pattern does not want.
    pub(crate) fn rest(&self, page: EventPage) -> Result<EventPage, ReadError> {
        if !self.has_pattern() {
            return Ok(page);
        }
        let mut wanted = Vec::new();
        for event in page.events.iter() {
            if self.wants(&event.stream, &event.event_type)? {
                wanted.push(StoredEvent::clone(event));
            }
        }
        Ok(EventPage {
            events: wanted.into(),
            ..page
        })
    }
}

impl NameFilter {
    const fn is_pattern(&self) -> bool {
        matches!(self, Self::Pattern(_))
    }

    fn wants(&self, name: &str) -> Result<bool, PatternError> {
        match self {
            Self::OneOf(names) => Ok(names.iter().any(|one| one == name)),
            Self::Prefixes(prefixes) => Ok(prefixes.iter().any(|one| name.starts_with(one))),
            Self::Pattern(pattern) => pattern.is_in(name),
        }
    }

    /// The names, where these are asked for.
    fn names(&self) -> Option<Vec<&str>> {
        match self {
            Self::OneOf(names) => Some(names.iter().map(String::as_str).collect()),
            Self::Prefixes(_) | Self::Pattern(_) => None,
        }
    }

    /// What names begin with, where that is asked for.
    fn prefixes(&self) -> Option<Vec<&str>> {
        match self {
            Self::Prefixes(prefixes) => Some(prefixes.iter().map(String::as_str).collect()),
            Self::OneOf(_) | Self::Pattern(_) => None,
        }
    }
}

/// A regular expression that is looked for anywhere in a name, look-ahead included, as clients of
/// EventStoreDB write them (`^(?!\$)`: everything but system streams).
#[derive(Clone, Debug)]
pub struct Pattern(Arc<Regex>);

impl Pattern {
    /// Understands a pattern.
    ///
    /// # Errors
    /// [`PatternError::Malformed`] with what is wrong with it, [`PatternError::TooLong`] where it has
    /// more than 1,000 bytes.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        if pattern.len() > PATTERN_BYTES_MAX {
            return Err(PatternError::TooLong);
        }
        let mut builder = RegexBuilder::new(pattern);
        let regex = builder
            .backtrack_limit(BACKTRACKS_MAX)
            .delegate_size_limit(PATTERN_SIZE_MAX)
            .build();
        let malformed = |error: fancy_regex::Error| PatternError::Malformed {
            pattern: pattern.to_owned(),
            what: error.to_string(),
        };
        Ok(Self(Arc::new(regex.map_err(malformed)?)))
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is found in a name.
    fn is_in(&self, name: &str) -> Result<bool, PatternError> {
        let found = self.0.is_match(name);
        found.map_err(|_| PatternError::TooCostly {
            pattern: self.as_str().to_owned(),
        })
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It is no regular expression.
    #[error("the pattern {pattern:?} is not a regular expression: {what}")]
    Malformed {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        what: String,
    },
    /// It is longer than 1,000 bytes.
    #[error("a pattern has at most 1,000 bytes")]
    TooLong,
    /// Trying it on a name takes more steps than are allowed.
    #[error("the pattern {pattern:?} takes too many steps; write it without nested repetitions")]
    TooCostly {
        /// The pattern.
        pattern: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, name: &str) -> bool {
        Pattern::new(pattern).unwrap().is_in(name).unwrap()
    }

    #[test]
    fn the_patterns_of_official_clients_are_understood() {
        let excluding = r"^(?!(\$.+$|PersistentConfig\d+$|Result$))";
        for (pattern, name, expected) in [
            (excluding, "$settings", false),
            (excluding, "PersistentConfig1", false),
            (excluding, "consultation-recorded", true),
            (r"^[^\$].*", "$metadata", false),
            (r"^[^$].*", "child-1", true),
            (r"^a|b$", "ab", true),
            (r"^a|b$", "ba", false),
            ("sult", "consultation-recorded", true),
        ] {
            assert_eq!(found(pattern, name), expected, "{pattern} in {name}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        let malformed = Pattern::new("(a").unwrap_err();
        assert!(malformed.to_string().contains("\"(a\""), "{malformed}");
        let long = "a".repeat(PATTERN_BYTES_MAX + 1);
        assert_eq!(Pattern::new(&long).unwrap_err(), PatternError::TooLong);
        let costly = Pattern::new("^((?=a)a|(?=a)aa)*(?=b)").unwrap();
        let told = costly.is_in(&"a".repeat(900)).unwrap_err();
        assert!(matches!(told, PatternError::TooCostly { .. }), "{told}");
    }
}
