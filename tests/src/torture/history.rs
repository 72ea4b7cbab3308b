//! What writers were told, and whether a log keeps it; one pass, whatever its length.

use std::collections::HashMap;

use super::log::Log;
use super::task::Task;

/// When an append was first asked for and when it was answered, by the machine's clock.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    pub begun: u64,
    /// The first answer; none while there is none.
    pub answered: Option<u64>,
    /// Position of its last event, where that was told.
    pub position: Option<u64>,
}

/// What all writers asked for and were told, as their lines say.
#[derive(Default, Debug)]
pub struct History {
    appends: HashMap<Task, Answer>,
    /// The number that each writer is at.
    next: HashMap<u32, u64>,
    /// A line that no writer should have written.
    wrong: Option<String>,
}

impl History {
    /// Takes a writer's line: `begin WRITER NUMBER TIME` before an append is first tried by a process,
    /// `ack WRITER NUMBER TIME POSITION` when it is answered, `known WRITER NUMBER TIME` when it turned
    /// out to stand already.
    pub fn take(&mut self, line: &str) {
        if self.try_take(line).is_none() && self.wrong.is_none() {
            self.wrong = Some(line.to_owned());
        }
    }

    fn try_take(&mut self, line: &str) -> Option<()> {
        let mut words = line.split(' ');
        let what = words.next()?;
        let numbers = words.map(|word| word.parse::<u64>().ok());
        let numbers: Vec<u64> = numbers.collect::<Option<_>>()?;
        let (writer, number, time) = (*numbers.first()?, *numbers.get(1)?, *numbers.get(2)?);
        let writer = u32::try_from(writer).ok()?;
        let answer = self.appends.entry(Task { writer, number });
        let answer = answer.or_insert(Answer {
            begun: time,
            answered: None,
            position: None,
        });
        match (what, numbers.get(3)) {
            ("begin", None) => return Some(()),
            ("ack", Some(position)) => answer.position = Some(*position),
            ("known", None) => {},
            _ => return None,
        }
        answer.answered = answer.answered.or(Some(time));
        self.next.insert(writer, number + 1);
        Some(())
    }

    /// The number that a writer goes on with.
    #[must_use]
    pub fn next(&self, writer: u32) -> u64 {
        self.next.get(&writer).copied().unwrap_or(0)
    }

    /// The first line that no writer should have written: its last words.
    #[must_use]
    pub fn wrong(&self) -> Option<&str> {
        self.wrong.as_deref()
    }

    /// Answered appends.
    #[must_use]
    pub fn answered(&self) -> usize {
        let answers = self.appends.values();
        answers.filter(|answer| answer.answered.is_some()).count()
    }

    /// Compares the log with what was told: what was answered stands, where the answer said, and after
    /// everything that had been answered before it was asked for.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self, log: &Log) -> Result<(), String> {
        if let Some(line) = &self.wrong {
            return Err(format!("a writer said: {line}"));
        }
        let (mut found, mut earliest_after) = (0, (u64::MAX, None));
        for block in log.blocks.iter().rev() {
            let task = block.task;
            let answer = self.appends.get(&task);
            let answer =
                answer.ok_or_else(|| format!("{task:?} stands, but nobody asked for it"))?;
            if answer
                .position
                .is_some_and(|told| told != block.last_position)
            {
                let stands = block.last_position;
                return Err(format!("{task:?} stands at {stands}, told was {answer:?}"));
            }
            let (answered_after, later) = earliest_after;
            if answered_after < answer.begun {
                return Err(format!(
                    "{task:?} stands before {later:?}, which was answered before it was asked for"
                ));
            }
            if let Some(answered) = answer.answered {
                found += 1;
                earliest_after = earliest_after.min((answered, Some(task)));
            }
        }
        let lost = self.answered() - found;
        (lost == 0)
            .then_some(())
            .ok_or_else(|| format!("{lost} answered appends are not in the log"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::log::Block;
    use super::*;

    /// A log of these writers' first appends, one event each.
    fn log(writers: &[u32]) -> Log {
        let blocks = writers
            .iter()
            .zip(1..)
            .map(|(&writer, last_position)| Block {
                task: Task { writer, number: 0 },
                last_position,
            });
        Log {
            ids: Vec::new(),
            blocks: blocks.collect(),
        }
    }

    fn history(lines: &[&str]) -> History {
        let mut history = History::default();
        for line in lines {
            history.take(line);
        }
        history
    }

    const TWO: [&str; 4] = [
        "begin 1 0 10",
        "ack 1 0 20 1",
        "begin 2 0 30",
        "ack 2 0 40 2",
    ];

    #[test]
    fn a_log_that_keeps_what_was_told_is_found_right() {
        assert_eq!(history(&TWO).check(&log(&[1, 2])), Ok(()));
        // What was never answered may stand or not, and anywhere after what was answered before.
        let more = [&TWO[..], &["begin 3 0 25"]].concat();
        assert_eq!(history(&more).check(&log(&[1, 2])), Ok(()));
        assert_eq!(history(&more).check(&log(&[1, 2, 3])), Ok(()));
    }

    #[test]
    fn a_lost_event_another_place_and_another_order_are_found() {
        let wrong =
            |lines: &[&str], writers: &[u32]| history(lines).check(&log(writers)).unwrap_err();

        assert!(wrong(&TWO, &[1]).contains("not in the log"));
        assert!(wrong(&TWO, &[1, 3, 2]).contains("told was"));
        assert!(wrong(&TWO[..2], &[1, 2]).contains("nobody asked"));
        let untold = [
            "begin 1 0 10",
            "known 1 0 20",
            "begin 2 0 30",
            "known 2 0 40",
        ];
        assert_eq!(history(&untold).check(&log(&[1, 2])), Ok(()));
        assert!(wrong(&untold, &[2, 1]).contains("answered before"));
        assert!(wrong(&["panicked"], &[]).contains("panicked"));
    }

    #[test]
    fn an_append_that_another_process_finished_was_begun_by_the_first() {
        let lines = [
            "begin 1 0 10",
            "begin 2 0 11",
            "ack 2 0 12 2",
            "begin 1 0 13",
            "ack 1 0 14 1",
        ];
        assert_eq!(history(&lines).check(&log(&[1, 2])), Ok(()));
        assert_eq!(history(&lines).next(1), 1);
    }
}
