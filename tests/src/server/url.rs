//! Where a server is and who asks, as a URL that the driver and `psql` understand.

use std::fmt::Write as _;

use tokio_postgres::config::Host;

/// A server, a login and a database.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    /// Host name, or the folder of a Unix socket, which begins with `/`.
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) role: String,
    pub(super) password: Option<String>,
    pub(super) database: String,
}

impl Address {
    /// Reads a URL with a host; role and database are `postgres` where it names none.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let config: tokio_postgres::Config = url.parse().ok()?;
        let host = match config.get_hosts().first()? {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(folder) => folder.to_str()?.to_owned(),
        };
        let password = config.get_password();
        Some(Self {
            host,
            port: config.get_ports().first().copied().unwrap_or(5432),
            role: config.get_user().unwrap_or("postgres").to_owned(),
            password: password.map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
            database: config.get_dbname().unwrap_or("postgres").to_owned(),
        })
    }

    pub(crate) fn with_database(&self, database: &str) -> Self {
        let database = database.to_owned();
        Self {
            database,
            ..self.clone()
        }
    }

    /// For another role, which has another password or none.
    pub(crate) fn with_role(&self, role: &str) -> Self {
        Self {
            role: role.to_owned(),
            password: None,
            ..self.clone()
        }
    }

    pub(crate) fn url(&self) -> String {
        let database = encoded(&self.database);
        let mut login = encoded(&self.role);
        if let Some(password) = &self.password {
            login = format!("{login}:{}", encoded(password));
        }
        let (host, port) = (&self.host, self.port);
        if host.starts_with('/') {
            let folder = encoded(host);
            format!("postgres://{login}@/{database}?host={folder}&port={port}")
        } else {
            format!("postgres://{login}@{host}:{port}/{database}")
        }
    }
}

/// Percent-encodes everything that could mean something in a URL.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut url, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            write!(url, "%{byte:02X}").expect("a String takes everything");
        }
        url
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_from_its_url() {
        for url in [
            "postgres://ann:p%40ss%2Fword@127.0.0.1:5433/ward",
            "postgres://ann@/ward?host=%2Ftmp%2Fa%20folder&port=5433",
            "postgres://postgres@localhost:5432/postgres",
        ] {
            assert_eq!(Address::parse(url).unwrap().url(), url);
        }
    }

    #[test]
    fn another_role_does_not_inherit_the_password() {
        let address = Address::parse("postgres://ann:secret@127.0.0.1:5433/ward").unwrap();

        let url = address.with_role("bob").with_database("other").url();

        assert_eq!(url, "postgres://bob@127.0.0.1:5433/other");
    }
}
