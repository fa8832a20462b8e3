//! A Windows 11 or Windows Server machine, as far as a technician looks into it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::accounts::Accounts;
use super::files::Files;
use super::shared::Shared;
use crate::sorted::{Map, Set};
use crate::time::Time;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Windows {
    /// `Windows 11 Pro`, `Windows Server 2022 Standard`.
    pub edition: String,
    /// Decides what is there: 24H2 is 26100.
    pub build: u32,
    pub boot: Shared<Boot>,
    /// Who is signed in at the screen, by account name; and the groups of that sign-in (they change at the next one only).
    pub signed_in: Option<String>,
    pub token_groups: Shared<Set<String>>,
    /// The session is there, but the screen asks for the password.
    pub screen_locked: bool,
    /// Directory accounts that signed in here before, by lower-case name: they may sign in while no domain controller answers.
    pub cached_sign_ins: Map<String, CachedSignIn>,
    /// The directory domain it is joined to.
    pub joined: Option<Joined>,
    pub accounts: Shared<Accounts>,
    /// By service name: `Spooler`.
    pub services: Shared<Map<String, Service>>,
    pub processes: Shared<Vec<Process>>,
    pub events: Shared<Vec<Event>>,
    pub volumes: Shared<Vec<Volume>>,
    pub files: Shared<Files>,
    /// Full name of a value to its data: `HKLM\…\Winlogon\Shell`. Only those that something here depends on.
    pub registry: Shared<Map<String, String>>,
    pub system_files: Integrity,
    pub component_store: Integrity,
    pub updates: Shared<Updates>,
    pub programs: Shared<Vec<Program>>,
    pub startup: Shared<Vec<StartupItem>>,
    pub proxy: Shared<Proxy>,
    pub certificates: Shared<Vec<Certificate>>,
    pub clock: Shared<Clock>,
    pub defender: Shared<Defender>,
    pub mapped_drives: Vec<MappedDrive>,
    pub credentials: Vec<StoredCredential>,
    pub mail: Option<Box<MailProfile>>,
    pub printers: Vec<InstalledPrinter>,
    pub policy: Shared<PolicyState>,
    pub browser: Shared<Browser>,
    pub settings: Shared<Settings>,
    /// What lies beside it and speaks Bluetooth.
    pub bluetooth: Shared<Vec<BluetoothDevice>>,
    /// Over Remote Desktop, beside the one at the screen.
    pub sessions: Shared<Vec<RemoteSession>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BluetoothDevice {
    pub name: String,
    pub paired: bool,
    /// Both ends hold the same link key; with another one the connection comes and goes.
    pub key_matches: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteSession {
    /// From 2 on: the screen has number 1.
    pub id: u8,
    pub user: String,
    pub since: Time,
    pub idle_since: Time,
    /// Somebody looks at it; else it was left open and goes on without them.
    pub active: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    /// The boot configuration data names the right partition.
    pub store_ok: bool,
    /// Started with the minimal set of drivers.
    pub safe_mode: bool,
    /// BitLocker: the drive is encrypted, and the measured state has changed, so it asks for its key.
    pub bitlocker: bool,
    pub bitlocker_locked: bool,
    /// What the screen shows instead of the desktop; empty when it runs.
    pub halted_on: String,
    pub restart_pending: bool,
    /// Volumes that are checked at the next start (`chkdsk /f` answered with Y).
    pub check_at_start: Set<char>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    pub domain: String,
    /// The machine's account password matches the directory's.
    pub trust_ok: bool,
}

/// What a machine keeps of a directory account that signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CachedSignIn {
    pub password: u32,
    pub groups: Set<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    pub display: String,
    pub state: ServiceState,
    pub start: StartType,
    pub depends_on: Vec<String>,
    pub account: String,
    /// The process it runs in, where it runs.
    pub pid: u32,
    /// Windows error number of its last end; 0 is fine, 1077 never started.
    pub exit_code: u32,
    pub restarts_on_failure: bool,
    /// Starting it fails or it dies at once: why, in the event log's words; empty when it is sound.
    pub broken: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServiceState {
    #[default]
    Stopped,
    StartPending,
    StopPending,
    Running,
    Paused,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum StartType {
    Automatic,
    AutomaticDelayed,
    #[default]
    Manual,
    Disabled,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    pub pid: u32,
    pub name: Cow<'static, str>,
    pub user: String,
    /// Permille of all cores.
    pub cpu: u16,
    pub memory_kib: u32,
    /// Kilobytes a second.
    pub disk_kib: u32,
    pub path: Cow<'static, str>,
    pub publisher: Cow<'static, str>,
    pub responding: bool,
    /// Where it talks to, for `netstat`.
    pub connected_to: Option<(std::net::Ipv4Addr, u16)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub at: Time,
    pub log: EventLog,
    pub source: Cow<'static, str>,
    pub id: u32,
    pub level: EventLevel,
    pub text: Cow<'static, str>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EventLog {
    #[default]
    System,
    Application,
    Security,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EventLevel {
    Critical,
    Error,
    Warning,
    #[default]
    Information,
    AuditSuccess,
    AuditFailure,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    /// `None`: no letter, so nothing in Explorer.
    pub letter: Option<char>,
    pub label: String,
    pub file_system: String,
    /// MiB.
    pub size: u64,
    pub free: u64,
    /// Which of the hardware's disks.
    pub disk: u8,
    pub dirty: bool,
    pub kind: VolumeKind,
    pub shadow_copies: Vec<Time>,
    /// What fills it: folder and MiB, largest first.
    pub largest: Vec<(String, u64)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VolumeKind {
    System,
    #[default]
    Data,
    Removable,
    Recovery,
    Efi,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Integrity {
    #[default]
    Sound,
    Damaged,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Updates {
    pub installed: Vec<Update>,
    pub waiting: Vec<Update>,
    pub paused: bool,
    /// Hours of the day in which it does not restart by itself.
    pub active_hours: (u8, u8),
    /// The last attempt's error, such as `0x80070070`; empty is success.
    pub last_error: String,
    /// Switched off as a whole, by policy or service.
    pub disabled: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// `KB09…`: numbers of Microsoft's articles are written without leading zeros, so none of these can be one of theirs.
    pub kb: String,
    pub title: String,
    pub at: Time,
    /// What it breaks here; empty is nothing.
    pub breaks: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub name: String,
    pub version: String,
    pub publisher: String,
    pub installed: Time,
    pub wanted: bool,
    /// Why it does not start or closes; empty is sound. Faults write a short, stable word: `missing-dll`, `add-in`.
    pub broken: String,
    /// The library or add-in that is named in its error.
    pub broken_part: String,
    pub add_ins: Vec<AddIn>,
    pub bits: u8,
    /// The folder it writes into while it runs, where that is not the user's own; who may write there decides who can use it.
    pub writes_to: String,
    /// First and last day its licence covers, by the machine's own clock; `None` asks for none.
    pub licence: Option<(Time, Time)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddIn {
    pub name: String,
    pub enabled: bool,
    pub faulty: bool,
    /// 32 or 64; one that differs from its program's is not loaded. 0 fits any.
    pub bits: u8,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartupItem {
    pub name: String,
    pub publisher: String,
    pub enabled: bool,
    /// Seconds it adds to signing in.
    pub seconds: u16,
    /// Something the company needs.
    pub needed: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proxy {
    pub enabled: bool,
    pub server: String,
    pub port: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub subject: String,
    pub issuer: String,
    pub from: Time,
    pub until: Time,
    pub store: CertificateStore,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CertificateStore {
    Personal,
    Computer,
    TrustedRoot,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// How far it is ahead of the true time, in milliseconds.
    pub offset: i64,
    /// Minutes east of UTC that it is set to.
    pub zone_minutes: i32,
    pub source: String,
    pub last_sync: Option<Time>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defender {
    pub real_time: bool,
    pub tamper_protection: bool,
    pub signatures: Time,
    pub exclusions: Vec<String>,
    pub quarantine: Vec<String>,
    pub last_scan: Option<Time>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedDrive {
    pub letter: char,
    /// `\\SRV-1\team`.
    pub path: String,
    pub user: String,
    pub persistent: bool,
}

/// What Credential Manager, a task, a service or a phone keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredCredential {
    pub target: String,
    pub user: String,
    pub password: u32,
    /// What uses it: `Credential Manager`, `Scheduled task: Nightly export`.
    pub used_by: String,
    /// Tried again and again by itself.
    pub retries: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailProfile {
    pub address: String,
    pub server: String,
    /// Mailbox file in MiB and its limit.
    pub size: u32,
    pub limit: u32,
    pub rules: Vec<MailRule>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRule {
    pub name: String,
    /// Forwards outside the company, to this address; empty does not.
    pub forwards_to: String,
}

/// A printer as this computer knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalledPrinter {
    pub name: String,
    pub port: PrinterPort,
    pub driver: PrinterLanguage,
    /// The form its driver asks for.
    pub paper: super::printer::Paper,
    pub default: bool,
    pub paused: bool,
    pub jobs: Vec<Job>,
    /// Shared to others under this name; empty is not.
    pub share: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrinterPort {
    /// TCP port 9100 of an address.
    Ip(std::net::Ipv4Addr),
    /// A queue of a print server: device label and share.
    Share(String, String),
    Usb(super::device::DeviceId),
    /// Prints into a file.
    #[default]
    File,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PrinterLanguage {
    #[default]
    Pcl,
    PostScript,
    Pdf,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    pub id: u32,
    pub document: String,
    pub user: String,
    pub pages: u16,
    pub state: JobState,
    /// Hangs the spooler's queue.
    pub corrupt: bool,
    pub at: Time,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobState {
    #[default]
    Spooling,
    Waiting,
    Printing,
    Error,
    Deleting,
    Printed,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyState {
    /// Group policy objects that were applied, in order.
    pub applied: Vec<String>,
    pub last_applied: Option<Time>,
    /// Where the computer's account stands: `Computers/Reception`.
    pub unit: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browser {
    pub extensions: Vec<Extension>,
    /// Sites whose stored data is broken.
    pub broken_cache: Set<String>,
    /// Sites that may show notifications.
    pub notifications: Set<String>,
    pub default: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    pub name: String,
    pub enabled: bool,
    pub wanted: bool,
}

/// Settings that a person can get wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub page_file: bool,
    pub display_mode: DisplayMode,
    pub keyboard_layouts: Vec<String>,
    pub active_layout: String,
    pub caps_lock: bool,
    pub touchpad: bool,
    pub airplane_mode: bool,
    pub default_microphone: String,
    /// Programs that may use the microphone.
    pub microphone_allowed: Set<String>,
    pub location_allowed: bool,
    pub fast_startup: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            page_file: true,
            display_mode: DisplayMode::Extend,
            keyboard_layouts: vec!["English (United States)".to_owned()],
            active_layout: "English (United States)".to_owned(),
            caps_lock: false,
            touchpad: true,
            airplane_mode: false,
            default_microphone: "Built-in microphone".to_owned(),
            microphone_allowed: Set::new(),
            location_allowed: true,
            fast_startup: true,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DisplayMode {
    Duplicate,
    Extend,
    PcOnly,
    SecondOnly,
}
