//! Starts the program: arguments in, exit code out.

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
    ExitCode::from(exit.code())
}
