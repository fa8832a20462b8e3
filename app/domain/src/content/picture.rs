//! The picture of an item: a drawing as typed nodes, so that no page ever inserts markup that a person wrote.
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

impl Drawing {
    /// In the left half, so that there is room for words on its right.
    #[must_use]
    pub fn is_left(&self, point: Point) -> bool {
        point.x <= self.width / 2
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
}

/// From a place to its label, in units of the drawing.
pub const LABEL_GAP: u16 = 18;

/// The looks that a drawing chooses from; `style/picture.css` gives them the colours of both themes.
pub const LOOKS: [&str; 9] = ["solid", "hollow", "strong", "dashed", "accent", "quiet", "middle", "end", "mono"];
