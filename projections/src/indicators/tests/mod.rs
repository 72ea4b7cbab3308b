//! Tests of the indicators.
