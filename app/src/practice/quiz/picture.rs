//! The picture of a question with its numbered places. Everything that is asked and told stands in the list beside it too, so
//! the picture is one image to a screen reader, and pressing a place only leads to its control in the list.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use domain::content::picture::{LABEL_GAP, Point, escaped};

use crate::practice::api::{Illustration, Task, Told};
use crate::ui::{Icon, IconName, ProseView};

/// Of the circle around a number, in units of the drawing.
const RADIUS: u16 = 12;

/// What a numbered place shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    state: MarkState,
    /// Empty where there is none.
    label: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MarkState {
    Open,
    Chosen,
    Right,
    Wrong,
}

/// What stands in the fields, see [`Given`](crate::practice::api::Given).
fn marks_of_given(task: &Task, choices: &[u8]) -> Vec<Mark> {
    let mark = |chosen: bool, label: Option<&String>| Mark {
        state: if chosen { MarkState::Chosen } else { MarkState::Open },
        label: label.cloned().unwrap_or_default(),
    };
    match task {
        Task::Choice { options, .. } => (1_u8..).zip(options).map(|(place, _)| mark(choices.contains(&place), None)).collect(),
        Task::Matching { terms, matches } => {
            let chosen = choices.iter().chain(std::iter::repeat(&0)).take(terms.len());
            let label = |choice: u8| usize::from(choice).checked_sub(1).and_then(|at| matches.get(at));
            chosen.map(|choice| mark(*choice > 0, label(*choice))).collect()
        }
        Task::Ordering { .. } | Task::Typed(_) | Task::Simulation => Vec::new(),
    }
}

/// What belongs at each place, and whether it was found.
fn marks_of_told(told: Told) -> Vec<Mark> {
    match told {
        Told::Choice { chosen, options } => {
            let mark = |(place, key): (u8, bool)| Mark {
                state: match (key, chosen.contains(&place)) {
                    (true, _) => MarkState::Right,
                    (false, true) => MarkState::Wrong,
                    (false, false) => MarkState::Open,
                },
                label: String::new(),
            };
            (1_u8..).zip(options.iter().map(|option| option.key)).map(mark).collect()
        }
        Told::Matching { pairs, .. } => {
            let mark = |pair: crate::practice::api::RevealedPair| Mark {
                state: match pair.given {
                    None => MarkState::Open,
                    Some(_) if pair.right => MarkState::Right,
                    Some(_) => MarkState::Wrong,
                },
                label: pair.fits.plain_text(),
            };
            pairs.into_iter().map(mark).collect()
        }
        Told::Ordering(_) | Told::Typed(_) | Told::Simulation(_) => Vec::new(),
    }
}

/// `given`: what stands in the fields of the form.
#[component]
pub fn AskedPicture(
    picture: Illustration,
    task: Task,
    #[prop(into)] given: Signal<Vec<u8>>,
    form: NodeRef<html::Form>,
) -> AnyView {
    let marks = Signal::derive(move || given.with(|given| marks_of_given(&task, given)));
    view! { <PictureView form picture marks/> }.into_any()
}

pub fn told_picture(picture: Illustration, told: Told, form: NodeRef<html::Form>) -> AnyView {
    let has_places = !picture.points.is_empty();
    let marks = Signal::stored(marks_of_told(told));
    view! {
        <PictureView form picture marks/>
        {has_places.then(|| view! { <Legend/> })}
    }
    .into_any()
}

/// `form`: pressing a place leads to its control there; there is none after the answer.
#[component]
fn PictureView(form: NodeRef<html::Form>, picture: Illustration, marks: Signal<Vec<Mark>>) -> AnyView {
    let Illustration { title, description, width, height, markup, points } = picture;
    let size = format!("0 0 {width} {height}");
    let places = move || marks.with(|marks| places(width, &points, marks));
    let press = move |event: MouseEvent| {
        if let Some(place) = pressed(&event) {
            focus_control(form, place);
        }
    };
    view! {
        <figure class="picture">
            <svg class="picture-drawing" viewBox=size role="img" aria-label=title aria-describedby="picture-words">
                <g inner_html=markup></g>
                <g inner_html=places on:click=press></g>
            </svg>
            <details class="picture-words">
                <summary>"The picture in words"</summary>
                <div id="picture-words">
                    <ProseView prose=description/>
                </div>
            </details>
        </figure>
    }
    .into_any()
}

/// What the signs on a picture with a verdict mean.
#[component]
fn Legend() -> AnyView {
    view! {
        <p class="picture-legend">
            <span>
                <Icon name=IconName::Check/>
                "right"
            </span>
            <span>
                <Icon name=IconName::Cross/>
                "wrong: your answer"
            </span>
            "The picture shows what belongs where."
        </p>
    }
    .into_any()
}

/// The number of a place, for whoever sees the picture: it has a name beside it.
#[component]
pub fn PlaceNumber(place: u8) -> AnyView {
    view! {
        <span class="place-number" aria-hidden="true">
            {place.to_string()}
        </span>
    }
    .into_any()
}

/// SVG of all places. Of the labels only the words come from an item, and they are escaped.
fn places(width: u16, points: &[Point], marks: &[Mark]) -> String {
    let places = (1_u8..).zip(points).zip(marks);
    places.map(|((place, point), mark)| self::place(place, *point, point.is_left(width), mark)).collect()
}

/// The label stands on the side where there is room.
fn place(place: u8, Point { x, y }: Point, is_left: bool, mark: &Mark) -> String {
    let (class, sign) = match mark.state {
        MarkState::Open => ("place", ""),
        MarkState::Chosen => ("place place-chosen", ""),
        MarkState::Right => ("place place-right", "✓ "),
        MarkState::Wrong => ("place place-wrong", "✗ "),
    };
    let (label_class, label_x) =
        if is_left { ("place-label", x + LABEL_GAP) } else { ("place-label end", x.saturating_sub(LABEL_GAP)) };
    let label = escaped(&mark.label);
    format!(
        "<g class=\"{class}\" data-place=\"{place}\"><circle cx=\"{x}\" cy=\"{y}\" r=\"{RADIUS}\"></circle>\
         <text class=\"middle\" x=\"{x}\" y=\"{y}\" dy=\"0.36em\">{place}</text>\
         <text class=\"{label_class}\" x=\"{label_x}\" y=\"{y}\" dy=\"0.36em\">{sign}{label}</text></g>"
    )
}

/// The place that was pressed.
fn pressed(event: &MouseEvent) -> Option<u8> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("[data-place]").ok()??.get_attribute("data-place")?.parse().ok()
}

/// Leads from a place to what it is answered with.
fn focus_control(form: NodeRef<html::Form>, place: u8) {
    let form = form.get_untracked();
    let control = form
        .and_then(|form| form.query_selector(&format!("#part-{place}, .option input[value=\"{place}\"]")).ok().flatten())
        .and_then(|control| control.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(control) = control {
        // Focus fails only on an element that has left the page.
        let _ = control.focus();
    }
}
