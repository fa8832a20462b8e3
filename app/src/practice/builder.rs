//! The practice builder: exam, domains and objectives, how many questions, which ones, of which types, in what time.

mod presets;
mod which;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use self::presets::{KeepSettings, Presets};
use self::which::{Kinds, Pools, TimeLimit, questions};
use super::api::{Begin, BuilderView, DomainChoice, ExamChoice, ObjectiveChoice, OpenAttempt, SavePreset};
use crate::backend::backend;
use crate::ui::{
    Button, Checkbox, Choice, CurrentForm, Disclosure, Fieldset, Form, LinkButton, Notice, Page, PageWidth, RadioGroup, Tab,
    Tabs, load,
};

/// How many questions to choose from; the second is the one offered.
const COUNTS: [&str; 5] = ["5", "10", "20", "40", "90"];

/// `/practice?exam=ID&domain=N`
#[component]
pub fn BuilderPage() -> AnyView {
    let query = use_query_map().get_untracked();
    let exam = query.get("exam").map(Into::into);
    let domain = query.get("domain").and_then(|number| number.parse().ok());
    let builder = async move { backend()?.builder(exam).await };
    load(builder, move |builder| {
        view! {
            <Page
                title="Practice"
                lead="A study quiz tells you after each answer why every option is right or wrong."
                width=PageWidth::Reading
            >
                {builder.open.clone().map(|open| view! { <StillOpen open/> })}
                <Presets presets=builder.presets.clone()/>
                <ExamTabs exams=builder.exams.clone() shown=builder.exam.clone()/>
                <Builder builder domain/>
            </Page>
        }
        .into_any()
    })
}

#[component]
fn StillOpen(open: OpenAttempt) -> AnyView {
    view! {
        <Notice word="Still open">
            <p>
                {open.exam_name} ": " {open.answered} " of " {open.questions} " answered. "
                <a href=format!("/practice/{}", open.id)>"Continue this quiz"</a>
            </p>
        </Notice>
    }
    .into_any()
}

#[component]
fn ExamTabs(exams: Vec<ExamChoice>, shown: domain::ids::ExamId) -> AnyView {
    let tab = |exam: ExamChoice| Tab { href: format!("/practice?exam={}", exam.id), current: exam.id == shown, label: exam.name };
    view! { <Tabs label="Exam" tabs=exams.into_iter().map(tab).collect()/> }.into_any()
}

#[component]
fn Builder(builder: BuilderView, domain: Option<u8>) -> AnyView {
    let items: u32 = builder.domains.iter().map(|domain| domain.items).sum();
    if items == 0 {
        return view! { <Notice><p>"This exam has no questions yet."</p></Notice> }.into_any();
    }
    // Made inside the form, which tells its fields what was sent.
    let rows =
        move || builder.domains.into_iter().map(move |choice| view! { <DomainRow ticked=domain == Some(choice.number) choice/> });
    let counts = COUNTS.map(|count| Choice::new(count, count)).to_vec();
    view! {
        <Form action=Begin::PATH also=SavePreset::PATH>
            <input type="hidden" name="request[exam]" value=builder.exam.to_string()/>
            <Fieldset
                legend="What to practise"
                hint="Choose nothing to practise the whole exam, spread by the weights of its domains."
            >
                <div class="domain-choices">{rows().collect::<Vec<_>>()}</div>
            </Fieldset>
            <RadioGroup name="request[count]" legend="How many questions" choices=counts selected=COUNTS[1] in_row=true/>
            <Pools pools=builder.pools/>
            <Kinds/>
            <TimeLimit/>
            <Disclosure summary="How answers are scored">
                <ScoringRules/>
            </Disclosure>
            <div class="form-actions">
                <Button>"Start quiz"</Button>
            </div>
            // After the button that Enter presses.
            <KeepSettings/>
        </Form>
    }
    .into_any()
}

#[component]
fn DomainRow(choice: DomainChoice, ticked: bool) -> AnyView {
    let number = choice.number.to_string();
    let label = format!("{number}. {}", choice.name);
    let note = format!("{} % of the exam, {} questions", choice.weight, choice.items);
    let objectives: Vec<_> = choice.objectives.into_iter().map(|objective| view! { <ObjectiveRow objective/> }).collect();
    // A form that came back with objectives chosen shows them.
    let form = CurrentForm::current();
    let open = form.sent("request[domains][]", &number).unwrap_or(ticked);
    view! {
        <div class="domain-choice">
            <Checkbox name="request[domains][]" value=number label hint=note checked=ticked/>
            <Disclosure summary=format!("Narrow domain {} to objectives", choice.number) open>
                <div class="objective-choices">{objectives}</div>
            </Disclosure>
        </div>
    }
    .into_any()
}

#[component]
fn ObjectiveRow(objective: ObjectiveChoice) -> AnyView {
    let label = format!("{} {}", objective.id, objective.title);
    let hint = match objective.items {
        0 => "no questions yet".to_owned(),
        some => questions(some),
    };
    let disabled = objective.items == 0;
    view! { <Checkbox name="request[objectives][]" value=objective.id.to_string() label hint disabled/> }.into_any()
}

/// The rules of `domain::scoring` in words.
#[component]
pub fn ScoringRules() -> AnyView {
    view! {
        <dl class="facts">
            <dt>"Choose one, or several"</dt>
            <dd>"One point, if exactly the right ones are chosen."</dd>
            <dt>"Put in order"</dt>
            <dd>"A point for each step at its right position."</dd>
            <dt>"Match"</dt>
            <dd>"A point for each term with its right match."</dd>
            <dt>"Place on a picture"</dt>
            <dd>"A point for each numbered place with its right label."</dd>
            <dt>"Type an answer"</dt>
            <dd>"One point, if it means the right thing, however it is spelled."</dd>
            <dt>"Simulation, in exams"</dt>
            <dd>
                "Of three points one if what was asked for works, one if the cause is gone, and with one of these a third if nothing else was damaged. The state at the end of the exam counts."
            </dd>
        </dl>
        <p>
            "Nothing is ever taken away for a wrong part, so answer everything. A question counts as right with all of its "
            "points; what you reached of the others is added up as part credit."
        </p>
    }
    .into_any()
}

/// Where nothing is practised yet: the way to the builder.
#[component]
pub fn StartPractice() -> AnyView {
    view! { <LinkButton href="/practice">"Choose an exam and start"</LinkButton> }.into_any()
}
