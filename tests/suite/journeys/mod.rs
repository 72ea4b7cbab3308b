//! What each person does, through the program, on both engines.

mod accounts;
mod amended;
mod auditing;
mod auditor;
mod audits;
mod backup_files;
mod backup_keys;
mod backup_recorded;
mod backups;
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
mod killed_restore;
mod logins;
mod logs;
mod no_room;
mod recording;
mod rejects;
mod requests;
mod rules;
mod serving;
mod serving_faults;
mod shell;
mod simulating;
mod staff;
mod timelines;
mod work_list;

pub(crate) use self::serving_faults::beside_at;
