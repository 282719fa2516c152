//! OpenSSL: certificates with dates of our choice, and a server whose alerts are those of most servers out there.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use rcgen::KeyPair;
use tempfile::TempDir;

use super::certificates::{Authority, Issued};

/// An authority whose certificates may begin and end at any time.
pub struct OpensslAuthority {
    folder: TempDir,
    pub pem: String,
}

const SETTINGS: &str = "\
[ca]\ndefault_ca = authority\n\
[authority]\ndatabase = index.txt\nnew_certs_dir = .\npolicy = any\ndefault_md = sha256\nrand_serial = yes\n\
[any]\ncommonName = supplied\n\
[server]\nsubjectAltName = IP:127.0.0.1,DNS:localhost\nextendedKeyUsage = serverAuth\n\
[client]\nbasicConstraints = CA:FALSE\nextendedKeyUsage = clientAuth\n";

impl OpensslAuthority {
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path();
        fs::write(path.join("settings"), SETTINGS).expect("a file");
        fs::write(path.join("index.txt"), "").expect("a file");
        openssl(path, "ecparam -genkey -name prime256v1 -noout -out authority.key");
        openssl(path, "req -x509 -new -key authority.key -subj /CN=OpenSSL-Authority -days 30 -out authority.pem");
        let pem = fs::read_to_string(path.join("authority.pem")).expect("the authority");
        Self { folder, pem }
    }

    /// A certificate for a "server" or a "client", valid between two moments such as `20200101000000Z`.
    pub fn issue(&self, purpose: &str, name: &str, from: &str, until: &str) -> Issued {
        let path = self.folder.path();
        openssl(path, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out leaf.key");
        openssl(path, &format!("req -new -key leaf.key -subj /CN={name} -out leaf.csr"));
        openssl(
            path,
            &format!(
                "ca -batch -notext -config settings -extensions {purpose} -cert authority.pem -keyfile authority.key \
                 -startdate {from} -enddate {until} -in leaf.csr -out leaf.pem"
            ),
        );
        let read = |name: &str| fs::read_to_string(path.join(name)).expect("a file");
        Issued { chain_pem: read("leaf.pem"), key: KeyPair::from_pem(&read("leaf.key")).expect("a key") }
    }
}

fn openssl(folder: &Path, arguments: &str) {
    let output = Command::new("openssl")
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("the command openssl, which the setup installs");
    assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
}

/// `openssl s_server`, which demands a client certificate.
pub struct OpensslServer {
    process: Child,
    _folder: TempDir,
    pub port: u16,
}

impl OpensslServer {
    /// `version` is `-tls1_2` or `-tls1_3`; the client certificates are to be of the authority `clients` (PEM).
    pub fn start(server: &Issued, clients: &str, version: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
        write("server.pem", &server.chain_pem);
        write("server.key", &server.key.serialize_pem());
        write("clients.pem", clients);
        let arguments = "s_server -accept 127.0.0.1:0 -cert server.pem -key server.key -CAfile clients.pem -Verify 3 \
                         -verify_return_error -www";
        let mut process = Command::new("openssl")
            .args(arguments.split_whitespace())
            .arg(version)
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command openssl, which the setup installs");
        let lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let ready = lines.map_while(Result::ok).find(|line| line.starts_with("ACCEPT")).expect("a port");
        let port = ready.rsplit(':').next().and_then(|port| port.trim().parse().ok()).expect("a number");
        Self { process, _folder: folder, port }
    }

    pub fn https(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }
}

impl Drop for OpensslServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A server with a certificate of `authority`, which demands one of `clients`.
pub fn demanding(authority: &Authority, clients: &str, version: &str) -> OpensslServer {
    OpensslServer::start(&authority.server(), clients, version)
}
