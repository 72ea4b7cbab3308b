//! Empty: sqlx's SQLite driver is named by features that are never on.
