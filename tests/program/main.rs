//! The program as the suite starts it in a process of its own, to be killed.

use std::process::ExitCode;

use ledger_app::world::World;

fn main() -> ExitCode {
    ledger_app::telemetry::start();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let Ok(runtime) = runtime else {
        return ExitCode::FAILURE;
    };
    let exit = runtime.block_on(ledger_app::run(std::env::args_os(), &mut World::system()));
    if let Some(path) = std::env::var_os("CARE_LEDGER_PEAK_FILE") {
        // Linux keeps a process's highest memory; a test compares it between runs.
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap_or_default();
        if std::fs::write(path, peak).is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::from(exit.code())
}
