//! Draws numbers as SVG, readable on a phone of 390 pixels: bars, and errors by level. Colours come from the style sheet by classes;
//! a drawing that stands alone brings them along. Knows nothing of what the numbers mean.

use std::fmt::Write as _;

use crate::text::Html;
use crate::words::escape_html;

const WIDTH: u32 = 360;
const BAR_STEP: u32 = 26;
const BAR_LEFT: f64 = 92.0;
const BAR_RIGHT: f64 = 296.0;
const CURVE_TOP: f64 = 14.0;
const CURVE_BOTTOM: f64 = 190.0;
const CURVE_LEFT: f64 = 46.0;
const CURVE_RIGHT: f64 = 346.0;
const CURVE_HEIGHT: u32 = 258;

/// The head of a drawing: its id within the page, its name, and what it shows in a sentence.
pub struct Head<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub about: &'a str,
}

/// One bar.
pub struct Bar {
    pub label: String,
    /// 0 and more; the longest bar fills the width.
    pub size: f64,
    pub value: String,
}

/// Errors by level: the abscissa is 0 to 100 percent.
pub struct Curve<'a> {
    /// (percent, share): a line, in order.
    pub line: Vec<(f64, f64)>,
    /// (percent, share, standard error): dots with whiskers of two standard errors.
    pub dots: Vec<(f64, f64, f64)>,
    /// Where the reader's own case lies, in percent.
    pub mark: f64,
    /// Below the abscissa, and for line and dots.
    pub axis: &'a str,
    pub line_name: &'a str,
    pub dots_name: &'a str,
    /// Writes a share.
    pub percent: &'a dyn Fn(f64) -> String,
}

/// Bars below each other, each with its label on the left and its value at its end.
pub fn bars(head: &Head<'_>, bars: &[Bar]) -> Html {
    let height = BAR_STEP * u32::try_from(bars.len()).unwrap_or(0) + 8;
    let mut out = open(head, height);
    let most = bars.iter().map(|bar| bar.size).fold(0.0, f64::max);
    let mut y = 4;
    for bar in bars {
        let length = if most > 0.0 { bar.size / most * (BAR_RIGHT - BAR_LEFT) } else { 0.0 };
        let middle = y + 17;
        let _ = write!(
            out,
            "<text class=\"label end\" x=\"{}\" y=\"{middle}\">{}</text>\
             <rect class=\"bar\" x=\"{BAR_LEFT}\" y=\"{}\" width=\"{:.1}\" height=\"18\" rx=\"3\"/>\
             <text class=\"value\" x=\"{:.1}\" y=\"{middle}\">{}</text>",
            BAR_LEFT - 8.0,
            escape_html(&bar.label),
            y + 3,
            length.max(1.0),
            BAR_LEFT + length.max(1.0) + 7.0,
            escape_html(&bar.value)
        );
        y += BAR_STEP;
    }
    out.push_str("</svg>");
    Html::vouched(out)
}

