//! Talking with the people of the model: intents and tones in; answers from what this person can notice.

use serde::{Deserialize, Serialize};

use crate::world::person::Topic;
use crate::world::{PersonId, World};

/// What is said. Script: `say ada ask friendly symptom` or `say ada explain plain "…"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utterance {
    pub to: PersonId,
    pub intent: Intent,
    pub tone: Tone,
    pub topic: Topic,
    /// The words, where they were typed.
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Intent {
    Greet,
    Ask,
    Explain,
    /// Tells them to do or look at something.
    Instruct,
    AskConsent,
    SetExpectation,
    VerifyIdentity,
    AskApproval,
    /// Asks whether it works now.
    Confirm,
    Apologise,
    Refuse,
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tone {
    Friendly,
    Plain,
    Technical,
    Impatient,
    Blaming,
}

/// Says it and gives the answer.
pub fn say(_world: &mut World, _utterance: &Utterance) -> String {
    String::new()
}
