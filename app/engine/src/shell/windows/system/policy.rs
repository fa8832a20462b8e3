//! `gpupdate` and `gpresult`.

use std::fmt::Write;

use super::{after_colon, full_name, given, of, word_after};
use crate::machine::services::{clock, policy};
use crate::shell::{Output, Session};
use crate::text::windows_short;
use crate::time::Span;
use crate::world::{DeviceId, World};

const FETCHING: Span = Span::seconds(12);

/// Why nothing came, for either half.
const WHY: &str = "could not be updated successfully. The following errors were encountered:\n\nThe processing of Group Policy failed because of lack of network connectivity to a domain controller. This may be a transient condition. A success message would be generated once the machine gets connected to the domain controller and Group Policy has successfully processed. If you do not see a success message for several hours, then contact your administrator.\n";

pub fn gpupdate(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if let Some(other) = arguments.iter().find(|argument| {
        let option = argument.to_lowercase();
        option != "/force" && !option.starts_with("/target:")
    }) {
        return Output::not_modelled(world, &format!("gpupdate {other}"));
    }
    world.wait(FETCHING);
    let target = after_colon(arguments, "target").map(str::to_lowercase);
    let half = |name: &str| target.as_deref().is_none_or(|target| target == name);
    let halves = |computer: &str, user: &str| {
        format!("{}{}", if half("computer") { computer } else { "" }, if half("user") { user } else { "" })
    };
    if policy::refresh(world, session.device).is_ok() {
        let done =
            halves("Computer Policy update has completed successfully.\n", "User Policy update has completed successfully.\n");
        return Output::ok(format!("Updating policy...\n\n{done}\n"));
    }
    let wrong = halves(&format!("Computer policy {WHY}"), &format!("User Policy {WHY}"));
    Output::failed(
        1,
        format!(
            "Updating policy...\n\n{wrong}\nTo diagnose the failure, review the event log or run GPRESULT /H GPReport.html from the command line to access information about Group Policy results.\n"
        ),
    )
}

pub fn gpresult(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if !given(arguments, "r") {
        return Output::not_modelled(world, &format!("gpresult {}", arguments.join(" ")));
    }
    let scope = word_after(arguments, "scope").map(str::to_lowercase);
    let both = scope.is_none();
    if scope.as_deref() == Some("computer") && !session.elevated {
        return Output::failed(1, "ERROR: Access Denied.\n");
    }
    let Some(windows) = of(world, session.device) else { return Output::default() };
    let person =
        word_after(arguments, "user").map_or(session.user.as_str(), |name| name.rsplit('\\').next().unwrap_or(name)).to_owned();
    // Only who signed in at the screen has results: an elevated shell of the support account has none of its own.
    if scope.as_deref() != Some("computer")
        && !windows.signed_in.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(&person))
    {
        let name = crate::shell::cmd::account_of(world, session, &person);
        return Output::ok(format!("INFO: The user \"{name}\" does not have RSoP data.\n"));
    }
    let machine = world.device(session.device).name.clone();
    let now = windows_short(clock::local(windows, world.now));
    let domain = windows
        .joined
        .as_ref()
        .map_or_else(|| machine.clone(), |joined| joined.domain.split('.').next().unwrap_or_default().to_uppercase());
    let configuration = if windows.joined.is_none() {
        "Standalone Workstation"
    } else if windows.edition.contains("Server") {
        "Member Server"
    } else {
        "Member Workstation"
    };
    let title = format!("RSOP data for {domain}\\{person} on {machine} : Logging Mode");
    let mut text = format!(
        "\nMicrosoft (R) Windows (R) Operating System Group Policy Result tool v2.0\n\u{a9} Microsoft Corporation. All rights reserved.\n\nCreated on {}\n\n\n{title}\n{}\n\nOS Configuration:            {configuration}\nOS Version:                  10.0.{}\nSite Name:                   N/A\nRoaming Profile:             N/A\nLocal Profile:               C:\\Users\\{}\nConnected over a slow link?: No\n\n",
        now.replacen(' ', " at ", 1),
        "-".repeat(title.len().saturating_add(1)),
        windows.build,
        person
    );
    // Without an elevated shell only the user's half can be read.
    if session.elevated && (both || scope.as_deref() == Some("computer")) {
        text.push_str(&computer(world, session.device));
    }
    if both || scope.as_deref() == Some("user") {
        text.push_str(&user(world, session));
    }
    Output::ok(text)
}

