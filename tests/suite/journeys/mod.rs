//! What each person does, through the program, on both engines.

mod auditing;
mod auditor;
mod committee;
mod demo;
mod faults;
mod importing;
mod killed;
mod rejects;
mod staff;
mod timelines;
