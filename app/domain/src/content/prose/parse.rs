//! From `CommonMark` to typed nodes.

use std::iter::Peekable;

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag};

use super::{Block, Prose, Span};

/// Lists in lists, emphasis in emphasis: no item needs more, and a limit keeps hostile files from exhausting the stack.
const MAX_DEPTH: u8 = 6;

/// Something that a page cannot show, and how to write it instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub what: &'static str,
    /// How many lines of the text stand before it.
    pub lines_before: u32,
}

/// Reads paragraphs, lists, code, tables, emphasis and line breaks; refuses everything else, raw HTML first of all.
#[must_use]
pub fn parse(text: &str) -> (Prose, Vec<Refusal>) {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter().peekable();
    let mut reader = Reader { text, events, refusals: Vec::new() };
    let blocks = reader.blocks(0);
    (Prose(blocks), reader.refusals)
}

struct Reader<'t> {
    text: &'t str,
    events: Peekable<OffsetIter<'t>>,
    refusals: Vec<Refusal>,
}

impl Reader<'_> {
    /// Blocks up to the end of what surrounds them, and that end.
    fn blocks(&mut self, depth: u8) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, _)) = self.events.peek() {
            match event {
                Event::End(_) => {
                    self.events.next();
                    break;
                }
                // A list without blank lines holds its text without paragraphs.
                event if is_inline(event) => blocks.push(Block::Paragraph(self.spans(depth))),
                _ => blocks.extend(self.block(depth)),
            }
        }
        blocks
    }

    fn block(&mut self, depth: u8) -> Option<Block> {
        let (event, range) = self.events.next()?;
        let Event::Start(tag) = event else {
            self.refuse(refused_event(&event), range.start);
            return None;
        };
        match tag {
            Tag::Paragraph => {
                let spans = self.spans(depth);
                self.skip();
                Some(Block::Paragraph(spans))
            }
            Tag::CodeBlock(_) => Some(Block::Code(self.code())),
            Tag::List(_) if depth >= MAX_DEPTH => {
                self.refuse("lists nested too deep: use one level", range.start);
                self.skip();
                None
            }
            Tag::List(first) => Some(Block::List { ordered: first.is_some(), items: self.list_items(depth) }),
            Tag::Table(_) => Some(self.table(depth)),
            other => {
                self.refuse(refused_tag(&other), range.start);
                self.skip();
                None
            }
        }
    }

    fn list_items(&mut self, depth: u8) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            items.push(self.blocks(depth + 1));
        }
        items
    }

    fn code(&mut self) -> String {
        let mut code = String::new();
        while let Some((Event::Text(text), _)) = self.events.next() {
            code.push_str(&text);
        }
        code.truncate(code.trim_end_matches('\n').len());
        code
    }

    fn table(&mut self, depth: u8) -> Block {
        let mut head = Vec::new();
        let mut rows = Vec::new();
        while let Some((Event::Start(part), _)) = self.events.next() {
            let cells = self.cells(depth);
            if part == Tag::TableHead { head = cells } else { rows.push(cells) }
        }
        Block::Table { head, rows }
    }

    fn cells(&mut self, depth: u8) -> Vec<Vec<Span>> {
        let mut cells = Vec::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            cells.push(self.spans(depth));
            self.skip();
        }
        cells
    }

    /// Spans up to, but not with, the end of what surrounds them or the next block.
    fn spans(&mut self, depth: u8) -> Vec<Span> {
        let mut spans = Vec::new();
        while let Some((event, range)) = self.events.next_if(|(event, _)| is_inline(event)) {
            match event {
                Event::Text(text) => push_text(&mut spans, &text),
                Event::SoftBreak => push_text(&mut spans, " "),
                Event::HardBreak => spans.push(Span::LineBreak),
                Event::Code(code) => spans.push(Span::Code(code.into_string())),
                Event::Start(Tag::Emphasis | Tag::Strong) if depth >= MAX_DEPTH => {
                    self.refuse("emphasis nested too deep: use one kind", range.start);
                    self.skip();
                }
                Event::Start(Tag::Emphasis) => spans.push(Span::Emphasis(self.inner_spans(depth))),
                Event::Start(Tag::Strong) => spans.push(Span::Strong(self.inner_spans(depth))),
                Event::Start(tag) => {
                    self.refuse(refused_tag(&tag), range.start);
                    self.skip();
                }
                other => self.refuse(refused_event(&other), range.start),
            }
        }
        spans
    }

    fn inner_spans(&mut self, depth: u8) -> Vec<Span> {
        let spans = self.spans(depth + 1);
        self.skip();
        spans
    }

    /// Leaves the innermost thing that is open, with all that is still in it.
    fn skip(&mut self) {
        let mut open = 1_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }

    fn refuse(&mut self, what: &'static str, offset: usize) {
        let before = self.text.get(..offset).unwrap_or_default().matches('\n').count();
        self.refusals.push(Refusal { what, lines_before: u32::try_from(before).unwrap_or(u32::MAX) });
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        Event::End(_) | Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

fn push_text(spans: &mut Vec<Span>, text: &str) {
    if let Some(Span::Text(last)) = spans.last_mut() {
        last.push_str(text);
    } else {
        spans.push(Span::Text(text.to_owned()));
    }
}

fn refused_tag(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::HtmlBlock => RAW_HTML,
        Tag::Link { .. } => "a link: name the document in `source`",
        Tag::Image { .. } => "an image: describe what is seen",
        Tag::Heading { .. } => "a heading (a line that begins with # or is underlined): write a paragraph",
        Tag::BlockQuote(_) => "a block quotation (a line that begins with >): use quotation marks",
        _ => "markup that pages do not show: use paragraphs, lists, code, emphasis or tables",
    }
}

