//! `Test-ComputerSecureChannel`: does the domain know this machine?

use super::{Answer, Call, Failure};
use crate::machine::sign_in::{controller, trusted};
use crate::shell::Session;
use crate::shell::windows::{Object, Parameter, View};
use crate::world::World;

pub const TEST: &[Parameter] = &[Parameter::switch("Repair"), Parameter::named("Credential"), Parameter::named("Server")];

const CLASS: &str = "Microsoft.PowerShell.Commands.TestComputerSecureChannelCommand";

fn failure(message: String, category: &str, id: &str) -> Answer {
    Answer::failed(Failure::new(
        message,
        format!("{category} [Test-ComputerSecureChannel], InvalidOperationException"),
        format!("{id},{CLASS}"),
    ))
}

pub fn test(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let machine = world.device(session.device);
    let name = machine.name.clone();
    if !session.elevated {
        return failure(
            "Administrator rights are required to reset the secure channel password on the local computer. Access is denied."
                .to_owned(),
            "InvalidOperation: (:)",
            "UnauthorizedAccessException",
        );
    }
    let joined = machine.windows().is_some_and(|windows| windows.joined.is_some());
    if !joined {
        return failure(
            format!(
                "Cannot verify the secure channel for the local computer. Either the computer is not part of a domain, or it is a domain controller. Computer name: {name}."
            ),
            &format!("InvalidOperation: ({name}:String)"),
            "VerifySecureChannelFailure",
        );
    }
    let server = controller(world, session.device);
    let works = server.is_some_and(|server| trusted(world, session.device, server));
    if !call.has("Repair") || works {
        return truth(works);
    }
    let known = server.is_some_and(|server| {
        let computers = world.device(server).roles.directory.as_ref().map(|directory| &directory.computers);
        computers.is_some_and(|computers| computers.keys().any(|computer| computer.eq_ignore_ascii_case(&name)))
    });
    if !known {
        return failure(
            format!(
                "The attempt to repair the secure channel between the local computer and the domain {} has failed.",
                world.domain
            ),
            &format!("OperationStopped: ({name}:String)"),
            "RepairSecureChannelFailed",
        );
    }
    if let Some(joined) = world.device_mut(session.device).windows_mut().and_then(|windows| windows.joined.as_mut()) {
        joined.trust_ok = true;
    }
    truth(true)
}

fn truth(works: bool) -> Answer {
    Answer::new(View::Lines, vec![Object::new().with("Value", works)])
}
