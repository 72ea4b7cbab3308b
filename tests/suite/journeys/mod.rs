//! What each person does, through the program, on both engines.

mod auditing;
mod auditor;
mod beginning;
mod committee;
mod demo;
mod events;
mod faults;
mod importing;
mod killed;
mod logins;
mod logs;
mod recording;
mod rejects;
mod shell;
mod simulating;
mod staff;
mod timelines;
