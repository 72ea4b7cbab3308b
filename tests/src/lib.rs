//! The test kit: servers, databases, clocks, conformance promises and faults.
