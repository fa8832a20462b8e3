//! The rewind: a time line over the run, and every machine as it was. The engine runs in the browser, in a worker of its own.

mod engine;
mod state;

use ::engine::panel::PanelKind;
use ::engine::world::DeviceId;
use domain::ids::TicketId;
use leptos::prelude::*;

pub use self::engine::Files;
use self::state::RewindState;
use crate::tickets::bench::fields::options;
use crate::tickets::map::site_map;
use crate::tickets::seen::Seen;

/// `files`: where the engine is loaded from; `practice`: one may continue differently.
#[cfg_attr(feature = "bench", island)]
#[cfg_attr(not(feature = "bench"), component)]
pub fn Rewind(ticket: TicketId, files: Files, practice: bool) -> impl IntoView {
    let rewind = RewindState::new(ticket, files);
    let content = move || match rewind.recording.get() {
        None => view! { <Begin rewind/> }.into_any(),
        Some(_) => view! { <Line rewind practice/> <Map rewind/> <Look rewind/> }.into_any(),
    };
    view! {
        <div class="rewind" role="group" aria-label="Time line">
            {content}
            <p role="alert" class="refused">{move || rewind.trouble.get()}</p>
        </div>
    }
}

/// The engine is a megabyte; it is fetched when somebody wants it.
#[component]
fn Begin(rewind: RewindState) -> AnyView {
    view! {
        <p>
            <button
                class="button button-primary"
                type="button"
                aria-busy=move || rewind.loading.get().then_some("true")
                on:click=move |_| rewind.load()
            >
                "Open the time line"
            </button>
        </p>
        <p class="quiet small" role="status">
            {move || rewind.loading.get().then_some("Loading the simulation and doing every action again…")}
        </p>
    }
    .into_any()
}

/// The slider, a step back and a step on, and what was done there.
#[component]
fn Line(rewind: RewindState, practice: bool) -> AnyView {
    let last = move || rewind.last();
    let step = move |by: i32, id: &'static str, label: &'static str| {
        view! {
            <button
                class="button button-secondary"
                type="button"
                id=id
                aria-disabled=move || (rewind.at.get().saturating_add_signed(by).min(last()) == rewind.at.get()).then_some("true")
                on:click=move |_| rewind.go(rewind.at.get_untracked().saturating_add_signed(by))
            >
                {label}
            </button>
        }
        .into_any()
    };
    let slide = move |event: leptos::ev::Event| {
        if let Ok(at) = event_target_value(&event).parse() {
            rewind.go(at);
        }
    };
    view! {
        <div class="rewind-line">
            {step(-1, "rewind-back", "Back")}
            <input
                type="range"
                id="rewind-at"
                aria-label="After which action"
                min="0"
                max=move || last().to_string()
                step="1"
                prop:value=move || rewind.at.get().to_string()
                aria-valuetext=move || rewind.words()
                on:input=slide
            />
            {step(1, "rewind-on", "On")}
        </div>
        <div class="rewind-at" role="status">
            <p>
                <strong>{move || rewind.words()}</strong>
            </p>
            <p>
                {move || rewind.told()}
                " "
                {move || rewind.changed().then(|| view! { <span class="badge badge-accent">"changed something"</span> })}
            </p>
        </div>
        {practice.then(|| view! { <Continue rewind/> })}
    }
    .into_any()
}

/// A new ticket that starts with these actions.
#[component]
fn Continue(rewind: RewindState) -> AnyView {
    use leptos::server_fn::ServerFn;
    let ticket = rewind.ticket;
    view! {
        <form method="post" action=crate::tickets::api::Fork::PATH>
            <input type="hidden" name="from" value=format!("/tickets/{ticket}/debrief")/>
            <input type="hidden" name="ticket" value=ticket.to_string()/>
            <input type="hidden" name="actions" prop:value=move || rewind.at.get().to_string()/>
            <button class="button button-secondary" type="submit">
                "Continue differently from here"
            </button>
        </form>
    }
    .into_any()
}

/// Where the action was done.
#[component]
fn Map(rewind: RewindState) -> AnyView {
    let map = move || {
        let device = rewind.device.get();
        rewind.recording.with(|recording| {
            let recording = recording.as_ref()?;
            let choose = Callback::new(move |device: DeviceId| rewind.choose_device(device));
            let links = rewind.links.get();
            Some(site_map(&recording.places, &recording.devices, &links, device, Some(choose)))
        })
    };
    view! { {map} }.into_any()
}

/// A device and one of its panels, as it was.
#[component]
fn Look(rewind: RewindState) -> AnyView {
    let devices = move || {
        let chosen = rewind.device.get();
        rewind.recording.with(|recording| {
            let devices = recording.iter().flat_map(|recording| &recording.devices);
            let all = devices.map(|device| (device.id.0.to_string(), device.name.clone())).collect();
            options(all, &chosen.map(|device| device.0.to_string()).unwrap_or_default())
        })
    };
    let panels = move || {
        let all = rewind.panels.get().into_iter().map(|panel| (panel.slug().to_owned(), panel.title().to_owned()));
        options(all.collect(), rewind.panel.get().slug())
    };
    let choose_device = move |event: leptos::ev::Event| {
        if let Ok(device) = event_target_value(&event).parse() {
            rewind.choose_device(DeviceId(device));
        }
    };
    let choose_panel = move |event: leptos::ev::Event| {
        if let Some(panel) = PanelKind::parse(&event_target_value(&event)) {
            rewind.choose_panel(panel);
        }
    };
    let seen = move || match rewind.view.get() {
        Some(view) => view! { <Seen shown=::engine::ticket::run::Shown::Panel(view)/> }.into_any(),
        None => view! { <p class="quiet">"This device has no such panel at this moment."</p> }.into_any(),
    };
    view! {
        <div class="rewind-choice">
            <div class="field">
                <label class="field-label" for="rewind-device">
                    "Device"
                </label>
                <select class="select" id="rewind-device" on:change=choose_device>
                    {devices}
                </select>
            </div>
            <div class="field">
                <label class="field-label" for="rewind-panel">
                    "What to look at"
                </label>
                <select class="select" id="rewind-panel" on:change=choose_panel>
                    {panels}
                </select>
            </div>
        </div>
        {seen}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_may_drop_it_on_another_thread() {
        let ticket: TicketId = "0199b9a1-7c54-7cc0-8a71-4f9a54f0a2c1".parse().unwrap();
        let owner = Owner::new();
        let html = owner.with(|| {
            let files = Files::from(crate::assets::Assets::missing());
            view! { <Rewind ticket files practice=true/> }.into_any().to_html()
        });
        assert!(html.contains("Open the time line"), "{html}");
        std::thread::spawn(move || drop(owner)).join().unwrap();
    }
}
