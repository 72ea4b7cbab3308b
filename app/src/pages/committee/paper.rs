//! A page of the committee, to be looked at or taken along: its file is made of the very tables that it shows, so
//! that what is withheld on the page is withheld in the file.

use askama::Template;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_core::id::Position;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{self, Book, Links, Table, Wanted};
use super::super::fault::{Refusal, shown};
use super::super::site::Site;
use super::frame::Frame;

/// A page whose tables can be taken along.
pub(super) trait Paper: Template + Send {
    /// What stands around it.
    fn around(&mut self) -> (&Chrome, &mut Frame);

    /// Its tables, with what stands in them.
    fn tables(&self) -> Vec<Table>;

    /// The same for links that name them; what stands in long ones may be missing.
    fn heads(&self) -> Vec<Table> {
        self.tables()
    }
}

/// The page, or its tables as a file.
///
/// # Errors
/// [`Refusal`] when they may not be taken, or there is no such table.
pub(super) async fn answer(
    (site, signed_in): (&Site, &SignedIn),
    (list, as_at): (ExportedList, Position),
    asked: &(impl Wanted + Sync),
    mut page: impl Paper,
) -> Result<Response, Refusal> {
    let (format, table) = asked.form();
    let Some(format) = export::format(format)? else {
        let tables = page.heads();
        let (_, frame) = page.around();
        frame.export = Links::of_tables(signed_in, list, asked, &tables);
        frame.printed = signed_in.printed();
        return shown(&page);
    };
    let tables = page.tables();
    let (chrome, frame) = page.around();
    let tables = tables
        .into_iter()
        .map(|table| table.or_stamped(&frame.stamp));
    let book = Book {
        title: chrome.title.clone(),
        tables: tables.collect(),
    };
    drop(page);
    export::hand_over_book(site, signed_in, (list, format, as_at), (book, table)).await
}
