mod storage;

use super::fits;

#[test]
fn patterns_with_stars() {
    for (pattern, name, expected) in [
        ("spooler", "Spooler", true),
        ("spool", "Spooler", false),
        ("*spool*", "Spooler", true),
        ("w*time", "W32Time", true),
        ("w*x", "W32Time", false),
        ("*", "", true),
        ("", "", true),
    ] {
        assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
    }
}
