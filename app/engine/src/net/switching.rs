//! Frames through switches: VLANs, learning, flooding, spanning tree, port security.
