//! Draws a [`Flow`] as SVG, top down, readable on a phone of 390 pixels. Colours come from the style sheet by classes.
//! Knows no charter and makes no list: [`Flow::view`] makes that from the same data.
//!
//! Each stage is a card. An outcome that leads to the next card is an arrow downwards; one that leads past cards runs in a lane
//! on the right; one that leads back runs in a lane on the left; one that ends the proposal is a dot on the card's edge.

mod wrap;

use std::fmt::Write as _;

use super::flow::{Flow, FlowMark, FlowStage, ending};
use crate::text::Html;
use crate::words::{Words, escape_html};
use wrap::wrap;

const WIDTH: usize = 360;
const CARD_LEFT: usize = 28;
const CARD_RIGHT: usize = 300;
const PADDING: usize = 14;
const TITLE_LINE: usize = 20;
const LABEL_LINE: usize = 18;
const GAP: usize = 22;
const TITLE_COLUMNS: usize = 27;
const LABEL_COLUMNS: usize = 32;
const BESIDE_COLUMNS: usize = 24;
/// Lanes stand so far apart until the margin is full; then they share the last one.
const LANE_STEP: usize = 11;

/// Stages in drawing order: every arrow but a way back leads down. Stages that nothing leads to stand last.
pub(super) fn order(flow: &Flow) -> Vec<usize> {
    let mut state = vec![Mark::New; flow.stages.len()];
    let mut finished = Vec::with_capacity(flow.stages.len());
    for index in 0..flow.stages.len() {
        visit(flow, index, &mut state, &mut finished);
        if index == 0 {
            finished.reverse();
        }
    }
    finished
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Seen,
}

/// Depth first; reversed, the order of finishing is topological for everything that does not lead back.
fn visit(flow: &Flow, index: usize, state: &mut [Mark], finished: &mut Vec<usize>) {
    if state[index] == Mark::Seen {
        return;
    }
    state[index] = Mark::Seen;
    for target in flow.stages[index].exits.iter().filter_map(|exit| flow.find(exit.to.as_deref()?))
    {
        visit(flow, target, state, finished);
    }
    finished.push(index);
}

/// The drawing. `prefix` is that of the list's anchors, where the boxes lead.
pub(super) fn draw(flow: &Flow, prefix: &str, words: &Words) -> Html {
    let order = order(flow);
    let mut cards: Vec<Card> =
        order.iter().map(|&index| Card::measure(flow, index, words)).collect();
    let mut y = 4;
    let count = cards.len();
    for (row, card) in cards.iter_mut().enumerate() {
        card.sort_exits(row, &order);
        card.top = y;
        y += card.height() + if row + 1 < count { card.gap() } else { 4 };
    }
    let mut out = String::new();
    let name = escape_html(&words.say("flow-drawing", &[]));
    let _ = write!(
        out,
        "<svg class=\"flow\" viewBox=\"0 0 {WIDTH} {y}\" role=\"group\" aria-labelledby=\"{prefix}-t {prefix}-d\">\
         <title id=\"{prefix}-t\">{}</title><desc id=\"{prefix}-d\">{name}</desc>",
        escape_html(&flow.title)
    );
    let mut lanes = Lanes::default();
    for row in 0..cards.len() {
        draw_arrows(&cards, row, &mut lanes, &mut out);
    }
    for card in &cards {
        draw_card(card, &flow.stages[card.stage], prefix, words, &mut out);
    }
    out.push_str("</svg>");
    Html::vouched(out)
}

/// One way out of a card: all outcomes that lead to the same place, in one label.
struct Way {
    target: Option<usize>,
    place: Place,
    label: Vec<String>,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    End,
    Below,
    Past(usize),
    Back(usize),
}

struct Card {
    stage: usize,
    top: usize,
    title: Vec<String>,
    badge: Option<String>,
    ways: Vec<Way>,
}

impl Card {
    fn measure(flow: &Flow, index: usize, words: &Words) -> Self {
        let stage = &flow.stages[index];
        let mut ways: Vec<Way> = Vec::new();
        for exit in &stage.exits {
            let target = exit.to.as_deref().and_then(|id| flow.find(id));
            let label = exit.label(stage.kind, words);
            if let Some(way) = ways.iter_mut().find(|way| way.target == target) {
                let _ = write!(way.text, " / {label}");
            } else {
                ways.push(Way { target, place: Place::End, label: Vec::new(), text: label });
            }
        }
        if let Some(end) = ways.iter_mut().find(|way| way.target.is_none()) {
            end.text = ending(&end.text, words);
        }
        let badge = match (stage.you_are_here, stage.mark) {
            (true, _) => Some(words.say("flow-here", &[])),
            (false, Some(mark)) => Some(words.say(mark.key(), &[])),
            (false, None) => stage.done.then(|| words.say("flow-done", &[])),
        };
        Self {
            stage: index,
            top: 0,
            title: wrap(&stage.shown_title(words), TITLE_COLUMNS),
            badge,
            ways,
        }
    }

