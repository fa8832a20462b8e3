//! The learner's own tickets.

use domain::tickets::Mode;
use leptos::prelude::*;

use crate::tickets::api::{ClosedTicket, OpenTicket};
use crate::tickets::words::{count, priority, span};
use crate::ui::{Badge, BadgeKind, EmptyState, LinkButton, Table, Time};

#[component]
pub fn Open(tickets: Vec<OpenTicket>) -> AnyView {
    let rows: Vec<_> = tickets.into_iter().enumerate().map(|(at, ticket)| open_row(at == 0, ticket)).collect();
    view! {
        <section aria-labelledby="queue-open">
            <h2 id="queue-open">"Resume where you were"</h2>
            <ul class="queue-offers">{rows}</ul>
        </section>
    }
    .into_any()
}

fn open_row(first: bool, ticket: OpenTicket) -> AnyView {
    let class = if first { "button button-primary" } else { "button button-secondary" };
    let done = if ticket.actions == 0 {
        "nothing done yet".to_owned()
    } else {
        format!("{} done", count(ticket.actions, "action", "actions"))
    };
    let from = (!ticket.requester.is_empty()).then(|| format!("From {}", ticket.requester));
    let until = ticket.deadline_at.map(|at| view! { <span>"Time until " <Time at/></span> });
    view! {
        <li>
            <div class="queue-offer">
                <h3>{ticket.title.clone()} " " {mode_badge(ticket.mode)}</h3>
                <p class="quiet small queue-facts">
                    <span>{ticket.company}</span>
                    <span>{from}</span>
                    <span>{priority(ticket.priority)}</span>
                    <span>"Taken " <Time at=ticket.started_at/> ", open for " {span(ticket.age)}</span>
                    <span>{done}</span>
                    {until}
                </p>
            </div>
            <div class="queue-take">
                <a class=class href=format!("/tickets/{}", ticket.id)>
                    "Continue" <span class="visually-hidden">": " {ticket.title}</span>
                </a>
            </div>
        </li>
    }
    .into_any()
}

fn mode_badge(mode: Mode) -> AnyView {
    match mode {
        // A simulation is listed by its exam alone.
        Mode::Practice | Mode::Simulation => ().into_any(),
        Mode::Assessment => view! { <Badge kind=BadgeKind::Accent>"assessment"</Badge> }.into_any(),
    }
}

#[component]
pub fn Closed(tickets: Vec<ClosedTicket>) -> AnyView {
    let content = if tickets.is_empty() {
        view! {
            <EmptyState
                title="None closed yet"
                text="When you resolve a ticket or hand it over, its verdict stands here: what was wrong, what each of your actions showed, and a time line to step through."
            >
                <LinkButton href="#queue-offers">"Take the first one"</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows: Vec<_> = tickets.into_iter().map(closed_row).collect();
        view! {
            <Table caption="Closed tickets, the latest first">
                <thead>
                    <tr>
                        <th scope="col">"Ticket"</th>
                        <th scope="col" class="wide-only">"Company"</th>
                        <th scope="col" class="wide-only">"Closed"</th>
                        <th scope="col" class="number">"Points"</th>
                        <th scope="col">"Verdict"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="queue-closed">
            <h2 id="queue-closed">"Closed"</h2>
            {content}
        </section>
    }
    .into_any()
}

fn closed_row(ticket: ClosedTicket) -> AnyView {
    let verdict = if ticket.passed {
        view! { <Badge kind=BadgeKind::Success>"passed"</Badge> }
    } else {
        view! { <Badge kind=BadgeKind::Warning>"not passed"</Badge> }
    };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/tickets/{}/debrief", ticket.id)>{ticket.title}</a> " " {mode_badge(ticket.mode)}
            </th>
            <td class="wide-only">{ticket.company}</td>
            <td class="wide-only"><Time at=ticket.closed_at/></td>
            <td class="number">{ticket.score} " of " {ticket.max}</td>
            <td>{verdict}</td>
        </tr>
    }
    .into_any()
}
