//! What a ledger must survive: processes and servers that are killed, connections cut at any byte, owners
//! that are stopped and wake too late, full and read-only disks, readers that cannot keep up.
//!
//! Random choices come from `CARE_LEDGER_TORTURE_SEED`, which is printed; `CARE_LEDGER_TORTURE_SECONDS`
//! has the storms go on for that long, as `just torture` does.

// Processes that write and follow one ledger, and how they are held to what they said.
mod fleet;
// Full and read-only disks.
mod full;
// Two owners of one lease, one of them stopped now and then.
mod owners;
// Cuts connections at any byte.
mod proxy;
// A reader that cannot keep up.
mod slow_reader;
// Processes, connections and a server that do not last.
mod storm;

const WORKER: &str = env!("CARGO_BIN_EXE_ledger-worker");

/// A worker's command.
pub(crate) fn worker(arguments: &[&str]) -> std::process::Command {
    let mut command = std::process::Command::new(WORKER);
    // What a worker says of the troubles that are made for it would hide what a test says.
    command.args(arguments).stderr(std::process::Stdio::null());
    command
}
