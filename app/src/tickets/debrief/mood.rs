//! How the requester felt after each action: a line, and a table that says the same.

use leptos::prelude::*;

use crate::ui::{Disclosure, Table};

/// Of the drawing.
const WIDTH: u32 = 600;
const HEIGHT: u32 = 120;
/// The most that a mood can be.
const BEST: u32 = 1000;

#[component]
pub fn Mood(
    /// After each action, 0 to 1000.
    mood: Vec<u16>,
) -> AnyView {
    let (Some(first), Some(last)) = (mood.first(), mood.last()) else { return ().into_any() };
    let summary = format!("At the start {}, at the end {}.", words(*first), words(*last));
    let (points, middle) = (points(&mood), (HEIGHT / 2).to_string());
    let rows: Vec<_> = (1..)
        .zip(mood)
        .map(|(action, mood): (u32, u16)| {
            view! {
                <tr>
                    <th scope="row">"After action " {action}</th>
                    <td>{words(mood)}</td>
                    <td class="number">{mood / 10} " of 100"</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="debrief-mood">
            <h2 id="debrief-mood">"How the requester felt"</h2>
            <p>{summary}</p>
            <svg
                class="mood"
                viewBox=format!("-4 -4 {} {}", WIDTH + 8, HEIGHT + 8)
                role="img"
                aria-label="Mood of the requester over the actions; the table below has the values"
            >
                <line class="mood-middle" x1="0" y1=middle.clone() x2=WIDTH.to_string() y2=middle.clone()></line>
                <polyline class="mood-line" points=points></polyline>
            </svg>
            <Disclosure summary="The same as a table">
                <Table caption="Mood after each action">
                    <thead>
                        <tr>
                            <th scope="col">"When"</th>
                            <th scope="col">"Mood"</th>
                            <th scope="col" class="number">"Value"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Table>
            </Disclosure>
        </section>
    }
    .into_any()
}

fn points(mood: &[u16]) -> String {
    let gaps = u32::try_from(mood.len().saturating_sub(1)).unwrap_or(u32::MAX).max(1);
    let point =
        |(at, mood): (u32, &u16)| format!("{},{}", WIDTH * at / gaps, HEIGHT - HEIGHT * u32::from(*mood).min(BEST) / BEST);
    (0..).zip(mood).map(point).collect::<Vec<_>>().join(" ")
}

fn words(mood: u16) -> &'static str {
    match mood {
        0..200 => "angry",
        200..400 => "annoyed",
        400..600 => "neutral",
        600..800 => "content",
        _ => "happy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_goes_from_edge_to_edge() {
        assert_eq!(points(&[0, 500, 1000]), "0,120 300,60 600,0");
        assert_eq!(points(&[1000]), "0,0");
    }
}
