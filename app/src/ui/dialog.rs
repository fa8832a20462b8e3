//! A native dialog. Opening one needs scripts, so it only ever holds what is also said elsewhere.

use leptos::html;
use leptos::prelude::*;

use super::button::{Button, ButtonVariant};

#[component]
pub fn Dialog(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] title: String,
    /// For an island that opens it with `show_modal`.
    #[prop(optional)]
    node_ref: NodeRef<html::Dialog>,
    /// Stands open in the page, without a backdrop.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> AnyView {
    let title_id = format!("{id}-title");
    view! {
        <dialog class="dialog" id=id aria-labelledby=title_id open=open node_ref=node_ref>
            <form class="dialog-body" method="dialog">
                <h2 id=title_id.clone()>{title}</h2>
                {children()}
                <div class="form-actions">
                    <Button variant=ButtonVariant::Secondary>"Close"</Button>
                </div>
            </form>
        </dialog>
    }
    .into_any()
}
