//! What people look at: projections of the log, one folder each.
