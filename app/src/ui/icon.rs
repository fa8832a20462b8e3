//! Small line drawings of our own. They only repeat what a word beside them says, so they are hidden from screen readers.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    Back,
    Bookmark,
    Check,
    Clock,
    Cross,
    Danger,
    Info,
    Keyboard,
    List,
    Minus,
    Next,
    Person,
    Warning,
}

impl IconName {
    pub const ALL: [Self; 13] = [
        Self::Back,
        Self::Bookmark,
        Self::Check,
        Self::Clock,
        Self::Cross,
        Self::Danger,
        Self::Info,
        Self::Keyboard,
        Self::List,
        Self::Minus,
        Self::Next,
        Self::Person,
        Self::Warning,
    ];

    /// The strokes, in a box of 16 by 16.
    const fn path(self) -> &'static str {
        match self {
            Self::Back => "M13 8H3M7 4 3 8l4 4",
            Self::Bookmark => "M4 2.5h8v11L8 10.5l-4 3z",
            Self::Check => "M3 8.5 6.5 12 13 4.5",
            Self::Clock => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5v3.2l2 1.3",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::Danger => "M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM8 5v3.5M8 10.8v.4",
            Self::Info => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.5V11M8 4.8v.4",
            Self::Keyboard => "M1.5 4h13v8h-13zM4 6.7h.2M6.6 6.7h.2M9.2 6.7h.2M11.8 6.7h.2M5 9.5h6",
            Self::List => "M6 4h7.5M6 8h7.5M6 12h7.5M2.8 4h.2M2.8 8h.2M2.8 12h.2",
            Self::Minus => "M3.5 8h9",
            Self::Next => "M3 8h10M9 4l4 4-4 4",
            Self::Person => "M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 14c.5-2.6 2.6-4 5.2-4s4.7 1.4 5.2 4",
            Self::Warning => "M8 2.2 14.5 13.5h-13zM8 6.5v3.2M8 11.5v.3",
        }
    }
}

#[component]
pub fn Icon(name: IconName) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=name.path()></path>
        </svg>
    }
    .into_any()
}
