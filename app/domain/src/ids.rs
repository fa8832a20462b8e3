//! Every id is a type of its own, so that one cannot be passed for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    };
}

uuid_id! {
    /// An organisation: a tenant. A person alone is an organisation of one.
    OrgId
}
uuid_id! {
    /// A person who signs in.
    AccountId
}
uuid_id! {
    /// One sign-in of one person on one device. Not the secret token.
    SessionId
}
uuid_id! {
    /// One learner's run of one form.
    AttemptId
}
uuid_id! {
    /// Chosen by the client for each answer, so that the same answer sent twice counts once.
    IdempotencyKey
}
uuid_id! {
    /// Settings of the practice builder that a learner keeps.
    PresetId
}
uuid_id! {
    /// What one learner says is wrong with one version of an item.
    ReportId
}
uuid_id! {
    /// One learner's run of a scenario with a seed.
    TicketId
}
uuid_id! {
    /// The page that works on a ticket; another page that takes over gets another.
    WriterId
}
text_id! {
    /// The `id` of a scenario, as in `content/scenarios/*.toml`.
    ScenarioId
}
text_id! {
    /// The `id` of an exam blueprint, as in `content/<exam>/exam.toml`.
    ExamId
}
text_id! {
    /// The number of an objective within its exam, such as `2.10`.
    ObjectiveId
}
text_id! {
    /// The `id` inside an item's file. Never changes, never reused.
    ItemId
}
text_id! {
    /// The `id` inside a case's file: the parts of one case share its text and exhibit.
    CaseId
}
text_id! {
    /// SHA-256 of an item's source text, 64 lower-case hexadecimal digits.
    ItemVersion
}
