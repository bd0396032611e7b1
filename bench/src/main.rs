//! Measures the numbers of the README on the real parts: the engine, the store on a real disk, the real `mic` binary over HTTP.
//! `cargo xtask bench` builds everything in release mode, runs each and prints the table. Knows nothing of goals: xtask does.
#![expect(clippy::print_stdout, reason = "the last line that is printed is the result")]
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark looks at the clock and starts programs"
)]

/// acknowledged durable acts of 64 clients
mod acts;
/// a journal of a given size, made by the engine and kept by the store
mod history;
/// pages at a fixed rate
mod pages;
/// the `mic` program as a child, its memory and time
mod program;
/// starting again with a long journal, and checking all of it
mod restart;
/// whether the time of an answer tells who has an account
mod signin;

type Outcome = Result<String, Box<dyn std::error::Error>>;

fn main() -> std::process::ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    let outcome = match name.as_str() {
        "acts" => acts::measure(),
        "restart" => restart::restart(),
        "verify" => restart::verify(),
        "idle" => restart::idle(),
        "home" => pages::measure(),
        "signin" => signin::measure(),
        _ => Err("write one of: acts, restart, verify, idle, home, signin".into()),
    };
    match outcome {
        Ok(line) => {
            println!("{line}");
            std::process::ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{name}: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
