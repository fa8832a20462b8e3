//! Simulations: tickets inside an exam, graded on the state in which the company is left.

use app::error::{AppError, Conflict};
use app::exams::api::{Answered, Exams as _, SimulationView};
use app::practice::api::{RevealedSimulation, SimulationEnd, Task, Told};
use app::tickets::api::{Asked, QueueFilter, StepReply, StepRequest, Tickets as _};
use domain::exams::{Length, Mode};
use domain::ids::TicketId;
use domain::scoring::Score;
use firstline::exams::finish_expired;
use sqlx::PgPool;

use super::{FINISHED, PAUSED, RUNNING, TIME_IS_UP};
use crate::support::bank::Bank;
use crate::support::company::SCENARIO;
use crate::support::learner::{Learner, new_key};
use crate::support::site::{Site, Visitor};
use crate::support::taker::{Taker, exam_request};

/// Ada in an exam whose first question is a simulation.
struct Room {
    visitor: Visitor,
    ada: Taker,
    ticket: TicketId,
}

impl Room {
    async fn enter(db: PgPool) -> Self {
        let site = Site::new(db).with_bank(&Bank::large().with_simulation()).await;
        let request = app::exams::api::ExamRequest { simulations: true, ..exam_request(Length::Short, Mode::Practice) };
        let visitor = site.member("ada").await;
        let ada = Taker::of(&Learner::of(&visitor).await, request).await;
        let ticket = ada.question(1).await.simulation.unwrap().ticket;
        ada.caller.take_over(ticket, ada.writer).await.unwrap();
        Self { visitor, ada, ticket }
    }

    async fn step(&self, step: Asked) -> Result<StepReply, AppError> {
        self.ada.caller.step(StepRequest { ticket: self.ticket, writer: self.ada.writer, key: new_key(), step }).await
    }

    async fn line(&self, line: &str) -> Result<StepReply, AppError> {
        self.step(Asked::Line(line.to_owned())).await
    }

    /// The author's own way, without handing it in.
    async fn solve(&self) {
        let solution = self.ada.site.server.catalog.scenario(&SCENARIO.into()).unwrap().scenario.solution.clone();
        for line in solution.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("resolve")) {
            self.line(line).await.unwrap();
        }
    }

    async fn ended(&self) -> (Option<Score>, RevealedSimulation) {
        let verdict = self.ada.caller.exam_question(self.ada.attempt, 1).await.unwrap().verdict.unwrap();
        let Told::Simulation(told) = verdict.reveal.told else { panic!("{:?}", verdict.reveal.told) };
        (verdict.score, told)
    }
}

#[sqlx::test]
async fn a_simulation_comes_first_and_is_graded_on_the_state_at_the_end(db: PgPool) {
    let room = Room::enter(db).await;
    let first = room.ada.question(1).await;
    assert_eq!((first.prompt.task, first.progress), (Task::Simulation, Answered::No));
    room.solve().await;
    let first = room.ada.question(1).await;
    let Some(SimulationView { ticket, actions }) = first.simulation else { panic!("{first:?}") };
    assert!(ticket == room.ticket && actions > 5 && first.progress == Answered::Whole);
    assert_eq!(room.ada.caller.debrief(room.ticket).await.unwrap_err(), AppError::Conflict(Conflict::TicketOpen));
    assert_eq!(room.ada.caller.exam_question(room.ada.attempt, 1).await.unwrap_err(), RUNNING);
    room.ada.finish().await;
    let (score, told) = room.ended().await;
    let ended = SimulationEnd { ticket: room.ticket, restored: true, fixed: true, damage: vec![] };
    assert_eq!((score, told.ended), (Some(Score { points: 3, of: 3 }), Some(ended)));
    let result = room.ada.caller.exam_result(room.ada.attempt).await.unwrap();
    assert_eq!((result.total.correct, result.credit.hundredths, result.questions[0].ticket), (1, 100, Some(room.ticket)));
    assert!(room.ada.caller.debrief(room.ticket).await.unwrap().verdict.root_cause_fixed);
}

#[sqlx::test]
async fn looking_alone_brings_nothing_and_doing_nothing_is_no_answer(db: PgPool) {
    let room = Room::enter(db).await;
    room.line("sh {device} cmd ipconfig /all").await.unwrap();
    room.ada.finish().await;
    let (score, told) = room.ended().await;
    let ended = SimulationEnd { ticket: room.ticket, restored: false, fixed: false, damage: vec![] };
    assert_eq!((score, told.ended), (Some(Score { points: 0, of: 3 }), Some(ended)));
}

#[sqlx::test]
async fn starting_over_takes_back_the_simulation_and_nothing_else(db: PgPool) {
    let room = Room::enter(db).await;
    room.ada.save(room.ada.change(2, vec![1], 1)).await.unwrap();
    room.solve().await;
    assert!(room.step(Asked::Rewind { to: 3 }).await.is_err(), "all of it or nothing");
    room.step(Asked::Rewind { to: 0 }).await.unwrap();
    let questions = room.ada.sitting().await.questions;
    assert_eq!([questions[0].progress, questions[1].progress], [Answered::No, Answered::Whole]);
    room.ada.finish().await;
    assert_eq!(room.ended().await.0, None, "as if nothing had been done");
    assert_eq!(room.ada.site.count("select answered::bigint from attempts").await, 1);
}

