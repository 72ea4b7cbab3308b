//! Starts the program: arguments in, exit code out.

fn main() {}
