//! What a question is asked about: terminals, tables of panels, the map of a company. It can be folded away on a small screen;
//! everything that is drawn is also said in a table.

use leptos::prelude::*;

use domain::content::exhibit::{self, Block, Terminal, Topology};
use engine::panel;
use engine::world::DeviceId;

use crate::tickets::api::{DeviceView, LinkView, PlaceView};
use crate::tickets::map::site_map;
use crate::tickets::{seen, words};
use crate::ui::{ProseView, Table};

#[component]
pub fn Exhibit(exhibit: exhibit::Exhibit) -> AnyView {
    let blocks: Vec<_> = exhibit.blocks.into_iter().map(block).collect();
    view! {
        <details class="exhibit disclosure" open>
            <summary>{format!("Exhibit: {}", exhibit.title)}</summary>
            <div class="exhibit-body">
                {(!exhibit.text.0.is_empty()).then(|| view! { <ProseView prose=exhibit.text/> })}
                {blocks}
            </div>
        </details>
    }
    .into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Terminal(terminal) => self::terminal(terminal),
        Block::Table(table) => self::table(table),
        Block::Topology(topology) => self::topology(&topology),
    }
}

/// Keeps its columns; wider than the screen it scrolls on its own, by keyboard too.
fn terminal(terminal: Terminal) -> AnyView {
    let label = format!("{}, {}", terminal.device, words::shell(terminal.shell, false));
    view! {
        <figure class="exhibit-figure">
            <figcaption>{label.clone()}</figcaption>
            <pre class="code-block exhibit-terminal" role="group" aria-label=label tabindex="0">
                {terminal.text}
            </pre>
        </figure>
    }
    .into_any()
}

fn table(table: exhibit::Table) -> AnyView {
    let exhibit::Table { device, title, columns, rows } = table;
    seen::tables(vec![panel::Table { title: format!("{device}, {title}"), columns, rows }])
}

fn topology(topology: &Topology) -> AnyView {
    let place =
        |room: &exhibit::Room| PlaceView { name: room.name.clone(), inside: None, x: room.x, y: room.y, floor: room.floor };
    let device = |(at, node): (u16, &exhibit::Node)| DeviceView {
        id: DeviceId(at),
        name: node.name.clone(),
        model: String::new(),
        kind: node.kind,
        place: node.room,
    };
    let link = |link: &exhibit::Link| LinkView { ends: link.ends.clone().map(|(at, port)| (DeviceId(at), port)) };
    let places: Vec<_> = topology.rooms.iter().map(place).collect();
    let devices: Vec<_> = (0..).zip(&topology.devices).map(device).collect();
    let links: Vec<_> = topology.links.iter().map(link).collect();
    view! {
        {site_map(&places, &devices, &links, None, None)}
        {links_table(topology)}
    }
    .into_any()
}

/// The map in words.
fn links_table(topology: &Topology) -> AnyView {
    let end = |(device, port): &(u16, String)| {
        let room = topology.devices.get(usize::from(*device)).and_then(|node| topology.rooms.get(usize::from(node.room)));
        let room = room.map(|room| format!(" ({})", room.name)).unwrap_or_default();
        format!("{} {port}{room}", topology.name_of(*device))
    };
    let row = |link: &exhibit::Link| {
        let [one, other] = &link.ends;
        view! {
            <tr>
                <td>{end(one)}</td>
                <td>{end(other)}</td>
            </tr>
        }
    };
    let rows: Vec<_> = topology.links.iter().map(row).collect();
    view! {
        <Table caption="Links as documented">
            <thead>
                <tr>
                    <th scope="col">"From"</th>
                    <th scope="col">"To"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;
    use engine::shell::ShellKind;
    use engine::world::device::Kind;

    #[test]
    fn everything_is_labelled_and_what_is_drawn_is_said_too() {
        let node = |name: &str, kind| exhibit::Node { name: name.to_owned(), kind, room: 0 };
        let topology = Topology {
            rooms: vec![exhibit::Room { name: "Office".to_owned(), x: 0, y: 0, floor: 0 }],
            devices: vec![node("PC-01", Kind::Desktop), node("SW-1", Kind::Switch)],
            links: vec![exhibit::Link { ends: [(0, "Ethernet".to_owned()), (1, "Gi0/1".to_owned())] }],
        };
        let shown = exhibit::Exhibit {
            title: "At the desk".to_owned(),
            blocks: vec![
                Block::Terminal(Terminal {
                    device: "PC-01".to_owned(),
                    shell: ShellKind::Cmd,
                    text: "C:\\>ping <x>\nline 2".to_owned(),
                }),
                Block::Table(exhibit::Table {
                    device: "SRV-1".to_owned(),
                    title: "Leases".to_owned(),
                    columns: vec!["Address".to_owned()],
                    rows: vec![vec!["10.0.0.9".to_owned()]],
                }),
                Block::Topology(topology),
            ],
            ..exhibit::Exhibit::default()
        };
        let html = render(move || view! { <Exhibit exhibit=shown/> }.into_any());
        for wanted in [
            "Exhibit: At the desk",
            "aria-label=\"PC-01, Command Prompt\"",
            "C:\\&gt;ping &lt;x&gt;\nline 2",
            "SRV-1, Leases",
            "10.0.0.9",
            "<line",
            "PC-01 Ethernet (Office)",
            "SW-1 Gi0/1 (Office)",
        ] {
            assert!(html.contains(wanted), "{wanted} is missing in {html}");
        }
    }
}
