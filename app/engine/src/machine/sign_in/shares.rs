//! Folders that servers share: reached over TCP 445, and what somebody may do there.

use super::bare;
use crate::net::dns::{Resolution, resolve};
use crate::net::{Connection, connect};
use crate::sorted::Set;
use crate::world::accounts::SignIn;
use crate::world::device::System;
use crate::world::files::{AccessEntry, Right, effective};
use crate::world::server::Share;
use crate::world::{DeviceId, World};

/// What opening a path such as `\\SRV-1\team\rota.xlsx` comes to. Numbers are those of Windows' system errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// With the strongest right; [`Right::None`] never.
    Granted { server: DeviceId, right: Right },
    /// 53: no such name, or nothing answers on TCP 445.
    PathNotFound,
    /// 67: the server is there, the share is not.
    NameNotFound,
    /// 5.
    Denied,
    /// 86 is for a password typed to a share, 1326 for a name and a password.
    WrongPassword,
    /// 1219: the machine already has a session with this server as somebody else.
    OtherIdentity,
    /// 1909.
    Locked,
    /// 1331.
    Disabled,
    /// 1330 and 1907: expired, must be changed.
    Expired,
    /// 1787 or 1789: the server does not trust the machine any more.
    NoTrust,
}

impl Opened {
    /// The system error's number; 0 is success.
    #[must_use]
    pub fn code(self) -> u32 {
        match self {
            Self::Granted { .. } => 0,
            Self::Denied => 5,
            Self::PathNotFound => 53,
            Self::NameNotFound => 67,
            Self::OtherIdentity => 1219,
            Self::WrongPassword => 1326,
            Self::Expired => 1330,
            Self::Disabled => 1331,
            Self::NoTrust => 1789,
            Self::Locked => 1909,
        }
    }
}

/// `\\SRV-1\team\2026\rota.xlsx`: server, share, and the rest.
#[must_use]
pub fn parse(path: &str) -> Option<(&str, &str, &str)> {
    let rest = path.strip_prefix("\\\\")?;
    let (server, rest) = rest.split_once('\\')?;
    let (share, rest) = rest.split_once('\\').unwrap_or((rest, ""));
    (!server.is_empty() && !share.is_empty()).then_some((server, share, rest))
}

/// Opens a path as `user` of a machine. `credential` is a name and password that were given with it (`net use … /user:`);
/// without it the session's own identity is used, or the one that a session with this server has already.
pub fn open(world: &mut World, from: DeviceId, path: &str, user: &str, credential: Option<(&str, u32)>) -> Opened {
    let Some((name, share, rest)) = parse(path) else { return Opened::NameNotFound };
    let Some(server) = reach(world, from, name) else { return Opened::PathNotFound };
    let Some(share) = find(world, server, share).cloned() else { return Opened::NameNotFound };
    let session = session_user(world, from, name);
    let wanted = credential.map(|(name, _)| bare(name));
    if let (Some(session), Some(wanted)) = (&session, &wanted)
        && session != wanted
    {
        return Opened::OtherIdentity;
    }
    let who = wanted.or(session).unwrap_or_else(|| bare(user));
    if let Err(refused) = identity(world, from, server, &who, credential.map(|(_, password)| password)) {
        return refused;
    }
    let groups = groups(world, from, server, &who);
    match right(world, server, &share, rest, &who, &groups) {
        Right::None => Opened::Denied,
        right => Opened::Granted { server, right },
    }
}

/// The server behind a name, where its file service answers.
pub fn reach(world: &mut World, from: DeviceId, name: &str) -> Option<DeviceId> {
    /// Server Message Block over TCP.
    const SMB: u16 = 445;
    if world.device(from).name.eq_ignore_ascii_case(name) {
        return crate::machine::runs(world, from, "LanmanServer").then_some(from);
    }
    let Resolution::Address(address) = resolve(world, from, name) else { return None };
    match connect(world, from, address, SMB) {
        Connection::Connected { device, .. } => Some(device),
        _ => None,
    }
}

/// A share of a server by its name, in any case.
#[must_use]
pub fn find<'w>(world: &'w World, server: DeviceId, name: &str) -> Option<&'w Share> {
    world.device(server).roles.shares.iter().find(|share| share.name.eq_ignore_ascii_case(name))
}

/// Who a machine's session with a server belongs to: the first drive that was mapped there decides for all that follow.
#[must_use]
pub fn session_user(world: &World, from: DeviceId, server: &str) -> Option<String> {
    let windows = world.device(from).windows()?;
    let first = windows
        .mapped_drives
        .iter()
        .find(|drive| parse(&drive.path).is_some_and(|(name, ..)| name.eq_ignore_ascii_case(server)))?;
    (!first.user.is_empty()).then(|| bare(&first.user))
}

/// What the line of a drive says: `net use`'s first column, and Explorer's red cross.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriveStatus {
    Ok,
    Disconnected,
    Unavailable,
}

/// Whether a mapped drive works now, for the account that is signed in.
pub fn drive_status(world: &mut World, device: DeviceId, letter: char) -> DriveStatus {
    let Some(windows) = world.device(device).windows() else { return DriveStatus::Unavailable };
    let signed_in = windows.signed_in.clone().unwrap_or_default();
    let Some(drive) = windows.mapped_drives.iter().find(|drive| drive.letter == letter).cloned() else {
        return DriveStatus::Unavailable;
    };
    let own = (!drive.user.is_empty()).then(|| bare(&drive.user));
    let session = parse(&drive.path).and_then(|(server, ..)| session_user(world, device, server));
    if own.is_some() && session.is_some() && own != session {
        return DriveStatus::Unavailable;
    }
    match open(world, device, &drive.path, &signed_in, None) {
        Opened::Granted { .. } => DriveStatus::Ok,
        Opened::PathNotFound => DriveStatus::Disconnected,
        _ => DriveStatus::Unavailable,
    }
}

