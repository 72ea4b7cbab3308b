//! What each person does, through the program, on both engines.

mod accounts;
mod auditing;
mod auditor;
mod audits;
mod beginning;
mod cards;
mod committee;
mod committee_views;
mod demo;
mod directory;
mod events;
mod explaining;
mod faults;
mod importing;
mod killed;
mod logins;
mod logs;
mod recording;
mod rejects;
mod requests;
mod rules;
mod shell;
mod simulating;
mod staff;
mod timelines;
mod work_list;
