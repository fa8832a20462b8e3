//! Reads the SVG of an item. What is not on the lists of [`Shape`] and [`Attribute`] is refused and left out.

use super::{Attribute, Drawing, LOOKS, Node, Shape};

/// Own choice: the width of a phone, so that letters keep their size there.
const WIDEST: u16 = 360;
/// Own choice: what a phone shows without scrolling.
const TALLEST: u16 = 400;
/// Own choice: every question that is asked carries its drawing.
const MOST_BYTES: usize = 12_000;
const MOST_NODES: usize = 300;
/// Own choice: what is nested deeper is more than a drawing needs, and reading it must not need a deep stack.
const DEEPEST: usize = 6;
const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// Something that a drawing may not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub what: String,
    /// How many lines of the text stand before it.
    pub lines_before: u32,
}

/// Never panics; the drawing holds what could be kept.
#[must_use]
pub fn parse(source: &str) -> (Drawing, Vec<Refusal>) {
    let mut reader = Reader { source, rest: source.trim_start(), refusals: Vec::new(), nodes: 0 };
    if source.len() > MOST_BYTES {
        reader.refuse(0, format!("{} bytes: draw with at most {MOST_BYTES}", source.len()));
        return (Drawing::default(), reader.refusals);
    }
    let drawing = reader.root();
    (drawing, reader.refusals)
}

struct Reader<'s> {
    source: &'s str,
    rest: &'s str,
    refusals: Vec<Refusal>,
    nodes: usize,
}

/// A tag as it is written.
struct Tag<'s> {
    name: &'s str,
    attributes: Vec<(&'s str, &'s str)>,
    /// Ends with `/>`.
    is_empty: bool,
    /// Bytes before it.
    at: usize,
}

