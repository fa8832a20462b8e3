//! A company phone, as the device management of the tenant and its owner see it: no packets, no shell.

use serde::{Deserialize, Serialize};

use crate::time::Time;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// As second factors and logs name it: `Ada's phone`.
    pub name: String,
    /// Major version of its system.
    pub system: u16,
    /// It kept the company's rules when it checked in last.
    pub compliant: bool,
    pub last_seen: Time,
    /// MiB.
    pub size: u32,
    pub free: u32,
    /// MiB of pictures and films that are nowhere else.
    pub pictures: u32,
    /// Beyond those that the company puts on every phone.
    pub apps: Vec<App>,
    /// What its mail account types as the password, as the number in [`super::accounts::User::password`].
    pub mail_password: u32,
    /// Its owner does not have it.
    pub lost: bool,
    pub locked: bool,
    pub wiped: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    pub name: String,
    /// Empty: nobody knows.
    pub publisher: String,
    /// It may do what a device administrator may, and cannot be uninstalled.
    pub administrator: bool,
    /// MiB that it sent and received this month.
    pub data: u32,
}
