//! Why Windows refuses or fails: its error numbers with their words.
//!
//! Source: Microsoft, "System Error Codes (0-499)" and "(1000-1299)"; `net helpmsg`.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    AccessDenied,
    DependentsRunning,
    /// Core services take no stop.
    CannotStop,
    NoResponse,
    AlreadyRunning,
    Disabled,
    Circular,
    NotInstalled,
    NotStarted,
    Terminated,
    DependencyFailed,
}

impl Trouble {
    #[must_use]
    pub fn code(self) -> u32 {
        match self {
            Self::AccessDenied => 5,
            Self::DependentsRunning => 1051,
            Self::CannotStop => 1052,
            Self::NoResponse => 1053,
            Self::AlreadyRunning => 1056,
            Self::Disabled => 1058,
            Self::Circular => 1059,
            Self::NotInstalled => 1060,
            Self::NotStarted => 1062,
            Self::Terminated => 1067,
            Self::DependencyFailed => 1068,
        }
    }

    #[must_use]
    pub fn text(self) -> &'static str {
        message(self.code()).unwrap_or("Unknown error.")
    }
}

/// The system's words for an error number, as `net helpmsg` prints them.
#[must_use]
pub fn message(code: u32) -> Option<&'static str> {
    Some(match code {
        0 => "The operation completed successfully.",
        2 => "The system cannot find the file specified.",
        5 => "Access is denied.",
        1051 => "A stop control has been sent to a service that other running services are dependent on.",
        1052 => "The requested control is not valid for this service.",
        1053 => "The service did not respond to the start or control request in a timely fashion.",
        1056 => "An instance of the service is already running.",
        1058 => {
            "The service cannot be started, either because it is disabled or because it has no enabled devices associated with it."
        }
        1059 => "Circular service dependency was specified.",
        1060 => "The specified service does not exist as an installed service.",
        1062 => "The service has not been started.",
        1067 => "The process terminated unexpectedly.",
        1068 => "The dependency service or group failed to start.",
        1077 => "No attempts to start the service have been made since the last boot.",
        2182 => "The requested service has already been started.",
        2185 => "The service name is invalid.",
        2220 => "The group name could not be found.",
        2221 => "The user name could not be found.",
        2224 => "The account already exists.",
        2245 => {
            "The password does not meet the password policy requirements. Check the minimum password length, password complexity and password history requirements."
        }
        3521 => "The *** service is not started.",
        3534 => "The service did not report an error.",
        3728 => "The passwords do not match.",
        _ => return None,
    })
}
