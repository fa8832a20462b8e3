//! What a device serves to others: addresses, names, shares, a directory, pages, mail, backups.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::{Deserialize, Serialize};

use super::accounts::Accounts;
use super::files::AccessEntry;
use super::mac::Mac;
use crate::sorted::Map;
use crate::time::{Span, Time};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    pub dhcp: Option<DhcpServer>,
    pub dns: Option<DnsServer>,
    pub directory: Option<Directory>,
    pub shares: Vec<Share>,
    pub web: Vec<WebSite>,
    pub mail: Option<MailServer>,
    pub backups: Vec<BackupJob>,
    /// Time is served from here (UDP 123).
    pub time: bool,
    /// Open sign-ins to a remote desktop host: user and minutes idle.
    pub remote_sessions: Vec<(String, u32)>,
    pub remote_session_limit: u16,
    pub open_files: Vec<OpenFile>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DhcpServer {
    /// The service or unit whose running makes it serve; empty: built into the device.
    pub owner: String,
    /// Authorised in the directory, where there is one.
    pub authorised: bool,
    pub scopes: Vec<Scope>,
    /// IOS: addresses that were excluded before there was a pool for them.
    pub excluded: Vec<(Ipv4Addr, Ipv4Addr)>,
    /// A home router plugged in where it does not belong.
    pub rogue: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    pub name: String,
    pub network: Ipv4Net,
    pub first: Ipv4Addr,
    pub last: Ipv4Addr,
    pub excluded: Vec<(Ipv4Addr, Ipv4Addr)>,
    pub reservations: Map<Mac, Ipv4Addr>,
    /// Option 3.
    pub router: Option<Ipv4Addr>,
    /// Option 6.
    pub dns: Vec<Ipv4Addr>,
    /// Option 15.
    pub domain: String,
    /// Option 51.
    pub lease: Span,
    pub leases: Map<Ipv4Addr, ServerLease>,
    pub enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerLease {
    pub mac: Mac,
    pub host: String,
    pub expires: Time,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsServer {
    pub owner: String,
    /// By origin without the last dot, lower case: `clinic.example`, `20.168.192.in-addr.arpa`.
    pub zones: Map<String, Zone>,
    /// Zone to server: names below it are asked there. The empty zone is everything else.
    pub forwarders: Map<String, Vec<Ipv4Addr>>,
    /// Answers for others than its own zones.
    pub recursion: bool,
    /// Refuses clients outside these networks; empty answers all.
    pub allowed: Vec<Ipv4Net>,
    pub cache: Map<(String, RecordType), super::interface::Cached>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// By full name, lower case, without the last dot.
    pub records: Map<String, Vec<Record>>,
    /// Seconds that a "does not exist" is kept (the SOA's last field, RFC 2308).
    pub negative_ttl: u32,
    /// The zone's serial number.
    pub serial: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Record {
    /// Seconds.
    pub ttl: u32,
    pub data: RecordData,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RecordData {
    A(Ipv4Addr),
    Cname(String),
    Mx(u16, String),
    Ptr(String),
    /// Priority, weight, port, target.
    Srv(u16, u16, u16, String),
    Txt(String),
    Ns(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RecordType {
    A,
    Aaaa,
    Cname,
    Mx,
    Ptr,
    Srv,
    Txt,
    Ns,
}

impl RecordData {
    #[must_use]
    pub fn kind(&self) -> RecordType {
        match self {
            Self::A(_) => RecordType::A,
            Self::Cname(_) => RecordType::Cname,
            Self::Mx(..) => RecordType::Mx,
            Self::Ptr(_) => RecordType::Ptr,
            Self::Srv(..) => RecordType::Srv,
            Self::Txt(_) => RecordType::Txt,
            Self::Ns(_) => RecordType::Ns,
        }
    }
}

/// An Active-Directory-like directory; this device is its domain controller.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    pub domain: String,
    pub accounts: Accounts,
    /// Computer accounts: label to unit.
    pub computers: Map<String, String>,
    pub policies: Vec<GroupPolicy>,
    /// BitLocker recovery keys by computer.
    pub recovery_keys: Map<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPolicy {
    pub name: String,
    /// The unit it is linked to; everything below gets it.
    pub unit: String,
    /// Drives it maps: letter and path.
    pub drives: Vec<(char, String)>,
    /// Suffix list, wallpaper and the like: setting to value.
    pub settings: Map<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub name: String,
    /// The folder behind it, in the server's files.
    pub folder: String,
    pub permissions: Vec<AccessEntry>,
    pub ntfs: Vec<AccessEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenFile {
    pub path: String,
    pub user: String,
    pub host: String,
    /// Left behind by a crash.
    pub stale: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebSite {
    pub host: String,
    pub port: u16,
    pub tls: Option<Tls>,
    /// What a visitor gets: 200, or 503 when what stands behind it is down.
    pub title: String,
    /// The unit or service that must run behind it; empty is none.
    pub backend: String,
    pub owner: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tls {
    pub names: Vec<String>,
    pub issuer: String,
    pub from: Time,
    pub until: Time,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailServer {
    pub domain: String,
    pub owner: String,
    /// Passwords of accounts that may send through it: name to number.
    pub accounts: Map<String, u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupJob {
    pub name: String,
    pub source: String,
    pub target: String,
    /// Account it runs under and the number of the password it has stored.
    pub user: String,
    pub password: u32,
    pub enabled: bool,
    pub runs: Vec<BackupRun>,
    pub target_free_mib: u64,
    pub size_mib: u64,
    /// Somebody has restored from it and looked.
    pub tested: Option<Time>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupRun {
    pub at: Time,
    pub ok: bool,
    pub message: String,
}
