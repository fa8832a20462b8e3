//! A mark as words and as a bar. The words say it all; the bar is for comparing.

use domain::scoring::Mark;
use leptos::prelude::*;

#[component]
pub fn MarkBar(mark: Mark) -> AnyView {
    let picture = mark.percent().map(|percent| {
        view! {
            <svg class="mark-bar-picture" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect class="mark-bar-track" width="100" height="6"></rect>
                <rect class="mark-bar-value" width=percent.to_string() height="6"></rect>
            </svg>
        }
    });
    view! {
        <span class="mark-bar">
            {picture} <span class="mark-bar-words">{words(mark)}</span>
        </span>
    }
    .into_any()
}

/// Such as "7 of 10, 70 %", with a space that does not break.
fn words(mark: Mark) -> String {
    match mark.percent() {
        Some(percent) => format!("{} of {}, {percent}\u{a0}%", mark.correct, mark.of),
        None => "Nothing answered yet".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;

    #[test]
    fn says_the_mark_in_words_and_hides_the_picture() {
        let html = render(|| view! { <MarkBar mark=Mark { correct: 7, of: 10 }/> }.into_any());
        assert!(html.contains("7 of 10, 70\u{a0}%"), "{html}");
        assert!(html.contains(r#"width="70""#) && html.contains(r#"aria-hidden="true""#), "{html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn nothing_answered_is_not_zero_percent() {
        assert_eq!(words(Mark::default()), "Nothing answered yet");
        let html = render(|| view! { <MarkBar mark=Mark::default()/> }.into_any());
        assert!(!html.contains("<svg"), "{html}");
    }
}
