//! How far along: in words, and as a bar.

use leptos::prelude::*;

#[component]
pub fn ProgressSteps(
    /// What is counted, such as "Question".
    what: &'static str,
    step: u16,
    of: u16,
    /// How much of it is done, where that is not `step`.
    #[prop(optional)]
    done: Option<u16>,
) -> AnyView {
    let words = format!("{what} {step} of {of}");
    let done = done.unwrap_or(step);
    let label = format!("{done} of {of} done");
    view! {
        <div class="progress-steps">
            <span class="progress-steps-words">{words}</span>
            <progress class="progress-bar" max=of.to_string() value=done.to_string() aria-label=label></progress>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;

    #[test]
    fn says_the_step_and_what_is_done() {
        let html = render(|| view! { <ProgressSteps what="Question" step=3 of=20 done=2/> }.into_any());
        assert!(html.contains("Question 3 of 20") && html.contains(r#"aria-label="2 of 20 done""#), "{html}");
        assert!(html.contains(r#"max="20""#) && html.contains(r#"value="2""#), "{html}");
    }
}
