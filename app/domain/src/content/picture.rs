//! The picture of an item: a drawing as typed nodes, so that no page ever inserts markup that a person wrote, only markup that is
//! made from them.
//!
//! It stands in the item's own file. The version of an item is the hash of that file, so an attempt shows the picture it was
//! drawn with, however often it is redrawn since.

mod parse;

use serde::{Deserialize, Serialize};

pub use parse::{Refusal, parse};

use super::prose::Prose;

/// What a page may show before the answer: it holds no key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// What it is a picture of, in a few words.
    pub title: String,
    /// The same in words, for whoever does not see it.
    pub description: Prose,
    pub drawing: Drawing,
}

/// A subset of SVG 1.1 (W3C) that needs neither styles nor scripts nor other files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    /// The view box begins at 0 0 and has this size, in units of the drawing.
    pub width: u16,
    pub height: u16,
    pub nodes: Vec<Node>,
}

/// A place on a drawing, in its units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    pub x: u16,
    pub y: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Node {
    Shape {
        shape: Shape,
        attributes: Vec<(Attribute, String)>,
        inner: Vec<Node>,
    },
    /// Only inside [`Shape::Text`] and [`Shape::Span`].
    Words(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    Group,
    Rectangle,
    Circle,
    Ellipse,
    Line,
    Polyline,
    Polygon,
    Path,
    Text,
    Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attribute {
    Class,
    X,
    Y,
    X1,
    Y1,
    X2,
    Y2,
    Width,
    Height,
    Rx,
    Ry,
    Cx,
    Cy,
    R,
    Points,
    D,
}

impl Point {
    /// In the left half of a drawing so wide, so that there is room for words on its right.
    #[must_use]
    pub fn is_left(self, width: u16) -> bool {
        self.x <= width / 2
    }
}

impl Drawing {
    /// SVG for the inside of an `svg` element. Only elements and attributes of [`Shape::ALL`] and [`Attribute::ALL`] can stand in
    /// it, and whatever is text is escaped.
    #[must_use]
    pub fn markup(&self) -> String {
        let mut markup = String::new();
        for node in &self.nodes {
            node.write(&mut markup);
        }
        markup
    }
}

impl Node {
    fn write(&self, markup: &mut String) {
        let (shape, attributes, inner) = match self {
            Self::Words(words) => return escape(words, markup),
            Self::Shape { shape, attributes, inner } => (shape.name(), attributes, inner),
        };
        markup.extend(["<", shape]);
        for (attribute, value) in attributes {
            markup.extend([" ", attribute.name(), "=\""]);
            escape(value, markup);
            markup.push('"');
        }
        markup.push('>');
        for node in inner {
            node.write(markup);
        }
        markup.extend(["</", shape, ">"]);
    }
}

/// Text as it stands in SVG.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut markup = String::new();
    escape(text, &mut markup);
    markup
}

fn escape(text: &str, markup: &mut String) {
    for character in text.chars() {
        match character {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            other => markup.push(other),
        }
    }
}

impl Shape {
    /// Every element with its name in SVG.
    pub const ALL: [(&'static str, Self); 10] = [
        ("g", Self::Group),
        ("rect", Self::Rectangle),
        ("circle", Self::Circle),
        ("ellipse", Self::Ellipse),
        ("line", Self::Line),
        ("polyline", Self::Polyline),
        ("polygon", Self::Polygon),
        ("path", Self::Path),
        ("text", Self::Text),
        ("tspan", Self::Span),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, shape)| *shape == self).map_or("g", |(name, _)| name)
    }

    /// Whether words may stand in it.
    #[must_use]
    pub fn holds_words(self) -> bool {
        matches!(self, Self::Text | Self::Span)
    }
}

impl Attribute {
    /// Every attribute with its name in SVG.
    pub const ALL: [(&'static str, Self); 16] = [
        ("class", Self::Class),
        ("x", Self::X),
        ("y", Self::Y),
        ("x1", Self::X1),
        ("y1", Self::Y1),
        ("x2", Self::X2),
        ("y2", Self::Y2),
        ("width", Self::Width),
        ("height", Self::Height),
        ("rx", Self::Rx),
        ("ry", Self::Ry),
        ("cx", Self::Cx),
        ("cy", Self::Cy),
        ("r", Self::R),
        ("points", Self::Points),
        ("d", Self::D),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, attribute)| *attribute == self).map_or("class", |(name, _)| name)
    }
}

/// From a place to its label, in units of the drawing.
pub const LABEL_GAP: u16 = 18;

/// The looks that a drawing chooses from; `style/picture.css` gives them the colours of both themes.
pub const LOOKS: [&str; 9] = ["solid", "hollow", "strong", "dashed", "accent", "quiet", "middle", "end", "mono"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_made_of_known_names_and_escaped_text() {
        let words = Node::Words("a < b & \"c\"</text><script>".to_owned());
        let text =
            Node::Shape { shape: Shape::Text, attributes: vec![(Attribute::X, "1\" onload=\"x".to_owned())], inner: vec![words] };
        let group = Node::Shape { shape: Shape::Group, attributes: vec![], inner: vec![text] };
        let drawing = Drawing { width: 10, height: 10, nodes: vec![group] };
        assert_eq!(
            drawing.markup(),
            "<g><text x=\"1&quot; onload=&quot;x\">a &lt; b &amp; &quot;c&quot;&lt;/text&gt;&lt;script&gt;</text></g>"
        );
    }

    #[test]
    fn every_name_has_a_shape_and_an_attribute() {
        assert!(Shape::ALL.iter().all(|(name, shape)| shape.name() == *name));
        assert!(Attribute::ALL.iter().all(|(name, attribute)| attribute.name() == *name));
    }
}