fn refused_event(event: &Event<'_>) -> &'static str {
    match event {
        Event::Html(_) | Event::InlineHtml(_) => RAW_HTML,
        Event::Rule => "a line of dashes, stars or underscores: put it in a code block or leave it out",
        _ => "markup that pages do not show: use paragraphs, lists, code, emphasis or tables",
    }
}

const RAW_HTML: &str = "raw HTML: put `<...>` in code marks, or write \\< for a plain sign";

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Span {
        Span::Text(words.to_owned())
    }

    #[test]
    fn paragraphs_code_emphasis_and_breaks() {
        let (prose, refusals) = parse("Run `ipconfig /all`\non **each** *PC*.\n\n    Lease: none\n\nThen  \nask (a & b &lt; c).");
        let first = vec![
            text("Run "),
            Span::Code("ipconfig /all".into()),
            text(" on "),
            Span::Strong(vec![text("each")]),
            text(" "),
            Span::Emphasis(vec![text("PC")]),
            text("."),
        ];
        let last = vec![text("Then"), Span::LineBreak, text("ask (a & b < c).")];
        let code = Block::Code("Lease: none".into());
        assert_eq!(prose, Prose(vec![Block::Paragraph(first), code, Block::Paragraph(last)]));
        assert_eq!(refusals, []);
    }

    #[test]
    fn lists_and_tables() {
        let (prose, refusals) = parse("1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | `2` |\n");
        let entry = |words: &str| vec![Block::Paragraph(vec![text(words)])];
        let table = Block::Table {
            head: vec![vec![text("a")], vec![text("b")]],
            rows: vec![vec![vec![text("1")], vec![Span::Code("2".into())]]],
        };
        assert_eq!(prose, Prose(vec![Block::List { ordered: true, items: vec![entry("one"), entry("two")] }, table]));
        assert_eq!(refusals, []);
        assert_eq!(prose.plain_text(), "one\ntwo\na\nb\n1\n2");
        assert_eq!(prose.plain_text_without_code(), "one\ntwo\na\nb\n1\n");
    }

    #[test]
    fn refuses_what_pages_do_not_show_and_keeps_the_rest() {
        let cases: &[(&str, &str, u32, &str)] = &[
            ("safe\n\n<script>alert(1)</script>\n\nend", "raw HTML", 2, "safe\nend"),
            ("a <b>bold</b> word", "raw HTML", 0, "a bold word"),
            ("see [the page](https://example.org)", "a link", 0, "see "),
            ("![a cable](x.png) is loose", "an image", 0, " is loose"),
            ("# Title", "a heading", 0, ""),
            ("> quoted", "a block quotation", 0, ""),
            ("a\n\n---\n\nb", "a line of dashes", 2, "a\nb"),
        ];
        for (source, what, line, rest) in cases {
            let (prose, refusals) = parse(source);
            assert!(refusals.iter().all(|refusal| refusal.what.starts_with(what)), "{source}: {refusals:?}");
            assert_eq!(refusals.first().map(|refusal| refusal.lines_before), Some(*line), "{source}");
            assert_eq!(prose.plain_text(), *rest, "{source}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_exhaust_the_stack() {
        let lists = "- ".repeat(5_000) + "x";
        let emphasis = "*a _b ".repeat(2_000) + &"_ *".repeat(2_000);
        for source in [lists, emphasis] {
            let (prose, _) = parse(&source);
            let _ = prose.plain_text();
        }
        assert!(parse(&("- ".repeat(20) + "x")).1.iter().any(|refusal| refusal.what.starts_with("lists nested too deep")));
    }
}
