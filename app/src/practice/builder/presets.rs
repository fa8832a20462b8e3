//! Settings that a learner keeps: each begins a quiz with one click.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use domain::ids::PresetId;
use domain::practice::{LONGEST_PRESET_NAME, Timing};

use super::which::{kind_words, pool_words, questions};
use crate::error::AppError;
use crate::forms::failure_of;
use crate::practice::api::{BeginPreset, DeletePreset, Preset, PresetAsks, SavePreset};
use crate::site::here::current_path;
use crate::ui::{Button, ButtonVariant, CurrentForm, Disclosure, Field, Notice, NoticeKind, Table};

#[component]
pub fn Presets(presets: Vec<Preset>) -> AnyView {
    let failure = [BeginPreset::PATH, DeletePreset::PATH].into_iter().find_map(failure_of);
    let failure = failure.map(|failure| {
        view! { <Notice kind=NoticeKind::Danger role="alert"><p>{why(failure.error)}</p></Notice> }
    });
    if presets.is_empty() {
        return view! { {failure} }.into_any();
    }
    let rows: Vec<_> = presets.into_iter().map(|preset| view! { <Row preset/> }).collect();
    view! {
        {failure}
        <Table caption="Settings you keep">
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Quiz"</th>
                    <th scope="col">"Settings"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

/// The settings' fields are not on this page to be marked, so what is wrong with them is said here.
fn why(error: AppError) -> String {
    match error {
        AppError::Invalid(fields) => fields.into_iter().map(|field| field.message).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

#[component]
fn Row(preset: Preset) -> AnyView {
    let Preset { id, name, asks } = preset;
    let start = asks.is_some().then(|| {
        view! { <Act action=BeginPreset::PATH id words="Start" variant=ButtonVariant::Secondary name=name.clone()/> }
    });
    let asks = match &asks {
        Some(asks) => summary(asks),
        None => "These settings ask for something that there is no more. They can only be deleted.".to_owned(),
    };
    view! {
        <tr>
            // Under the name, so that a phone has room for both buttons.
            <th scope="row">
                {name.clone()}
                <p class="quiet small">{asks}</p>
            </th>
            <td>{start}</td>
            <td>
                <Act action=DeletePreset::PATH id words="Delete" variant=ButtonVariant::Quiet name/>
            </td>
        </tr>
    }
    .into_any()
}

/// `name`: said to those who cannot see which row a button stands in.
#[component]
fn Act(action: &'static str, id: PresetId, words: &'static str, variant: ButtonVariant, name: String) -> AnyView {
    view! {
        <form method="post" action=action>
            <input type="hidden" name="from" value=current_path()/>
            <input type="hidden" name="preset" value=id.to_string()/>
            <Button variant>
                {words} <span class="visually-hidden">": " {name}</span>
            </Button>
        </form>
    }
    .into_any()
}

/// `Network+, 20 questions. Only ones you have not seen. Type an answer, Match. 30 minutes.`
fn summary(asks: &PresetAsks) -> String {
    let PresetAsks { exam_name, request } = asks;
    let mut parts = vec![format!("{exam_name}, {}", questions(request.count.into())), pool_words(request.pool).to_owned()];
    let domains = request.domains.iter().map(|number| format!("domain {number}"));
    let chosen: Vec<_> = domains.chain(request.objectives.iter().map(|id| format!("objective {id}"))).collect();
    let kinds: Vec<_> = request.kinds.iter().map(|kind| kind_words(*kind)).collect();
    parts.extend([chosen.join(", "), kinds.join(", ")]);
    parts.extend(match request.timing {
        Timing::None => None,
        Timing::Pace => Some("At the exam's pace".to_owned()),
        Timing::Minutes if request.minutes == 1 => Some("1 minute".to_owned()),
        Timing::Minutes => Some(format!("{} minutes", request.minutes)),
    });
    parts.retain(|part| !part.is_empty());
    format!("{}.", parts.join(". "))
}

/// Stands in the builder's own form: its button sends the same fields elsewhere.
#[component]
pub fn KeepSettings() -> AnyView {
    let form = CurrentForm::current();
    let open = form.error_of("name").is_some() || form.value_of("name").is_some_and(|name| !name.is_empty());
    view! {
        <Disclosure summary="Save these settings" open>
            <Field
                name="name"
                label="Save these settings as"
                hint="They then stand at the top of this page, to start with one click."
                maxlength=LONGEST_PRESET_NAME
                autocomplete="off"
            />
            <Button variant=ButtonVariant::Secondary attr:formaction=SavePreset::PATH>
                "Save settings"
            </Button>
        </Disclosure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::content::item::ItemKind;
    use domain::practice::Pool;

    use crate::practice::api::PracticeRequest;

    #[test]
    fn settings_are_told_in_one_line() {
        let request = PracticeRequest {
            exam: "net".into(),
            domains: vec![],
            objectives: vec![],
            count: 20,
            pool: Pool::Unseen,
            last: 5,
            kinds: vec![],
            timing: Timing::None,
            minutes: 30,
        };
        let told = |request| summary(&PresetAsks { exam_name: "Net".to_owned(), request });
        assert_eq!(told(request.clone()), "Net, 20 questions. Only ones you have not seen.");
        let all = PracticeRequest {
            domains: vec![2],
            objectives: vec!["2.1".into()],
            kinds: vec![ItemKind::Typed, ItemKind::Matching],
            timing: Timing::Minutes,
            ..request
        };
        let words = "Net, 20 questions. Only ones you have not seen. domain 2, objective 2.1. Type an answer, Match. 30 minutes.";
        assert_eq!(told(all), words);
    }
}
