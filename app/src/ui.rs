//! The parts every page is made of: native HTML first, one component per file, styled by `style/ui/<same name>.css`.
//!
//! Nothing here is an island. A part used inside an island must stay cheap: no formatting machinery, no URL parsing.

mod badge;
mod breadcrumbs;
mod button;
mod card;
mod checkbox;
mod dialog;
mod disclosure;
mod empty_state;
mod error_summary;
mod error_view;
mod field;
mod fieldset;
mod form;
mod icon;
mod key_hint;
mod load;
mod mark_bar;
mod notice;
mod option_row;
mod page;
mod pagination;
mod progress_steps;
mod prose_view;
mod radio_group;
mod select;
mod skeleton;
mod switch;
mod table;
mod tabs;
mod time;

pub use badge::{Badge, BadgeKind};
pub use breadcrumbs::Breadcrumbs;
pub use button::{Button, ButtonVariant, LinkButton};
pub use card::Card;
pub use checkbox::Checkbox;
pub use dialog::Dialog;
pub use disclosure::Disclosure;
pub use empty_state::EmptyState;
pub use error_summary::ErrorSummary;
pub use error_view::{ErrorView, WayOut};
pub use field::Field;
pub use fieldset::Fieldset;
pub use form::{CurrentForm, Form};
pub use icon::{Icon, IconName};
pub use key_hint::KeyHint;
pub use load::load;
pub use mark_bar::MarkBar;
pub use notice::{Notice, NoticeKind};
pub use option_row::{OptionRow, OptionState};
pub use page::{Page, PageWidth};
pub use pagination::Pagination;
pub use progress_steps::ProgressSteps;
pub use prose_view::{InlineProse, ProseView};
pub use radio_group::{Choice, RadioGroup};
pub use select::Select;
pub use skeleton::Skeleton;
pub use switch::Switch;
pub use table::Table;
pub use tabs::{Tab, Tabs};
pub use time::Time;

#[cfg(test)]
mod contrast_tests;
#[cfg(test)]
mod form_tests;

#[cfg(test)]
pub(crate) mod testing {
    use leptos::prelude::*;

    /// The HTML of a view, as the server would send it, without the marks between text nodes.
    pub fn render(view: impl FnOnce() -> AnyView) -> String {
        Owner::new().with(|| view().to_html()).replace("<!>", "")
    }
}
