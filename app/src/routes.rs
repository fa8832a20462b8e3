//! The table of URLs and nothing else.

/// Where to go after signing in: the path that was asked for, if it is one of this site, else home.
///
/// A second slash or a backslash would make the browser read a host name.
#[must_use]
pub fn own_path(next: Option<&str>) -> &str {
    match next {
        Some(path) if path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']) => path,
        _ => "/",
    }
}
