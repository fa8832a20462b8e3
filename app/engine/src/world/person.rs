//! People: what they can notice, what they believe, and how they take it.

use serde::{Deserialize, Serialize};

use super::device::DeviceId;
use super::place::PlaceId;
use crate::sorted::Set;
use crate::time::Time;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PersonId(pub u16);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// Account name in the directory, or of the local machine.
    pub account: String,
    /// What they type as their password, as the number in [`super::accounts::User::password`].
    pub password: u32,
    /// The same for the tenant: another one where no directory is synchronised with it.
    pub cloud_password: u32,
    pub job: String,
    pub place: PlaceId,
    pub device: Option<DeviceId>,
    pub skill: Skill,
    /// 0–1000; falls with waiting, blame and jargon, rises with expectation set and courtesy.
    pub patience: u16,
    /// 0–1000.
    pub mood: u16,
    /// 0–1000: how they talk with whoever helps them; low is curt and quick to lose patience.
    pub politeness: u16,
    /// What they take for a fault though it works as it should, until somebody explains it.
    pub misunderstands: Option<Topic>,
    /// May approve changes, access or spending.
    pub authority: Set<Authority>,
    /// Hours of the day when their machine must not be disturbed without their word.
    pub busy: Vec<(u8, u8)>,
    /// Agreed to what needs consent (remote control, a restart).
    pub consented: Set<Consent>,
    /// Their identity was checked in this ticket.
    pub verified: bool,
    /// The one who says to be this person is not.
    pub impostor: bool,
    /// What they say they believe, true or not; scenarios write it.
    pub beliefs: Vec<String>,
    /// Facts they can tell when asked about a topic: (topic, words).
    pub knows: Vec<(Topic, String)>,
    pub told: Vec<(Time, String)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Skill {
    #[default]
    Novice,
    Everyday,
    Expert,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Authority {
    ApproveAccess,
    ApproveChange,
    ApproveSpending,
    Security,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Consent {
    RemoteControl,
    Restart,
    DataLossRisk,
    Downtime,
}

/// What a question, an instruction or a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Topic {
    Symptom,
    Since,
    Changes,
    Scope,
    Others,
    Error,
    Lights,
    Cable,
    Wifi,
    Power,
    Screen,
    Sound,
    Printer,
    Paper,
    Password,
    Files,
    Mail,
    Web,
    Identity,
    Approval,
    Restart,
    Urgency,
    Works,
    /// How something is used, and what it does on purpose.
    Usage,
    /// How the company wants it.
    Policy,
}
