//! Signing in: local accounts, the directory over the network, what a machine remembers, tokens, lockout.

pub mod admin;
pub mod cloud;
pub mod controller;
pub mod events;
mod linux;
pub mod shares;
pub mod sid;
pub mod stale;

pub use controller::{controller, directory_server};
pub use stale::stale_credential;

use crate::sorted::Set;
use crate::time::Span;
use crate::world::accounts::SignIn;
use crate::world::windows::{CachedSignIn, Settings, Windows};
use crate::world::{DeviceId, PersonId, World};

/// Where an account is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    Local(String),
    Directory(String),
}

/// Reads `CLINIC\ada`, `ada@clinic.example`, `.\support`, `PC-07\support`, `ada`: who, and who decides.
#[must_use]
pub fn authority(world: &World, device: DeviceId, account: &str) -> Authority {
    let machine = world.device(device);
    let joined = machine.windows().is_some_and(|windows| windows.joined.is_some()) || machine.roles.directory.is_some();
    if let Some((domain, name)) = account.split_once('\\') {
        let local = domain == "." || domain.eq_ignore_ascii_case(&machine.name) || !joined;
        return if local { Authority::Local(name.to_lowercase()) } else { Authority::Directory(name.to_lowercase()) };
    }
    let name = account.split('@').next().unwrap_or(account).to_lowercase();
    if joined { Authority::Directory(name) } else { Authority::Local(name) }
}

/// The account's bare name, in lower case, as the directory keeps it.
#[must_use]
pub fn bare(account: &str) -> String {
    let name = account.rsplit('\\').next().unwrap_or(account);
    name.split('@').next().unwrap_or(name).to_lowercase()
}

/// The number that reaches the machine when somebody types a password: caps lock and a foreign layout change it.
#[must_use]
pub fn typed(settings: &Settings, password: u32) -> u32 {
    /// Any bits will do: the result has to differ, and to be right again when both are gone.
    const CAPITALS: u32 = 0x4341_5053;
    const OTHER_LAYOUT: u32 = 0x4b45_5953;
    let mut number = password;
    if settings.caps_lock {
        number ^= CAPITALS;
    }
    if settings.keyboard_layouts.first().is_some_and(|usual| *usual != settings.active_layout) {
        number ^= OTHER_LAYOUT;
    }
    number
}

/// Tries a name and a password for a machine, with all effects on counters, locks and logs; opens no session.
pub fn check(world: &mut World, device: DeviceId, account: &str, password: u32) -> SignIn {
    let result = match authority(world, device, account) {
        Authority::Local(name) => check_local(world, device, &name, password),
        Authority::Directory(name) => check_directory(world, device, &name, password),
    };
    events::signed_in(world, device, &bare(account), result);
    result
}

fn check_local(world: &mut World, device: DeviceId, name: &str, password: u32) -> SignIn {
    let now = world.now;
    let machine = world.device_mut(device);
    let from = machine.name.clone();
    let locked_before = machine.windows().is_some_and(|windows| is_locked(windows, name, now));
    let Some(windows) = machine.windows_mut() else { return SignIn::UnknownOrWrong };
    let result = windows.accounts.try_sign_in(name, password, &from, now);
    if !locked_before && world.device(device).windows().is_some_and(|windows| is_locked(windows, name, now)) {
        events::locked_out(world, device, name, &from);
    }
    result
}

fn is_locked(windows: &Windows, name: &str, now: crate::time::Time) -> bool {
    windows.accounts.user(name).is_some_and(|user| windows.accounts.is_locked(user, now))
}

/// The directory decides where a domain controller answers; otherwise what the machine remembers of an earlier sign-in.
fn check_directory(world: &mut World, device: DeviceId, name: &str, password: u32) -> SignIn {
    let Some(server) = controller(world, device) else {
        let remembered = world.device(device).windows().and_then(|windows| windows.cached_sign_ins.get(name));
        return match remembered {
            Some(cached) if cached.password == password => SignIn::Accepted,
            Some(_) => SignIn::UnknownOrWrong,
            None => SignIn::NoLogonServer,
        };
    };
    if !trusted(world, device, server) {
        return SignIn::NoTrust;
    }
    let from = world.device(device).name.clone();
    controller::ask(world, server, name, password, &from)
}

/// The secret of the machine's own account is the directory's, and the directory has such an account.
#[must_use]
pub fn trusted(world: &World, device: DeviceId, server: DeviceId) -> bool {
    let machine = world.device(device);
    if device == server {
        return true;
    }
    let known = world
        .device(server)
        .roles
        .directory
        .as_ref()
        .is_some_and(|directory| directory.computers.keys().any(|computer| computer.eq_ignore_ascii_case(&machine.name)));
    known && machine.windows().and_then(|windows| windows.joined.as_ref()).is_some_and(|joined| joined.trust_ok)
}

/// Signs in at the screen with what is typed. A session opens with the groups of this moment: they change at the next one only.
pub fn sign_in(world: &mut World, device: DeviceId, account: &str, password: u32) -> SignIn {
    if !super::is_up(world, device) {
        return SignIn::NoLogonServer;
    }
    let Some(windows) = world.device(device).windows() else { return linux::sign_in(world, device, &bare(account), password) };
    let reached = typed(&windows.settings, password);
    let result = check(world, device, account, reached);
    if result == SignIn::Accepted {
        open_session(world, device, account, reached);
    }
    result
}

