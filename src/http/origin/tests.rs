use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};

use super::{allowed, is_loopback, origin_of};

const PUBLIC: &str = "https://practice.example.org/";

fn decide(public_url: &str, method: &Method, headers: &[(&'static str, &'static str)]) -> bool {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    allowed(public_url, "__Host-sid", method, &Uri::from_static("/api/accounts/sign-in"), &map)
}

/// T15: every value of either header, with and without the other, a session and a form's content type.
#[test]
fn decides_every_combination() {
    let sites = [None, Some("same-origin"), Some("same-site"), Some("cross-site"), Some("none"), Some("SAME-ORIGIN"), Some("")];
    let origins = [
        None,
        Some("https://practice.example.org"),
        Some("https://practice.example.org:443"),
        Some("https://practice.example.org:8443"),
        Some("http://practice.example.org"),
        Some("https://example.org"),
        Some("https://practice.example.org.evil.example"),
        Some("http://localhost:3000"),
        Some("null"),
        Some(""),
    ];
    let cookies = [None, Some("__Host-sid=abc"), Some("other=1")];
    let kinds = [None, Some("application/x-www-form-urlencoded"), Some("Text/Plain; charset=utf-8"), Some("application/json")];
    let mut decided = 0;
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
        for site in sites {
            for origin in origins {
                for cookie in cookies {
                    for kind in kinds {
                        let given = [("sec-fetch-site", site), ("origin", origin), ("cookie", cookie), ("content-type", kind)];
                        let headers: Vec<_> = given.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
                        let expected = match (site, origin) {
                            (Some(site), _) => site == "same-origin",
                            (None, Some(origin)) => {
                                ["https://practice.example.org", "https://practice.example.org:443"].contains(&origin)
                            }
                            (None, None) => {
                                cookie != Some("__Host-sid=abc") && (kind.is_none() || kind == Some("application/json"))
                            }
                        };
                        assert_eq!(decide(PUBLIC, &method, &headers), expected, "{method} {headers:?}");
                        decided += 1;
                    }
                }
            }
        }
    }
    assert_eq!(decided, 5 * 7 * 10 * 3 * 4);
}

#[test]
fn reading_is_never_refused() {
    for method in [Method::GET, Method::HEAD] {
        assert!(decide(PUBLIC, &method, &[("sec-fetch-site", "cross-site"), ("origin", "null")]));
    }
}

#[test]
fn one_wrong_value_among_several_refuses() {
    assert!(!decide(PUBLIC, &Method::POST, &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")]));
    let origins = [("origin", "https://practice.example.org"), ("origin", "https://evil.example")];
    assert!(!decide(PUBLIC, &Method::POST, &origins));
}

#[test]
fn on_this_machine_the_address_that_was_asked_counts() {
    let local = "http://127.0.0.1:3000";
    let ask = |origin, host| decide(local, &Method::POST, &[("origin", origin), ("host", host)]);
    assert!(ask("http://localhost:3000", "localhost:3000"));
    assert!(ask("http://[::1]:3000", "[::1]:3000"));
    assert!(ask("http://127.0.0.1:3000", "anything"));
    assert!(!ask("http://localhost:4000", "localhost:3000"));
    assert!(!ask("http://rebound.example:3000", "rebound.example:3000"));
    assert!(!ask("http://localhost.evil.example:3000", "localhost.evil.example:3000"));
}

#[test]
fn origins_are_compared_as_browsers_write_them() {
    assert_eq!(origin_of("HTTPS://Practice.Example.org:443/path?x"), Some("https://practice.example.org".to_owned()));
    assert_eq!(origin_of("http://[::1]:3000"), Some("http://[::1]:3000".to_owned()));
    for other in ["null", "", "practice.example.org", "file:///x", "https://"] {
        assert_eq!(origin_of(other), None, "{other}");
    }
    assert!(is_loopback("LOCALHOST:1") && is_loopback("[::1]") && !is_loopback("localhost.example"));
}
