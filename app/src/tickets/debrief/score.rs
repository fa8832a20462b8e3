//! Where the points come from, what was broken on the way, and what was believed.

use engine::ticket::cause::title_of;
use engine::ticket::verdict::{Damage, Finding, Fit, Part, StatedTheory};
use leptos::prelude::*;

use crate::tickets::words;
use crate::ui::{Badge, BadgeKind, Table};

#[component]
pub fn Parts(parts: Vec<Part>) -> AnyView {
    let rows: Vec<_> = parts
        .into_iter()
        .map(|part| {
            let findings: Vec<_> = part.findings.into_iter().map(|one| view! { <li>{finding(one)}</li> }).collect();
            let points = if part.max == 0 { "–".to_owned() } else { format!("{} of {}", part.points, part.max) };
            view! {
                <tr>
                    <th scope="row">{part.name}</th>
                    <td class="number">{points}</td>
                    <td>
                        <ul class="findings">{findings}</ul>
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="debrief-score">
            <h2 id="debrief-score">"Where the points come from"</h2>
            <Table caption="Points by part, with the actions that they rest on">
                <thead>
                    <tr>
                        <th scope="col">"Part"</th>
                        <th scope="col" class="number">"Points"</th>
                        <th scope="col">"Why"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </section>
    }
    .into_any()
}

/// The sentence, and links to the actions that show it.
fn finding(finding: Finding) -> AnyView {
    view! { {finding.text} {links(finding.actions)} }.into_any()
}

pub fn links(actions: Vec<u32>) -> Vec<AnyView> {
    let link = |action: u32| view! { " " <a href=format!("#action-{action}")>"action " {action}</a> }.into_any();
    actions.into_iter().map(link).collect()
}

#[component]
pub fn Damages(damages: Vec<Damage>) -> AnyView {
    if damages.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = damages.into_iter().map(|damage| view! { <li>{damage.sentence()} {links(damage.actions)}</li> }).collect();
    view! {
        <section aria-labelledby="debrief-damage">
            <h2 id="debrief-damage">"What was broken on the way, and who is hurt"</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
pub fn Theories(theories: Vec<StatedTheory>) -> AnyView {
    if theories.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = theories
        .into_iter()
        .map(|stated| {
            let (kind, fits) = match stated.fits {
                Fit::Cause => (BadgeKind::Success, "names the cause"),
                Fit::Component => (BadgeKind::Accent, "the right part"),
                Fit::Layer => (BadgeKind::Accent, "the right layer"),
                Fit::Not => (BadgeKind::Warning, "does not fit"),
            };
            let cause = (!stated.theory.cause.is_empty()).then(|| format!(": {}", title_of(&stated.theory.cause)));
            let late = (!stated.in_time).then_some(" Stated after the first change.");
            view! {
                <li>
                    {words::layer(stated.theory.layer)} ", " {stated.theory.component} {cause} " " <Badge kind>{fits}</Badge> {late}
                    {links(vec![stated.action])}
                </li>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="debrief-theories">
            <h2 id="debrief-theories">"What you thought it was"</h2>
            <ol>{rows}</ol>
        </section>
    }
    .into_any()
}
