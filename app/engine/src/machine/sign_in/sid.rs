//! Security identifiers: those that Windows fixes, and those that follow from a domain's or a machine's name and the account's own.

use crate::world::accounts::password_number;

/// The fixed ones, after Microsoft's list of well-known SIDs; the last part of those that each domain or machine has.
const WELL_KNOWN: [(&str, &str); 16] = [
    ("Everyone", "S-1-1-0"),
    ("INTERACTIVE", "S-1-5-4"),
    ("Authenticated Users", "S-1-5-11"),
    ("SYSTEM", "S-1-5-18"),
    ("Administrators", "S-1-5-32-544"),
    ("Users", "S-1-5-32-545"),
    ("Guests", "S-1-5-32-546"),
    ("Power Users", "S-1-5-32-547"),
    ("Print Operators", "S-1-5-32-550"),
    ("Backup Operators", "S-1-5-32-551"),
    ("Remote Desktop Users", "S-1-5-32-555"),
    ("Network Configuration Operators", "S-1-5-32-556"),
    ("Event Log Readers", "S-1-5-32-573"),
    ("Remote Management Users", "S-1-5-32-580"),
    ("Medium Mandatory Level", "S-1-16-8192"),
    ("High Mandatory Level", "S-1-16-12288"),
];

const RELATIVE: [(&str, u32); 6] = [
    ("administrator", 500),
    ("guest", 501),
    ("krbtgt", 502),
    ("domain admins", 512),
    ("domain users", 513),
    ("domain guests", 514),
];

/// The identifier of a user or a group of `authority`, a domain or a machine. The same names give the same identifier, whoever
/// else comes and goes.
#[must_use]
pub fn of(authority: &str, name: &str) -> String {
    if let Some((_, sid)) = WELL_KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return (*sid).to_owned();
    }
    let name = name.to_lowercase();
    let number = RELATIVE.iter().find(|(known, _)| *known == name).map_or_else(|| ordinary(&name), |(_, number)| *number);
    let part = |salt: &str| password_number(&format!("{salt} {}", authority.to_lowercase()));
    format!("S-1-5-21-{}-{}-{}-{number}", part("a"), part("b"), part("c"))
}

/// Ordinary accounts have numbers from 1000 on.
fn ordinary(name: &str) -> u32 {
    const FIRST: u32 = 1000;
    const MANY: u32 = 9000;
    FIRST + password_number(&format!("rid {name}")) % MANY
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn names_have_one_identifier() {
        assert_eq!(of("clinic.example", "Administrators"), "S-1-5-32-544");
        assert!(of("clinic.example", "Domain Admins").ends_with("-512"));
        assert_eq!(of("clinic.example", "Ada"), of("CLINIC.EXAMPLE", "ada"));
        assert_ne!(of("clinic.example", "ada"), of("PC-01", "ada"));
        assert_ne!(of("clinic.example", "ada"), of("clinic.example", "ben"));
    }
}
