//! The program `mic`. Everything lies in the library, so that tests can call it.

fn main() -> std::process::ExitCode {
    mic::cli::main()
}