#[sqlx::test]
async fn nothing_is_handed_in_and_nobody_hints(db: PgPool) {
    let room = Room::enter(db).await;
    let resolve = "resolve cause=\"a\" change=\"b\" verification=\"c\" prevention=\"d\"";
    assert_eq!(room.line(resolve).await.unwrap_err(), AppError::Conflict(Conflict::NothingToHandIn));
    assert_eq!(room.step(Asked::Hint).await.unwrap_err(), AppError::Conflict(Conflict::NotInAssessment));
    assert!(room.ada.caller.hint_offer(room.ticket).await.is_err());
    let queue = room.ada.caller.queue(QueueFilter::default()).await.unwrap();
    assert!(queue.open.is_empty() && queue.closed.is_empty());
    room.ada.finish().await;
    let queue = room.ada.caller.queue(QueueFilter::default()).await.unwrap();
    assert!(queue.closed.is_empty() && queue.offers.iter().all(|offer| offer.closed == 0));
}

#[sqlx::test]
async fn no_step_is_taken_while_the_clock_stands_or_after_the_end(db: PgPool) {
    let room = Room::enter(db).await;
    let look = "sh {device} cmd ipconfig";
    room.ada.caller.pause(room.ada.attempt).await.unwrap();
    assert_eq!(room.line(look).await.unwrap_err(), PAUSED);
    assert_eq!(room.ada.caller.bench(room.ticket).await.unwrap_err(), PAUSED);
    room.ada.caller.resume(room.ada.attempt).await.unwrap();
    room.line(look).await.unwrap();
    room.ada.finish().await;
    assert_eq!(room.line(look).await.unwrap_err(), FINISHED);
    assert_eq!(room.ada.site.count("select count(*) from ticket_steps").await, 1);
}

#[sqlx::test]
async fn the_deadline_of_the_exam_is_that_of_its_simulations(db: PgPool) {
    let room = Room::enter(db).await;
    room.solve().await;
    room.ada.site.stop_clock().await;
    room.ada.site.at_deadline(room.ada.attempt, i32::from(domain::exams::GRACE_SECONDS) * 1000 + 1).await;
    assert_eq!(room.line("sh {device} cmd ipconfig").await.unwrap_err(), TIME_IS_UP);
    finish_expired(&room.ada.site.server).await.unwrap();
    assert_eq!(room.ended().await.0, Some(Score { points: 3, of: 3 }));
}

/// A restart has nothing in memory.
#[sqlx::test]
async fn what_was_done_is_played_from_the_log(db: PgPool) {
    let room = Room::enter(db).await;
    room.solve().await;
    let mut visitor = room.visitor.clone();
    visitor.site = visitor.site.with_bank(&Bank::large().with_simulation()).await;
    let later = Learner::of(&visitor).await;
    assert!(later.caller.bench(room.ticket).await.unwrap().entries.len() > 5);
    later.caller.finish_exam(room.ada.attempt).await.unwrap();
    assert_eq!(room.ended().await.0, Some(Score { points: 3, of: 3 }));
}

#[sqlx::test]
async fn a_log_that_cannot_be_read_does_not_hold_up_the_exam(db: PgPool) {
    let room = Room::enter(db).await;
    room.line("sh {device} cmd ipconfig").await.unwrap();
    room.ada.save(room.ada.change(2, vec![1], 1)).await.unwrap();
    room.ada.site.execute("update ticket_steps set content = '\"no step\"'").await;
    room.ada.finish().await;
    let (score, told) = room.ended().await;
    assert_eq!((score, told.ended), (None, None));
    assert_eq!(room.ada.site.count("select answered::bigint from attempts").await, 1);
}

#[sqlx::test]
async fn a_browser_without_scripts_gets_no_simulation(db: PgPool) {
    let site = Site::new(db).with_bank(&Bank::large().with_simulation()).await;
    let bob = Taker::at(&site, "bob", exam_request(Length::Short, Mode::Practice)).await;
    assert!(bob.sitting().await.questions.iter().all(|question| question.simulation.is_none()));
    assert_eq!(site.count("select count(*) from tickets").await, 0);
    assert!(bob.caller.lobby(None).await.unwrap().simulations);
}

#[sqlx::test]
async fn a_simulation_is_its_learners_own(db: PgPool) {
    let room = Room::enter(db).await;
    let eve = Learner::at(&room.ada.site, "eve").await;
    assert_eq!(eve.caller.bench(room.ticket).await.unwrap_err(), AppError::NotFound);
    let step = StepRequest { ticket: room.ticket, writer: room.ada.writer, key: new_key(), step: Asked::Rewind { to: 0 } };
    assert_eq!(eve.caller.step(step).await.unwrap_err(), AppError::NotFound);
}
