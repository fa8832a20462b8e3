//! The frame of a page's own content: title, one level-1 heading, what it is for, what can be done.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::forms::FormFailure;

/// How wide the content may get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageWidth {
    /// Tables and boards.
    #[default]
    Wide,
    /// Running text and questions.
    Reading,
    /// One short form.
    Narrow,
}

#[component]
pub fn Page(
    #[prop(into)] title: String,
    /// One or two sentences under the heading.
    #[prop(optional, into)]
    lead: String,
    #[prop(optional)] width: PageWidth,
    /// Buttons and links beside the heading.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    children: Children,
) -> AnyView {
    let class = match width {
        PageWidth::Wide => "page",
        PageWidth::Reading => "page page-reading",
        PageWidth::Narrow => "page page-narrow",
    };
    let failed = use_context::<FormFailure>().is_some();
    let window_title = format!("{}{title} · Firstline", if failed { "Error: " } else { "" });
    view! {
        <Title text=window_title/>
        <div class=class>
            <header class="page-head">
                <div class="page-heading">
                    <h1>{title}</h1>
                    {(!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> })}
                </div>
                <div class="page-actions">{actions.run()}</div>
            </header>
            {children()}
        </div>
    }
    .into_any()
}
