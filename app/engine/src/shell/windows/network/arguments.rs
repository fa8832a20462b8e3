//! Small questions about arguments that every program here asks.

/// The needed rights are not there: `ipconfig /registerdns`, `route add`, `netstat -b`.
pub const NEEDS_ELEVATION: &str = "The requested operation requires elevation.\n";

/// `-x` and `/x` are the same to most programs; gives the letters behind it.
#[must_use]
pub fn option(argument: &str) -> Option<&str> {
    argument.strip_prefix(['-', '/']).filter(|rest| !rest.is_empty())
}

/// Asks for help in one of the usual ways.
#[must_use]
pub fn wants_help(arguments: &[String]) -> bool {
    arguments.iter().any(|argument| matches!(argument.as_str(), "/?" | "-?"))
}

/// The mask's length, where its ones stand together: `255.255.255.0` is 24.
#[must_use]
pub fn prefix_of(mask: std::net::Ipv4Addr) -> Option<u8> {
    ipnet::ipv4_mask_to_prefix(mask).ok()
}

/// `24` is `255.255.255.0`.
#[must_use]
pub fn mask_of(prefix: u8) -> std::net::Ipv4Addr {
    std::net::Ipv4Addr::from_bits(u32::MAX.checked_shl(32 - u32::from(prefix.min(32))).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_and_lengths_go_both_ways() {
        for (mask, prefix) in [("0.0.0.0", 0), ("255.255.255.128", 25), ("255.255.255.255", 32)] {
            assert_eq!(mask_of(prefix).to_string(), mask);
            assert_eq!(prefix_of(mask.parse().unwrap()), Some(prefix));
        }
        assert_eq!(prefix_of("255.0.255.0".parse().unwrap()), None);
    }
}
