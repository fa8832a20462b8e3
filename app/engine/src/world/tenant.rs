//! A SaaS tenant: mail, files and licences in somebody else's data centre.

use serde::{Deserialize, Serialize};

use super::phone::Phone;
use crate::sorted::{Map, Set};
use crate::time::Time;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenant {
    pub domain: String,
    /// The host that all its services are reached at over HTTPS: `portal.cloudsuite.example`. Empty: from everywhere.
    pub portal: String,
    /// Where the company is, as its sign-in log writes countries.
    pub country: String,
    /// Licence name to how many were bought.
    pub licences: Map<String, u16>,
    /// By account name, lower case.
    pub users: Map<String, CloudUser>,
    pub sign_ins: Vec<CloudSignIn>,
    pub health: Vec<Incident>,
    /// Conditional access: countries that may sign in; empty is all. And people exempt from it.
    pub allowed_countries: Set<String>,
    pub exempt: Set<String>,
    pub mfa_required: bool,
    /// Phones with an older system than this get no mail.
    pub required_system: u16,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudUser {
    pub licences: Set<String>,
    /// MiB.
    pub quota: u32,
    pub used: u32,
    /// MiB of [`Self::used`] that lie in the recycle bin.
    pub recycle_bin: u32,
    /// Paths that cannot be synchronised, and why.
    pub sync_errors: Vec<(String, String)>,
    /// Signed in from here now.
    pub country: String,
    pub mfa: Vec<MfaMethod>,
    pub blocked: bool,
    /// Sessions that are open; an attacker's carries on until they are revoked.
    pub sessions: Vec<String>,
    pub password: u32,
    pub forwarding: Option<String>,
    /// Somebody else knows the password.
    pub compromised: bool,
    pub phone: Option<Phone>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MfaMethod {
    pub device: String,
    /// The person still has it.
    pub in_hand: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudSignIn {
    pub at: Time,
    pub user: String,
    pub country: String,
    pub application: String,
    pub ok: bool,
    /// The policy that stopped it, or empty.
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    pub service: String,
    pub id: String,
    pub text: String,
    pub open: bool,
}
