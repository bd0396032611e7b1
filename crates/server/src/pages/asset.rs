//! What pages load besides themselves: the style sheet and the icon, named by their content so that they can be cached for ever.
//! Knows no page.

use super::route::Route;

/// The style sheet, hand-written.
pub const STYLE: &str = include_str!("../../assets/app.css");

/// What stands beside the title of a tab: the dot of the head. Without it browsers ask for one where none is.
pub const ICON: &str = include_str!("../../assets/icon.svg");

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

/// `icon-0123456789abcdef.svg`, as the style sheet's.
pub fn icon_name() -> String {
    const NAME: u64 = fingerprint(ICON.as_bytes());
    format!("icon-{NAME:016x}.svg")
}

pub fn icon_path() -> String {
    Route::Asset { name: icon_name() }.path()
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
