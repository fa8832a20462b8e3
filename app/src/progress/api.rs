//! Progress: where a learner stands, and the one next thing to do.

use serde::{Deserialize, Serialize};

use domain::ids::{AttemptId, ExamId};
use domain::scoring::{Mark, Score};

/// The home page of a learner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingView {
    /// Exams the learner has finished quizzes in, the latest first.
    pub exams: Vec<ExamStanding>,
    pub next: NextStepView,
    /// `None`: nothing practised yet.
    pub day: Option<DayView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamStanding {
    pub exam: ExamId,
    pub code: String,
    pub name: String,
    pub domains: Vec<DomainStanding>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainStanding {
    pub number: u8,
    pub name: String,
    pub weight: u8,
    /// First answers to different items; repeats do not count here.
    pub mark: Mark,
    /// Items of this domain in the bank.
    pub items: u32,
}

/// The one next thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NextStepView {
    /// Nothing practised yet.
    ChooseExam,
    Continue {
        attempt: AttemptId,
        exam_name: String,
        answered: u16,
        questions: u16,
    },
    /// An exam whose clock runs, or stands still.
    ContinueExam {
        attempt: AttemptId,
        exam_name: String,
        seconds_left: u64,
        paused: bool,
    },
    /// A domain never practised.
    StartDomain {
        exam: ExamId,
        exam_name: String,
        domain: u8,
        domain_name: String,
    },
    /// The domain where practice gains most.
    PractiseDomain {
        exam: ExamId,
        exam_name: String,
        domain: u8,
        domain_name: String,
        mark: Mark,
    },
}

/// The question of the day, in the exam of the latest attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayView {
    pub exam: ExamId,
    pub exam_name: String,
    pub state: DayState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayState {
    New,
    Begun {
        attempt: AttemptId,
    },
    /// `score`: `None`: ended without an answer.
    Done {
        attempt: AttemptId,
        score: Option<Score>,
    },
}

#[async_trait::async_trait]
pub trait Progress {
    async fn standing(&self) -> Result<StandingView, crate::error::AppError>;
}
