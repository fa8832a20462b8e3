//! One question of a running exam: its fields, what the learner rules out, how sure they are, and the way on.

use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

use domain::content::prose::Prose;
use domain::exams::Confidence;
use domain::ids::{IdempotencyKey, WriterId};

use super::change::{CONFIDENCE, MARKED, STRUCK, Written};
use super::state::{Place, Room};
use crate::exams::api::{SaveAndGo, SimulationView, SittingQuestion};
use crate::practice::api::{Prompt, Task};
use crate::practice::exhibit::Exhibit;
use crate::practice::quiz::fields::{CHOICES, Fields, TEXT, rule};
use crate::practice::quiz::head::CaseLine;
use crate::practice::quiz::picture::{AskedPicture, PlaceNumber};
use crate::ui::{Icon, IconName, InlineProse, KeyHint, OptionRow, ProseView};

/// After so many milliseconds without a key what was typed is on its way.
const TYPING_PAUSE: std::time::Duration = std::time::Duration::from_millis(400);

#[component]
pub fn Ask(room: Room, question: SittingQuestion, plain: Plain, shortcuts: bool) -> AnyView {
    let (position, form) = (question.position, NodeRef::<html::Form>::new());
    let given = RwSignal::new(question.given.choices.clone());
    let write = move || {
        if let Some(form) = form.get_untracked() {
            let written = Written::read(&form);
            given.set(written.given.choices.clone());
            room.write(position, written);
        }
    };
    let typed = StoredValue::new(0_u32);
    let input = move |_| {
        // Choices are sent at once by `change`; letters come one after the other.
        let turn = typed.get_value() + 1;
        typed.set_value(turn);
        set_timeout(
            move || {
                if typed.try_get_value() == Some(turn) {
                    write();
                }
            },
            TYPING_PAUSE,
        );
    };
    let go = move |place: Place| {
        write();
        room.go(place);
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let to_review = event.submitter().and_then(|button| button.get_attribute("value")).is_some_and(|to| to == "review");
        go(if to_review || position == room.count { Place::Review } else { Place::Question(position + 1) });
    };
    let next = if position == room.count { "review".to_owned() } else { (position + 1).to_string() };
    let words = if position == room.count { "Save and review" } else { "Save and go on" };
    view! {
        <form class="quiz-form" method="post" action=SaveAndGo::PATH node_ref=form
            on:submit=submit on:change=move |_| write() on:input=input>
            <Hidden room position plain/>
            <Asked prompt=question.prompt.clone() exhibit=question.exhibit.clone() given form/>
            <Answer question=question.clone() shortcuts/>
            <Extras room question form write shortcuts/>
            <div class="action-bar">
                <Previous room position/>
                <button class="button button-primary" type="submit" name="to" value=next>
                    {words} {shortcuts.then(|| view! { <KeyHint key="Enter"/> })}
                </button>
                {(position < room.count)
                    .then(|| {
                        view! {
                            <button class="button button-quiet" type="submit" name="to" value="review">
                                <Icon name=IconName::List/>
                                "Review all"
                            </button>
                        }
                    })}
            </div>
        </form>
    }
    .into_any()
}

/// What the plain form needs beside the answer: it cannot make ids of its own.
#[derive(Clone, Copy)]
pub struct Plain {
    pub key: IdempotencyKey,
    pub writer: WriterId,
    pub sequence: u32,
}

#[component]
fn Hidden(room: Room, position: u16, plain: Plain) -> AnyView {
    view! {
        <input type="hidden" name="from" value=Place::Question(position).path(room.attempt)/>
        <input type="hidden" name="answer[attempt]" value=room.attempt.to_string()/>
        <input type="hidden" name="answer[position]" value=position.to_string()/>
        <input type="hidden" name="answer[key]" value=plain.key.to_string()/>
        <input type="hidden" name="answer[writer]" value=plain.writer.to_string()/>
        <input type="hidden" name="answer[sequence]" value=plain.sequence.to_string()/>
    }
    .into_any()
}

/// What is asked, and what it is asked about.
#[component]
fn Asked(
    prompt: Prompt,
    exhibit: Option<domain::content::exhibit::Exhibit>,
    given: RwSignal<Vec<u8>>,
    form: NodeRef<html::Form>,
) -> AnyView {
    let Prompt { stem, picture, task, part, .. } = prompt;
    view! {
        {part.map(|part| view! { <CaseLine part/> })}
        {exhibit.map(|exhibit| view! { <Exhibit exhibit/> })}
        <div class="stem" id="quiz-stem">
            <ProseView prose=stem/>
        </div>
        {picture.map(|picture| view! { <AskedPicture picture task given form/> })}
    }
    .into_any()
}

