//! Empty: sqlx's MySQL driver is named by features that are never on.
