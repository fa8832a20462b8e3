//! `sfc` and `dism`: Windows' own files.

use super::{given, of};
use crate::shell::{Output, Session};
use crate::time::Span;
use crate::world::World;
use crate::world::windows::{Integrity, StartType};

/// A full verification on an SSD.
const VERIFICATION: Span = Span::minutes(4);
const REPAIR: Span = Span::minutes(8);
const DONE: &str = "The operation completed successfully.\n";
const BAR: &str = "[==========================100.0%==========================] ";

pub fn sfc(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    const LOG: &str = "For online repairs, details are included in the CBS log file located at\nwindir\\Logs\\CBS\\CBS.log. For example C:\\Windows\\Logs\\CBS\\CBS.log. For offline\nrepairs, details are included in the log file provided by the /OFFLOGFILE flag.\n";
    if !session.elevated && !session.recovery {
        return Output::failed(1, "\nYou must be an administrator running a console session in order to\nuse the sfc utility.\n");
    }
    let repair = given(arguments, "scannow");
    if !repair && !given(arguments, "verifyonly") {
        return if arguments.is_empty() { usage() } else { Output::not_modelled(world, &format!("sfc {}", arguments.join(" "))) };
    }
    let Some(windows) = of(world, session.device) else { return Output::default() };
    if windows.services.get("TrustedInstaller").is_some_and(|service| service.start == StartType::Disabled) {
        return Output::failed(1, "\nWindows Resource Protection could not start the repair service.\n");
    }
    if windows.boot.restart_pending && repair {
        return Output::failed(
            1,
            "\nBeginning system scan.  This process will take some time.\n\nThere is a system repair pending which requires reboot to complete.  Restart\nWindows and run sfc again.\n",
        );
    }
    let (files, store) = (windows.system_files, windows.component_store);
    world.wait(VERIFICATION);
    let found = match (files, repair, store) {
        (Integrity::Sound, ..) => "Windows Resource Protection did not find any integrity violations.\n".to_owned(),
        (_, false, _) => format!("Windows Resource Protection found integrity violations.\n{LOG}"),
        (_, true, Integrity::Sound) => {
            if let Some(windows) = world.device_mut(session.device).windows_mut() {
                windows.system_files = Integrity::Sound;
            }
            format!("Windows Resource Protection found corrupt files and successfully repaired them.\n{LOG}")
        }
        (_, true, Integrity::Damaged) => {
            format!("Windows Resource Protection found corrupt files but was unable to fix some of them.\n{LOG}")
        }
    };
    // `/verifyonly` ends with 0 whatever it finds.
    let exit = i32::from(repair && files == Integrity::Damaged && store == Integrity::Damaged);
    Output {
        text: format!(
            "\nBeginning system scan.  This process will take some time.\n\nBeginning verification phase of system scan.\nVerification 100% complete.\n\n{found}"
        ),
        exit,
        opens: None,
    }
}

fn usage() -> Output {
    Output::ok(
        "\nMicrosoft (R) Windows (R) Resource Checker Version 6.0\nCopyright (C) Microsoft Corporation. All rights reserved.\n\nScans the integrity of all protected system files and replaces incorrect versions with\ncorrect Microsoft versions.\n\nSFC [/SCANNOW] [/VERIFYONLY] [/SCANFILE=<file>] [/VERIFYFILE=<file>]\n    [/OFFWINDIR=<offline windows directory> /OFFBOOTDIR=<offline boot directory> [/OFFLOGFILE=<log file path>]]\n",
    )
}

pub fn dism(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let Some(build) = of(world, session.device).map(|windows| windows.build) else { return Output::default() };
    let banner = format!("\nDeployment Image Servicing and Management tool\nVersion: 10.0.{build}.1\n\n");
    if !session.elevated {
        return Output::failed(
            740,
            "\nError: 740\n\nElevated permissions are required to run DISM. \nUse an elevated command prompt to complete these tasks.\n",
        );
    }
    if !given(arguments, "online") || !given(arguments, "cleanup-image") {
        return Output::not_modelled(world, &format!("dism {}", arguments.join(" ")));
    }
    let head = format!("{banner}Image Version: 10.0.{build}.1\n\n");
    let damaged = of(world, session.device).is_some_and(|windows| windows.component_store == Integrity::Damaged);
    let found = if damaged { "The component store is repairable.\n" } else { "No component store corruption detected.\n" };
    if given(arguments, "restorehealth") {
        return restore(world, session, arguments, &head);
    }
    if given(arguments, "scanhealth") {
        world.wait(VERIFICATION);
        return Output::ok(format!("{head}{BAR}{found}{DONE}"));
    }
    if given(arguments, "checkhealth") {
        return Output::ok(format!("{head}{found}{DONE}"));
    }
    if given(arguments, "startcomponentcleanup") {
        world.wait(VERIFICATION);
        return Output::ok(format!("{head}{BAR}{DONE}"));
    }
    Output::not_modelled(world, &format!("dism {}", arguments.join(" ")))
}

/// Good files come from Windows Update, or from a source that was named.
fn restore(world: &mut World, session: &Session, arguments: &[String], head: &str) -> Output {
    let Some(windows) = of(world, session.device) else { return Output::default() };
    let named = arguments.iter().any(|argument| argument.to_lowercase().starts_with("/source:"));
    let online = !given(arguments, "limitaccess")
        && !windows.updates.disabled
        && windows.services.get("wuauserv").is_some_and(|service| service.start != StartType::Disabled);
    world.wait(REPAIR);
    let damaged = of(world, session.device).is_some_and(|windows| windows.component_store == Integrity::Damaged);
    if damaged && !named && !online {
        return Output::failed(
            1,
            format!(
                "{head}[==========================100.0%==========================] \nError: 0x800f081f\n\nThe source files could not be found. \nUse the \"Source\" option to specify the location of the files that are required to restore the feature. For more information on specifying a source location, see https://go.microsoft.com/fwlink/?LinkId=243077.\n\nThe DISM log file can be found at C:\\Windows\\Logs\\DISM\\dism.log\n"
            ),
        );
    }
    if let Some(windows) = world.device_mut(session.device).windows_mut() {
        windows.component_store = Integrity::Sound;
    }
    Output::ok(format!("{head}{BAR}The restore operation completed successfully.\n{DONE}"))
}
