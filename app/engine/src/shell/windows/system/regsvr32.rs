//! `regsvr32`: whether the library is there. What a registration would change is not held: every library is registered.

use crate::shell::windows::disk;
use crate::shell::{Output, Session};
use crate::world::World;

const USAGE: &str = "To register a module, you must provide a binary name.\n\nUsage: regsvr32 [/u] [/s] [/n] [/i[:cmdline]] dllname\n\n/u - Unregister server\n/s - Silent; display no message boxes\n/i - Call DllInstall passing it an optional [cmdline]; when it is used with /u, it calls DllUninstall\n/n - do not call DllRegisterServer; this option must be used with /i\n";

/// Libraries of every Windows that can be registered again.
const SYSTEM: &[&str] = &[
    "actxprxy.dll",
    "jscript.dll",
    "msxml3.dll",
    "msxml6.dll",
    "oleaut32.dll",
    "quartz.dll",
    "scrrun.dll",
    "vbscript.dll",
    "wshom.ocx",
];

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let Some(module) = arguments.iter().find(|argument| !argument.starts_with(['/', '-'])).cloned() else {
        return Output::failed(3, USAGE);
    };
    let near = disk::locate(world, session, &module);
    // A bare name is looked for beside the system's own libraries too.
    let system = disk::locate(world, session, &format!("{}\\{module}", crate::shell::windows::SYSTEM_FOLDER));
    let there = near.is_ok_and(|spot| disk::is_file(world, &spot)) || system.is_ok_and(|spot| disk::is_file(world, &spot));
    let silent = arguments.iter().any(|argument| argument.eq_ignore_ascii_case("/s"));
    let named = world.device(session.device).windows().is_some_and(|windows| {
        windows.programs.iter().any(|program| !program.broken.is_empty() && program.broken_part.eq_ignore_ascii_case(&module))
    });
    if there || SYSTEM.iter().any(|known| module.eq_ignore_ascii_case(known)) {
        return registered(session, arguments, &module, silent);
    }
    if !module.contains('\\') && !named {
        return Output::not_modelled(world, &format!("regsvr32 {module}: registrations of libraries"));
    }
    let text = format!(
        "The module \"{module}\" failed to load.\n\nMake sure the binary is stored at the specified path or debug it to check for problems with the binary or dependent .DLL files.\n\nThe specified module could not be found.\n"
    );
    Output::failed(3, if silent { String::new() } else { text })
}

/// The message box; only administrators write below `HKEY_CLASSES_ROOT`.
fn registered(session: &Session, arguments: &[String], module: &str, silent: bool) -> Output {
    let call =
        if arguments.iter().any(|word| word.eq_ignore_ascii_case("/u")) { "DllUnregisterServer" } else { "DllRegisterServer" };
    let (exit, text) = if session.elevated {
        (0, format!("{call} in {module} succeeded.\n"))
    } else {
        (5, format!("The module \"{module}\" was loaded but the call to {call} failed with error code 0x80070005.\n"))
    };
    Output { text: if silent { String::new() } else { text }, exit, opens: None }
}
