//! What a form says when it comes back.

use leptos::prelude::*;

use super::testing::render;
use super::{Checkbox, Choice, Field, Form, RadioGroup, Select, Switch};
use crate::error::{AppError, FieldError};
use crate::forms::FormFailure;

const ACTION: &str = "/api/accounts/sign-up";

/// A form that came back with an error at its field `name`.
fn came_back(error: AppError) -> String {
    render(move || {
        let values = [("name", "ada"), ("colour", "red"), ("news", "on"), ("password", "never shown")];
        provide_context(FormFailure {
            action: ACTION.to_owned(),
            error,
            values: values.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        });
        let colours = vec![Choice::new("blue", "Blue"), Choice::new("red", "Red")];
        view! {
            <Form action=ACTION>
                <Field name="name" label="Name" hint="Letters and digits" autocomplete="username"/>
                <Field name="password" label="Password" kind="password"/>
                <RadioGroup name="colour" legend="Colour" choices=colours.clone() selected="blue"/>
                <Select name="colour" label="Colour again" choices=colours/>
                <Checkbox name="news" label="News"/>
                <Switch name="quick" label="Quick" on=true/>
            </Form>
            <Form action="/api/accounts/other">
                <Field name="name" label="Other name"/>
            </Form>
        }
        .into_any()
    })
}

fn name_taken() -> String {
    came_back(AppError::Invalid(vec![FieldError {
        field: "name".to_owned(),
        message: "This name is taken. Choose another.".to_owned(),
    }]))
}

#[test]
fn the_error_stands_at_its_field_and_in_the_summary() {
    let html = name_taken();
    assert!(
        html.contains(r#"role="alert""#) && html.contains(" autofocus") && html.contains(r##"href="#sign-up-name""##),
        "{html}"
    );
    assert!(html.contains(r#"aria-describedby="sign-up-name-error sign-up-name-hint""#), "{html}");
    assert_eq!(html.matches(r#"aria-invalid="true""#).count(), 1, "{html}");
    assert_eq!(html.matches("This name is taken. Choose another.").count(), 2, "{html}");
}

#[test]
fn what_was_sent_is_still_there_except_secrets() {
    let html = name_taken();
    assert!(html.contains(r#"value="ada""#), "{html}");
    assert!(!html.contains("never shown"), "{html}");
    let checked = |id: &str| {
        let input = html.split("<input").find(|input| input.contains(&format!(r#"id="{id}""#))).unwrap();
        input.split('>').next().unwrap().contains(" checked")
    };
    assert!(checked("sign-up-colour-red") && !checked("sign-up-colour-blue"));
    assert!(checked("sign-up-news-on") && !checked("sign-up-quick"));
    assert!(html.contains(r#"<option value="red" selected"#), "{html}");
}

#[test]
fn an_error_of_one_form_does_not_reach_another() {
    let html = name_taken();
    let other = html.split("<form").nth(2).unwrap();
    assert!(!other.contains("role=\"alert\"") && !other.contains("aria-invalid") && !other.contains("ada"), "{other}");
    assert!(other.contains(r#"id="other-name""#), "{other}");
}

#[test]
fn an_error_without_fields_is_said_once_at_the_top() {
    let html = came_back(AppError::TooMany { retry_after_seconds: 8 });
    assert_eq!(html.matches("wait 8 seconds").count(), 1, "{html}");
    assert!(!html.contains("aria-invalid"), "{html}");
}

#[test]
fn a_form_posts_and_says_where_it_stands() {
    let html = render(|| {
        provide_context(leptos_router::location::RequestUrl::new("http://leptos.dev/sign-up?next=/history"));
        view! { <Form action=ACTION>"x"</Form> }.into_any()
    });
    assert!(html.contains(r#"method="post""#) && html.contains(&format!(r#"action="{ACTION}""#)), "{html}");
    assert!(html.contains(r#"name="from" value="/sign-up?next=/history""#), "{html}");
}
