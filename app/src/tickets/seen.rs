//! What an action has shown: text as a machine prints it, or what a panel held.

use engine::panel::{Table, View};
use engine::ticket::run::Shown;
use leptos::prelude::*;

#[component]
pub fn Seen(shown: Shown) -> AnyView {
    match shown {
        Shown::Text(text) => output(&text),
        Shown::Refused(text) => view! { <p class="refused">"Not done: " {text}</p> }.into_any(),
        Shown::Panel(view) => {
            let View { title, notices, facts, tables: all, .. } = view;
            view! {
                <div class="panel-seen">
                    <p class="panel-seen-title">{title}</p>
                    {notes(notices)}
                    {fact_list(facts)}
                    {tables(all)}
                </div>
            }
            .into_any()
        }
    }
}

/// Keeps its columns; where it is wider than the page it scrolls on its own.
fn output(text: &str) -> AnyView {
    if text.trim().is_empty() {
        return view! { <p class="quiet small">"Nothing was printed."</p> }.into_any();
    }
    view! { <pre class="output" tabindex="0">{text.trim_end().to_owned()}</pre> }.into_any()
}

pub fn notes(notices: Vec<String>) -> AnyView {
    let rows: Vec<_> = notices.into_iter().map(|text| view! { <li>{text}</li> }).collect();
    if rows.is_empty() { ().into_any() } else { view! { <ul class="panel-notices">{rows}</ul> }.into_any() }
}

pub fn fact_list(facts: Vec<(String, String)>) -> AnyView {
    if facts.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = facts.into_iter().map(|(label, value)| view! { <dt>{label}</dt><dd>{value}</dd> }).collect();
    view! { <dl class="facts panel-facts">{rows}</dl> }.into_any()
}

pub fn tables(tables: Vec<Table>) -> AnyView {
    tables.into_iter().map(table).collect::<Vec<_>>().into_any()
}

/// The first cell of a row is its name.
fn table(table: Table) -> AnyView {
    let Table { title, columns, rows } = table;
    if rows.is_empty() {
        return view! { <p class="quiet small">{title} ": none"</p> }.into_any();
    }
    let label = title.clone();
    let head: Vec<_> = columns.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let mut cells = row.into_iter();
            let name = cells.next().unwrap_or_default();
            let cell = |cell: String| {
                let class = is_short(&cell).then_some("short");
                view! { <td class=class>{cell}</td> }
            };
            let rest: Vec<_> = cells.map(cell).collect();
            view! { <tr><th scope="row">{name}</th> {rest}</tr> }
        })
        .collect();
    view! {
        <div class="table-scroll" role="group" aria-label=label tabindex="0">
            <table class="table panel-table">
                <caption>{title}</caption>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A date, an address, a number with its unit: broken in two they are hard to read.
fn is_short(cell: &str) -> bool {
    /// `8 days 0 hours 0 minutes`
    const LETTERS: usize = 24;
    cell.chars().count() <= LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;

    #[test]
    fn a_panel_is_facts_and_tables_with_row_headings() {
        let view = View {
            title: "Services".to_owned(),
            notices: vec!["Managed".to_owned()],
            facts: vec![("Computer".to_owned(), "PC-07".to_owned())],
            tables: vec![Table {
                title: "Services".to_owned(),
                columns: vec!["Name".to_owned(), "State".to_owned()],
                rows: vec![vec!["Spooler".to_owned(), "Running".to_owned()]],
            }],
            operations: Vec::new(),
        };
        let html = render(move || view! { <Seen shown=Shown::Panel(view)/> }.into_any());
        for part in [
            "<li>Managed</li>",
            "<dt>Computer</dt><dd>PC-07</dd>",
            r#"<th scope="row">Spooler</th>"#,
            r#"<td class="short">Running</td>"#,
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }

    #[test]
    fn text_stays_text_and_a_refusal_says_so() {
        let html = render(|| view! { <Seen shown=Shown::Text("<a>\n  b\n".to_owned())/> }.into_any());
        assert!(html.contains("&lt;a&gt;\n  b</pre>"), "{html}");
        let html = render(|| view! { <Seen shown=Shown::Refused("No.".to_owned())/> }.into_any());
        assert!(html.contains("Not done: No."), "{html}");
    }
}
