//! The `codes!` macro: one line per code, with its stored name and its Japanese term.

/// The stored name of a code, and the ward's Japanese term for it.
pub type Term = (&'static str, &'static str);

/// A text that is no code of its table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of: {known}")]
pub struct UnknownCode {
    /// The codes of the table, stored names, separated by commas.
    pub known: String,
}

/// A code of any table.
pub trait Coded: Copy {
    /// The stored English name.
    fn code(self) -> &'static str;

    /// The ward's term.
    fn ja(self) -> &'static str;
}

/// Declares code tables. Stored names are frozen; Japanese terms are display and register text.
macro_rules! codes {
    ($(
        $(#[$doc:meta])*
        $Name:ident { $($(#[$cdoc:meta])* $Code:ident = $code:literal, $ja:literal;)+ }
    )+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name { $($(#[$cdoc])* #[doc = $ja] $Code,)+ }

        impl $Name {
            /// Every code, in the table's order.
            pub const ALL: &'static [Self] = &[$(Self::$Code),+];

            /// Every stored name with its Japanese term, in the table's order.
            pub const TERMS: &'static [$crate::code::Term] = &[$(($code, $ja)),+];

            /// The name under which it is stored.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$Code => $code,)+ }
            }

            /// The ward's Japanese term.
            #[must_use]
            pub const fn ja(self) -> &'static str {
                match self { $(Self::$Code => $ja,)+ }
            }

            /// Finds a code by its Japanese term, whatever its width.
            #[must_use]
            pub fn from_ja(term: &str) -> Option<Self> {
                let term = $crate::text::without_spaces(term);
                Self::ALL.iter().copied().find(|code| $crate::text::without_spaces(code.ja()) == term)
            }
        }

        impl $crate::code::Coded for $Name {
            fn code(self) -> &'static str {
                Self::code(self)
            }

            fn ja(self) -> &'static str {
                Self::ja(self)
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::str::FromStr for $Name {
            type Err = $crate::code::UnknownCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|code| code.code() == text).ok_or_else(|| {
                    let known: Vec<&str> = Self::ALL.iter().map(|code| code.code()).collect();
                    $crate::code::UnknownCode { known: known.join(", ") }
                })
            }
        }

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl schemars::JsonSchema for $Name {
            fn inline_schema() -> bool { true }

            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($Name).into() }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::schema::codes(Self::TERMS)
            }
        }

        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+ };
}
pub(crate) use codes;

#[cfg(test)]
mod tests {
    use crate::code::{Area, CareProcedure};

    #[test]
    fn a_code_is_found_by_its_japanese_term_in_any_width() {
        assert_eq!(
            CareProcedure::from_ja("経管栄養(胃ろう) "),
            Some(CareProcedure::TubeGastrostomy)
        );
        assert_eq!(Area::from_ja("　砧"), Some(Area::Kinuta));
        assert_eq!(Area::from_ja("渋谷"), None);
    }

    #[test]
    fn an_unknown_stored_code_is_refused_with_the_known_ones() {
        let error = serde_json::from_str::<Area>("\"shibuya\"").unwrap_err();
        assert!(
            error.to_string().contains("not one of: setagaya, kitazawa"),
            "{error}"
        );
    }
}
