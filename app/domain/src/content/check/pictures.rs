//! P: pictures and the places on them.

use super::super::complaint::Complaint;
use super::super::item::{Interaction, ItemKind};
use super::super::picture::{Drawing, Point};
use super::subject::Subject;
use super::text::word_count;

/// P7, own choice: a number and the circle around it, in units of the drawing.
const MARGIN: u16 = 14;
/// P7, own choice: two circles beside each other, with a gap between them that a finger finds.
const LEAST_DISTANCE: u16 = 32;
/// P7, own choice: a line of a label.
const LEAST_HEIGHT: u16 = 20;
/// P8, own choice: whoever does not see the picture answers by these words.
const FEWEST_WORDS: usize = 8;

/// P7: places are on the picture and far enough from each other; all options have one, or none has.
pub fn p7_places_are_on_the_picture(subject: &Subject<'_>) -> Vec<Complaint> {
    let points = subject.item.interaction.points();
    let complain = |line, message: &str| vec![Complaint::error("P7", line, message)];
    let is_placing = subject.item.kind == ItemKind::Placing;
    let Some(picture) = &subject.item.picture else {
        let needed = is_placing || !points.is_empty();
        return if needed { complain(subject.parts_line(), "places need a [picture]") } else { Vec::new() };
    };
    if matches!(subject.item.interaction, Interaction::Choice(_)) && ![0, subject.options.len()].contains(&points.len()) {
        return complain(subject.parts_line(), "some options have a place on the picture: give all of them `at`, or none");
    }
    let is_bad = |(at, point): &(usize, &Point)| {
        let before = points.iter().take(*at);
        !is_inside(&picture.drawing, **point)
            || before.clone().any(|other| are_near(**point, *other))
            || is_placing && before.clone().any(|other| cover_each_other(&picture.drawing, **point, *other))
    };
    let lines = points.iter().enumerate().filter(is_bad).filter_map(|(at, _)| subject.parts().nth(at)).map(|part| part.text_line);
    let message = format!(
        "move this place: {MARGIN} units from every edge, {LEAST_DISTANCE} from other places, and of places with labels in one \
         half of the picture {LEAST_HEIGHT} above or below each other"
    );
    lines.map(|line| Complaint::error("P7", line, message.as_str())).collect()
}

/// P8: a picture says the same in words.
pub fn p8_picture_is_described(subject: &Subject<'_>) -> Vec<Complaint> {
    let Some(picture) = &subject.item.picture else { return Vec::new() };
    if word_count(&picture.description.plain_text()) >= FEWEST_WORDS {
        return Vec::new();
    }
    let message = format!("describe what the picture shows, in {FEWEST_WORDS} words or more, without giving the answer away");
    vec![Complaint::error("P8", subject.places.picture, message)]
}

fn is_inside(drawing: &Drawing, point: Point) -> bool {
    let fits = |at: u16, size: u16| at >= MARGIN && at.saturating_add(MARGIN) <= size;
    fits(point.x, drawing.width) && fits(point.y, drawing.height)
}

fn are_near(point: Point, other: Point) -> bool {
    let [x, y] = [point.x.abs_diff(other.x), point.y.abs_diff(other.y)].map(u64::from);
    x * x + y * y < u64::from(LEAST_DISTANCE).pow(2)
}

/// Labels stand towards the middle of the picture, so those of one half may meet.
fn cover_each_other(drawing: &Drawing, point: Point, other: Point) -> bool {
    drawing.is_left(point) == drawing.is_left(other) && point.y.abs_diff(other.y) < LEAST_HEIGHT
}
