//! The queue: tickets that are open, that can be taken, and that are closed. Plain forms; works without scripts.

mod offers;
mod yours;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use self::offers::{Offers, take_form};
use self::yours::{Closed, Open};
use super::api::{Offer, QueueFilter, QueueView, Take};
use crate::backend::backend;
use crate::forms::failure_of;
use crate::ui::{Button, ButtonVariant, Card, Checkbox, Choice, Disclosure, ErrorSummary, Page, Select, load};

/// `/tickets?track=…&difficulty=…&objective=…&weakest=on`
#[component]
pub fn QueuePage() -> AnyView {
    let query = use_query_map().get_untracked();
    let get = |name: &str| query.get(name).filter(|value| !value.is_empty());
    let filter = QueueFilter {
        track: get("track"),
        difficulty: get("difficulty"),
        objective: get("objective"),
        weakest_first: get("weakest").is_some(),
    };
    let queue = async move { backend()?.queue(filter).await };
    load(queue, |queue| {
        view! {
            <Page
                title="Tickets"
                lead="A simulated company, a person with a problem, and you at the service desk. Nothing here can be broken for real."
            >
                <Queue queue/>
            </Page>
        }
        .into_any()
    })
}

#[component]
fn Queue(queue: QueueView) -> AnyView {
    let QueueView { open, daily, offers, filter, tracks, difficulties, objectives, closed } = queue;
    let failure = failure_of(Take::PATH);
    let chosen = objectives.iter().map(|one| {
        Choice::new(format!("{}/{}", one.exam, one.objective), format!("{} {} {}", one.exam_name, one.objective, one.title))
    });
    let objectives = with_any(chosen);
    let again = offers.clone();
    view! {
        {failure.map(|failure| view! { <ErrorSummary message=failure.error.to_string() fields=Vec::new()/> })}
        {(!open.is_empty()).then(|| view! { <Open tickets=open/> })}
        <div class="queue-starts">
            {daily.map(|offer| view! { <Daily offer/> })} <Surprise/>
        </div>
        <Modes/>
        <section aria-labelledby="queue-offers">
            <h2 id="queue-offers">"Take a ticket"</h2>
            <Filters filter tracks difficulties objectives/>
            <Offers offers/>
            {(!again.is_empty()).then(|| view! { <SameNumbers offers=again/> })}
        </section>
        <Closed tickets=closed/>
    }
    .into_any()
}

fn with_any(choices: impl Iterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", "Any")).chain(choices).collect()
}

/// What somebody who opens this page every day does first.
#[component]
fn Daily(offer: Offer) -> AnyView {
    let lead = format!("{}, {}, about {} minutes of their time.", offer.company, offer.difficulty, offer.minutes);
    view! {
        <Card title="The short ticket of the day">
            <p><strong>{offer.title.clone()}</strong></p>
            <p class="quiet">{lead}</p>
            {take_form(Some(&offer), true)}
        </Card>
    }
    .into_any()
}

#[component]
fn Surprise() -> AnyView {
    view! {
        <Card title="Surprise me">
            <p>"Any ticket, as the phone would bring it."</p>
            {take_form(None, false)}
        </Card>
    }
    .into_any()
}

/// What the two ways of working mean, before one is chosen.
#[component]
fn Modes() -> AnyView {
    view! {
        <Disclosure summary="What practice and assessment mean">
            <dl class="facts">
                <dt>"Practice"</dt>
                <dd>
                    "No time limit. Hints, each for the points it says before you take it. You can undo, go back to any action, and afterwards continue differently from any point."
                </dd>
                <dt>"Assessment"</dt>
                <dd>
                    "A time limit with your allowance, no hints, nothing can be taken back. You may leave and come back while the time runs. What was wrong is told with the verdict, not before."
                </dd>
            </dl>
        </Disclosure>
    }
    .into_any()
}

#[component]
fn Filters(filter: QueueFilter, tracks: Vec<String>, difficulties: Vec<String>, objectives: Vec<Choice>) -> AnyView {
    let same = |values: Vec<String>| with_any(values.into_iter().map(|value| Choice::new(value.clone(), value)));
    view! {
        <form class="queue-filters" method="get" action="/tickets">
            <Select name="track" label="Track" choices=same(tracks) selected=filter.track.unwrap_or_default()/>
            <Select name="difficulty" label="Difficulty" choices=same(difficulties) selected=filter.difficulty.unwrap_or_default()/>
            <Select name="objective" label="Objective" choices=objectives selected=filter.objective.unwrap_or_default()/>
            <Checkbox name="weakest" label="Weakest objectives first" checked=filter.weakest_first/>
            <Button variant=ButtonVariant::Secondary>"Show these"</Button>
        </form>
    }
    .into_any()
}

/// Two people who compare notes, or one who wants the same case again.
#[component]
fn SameNumbers(offers: Vec<Offer>) -> AnyView {
    let choices = offers.into_iter().map(|offer| Choice::new(offer.scenario.to_string(), offer.title)).collect();
    view! {
        <Disclosure summary="The same numbers as a colleague">
            <form class="queue-filters" method="post" action=Take::PATH>
                <input type="hidden" name="from" value="/tickets"/>
                <input type="hidden" name="request[mode]" value="practice"/>
                <Select name="request[scenario]" label="Ticket" choices/>
                <div class="field">
                    <label class="field-label" for="queue-seed">
                        "Number"
                    </label>
                    <input
                        class="input"
                        id="queue-seed"
                        name="request[seed]"
                        inputmode="numeric"
                        pattern="[0-9]{1,19}"
                        required=true
                        aria-describedby="queue-seed-hint"
                    />
                    <p class="field-hint" id="queue-seed-hint">
                        "Each debrief names the number of its ticket. The same number gives the same people, addresses and fault."
                    </p>
                </div>
                <Button variant=ButtonVariant::Secondary>"Practise with this number"</Button>
            </form>
        </Disclosure>
    }
    .into_any()
}
