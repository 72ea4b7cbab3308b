//! `serve`: the pages for the centre's people, and the probes, until it is told to stop.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use ledger_core::store::EventStore;
use serde_json::json;
use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::output;
use super::signals::Signals;
use crate::api::{A_MINUTE, News, Rates};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::http::{CertificateFiles, Probes, Server, router};
use crate::keeper::{Keeper, Looked};
use crate::metrics::Metrics;
use crate::names::Names;
use crate::pages::{PAGES_A_MINUTE, Pace, Searches, Site};
use crate::rebuilding::Rebuilds;
use crate::sign_in::passkeys::Passkeys;
use crate::sign_in::tries::{SecondTries, Tries};
use crate::taking::A_DAY;
use crate::wiring::{OpenLedger, open_sign_ins};
use crate::world::World;

/// Most events that a projection may lack, where nobody says otherwise.
const READY_LAG: u64 = 1_000;
/// Lists of invented people that an account takes out of the demo a day.
const OF_DEMO: NonZeroU32 = NonZeroU32::new(100).expect("above zero");

/// ブラウザで使う画面と稼働状況をHTTPで出し、集計を最新に保つ / the pages and the probes over HTTP
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger invite yamada --role admin     最初の管理者が入るためのリンク
  care-ledger serve                          http://127.0.0.1:8080/ をブラウザで開く
  care-ledger serve --listen 0.0.0.0:8443 --tls-certificate cert.pem --tls-key key.pem   HTTPSで直接
  care-ledger serve --behind-tls --url https://daicho.example   HTTPSの中継の後ろで
  care-ledger serve --without-pages          画面なし（鍵も不要）
  care-ledger serve --listen 127.0.0.1:9100 --ready-lag 100
  curl http://127.0.0.1:8080/readyz

パス / paths:
  /          画面（サインインが必要です） / the pages, for who signs in
  /healthz   動いていれば200 / the process is alive
  /readyz    台帳が応答し集計が最新なら200、それ以外は503と理由 / the ledger can be used, or why not
  /metrics   Prometheusの形式の数値（個人の情報は含みません） / numbers for Prometheus, nothing personal

止めるには Ctrl-C か SIGTERM を送ります。 / Ctrl-C or SIGTERM ends it.")]
pub(super) struct Args {
    /// Where to listen.
    #[arg(
        help = "待ち受けるアドレスとポート（0 は空いているポート） / address and port; 0 takes a free port",
        long,
        env = "CARE_LEDGER_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080",
        value_parser = address
    )]
    listen: SocketAddr,
    /// 集計がこの件数より遅れたら /readyz を503にする / most events that a projection may lack
    #[arg(
        long,
        env = "CARE_LEDGER_READY_LAG",
        value_name = "EVENTS",
        default_value_t = READY_LAG
    )]
    ready_lag: u64,
    /// 画面をHTTPSの中継を通して出す（Cookieを暗号化された通信に限る） / the pages are reached over HTTPS
    #[arg(long, env = "CARE_LEDGER_BEHIND_TLS")]
    behind_tls: bool,
    /// HTTPSで直接出すための証明書（PEM） / a certificate, to encrypt without anything in front
    #[arg(
        long,
        env = "CARE_LEDGER_TLS_CERTIFICATE",
        value_name = "FILE",
        requires = "tls_key",
        conflicts_with = "behind_tls"
    )]
    tls_certificate: Option<PathBuf>,
    /// 証明書の秘密鍵（PEM） / the certificate's private key
    #[arg(
        long,
        env = "CARE_LEDGER_TLS_KEY",
        value_name = "FILE",
        requires = "tls_certificate"
    )]
    tls_key: Option<PathBuf>,
    /// 画面のアドレス（リンクとパスキーに使う） / where people reach the pages, for links and passkeys
    #[arg(long, env = "CARE_LEDGER_URL", value_name = "URL", value_parser = url)]
    url: Option<String>,
    /// 一つのトークン（またはサインイン）が1分に使えるAPIの回数 / requests a minute of a token or session
    #[arg(
        long,
        env = "CARE_LEDGER_API_REQUESTS",
        value_name = "REQUESTS",
        default_value_t = A_MINUTE
    )]
    requests_a_minute: NonZeroU32,
    /// 一つのサインインが1分に開ける画面の数 / pages a minute of a session
    #[arg(
        long,
        env = "CARE_LEDGER_PAGES",
        value_name = "PAGES",
        default_value_t = PAGES_A_MINUTE
    )]
    pages_a_minute: NonZeroU32,
    /// 一人が1日に人に関する一覧を書き出せる回数 / lists about persons that an account takes out a day
    #[arg(
        long,
        env = "CARE_LEDGER_EXPORTS",
        value_name = "EXPORTS",
        default_value_t = A_DAY
    )]
    exports_a_day: NonZeroU32,
    /// 画面を出さず、稼働状況だけを示す（鍵が要らない） / the probes alone, without keys
    #[arg(long, conflicts_with = "behind_tls")]
    without_pages: bool,
}

