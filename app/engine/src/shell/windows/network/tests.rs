//! What the programs print, word by word, in success and failure.

mod addresses;
mod echo;
mod names;
mod shares;
mod tables;
mod wireless;
