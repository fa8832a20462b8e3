//! A question as it may be shown before its answer: no key, no reasons, in this learner's order.

use app::practice::api::{CasePart, Illustration, Prompt, Task};
use domain::content::item::{Interaction, Item};
use domain::content::prose::Prose;

/// `order`: place on the page to place in the file, both from 0. `part`: its place in a case.
pub fn prompt(item: &Item, order: &[u8], part: Option<CasePart>) -> Prompt {
    let task = match &item.interaction {
        Interaction::Choice(choice) => Task::Choice {
            options: in_order(&choice.options, order).map(|option| option.text.clone()).collect(),
            choose: u8::try_from(choice.options.iter().filter(|option| option.key).count()).unwrap_or(1),
        },
        Interaction::Ordering(steps) => Task::Ordering { steps: in_order(steps, order).map(|step| step.text.clone()).collect() },
        Interaction::Matching(matching) => Task::Matching {
            terms: matching.pairs.iter().map(|pair| pair.term.clone()).collect(),
            matches: in_order(&matching.matches(), order).map(|text| text.plain_text()).collect(),
        },
        Interaction::Typed(typed) => Task::Typed(typed.form.clone()),
        Interaction::Simulation(_) => Task::Simulation,
    };
    let picture = item.picture.as_ref().map(|picture| {
        let points = item.interaction.points();
        // Options stand in this learner's order, and so do their numbers on the picture.
        let is_choice = matches!(item.interaction, Interaction::Choice(_));
        let points = if is_choice { in_order(&points, order).copied().collect() } else { points };
        let (title, description, drawing) = (picture.title.clone(), picture.description.clone(), &picture.drawing);
        Illustration { title, description, width: drawing.width, height: drawing.height, markup: drawing.markup(), points }
    });
    Prompt { stem: Prose::clone(&item.stem), picture, task, part }
}

/// Things of the file in the order of the page.
pub fn in_order<'a, T>(things: &'a [T], order: &'a [u8]) -> impl Iterator<Item = &'a T> {
    order.iter().filter_map(|place| things.get(usize::from(*place)))
}