impl Args {
    /// Everything by default but the address, and how often invented people may be taken along.
    pub(super) const fn at(listen: SocketAddr) -> Self {
        Self {
            listen,
            ready_lag: READY_LAG,
            behind_tls: false,
            tls_certificate: None,
            tls_key: None,
            url: None,
            requests_a_minute: A_MINUTE,
            pages_a_minute: PAGES_A_MINUTE,
            exports_a_day: OF_DEMO,
            without_pages: false,
        }
    }

    /// The certificate with which connections are encrypted here.
    fn certificate(&self) -> Option<CertificateFiles> {
        let files = self.tls_certificate.clone().zip(self.tls_key.clone());
        files.map(|(certificate, key)| CertificateFiles { certificate, key })
    }

    /// Whether browsers reach the pages over TLS.
    const fn is_over_tls(&self) -> bool {
        self.behind_tls || self.tls_certificate.is_some()
    }
}

/// The passkeys of the pages at an address; without a name in it there are none, which the settings say.
fn passkeys(url: &str) -> Option<Passkeys> {
    let passkeys = Passkeys::at(url);
    if let Err(error) = &passkeys {
        tracing::warn!(url, %error, "no passkeys: browsers give them to pages under a name");
    }
    passkeys.ok()
}

/// The address with a name at which this machine's own browsers reach the pages.
fn local(server: &Server) -> Option<String> {
    let address = server.address();
    let is_local = address.ip().is_loopback();
    is_local.then(|| format!("{}://localhost:{}", scheme(server), address.port()))
}

const fn scheme(server: &Server) -> &'static str {
    if server.is_encrypted() {
        "https"
    } else {
        "http"
    }
}

fn url(text: &str) -> Result<String, String> {
    let wrong = || "no address of pages, such as https://daicho.example".to_owned();
    let url = url::Url::parse(text).map_err(|_| wrong())?;
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let is_web = ["http", "https"].contains(&url.scheme()) && url.has_host();
    if is_web && is_bare {
        Ok(text.to_owned())
    } else {
        Err(wrong())
    }
}

pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    let read = text.parse();
    read.map_err(|_| "no address with a port, such as 127.0.0.1:8080 or [::1]:8080".to_owned())
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    // Heard from here on: who reads the address may stop the program at once.
    let signals = Signals::new().map_err(|error| signal_failure(&error))?;
    let server = Server::bind(args.listen).await?;
    let server = server.encrypted(args.certificate())?;
    let metrics = Metrics::new().map_err(|error| metrics_failure(&error))?;
    let observer = metrics.store.clone();
    let open = OpenLedger::open_observed(options, world, observer).await?;
    let open = open.holding();
    super::hints::elevated(&open, options.lang, world);
    let holder = (world.new_id)();
    let local = (!args.behind_tls).then(|| local(&server)).flatten();
    let url = args.url.clone().or(local);
    let open = Served::of(open, (args, url), options, world).await?;
    let said = say(&server, holder, options, world);
    let done = match said {
        Ok(()) => {
            let keeper = Keeper {
                store: Arc::clone(&open.ledger().store),
                views: open.ledger().views.clone(),
                clock: Arc::clone(&world.clock),
                metrics,
                holder,
            };
            let site = open.site();
            work(keeper, (server, site), args.ready_lag, (options, signals)).await
        },
        Err(failure) => Err(failure),
    };
    open.close().await;
    done.map(|()| Exit::Done)
}

/// What is open while it serves.
enum Served {
    /// The ledger alone.
    Probes(OpenLedger),
    /// The ledger with its keys, for the pages.
    Pages(Arc<Site>),
}

impl Served {
    async fn of(
        open: OpenLedger,
        (args, url): (&Args, Option<String>),
        options: &GlobalOptions,
        world: &World,
    ) -> Result<Self, Failure> {
        if args.without_pages {
            return Ok(Self::Probes(open));
        }
        let open = open.with_keys(options, world).await?;
        let sign_ins = match open_sign_ins(&open.open, options).await {
            Ok(sign_ins) => sign_ins,
            Err(failure) => {
                open.close().await;
                return Err(failure);
            },
        };
        Ok(Self::Pages(Arc::new(Site {
            open,
            sign_ins,
            tries: Tries::new(),
            second_tries: SecondTries::new(),
            removals: Mutex::default(),
            names: Names::default(),
            searches: Searches::default(),
            rates: Rates::new(args.requests_a_minute),
            pace: Pace::new(args.pages_a_minute),
            exports_a_day: args.exports_a_day,
            news: News::new(),
            rebuilds: Rebuilds::new(),
            clock: Arc::clone(&world.clock),
            random: Arc::clone(&world.random),
            new_id: Arc::clone(&world.new_id),
            behind_proxy: args.behind_tls,
            over_tls: args.is_over_tls(),
            passkeys: url.and_then(|url| passkeys(&url)),
            url: args.url.clone(),
        })))
    }

