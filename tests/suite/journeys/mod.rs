//! What each person does, through the program, on both engines.

mod auditor;
mod beginning;
mod committee;
mod demo;
mod faults;
mod importing;
mod killed;
mod logs;
mod recording;
mod rejects;
mod shell;
mod staff;
