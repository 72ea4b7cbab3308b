//! Code tables: each code with its stored English name and the ward's own Japanese term.
