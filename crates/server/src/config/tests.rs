//! Which source wins, and what is refused.

use std::collections::BTreeMap;
use std::io::Write as _;

use super::{BeaconConfig, Config, MailSecurity, Settings};

fn variables(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn nothing_configured_is_a_configuration() {
    let config = Config::default();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.origin.as_str(), "http://localhost:8080");
    assert_eq!(config.beacon, BeaconConfig::Local);
    assert_eq!(config.mail, None);
}

#[test]
fn flags_win_over_environment_over_file() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(
        b"listen = \"127.0.0.1:1\"\norigin = \"https://file.example\"\ndata = \"/file\"\n",
    )
    .expect("written");
    let environment = variables(&[("LISTEN", "127.0.0.1:2"), ("ORIGIN", "https://env.example/")]);
    let flags = Settings { listen: Some("127.0.0.1:3".into()), ..Settings::default() };
    let config = Config::from_sources(Some(file.path()), environment, flags).expect("complete");
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.origin.as_str(), "https://env.example");
    assert_eq!(config.data.to_str(), Some("/file"));
}

#[test]
fn mail_has_defaults_and_says_what_is_missing() {
    let mail = |pairs| Config::from_sources(None, variables(pairs), Settings::default());
    let config = mail(&[("MAIL_SERVER", "smtp.example"), ("ORIGIN", "https://m.example:8443")]);
    let found = config.expect("complete").mail.expect("mail");
    assert_eq!((found.port, found.security), (587, MailSecurity::Starttls));
    assert_eq!(found.from, "mic@m.example");
    for pairs in [
        &[("MAIL_FROM", "a@b.example")][..],
        &[("MAIL_SERVER", "s"), ("MAIL_USER", "u")],
        &[("MAIL_SERVER", "s"), ("MAIL_SECURITY", "ssl")],
        &[("MAIL_SERVER", "s"), ("MAIL_CONNECTIONS", "0")],
        &[("MAIL_SERVER", "s"), ("MAIL_PORT", "x")],
        &[("BEACON", "dice")],
        &[("LISTEN", "8080")],
        &[("ORIGIN", "mic.example")],
        &[("ORIGIN", "https://mic.example/path")],
        &[("ORGIN", "https://mic.example")],
    ] {
        let error = mail(pairs).expect_err("refused").to_string();
        assert!(!error.is_empty(), "{pairs:?}");
    }
}

#[test]
fn a_beacon_is_chosen_by_name_and_a_private_chain_by_its_key() {
    let config = |text: &str| {
        let settings: Settings = toml::from_str(text).map_err(|error| error.to_string())?;
        settings.check().map_err(|error| error.to_string())
    };
    let drand = config("[beacon]\nkind = \"drand\"").expect("quicknet").beacon;
    let BeaconConfig::Drand { relays, .. } = drand else { panic!("not drand") };
    assert!(relays.len() > 1);
    let chain = format!(
        "[beacon]\nkind = \"drand\"\nrelays = [\"http://127.0.0.1:9\"]\n[beacon.chain]\n\
         key = \"{}\"\nhash = \"{}\"\ngenesis_seconds = 1\nperiod_seconds = 3\n",
        "ab".repeat(96),
        "cd".repeat(32)
    );
    assert!(config(&chain).is_ok());
    assert!(config(&chain.replace("period_seconds = 3", "period_seconds = 0")).is_err());
    assert!(config(&chain.replace("cdcd", "cd")).is_err());
    assert!(config("mail = 3").is_err());
    assert!(config("lisen = \"127.0.0.1:1\"").is_err());
}

#[test]
fn time_runs_fast_on_this_machine_alone() {
    let factor = |origin: &str, factor: &str| {
        let environment = variables(&[("ORIGIN", origin), ("CLOCK_FACTOR", factor)]);
        Config::from_sources(None, environment, Settings::default())
            .map(|config| config.clock_factor)
            .map_err(|error| error.to_string())
    };
    assert_eq!(Config::default().clock_factor, 1);
    for origin in ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:80"] {
        assert_eq!(factor(origin, "120"), Ok(120), "{origin}");
    }
    for (origin, number) in [
        ("https://mic.example", "2"),
        ("http://127.0.0.1.example", "2"),
        ("http://192.0.2.7", "2"),
        ("http://localhost", "0"),
        ("http://localhost", "100001"),
    ] {
        let refused = factor(origin, number);
        assert!(refused.as_ref().is_err_and(|it| it.starts_with("clock_factor")), "{refused:?}");
    }
    assert_eq!(factor("https://mic.example", "1"), Ok(1));
}

#[test]
fn a_password_is_never_printed() {
    let environment =
        variables(&[("MAIL_SERVER", "s"), ("MAIL_USER", "u"), ("MAIL_PASSWORD", "correct horse")]);
    let config = Config::from_sources(None, environment, Settings::default()).expect("complete");
    assert!(!format!("{config:?}").contains("horse"));
}
