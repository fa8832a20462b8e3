//! `net user`, `net localgroup`, `net accounts`.

mod group;
mod policy;
mod user;

pub use group::localgroup;
pub use policy::accounts;
pub use user::user;

use super::{given, of};
use crate::machine::sign_in::controller;
use crate::shell::{Output, Session};
use crate::world::accounts::Accounts;
use crate::world::{DeviceId, World};

const DONE: &str = "The command completed successfully.\n\n";
const RULE: &str = "-------------------------------------------------------------------------------\n";

/// Whose accounts: this machine's, or with `/domain` the directory's.
enum Keeper {
    Local,
    Directory(DeviceId),
}

/// The keeper, and the line `net` prints when it asks a domain controller.
fn keeper(world: &mut World, session: &Session, arguments: &[String]) -> Result<(Keeper, String), Output> {
    if let Some(directory) = &world.device(session.device).roles.directory {
        let line = if given(arguments, "domain") { request(&directory.domain) } else { String::new() };
        return Ok((Keeper::Directory(session.device), line));
    }
    if !given(arguments, "domain") {
        return Ok((Keeper::Local, String::new()));
    }
    let domain = of(world, session.device).and_then(|windows| windows.joined.as_ref()).map(|joined| joined.domain.clone());
    let missing = || {
        Output::failed(
            2,
            "System error 1355 has occurred.\n\nThe specified domain either does not exist or could not be contacted.\n\n",
        )
    };
    let domain = domain.ok_or_else(missing)?;
    let server = controller(world, session.device).ok_or_else(missing)?;
    Ok((Keeper::Directory(server), request(&domain)))
}

fn request(domain: &str) -> String {
    format!("The request will be processed at a domain controller for domain {domain}.\n\n")
}

fn read<'w>(world: &'w World, session: &Session, keeper: &Keeper) -> Option<&'w Accounts> {
    match keeper {
        Keeper::Local => of(world, session.device).map(|windows| &*windows.accounts),
        Keeper::Directory(server) => world.device(*server).roles.directory.as_ref().map(|directory| &directory.accounts),
    }
}

fn write<'w>(world: &'w mut World, session: &Session, keeper: &Keeper) -> Option<&'w mut Accounts> {
    match keeper {
        Keeper::Local => world.device_mut(session.device).windows_mut().map(|windows| &mut *windows.accounts),
        Keeper::Directory(server) => world.device_mut(*server).roles.directory.as_mut().map(|directory| &mut directory.accounts),
    }
}

/// Local accounts need an elevated shell; the directory's need somebody who administers it.
fn may_change(world: &World, session: &Session, keeper: &Keeper) -> bool {
    match keeper {
        Keeper::Local => session.elevated,
        Keeper::Directory(_) => read(world, session, keeper)
            .is_some_and(|accounts| session.elevated && accounts.groups_of(&session.user).contains("Domain Admins")),
    }
}
