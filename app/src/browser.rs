//! What pages ask of the browser.

use leptos::prelude::*;

/// 122 random bits from the browser, as a UUID of version 4. `randomUUID` itself is missing on pages without HTTPS.
#[must_use]
pub fn random_id<T: std::str::FromStr>() -> Option<T> {
    let mut bytes = [0; 16];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = |byte: u8| [byte >> 4, byte & 0x0f].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'));
    bytes.into_iter().flat_map(digits).collect::<String>().parse().ok()
}

/// Kept on the device, beyond a crash of the page. `None`: there is nothing, or the browser keeps nothing.
#[must_use]
pub fn kept(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// `None` as value: throws it away. A browser that keeps nothing is no failure: what is kept is only a second copy.
pub fn keep(key: &str, value: Option<&str>) {
    let Ok(Some(storage)) = window().local_storage() else { return };
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}

/// Milliseconds since the page began; no clock that anybody can set.
#[must_use]
pub fn milliseconds() -> f64 {
    window().performance().map(|performance| performance.now()).unwrap_or_default()
}

/// A reload, or the address sent to another device, leads to what is shown.
pub fn replace_address(path: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(path));
    }
}
