//! Packet filters, access lists, host firewalls, address translation.