/// A line and dots over levels from 0 to 100 percent.
pub fn curve(head: &Head<'_>, curve: &Curve<'_>) -> Html {
    let shares = curve.line.iter().map(|(_, share)| *share);
    let dots = curve.dots.iter().map(|(_, share, error)| share + 2.0 * error);
    let top = scale(shares.chain(dots).fold(0.0, f64::max));
    let x = |percent: f64| CURVE_LEFT + percent / 100.0 * (CURVE_RIGHT - CURVE_LEFT);
    let y = |share: f64| CURVE_BOTTOM - share.clamp(0.0, top) / top * (CURVE_BOTTOM - CURVE_TOP);
    let mut out = open(head, CURVE_HEIGHT);
    for part in 0..=4_u32 {
        let share = top * f64::from(part) / 4.0;
        let _ = write!(
            out,
            "<path class=\"grid\" d=\"M{CURVE_LEFT} {0:.1}H{CURVE_RIGHT}\"/>\
             <text class=\"label end\" x=\"{1}\" y=\"{2:.1}\">{3}</text>",
            y(share),
            CURVE_LEFT - 6.0,
            y(share) + 4.0,
            escape_html(&(curve.percent)(share))
        );
    }
    for percent in [0_u32, 25, 50, 75, 100] {
        let _ = write!(
            out,
            "<text class=\"label middle\" x=\"{:.1}\" y=\"{}\">{percent}</text>",
            x(f64::from(percent)),
            CURVE_BOTTOM + 17.0
        );
    }
    let _ = write!(
        out,
        "<path class=\"mark\" d=\"M{0:.1} {CURVE_TOP}V{CURVE_BOTTOM}\"/>\
         <text class=\"label middle\" x=\"{1}\" y=\"{2}\">{3}</text>",
        x(curve.mark),
        f64::midpoint(CURVE_LEFT, CURVE_RIGHT),
        CURVE_BOTTOM + 35.0,
        escape_html(curve.axis)
    );
    let mut path = String::new();
    for (percent, share) in &curve.line {
        let step = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{step}{:.1} {:.1}", x(*percent), y(*share));
    }
    let _ = write!(out, "<path class=\"line\" d=\"{path}\"/>");
    for (percent, share, error) in &curve.dots {
        let (x, low, high) = (x(*percent), y(share - 2.0 * error), y(share + 2.0 * error));
        let _ = write!(
            out,
            "<path class=\"whisker\" d=\"M{x:.1} {low:.1}V{high:.1}\"/>\
             <circle class=\"dot\" cx=\"{x:.1}\" cy=\"{:.1}\" r=\"3.5\"/>",
            y(*share)
        );
    }
    legend(curve, &mut out);
    out.push_str("</svg>");
    Html::vouched(out)
}

/// Several drawings below each other in one file, with the colours for light and dark.
pub fn standing_alone(drawings: &[&Html]) -> String {
    let mut out = String::new();
    let mut y = 0;
    for drawing in drawings {
        let height = height_of(drawing.as_str());
        let placed = drawing.as_str().replacen(
            "<svg ",
            &format!("<svg y=\"{y}\" width=\"{WIDTH}\" height=\"{height}\" "),
            1,
        );
        out.push_str(&placed);
        y += height + 16;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y}\"><style>{STYLE}</style>\
         <rect class=\"paper\" width=\"{WIDTH}\" height=\"{y}\"/>{out}</svg>\n"
    )
}

/// What the style sheet of the pages says, with colours instead of their names.
const STYLE: &str = ".paper{fill:#fbfaf7}text{font:12.5px system-ui,sans-serif;fill:#1f1d1a}.label{fill:#635d54}.end{text-anchor:end}\
.middle{text-anchor:middle}.bar{fill:#1a4f9c}.grid{stroke:#dcd7cc}.line,.whisker,.mark{fill:none;stroke:#1a4f9c;stroke-width:2}\
.whisker{stroke:#c2411f;stroke-width:1.25}.mark{stroke:#8d867a;stroke-width:1.25;stroke-dasharray:4 3}.dot{fill:#c2411f}\
@media(prefers-color-scheme:dark){.paper{fill:#161513}text{fill:#ece8e0}.label{fill:#aaa397}.bar{fill:#9dc3ff}.grid{stroke:#3a3731}\
.line{stroke:#9dc3ff}.whisker{stroke:#ff8a65}.mark{stroke:#837c70}.dot{fill:#ff8a65}}";

