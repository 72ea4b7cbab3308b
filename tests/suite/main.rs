//! The one test binary; a comment at each module says what belongs there.
