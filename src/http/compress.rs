//! Compression of pages. Files come compressed from the bundle; answers of server functions are short.
//!
//! Pages hold no secret that an attacker could guess bit by bit from sizes (BREACH): the session is in a cookie, there is no
//! token in forms, and other sites' requests carry no cookie that a page would be made for.

use std::io::Write;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::StatusCode;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, VARY};
use http::{HeaderMap, HeaderValue};

use super::headers::is_html;

/// Below this the headers cost more than is saved.
const MIN_BYTES: usize = 1_024;
/// No page comes near this; a longer one is not held in memory twice.
const MAX_BYTES: usize = 8 * 1_024 * 1_024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// The best that the browser takes: brotli, then gzip.
    pub(super) fn accepted(headers: &HeaderMap) -> Self {
        let takes = |name: &str| {
            headers
                .get_all(ACCEPT_ENCODING)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|value| value.split(','))
                .any(|part| takes_part(part, name))
        };
        if takes("br") {
            Self::Brotli
        } else if takes("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }

    pub(super) fn token(self) -> Option<HeaderValue> {
        match self {
            Self::Brotli => Some(HeaderValue::from_static("br")),
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Identity => None,
        }
    }
}

/// One part of `Accept-Encoding`, such as `br;q=0.8`; a weight of nought means "never".
fn takes_part(part: &str, name: &str) -> bool {
    let mut fields = part.split(';').map(str::trim);
    let named = fields.next().is_some_and(|coding| coding.eq_ignore_ascii_case(name));
    let refused = fields.filter_map(|field| field.strip_prefix("q=")).any(|weight| weight.parse::<f32>() == Ok(0.0));
    named && !refused
}

/// Middleware: compresses HTML.
pub async fn pages(request: Request, next: Next) -> Response {
    let encoding = Encoding::accepted(request.headers());
    let mut response = next.run(request).await;
    if !is_html(response.headers()) {
        return response;
    }
    response.headers_mut().append(VARY, HeaderValue::from_static("accept-encoding"));
    let Some(token) = encoding.token() else { return response };
    let (mut parts, body) = response.into_parts();
    let Ok(page) = to_bytes(body, MAX_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if page.len() < MIN_BYTES {
        return Response::from_parts(parts, Body::from(page));
    }
    let Ok(packed) = compress(&page, encoding) else { return Response::from_parts(parts, Body::from(page)) };
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_ENCODING, token);
    Response::from_parts(parts, Body::from(packed))
}

/// Quickly: a page is made for one person and sent once.
fn compress(page: &[u8], encoding: Encoding) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::with_capacity(page.len() / 3);
    match encoding {
        Encoding::Brotli => {
            let parameters = BrotliEncoderParams { quality: 4, size_hint: page.len(), ..BrotliEncoderParams::default() };
            brotli::BrotliCompress(&mut &page[..], &mut packed, &parameters)?;
        }
        Encoding::Gzip => {
            let mut encoder = GzEncoder::new(&mut packed, Compression::new(5));
            encoder.write_all(page)?;
            encoder.finish()?;
        }
        Encoding::Identity => packed.extend_from_slice(page),
    }
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chooses_what_the_browser_takes() {
        let table = [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip, deflate", Encoding::Gzip),
            ("br;q=0, gzip;q=0.5", Encoding::Gzip),
            ("BR", Encoding::Brotli),
            ("br;q=0.0", Encoding::Identity),
            ("brr, xgzip", Encoding::Identity),
            ("", Encoding::Identity),
        ];
        for (accepted, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            assert_eq!(Encoding::accepted(&headers), expected, "{accepted}");
        }
        assert_eq!(Encoding::accepted(&HeaderMap::new()), Encoding::Identity);
    }

    #[test]
    fn what_is_packed_unpacks_to_the_same() {
        let page = "<p>An answer is stored before the page says so.</p>".repeat(100);
        let packed = compress(page.as_bytes(), Encoding::Brotli).unwrap();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, page.as_bytes());
        let packed = compress(page.as_bytes(), Encoding::Gzip).unwrap();
        let mut unpacked = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut unpacked).unwrap();
        assert_eq!(unpacked, page);
        assert!(packed.len() < page.len() / 5);
    }
}