fn legend(curve: &Curve<'_>, out: &mut String) {
    let y = CURVE_BOTTOM + 57.0;
    if !curve.line.is_empty() {
        let _ = write!(
            out,
            "<path class=\"line\" d=\"M{CURVE_LEFT} {0}h18\"/><text class=\"label\" x=\"{1}\" y=\"{2}\">{3}</text>",
            y - 4.0,
            CURVE_LEFT + 24.0,
            y,
            escape_html(curve.line_name)
        );
    }
    let right = f64::midpoint(CURVE_LEFT, CURVE_RIGHT) + 14.0;
    let _ = write!(
        out,
        "<circle class=\"dot\" cx=\"{right}\" cy=\"{}\" r=\"3.5\"/><text class=\"label\" x=\"{}\" y=\"{y}\">{}</text>",
        y - 4.0,
        right + 10.0,
        escape_html(curve.dots_name)
    );
}

fn open(head: &Head<'_>, height: u32) -> String {
    format!(
        "<svg class=\"plot\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{0}-t {0}-d\">\
         <title id=\"{0}-t\">{1}</title><desc id=\"{0}-d\">{2}</desc>",
        head.id,
        escape_html(head.title),
        escape_html(head.about)
    )
}

/// The end of an axis: the next of a few round numbers.
fn scale(most: f64) -> f64 {
    [0.01, 0.02, 0.04, 0.08, 0.12, 0.2, 0.4, 0.6, 0.8]
        .into_iter()
        .find(|end| most <= *end)
        .unwrap_or(1.0)
}

fn height_of(drawing: &str) -> u32 {
    let numbers = drawing.split("viewBox=\"").nth(1).and_then(|rest| rest.split('"').next());
    numbers.and_then(|text| text.split(' ').nth(3)).and_then(|text| text.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Bar, Curve, Head, bars, curve, scale, standing_alone};

    const HEAD: Head<'_> = Head { id: "plot-x", title: "A <b> title", about: "What it shows" };

    fn a_curve() -> crate::text::Html {
        let percent = |share: f64| format!("{:.0} %", share * 100.0);
        curve(
            &HEAD,
            &Curve {
                line: vec![(10.0, 0.0), (40.0, 0.3), (90.0, 0.01)],
                dots: vec![(40.0, 0.28, 0.02)],
                mark: 40.0,
                axis: "support",
                line_name: "calculated",
                dots_name: "counted",
                percent: &percent,
            },
        )
    }

    #[test]
    fn drawings_are_named_escaped_and_without_inline_styles() {
        let bar =
            |label: &str, size| Bar { label: label.to_owned(), size, value: "1 & 2".to_owned() };
        for drawing in [bars(&HEAD, &[bar("a", 1.0), bar("b", 4.0)]), bars(&HEAD, &[]), a_curve()] {
            let text = drawing.as_str();
            assert!(text.contains("<title id=\"plot-x-t\">A &lt;b&gt; title</title>"), "{text}");
            assert!(
                !text.contains(" style=") && !text.contains("NaN") && !text.contains("inf"),
                "{text}"
            );
            assert_eq!(text.matches("<svg").count(), text.matches("</svg>").count());
        }
    }

    #[test]
    fn the_longest_bar_fills_the_width_and_nothing_is_a_thin_line() {
        let bar = |size| Bar { label: String::new(), size, value: String::new() };
        let drawing = bars(&HEAD, &[bar(5.0), bar(10.0), bar(0.0)]);
        for width in ["width=\"102.0\"", "width=\"204.0\"", "width=\"1.0\""] {
            assert!(drawing.as_str().contains(width), "{width}");
        }
    }

    #[test]
    fn one_file_holds_all_and_both_schemes() {
        let drawing = a_curve();
        let file = standing_alone(&[&drawing, &drawing]);
        assert_eq!(file.matches("<svg").count(), 3);
        assert!(
            file.contains("prefers-color-scheme:dark") && file.contains("viewBox=\"0 0 360 548\"")
        );
    }

    #[test]
    fn axes_end_at_round_numbers() {
        let ends = [0.0, 0.013, 0.35, 0.95].map(|most| scale(most).to_string());
        assert_eq!(ends, ["0.01", "0.02", "0.4", "1"]);
    }
}
