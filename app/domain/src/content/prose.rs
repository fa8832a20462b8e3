//! Rich text as typed nodes, so that no page ever inserts HTML that a person wrote.

mod parse;

use serde::{Deserialize, Serialize};

pub use parse::{Refusal, parse};

/// A text of an item: `CommonMark` without raw HTML, parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose(pub Vec<Block>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    Paragraph(Vec<Span>),
    /// A fenced or indented block: command output, a log, a configuration.
    Code(String),
    List {
        ordered: bool,
        items: Vec<Vec<Block>>,
    },
    Table {
        head: Vec<Vec<Span>>,
        rows: Vec<Vec<Vec<Span>>>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    Text(String),
    Code(String),
    Emphasis(Vec<Span>),
    Strong(Vec<Span>),
    LineBreak,
}

impl Prose {
    /// The words alone, a line for each paragraph, entry or cell.
    #[must_use]
    pub fn plain_text(&self) -> String {
        self.lines(true)
    }

    /// The same without code, which is what a machine said and not what the author wrote.
    #[must_use]
    pub fn plain_text_without_code(&self) -> String {
        self.lines(false)
    }

    /// Every run of text or code, where `change` may write something else.
    pub(super) fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        each_block_text(&mut self.0, change);
    }

    fn lines(&self, with_code: bool) -> String {
        let mut lines = Vec::new();
        block_lines(&self.0, with_code, &mut lines);
        lines.join("\n")
    }
}

fn block_lines(blocks: &[Block], with_code: bool, lines: &mut Vec<String>) {
    let line = |spans: &[Span]| {
        let mut text = String::new();
        push_spans(spans, with_code, &mut text);
        text
    };
    for block in blocks {
        match block {
            Block::Paragraph(spans) => lines.push(line(spans)),
            Block::Code(code) if with_code => lines.push(code.clone()),
            Block::Code(_) => {}
            Block::List { items, .. } => items.iter().for_each(|item| block_lines(item, with_code, lines)),
            Block::Table { head, rows } => {
                lines.extend(head.iter().chain(rows.iter().flatten()).map(|cell| line(cell)));
            }
        }
    }
}

fn each_block_text(blocks: &mut [Block], change: &mut dyn FnMut(&mut String)) {
    for block in blocks {
        match block {
            Block::Paragraph(spans) => each_span_text(spans, change),
            Block::Code(code) => change(code),
            Block::List { items, .. } => items.iter_mut().for_each(|item| each_block_text(item, change)),
            Block::Table { head, rows } => {
                head.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| each_span_text(cell, change));
            }
        }
    }
}

fn each_span_text(spans: &mut [Span], change: &mut dyn FnMut(&mut String)) {
    for span in spans {
        match span {
            Span::Text(text) | Span::Code(text) => change(text),
            Span::Emphasis(inner) | Span::Strong(inner) => each_span_text(inner, change),
            Span::LineBreak => {}
        }
    }
}

fn push_spans(spans: &[Span], with_code: bool, text: &mut String) {
    for span in spans {
        match span {
            Span::Text(words) => text.push_str(words),
            Span::Code(code) if with_code => text.push_str(code),
            Span::Code(_) => {}
            Span::Emphasis(inner) | Span::Strong(inner) => push_spans(inner, with_code, text),
            Span::LineBreak => text.push('\n'),
        }
    }
}
