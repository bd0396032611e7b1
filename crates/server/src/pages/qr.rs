//! A link as a QR code, drawn as SVG. Knows no invitation.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::text::Html;

/// Modules of white around the code (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

/// Draws one path, dark on light in every colour scheme, since cameras want that. A link of more than
/// 2,000 bytes does not fit and gives an empty drawing: the link itself stands beside it.
pub fn draw(link: &str) -> Html {
    let Ok(code) = QrCode::with_error_correction_level(link, EcLevel::M) else {
        return Html::default();
    };
    let width = code.width();
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        while column < width {
            let run = line[column..].iter().take_while(|&&color| color == Color::Dark).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET);
            }
            column += run + 1;
        }
    }
    let size = width + 2 * QUIET;
    Html::vouched(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" aria-hidden=\"true\" shape-rendering=\"crispEdges\">\
         <rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn the_drawing_is_small_and_bounded() {
        let drawing = draw("https://mic.example.org/i/0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d");
        assert!(drawing.as_str().starts_with("<svg") && drawing.as_str().len() < 12_000);
        assert!(draw(&"x".repeat(9_000)).is_empty());
    }
}
