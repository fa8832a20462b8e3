//! Files of a Linux machine: who may do what, and how much space there is.
