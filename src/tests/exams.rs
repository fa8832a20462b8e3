//! Timed practice exams, from the calls that pages and server functions make down to the rows.

mod begin;
mod clock;
mod finish;
mod instances;
mod pages;
mod save;
