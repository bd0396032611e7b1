//! The one file that pages load besides themselves: the style sheet, named by its content so that it can be cached for ever.
//! Knows no page.

use super::route::Route;

/// The style sheet, hand-written.
pub const STYLE: &str = include_str!("../../assets/app.css");

/// Bytes of the style sheet at most; a phone on a slow network loads it before anything is seen.
pub const STYLE_BYTES_MAX: usize = 20_480;

const _: () = assert!(STYLE.len() <= STYLE_BYTES_MAX, "the style sheet is over its limit");

/// `app-0123456789abcdef.css`. The name changes with the content and guards nothing: FNV-1a is enough.
pub fn style_name() -> String {
    const NAME: u64 = fingerprint(STYLE.as_bytes());
    format!("app-{NAME:016x}.css")
}

pub fn style_path() -> String {
    Route::Asset { name: style_name() }.path()
}

const fn fingerprint(bytes: &[u8]) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let mut index = 0;
    while index < bytes.len() {
        state = (state ^ bytes[index] as u64).wrapping_mul(0x0100_0000_01b3);
        index += 1;
    }
    state
}
