//! Where a ledger is: `postgres://user@host/database?ledger=NAME`.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::tls::Trust;
use crate::store::OpenError;

/// How long a connection may take at each of the server's addresses.
const CONNECT_TIME: Duration = Duration::from_secs(10);
/// How long sent bytes may stay unacknowledged before the connection counts as lost.
const UNACKNOWLEDGED_TIME: Duration = Duration::from_secs(20);
/// How long a connection may be silent before the other side is asked whether it lives.
const SILENCE_TIME: Duration = Duration::from_secs(30);

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
        // PostgreSQL keeps names that begin with pg_ for itself.
        let free = begins && !name.starts_with("pg_");
        if free && name.len() <= 41 && name.chars().all(plain) {
            return Ok(Self(name.to_owned()));
        }
        let reason = "a ledger's or role's name is a-z, 0-9 and _, begins with a letter but not with pg_, and has at most 41 characters";
        Err(OpenError::BadAddress {
            reason: reason.to_owned(),
        })
    }

    /// Puts the name, and the role that the program signs in with, into the text of an SQL file, where
    /// they stand between quotes, as a name may be one of SQL's own words.
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
///
/// Beside what the driver knows, the URL takes `ledger=NAME` and PostgreSQL's own `sslmode` and
/// `sslrootcert`: `require`, `verify-ca` and `verify-full` all encrypt and check the certificate and
/// the host's name, against the machine's authorities or those in the file `sslrootcert`. With
/// `disable`, `allow` and `prefer`, and without `sslmode`, nothing is encrypted.
#[derive(Clone)]
pub struct Address {
    config: Config,
    ledger: LedgerName,
    trust: Trust,
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

    /// The same place, where everything is done as `role`, of which the login must be a member: what it
    /// makes belongs to that role.
    #[must_use]
    pub fn acting_as(&self, role: &LedgerName) -> Self {
        let mut other = self.clone();
        let given = self.config.get_options().unwrap_or_default();
        let options = format!("{given} -c role={role}");
        other.config.options(options.trim());
        other
    }

    /// The driver's settings with this search path.
    #[must_use]
    pub fn config_for(&self, search_path: &str) -> Config {
        let mut config = self.config.clone();
        let given = config.get_options().unwrap_or_default();
        let options = format!("{given} -c search_path={search_path} -c timezone=UTC");
        config
            .options(options.trim())
            .connect_timeout(CONNECT_TIME)
            .tcp_user_timeout(UNACKNOWLEDGED_TIME)
            .keepalives_idle(SILENCE_TIME);
        if config.get_application_name().is_none() {
            config.application_name("care-ledger");
        }
        config
    }

    /// Encrypts and checks as the address says.
    pub(super) fn connector(&self) -> Result<MakeRustlsConnect, OpenError> {
        self.trust.connector()
    }

    /// Whether what is read and written can be heard on a network.
    pub(super) fn is_overheard(&self) -> bool {
        let here = |host: &Host| match host {
            Host::Tcp(name) => {
                name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
            },
            #[cfg(unix)]
            Host::Unix(_) => true,
        };
        self.trust == Trust::NotEncrypted && !self.config.get_hosts().iter().all(here)
    }
}

fn wrong(reason: &str) -> OpenError {
    OpenError::BadAddress {
        reason: reason.to_owned(),
    }
}

impl FromStr for Address {
    type Err = OpenError;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let (mut ledger, mut kept) = (LedgerName::default(), Vec::new());
        let (mut encrypted, mut authorities) = (false, None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("ledger", name)) => ledger = LedgerName::new(name)?,
                Some(("sslmode", mode)) => {
                    encrypted = match mode {
                        "require" | "verify-ca" | "verify-full" => true,
                        "disable" | "allow" | "prefer" => false,
                        _ => return Err(wrong("sslmode is disable, require or verify-full")),
                    };
                },
                Some(("sslrootcert", path)) => {
                    let path = percent_decode_str(path).decode_utf8();
                    let path = path.map_err(|_| wrong("sslrootcert is no UTF-8"))?;
                    authorities = (path != "system").then(|| PathBuf::from(path.into_owned()));
                },
                Some(_) | None => kept.push(pair),
            }
        }
        let url = if kept.is_empty() {
            base.to_owned()
        } else {
            format!("{base}?{}", kept.join("&"))
        };
        // The driver's message may repeat what it was given, so it is not passed on.
        let mut config = url
            .parse::<Config>()
            .map_err(|_| wrong("expected postgres://user@host/database?ledger=NAME"))?;
        let (mode, trust) = match (encrypted, authorities) {
            (false, _) => (SslMode::Disable, Trust::NotEncrypted),
            (true, None) => (SslMode::Require, Trust::Machine),
            (true, Some(path)) => (SslMode::Require, Trust::File(path)),
        };
        config.ssl_mode(mode);
        Ok(Self {
            config,
            ledger,
            trust,
        })
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
    fn encryption_is_never_weaker_than_the_address_asks() {
        let mode = |query: &str| {
            let address: Address = format!("postgres://db/ward?{query}").parse().unwrap();
            (address.config.get_ssl_mode(), address.trust)
        };
        let file = Trust::File(PathBuf::from("/etc/ward ca.pem"));

        for asked in ["require", "verify-ca", "verify-full"] {
            let machine = (SslMode::Require, Trust::Machine);
            assert_eq!(mode(&format!("sslmode={asked}")), machine, "{asked}");
        }
        assert_eq!(
            mode("sslrootcert=/etc/ward%20ca.pem&sslmode=require&ledger=x"),
            (SslMode::Require, file)
        );
        assert_eq!(mode("").1, Trust::NotEncrypted);
        assert!("postgres://db/?sslmode=Require".parse::<Address>().is_err());
    }

    #[test]
    fn only_a_plain_connection_to_another_machine_is_overheard() {
        let overheard = |url: &str| url.parse::<Address>().unwrap().is_overheard();

        assert!(overheard("postgres://db.ward.example/ward"));
        assert!(overheard("postgres://127.0.0.1,10.0.0.9/ward"));
        assert!(!overheard(
            "postgres://db.ward.example/ward?sslmode=require"
        ));
        assert!(!overheard("postgres://127.0.0.1/ward"));
        assert!(!overheard("postgres://[::1]/ward"));
        assert!(!overheard("postgres://%2Frun%2Fpostgresql/ward"));
    }

    #[test]
    fn a_name_that_is_no_identifier_is_refused() {
        for name in ["", "1a", "A", "a-b", "a;b", "a\"b", "pg_a", &"a".repeat(42)] {
            assert!(LedgerName::new(name).is_err(), "{name}");
        }
        assert!(
            "postgres://db/ward?ledger=x%20y"
                .parse::<Address>()
                .is_err()
        );
    }
}
