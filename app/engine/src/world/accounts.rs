//! Users, groups and the rules for passwords: one shape for local Windows accounts, a directory and Linux.

use serde::{Deserialize, Serialize};

use crate::sorted::{Map, Set};
use crate::time::{Span, Time};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// By lower-case name.
    pub users: Map<String, User>,
    /// By name as it is written.
    pub groups: Map<String, Group>,
    pub policy: Policy,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub name: String,
    pub full_name: String,
    /// What an administrator wrote beside it.
    pub comment: String,
    /// Not a password: a number that is equal where the passwords are.
    pub password: u32,
    pub password_set: Time,
    pub never_expires: bool,
    pub must_change: bool,
    pub enabled: bool,
    pub locked_since: Option<Time>,
    pub bad_attempts: u16,
    pub last_bad: Option<Time>,
    /// The computer the last bad attempts came from (events 4625 and 4740).
    pub last_bad_from: String,
    pub expires: Option<Time>,
    /// Directory: the organisational unit it stands in, `Staff/Reception`.
    pub unit: String,
    /// Linux: numeric ids, home and login shell.
    pub uid: u32,
    pub home: String,
    pub shell: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub description: String,
    /// Lower-case user names, or names of other groups.
    pub members: Set<String>,
    pub gid: u32,
}

/// `net accounts`, or a directory's default domain policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// 0 never locks.
    pub lockout_threshold: u16,
    pub lockout_duration: Span,
    pub lockout_window: Span,
    /// Zero: passwords never expire.
    pub maximum_age: Span,
    pub minimum_length: u8,
    pub history: u8,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            lockout_threshold: 10,
            lockout_duration: Span::minutes(10),
            lockout_window: Span::minutes(10),
            maximum_age: Span::days(42),
            minimum_length: 7,
            history: 24,
        }
    }
}

/// What trying to sign in comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SignIn {
    Accepted,
    UnknownOrWrong,
    Locked,
    Disabled,
    PasswordExpired,
    MustChange,
    AccountExpired,
    /// The machine's own account does not match the directory's.
    NoTrust,
    /// No domain controller answers, and this machine has never seen the account sign in.
    NoLogonServer,
}

impl Accounts {
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users.get(&name.to_lowercase())
    }

    pub fn user_mut(&mut self, name: &str) -> Option<&mut User> {
        self.users.get_mut(&name.to_lowercase())
    }

    /// The groups a user is in, directly or through another group, in order of name.
    #[must_use]
    pub fn groups_of(&self, name: &str) -> Set<String> {
        let mut found = Set::new();
        let mut open = vec![name.to_lowercase()];
        while let Some(member) = open.pop() {
            for (group, held) in &self.groups {
                if held.members.contains(&member) && found.insert(group.clone()) {
                    open.push(group.clone());
                }
            }
        }
        found
    }

    #[must_use]
    pub fn is_locked(&self, user: &User, now: Time) -> bool {
        user.locked_since
            .is_some_and(|since| self.policy.lockout_duration == Span::ZERO || now - since < self.policy.lockout_duration)
    }

    #[must_use]
    pub fn password_expired(&self, user: &User, now: Time) -> bool {
        !user.never_expires && self.policy.maximum_age > Span::ZERO && now - user.password_set > self.policy.maximum_age
    }

    /// One try, with its effects on counters and lock.
    pub fn try_sign_in(&mut self, name: &str, password: u32, from: &str, now: Time) -> SignIn {
        let policy = self.policy;
        let Some(user) = self.user(name) else { return SignIn::UnknownOrWrong };
        let (locked, expired) = (self.is_locked(user, now), self.password_expired(user, now));
        let Some(user) = self.user_mut(name) else { return SignIn::UnknownOrWrong };
        if locked {
            return SignIn::Locked;
        }
        user.locked_since = None;
        if user.password != password {
            if user.last_bad.is_none_or(|last| now - last > policy.lockout_window) {
                user.bad_attempts = 0;
            }
            user.bad_attempts = user.bad_attempts.saturating_add(1);
            user.last_bad = Some(now);
            from.clone_into(&mut user.last_bad_from);
            if policy.lockout_threshold > 0 && user.bad_attempts >= policy.lockout_threshold {
                user.locked_since = Some(now);
            }
            return SignIn::UnknownOrWrong;
        }
        if !user.enabled {
            return SignIn::Disabled;
        }
        if user.expires.is_some_and(|end| now >= end) {
            return SignIn::AccountExpired;
        }
        if user.must_change {
            return SignIn::MustChange;
        }
        if expired {
            return SignIn::PasswordExpired;
        }
        user.bad_attempts = 0;
        SignIn::Accepted
    }
}

/// The number that stands for a password as it is typed: equal texts, equal numbers.
#[must_use]
pub fn password_number(text: &str) -> u32 {
    // The low half is enough: nobody attacks these, they only have to differ.
    u32::try_from(crate::hash::fnv1a(text.as_bytes()) & 0xffff_ffff).unwrap_or_default()
}
