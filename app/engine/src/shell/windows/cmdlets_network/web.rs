//! `Invoke-WebRequest`, which `curl` and `wget` are short for in this shell. It goes through the proxy of the desktop's settings.

use crate::net::web::{self, Url, WebOutcome};
use crate::shell::windows::{Answer, Call, Failure, Object, View, disk};
use crate::shell::{Session, http};
use crate::time::Span;
use crate::world::World;

const LIST: &[&str] = &["StatusCode", "StatusDescription", "Content", "RawContentLength"];

pub fn request(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let Some(address) = call.text("Uri").map(str::to_owned) else {
        return Answer::not_modelled(world, "Invoke-WebRequest that asks for its -Uri");
    };
    if call.text("Method").is_some_and(|method| !["get", "head"].contains(&method.to_lowercase().as_str())) {
        return Answer::not_modelled(world, "Invoke-WebRequest -Method");
    }
    let host = Url::parse(&address).map_or_else(|| address.clone(), |url| url.host);
    let outcome = web::open(world, session.device, &address);
    world.wait(match outcome {
        WebOutcome::TimedOut | WebOutcome::Unreachable => Span::seconds(21),
        WebOutcome::Refused => Span::seconds(2),
        _ => Span::seconds(1),
    });
    let (status, title) = match &outcome {
        WebOutcome::Page { status, title } if *status < 400 => (*status, title.as_str()),
        // The portal's own page comes after its redirection.
        WebOutcome::Portal => (200, "Sign in to the network"),
        _ => return Answer::failed(failure(&outcome, &host)),
    };
    let page = http::body(status, title);
    if let Some(file) = call.text("OutFile") {
        let written = disk::locate(world, session, file).and_then(|spot| disk::write(world, session, &spot, &page, false));
        return match written {
            Ok(()) => Answer::default(),
            Err(error) => Answer::failed(Failure::new(
                error.text(),
                "NotSpecified: (:) [Invoke-WebRequest], IOException",
                "System.IO.IOException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand",
            )),
        };
    }
    let length = u64::try_from(page.len()).unwrap_or(u64::MAX);
    let object = Object::new()
        .with("StatusCode", u32::from(status))
        .with("StatusDescription", http::phrase(status))
        .with("Content", page.trim_end().replace('\n', " "))
        .with("RawContentLength", length);
    Answer::new(View::List(LIST), vec![object])
}

fn failure(outcome: &WebOutcome, host: &str) -> Failure {
    let message = match outcome {
        WebOutcome::NameNotFound | WebOutcome::NameFailed => format!("The remote name could not be resolved: '{host}'"),
        WebOutcome::Page { status, .. } => {
            format!("The remote server returned an error: ({status}) {}.", http::phrase(*status))
        }
        WebOutcome::ProxyFailed | WebOutcome::Refused | WebOutcome::TimedOut | WebOutcome::Unreachable => {
            "Unable to connect to the remote server".to_owned()
        }
        WebOutcome::NotTls => "The underlying connection was closed: An unexpected error occurred on a send.".to_owned(),
        _ => "The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel."
            .to_owned(),
    };
    Failure::new(
        message,
        "InvalidOperation: (System.Net.HttpWebRequest:HttpWebRequest) [Invoke-WebRequest], WebException",
        "WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand",
    )
}
