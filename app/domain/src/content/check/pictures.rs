//! P: pictures and the places on them.

use super::super::complaint::Complaint;
use super::super::item::{Interaction, ItemKind, Matching};
use super::super::picture::{Drawing, LABEL_GAP, Point};
use super::subject::Subject;
use super::text::word_count;

/// P7, own choice: a number and the circle around it, in units of the drawing.
const MARGIN: u16 = 14;
/// P7, own choice: two circles beside each other, with a gap between them that a finger finds.
const LEAST_DISTANCE: u16 = 32;
/// P7, own choice: a line of a label.
const LEAST_HEIGHT: u16 = 20;
/// P7: of a letter of a label, in units of the drawing, measured with the widest of the fonts that pages use.
const CHARACTER_WIDTH: u16 = 7;
/// P7: a check mark or a cross and a space stand before a label once it is told.
const SIGN_CHARACTERS: usize = 2;
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
    let labels = match &subject.item.interaction {
        Interaction::Matching(matching) => Some(Labels::new(&picture.drawing, matching)),
        _ => None,
    };
    let is_bad = |(at, point): &(usize, &Point)| {
        let before = points.iter().take(*at);
        !is_inside(&picture.drawing, **point)
            || before.clone().any(|other| are_near(**point, *other))
            || labels.as_ref().is_some_and(|labels| {
                labels.span(**point).is_none() || before.clone().any(|other| labels.cover_each_other(**point, *other))
            })
    };
    let lines = points.iter().enumerate().filter(is_bad).filter_map(|(at, _)| subject.parts().nth(at)).map(|part| part.text_line);
    let message = format!(
        "move this place: {MARGIN} units from every edge, {LEAST_DISTANCE} from other places, and with room beside it for the \
         longest label, which covers no other"
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

/// Whatever label a learner puts there: the longest one must fit beside each place, and none may cover another.
struct Labels<'d> {
    drawing: &'d Drawing,
    /// Of the longest, in units of the drawing.
    width: u16,
}

impl<'d> Labels<'d> {
    fn new(drawing: &'d Drawing, matching: &Matching) -> Self {
        let longest = matching.matches().iter().map(|text| text.plain_text().chars().count()).max().unwrap_or_default();
        let width = u16::try_from(longest + SIGN_CHARACTERS).unwrap_or(u16::MAX).saturating_mul(CHARACTER_WIDTH);
        Self { drawing, width }
    }

    /// From where to where the label of a place reaches; `None` beyond the edge.
    fn span(&self, point: Point) -> Option<(u16, u16)> {
        if point.is_left(self.drawing.width) {
            let begin = point.x.checked_add(LABEL_GAP)?;
            begin.checked_add(self.width).filter(|end| *end <= self.drawing.width).map(|end| (begin, end))
        } else {
            let end = point.x.checked_sub(LABEL_GAP)?;
            end.checked_sub(self.width).map(|begin| (begin, end))
        }
    }

    fn cover_each_other(&self, point: Point, other: Point) -> bool {
        let meet = self.span(point).zip(self.span(other)).is_some_and(|(one, two)| one.0 < two.1 && two.0 < one.1);
        meet && point.y.abs_diff(other.y) < LEAST_HEIGHT
    }
}
