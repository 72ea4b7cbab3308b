//! Where a ledger is: `postgres://user@host/database?ledger=NAME`.

use std::fmt;
use std::str::FromStr;

use tokio_postgres::Config;

use super::CONNECT_TIMEOUT;
use crate::store::OpenError;

/// Name of a ledger, which is its schema's name: `[a-z][a-z0-9_]{0,40}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LedgerName(String);

impl LedgerName {
    /// Checks and takes a name; it is put into SQL as an identifier, so nothing else may pass.
    ///
    /// # Errors
    /// [`OpenError::BadAddress`] when it has another form.
    pub fn new(name: &str) -> Result<Self, OpenError> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let begins = name.chars().next().is_some_and(|c| c.is_ascii_lowercase());
        if begins && name.len() <= 41 && name.chars().all(plain) {
            return Ok(Self(name.to_owned()));
        }
        let reason = "a ledger's or role's name is a-z, 0-9 and _, begins with a letter and has at most 41 characters";
        Err(OpenError::BadAddress {
            reason: reason.to_owned(),
        })
    }

    /// Puts the name, and the role that the program signs in with, into the text of an SQL file.
    pub(super) fn fill(&self, sql: &str, app: &Self) -> String {
        sql.replace("@ledger@", &self.0).replace("@app@", &app.0)
    }
}

impl fmt::Display for LedgerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Default for LedgerName {
    fn default() -> Self {
        Self("care_ledger".to_owned())
    }
}

/// Where a ledger is, with the login; printed without the password.
#[derive(Clone)]
pub struct Address {
    config: Config,
    ledger: LedgerName,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address(ledger {})", self.ledger)
    }
}

impl Address {
    /// The ledger.
    #[must_use]
    pub const fn ledger(&self) -> &LedgerName {
        &self.ledger
    }

    /// The driver's settings with this search path.
    #[must_use]
    pub fn config_for(&self, search_path: &str) -> Config {
        let mut config = self.config.clone();
        let given = config.get_options().unwrap_or_default();
        let options = format!("{given} -c search_path={search_path} -c timezone=UTC");
        config
            .options(options.trim())
            .connect_timeout(CONNECT_TIMEOUT);
        if config.get_application_name().is_none() {
            config.application_name("care-ledger");
        }
        config
    }
}

impl FromStr for Address {
    type Err = OpenError;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let (mut ledger, mut kept) = (LedgerName::default(), Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("ledger", name)) => ledger = LedgerName::new(name)?,
                Some(_) | None => kept.push(pair),
            }
        }
        let url = if kept.is_empty() {
            base.to_owned()
        } else {
            format!("{base}?{}", kept.join("&"))
        };
        // The driver's message may repeat what it was given, so it is not passed on.
        let config = url.parse::<Config>().map_err(|_| OpenError::BadAddress {
            reason: "expected postgres://user@host/database?ledger=NAME".to_owned(),
        })?;
        Ok(Self { config, ledger })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledger_is_taken_off_the_address_and_the_password_is_not_shown() {
        let address: Address = "postgres://taro:geheim@db/ward?ledger=hinata&application_name=x"
            .parse()
            .unwrap();

        assert_eq!(address.ledger().to_string(), "hinata");
        assert_eq!(address.config.get_application_name(), Some("x"));
        assert!(!format!("{address:?}").contains("geheim"));
    }

    #[test]
    fn a_name_that_is_no_identifier_is_refused() {
        for name in ["", "1a", "A", "a-b", "a;b", "a\"b", &"a".repeat(42)] {
            assert!(LedgerName::new(name).is_err(), "{name}");
        }
        assert!(
            "postgres://db/ward?ledger=x%20y"
                .parse::<Address>()
                .is_err()
        );
    }
}