/// Whether the account may sign in over the network; a password counts only where one was given.
fn identity(world: &mut World, from: DeviceId, server: DeviceId, who: &str, password: Option<u32>) -> Result<(), Opened> {
    let now = world.now;
    let workstation = world.device(from).name.clone();
    let directory = super::directory_server(world).filter(|keeper| {
        world.device(*keeper).roles.directory.as_ref().is_some_and(|directory| directory.accounts.user(who).is_some())
    });
    if let Some(keeper) = directory {
        let joined = world.device(from).windows().is_some_and(|windows| windows.joined.is_some());
        if password.is_none() && joined && !super::trusted(world, from, keeper) {
            return Err(Opened::NoTrust);
        }
        if let Some(password) = password {
            let result = super::controller::ask(world, keeper, who, password, &workstation);
            if result != SignIn::Accepted {
                super::events::failed(world, server, now, who, &workstation, result, 3);
            }
            return outcome(result);
        }
        let accounts = world.device(keeper).roles.directory.as_ref().map(|directory| &directory.accounts);
        return accounts.map_or(Ok(()), |accounts| standing(accounts, who, now));
    }
    let machine = world.device_mut(server);
    let accounts = match &mut machine.system {
        System::Windows(windows) => &mut windows.accounts,
        System::Linux(linux) => &mut linux.accounts,
        _ => return Err(Opened::WrongPassword),
    };
    match password {
        Some(password) => outcome(accounts.try_sign_in(who, password, &workstation, now)),
        None if accounts.user(who).is_none() => Err(Opened::WrongPassword),
        None => standing(accounts, who, now),
    }
}

fn outcome(result: SignIn) -> Result<(), Opened> {
    match result {
        SignIn::Accepted => Ok(()),
        SignIn::UnknownOrWrong | SignIn::NoLogonServer => Err(Opened::WrongPassword),
        SignIn::Locked => Err(Opened::Locked),
        SignIn::Disabled | SignIn::AccountExpired => Err(Opened::Disabled),
        SignIn::PasswordExpired | SignIn::MustChange => Err(Opened::Expired),
        SignIn::NoTrust => Err(Opened::NoTrust),
    }
}

/// A session without a typed password lives on its ticket; an account that is locked or disabled gets no new one.
fn standing(accounts: &crate::world::accounts::Accounts, who: &str, now: crate::time::Time) -> Result<(), Opened> {
    let Some(user) = accounts.user(who) else { return Err(Opened::WrongPassword) };
    if !user.enabled {
        return Err(Opened::Disabled);
    }
    if accounts.is_locked(user, now) { Err(Opened::Locked) } else { Ok(()) }
}

/// The groups that count: those of the session for whoever is signed in, the present ones for anybody else.
fn groups(world: &World, from: DeviceId, server: DeviceId, who: &str) -> Set<String> {
    if let Some(windows) = world.device(from).windows()
        && windows.signed_in.as_deref().is_some_and(|name| bare(name) == who)
    {
        return windows.token_groups.clone().into_inner();
    }
    let mut found = super::directory_server(world).map(|keeper| super::directory_groups(world, keeper, who)).unwrap_or_default();
    match &world.device(server).system {
        System::Windows(windows) => found.extend(windows.accounts.groups_of(who)),
        System::Linux(linux) => found.extend(linux.accounts.groups_of(who)),
        _ => {}
    }
    found
}

/// The most restrictive of what the share and the file system give.
#[must_use]
pub fn right(world: &World, server: DeviceId, share: &Share, rest: &str, who: &str, groups: &Set<String>) -> Right {
    // Whoever got as far as this has signed in, and so is one of these too.
    let mut groups = groups.clone();
    groups.extend(["Users".to_owned(), "Authenticated Users".to_owned()]);
    let files = effective(&ntfs(world, server, share, rest), who, &groups);
    effective(&share.permissions, who, &groups).min(files)
}

/// The file system's entries for a path below a share: those of the nearest folder that has any of its own.
#[must_use]
pub fn ntfs(world: &World, server: DeviceId, share: &Share, rest: &str) -> Vec<AccessEntry> {
    let Some(windows) = world.device(server).windows() else { return share.ntfs.clone() };
    let mut path = share.folder.trim_end_matches('\\').to_owned();
    if !rest.is_empty() {
        path = format!("{path}\\{rest}");
    }
    while path.len() >= share.folder.trim_end_matches('\\').len() {
        let own = windows.files.0.iter().find(|(name, file)| name.eq_ignore_ascii_case(&path) && !file.acl.is_empty());
        if let Some((_, file)) = own {
            return file.acl.clone();
        }
        match path.rsplit_once('\\') {
            Some((above, _)) => path = above.to_owned(),
            None => break,
        }
    }
    share.ntfs.clone()
}

/// Writes the file system's entries of a share's folder, where they are kept.
pub fn set_ntfs(world: &mut World, server: DeviceId, share: &str, entries: Vec<AccessEntry>) {
    let Some(found) = find(world, server, share).cloned() else { return };
    let machine = world.device_mut(server);
    if let Some(windows) = machine.windows_mut() {
        let folder = found.folder.trim_end_matches('\\').to_owned();
        let own = windows.files.0.iter_mut().find(|(name, file)| name.eq_ignore_ascii_case(&folder) && !file.acl.is_empty());
        if let Some((_, file)) = own {
            file.acl = entries;
            return;
        }
    }
    if let Some(kept) = machine.roles.shares.iter_mut().find(|kept| kept.name == found.name) {
        kept.ntfs = entries;
    }
}