enum Piece<'s> {
    Opens(Tag<'s>),
    Closes(&'s str),
    Words(&'s str),
}

impl<'s> Reader<'s> {
    fn root(&mut self) -> Drawing {
        let (width, height) = match self.next() {
            Some(Piece::Opens(tag)) if tag.name == "svg" && !tag.is_empty => self.size(&tag),
            _ => {
                self.refuse(0, "no `<svg viewBox=\"0 0 W H\">` at its beginning".to_owned());
                return Drawing::default();
            }
        };
        let nodes = self.inner("svg", None, 1);
        if !self.rest.trim().is_empty() {
            self.refuse(self.at(), "something after `</svg>`".to_owned());
        }
        Drawing { width, height, nodes }
    }

    fn size(&mut self, tag: &Tag<'_>) -> (u16, u16) {
        let mut size = None;
        for (name, value) in &tag.attributes {
            match *name {
                "viewBox" => size = view_box(value),
                "xmlns" if *value == NAMESPACE => {}
                other => self.refuse(tag.at, format!("an attribute `{other}` of the svg element: it has a viewBox alone")),
            }
        }
        size.unwrap_or_else(|| {
            let message = format!("no view box from 0 0 with at most {WIDEST} by {TALLEST}, in whole numbers");
            self.refuse(tag.at, message);
            (WIDEST, TALLEST)
        })
    }

    /// Everything up to the tag that closes `name`.
    fn inner(&mut self, name: &str, parent: Option<Shape>, depth: usize) -> Vec<Node> {
        let mut nodes = Vec::new();
        loop {
            let at = self.at();
            match self.next() {
                None => {
                    self.refuse(at, format!("a `<{name}>` without its `</{name}>`"));
                    return nodes;
                }
                Some(Piece::Closes(closed)) => {
                    if closed != name {
                        self.refuse(at, format!("`</{closed}>` where `</{name}>` belongs"));
                    }
                    return nodes;
                }
                Some(Piece::Opens(tag)) => nodes.extend(self.shape(&tag, depth)),
                Some(Piece::Words(words)) if parent.is_some_and(Shape::holds_words) => {
                    nodes.extend(self.words(words, at).map(Node::Words));
                }
                Some(Piece::Words(words)) if words.trim().is_empty() => {}
                Some(Piece::Words(_)) => self.refuse(at, "words outside of a text element".to_owned()),
            }
        }
    }

    fn shape(&mut self, tag: &Tag<'_>, depth: usize) -> Option<Node> {
        let known = Shape::ALL.iter().find(|(name, _)| *name == tag.name).map(|(_, shape)| *shape);
        self.nodes += 1;
        if known.is_none() {
            self.refuse(tag.at, format!("an element `{}`: draw with {}", tag.name, names(&Shape::ALL)));
        }
        if self.nodes > MOST_NODES || depth > DEEPEST {
            self.refuse(tag.at, format!("more than {MOST_NODES} elements, or more than {DEEPEST} inside each other"));
            self.rest = "";
            return None;
        }
        let attributes = tag.attributes.iter().filter_map(|(name, value)| self.attribute(tag.at, name, value)).collect();
        let inner = if tag.is_empty { Vec::new() } else { self.inner(tag.name, known, depth + 1) };
        known.map(|shape| Node::Shape { shape, attributes, inner })
    }

    fn attribute(&mut self, at: usize, name: &str, value: &str) -> Option<(Attribute, String)> {
        let Some((_, attribute)) = Attribute::ALL.iter().find(|(known, _)| *known == name) else {
            self.refuse(at, format!("an attribute `{name}`: there are {}", names(&Attribute::ALL)));
            return None;
        };
        let is_fine = match attribute {
            Attribute::Class => value.split_whitespace().all(|look| LOOKS.contains(&look)),
            Attribute::D => value.chars().all(|letter| is_numeric(letter) || "MmLlHhVvCcSsQqTtAaZz".contains(letter)),
            _ => value.chars().all(is_numeric),
        };
        if !is_fine {
            let wanted = if *attribute == Attribute::Class { LOOKS.join(", ") } else { "plain numbers".to_owned() };
            self.refuse(at, format!("`{name}=\"{value}\"`: it takes {wanted}"));
        }
        is_fine.then(|| (*attribute, value.to_owned()))
    }

    /// `None` where nothing is said.
    fn words(&mut self, words: &str, at: usize) -> Option<String> {
        let plain = words.replace("&lt;", "<").replace("&gt;", ">");
        if plain.replace("&amp;", "").contains('&') {
            self.refuse(at, "a character reference: write the letter itself, or &amp; &lt; &gt;".to_owned());
        }
        let plain = plain.replace("&amp;", "&");
        (!plain.trim().is_empty()).then_some(plain)
    }

    /// The next tag or words; comments are skipped.
    fn next(&mut self) -> Option<Piece<'s>> {
        loop {
            let at = self.at();
            let Some(tag) = self.rest.strip_prefix('<') else {
                let words = self.rest.split('<').next().filter(|words| !words.is_empty())?;
                self.rest = self.rest.get(words.len()..).unwrap_or_default();
                return Some(Piece::Words(words));
            };
            if let Some(comment) = tag.strip_prefix("!--") {
                self.rest = comment.split_once("-->").map(|(_, rest)| rest).unwrap_or_default();
                continue;
            }
            let (tag, rest) = tag.split_once('>').unwrap_or((tag, ""));
            self.rest = rest;
            if let Some(name) = tag.strip_prefix('/') {
                return Some(Piece::Closes(name.trim()));
            }
            if tag.starts_with(['!', '?']) {
                self.refuse(at, format!("a declaration `<{tag}>`"));
                continue;
            }
            return Some(Piece::Opens(self.tag(tag, at)));
        }
    }

    fn tag(&mut self, tag: &'s str, at: usize) -> Tag<'s> {
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while !rest.trim().is_empty() {
            let attribute = rest.split_once("=\"").and_then(|(name, rest)| Some((name.trim(), rest.split_once('"')?)));
            let Some((name, (value, after))) = attribute else {
                self.refuse(at, format!("`{}`: attributes are written name=\"value\"", rest.trim()));
                break;
            };
            attributes.push((name, value));
            rest = after;
        }
        Tag { name, attributes, is_empty, at }
    }

    /// Bytes read so far.
    fn at(&self) -> usize {
        self.source.len() - self.rest.len()
    }

    fn refuse(&mut self, at: usize, what: String) {
        let lines = self.source.bytes().take(at).filter(|byte| *byte == b'\n').count();
        self.refusals.push(Refusal { what, lines_before: u32::try_from(lines).unwrap_or(u32::MAX) });
    }
}

fn view_box(value: &str) -> Option<(u16, u16)> {
    let numbers: Vec<u16> = value.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
    let [0, 0, width, height] = numbers[..] else { return None };
    ((1..=WIDEST).contains(&width) && (1..=TALLEST).contains(&height)).then_some((width, height))
}

fn is_numeric(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-') || letter.is_whitespace()
}

fn names<T>(all: &[(&str, T)]) -> String {
    all.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
