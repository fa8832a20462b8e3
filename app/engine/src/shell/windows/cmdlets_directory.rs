//! Cmdlets of the directory: `Get-ADUser`, `Unlock-ADAccount`, …; and `Test-ComputerSecureChannel`.
//!
//! They speak with a domain controller over the network, as the account the shell runs as.

mod account;
mod channel;
mod group;
#[cfg(test)]
mod tests;
mod user;

use super::{Answer, Call, Cmdlet, Failure};
use crate::machine::sign_in::admin::Refusal;
use crate::machine::sign_in::controller;
use crate::shell::Session;
use crate::world::server::Directory;
use crate::world::{DeviceId, World};

pub const CMDLETS: &[Cmdlet] = &[
    Cmdlet { name: "Get-ADUser", parameters: user::GET, run: user::get },
    Cmdlet { name: "Search-ADAccount", parameters: user::SEARCH, run: user::search },
    Cmdlet { name: "Unlock-ADAccount", parameters: account::IDENTITY, run: account::unlock },
    Cmdlet { name: "Enable-ADAccount", parameters: account::IDENTITY, run: account::enable },
    Cmdlet { name: "Disable-ADAccount", parameters: account::IDENTITY, run: account::disable },
    Cmdlet { name: "Set-ADAccountPassword", parameters: account::PASSWORD, run: account::set_password },
    Cmdlet { name: "Set-ADUser", parameters: account::SET, run: account::set_user },
    Cmdlet { name: "Get-ADGroupMember", parameters: group::GET, run: group::get },
    Cmdlet { name: "Add-ADGroupMember", parameters: group::CHANGE, run: group::add },
    Cmdlet { name: "Remove-ADGroupMember", parameters: group::CHANGE, run: group::remove },
    Cmdlet { name: "Test-ComputerSecureChannel", parameters: channel::TEST, run: channel::test },
];

/// One cmdlet's way to the directory.
struct Desk {
    keeper: DeviceId,
    /// `GetADUser`, as error ids write the class.
    class: String,
    cmdlet: &'static str,
}

impl Desk {
    /// Finds a domain controller; without one the cmdlet can say only that.
    fn open(world: &mut World, session: &Session, cmdlet: &'static str, about: &str) -> Result<Self, Box<Answer>> {
        let class = cmdlet.replace('-', "");
        match controller(world, session.device) {
            Some(keeper) => Ok(Self { keeper, class, cmdlet }),
            None => Err(Box::new(Answer::failed(Failure::new(
                "Unable to contact the server. This may be because this server does not exist, it is currently down, or it does not have the Active Directory Web Services running.",
                format!("ResourceUnavailable: ({about}:{}) [{cmdlet}], ADServerDownException", kind(cmdlet)),
                format!("ActiveDirectoryServer:0,Microsoft.ActiveDirectory.Management.Commands.{class}"),
            )))),
        }
    }

    fn directory<'w>(&self, world: &'w World) -> Option<&'w Directory> {
        world.device(self.keeper).roles.directory.as_ref()
    }

    /// Everybody may read; only its administrators change it.
    fn may_change(&self, world: &World, session: &Session, about: &str) -> Result<(), Failure> {
        let administers =
            self.directory(world).is_some_and(|directory| directory.accounts.groups_of(&session.user).contains("Domain Admins"));
        if administers {
            return Ok(());
        }
        if self.cmdlet == "Set-ADAccountPassword" {
            return Err(Failure::new(
                "Access is denied",
                format!("PermissionDenied: ({about}:ADAccount) [{}], UnauthorizedAccessException", self.cmdlet),
                format!(
                    "ActiveDirectoryCmdlet:System.UnauthorizedAccessException,Microsoft.ActiveDirectory.Management.Commands.{}",
                    self.class
                ),
            ));
        }
        Err(Failure::new(
            "Insufficient access rights to perform the operation",
            format!("NotSpecified: ({about}:{}) [{}], ADException", kind(self.cmdlet), self.cmdlet),
            format!("ActiveDirectoryServer:8344,Microsoft.ActiveDirectory.Management.Commands.{}", self.class),
        ))
    }

    fn not_found(&self, world: &World, name: &str) -> Failure {
        let text = Refusal::NoSuchUser(name.to_owned()).text(self.directory(world).map_or("", |directory| &directory.domain));
        Failure::new(
            text,
            format!("ObjectNotFound: ({name}:{}) [{}], ADIdentityNotFoundException", kind(self.cmdlet), self.cmdlet),
            format!(
                "ActiveDirectoryCmdlet:Microsoft.ActiveDirectory.Management.ADIdentityNotFoundException,Microsoft.ActiveDirectory.Management.Commands.{}",
                self.class
            ),
        )
    }

    fn refused(&self, world: &World, name: &str, refusal: &Refusal) -> Failure {
        let code = match refusal {
            Refusal::NoSuchUser(name) | Refusal::NoSuchGroup(name) => return self.not_found(world, name),
            Refusal::PasswordPolicy => 1325,
            Refusal::AlreadyMember => 1378,
            Refusal::NotMember => 1377,
        };
        let (kind_of, error) = match refusal {
            Refusal::PasswordPolicy => ("InvalidData", "ADPasswordComplexityException"),
            _ => ("NotSpecified", "ADException"),
        };
        Failure::new(
            refusal.text(self.directory(world).map_or("", |directory| &directory.domain)),
            format!("{kind_of}: ({name}:{}) [{}], {error}", kind(self.cmdlet), self.cmdlet),
            format!("ActiveDirectoryServer:{code},Microsoft.ActiveDirectory.Management.Commands.{}", self.class),
        )
    }
}

/// What the cmdlet is about, as error categories name it.
fn kind(cmdlet: &str) -> &'static str {
    if cmdlet.contains("Group") {
        "ADGroup"
    } else if cmdlet.contains("ADUser") {
        "ADUser"
    } else {
        "ADAccount"
    }
}

/// The accounts a call is about: `-Identity`, or what came through the pipeline.
fn identities(call: &Call) -> Vec<String> {
    let given = call.list("Identity");
    if !given.is_empty() {
        return given.to_vec();
    }
    call.input.iter().map(|object| object.text("SamAccountName")).filter(|name| !name.is_empty()).collect()
}

/// A number of 32 bits that belongs to a name, for identifiers that no one chooses.
fn mark(text: &str, salt: &str) -> u32 {
    crate::world::accounts::password_number(&format!("{salt} {text}"))
}
