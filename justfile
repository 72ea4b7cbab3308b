# Short names for what CI and the README call; `just` lists them.

[private]
default:
    @just --list

# Everything that CI checks, but for the tests
check:
    .ci/run fmt clippy doc deny

# The whole suite, or the tests whose names contain a text
test *NAMES:
    scripts/test {{ NAMES }}

# Benchmarks, as ratios
bench *ARGUMENTS:
    cargo bench --workspace --locked {{ ARGUMENTS }}

# Writes the golden files that are missing; existing ones are never changed
golden:
    CARE_LEDGER_WRITE_GOLDEN=1 scripts/test --test suite golden

# The tests that kill, cut off, stop, tamper and fill up: storms for CARE_LEDGER_TORTURE_SECONDS (600)
torture:
    CARE_LEDGER_TORTURE_SECONDS="${CARE_LEDGER_TORTURE_SECONDS:-600}" scripts/test --package ledger-tests --test suite -- --nocapture torture killed postgres_server tamper size
