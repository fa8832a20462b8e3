//! `bootrec`, `bcdedit`, `bcdboot`: what starts Windows.

use super::{answered, ask, given, of};
use crate::shell::{Output, Session};
use crate::time::Span;
use crate::world::World;
use crate::world::windows::VolumeKind;

const SEARCH: Span = Span::seconds(40);

/// It is part of the recovery environment and nowhere else.
pub fn bootrec(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (answer, arguments) = answered(arguments).map_or((None, arguments), |(answer, rest)| (Some(answer.to_owned()), rest));
    if !session.recovery {
        return Output::failed(
            1,
            "'bootrec' is not recognized as an internal or external command,\noperable program or batch file.\n",
        );
    }
    let found =
        of(world, session.device).is_some_and(|windows| windows.volumes.iter().any(|volume| volume.kind == VolumeKind::System));
    let listed = of(world, session.device).is_some_and(|windows| windows.boot.store_ok);
    let scan = "Scanning all disks for Windows installations.\n\nPlease wait, since this may take a while...\n\nSuccessfully scanned Windows installations.\n";
    if given(arguments, "fixmbr") {
        return Output::ok("The operation completed successfully.\n");
    }
    // On a disk with an EFI system partition there is no boot sector to write, and the tool says so in this way.
    if given(arguments, "fixboot") {
        return Output::failed(1, "Access is denied.\n");
    }
    if !given(arguments, "rebuildbcd") && !given(arguments, "scanos") {
        return Output::not_modelled(world, &format!("bootrec {}", arguments.join(" ")));
    }
    if let Some(answer) = answer {
        if matches!(answer.to_lowercase().as_str(), "y" | "yes" | "a" | "all") {
            mend(world, session);
            return Output::ok("The operation completed successfully.\n");
        }
        return Output::ok("\n");
    }
    world.wait(SEARCH);
    if listed || !found {
        return Output::ok(format!("{scan}Total identified Windows installations: 0\nThe operation completed successfully.\n"));
    }
    let list = format!("{scan}Total identified Windows installations: 1\n[1]  C:\\Windows\n");
    if given(arguments, "scanos") {
        return Output::ok(format!("{list}The operation completed successfully.\n"));
    }
    ask(session, &list, "Add installation to boot list? Yes(Y)/No(N)/All(A):", "bootrec /rebuildbcd")
}

fn mend(world: &mut World, session: &Session) {
    if let Some(windows) = world.device_mut(session.device).windows_mut() {
        windows.boot.store_ok = true;
    }
}

pub fn bcdedit(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if !session.elevated && !session.recovery {
        return Output::failed(1, "The boot configuration data store could not be opened.\nAccess is denied.\n");
    }
    let Some(windows) = of(world, session.device) else { return Output::default() };
    let words: Vec<String> = arguments.iter().map(|word| word.to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["/enum", ..] if !windows.boot.store_ok => Output::failed(
            1,
            "The boot configuration data store could not be opened.\nThe requested system device cannot be found.\n",
        ),
        [] | ["/enum", ..] => {
            let safe = if windows.boot.safe_mode { "safeboot                Minimal\n" } else { "" };
            Output::ok(format!(
                "\nWindows Boot Manager\n--------------------\nidentifier              {{bootmgr}}\ndevice                  partition=\\Device\\HarddiskVolume1\npath                    \\EFI\\MICROSOFT\\BOOT\\BOOTMGFW.EFI\ndescription             Windows Boot Manager\nlocale                  en-US\ndefault                 {{current}}\ntimeout                 30\n\nWindows Boot Loader\n-------------------\nidentifier              {{current}}\ndevice                  partition=C:\npath                    \\Windows\\system32\\winload.efi\ndescription             {}\nlocale                  en-US\nosdevice                partition=C:\nsystemroot              \\Windows\n{safe}",
                windows.edition.split(" Pro").next().unwrap_or_default()
            ))
        }
        ["/set", .., "safeboot", "minimal" | "network"] => set_safe(world, session, true),
        ["/deletevalue", .., "safeboot"] => set_safe(world, session, false),
        _ => Output::not_modelled(world, &format!("bcdedit {}", arguments.join(" "))),
    }
}

fn set_safe(world: &mut World, session: &Session, safe: bool) -> Output {
    if let Some(windows) = world.device_mut(session.device).windows_mut() {
        windows.boot.safe_mode = safe;
    }
    Output::ok("The operation completed successfully.\n")
}

pub fn bcdboot(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if !session.elevated && !session.recovery {
        return Output::failed(5, "BFSVC Error: Failed to open the boot configuration data store. Status = [c0000022]\n");
    }
    let source = arguments.first().map(|source| source.to_lowercase());
    if source.as_deref().map(|source| source.trim_end_matches('\\')) != Some("c:\\windows") {
        return Output::failed(87, "Failure when attempting to copy boot files.\n");
    }
    mend(world, session);
    Output::ok("Boot files successfully created.\n")
}
