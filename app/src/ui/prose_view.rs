//! Text of the content as HTML, node by node: nothing that a person wrote is ever inserted as markup.

use domain::content::prose::{Block, Prose, Span};
use leptos::prelude::*;

/// Paragraphs, code, lists and tables.
#[component]
pub fn ProseView(prose: Prose) -> AnyView {
    view! { <div class="prose">{blocks(prose.0)}</div> }.into_any()
}

/// The same text as phrasing content, for the inside of a label or a heading. Lists and tables become lines.
#[component]
pub fn InlineProse(prose: Prose) -> AnyView {
    let mut lines = Vec::new();
    for block in prose.0 {
        inline_lines(block, &mut lines);
    }
    view! { <span class="prose-inline">{lines}</span> }.into_any()
}

fn blocks(blocks: Vec<Block>) -> Vec<AnyView> {
    blocks.into_iter().map(block).collect()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Paragraph(text) => view! { <p>{spans(text)}</p> }.into_any(),
        // Wide output scrolls on its own, which the keyboard must be able to do too.
        Block::Code(code) => view! {
            <pre class="code-block" tabindex="0">
                <code>{code}</code>
            </pre>
        }
        .into_any(),
        Block::List { ordered, items } => {
            let items: Vec<_> = items.into_iter().map(|item| view! { <li>{blocks(item)}</li> }).collect();
            if ordered { view! { <ol>{items}</ol> }.into_any() } else { view! { <ul>{items}</ul> }.into_any() }
        }
        Block::Table { head, rows } => table(head, rows),
    }
}

fn table(head: Vec<Vec<Span>>, rows: Vec<Vec<Vec<Span>>>) -> AnyView {
    let head: Vec<_> = head.into_iter().map(|cell| view! { <th scope="col">{spans(cell)}</th> }).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let cells: Vec<_> = row.into_iter().map(|cell| view! { <td>{spans(cell)}</td> }).collect();
            view! { <tr>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="table-scroll" tabindex="0">
            <table class="table">
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn spans(spans: Vec<Span>) -> Vec<AnyView> {
    spans.into_iter().map(span).collect()
}

fn span(span: Span) -> AnyView {
    match span {
        Span::Text(text) => text.into_any(),
        Span::Code(code) => view! { <code>{code}</code> }.into_any(),
        Span::Emphasis(inner) => view! { <em>{spans(inner)}</em> }.into_any(),
        Span::Strong(inner) => view! { <strong>{spans(inner)}</strong> }.into_any(),
        Span::LineBreak => view! { <br/> }.into_any(),
    }
}

fn inline_lines(block: Block, lines: &mut Vec<AnyView>) {
    match block {
        Block::Paragraph(text) => lines.push(view! { <span class="prose-line">{spans(text)}</span> }.into_any()),
        Block::Code(code) => lines.push(view! { <code class="code-lines">{code}</code> }.into_any()),
        Block::List { items, .. } => {
            for block in items.into_iter().flatten() {
                inline_lines(block, lines);
            }
        }
        Block::Table { head, rows } => {
            for row in std::iter::once(head).chain(rows) {
                let cells: Vec<_> = row.into_iter().map(|cell| view! { <span>{spans(cell)}" "</span> }).collect();
                lines.push(view! { <span class="prose-line">{cells}</span> }.into_any());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;

    fn text(text: &str) -> Span {
        Span::Text(text.to_owned())
    }

    #[test]
    fn every_node_becomes_its_element_and_text_stays_text() {
        let prose = Prose(vec![
            Block::Paragraph(vec![
                text("<b>"),
                Span::Code("ipconfig".to_owned()),
                Span::Emphasis(vec![text("e")]),
                Span::Strong(vec![text("s")]),
            ]),
            Block::Code("C:\\> ping\n  ok".to_owned()),
            Block::List { ordered: true, items: vec![vec![Block::Paragraph(vec![text("one")])]] },
            Block::Table { head: vec![vec![text("Port")]], rows: vec![vec![vec![text("22")]]] },
        ]);
        let html = render(move || view! { <ProseView prose=prose/> }.into_any());
        for part in [
            "<p>&lt;b&gt;<code>ipconfig</code><em>e</em><strong>s</strong></p>",
            "<code>C:\\&gt; ping\n  ok</code>",
            "<ol><li><p>one</p></li></ol>",
            r#"<th scope="col">Port</th>"#,
            "<td>22</td>",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }

    #[test]
    fn inline_prose_has_no_block_elements() {
        let prose = Prose(vec![
            Block::Paragraph(vec![text("a")]),
            Block::Code("x".to_owned()),
            Block::List { ordered: false, items: vec![vec![Block::Paragraph(vec![text("b")])]] },
            Block::Table { head: vec![vec![text("h")]], rows: vec![vec![vec![text("c")]]] },
        ]);
        let html = render(move || view! { <InlineProse prose=prose/> }.into_any());
        for element in ["<p", "<pre", "<ul", "<li", "<table", "<div"] {
            assert!(!html.contains(element), "{element} is in {html}");
        }
        assert_eq!(html.matches("prose-line").count(), 4, "{html}");
    }
}
