//! The parts every page is made of: native HTML first, one component per file, styled by `style/ui/<same name>.css`.
//!
//! Nothing here is an island. A part used inside an island must stay cheap: no formatting machinery, no URL parsing.

mod button;
mod card;
mod error_summary;
mod field;
mod form;
mod icon;
mod notice;
mod page;

pub use button::{Button, ButtonVariant, LinkButton};
pub use card::Card;
pub use field::Field;
pub use form::{CurrentForm, Form};
pub use icon::{Icon, IconName};
pub use notice::{Notice, NoticeKind};
pub use page::{Page, PageWidth};

#[cfg(test)]
pub(crate) mod testing {
    use leptos::prelude::*;

    /// The HTML of a view, as the server would send it.
    pub fn render(view: impl FnOnce() -> AnyView) -> String {
        Owner::new().with(|| view().to_html())
    }
}
