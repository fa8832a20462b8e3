//! What a request is called in the log.

/// Made for each request; people may quote it when they report an error.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);
