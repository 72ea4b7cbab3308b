//! The one test binary; a comment at each module says what belongs there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of tests are tests"
)]

// The kit itself: servers answer, databases come and go.
mod kit;
// What is stored for ever: every golden file still reads, and new bytes equal them.
mod golden;
// The JSON Schemas of events and commands, as they are checked in.
mod schemas;
// What the program does for every row of the ward's paper.
mod coverage;
// Every event as people read it.
mod sentences;
// What a store promises, for each backend.
mod backends;
// The SQLite file: opening it, and what it refuses.
mod embedded;
mod event_index;
// A store against a list in memory.
mod model;
// Every SQL text of the views, on both engines.
mod sql;
// Facts of every event, and the indicators that are measured from them.
mod indicators;
// Kept projections while several programs look at them.
mod views;
// Facts that are read as they stand while only openings follow them.
mod behind_the_facts;
// Kept projections on a server that crashes.
mod views_server;
mod words;
// Consumers that several processes share.
mod consumers;
// A timeline against the states of commands.
mod timeline;
// Changes behind the program's back are found.
mod tamper;
// PostgreSQL refuses to change the log.
mod append_only;
// A PostgreSQL server that stops, hangs or changes under a running ledger.
mod postgres_server;
// A ledger on PostgreSQL is made, brought up to date, refused.
mod postgres_ledger;
// Scans from page to page, with large events among small ones.
mod scans;
// The loop around decisions, on both engines.
mod commands;
// Who may not is refused by that loop, and nothing is written.
mod rights;
// Decisions rest on what they only read, too.
mod read_streams;
// The log in a file, and a ledger made of it again.
mod backup;
// Keys and what they seal.
mod keys;
// What people see and do in a browser, without scripts and without a browser.
mod pages;
// The same pages in Chromium: by keyboard, as they look, as they are printed.
mod browser;
// What programs ask and send over HTTP.
mod api;
// Who may sign in, and who is.
mod sign_ins;
// A simulated trial: the same seed gives the same ledger on both engines.
mod simulate;
// What is measured, and that the documentation says what it means.
mod metrics;
// What each person does, through the program.
mod journeys;
// What commands refuse, and what they never refuse.
mod rejections;
// The golden checks of the ward's paper, in their order.
mod golden_checks;
// What holds of random commands.
mod properties;
// Processes, servers, connections and disks that fail, all at once.
mod torture;
// Memory does not grow with the log.
mod bounded_memory;
