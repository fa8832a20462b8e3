//! An item as one learner gets it: its exhibit made, and the values of that in its texts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Rendered;
use crate::content::item::{Choice, Interaction, Item, ItemOption, Matching, Mistake, Pair, Part, Typed};
use crate::content::prose::{Block, Prose, Span};

type Values = BTreeMap<String, String>;

impl Item {
    /// What one learner is asked: the same item, with what this seed makes of its exhibit. An item without one is its own
    /// instance.
    #[must_use]
    pub fn instance(self: Arc<Self>, seed: u64) -> Arc<Self> {
        match self.exhibit.as_ref().and_then(|setup| setup.for_learner(seed)) {
            Some(rendered) => Arc::new(self.with(rendered)),
            None => self,
        }
    }

    /// The same item with an exhibit that was made for it.
    #[must_use]
    pub(in crate::content) fn with(&self, rendered: Rendered) -> Self {
        let Rendered { exhibit, values } = rendered;
        Self {
            stem: filled(&self.stem, &values),
            interaction: interaction(&self.interaction, &values),
            remember: filled(&self.remember, &values),
            shown: Some(Arc::new(exhibit)),
            ..self.clone()
        }
    }
}

impl Item {
    /// The names in braces in its texts: kebab-case, so that other braces stay what they are.
    pub(in crate::content) fn names(&self) -> BTreeSet<String> {
        let parts = self.interaction.parts();
        let parts = parts.iter().flat_map(|part| [part.text.clone(), part.reason.plain_text()]);
        let texts = parts.chain([self.stem.plain_text(), self.remember.plain_text()]);
        texts.flat_map(|text| names(&text).map(str::to_owned).collect::<Vec<_>>()).collect()
    }
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).filter(is_name)
}

fn interaction(interaction: &Interaction, values: &Values) -> Interaction {
    let prose = |text: &Prose| filled(text, values);
    let part = |part: &Part| Part { text: prose(&part.text), reason: prose(&part.reason) };
    match interaction {
        Interaction::Choice(choice) => {
            let option =
                |option: &ItemOption| ItemOption { text: prose(&option.text), key: option.key, reason: prose(&option.reason) };
            Interaction::Choice(Choice { options: choice.options.iter().map(option).collect(), ordered: choice.ordered })
        }
        Interaction::Ordering(steps) => Interaction::Ordering(steps.iter().map(part).collect()),
        Interaction::Matching(matching) => {
            let pair = |pair: &Pair| Pair { term: prose(&pair.term), fits: prose(&pair.fits), reason: prose(&pair.reason) };
            Interaction::Matching(Matching {
                pairs: matching.pairs.iter().map(pair).collect(),
                extras: matching.extras.iter().map(part).collect(),
            })
        }
        Interaction::Typed(typed) => {
            let mistake = |mistake: &Mistake| Mistake { text: text(&mistake.text, values), reason: prose(&mistake.reason) };
            Interaction::Typed(Typed {
                form: typed.form.clone(),
                tolerance: typed.tolerance,
                accepted: typed.accepted.iter().map(|answer| text(answer, values)).collect(),
                reason: prose(&typed.reason),
                mistakes: typed.mistakes.iter().map(mistake).collect(),
            })
        }
    }
}

/// Every `{name}` that has a value, replaced.
fn text(text: &str, values: &Values) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

fn filled(prose: &Prose, values: &Values) -> Prose {
    Prose(blocks(&prose.0, values))
}

fn blocks(blocks: &[Block], values: &Values) -> Vec<Block> {
    let cells = |cells: &Vec<Vec<Span>>| cells.iter().map(|cell| spans(cell, values)).collect();
    let filled = |block: &Block| match block {
        Block::Paragraph(paragraph) => Block::Paragraph(spans(paragraph, values)),
        Block::Code(code) => Block::Code(text(code, values)),
        Block::List { ordered, items } => {
            Block::List { ordered: *ordered, items: items.iter().map(|item| self::blocks(item, values)).collect() }
        }
        Block::Table { head, rows } => Block::Table { head: cells(head), rows: rows.iter().map(cells).collect() },
    };
    blocks.iter().map(filled).collect()
}

fn spans(spans: &[Span], values: &Values) -> Vec<Span> {
    let filled = |span: &Span| match span {
        Span::Text(words) => Span::Text(text(words, values)),
        Span::Code(code) => Span::Code(text(code, values)),
        Span::Emphasis(inner) => Span::Emphasis(self::spans(inner, values)),
        Span::Strong(inner) => Span::Strong(self::spans(inner, values)),
        Span::LineBreak => Span::LineBreak,
    };
    spans.iter().map(filled).collect()
}