fn open_session(world: &mut World, device: DeviceId, account: &str, password: u32) {
    let name = bare(account);
    let fresh = match authority(world, device, account) {
        Authority::Local(_) => None,
        Authority::Directory(_) => controller(world, device).map(|server| directory_groups(world, server, &name)),
    };
    let directory = matches!(authority(world, device, account), Authority::Directory(_));
    let Some(windows) = world.device_mut(device).windows_mut() else { return };
    let mut groups = windows.accounts.groups_of(&name);
    match fresh {
        Some(fresh) => {
            groups.extend(fresh.iter().cloned());
            windows.cached_sign_ins.insert(name.clone(), CachedSignIn { password, groups: fresh });
        }
        None if directory => {
            groups.extend(windows.cached_sign_ins.get(&name).map(|kept| kept.groups.clone()).unwrap_or_default());
        }
        None => {}
    }
    windows.token_groups = groups.into();
    windows.signed_in = Some(name);
    windows.screen_locked = false;
}

/// The groups of the directory that a new session would get.
#[must_use]
pub fn directory_groups(world: &World, server: DeviceId, name: &str) -> Set<String> {
    world.device(server).roles.directory.as_ref().map(|directory| directory.accounts.groups_of(name)).unwrap_or_default()
}

/// Ends the session; drives that were not to be kept go with it.
pub fn sign_out(world: &mut World, device: DeviceId) {
    if let Some(windows) = world.device_mut(device).windows_mut() {
        windows.signed_in = None;
        windows.screen_locked = false;
        windows.token_groups.clear();
        windows.mapped_drives.retain(|drive| drive.persistent);
    }
    linux::sign_out(world, device);
}

/// As [`sign_out`], by the person who works there: their terminals on servers close too.
pub fn person_signs_out(world: &mut World, device: DeviceId, person: PersonId) {
    sign_out(world, device);
    let account = world.person(person).account.clone();
    linux::leave_everywhere(world, &account);
}

/// Locks the screen; the session goes on behind it.
pub fn lock(world: &mut World, device: DeviceId) {
    if let Some(windows) = world.device_mut(device).windows_mut() {
        windows.screen_locked = windows.signed_in.is_some();
    }
}

/// A person signs in with the password they know. Where a new one is asked for they choose one, if a domain controller is there.
pub fn person_signs_in(world: &mut World, device: DeviceId, person: PersonId) -> SignIn {
    let (account, password) = {
        let person = world.person(person);
        (person.account.clone(), person.password)
    };
    let result = sign_in(world, device, &account, password);
    if result != SignIn::MustChange || !change_password(world, device, person) {
        return result;
    }
    let chosen = world.person(person).password;
    sign_in(world, device, &account, chosen)
}

/// A person chooses a new password at the sign-in screen; false where nothing can take it.
pub fn change_password(world: &mut World, device: DeviceId, person: PersonId) -> bool {
    let (account, old) = {
        let person = world.person(person);
        (person.account.clone(), person.password)
    };
    let chosen = crate::world::accounts::password_number(&format!("{account} chose after {old}"));
    match authority(world, device, &account) {
        Authority::Directory(_) if controller(world, device).is_none() => return false,
        Authority::Directory(_) => admin::new_password(world, &account, chosen),
        Authority::Local(name) => {
            let now = world.now;
            let accounts = world.device_mut(device).windows_mut().map(|windows| &mut windows.accounts);
            let Some(user) = accounts.and_then(|accounts| accounts.user_mut(&name)) else { return false };
            user.password = chosen;
            user.password_set = now;
            user.must_change = false;
        }
    }
    people_learn(world, &account, chosen);
    true
}

/// Whoever has this account knows its new password from now on.
pub fn people_learn(world: &mut World, account: &str, password: u32) {
    for person in world.people.iter_mut().filter(|person| person.account.eq_ignore_ascii_case(account)) {
        person.password = password;
    }
}

/// What the sign-in screen says, or nothing when it lets the person in.
#[must_use]
pub fn screen_text(result: SignIn) -> &'static str {
    match result {
        SignIn::Accepted => "",
        SignIn::UnknownOrWrong => "The user name or password is incorrect. Try again.",
        SignIn::Locked => "The referenced account is currently locked out and may not be logged on to.",
        SignIn::Disabled => "Your account has been disabled. Please see your system administrator.",
        SignIn::PasswordExpired => "Your password has expired and must be changed.",
        SignIn::MustChange => "The user's password must be changed before signing in.",
        SignIn::AccountExpired => "The user's account has expired.",
        SignIn::NoTrust => "The trust relationship between this workstation and the primary domain failed.",
        SignIn::NoLogonServer => {
            "We can't sign you in with this credential because your domain isn't available. Make sure your device is connected to your organization's network and try again."
        }
    }
}

/// How long a person needs at the sign-in screen.
pub const AT_THE_SCREEN: Span = Span::seconds(20);
