//! Which questions, of which types, and in what time.

use leptos::prelude::*;

use domain::content::item::ItemKind;
use domain::practice::{Pool, Timing, USUAL_LAST};

use crate::practice::api::{PoolChoice, USUAL_MINUTES};
use crate::ui::{Checkbox, Choice, CurrentForm, Disclosure, Fieldset, RadioGroup, Select};

/// How many attempts to look back on; those that the rules allow, thinned out.
const LAST: [u16; 6] = [1, 2, 3, 5, 10, 20];
/// As `LAST`, for minutes.
const MINUTES: [u16; 10] = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180];

const LAST_FIELD: &str = "request[last]";
const KINDS_FIELD: &str = "request[kinds][]";
const TIMING_FIELD: &str = "request[timing]";

pub fn pool_words(pool: Pool) -> &'static str {
    match pool {
        Pool::All => "All: new ones first, then those seen longest ago",
        Pool::Unseen => "Only ones you have not seen",
        Pool::Missed => "Only ones you answered wrong last time",
        Pool::MissedLately => "Wrong or left open in your last quizzes and exams",
        Pool::Flagged => "Flagged: marked for review when you met them last",
        Pool::Unsure => "Unsure: you said so in an exam",
        Pool::Slow => "Slow: took you more than one and a half times the exam's pace",
        Pool::Due => "Due: time to see them again, before you forget",
    }
}

pub fn kind_words(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Single => "Choose one",
        ItemKind::Multiple => "Choose several",
        ItemKind::Ordering => "Put in order",
        ItemKind::Matching => "Match",
        ItemKind::Placing => "Place on a picture",
        ItemKind::Typed => "Type an answer",
        ItemKind::Simulation => "Simulation",
    }
}

/// `1 question`
pub fn questions(count: u32) -> String {
    if count == 1 { "1 question".to_owned() } else { format!("{count} questions") }
}

#[component]
pub fn Pools(pools: Vec<PoolChoice>) -> AnyView {
    let choice = |choice: PoolChoice| Choice::new(choice.pool.as_str(), pool_words(choice.pool)).hint(questions(choice.items));
    let last = LAST.map(|last| Choice::new(last.to_string(), last.to_string())).to_vec();
    let form = CurrentForm::current();
    let narrowed = form.value_of(LAST_FIELD).is_some_and(|sent| sent != USUAL_LAST.to_string());
    view! {
        <RadioGroup
            name="request[pool]"
            legend="Which questions"
            hint="How many each has at present, in the whole exam."
            choices=pools.into_iter().map(choice).collect()
            selected=Pool::All.as_str()
        />
        <Disclosure summary="How far back “your last quizzes and exams” goes" open=narrowed>
            <Select
                name=LAST_FIELD
                label="Finished quizzes and exams"
                hint=format!("The number above looks back on {USUAL_LAST}.")
                choices=last
                selected=USUAL_LAST.to_string()
            />
        </Disclosure>
    }
    .into_any()
}

#[component]
pub fn Kinds() -> AnyView {
    let form = CurrentForm::current();
    // A simulation needs an exam.
    let asked = || ItemKind::ALL.into_iter().filter(|(_, kind)| *kind != ItemKind::Simulation);
    let ticked = asked().any(|(word, _)| form.sent(KINDS_FIELD, word) == Some(true));
    let box_of = |(word, kind)| view! { <Checkbox name=KINDS_FIELD value=word label=kind_words(kind)/> };
    let boxes: Vec<_> = asked().map(box_of).collect();
    view! {
        <Disclosure summary="Types of questions" open=ticked>
            <Fieldset legend="Types of questions" hint="Choose nothing to be asked questions of all types.">
                <div class="choices choices-row">{boxes}</div>
            </Fieldset>
        </Disclosure>
    }
    .into_any()
}

#[component]
pub fn TimeLimit() -> AnyView {
    let minutes = MINUTES.map(|minutes| Choice::new(minutes.to_string(), format!("{minutes} minutes"))).to_vec();
    let timings = vec![
        Choice::new(Timing::None.as_str(), "None"),
        Choice::new(Timing::Pace.as_str(), "The exam's pace: as much for each question as the exam has"),
        Choice::new(Timing::Minutes.as_str(), "As many minutes as chosen here"),
    ];
    let limited = CurrentForm::current().value_of(TIMING_FIELD).is_some_and(|sent| sent != Timing::None.as_str());
    view! {
        <Disclosure summary="Time limit" open=limited>
            <RadioGroup
                name=TIMING_FIELD
                legend="Time limit"
                hint="When the time is up the quiz ends; what you have answered counts. Your time allowance is added."
                choices=timings
                selected=Timing::None.as_str()
            />
            <Select name="request[minutes]" label="Minutes" choices=minutes selected=USUAL_MINUTES.to_string()/>
        </Disclosure>
    }
    .into_any()
}