    fn ledger(&self) -> &OpenLedger {
        match self {
            Self::Probes(open) => open,
            Self::Pages(site) => &site.open.open,
        }
    }

    fn site(&self) -> Option<Arc<Site>> {
        match self {
            Self::Probes(_) => None,
            Self::Pages(site) => Some(Arc::clone(site)),
        }
    }

    /// Closes the ledger; everybody who answered from it has ended.
    async fn close(self) {
        match self {
            Self::Probes(open) => open.close().await,
            Self::Pages(site) => {
                if let Some(site) = Arc::into_inner(site) {
                    site.open.close().await;
                } else {
                    tracing::error!("a page is still being made");
                }
            },
        }
    }
}

/// Keeps and answers side by side until a signal comes, then ends both.
async fn work(
    keeper: Keeper,
    (server, site): (Server, Option<Arc<Site>>),
    lag_max: u64,
    (options, mut signals): (&GlobalOptions, Signals),
) -> Result<(), Failure> {
    let (stop, stopped) = watch::channel(false);
    let (looks, looked) = watch::channel(Looked::not_yet());
    let probes = Probes {
        looked,
        lag_max,
        metrics: keeper.metrics.clone(),
        lang: options.lang,
    };
    let mut tasks = JoinSet::new();
    if let Some(site) = site.clone() {
        let (looked, stopped) = (looks.subscribe(), stopped.clone());
        tasks.spawn(async move {
            let store = Arc::clone(&site.open.open.store);
            site.news.follow(store.as_ref(), looked, stopped).await;
        });
    }
    if let Some(held) = site.as_ref().and_then(|site| site.open.open.held.clone()) {
        let mut stopped = stopped.clone();
        tasks.spawn(async move {
            tokio::select! {
                () = held.forget() => {},
                _ = stopped.changed() => {},
            }
        });
    }
    if let Some(site) = site.clone() {
        let mut stopped = stopped.clone();
        tasks.spawn(async move {
            tokio::select! {
                () = site.searches.forget(site.clock.as_ref()) => {},
                _ = stopped.changed() => {},
            }
        });
    }
    if let Some(site) = site.clone() {
        let stopped = stopped.clone();
        tasks.spawn(async move {
            let open = &site.open.open;
            let store: &dyn EventStore = open.store.as_ref();
            let place = (store, &open.views);
            site.rebuilds.run(place, site.clock.as_ref(), stopped).await;
        });
    }
    tasks.spawn(keeper.run(looks, stopped.clone()));
    tasks.spawn(server.run(router(probes, site), stopped));
    // Neither ends by itself but by a fault of the program.
    let fault = tokio::select! {
        () = signals.stop() => false,
        _ = tasks.join_next() => true,
    };
    stop.send_replace(true);
    let mut fault = fault;
    while let Some(ended) = tasks.join_next().await {
        fault |= ended.is_err();
    }
    if fault {
        return Err(broken());
    }
    Ok(())
}

/// Says where the program listens; a reader that is gone is no reason to stop.
fn say(
    server: &Server,
    holder: Uuid,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let (address, scheme) = (server.address(), scheme(server));
    if !address.ip().is_loopback() && !server.is_encrypted() {
        output::note(
            world,
            options.lang.pick(
                "注意: この機械の外からも接続できます。通信は暗号化されません。",
                "note: other machines can connect, and nothing is encrypted",
            ),
        );
    }
    let said = if options.json {
        let value = json!({ "listening": format!("{scheme}://{address}"), "holder": holder });
        output::json_line(world, &value)
    } else {
        let (ja, en) = (
            format!(
                "待ち受けています: {scheme}://{address}\n稼働状況: /healthz /readyz /metrics\n使用権の番号: {holder}"
            ),
            format!(
                "listening on {scheme}://{address} \nprobes: /healthz /readyz /metrics\nlease holder: {holder}"
            ),
        );
        output::line(world, options.lang.pick(&ja, &en))
    };
    match said.and_then(|()| output::flush(world)) {
        Err(failure) if failure.code == output::CLOSED => Ok(()),
        other => other,
    }
}

fn signal_failure(error: &std::io::Error) -> Failure {
    Failure::failed(
        "SIGNALS_FAILED",
        format!("終了の合図を受け取る準備ができません（{error}）。"),
        format!("the signals that end the program cannot be heard ({error})"),
    )
}

fn metrics_failure(error: &dyn std::error::Error) -> Failure {
    Failure::failed(
        "METRICS_FAILED",
        format!("数値を集める準備ができません（{error}）。"),
        format!("the metrics cannot be set up ({error})"),
    )
}

fn broken() -> Failure {
    Failure::failed(
        "SERVE_FAILED",
        "プログラムの誤りで停止しました。",
        "a fault of the program stopped it",
    )
    .hint(
        "もう一度起動し、繰り返すときは CARE_LEDGER_LOG=info の記録を添えて知らせてください。",
        "start it again; if it happens again, report it with the log of CARE_LEDGER_LOG=info",
    )
}
