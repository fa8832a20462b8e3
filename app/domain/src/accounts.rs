//! Names, passwords, roles: the rules without the hashing.

mod back_off;
mod lifetime;
mod name;
mod password;
mod role;
mod time_allowance;

pub use back_off::{Door, FAILURES_BEFORE_RESET, FREE_FAILURES, LONGEST_WAIT_SECONDS, after_failure};
pub use lifetime::{SessionLifetime, session_lifetime};
pub use name::{AccountName, NameProblem};
pub use password::{PASSWORD_LENGTH, Password, PasswordProblem};
pub use role::{Role, UnknownRole};
pub use time_allowance::{TimeAllowance, UnknownAllowance};
