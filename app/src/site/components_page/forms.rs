//! Every field: at rest, with an error, switched off.

use leptos::context::Provider;
use leptos::prelude::*;

use super::Theme;
use crate::error::{AppError, FieldError};
use crate::forms::FormFailure;
use crate::ui::{Button, Checkbox, Choice, Field, Fieldset, Form, RadioGroup, Select, Switch};

const COUNTS: [&str; 3] = ["10", "20", "40"];
const LONG: &str =
    "A choice whose words are so many that they need more than one line on a narrow screen, and still belong to their box";

/// Where the forms of this page would post to; nothing answers there.
const NOWHERE: &str = "/components";

#[component]
pub fn Forms(theme: Theme) -> AnyView {
    view! {
        <h3>"Form"</h3>
        <AtRest theme=theme/>
        <h3>"Form that came back with errors"</h3>
        <Provider value=failure()>
            <CameBack theme=theme/>
        </Provider>
        <h3>"Form that is switched off"</h3>
        <SwitchedOff theme=theme/>
    }
    .into_any()
}

#[component]
fn AtRest(theme: Theme) -> AnyView {
    let exams = vec![Choice::new("core-1", "A+ Core 1"), Choice::new("core-2", "A+ Core 2")];
    view! {
        <Form action="/components/at-rest" slug=format!("rest-{}", theme.slug())>
            <Field name="name" label="Name" hint="3 to 40 letters, digits and . _ -"/>
            <Field name="password" label="Password" kind="password" autocomplete="off"/>
            <Select name="exam" label="Exam" choices=exams selected="core-2"/>
            <RadioGroup name="count" legend="How many questions" choices=counts() selected="10" in_row=true/>
            <Fieldset legend="Domains" hint="Choose nothing to practise all of them.">
                <Checkbox name="domain" value="1" label="1. Mobile devices" hint="13 % of the exam" checked=true/>
                <Checkbox name="domain" value="2" label=LONG/>
            </Fieldset>
            <Switch name="shortcuts" label="Keyboard shortcuts" hint="Single keys in a quiz" on=true/>
            <Switch name="quiet" label="Quiet clock"/>
            <div class="form-actions">
                <Button kind="button">"Save"</Button>
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn CameBack(theme: Theme) -> AnyView {
    view! {
        <Form action=NOWHERE slug=format!("wrong-{}", theme.slug()) focus_errors=false>
            <Field name="name" label="Name" hint="3 to 40 letters, digits and . _ -"/>
            <Select name="exam" label="Exam" choices=vec![Choice::new("", "Choose one")]/>
            <RadioGroup name="count" legend="How many questions" choices=counts() in_row=true/>
        </Form>
    }
    .into_any()
}

#[component]
fn SwitchedOff(theme: Theme) -> AnyView {
    view! {
        <Form action="/components/off" slug=format!("off-{}", theme.slug())>
            <Field name="name" label="Name" value="ada" disabled=true/>
            <RadioGroup name="count" legend="How many questions" choices=counts() selected="20" in_row=true disabled=true/>
            <Checkbox name="news" label="A box" checked=true disabled=true/>
            <Switch name="on" label="A switch" on=true disabled=true/>
        </Form>
    }
    .into_any()
}

fn counts() -> Vec<Choice> {
    COUNTS.map(|count| Choice::new(count, count)).to_vec()
}

fn failure() -> FormFailure {
    let error = |field: &str, message: &str| FieldError { field: field.to_owned(), message: message.to_owned() };
    FormFailure {
        action: NOWHERE.to_owned(),
        error: AppError::Invalid(vec![
            error("name", "This name is taken. Choose another one."),
            error("exam", "Choose an exam."),
            error("count", "Choose how many questions you want."),
        ]),
        values: vec![("name".to_owned(), "ada".to_owned())],
    }
}
