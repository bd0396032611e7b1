//! Markdown of members: to HTML (for pages and mails) and to plain text (for the text half of mails).
//! Knows no pictures: nothing is ever loaded from elsewhere. Raw HTML is shown as text; ammonia is a second fence behind comrak.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use super::Html;

/// Bytes of the longest text that is rendered. Whoever accepts texts refuses longer ones; here they are a fault.
pub const MARKDOWN_BYTES_MAX: usize = 65_536;

/// Nested quotes and lists that are rendered; deeper ones are shown as plain text, since trees are walked by recursion.
const NESTING_MAX: usize = 60;

/// The text is longer than [`MARKDOWN_BYTES_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

/// Renders a text. Links show the host they lead to, images become links, headings start at level 3
/// (a page has its own first and second level).
pub fn to_html(source: &str) -> Result<Html, TooLong> {
    check(source)?;
    let arena = Arena::new();
    let Some(root) = parse(&arena, source) else { return Ok(as_preformatted(source)) };
    for node in root.descendants() {
        soften(&arena, node);
    }
    let mut html = String::new();
    // Writing into a String cannot fail.
    let _ = format_html(root, &options(), &mut html);
    Ok(Html::vouched(FENCE.clean(&html).to_string()))
}

/// The same text without markup, wrapped nowhere: paragraphs are separated by an empty line, links are written out.
pub fn to_plain(source: &str) -> Result<String, TooLong> {
    check(source)?;
    let arena = Arena::new();
    let Some(root) = parse(&arena, source) else { return Ok(source.to_owned()) };
    let mut out = String::new();
    write_plain(root, "", &mut out);
    Ok(out.trim_end().to_owned())
}

fn check(source: &str) -> Result<(), TooLong> {
    if source.len() > MARKDOWN_BYTES_MAX { Err(TooLong) } else { Ok(()) }
}

/// `None` when the text nests deeper than anybody writes.
fn parse<'a>(arena: &'a Arena<'a>, source: &str) -> Option<&'a AstNode<'a>> {
    let root = parse_document(arena, source, &options());
    let mut deepest = 0_usize;
    let mut depth = 0_usize;
    for edge in root.traverse() {
        match edge {
            comrak::arena_tree::NodeEdge::Start(_) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            comrak::arena_tree::NodeEdge::End(_) => depth -= 1,
        }
    }
    (deepest <= NESTING_MAX).then_some(root)
}

fn as_preformatted(source: &str) -> Html {
    Html::vouched(format!("<pre>{}</pre>", crate::words::escape_html(source)))
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.render.r#unsafe = false;
    options.render.escape = true;
    options
}

/// Turns what would load or mislead into plain things: images into links, headings two levels down, a link followed by its host.
fn soften<'a>(arena: &'a Arena<'a>, node: &'a AstNode<'a>) {
    let mut data = node.data.borrow_mut();
    let host = match &mut data.value {
        NodeValue::Heading(heading) => {
            heading.level = (heading.level + 2).min(6);
            None
        }
        NodeValue::Image(image) => {
            let image = image.clone();
            let host = host_of(&image.url).map(ToOwned::to_owned);
            data.value = NodeValue::Link(image);
            host
        }
        NodeValue::Link(link) => host_of(&link.url).map(ToOwned::to_owned),
        _ => None,
    };
    drop(data);
    let Some(host) = host else { return };
    if text_of(node).contains(&host) {
        return;
    }
    let shown_host = arena.alloc(NodeValue::Text(format!(" ({host})").into()).into());
    node.append(shown_host);
}

/// The part of an address that says whose it is. Not lower-cased and not decoded: what stands there is what is shown.
fn host_of(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once(':')?;
    if scheme.eq_ignore_ascii_case("mailto") {
        return Some(rest.split('?').next().unwrap_or(rest));
    }
    let authority = rest.strip_prefix("//")?.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

fn text_of<'a>(node: &'a AstNode<'a>) -> String {
    let mut out = String::new();
    for child in node.descendants() {
        match &child.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            _ => {}
        }
    }
    out
}

