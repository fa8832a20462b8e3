//! Machines as they come out of the box: what a kind of machine has before a site says otherwise.

pub mod linux;
pub mod printer;
pub mod windows;
