//! A long list page by page: which part of it stands on one, and where the others are.

use std::ops::Range;

use serde::Serialize;

/// The pages of a list beside the one that is shown.
pub(super) struct Paging {
    /// The queries of the page before this one and of the one after it.
    pub(super) before: Option<String>,
    pub(super) next: Option<String>,
    /// Which of the list stand on this one.
    pub(super) shown: Range<usize>,
}

impl Paging {
    /// The `page`th page, from 0, of a list of so many, when `asked` is what else its address says.
    pub(super) fn of(asked: &impl Serialize, page: usize, (lines, all): (usize, usize)) -> Self {
        let at = |page: usize| {
            let query = serde_html_form::to_string(asked).unwrap_or_default();
            format!("{query}&page={page}")
        };
        let first = page.saturating_mul(lines).min(all);
        let behind = first.saturating_add(lines).min(all);
        Self {
            before: page.checked_sub(1).map(at),
            next: (behind < all).then(|| at(page.saturating_add(1))),
            shown: first..behind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Asked {
        area: &'static str,
    }

    fn paging(page: usize, all: usize) -> Paging {
        Paging::of(&Asked { area: "kitazawa" }, page, (10, all))
    }

    #[test]
    fn each_of_a_list_stands_on_one_page() {
        let pages = (0..3).flat_map(|page| paging(page, 25).shown);

        assert_eq!(pages.collect::<Vec<_>>(), (0..25).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_and_the_last_page_lead_to_none_beyond() {
        let (first, last) = (paging(0, 20), paging(1, 20));

        assert_eq!((first.before, last.next), (None, None));
        assert_eq!(first.next.unwrap(), "area=kitazawa&page=1");
        assert_eq!(last.before.unwrap(), "area=kitazawa&page=0");
    }

    #[test]
    fn a_page_beyond_the_end_is_empty() {
        assert_eq!(paging(usize::MAX, 5).shown, 5..5);
    }
}
