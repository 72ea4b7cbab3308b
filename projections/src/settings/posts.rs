//! The centre's posts, in full-time equivalents.

use ledger_core::event::{StaffPostEnded, StaffPostSet};
use ledger_core::time::Day;

/// One post as it was set, with its last day where it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What was set.
    pub set: StaffPostSet,
    /// Its last day.
    pub until: Option<Day>,
}

impl Post {
    /// Whether it is filled on a day.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        self.set.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// A post set again ends the day before its new setting begins.
pub(super) fn set(posts: &mut Vec<Post>, set: &StaffPostSet) {
    let eve = set.from.pred_opt();
    for post in posts.iter_mut().filter(|post| post.set.post == set.post) {
        post.until = post.until.min(eve).or(eve);
    }
    posts.push(Post {
        set: set.clone(),
        until: set.until,
    });
}

pub(super) fn end(posts: &mut [Post], ended: &StaffPostEnded) {
    if let Some(post) = posts
        .iter_mut()
        .rev()
        .find(|post| post.set.post == ended.post)
    {
        post.until = Some(ended.until);
    }
}