    /// Finds out where each way leads in the drawing, and breaks its label to the space there.
    fn sort_exits(&mut self, row: usize, order: &[usize]) {
        for way in &mut self.ways {
            way.place =
                match way.target.and_then(|target| order.iter().position(|&index| index == target))
                {
                    None => Place::End,
                    Some(target) if target == row + 1 => Place::Below,
                    Some(target) if target > row => Place::Past(target),
                    Some(target) => Place::Back(target),
                };
            let columns = if way.place == Place::Below { BESIDE_COLUMNS } else { LABEL_COLUMNS };
            way.label = wrap(&way.text, columns);
        }
    }

    fn ports(&self) -> impl Iterator<Item = &Way> {
        self.ways.iter().filter(|way| way.place != Place::Below)
    }

    fn below(&self) -> Option<&Way> {
        self.ways.iter().find(|way| way.place == Place::Below)
    }

    fn head_height(&self) -> usize {
        PADDING
            + self.title.len() * TITLE_LINE
            + if self.badge.is_some() { LABEL_LINE + 4 } else { 0 }
    }

    fn height(&self) -> usize {
        let ports: usize = self.ports().map(|way| way.label.len() * LABEL_LINE + 8).sum();
        self.head_height() + if ports > 0 { ports + 10 } else { 0 } + PADDING - 4
    }

    fn gap(&self) -> usize {
        GAP + self.below().map_or(0, |way| way.label.len() * LABEL_LINE + 4)
    }

    fn bottom(&self) -> usize {
        self.top + self.height()
    }
}

/// Which rows each lane of a side is taken for.
#[derive(Default)]
struct Lanes {
    right: Vec<Vec<(usize, usize)>>,
    left: Vec<Vec<(usize, usize)>>,
}

impl Lanes {
    /// The first lane of a side that is free between two heights.
    fn take(lanes: &mut Vec<Vec<(usize, usize)>>, from: usize, to: usize) -> usize {
        let span = (from.min(to), from.max(to));
        let free =
            |lane: &Vec<(usize, usize)>| lane.iter().all(|used| span.1 < used.0 || used.1 < span.0);
        let index = lanes.iter().position(free).unwrap_or(lanes.len());
        if index == lanes.len() {
            lanes.push(Vec::new());
        }
        lanes[index].push(span);
        index
    }
}

fn draw_arrows(cards: &[Card], row: usize, lanes: &mut Lanes, out: &mut String) {
    let card = &cards[row];
    if let Some(way) = card.below() {
        let (x, end) = (CARD_LEFT + 40, cards[row + 1].top);
        let _ = write!(out, "<path class=\"arrow\" d=\"M{x} {}V{}\"/>", card.bottom(), end - 2);
        let _ = write!(out, "<path class=\"tip\" d=\"M{} {}h10l-5 8z\"/>", x - 5, end - 8);
        write_lines(&way.label, "label", x + 14, card.bottom() + 22, out);
    }
    let mut y = card.top + card.head_height() + 10;
    for way in card.ports() {
        let middle = y + 9;
        match way.place {
            Place::End | Place::Below => {
                let _ = write!(
                    out,
                    "<path class=\"arrow\" d=\"M{CARD_RIGHT} {middle}h12\"/><circle class=\"tip\" cx=\"{}\" cy=\"{middle}\" r=\"5\"/>",
                    CARD_RIGHT + 15
                );
            }
            Place::Past(target) => {
                let end = cards[target].top + 16 + 7 * row.min(3);
                let x = (CARD_RIGHT + 26 + LANE_STEP * Lanes::take(&mut lanes.right, middle, end))
                    .min(WIDTH - 3);
                let _ = write!(
                    out,
                    "<path class=\"arrow\" d=\"M{CARD_RIGHT} {middle}H{x}V{end}H{}\"/>",
                    CARD_RIGHT + 6
                );
                let _ = write!(
                    out,
                    "<path class=\"tip\" d=\"M{} {}v10l-8 -5z\"/>",
                    CARD_RIGHT + 8,
                    end - 5
                );
            }
            Place::Back(target) => {
                let end = cards[target].top + 22;
                let x = (CARD_LEFT - 12)
                    .saturating_sub(LANE_STEP * Lanes::take(&mut lanes.left, middle, end))
                    .max(3);
                let _ = write!(
                    out,
                    "<path class=\"arrow back\" d=\"M{CARD_LEFT} {middle}H{x}V{end}H{}\"/>",
                    CARD_LEFT - 6
                );
                let _ = write!(
                    out,
                    "<path class=\"tip\" d=\"M{} {}v10l8 -5z\"/>",
                    CARD_LEFT - 8,
                    end - 5
                );
            }
        }
        y += way.label.len() * LABEL_LINE + 8;
    }
}

