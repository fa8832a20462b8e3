//! The page of the coverage map: by domain and objective, with the keywords that no question speaks of.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use domain::content::coverage::{Coverage, DomainCoverage, ObjectiveCoverage};
use domain::content::item::Difficulty;

use super::api::CoverageView;
use crate::backend::backend;
use crate::ui::{Card, Disclosure, Notice, NoticeKind, Page, Tab, Table, Tabs, load};

/// `/coverage?exam=…`
#[component]
pub fn CoveragePage() -> AnyView {
    let exam = use_query_map().get_untracked().get("exam").map(Into::into);
    let view = async move { backend()?.coverage(exam).await };
    load(view, |view| {
        view! {
            <Page
                title="Coverage of the exams"
                lead="What the questions of each exam cover, domain by domain, and what is still missing. The numbers are counted from the content of this site."
            >
                <Map view/>
            </Page>
        }
        .into_any()
    })
}

#[component]
fn Map(view: CoverageView) -> AnyView {
    let CoverageView { exams, exam, coverage, missing } = view;
    let tabs = exams.into_iter().map(|choice| Tab {
        href: format!("/coverage?exam={}", choice.id),
        current: choice.id == exam,
        label: choice.name,
    });
    let domains: Vec<_> =
        coverage.domains.iter().map(|domain| view! { <Domain domain=domain.clone() all=coverage.items/> }).collect();
    view! {
        <Tabs label="Exam" tabs=tabs.collect()/>
        <Missing missing/>
        <Whole coverage/>
        {domains}
    }
    .into_any()
}

/// What the checker asks of a bank as a whole.
#[component]
fn Missing(missing: Vec<String>) -> AnyView {
    if missing.is_empty() {
        return view! {
            <Notice kind=NoticeKind::Success word="Whole">
                <p>"The checker asks for nothing more: shares, objectives, types, difficulty, keywords and topics are as they should be."</p>
            </Notice>
        }
        .into_any();
    }
    let lines: Vec<_> = missing.into_iter().map(|line| view! { <li>{line}</li> }).collect();
    view! {
        <Notice kind=NoticeKind::Warning word="Missing">
            <ul>{lines}</ul>
        </Notice>
    }
    .into_any()
}

#[component]
fn Whole(coverage: Coverage) -> AnyView {
    let all = coverage.items;
    let (covered, keywords) = coverage.keywords();
    let difficulty = |(difficulty, word): (Difficulty, &str)| {
        format!("{word} {}", share(coverage.difficulties.get(&difficulty).copied().unwrap_or_default(), all))
    };
    let difficulties = [(Difficulty::Easy, "easy"), (Difficulty::Medium, "medium"), (Difficulty::Hard, "hard")].map(difficulty);
    let kinds: Vec<_> = coverage.kinds.iter().map(|(word, items)| format!("{word} {}", share(*items, all))).collect();
    let topics = (!coverage.topics.is_empty()).then(|| {
        let rows: Vec<_> =
            coverage.topics.iter().map(|topic| view! { <li>{topic.name.clone()} ": " {topic.items}</li> }).collect();
        view! {
            <Disclosure summary=format!("Questions by topic ({})", rows.len())>
                <ul>{rows}</ul>
            </Disclosure>
        }
    });
    view! {
        <Card title="The whole bank">
            <dl class="facts">
                <dt>"Questions"</dt>
                <dd>{all}</dd>
                <dt>"Difficulty"</dt>
                <dd>{difficulties.join(", ")}</dd>
                <dt>"Types"</dt>
                <dd>{kinds.join(", ")}</dd>
                <dt>"With an exhibit"</dt>
                <dd>{share(coverage.exhibits, all)}</dd>
                <dt>"Keywords covered"</dt>
                <dd>{share(covered, keywords)} {format!(" of {keywords}")}</dd>
            </dl>
            {topics}
        </Card>
    }
    .into_any()
}

#[component]
fn Domain(domain: DomainCoverage, all: usize) -> AnyView {
    let caption = format!(
        "{}. {}: {} of the questions, weight {}\u{a0}%",
        domain.number,
        domain.name,
        share(domain.items, all),
        domain.weight
    );
    let rows: Vec<_> = domain.objectives.into_iter().map(|objective| view! { <Objective objective/> }).collect();
    view! {
        <Table caption>
            <thead>
                <tr>
                    <th scope="col">"Objective"</th>
                    <th scope="col">"Questions"</th>
                    <th scope="col">"Apply or analyse"</th>
                    <th scope="col">"Keywords covered"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

#[component]
fn Objective(objective: ObjectiveCoverage) -> AnyView {
    let ObjectiveCoverage { id, title, scenario, items, least, applied, keywords, open } = objective;
    let few = (items < least).then(|| format!(" ({least} wanted)"));
    let scenario = scenario.then(|| view! { <span class="quiet">" given a scenario"</span> });
    let covered = keywords - open.len();
    let open = (!open.is_empty()).then(|| view! { <p class="quiet small">"Open: " {open.join("; ")}</p> });
    view! {
        <tr>
            <th scope="row">{id.to_string()} " " {title} {scenario}</th>
            <td>{items} {few}</td>
            <td>{applied}</td>
            <td>{covered} " of " {keywords} {open}</td>
        </tr>
    }
    .into_any()
}

/// Such as "30, 15 %", with a space that does not break.
fn share(part: usize, whole: usize) -> String {
    format!("{part}, {}\u{a0}%", part * 100 / whole.max(1))
}