#[component]
fn Answer(question: SittingQuestion, shortcuts: bool) -> AnyView {
    let SittingQuestion { prompt, given, struck, simulation, .. } = question;
    let has_places = prompt.has_places();
    match prompt.task {
        Task::Choice { options, choose } => {
            let legend = rule(&Task::Choice { options: vec![], choose }, has_places);
            let rows = (1_u8..).zip(options).map(|(place, text)| {
                let checked = given.choices.contains(&place);
                view! { <ExamOption place text choose checked has_places struck=struck.contains(&place) shortcuts/> }.into_any()
            });
            let rows: Vec<_> = rows.collect();
            view! {
                <fieldset class="quiz-options" aria-describedby="quiz-stem">
                    <legend>{legend}</legend>
                    <ul class="options">{rows}</ul>
                </fieldset>
            }
            .into_any()
        }
        Task::Simulation => view! { <Simulation simulation/> }.into_any(),
        task => view! { <Fields task has_places kept=given shortcuts invalid=false skippable=true/> }.into_any(),
    }
}

/// The way to a company that is to be put right, and how much was done there.
#[component]
fn Simulation(simulation: Option<SimulationView>) -> AnyView {
    let Some(SimulationView { ticket, actions }) = simulation else { return ().into_any() };
    let state = match actions {
        0 => "Not begun.".to_owned(),
        1 => "Begun: 1 action is stored.".to_owned(),
        more => format!("Worked on: {more} actions are stored."),
    };
    view! {
        <section class="exam-simulation" aria-labelledby="simulation-heading">
            <h2 id="simulation-heading">"Simulation"</h2>
            <p>{rule(&Task::Simulation, false)}</p>
            <p>{state}</p>
            <a class="button button-primary" href=format!("/tickets/{ticket}")>
                {if actions == 0 { "Open the simulation" } else { "Go on with the simulation" }}
            </a>
        </section>
    }
    .into_any()
}

/// An option, and beside it the box that rules it out.
#[component]
fn ExamOption(place: u8, text: Prose, choose: u8, checked: bool, has_places: bool, struck: bool, shortcuts: bool) -> AnyView {
    let kind = if choose == 1 { "radio" } else { "checkbox" };
    let name = text.plain_text();
    view! {
        <OptionRow kind name=CHOICES place checked key_hint=shortcuts reason=strike(place, struck, &name)>
            {has_places.then(|| view! { <PlaceNumber place/> })}
            <InlineProse prose=text/>
        </OptionRow>
    }
    .into_any()
}

fn strike(place: u8, struck: bool, text: &str) -> AnyView {
    let words = format!(": {text}");
    view! {
        <label class="option-strike">
            <input type="checkbox" name=STRUCK value=place.to_string() checked=struck/>
            "Rule out"
            <span class="visually-hidden">{words}</span>
        </label>
    }
    .into_any()
}

/// Flag, confidence, and the way back to no answer.
#[component]
fn Extras(
    room: Room,
    question: SittingQuestion,
    form: NodeRef<html::Form>,
    write: impl Fn() + Copy + Send + Sync + 'static,
    shortcuts: bool,
) -> AnyView {
    let clears = question.simulation.is_none();
    let radio = |value: &'static str, label: &'static str, checked: bool| {
        view! {
            <label class="exam-confidence">
                <input type="radio" name=CONFIDENCE value=value checked=checked/>
                {label}
            </label>
        }
    };
    let clear = move |_| {
        if let Some(form) = form.get_untracked() {
            empty(&form);
            write();
        }
    };
    view! {
        <div class="exam-extras">
            <label class="exam-flag">
                <input type="checkbox" name=MARKED value="true" checked=question.marked id="exam-flag"/>
                "Flag for review"
                {shortcuts.then(|| view! { <KeyHint key="F"/> })}
            </label>
            <fieldset class="exam-sure">
                <legend>"How sure are you?"</legend>
                {radio("sure", "Sure", question.confidence == Some(Confidence::Sure))}
                {radio("unsure", "Unsure", question.confidence == Some(Confidence::Unsure))}
            </fieldset>
            {move || {
                // Only scripts can do it.
                (room.ready.get() && clears)
                    .then(|| {
                        view! {
                            <button class="button button-quiet exam-clear" type="button" on:click=clear>
                                "Clear answer"
                            </button>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// Choices and menus go back to nothing; the flag and what was ruled out stay.
fn empty(form: &HtmlFormElement) {
    let fields = form.elements();
    for field in (0..fields.length()).filter_map(|at| fields.item(at)) {
        if let Some(menu) = field.dyn_ref::<web_sys::HtmlSelectElement>() {
            menu.set_value("0");
        } else if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
            match input.name().as_str() {
                TEXT => input.set_value(""),
                CHOICES | CONFIDENCE => input.set_checked(false),
                _ => {}
            }
        }
    }
}

#[component]
fn Previous(room: Room, position: u16) -> AnyView {
    if position <= 1 {
        return ().into_any();
    }
    let to = Place::Question(position - 1);
    let click = move |event: leptos::ev::MouseEvent| {
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if plain && room.ready.get_untracked() {
            event.prevent_default();
            room.go(to);
        }
    };
    view! {
        <a class="button button-secondary" href=to.path(room.attempt) on:click=click id="exam-previous">
            <Icon name=IconName::Back/>
            "Previous"
        </a>
    }
    .into_any()
}
