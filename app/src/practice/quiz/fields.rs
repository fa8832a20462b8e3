//! What a question is answered with: native controls, so that keyboard, finger and screen reader need nothing else.

use leptos::prelude::*;

use domain::content::prose::Prose;
use domain::typed::{MOST_CHARACTERS, System, TypedForm};

use super::picture::PlaceNumber;
use crate::practice::api::{Given, Task};
use crate::ui::{InlineProse, OptionRow};

/// The fields of an answer, as the server function reads them.
pub const CHOICES: &str = "answer[choices][]";
pub const TEXT: &str = "answer[text]";

/// `has_places`: options or terms are numbered places of a picture. `kept`: what the plain form came back with.
#[component]
pub fn Fields(
    task: Task,
    has_places: bool,
    kept: Given,
    shortcuts: bool,
    /// What was typed cannot be read; said by the element `quiz-failure`.
    #[prop(into)]
    invalid: Signal<bool>,
    /// One may go on without an answer.
    #[prop(optional)]
    skippable: bool,
) -> AnyView {
    let rule = rule(&task, has_places);
    let fields = match task {
        Task::Choice { options, choose } => view! { <Options options choose has_places kept=kept.choices shortcuts/> }.into_any(),
        Task::Ordering { steps } => {
            let positions = (1..=steps.len()).map(|position| position.to_string()).collect();
            view! { <Menus parts=steps choices=positions has_places kept=kept.choices/> }.into_any()
        }
        Task::Matching { terms, matches } => {
            view! { <Menus parts=terms choices=matches has_places kept=kept.choices/> }.into_any()
        }
        Task::Typed(form) => view! { <TypedField invalid form kept=kept.text skippable/> }.into_any(),
        // The exam room has its own way there.
        Task::Simulation => ().into_any(),
    };
    view! {
        <fieldset class="quiz-options" aria-describedby="quiz-stem">
            <legend>{rule}</legend>
            {fields}
        </fieldset>
    }
    .into_any()
}

const SIMULATION_RULE: &str = "Put it right in the simulated company. How you leave it counts: one point if what was asked for works, \
     one if the cause is gone, and with one of these a third if nothing else was damaged.";

/// What to do, and how it is scored.
pub fn rule(task: &Task, has_places: bool) -> String {
    match task {
        Task::Choice { choose: 1, .. } => "Choose one answer.".to_owned(),
        Task::Choice { choose, .. } => format!("Choose {choose} answers. All of them must be right; there is no part credit."),
        Task::Ordering { .. } => "Give each step its position. One point for each step at its right position.".to_owned(),
        Task::Matching { .. } if has_places => {
            "Label each place. One point for each right one; a label may fit several places or none.".to_owned()
        }
        Task::Matching { .. } => {
            "Find the match of each term. One point for each right one; a match may fit several terms or none.".to_owned()
        }
        Task::Typed(_) => "Type the answer. One point, if it means the right thing.".to_owned(),
        Task::Simulation => SIMULATION_RULE.to_owned(),
    }
}

#[component]
fn Options(options: Vec<Prose>, choose: u8, has_places: bool, kept: Vec<u8>, shortcuts: bool) -> AnyView {
    let kind = if choose == 1 { "radio" } else { "checkbox" };
    let rows: Vec<_> = (1_u8..)
        .zip(options)
        .map(move |(place, text)| {
            view! {
                <OptionRow
                    kind
                    name=CHOICES
                    place
                    checked=kept.contains(&place)
                    required=choose == 1
                    key_hint=shortcuts
                >
                    {has_places.then(|| view! { <PlaceNumber place/> })}
                    <InlineProse prose=text/>
                </OptionRow>
            }
        })
        .collect();
    view! { <ul class="options">{rows}</ul> }.into_any()
}

/// A menu for each part. All menus are alike, and are sent in the order of the page.
#[component]
fn Menus(parts: Vec<Prose>, choices: Vec<String>, has_places: bool, kept: Vec<u8>) -> AnyView {
    let rows: Vec<_> = (1_u8..)
        .zip(parts)
        .map(|(place, text)| {
            let id = format!("part-{place}");
            let chosen = kept.get(usize::from(place) - 1).copied().unwrap_or_default();
            let options: Vec<_> = std::iter::once("Choose…".to_owned())
                .chain(choices.iter().cloned())
                .zip(0_u8..)
                .map(|(label, value)| {
                    view! {
                        <option value=value.to_string() selected=value == chosen>
                            {label}
                        </option>
                    }
                })
                .collect();
            view! {
                <li class="part">
                    <label class="part-text" for=id.clone()>
                        {has_places.then(|| view! { <PlaceNumber place/> })}
                        <InlineProse prose=text/>
                    </label>
                    <select class="select" id=id name=CHOICES>
                        {options}
                    </select>
                </li>
            }
        })
        .collect();
    view! { <ul class="parts">{rows}</ul> }.into_any()
}

#[component]
fn TypedField(invalid: Signal<bool>, form: TypedForm, kept: String, skippable: bool) -> AnyView {
    let (label, hint) = labels(&form);
    let is_invalid = move || invalid.get().then_some("true");
    let inputmode = matches!(form, TypedForm::Number { .. }).then_some("decimal");
    view! {
        <div class="field">
            <label class="field-label" for="typed-answer">
                {label}
            </label>
            <p class="field-hint" id="typed-answer-hint">
                {hint}
            </p>
            <input
                class="input typed-answer"
                id="typed-answer"
                name=TEXT
                type="text"
                value=kept
                required=!skippable
                maxlength=MOST_CHARACTERS.to_string()
                inputmode=inputmode
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-describedby="quiz-failure typed-answer-hint"
                aria-invalid=is_invalid
            />
        </div>
    }
    .into_any()
}

/// The examples are an address for documentation (RFC 5737) and a prefix that no item asks for.
fn labels(form: &TypedForm) -> (String, &'static str) {
    let (label, hint) = match form {
        TypedForm::Ipv4 => ("IPv4 address", "Such as 192.0.2.1."),
        TypedForm::Prefix => ("Prefix length or mask", "Such as /9 or 255.128.0.0; both mean the same."),
        TypedForm::Number { unit } if unit.is_empty() => ("Number", "In digits, with a point before decimals."),
        TypedForm::Number { unit } => {
            return (format!("Number in {unit}"), "In digits, with a point before decimals. The unit may be left out.");
        }
        TypedForm::Path(System::Linux) => ("Path on Linux", "From the root; capitals matter."),
        TypedForm::Path(_) => ("Path on Windows", "The whole path; capitals do not matter."),
        TypedForm::Command(System::Linux) => ("Command on Linux", "Capitals matter; the order of options does not."),
        TypedForm::Command(System::Windows) => {
            ("Command on Windows", "Neither capitals nor the order of options matter; options begin with / or -.")
        }
        TypedForm::Command(System::Ios) => ("Command of a switch or router", "Whole keywords; capitals do not matter."),
        TypedForm::Word => ("Name or term", "Capitals, spaces and hyphens do not matter."),
    };
    (label.to_owned(), hint)
}
