//! Asking other sites whether a page of theirs is there.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use ureq::{
    Agent, Body, Error,
    config::Config as Settings,
    http::{Response, StatusCode, Uri},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use crate::App;

/// Longest wait for an answer, with all that it leads on to.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is met at an address of another site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// An answer, as HTTP has it.
    Status(u16),
    /// There is no site of this name.
    NoHost,
    /// The site does not answer, or not in time.
    NoAnswer,
    /// Whoever answers cannot show that it is the site (its certificate has run out or is of somebody else).
    Untrusted,
    /// An address within the own network, which is not asked; or one that is none.
    NotAsked,
}

/// Who asks, from this machine and in its name, but never machines within its own network (`links.inside_network` allows them): an address that anybody
/// wrote into a text must not reach what only this machine can.
pub struct Outside(Agent);

impl Outside {
    /// Makes one, as configured.
    pub fn new(app: &App) -> Self {
        let settings = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(5)
            .timeout_global(Some(PATIENCE))
            .max_idle_connections(0)
            .proxy(None)
            .user_agent(format!("LanToa (+{})", app.config.server.public_url))
            .build();
        let inside = app.config.links.inside_network;
        Self(Agent::with_parts(
            settings,
            DefaultConnector::default(),
            Guarded { inside, all: DefaultResolver::default() },
        ))
    }

    /// What is met at an address (`http:` or `https:`). Asks for the head first, and for the page itself where that is refused; the page is not read.
    /// Waits for the other site: not for a thread that serves requests.
    pub fn meets(&self, address: &str) -> Met {
        let head = met(self.0.head(address).call());
        match head {
            Met::Status(status) if status >= 400 => met(self.0.get(address).call()),
            _ => head,
        }
    }
}

fn met(answer: Result<Response<Body>, Error>) -> Met {
    match answer {
        Ok(answer) => Met::Status(answer.status().as_u16()),
        Err(Error::HostNotFound) => Met::NoHost,
        Err(Error::TooManyRedirects) => Met::Status(StatusCode::LOOP_DETECTED.as_u16()),
        Err(Error::Rustls(_) | Error::Tls(_)) => Met::Untrusted,
        Err(Error::BadUri(_) | Error::Http(_)) => Met::NotAsked,
        Err(Error::Io(error)) => match error.kind() {
            io::ErrorKind::PermissionDenied => Met::NotAsked,
            // As rustls tells a certificate that does not hold.
            io::ErrorKind::InvalidData => Met::Untrusted,
            _ => Met::NoAnswer,
        },
        Err(_) => Met::NoAnswer,
    }
}

/// Finds the machines of a site, those within the own network left out.
#[derive(Debug)]
struct Guarded {
    inside: bool,
    all: DefaultResolver,
}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, settings: &Settings, within: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let all = self.all.resolve(uri, settings, within).map_err(|error| match error {
            Error::Io(_) => Error::HostNotFound,
            error => error,
        })?;
        let mut outside = self.empty();
        all.iter().filter(|one| self.inside || is_outside(one.ip())).for_each(|one| outside.push(*one));
        if outside.is_empty() { Err(io::Error::from(io::ErrorKind::PermissionDenied).into()) } else { Ok(outside) }
    }
}

/// Is this an address of the open network? Not those that IANA keeps for machines themselves, own networks, examples and groups
/// (registries "IPv4 / IPv6 Special-Purpose Address Space").
fn is_outside(ip: IpAddr) -> bool {
    fn v4(ip: Ipv4Addr) -> bool {
        let [a, b, c, _] = ip.octets();
        let kept = ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_documentation();
        let shared = a == 100 && (64..128).contains(&b);
        let tests = a == 198 && (b == 18 || b == 19) || (a, b, c) == (192, 0, 0);
        !(kept || shared || tests || a == 0 || a >= 224)
    }
    fn v6(ip: Ipv6Addr) -> bool {
        // 2000::/3 is what was given out; in it 2002::/16 and 2001::/32 carry addresses of the other kind, 2001:db8::/32 is for examples.
        let [first, second, ..] = ip.segments();
        first & 0xe000 == 0x2000 && first != 0x2002 && !(first == 0x2001 && (second == 0 || second == 0xdb8))
    }
    match ip {
        IpAddr::V4(ip) => v4(ip),
        IpAddr::V6(ip) => ip.to_ipv4_mapped().map_or_else(|| v6(ip), v4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_network_is_asked() {
        let inside = "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 192.0.0.8 198.18.0.1 192.0.2.1 224.0.0.1 \
                      255.255.255.255 :: ::1 fe80::1 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: \
                      2001::1 2001:db8::1";
        for ip in inside.split_whitespace() {
            assert!(!is_outside(ip.parse().unwrap()), "{ip}");
        }
        for ip in
            ["1.1.1.1", "100.63.0.1", "203.162.0.1", "172.32.0.1", "2001:ee0::1", "2606:4700::1111", "::ffff:1.1.1.1"]
        {
            assert!(is_outside(ip.parse().unwrap()), "{ip}");
        }
    }
}
