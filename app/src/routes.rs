//! The table of URLs and nothing else.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::{SsrMode, path};

use crate::accounts::account::AccountPage;
use crate::accounts::reset_password::ResetPasswordPage;
use crate::accounts::sign_in::SignInPage;
use crate::accounts::sign_up::SignUpPage;
use crate::coverage::map::CoveragePage;
use crate::error::PageFailure;
use crate::exams::lobby::LobbyPage;
use crate::exams::result::ExamResultPage;
use crate::exams::room::{ReviewPage, RoomPage};
use crate::practice::builder::BuilderPage;
use crate::practice::history::HistoryPage;
use crate::practice::question::QuestionPage;
use crate::practice::result::ResultPage;
use crate::progress::home::HomePage;
use crate::reports::list::ReportsPage;
use crate::site::about::AboutPage;
use crate::site::components_page::ComponentsPage;
use crate::site::errors::{ErrorPage, NotFoundPage};
use crate::site::offline::OfflinePage;
use crate::tickets::bench::BenchPage;
use crate::tickets::debrief::DebriefPage;
use crate::tickets::queue::QueuePage;

/// The page of this URL. Every page is sent whole, with its status and headers.
#[component]
pub fn Pages() -> AnyView {
    if let Some(PageFailure(error)) = use_context() {
        return view! { <ErrorPage error=error/> }.into_any();
    }
    view! {
        <FlatRoutes fallback=NotFoundPage>
            <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
            <Route path=path!("/practice") view=BuilderPage ssr=SsrMode::Async/>
            <Route path=path!("/practice/:attempt") view=QuestionPage ssr=SsrMode::Async/>
            <Route path=path!("/practice/:attempt/result") view=ResultPage ssr=SsrMode::Async/>
            <Route path=path!("/practice/:attempt/:position") view=QuestionPage ssr=SsrMode::Async/>
            <Route path=path!("/exams") view=LobbyPage ssr=SsrMode::Async/>
            <Route path=path!("/exams/:attempt") view=RoomPage ssr=SsrMode::Async/>
            <Route path=path!("/exams/:attempt/review") view=ReviewPage ssr=SsrMode::Async/>
            <Route path=path!("/exams/:attempt/result") view=ExamResultPage ssr=SsrMode::Async/>
            <Route path=path!("/exams/:attempt/:position") view=RoomPage ssr=SsrMode::Async/>
            <Route path=path!("/history") view=HistoryPage ssr=SsrMode::Async/>
            <Route path=path!("/coverage") view=CoveragePage ssr=SsrMode::Async/>
            <Route path=path!("/reports") view=ReportsPage ssr=SsrMode::Async/>
            <Route path=path!("/tickets") view=QueuePage ssr=SsrMode::Async/>
            <Route path=path!("/tickets/:ticket") view=BenchPage ssr=SsrMode::Async/>
            <Route path=path!("/tickets/:ticket/debrief") view=DebriefPage ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/sign-up") view=SignUpPage ssr=SsrMode::Async/>
            <Route path=path!("/reset/:secret") view=ResetPasswordPage ssr=SsrMode::Async/>
            <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async/>
            <Route path=path!("/about") view=AboutPage ssr=SsrMode::Async/>
            <Route path=path!("/components") view=ComponentsPage ssr=SsrMode::Async/>
            <Route path=path!("/offline") view=OfflinePage ssr=SsrMode::Async/>
        </FlatRoutes>
    }
    .into_any()
}

/// Where to go after signing in: the path that was asked for, if it is one of this site, else home.
///
/// A second slash or a backslash would make the browser read a host name.
#[must_use]
pub fn own_path(next: Option<&str>) -> &str {
    match next {
        Some(path) if path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']) => path,
        _ => "/",
    }
}
