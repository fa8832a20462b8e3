//! Sessions on Linux machines: kept in `Linux::logins` with the groups of the moment they began.

use crate::world::accounts::SignIn;
use crate::world::linux::Login;
use crate::world::{DeviceId, World};

/// Debian's display manager keeps the first terminal for its greeter and gives the desktop the second.
const DESKTOP: &str = "tty2";

/// At the machine's own screen.
pub(super) fn sign_in(world: &mut World, device: DeviceId, name: &str, password: u32) -> SignIn {
    let now = world.now;
    let Some(linux) = world.device_mut(device).linux_mut() else { return SignIn::UnknownOrWrong };
    let result = linux.accounts.try_sign_in(name, password, "", now);
    if result == SignIn::Accepted {
        let groups = linux.accounts.groups_of(name);
        linux.logins.retain(|login| login.terminal != DESKTOP);
        let login = Login { user: name.to_owned(), terminal: DESKTOP.to_owned(), from: String::new(), since: now, groups };
        linux.logins.push(login);
    }
    result
}

/// The screen's session and the terminals in it end; who came over the network stays.
pub(super) fn sign_out(world: &mut World, device: DeviceId) {
    if let Some(linux) = world.device_mut(device).linux_mut() {
        linux.logins.retain(|login| !login.from.is_empty());
    }
}

/// A person's terminals on every machine end with the session that they were opened from.
pub(super) fn leave_everywhere(world: &mut World, account: &str) {
    for device in &mut world.devices {
        if device.linux().is_some_and(|linux| linux.logins.iter().any(|login| login.user == account))
            && let Some(linux) = device.linux_mut()
        {
            linux.logins.retain(|login| login.user != account);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::sign_in::{person_signs_in, person_signs_out};
    use crate::shell::bash::tests::terminal;
    use crate::world::{DeviceId, PersonId};

    #[test]
    fn signing_out_ends_the_logins_and_signing_in_takes_the_groups_of_the_moment() {
        let mut t = terminal();
        let (server, desktop, ada) = (DeviceId(0), DeviceId(2), PersonId(0));
        assert_eq!(person_signs_in(&mut t.world, desktop, ada), SignIn::Accepted);
        let stale = Login { user: "anovak".to_owned(), terminal: "pts/0".to_owned(), ..Login::default() };
        t.world.device_mut(server).linux_mut().unwrap().logins.push(stale);
        assert!(t.run("who").starts_with("anovak   pts/0"), "{}", t.run("who"));
        person_signs_out(&mut t.world, desktop, ada);
        assert!(!t.run("who").contains("anovak"));
        assert!(t.world.device(desktop).linux().unwrap().logins.is_empty());
        let accounts = &mut t.world.device_mut(desktop).linux_mut().unwrap().accounts;
        accounts.groups.entry("lab".to_owned()).or_default().members.insert("anovak".to_owned());
        assert_eq!(person_signs_in(&mut t.world, desktop, ada), SignIn::Accepted);
        assert!(t.world.device(desktop).linux().unwrap().logins[0].groups.contains("lab"));
    }
}
