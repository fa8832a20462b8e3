//! The company's knowledge base.

use super::parts::{offer_on, refuse, table};
use super::{Operation, Refused, View};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    if world.knowledge.is_empty() || !super::tickets::is_computer(world, device) {
        return None;
    }
    let titles: Vec<String> = world.knowledge.iter().map(|article| article.title.clone()).collect();
    Some(View {
        title: format!("Knowledge base of {}", world.organisation),
        tables: vec![table("Articles", &["Title"], titles.iter().map(|title| vec![title.clone()]).collect())],
        operations: offer_on("read", "Read", titles, Vec::new()).into_iter().collect(),
        ..View::default()
    })
}

pub fn apply(world: &mut World, _device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if operation.verb != "read" {
        return operation.unknown();
    }
    match world.knowledge.iter().find(|article| article.title.eq_ignore_ascii_case(&operation.target)) {
        Some(article) => Ok(article.text.clone()),
        None => refuse(format!("There is no article “{}”.", operation.target)),
    }
}
