//! Reads rendered pages back: a small tokenizer for our own well-formed output. Not for markup of strangers
//! (the injection tests use html5ever, through ammonia, as a browser would).

use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Open(Tag),
    Close(String),
    Text(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name)
    }
}

pub(super) fn tokens(html: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        push_text(&rest[..start], &mut out);
        let end = start + rest[start..].find('>').expect("every tag is closed");
        let inner = &rest[start + 1..end];
        if let Some(name) = inner.strip_prefix('/') {
            out.push(Token::Close(name.trim().to_owned()));
        } else if !inner.starts_with('!') {
            out.push(Token::Open(tag(inner)));
        }
        rest = &rest[end + 1..];
    }
    push_text(rest, &mut out);
    out
}

/// Text as a reader perceives it: entities resolved, spaces collapsed.
fn push_text(raw: &str, out: &mut Vec<Token>) {
    let text = unescape(raw).split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        out.push(Token::Text(text));
    }
}

fn unescape(raw: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ];
    entities
        .iter()
        .fold(raw.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

fn tag(inner: &str) -> Tag {
    let inner = inner.trim_end_matches('/').trim();
    let (name, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|next: char| next == '=' || next.is_whitespace()).unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let (inside, after) = quoted.split_once('"').expect("values are quoted");
            value = unescape(inside);
            rest = after;
        }
        assert!(attributes.insert(key.clone(), value).is_none(), "{key} stands twice in <{inner}>");
    }
    Tag { name: name.to_owned(), attributes }
}

/// The tags alone, in order.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    tokens(html)
        .into_iter()
        .filter_map(|token| match token {
            Token::Open(tag) => Some(tag),
            Token::Close(_) | Token::Text(_) => None,
        })
        .collect()
}
