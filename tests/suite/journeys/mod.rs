//! What each person does, through the program, on both engines.

mod committee;
mod importing;
mod killed;
mod rejects;
