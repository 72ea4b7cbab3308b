//! Which part of a long list a program asks for: a page, as people are shown one, or the whole, which is taken
//! out of the ledger.

use ledger_core::event::ExportedList;

use crate::cli::view::Taken;

/// Most lines of a page.
pub(super) const LINES_MAX: usize = 100;

/// Which part of a list.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Part {
    /// 何番目から（最初は0） / from which line of the list on; the first is 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    from: usize,
    /// 件数（100まで） / how many, 100 at most
    #[arg(long, value_name = "N", default_value_t = LINES_MAX)]
    limit: usize,
    /// 全部を持ち出す（持ち出せる役割だけ、先に記録します） / take the whole along, recorded first
    #[arg(long, conflicts_with_all = ["from", "limit"])]
    whole: bool,
}

impl Part {
    /// The list that is taken along, and the field in which it stands; none where a page is asked for.
    pub(super) fn takes(self, list: ExportedList, field: &'static str) -> Option<Taken> {
        self.whole.then_some(Taken { list, field })
    }

    /// The part that is asked for, and at which line the next begins; none where this is the end.
    pub(super) fn of<T>(self, mut all: Vec<T>) -> (Vec<T>, Option<usize>) {
        if self.whole {
            return (all, None);
        }
        let from = self.from.min(all.len());
        let mut part = all.split_off(from);
        let lines = self.limit.clamp(1, LINES_MAX);
        let next = (part.len() > lines).then(|| from.saturating_add(lines));
        part.truncate(lines);
        (part, next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(from: usize, limit: usize) -> (Vec<usize>, Option<usize>) {
        let part = Part {
            from,
            limit,
            whole: false,
        };
        part.of((0..250).collect())
    }

    #[test]
    fn no_page_is_longer_than_one_that_people_are_shown() {
        assert_eq!(part(0, usize::MAX), ((0..100).collect(), Some(100)));
        assert_eq!(part(100, 100), ((100..200).collect(), Some(200)));
        assert_eq!(part(200, 100), ((200..250).collect(), None));
        assert_eq!(part(150, 100), ((150..250).collect(), None));
    }

    #[test]
    fn a_page_beyond_the_end_is_empty_and_the_last() {
        assert_eq!(part(usize::MAX, 10), (Vec::new(), None));
        // A page holds something, so that reading page by page comes to an end.
        assert_eq!(part(0, 0), (vec![0], Some(1)));
    }
}
