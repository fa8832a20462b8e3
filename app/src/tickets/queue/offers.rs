//! What can be taken.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::tickets::api::{Offer, Take};
use crate::tickets::words::priority;
use crate::ui::{Badge, BadgeKind, EmptyState, LinkButton};

#[component]
pub fn Offers(offers: Vec<Offer>) -> AnyView {
    if offers.is_empty() {
        return view! {
            <EmptyState title="No ticket fits" text="Nothing has this track, difficulty and objective together. Choose fewer of them.">
                <LinkButton href="/tickets">"Show all tickets"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let rows: Vec<_> = offers.into_iter().map(|offer| view! { <Row offer/> }).collect();
    view! { <ul class="queue-offers">{rows}</ul> }.into_any()
}

#[component]
fn Row(offer: Offer) -> AnyView {
    let badge = match (offer.closed, offer.passed) {
        (0, _) => ().into_any(),
        (_, true) => view! { <Badge kind=BadgeKind::Success>"passed"</Badge> }.into_any(),
        (_, false) => view! { <Badge kind=BadgeKind::Warning>"not passed yet"</Badge> }.into_any(),
    };
    let facts = format!("{} · {} · {} · about {} min", offer.company, offer.track, offer.difficulty, offer.minutes);
    let from = format!("From: {} · {}", offer.from.join(", "), priority(offer.priority));
    view! {
        <li>
            <div class="queue-offer">
                <h3>{offer.title.clone()} " " {badge}</h3>
                <p class="quiet small">{from}</p>
                <p class="quiet small">{facts}</p>
            </div>
            {take_form(Some(&offer), false)}
        </li>
    }
    .into_any()
}

/// The two buttons that take a ticket; `None`: any.
pub fn take_form(offer: Option<&Offer>, first: bool) -> AnyView {
    let scenario = offer.map(|offer| offer.scenario.to_string()).unwrap_or_default();
    let what = offer.map_or_else(|| "any ticket".to_owned(), |offer| offer.title.clone());
    let class = if first { "button button-primary" } else { "button button-secondary" };
    view! {
        <form class="queue-take" method="post" action=Take::PATH>
            <input type="hidden" name="from" value="/tickets"/>
            <input type="hidden" name="request[scenario]" value=scenario/>
            <button class=class type="submit" name="request[mode]" value="practice">
                "Practise" <span class="visually-hidden">": " {what.clone()}</span>
            </button>
            <button class="button button-quiet" type="submit" name="request[mode]" value="assessment">
                "Assessment" <span class="visually-hidden">": " {what}</span>
            </button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use engine::ticket::action::Level;

    use super::*;
    use crate::ui::testing::render;

    fn offer() -> Offer {
        Offer {
            scenario: "clinic-no-link".into(),
            title: "No network".to_owned(),
            company: "Clinic".to_owned(),
            track: "Network basics".to_owned(),
            difficulty: "easy".to_owned(),
            from: vec!["Receptionist".to_owned(), "Nurse".to_owned()],
            priority: Level::High,
            minutes: 12,
            closed: 1,
            passed: true,
        }
    }

    #[test]
    fn an_offer_is_a_plain_form_with_both_modes() {
        let html = render(|| view! { <Offers offers=vec![offer()]/> }.into_any());
        assert!(
            html.contains(r#"method="post""#) && html.contains(r#"name="request[scenario]" value="clinic-no-link""#),
            "{html}"
        );
        for mode in ["practice", "assessment"] {
            assert!(html.contains(&format!(r#"name="request[mode]" value="{mode}""#)), "{html}");
        }
        assert!(html.contains("passed") && html.contains("about 12 min"), "{html}");
        assert!(html.contains("From: Receptionist, Nurse · Priority: high"), "{html}");
    }

    #[test]
    fn nothing_that_fits_says_what_to_do() {
        let html = render(|| view! { <Offers offers=Vec::new()/> }.into_any());
        assert!(html.contains("No ticket fits") && html.contains(r#"href="/tickets""#), "{html}");
    }
}