static FENCE: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let tags: HashSet<&str> = [
        "a",
        "p",
        "br",
        "hr",
        "h3",
        "h4",
        "h5",
        "h6",
        "em",
        "strong",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
    .into();
    let mut fence = ammonia::Builder::empty();
    fence
        .tags(tags)
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .url_schemes(HashSet::from(["https", "http", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("nofollow noopener noreferrer"));
    fence
});

fn write_plain<'a>(node: &'a AstNode<'a>, indent: &str, out: &mut String) {
    let mut ordinal = match &node.data.borrow().value {
        NodeValue::List(list) if list.list_type == comrak::nodes::ListType::Ordered => {
            Some(list.start)
        }
        _ => None,
    };
    for child in node.children() {
        let value = child.data.borrow().value.clone();
        match value {
            NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::TableCell => {
                write_block(indent, &inline(child), out);
            }
            NodeValue::CodeBlock(block) => write_block(indent, block.literal.trim_end(), out),
            NodeValue::HtmlBlock(block) => write_block(indent, block.literal.trim_end(), out),
            NodeValue::ThematicBreak => write_block(indent, "---", out),
            NodeValue::BlockQuote => write_plain(child, &format!("{indent}> "), out),
            NodeValue::Item(_) => {
                let mark = ordinal.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
                ordinal = ordinal.map(|number| number.saturating_add(1));
                let mut item = String::new();
                write_plain(child, "", &mut item);
                for (index, line) in item.trim_end().lines().enumerate() {
                    let before = if index == 0 { mark.clone() } else { " ".repeat(mark.len()) };
                    let _ = writeln!(out, "{}", format!("{indent}{before}{line}").trim_end());
                }
            }
            NodeValue::List(_) => {
                write_plain(child, indent, out);
                out.push('\n');
            }
            _ => write_plain(child, indent, out),
        }
    }
}

fn write_block(indent: &str, text: &str, out: &mut String) {
    for line in text.lines() {
        let _ = writeln!(out, "{indent}{line}");
    }
    let _ = writeln!(out, "{}", indent.trim_end());
}

fn inline<'a>(node: &'a AstNode<'a>) -> String {
    let mut out = String::new();
    for child in node.children() {
        let value = child.data.borrow().value.clone();
        match value {
            NodeValue::Text(text) => out.push_str(&text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::HtmlInline(text) => out.push_str(&text),
            NodeValue::SoftBreak => out.push(' '),
            NodeValue::LineBreak => out.push('\n'),
            NodeValue::Emph => {
                let _ = write!(out, "_{}_", inline(child));
            }
            NodeValue::Strong => {
                let _ = write!(out, "*{}*", inline(child));
            }
            NodeValue::Link(link) | NodeValue::Image(link) => {
                let text = inline(child);
                if text == link.url || link.url.strip_prefix("mailto:") == Some(text.as_str()) {
                    out.push_str(&text);
                } else {
                    let _ = write!(out, "{text} <{}>", link.url);
                }
            }
            _ => out.push_str(&inline(child)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{MARKDOWN_BYTES_MAX, TooLong, to_html, to_plain};

    fn html(source: &str) -> String {
        to_html(source).unwrap().as_str().trim().to_owned()
    }

    #[test]
    fn a_link_shows_where_it_leads() {
        assert_eq!(
            html("[our page](https://example.org/x)"),
            r#"<p><a href="https://example.org/x" rel="nofollow noopener noreferrer">our page (example.org)</a></p>"#
        );
        assert!(html("[https://bank.example](https://evil.example/)").contains("(evil.example)"));
        assert!(html("[a](https://bank.example@evil.example/)").contains("(evil.example)"));
        assert!(!html("https://example.org/x").contains('('));
        assert!(!html("[x](javascript:alert(1))").contains("href=\"javascript"));
        assert!(!html("[x](/signout)").contains("href"));
    }

    #[test]
    fn an_image_is_only_a_link() {
        let shown = html("![a cat](https://example.org/cat.png)");
        assert!(!shown.contains("<img") && shown.contains("a cat (example.org)"), "{shown}");
    }

    #[test]
    fn raw_markup_is_shown_as_text() {
        let shown = html("<b onclick=alert(1)>x</b>\n\n<script>alert(1)</script>");
        assert!(shown.contains("&lt;script&gt;") && !shown.contains("<script"), "{shown}");
    }

    #[test]
    fn plain_text_keeps_lists_quotes_and_links() {
        let plain = to_plain(
            "# Hi\n\nA *b* [c](https://d.example).\n\n> quoted\n\n1. one\n2. two\n\n- x\n  - y",
        )
        .unwrap();
        assert_eq!(
            plain,
            "Hi\n\nA _b_ c <https://d.example>.\n\n> quoted\n>\n1. one\n2. two\n\n- x\n\n  - y"
        );
    }

    #[test]
    fn length_and_depth_are_bounded() {
        assert_eq!(to_html(&"a".repeat(MARKDOWN_BYTES_MAX + 1)), Err(TooLong));
        let deep = ">".repeat(MARKDOWN_BYTES_MAX);
        assert!(to_html(&deep).unwrap().as_str().starts_with("<pre>"));
        assert_eq!(to_plain(&deep).unwrap(), deep);
    }
}
