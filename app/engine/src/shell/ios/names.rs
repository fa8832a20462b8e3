//! Names of interfaces: short in the model and in tables, long in configurations and logs.

/// Type names as IOS writes them, with their short form. The model's ports carry the short one: `Gi0/1`.
const TYPES: [(&str, &str); 7] = [
    ("Gi", "GigabitEthernet"),
    ("Fa", "FastEthernet"),
    ("Te", "TenGigabitEthernet"),
    ("Et", "Ethernet"),
    ("Lo", "Loopback"),
    ("Vl", "Vlan"),
    ("Po", "Port-channel"),
];

/// `GigabitEthernet0/1` from `Gi0/1`; what is unknown stays as it is.
#[must_use]
pub fn long(name: &str) -> String {
    match split(name) {
        Some((kind, number)) => format!("{kind}{number}"),
        None => name.to_owned(),
    }
}

/// `Gi0/1` from `GigabitEthernet0/1`.
#[must_use]
pub fn short(name: &str) -> String {
    match split(name) {
        Some((kind, number)) => {
            let short = TYPES.iter().find(|(_, long)| *long == kind).map_or(kind, |(short, _)| short);
            format!("{short}{number}")
        }
        None => name.to_owned(),
    }
}

/// The long type and the number of a name as somebody typed it: `g0/1`, `gig 0/1`, `Vlan10`.
#[must_use]
pub fn split(name: &str) -> Option<(&'static str, &str)> {
    let at = name.find(|c: char| c.is_ascii_digit())?;
    let (kind, number) = name.split_at(at);
    let kind = kind.trim();
    if kind.is_empty() || !number.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.')) {
        return None;
    }
    let fits = |long: &&str| long.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind));
    TYPES.iter().map(|(_, long)| *long).find(fits).map(|long| (long, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_grow_and_shrink() {
        assert_eq!(long("Gi0/1"), "GigabitEthernet0/1");
        assert_eq!(short("GigabitEthernet0/1.20"), "Gi0/1.20");
        assert_eq!(long("vlan10"), "Vlan10");
        assert_eq!(short("Vlan10"), "Vl10");
        assert_eq!(split("g0/1"), Some(("GigabitEthernet", "0/1")));
        assert_eq!(split("x0/1"), None);
        assert_eq!(split("0/1"), None);
        assert_eq!(split("gé1"), None);
    }
}