fn draw_card(card: &Card, stage: &FlowStage, prefix: &str, words: &Words, out: &mut String) {
    let class = match (stage.you_are_here, stage.mark, stage.done, stage.kind.is_effect()) {
        (true, _, _, _) => "card here",
        (_, Some(FlowMark::New), _, _) => "card new",
        (_, Some(FlowMark::Changed), _, _) => "card changed",
        (_, Some(FlowMark::Gone), _, _) => "card gone",
        (_, None, true, _) => "card done",
        (_, None, _, true) => "card effect",
        (false, None, false, false) => "card",
    };
    let label = escape_html(&stage.shown_title(words));
    let _ = write!(
        out,
        "<a href=\"#{}\" aria-label=\"{label}\"><rect class=\"{class}\" x=\"{CARD_LEFT}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"10\"/>",
        stage.anchor(prefix),
        card.top,
        CARD_RIGHT - CARD_LEFT,
        card.height()
    );
    let mut y = card.top + PADDING + 12;
    if let Some(badge) = &card.badge {
        let kind = match (stage.you_are_here, stage.mark) {
            (true, _) => "badge here",
            (false, Some(_)) => "badge mark",
            (false, None) => "badge",
        };
        let _ = write!(
            out,
            "<text class=\"{kind}\" x=\"{}\" y=\"{}\">{}</text>",
            CARD_LEFT + PADDING,
            y,
            escape_html(badge)
        );
        y += LABEL_LINE + 4;
    }
    write_lines(&card.title, "title", CARD_LEFT + PADDING, y + 2, out);
    let mut y = card.top + card.head_height() + 10;
    if card.ports().next().is_some() {
        let _ = write!(out, "<path class=\"rule\" d=\"M{CARD_LEFT} {}H{CARD_RIGHT}\"/>", y - 4);
    }
    for way in card.ports() {
        let (class, x) = match way.place {
            Place::Back(_) => ("label", CARD_LEFT + PADDING),
            Place::End | Place::Below | Place::Past(_) => ("label end", CARD_RIGHT - PADDING),
        };
        write_lines(&way.label, class, x, y + 14, out);
        y += way.label.len() * LABEL_LINE + 8;
    }
    out.push_str("</a>");
}

fn write_lines(lines: &[String], class: &str, x: usize, y: usize, out: &mut String) {
    let step = if class == "title" { TITLE_LINE } else { LABEL_LINE };
    for (index, line) in lines.iter().enumerate() {
        let _ = write!(
            out,
            "<text class=\"{class}\" x=\"{x}\" y=\"{}\">{}</text>",
            y + index * step,
            escape_html(line)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{Flow, draw, order, wrap};
    use crate::words::{Language, Words};

    #[test]
    fn arrows_lead_down_except_ways_back() {
        let flow = Flow::sample_message();
        let ids: Vec<&str> =
            order(&flow).into_iter().map(|index| flow.stages[index].id.as_str()).collect();
        assert_eq!(ids, ["cosign", "jury", "answer", "appeal", "effect:broadcast"]);
        assert_eq!(order(&Flow::sample_long()).len(), 13);
    }

    #[test]
    fn every_box_is_a_link_and_the_drawing_is_named() {
        for flow in [Flow::sample_message(), Flow::sample_admission(), Flow::sample_long()] {
            let drawing = draw(&flow, "f", Words::of(Language::German));
            assert_eq!(drawing.as_str().matches("<a href=\"#f-").count(), flow.stages.len());
            assert!(drawing.as_str().contains("<title id=\"f-t\">"));
            assert!(
                !drawing.as_str().contains(" style="),
                "inline styles are refused by the page's own policy"
            );
            assert!(drawing.as_str().len() < 12_000);
        }
    }

    #[test]
    fn titles_of_charters_are_escaped_and_wrapped() {
        let mut flow = Flow::sample_admission();
        flow.stages[0].title = "<script>alert(1)</script>".to_owned();
        let drawing = draw(&flow, "f", Words::of(Language::English));
        assert!(!drawing.as_str().contains("<script"));
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
    }
}