fn applied(world: &World, device: DeviceId, who: &str) -> String {
    let Some(windows) = of(world, device) else { return String::new() };
    let last = windows
        .policy
        .last_applied
        .map_or_else(|| "N/A".to_owned(), |at| windows_short(clock::stamp(windows, at)).replacen(' ', " at ", 1));
    let from = if windows.policy.last_applied.is_some() {
        crate::machine::sign_in::directory_server(world)
            .map_or_else(|| "N/A".to_owned(), |server| full_name(world, server).to_lowercase())
    } else {
        "N/A".to_owned()
    };
    let domain = windows
        .joined
        .as_ref()
        .map_or("N/A".to_owned(), |joined| joined.domain.split('.').next().unwrap_or_default().to_uppercase());
    let mut text = format!(
        "    Last time Group Policy was applied: {last}\n    Group Policy was applied from:      {from}\n    Group Policy slow link threshold:   500 kbps\n    Domain Name:                        {domain}\n    Domain Type:                        Windows 2008 or later\n\n    Applied Group Policy Objects\n    -----------------------------\n"
    );
    if windows.policy.applied.is_empty() {
        text.push_str("        N/A\n");
    }
    for name in &windows.policy.applied {
        _ = writeln!(text, "        {name}");
    }
    _ = write!(
        text,
        "\n    The following GPOs were not applied because they were filtered out\n    -------------------------------------------------------------------\n        Local Group Policy\n            Filtering:  Not Applied (Empty)\n\n    The {who} is a part of the following security groups\n    {}\n",
        "-".repeat("The  is a part of the following security groups".len().saturating_add(who.len()))
    );
    text
}

fn computer(world: &World, device: DeviceId) -> String {
    let Some(windows) = of(world, device) else { return String::new() };
    let mut place = format!("CN={}", world.device(device).name);
    for unit in windows.policy.unit.split('/').rev().filter(|unit| !unit.is_empty()) {
        _ = write!(place, ",OU={unit}");
    }
    if let Some(joined) = &windows.joined {
        for label in joined.domain.split('.') {
            _ = write!(place, ",DC={label}");
        }
    }
    format!(
        "\nCOMPUTER SETTINGS\n------------------\n    {place}\n{}        BUILTIN\\Administrators\n        Everyone\n        NT AUTHORITY\\Authenticated Users\n\n",
        applied(world, device, "computer")
    )
}

/// The account's full name in the directory, on a line of its own; nothing for a local account.
fn directory_name(world: &World, user: &str) -> String {
    let directory = world.devices.iter().find_map(|device| device.roles.directory.as_ref());
    let found = directory.and_then(|directory| Some((directory.accounts.user(user)?, &directory.domain)));
    found.map_or_else(String::new, |(user, domain)| {
        format!("    {}\n", crate::machine::sign_in::admin::distinguished_user(user, domain))
    })
}

fn user(world: &World, session: &Session) -> String {
    let Some(windows) = of(world, session.device) else { return String::new() };
    let place = directory_name(world, windows.signed_in.as_deref().unwrap_or_default());
    let mut text = format!("\nUSER SETTINGS\n--------------\n{place}{}", applied(world, session.device, "user"));
    let groups = windows.token_groups.iter().map(String::as_str);
    for group in groups.chain(["Everyone", "NT AUTHORITY\\Authenticated Users"]) {
        _ = writeln!(text, "        {group}");
    }
    text
}
