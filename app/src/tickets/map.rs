//! The site as a drawing: rooms with what stands in them, and the links that the company has documented.
//!
//! Rooms stand in rows by floor and by where they lie, so that nothing overlaps at any size of company. Whatever is drawn here is
//! also in a table beside it (`bench/site.rs`).

use engine::world::DeviceId;
use engine::world::device::Kind;
use leptos::prelude::*;

use super::api::{DeviceView, LinkView, PlaceView};
use super::words;

/// In units of the drawing; the page scales it.
const NODE: (i32, i32) = (132, 44);
const GAP: i32 = 10;
const HEAD: i32 = 24;
const ROOM_COLUMNS: i32 = 3;
const WIDEST_ROW: i32 = 940;
/// Letters of a name that fit into a node.
const LETTERS: usize = 13;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Room {
    title: String,
    /// Left, top, width, height.
    frame: (i32, i32, i32, i32),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Node {
    device: DeviceId,
    name: String,
    kind: Kind,
    left: i32,
    top: i32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Drawing {
    rooms: Vec<Room>,
    nodes: Vec<Node>,
    width: i32,
    height: i32,
}

/// Rooms from the highest floor down, in rows from the back of the house to its front; what stands for the Internet comes last.
fn draw(places: &[PlaceView], devices: &[DeviceView]) -> Drawing {
    let mut order: Vec<usize> =
        (0..places.len()).filter(|at| devices.iter().any(|device| usize::from(device.place) == *at)).collect();
    let outside = |at: &usize| devices.iter().any(|one| usize::from(one.place) == *at && one.kind == Kind::Internet);
    order.sort_by_key(|at| places.get(*at).map(|place| (outside(at), -place.floor, place.y, place.x)));
    let mut drawing = Drawing::default();
    let (mut left, mut top, mut row_height, mut row) = (GAP, GAP, 0, None);
    for at in order {
        let Some(place) = places.get(at) else { continue };
        let inside: Vec<_> = devices.iter().filter(|device| usize::from(device.place) == at).collect();
        let many = i32::try_from(inside.len()).unwrap_or(i32::MAX);
        let columns = many.min(ROOM_COLUMNS);
        let rows = (many + ROOM_COLUMNS - 1) / ROOM_COLUMNS;
        let (width, height) = (columns * (NODE.0 + GAP) + GAP, HEAD + rows * (NODE.1 + GAP));
        let level = Some((outside(&at), place.floor, place.y));
        if left > GAP && (row != level || left + width > WIDEST_ROW) && left + width > WIDEST_ROW / 2 {
            (left, top, row_height) = (GAP, top + row_height + GAP, 0);
        }
        row = level;
        drawing.rooms.push(Room { title: place.name.clone(), frame: (left, top, width, height) });
        for (device, index) in inside.into_iter().zip(0..) {
            drawing.nodes.push(Node {
                device: device.id,
                name: device.name.clone(),
                kind: device.kind,
                left: left + GAP + index % ROOM_COLUMNS * (NODE.0 + GAP),
                top: top + HEAD + index / ROOM_COLUMNS * (NODE.1 + GAP),
            });
        }
        row_height = row_height.max(height);
        left += width + GAP;
        drawing.width = drawing.width.max(left);
        drawing.height = drawing.height.max(top + row_height + GAP);
    }
    drawing
}

/// `here` is drawn as where one is; `choose` is called with a device that was pressed, and without it the drawing is only looked
/// at.
pub fn site_map(
    places: &[PlaceView],
    devices: &[DeviceView],
    cables: &[LinkView],
    here: Option<DeviceId>,
    choose: Option<Callback<DeviceId>>,
) -> AnyView {
    let drawing = draw(places, devices);
    let lines: Vec<_> = cables.iter().filter_map(|cable| line(&drawing, cable)).collect();
    let rooms: Vec<_> = drawing.rooms.iter().map(room).collect();
    let view_box = format!("0 0 {} {}", drawing.width, drawing.height);
    let nodes: Vec<_> = drawing.nodes.into_iter().map(|found| node(found, here, choose)).collect();
    let role = if choose.is_some() { "group" } else { "img" };
    view! {
        <div class="map" tabindex="0" role="group" aria-label="Map of the site">
            <svg class="map-picture" viewBox=view_box role=role aria-label="Rooms, devices and documented links">
                {rooms}
                {lines}
                {nodes}
            </svg>
        </div>
    }
    .into_any()
}

fn room(room: &Room) -> AnyView {
    let (left, top, width, height) = room.frame;
    view! {
        <rect
            class="map-room"
            x=left.to_string()
            y=top.to_string()
            width=width.to_string()
            height=height.to_string()
            rx="4"
        ></rect>
        <text class="map-title" x=(left + GAP).to_string() y=(top + HEAD - 8).to_string()>
            {room.title.clone()}
        </text>
    }
    .into_any()
}

fn line(drawing: &Drawing, cable: &LinkView) -> Option<AnyView> {
    let middle = |id: DeviceId| {
        let node = drawing.nodes.iter().find(|node| node.device == id)?;
        Some((node.left + NODE.0 / 2, node.top + NODE.1 / 2))
    };
    let [(from, _), (to, _)] = &cable.ends;
    let ((x1, y1), (x2, y2)) = (middle(*from)?, middle(*to)?);
    let line = view! {
        <line class="map-link" x1=x1.to_string() y1=y1.to_string() x2=x2.to_string() y2=y2.to_string()></line>
    };
    Some(line.into_any())
}

/// A name that fits into its box: a capital takes as much room as one and a half small letters.
fn shortened(name: String) -> String {
    let halves = |letter: char| if letter.is_uppercase() { 3 } else { 2 };
    let room = 2 * LETTERS;
    if name.chars().map(halves).sum::<usize>() <= room {
        return name;
    }
    let mut taken = 2;
    let fits = |letter: &char| {
        taken += halves(*letter);
        taken <= room
    };
    name.chars().take_while(fits).chain(['…']).collect()
}

fn node(node: Node, here: Option<DeviceId>, choose: Option<Callback<DeviceId>>) -> AnyView {
    let Node { device, name, kind, left, top } = node;
    let class = if here == Some(device) { "map-node map-here" } else { "map-node" };
    let kind = words::device_kind(kind);
    let label = format!("{name}, {kind}");
    let short = shortened(name);
    let go = move || {
        if let Some(choose) = choose {
            choose.run(device);
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            go();
        }
    };
    view! {
        <g
            class=class
            role=choose.map(|_| "button")
            tabindex=choose.map(|_| "0")
            aria-label=choose.map(|_| label)
            on:click=move |_| go()
            on:keydown=key
        >
            <rect
                class="map-box"
                x=left.to_string()
                y=top.to_string()
                width=NODE.0.to_string()
                height=NODE.1.to_string()
                rx="3"
            ></rect>
            <text class="map-name" x=(left + 8).to_string() y=(top + 19).to_string()>
                {short}
            </text>
            <text class="map-kind" x=(left + 8).to_string() y=(top + 35).to_string()>
                {kind}
            </text>
        </g>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;

    fn places(many: i32) -> Vec<PlaceView> {
        (0..many).map(|at| PlaceView { name: format!("Room {at}"), inside: None, x: at * 4, y: at / 3, floor: 0 }).collect()
    }

    fn devices(many: u16, rooms: u16) -> Vec<DeviceView> {
        (0..many)
            .map(|at| DeviceView {
                id: DeviceId(at),
                name: format!("PC-{at:02}"),
                model: String::new(),
                kind: Kind::Desktop,
                place: at % rooms,
            })
            .collect()
    }

    #[test]
    fn nothing_overlaps_and_everything_is_inside() {
        let drawing = draw(&places(7), &devices(40, 7));
        assert_eq!((drawing.rooms.len(), drawing.nodes.len()), (7, 40));
        for (at, one) in drawing.rooms.iter().enumerate() {
            let (left, top, width, height) = one.frame;
            assert!(left + width <= drawing.width && top + height <= drawing.height, "{one:?}");
            for other in &drawing.rooms[at + 1..] {
                let (x, y, w, h) = other.frame;
                assert!(left + width <= x || x + w <= left || top + height <= y || y + h <= top, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn links_join_what_is_drawn_and_names_are_cut() {
        let mut devices = devices(3, 1);
        devices[0].name = "A-very-long-name-of-a-device".to_owned();
        let links = vec![
            LinkView { ends: [(DeviceId(0), "a".to_owned()), (DeviceId(1), "b".to_owned())] },
            LinkView { ends: [(DeviceId(0), "a".to_owned()), (DeviceId(9), "b".to_owned())] },
        ];
        let html = render(move || site_map(&places(1), &devices, &links, None, None));
        assert_eq!(html.matches("<line").count(), 1, "{html}");
        assert!(html.contains("A-very-long…") && !html.contains(" style="), "{html}");
    }
}
