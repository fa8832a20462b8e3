//! Numbers, tables, times and rich text.

use domain::content::prose::{Block, Prose, Span};
use domain::scoring::Mark;
use leptos::prelude::*;

use crate::ui::{MarkBar, ProgressSteps, ProseView, Table, Time};

const ROWS: [(&str, u32, u32); 3] =
    [("Mobile devices", 9, 10), ("Networking, with a name that is long enough to wrap", 4, 12), ("Hardware", 0, 0)];

#[component]
pub fn Figures() -> AnyView {
    let rows = ROWS.map(|(name, correct, of)| {
        view! {
            <tr>
                <th scope="row">
                    <a href="/components">{name}</a>
                </th>
                <td class="number">{of}</td>
                <td>
                    <MarkBar mark=Mark { correct, of }/>
                </td>
                <td>
                    <Time at="2026-11-22T09:05:31Z"/>
                </td>
            </tr>
        }
    });
    view! {
        <h3>"Progress"</h3>
        <ProgressSteps what="Question" step=3 of=20 done=2/>
        <h3>"Table"</h3>
        <Table caption="Where you stand by domain">
            <thead>
                <tr>
                    <th scope="col">"Domain"</th>
                    <th scope="col" class="number">"Questions"</th>
                    <th scope="col">"Right"</th>
                    <th scope="col">"Last practised"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
        <h3>"Rich text"</h3>
        <ProseView prose=sample()/>
    }
    .into_any()
}

/// Every kind of node.
pub(super) fn sample() -> Prose {
    let text = |text: &str| Span::Text(text.to_owned());
    let code = |code: &str| Span::Code(code.to_owned());
    Prose(vec![
        Block::Paragraph(vec![
            text("A user says that nothing opens since lunch. On the computer, "),
            code("ipconfig /all"),
            text(" shows "),
            Span::Emphasis(vec![text("no")]),
            text(" lease and an address that starts with "),
            Span::Strong(vec![code("169.254")]),
            text("."),
        ]),
        Block::Code(
            "Ethernet adapter Ethernet0:\n\n   DHCP Enabled. . . . . . . . . . . : Yes\n   Autoconfiguration IPv4 Address. . : 169.254.17.3(Preferred)\n   Default Gateway . . . . . . . . . :"
                .to_owned(),
        ),
        Block::List {
            ordered: true,
            items: vec![
                vec![Block::Paragraph(vec![text("Check the cable and the link light.")])],
                vec![Block::Paragraph(vec![text("Ask for a new lease.")])],
            ],
        },
        Block::Table {
            head: vec![vec![text("Port")], vec![text("Service")]],
            rows: vec![vec![vec![code("67")], vec![text("DHCP server")]], vec![vec![code("68")], vec![text("DHCP client")]]],
        },
    ])
}
