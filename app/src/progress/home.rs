//! The home page: for a learner the next thing to do and where they stand, for a visitor what this is.

use leptos::prelude::*;

use super::api::{ExamStanding, StandingView};
use super::day::QuestionOfDay;
use super::next_step::NextStep;
use crate::accounts::api::SignUpPolicy;
use crate::backend::backend;
use crate::ui::{ButtonVariant, LinkButton, MarkBar, Page, PageWidth, Table, load};

/// `/`
#[component]
pub fn HomePage() -> AnyView {
    let standing = async move {
        let backend = backend()?;
        match backend.viewer() {
            Some(_) => backend.standing().await.map(Ok),
            None => Ok(Err(backend.sign_up_policy())),
        }
    };
    load(standing, |standing| match standing {
        Ok(standing) => view! { <Standing standing/> }.into_any(),
        Err(policy) => view! { <Welcome policy/> }.into_any(),
    })
}

#[component]
fn Standing(standing: StandingView) -> AnyView {
    let exams: Vec<_> = standing.exams.into_iter().map(|exam| view! { <Exam exam/> }).collect();
    view! {
        <Page title="Home" width=PageWidth::Reading>
            <NextStep step=standing.next/>
            {standing.day.map(|day| view! { <QuestionOfDay day/> })}
            {if exams.is_empty() { view! { <NothingYet/> }.into_any() } else { exams.into_any() }}
        </Page>
    }
    .into_any()
}

#[component]
fn NothingYet() -> AnyView {
    view! {
        <section>
            <h2>"Where you stand"</h2>
            <p class="quiet">"Nothing finished yet. Each quiz you finish fills in your standing by domain here."</p>
        </section>
    }
    .into_any()
}

#[component]
fn Exam(exam: ExamStanding) -> AnyView {
    let id = exam.exam.to_string();
    let rows: Vec<_> = exam
        .domains
        .into_iter()
        .map(|domain| {
            let href = format!("/practice?exam={id}&domain={}", domain.number);
            view! {
                <tr>
                    <th scope="row">
                        <a href=href>{domain.number} ". " {domain.name}</a>
                    </th>
                    <td class="number wide-only">{domain.weight} " %"</td>
                    <td class="number wide-only">{domain.mark.of} " of " {domain.items}</td>
                    <td>
                        <MarkBar mark=domain.mark/>
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <section>
            <h2>{exam.name} <span class="quiet">" " {exam.code}</span></h2>
            <Table caption="Where you stand by domain, from your first answer to each question">
                <thead>
                    <tr>
                        <th scope="col">"Domain"</th>
                        <th scope="col" class="number wide-only">"Weight"</th>
                        <th scope="col" class="number wide-only">"Questions seen"</th>
                        <th scope="col">"Right at first"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </section>
    }
    .into_any()
}

#[component]
fn Welcome(policy: SignUpPolicy) -> AnyView {
    let sign_up = match policy {
        SignUpPolicy::Open => view! { <LinkButton href="/sign-up">"Create an account"</LinkButton> }.into_any(),
        SignUpPolicy::Invite => {
            view! { <p>"Accounts here are by invitation: ask the person who runs this site for a link."</p> }.into_any()
        }
        SignUpPolicy::Closed => {
            view! { <p>"Sign-up is closed here: ask the person who runs this site for an account."</p> }.into_any()
        }
    };
    view! {
        <Page
            title="Practise IT support"
            lead="Questions in the style of A+ and Network+, and the first weeks on a help desk. Every answer comes with a reason for every option."
            width=PageWidth::Reading
        >
            <div class="form-actions">
                {sign_up} <LinkButton variant=ButtonVariant::Secondary href="/sign-in">"Sign in"</LinkButton>
            </div>
            <ul class="promises">
                <li>"Four exams: A+ Core 1, A+ Core 2, Network+ and IT Support Foundations."</li>
                <li>"Each answer is saved before the page says so. Close the browser and go on somewhere else, at the same question."</li>
                <li>"Your standing by domain, from your own answers, and the one next thing to do."</li>
                <li>"Original questions, each with its source. Not affiliated with or endorsed by CompTIA."</li>
            </ul>
        </Page>
    }
    .into_any()
}
