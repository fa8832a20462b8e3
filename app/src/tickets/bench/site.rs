//! The whole site: as a map, and as a table that says the same.

use engine::world::DeviceId;
use leptos::prelude::*;

use super::here::go_button;
use super::spot::{Spot, device_name};
use super::state::BenchState;
use crate::tickets::api::{BenchView, DeviceView};
use crate::tickets::map::site_map;
use crate::tickets::words;
use crate::ui::Table;

#[component]
pub fn Site(bench: BenchState) -> AnyView {
    let table = RwSignal::new(false);
    let button = move |as_table: bool, label: &'static str| {
        view! {
            <button
                class="button button-secondary"
                type="button"
                aria-pressed=move || (table.get() == as_table).to_string()
                on:click=move |_| table.set(as_table)
            >
                {label}
            </button>
        }
        .into_any()
    };
    let content = move || {
        if table.get() { view! { <SiteTable bench/> }.into_any() } else { view! { <Map bench/> }.into_any() }
    };
    view! {
        <p class="quiet small">"As the company has documented it. What is really plugged in, only looking tells."</p>
        <div class="row" role="group" aria-label="Show the site as">{button(false, "Map")} {button(true, "Table")}</div>
        {content}
    }
    .into_any()
}

#[component]
fn Map(bench: BenchState) -> AnyView {
    let choose = Callback::new(move |device: DeviceId| bench.go(Spot::Device(device)));
    let map = bench.about.with_value(|view| {
        let here = view.people.iter().find(|person| person.id == view.requester).and_then(|person| person.device);
        site_map(&view.places, &view.devices, &view.links, here, Some(choose))
    });
    view! {
        {map}
        <p class="quiet small">"Marked: where the requester works. Press a device to go there."</p>
    }
    .into_any()
}

#[component]
fn SiteTable(bench: BenchState) -> AnyView {
    let devices = bench.about.with_value(|view| view.devices.clone());
    rows(bench, devices, "Devices, where they stand and what they are connected to")
}

fn rows(bench: BenchState, devices: Vec<DeviceView>, caption: &'static str) -> AnyView {
    let rows: Vec<_> = devices.into_iter().map(|device| row(bench, device)).collect();
    view! {
        <Table caption>
            <thead>
                <tr>
                    <th scope="col">"Device"</th>
                    <th scope="col">"Kind"</th>
                    <th scope="col">"Room"</th>
                    <th scope="col">"Connected to, as documented"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn row(bench: BenchState, device: DeviceView) -> AnyView {
    let (room, links) = bench.about.with_value(|view| {
        let room = view.places.get(usize::from(device.place)).map(|place| place.name.clone()).unwrap_or_default();
        (room, links_of(view, device.id))
    });
    let (id, place) = (device.id, device.place);
    view! {
        <tr>
            <th scope="row">
                {go_button(bench, Spot::Device(id), device.name)}
                <span class="quiet small">" " {device.model}</span>
            </th>
            <td>{words::device_kind(device.kind)}</td>
            <td>{go_button(bench, Spot::Room(place), room)}</td>
            <td>{links}</td>
        </tr>
    }
    .into_any()
}

/// "Ethernet to SW-1 Gi0/3"
pub fn links_of(view: &BenchView, device: DeviceId) -> String {
    let far = |ends: &[(DeviceId, String); 2]| {
        let [one, other] = ends;
        let (near, far) = if one.0 == device { (one, other) } else { (other, one) };
        (near.0 == device).then(|| format!("{} to {} {}", near.1, device_name(view, far.0), far.1))
    };
    view.links.iter().filter_map(|link| far(&link.ends)).collect::<Vec<_>>().join(", ")
}

/// One room: what stands in it, and the rooms inside it.
#[component]
pub fn Room(bench: BenchState, place: u16) -> AnyView {
    let (inside, devices, people) = bench.about.with_value(|view| {
        let inside: Vec<_> = (0_u16..)
            .zip(&view.places)
            .filter(|(_, other)| other.inside == Some(place))
            .map(|(at, other)| (at, other.name.clone()))
            .collect();
        let devices: Vec<_> = view.devices.iter().filter(|device| device.place == place).cloned().collect();
        let here = |device: &DeviceId| devices.iter().any(|one| one.id == *device);
        let people: Vec<_> = view
            .people
            .iter()
            .filter(|person| person.device.as_ref().is_some_and(here))
            .map(|person| format!("{}, {}", person.name, person.job))
            .collect();
        (inside, devices, people)
    });
    let rooms: Vec<_> =
        inside.into_iter().map(|(at, name)| view! { <li>{go_button(bench, Spot::Room(at), name)}</li> }).collect();
    let people: Vec<_> = people.into_iter().map(|person| view! { <li>{person}</li> }).collect();
    let nothing = rooms.is_empty() && devices.is_empty();
    view! {
        {(!rooms.is_empty()).then(|| view! { <h3>"Rooms"</h3> <ul>{rooms}</ul> })}
        {(!devices.is_empty()).then(|| rows(bench, devices, "Devices in this room"))}
        {(!people.is_empty()).then(|| view! { <h3>"People who work here"</h3> <ul>{people}</ul> })}
        {nothing.then(|| view! { <p class="quiet">"Nothing stands here."</p> })}
    }
    .into_any()
}
