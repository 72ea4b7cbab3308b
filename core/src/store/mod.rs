//! The event store: what it promises, and the engines that keep the promise.
