//! What a web server answers over plain HTTP, for the clients of every command line.

use crate::time::Time;

/// The phrase of a status (RFC 9110, section 15).
#[must_use]
pub fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}

/// The page behind a status: the site's title, or the error as servers write it.
#[must_use]
pub fn body(status: u16, title: &str) -> String {
    let head = if status == 200 { title.to_owned() } else { format!("{status} {}", phrase(status)) };
    format!("<html>\n<head><title>{head}</title></head>\n<body>\n<h1>{head}</h1>\n</body>\n</html>\n")
}

/// The header lines of an answer, with the empty line behind them. `now` is the server's time, in UTC.
#[must_use]
pub fn head(now: Time, status: u16, page: &str) -> String {
    let civil = now.civil();
    let day = crate::time::WEEKDAYS.get(usize::from(civil.weekday)).and_then(|day| day.get(..3)).unwrap_or_default();
    let month = crate::time::MONTHS.get(usize::from(civil.month.saturating_sub(1)));
    let month = month.and_then(|month| month.get(..3)).unwrap_or_default();
    format!(
        "HTTP/1.1 {status} {}\nDate: {day}, {:02} {month} {} {:02}:{:02}:{:02} GMT\nContent-Type: text/html\nContent-Length: {}\nConnection: keep-alive\n\n",
        phrase(status),
        civil.day,
        civil.year,
        civil.hour,
        civil.minute,
        civil.second,
        page.len()
    )
}
