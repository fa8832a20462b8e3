//! What company phones do: they check in with the device management, and fetch mail with the password they keep.

use crate::machine::sign_in::{controller, directory_server};
use crate::world::accounts::SignIn;
use crate::world::phone::Phone;
use crate::world::{DeviceId, World};

/// The oldest system that still gets security updates, and the one that an update brings (as things stand in the model).
pub const OLDEST_SYSTEM: u16 = 14;
pub const CURRENT_SYSTEM: u16 = 16;
/// MiB that apps need to work in, and that a new system needs to be unpacked (rounded from what makers ask for).
pub const WORKING_SPACE: u32 = 1024;
pub const UPDATE_SPACE: u32 = 6144;
/// Tries in a row before the mail program waits again.
const TRIES: u8 = 4;

/// Why a phone gets no mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMail {
    Wiped,
    /// The device management keeps it out.
    NotCompliant,
    WrongPassword,
    /// No room to store a message in.
    Full,
}

/// The phone of an account.
#[must_use]
pub fn of<'w>(world: &'w World, account: &str) -> Option<&'w Phone> {
    world.tenant.as_ref()?.users.get(account)?.phone.as_ref()
}

pub fn of_mut<'w>(world: &'w mut World, account: &str) -> Option<&'w mut Phone> {
    world.tenant.as_mut()?.users.get_mut(account)?.phone.as_mut()
}

/// The account whose owner works at a device.
#[must_use]
pub fn account_at(world: &World, device: DeviceId) -> Option<&str> {
    let person = world.device(device).user?;
    Some(world.people.get(usize::from(person.0))?.account.as_str())
}

/// It tells the device management what it is, and is judged by the rules of the moment.
pub fn check_in(world: &mut World, account: &str) {
    let now = world.now;
    let required = world.tenant.as_ref().map_or(0, |tenant| tenant.required_system);
    if let Some(phone) = of_mut(world, account) {
        phone.compliant = phone.system >= required;
        phone.last_seen = now;
    }
}

/// `None`: mail arrives.
#[must_use]
pub fn no_mail(world: &World, account: &str) -> Option<NoMail> {
    let user = world.tenant.as_ref()?.users.get(account)?;
    let phone = user.phone.as_ref()?;
    if phone.wiped {
        Some(NoMail::Wiped)
    } else if !phone.compliant {
        Some(NoMail::NotCompliant)
    } else if phone.mail_password != user.password {
        Some(NoMail::WrongPassword)
    } else {
        (phone.free < WORKING_SPACE).then_some(NoMail::Full)
    }
}

/// Nothing of the company is open to strangers: in its owner's hands or wiped, and without apps of unknown origin.
#[must_use]
pub fn is_safe(phone: &Phone) -> bool {
    phone.wiped || !phone.lost && phone.apps.iter().all(|app| !app.publisher.is_empty())
}

/// The phone of whoever works at this device fetches mail with what it keeps; the directory counts what is wrong. True where it was
/// refused and comes back.
pub fn fetch_mail(world: &mut World, device: DeviceId) -> bool {
    let Some(account) = account_at(world, device).map(str::to_owned) else { return false };
    if no_mail(world, &account) != Some(NoMail::WrongPassword) {
        return false;
    }
    let Some((name, password)) = of(world, &account).map(|phone| (phone.name.clone(), phone.mail_password)) else { return false };
    let Some(server) = directory_server(world).filter(|server| super::is_up(world, *server)) else { return true };
    for _ in 0..TRIES {
        if controller::ask(world, server, &account, password, &name) == SignIn::Locked {
            break;
        }
    }
    true
}
