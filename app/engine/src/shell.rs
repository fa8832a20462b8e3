//! Command lines. Each command computes a typed result from the world and a renderer writes it; nothing is canned.
//!
//! Every line is answered, whatever it holds: an unknown command as that shell answers it, a known command with an option that
//! the model does not hold by [`Output::not_modelled`], which says so and tells the authors.

pub mod bash;
pub mod cmd;
pub mod http;
pub mod ios;
pub mod powershell;
pub mod windows;

use serde::{Deserialize, Serialize};

use crate::time::Span;
use crate::world::{DeviceId, World};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ShellKind {
    Cmd,
    PowerShell,
    Bash,
    Ios,
}

/// One open terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub device: DeviceId,
    pub kind: ShellKind,
    /// The account the shell runs as.
    pub user: String,
    /// Windows: "Run as administrator". Linux: root.
    pub elevated: bool,
    /// The current folder.
    pub folder: String,
    /// IOS: the stack of modes. An interactive program (`nslookup`, `diskpart`) also stands here while it reads the lines.
    pub mode: Mode,
    /// Started in the recovery environment.
    pub recovery: bool,
    /// What `cmd` or PowerShell remembers between lines.
    pub windows: windows::Memory,
    /// What a bash remembers between lines.
    pub bash: bash::Memory,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    #[default]
    Shell,
    /// `nslookup` with its server and query type.
    Nslookup { server: Option<std::net::Ipv4Addr>, kind: crate::world::server::RecordType },
    /// `diskpart` with the selected disk, partition and volume.
    Diskpart { disk: Option<u8>, volume: Option<u8> },
    /// IOS `Switch>`.
    IosUser,
    /// IOS `Switch#`.
    IosPrivileged,
    /// IOS `Switch(config)#` and below: `interface …`, `vlan …`, `ip dhcp pool …`, `line …`.
    IosConfig { section: Option<String> },
    /// Asks something and takes the next line as the answer: `Overwrite (Yes/No)?`.
    Question { asked: String, command: String },
}

/// What a line printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Lines end in `\n`, also for Windows.
    pub text: String,
    pub exit: i32,
    /// A panel that the command opens: `services.msc`.
    pub opens: Option<crate::panel::PanelKind>,
}

impl Output {
    #[must_use]
    pub fn ok(text: impl Into<String>) -> Self {
        Self { text: text.into(), exit: 0, opens: None }
    }

    #[must_use]
    pub fn failed(exit: i32, text: impl Into<String>) -> Self {
        Self { text: text.into(), exit, opens: None }
    }

    /// Says that the simulation does not hold this, and tells the authors.
    pub fn not_modelled(world: &mut World, what: &str) -> Self {
        world.note_not_modelled(what);
        Self::failed(1, format!("[simulation] not modelled here: {what}\n"))
    }
}

impl Session {
    /// A terminal as it opens on a device for the account that is signed in there; `None` where there is no such shell.
    #[must_use]
    pub fn open(world: &World, device: DeviceId, kind: ShellKind) -> Option<Self> {
        use crate::world::device::System;
        let found = world.device(device);
        let (user, folder, mode, elevated) = match (&found.system, kind) {
            (System::Windows(windows), ShellKind::Cmd | ShellKind::PowerShell) => {
                let user = windows.signed_in.clone().unwrap_or_else(|| "support".to_owned());
                let folder = format!("C:\\Users\\{user}");
                (user, folder, Mode::Shell, false)
            }
            (System::Linux(_), ShellKind::Bash) => ("support".to_owned(), "/home/support".to_owned(), Mode::Shell, false),
            (System::Ios(_), ShellKind::Ios) => ("admin".to_owned(), String::new(), Mode::IosUser, false),
            _ => return None,
        };
        Some(Self {
            device,
            kind,
            user,
            elevated,
            folder,
            mode,
            recovery: kind == ShellKind::Cmd && crate::machine::power::boot::in_recovery(world, device),
            windows: windows::Memory::default(),
            bash: bash::Memory::default(),
        })
    }

    /// The same terminal as "Run as administrator" opens it, or as root. On Windows that is another account where the person is
    /// no administrator: a technician types the name and password of the support account.
    #[must_use]
    pub fn as_administrator(self, world: &World) -> Self {
        match self.kind {
            ShellKind::Cmd | ShellKind::PowerShell if !self.recovery => Self {
                user: windows::administrator(world, self.device, &self.user),
                folder: windows::SYSTEM_FOLDER.to_owned(),
                elevated: true,
                ..self
            },
            _ => Self { elevated: true, ..self },
        }
    }

    /// The prompt as it stands before the next line.
    #[must_use]
    pub fn prompt(&self, world: &World) -> String {
        match self.kind {
            ShellKind::Cmd => cmd::prompt(self),
            ShellKind::PowerShell => powershell::prompt(self),
            ShellKind::Bash => bash::prompt(world, self),
            ShellKind::Ios => ios::prompt(world, self),
        }
    }
}

/// Typing and reading take time too.
const TYPING: Span = Span::seconds(2);

/// Readers of lines call themselves for what stands in brackets, so a line must not decide how deep their stack grows.
fn unreasonable(world: &mut World, line: &str) -> Option<Output> {
    /// cmd's own limit; the others have longer ones that nobody reaches by hand.
    const LONGEST: usize = 8191;
    /// Far more than anybody types, and few enough for the stack of a thread.
    const BRACKETS: usize = 64;
    if line.chars().count() > LONGEST {
        return Some(Output::failed(1, "The command line is too long.\n"));
    }
    let brackets = line.chars().filter(|c| matches!(c, '(' | '{' | '`')).count();
    (brackets > BRACKETS).then(|| Output::not_modelled(world, "a line with more than 64 brackets"))
}

/// Runs one line. A device that is off answers nothing, and says so.
pub fn run(world: &mut World, session: &mut Session, line: &str) -> Output {
    world.wait(TYPING);
    // The same window is Windows' own command line or the one of its recovery environment, whichever runs.
    session.recovery = session.kind == ShellKind::Cmd && crate::machine::power::boot::in_recovery(world, session.device);
    if !session.recovery && !crate::machine::is_up(world, session.device) {
        return Output::failed(1, "[simulation] the screen stays dark: this device is not running\n");
    }
    if let Some(refused) = unreasonable(world, line) {
        return refused;
    }
    match session.kind {
        ShellKind::Cmd => cmd::run(world, session, line),
        ShellKind::PowerShell => powershell::run(world, session, line),
        ShellKind::Bash => bash::run(world, session, line),
        ShellKind::Ios => ios::run(world, session, line),
    }
}

/// The commands a shell offers, for "what can I do here?" and for Tab completion.
#[must_use]
pub fn commands(kind: ShellKind) -> &'static [&'static str] {
    match kind {
        ShellKind::Cmd => cmd::NAMES,
        ShellKind::PowerShell => powershell::NAMES,
        ShellKind::Bash => bash::NAMES,
        ShellKind::Ios => ios::NAMES,
    }
}
