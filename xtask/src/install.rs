//! What a fresh Debian 12 machine lacks for `cargo xtask ci`: a mail server and a browser for the tests, and two tools of cargo.
//! What is there is left as it is. It starts no service.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::{repository, step};

/// The longest that one installation may take; cargo-deny took 3 min 22 s to build on two cores.
const INSTALL_MAX: Duration = Duration::from_mins(20);

/// A program from Debian's packages.
struct Package {
    program: &'static str,
    package: &'static str,
}

const PACKAGES: &[Package] = &[
    Package { program: "postfix", package: "postfix" },
    Package { program: "chromium", package: "chromium" },
    Package { program: "chromedriver", package: "chromium-driver" },
    Package { program: "python3", package: "python3" },
];

/// A tool that cargo builds when it is missing, and keeps beside itself.
struct Tool {
    program: &'static str,
    words: &'static [&'static str],
}

const TOOLS: &[Tool] = &[
    Tool { program: "cargo-nextest", words: &["cargo-nextest@0.9.143"] },
    // Its default features fetch over the network in ways that the three checks we run do not need.
    Tool { program: "cargo-deny", words: &["--no-default-features", "cargo-deny@0.20.2"] },
];

/// While this file answers 101, Debian's packages do not start the services that they bring.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// The verb of its own: the same, with a last word.
pub(crate) fn run() -> bool {
    let good = needed();
    println!("{}", if good { "all that ci needs is there" } else { "something is still missing" });
    good
}

/// Installs what is missing. True if nothing is missing afterwards.
pub(crate) fn needed() -> bool {
    let missing: Vec<&str> =
        PACKAGES.iter().filter(|item| !found(item.program)).map(|item| item.package).collect();
    if !missing.is_empty() && !install_packages(&missing) {
        eprintln!("install these Debian packages by hand, as root: {}", missing.join(" "));
        return false;
    }
    TOOLS.iter().filter(|tool| !found(tool.program)).all(install_tool)
}

fn install_packages(packages: &[&str]) -> bool {
    let lists = step::run("package lists", &mut as_root(&["apt-get", "update", "-q"]), INSTALL_MAX);
    let held = hold_services();
    // Without this answer postfix asks on a terminal how it is to be set up; the tests bring a set-up of their own.
    let answer =
        "echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections";
    step::run("postfix is not to be set up", &mut as_root(&["sh", "-c", answer]), INSTALL_MAX);
    let mut words = vec!["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q"];
    words.push("--no-install-recommends");
    words.extend(packages);
    let installed = step::run("packages", &mut as_root(&words), INSTALL_MAX);
    if held {
        step::run(
            "services may be started again",
            &mut as_root(&["rm", "-f", POLICY]),
            INSTALL_MAX,
        );
    }
    lists.success && installed.success
}

/// Keeps packages from starting services, unless the machine has a rule of its own. True if the rule is ours to take away.
fn hold_services() -> bool {
    if Path::new(POLICY).exists() {
        return false;
    }
    let write = format!("printf '#!/bin/sh\\nexit 101\\n' > {POLICY} && chmod 755 {POLICY}");
    step::run("services stay stopped", &mut as_root(&["sh", "-c", &write]), INSTALL_MAX).success
}

fn install_tool(tool: &Tool) -> bool {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["install", "--locked", "--quiet"])
        .args(tool.words)
        .current_dir(repository::root());
    step::run(tool.program, &mut command, INSTALL_MAX).success
}

/// The command itself where we are root, and through `sudo`, never asking for a password, where we are not.
fn as_root(words: &[&str]) -> Command {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    let mut command = Command::new(if root { "env" } else { "sudo" });
    if !root {
        command.arg("-n");
    }
    command.args(words);
    command
}

/// Whether a program is in one of the folders where programs are looked for, those of the system's own included.
fn found(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(["/usr/sbin".into(), "/usr/bin".into()]);
    folders.extend(cargo_folder());
    folders.iter().any(|folder| folder.join(program).is_file())
}

/// Where cargo keeps the tools that it builds.
fn cargo_folder() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))
        .map(|home| home.join("bin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_or_not() {
        assert!(found("sh"));
        assert!(!found("no-such-program-anywhere"));
    }
}
