// tickmark bundle sign, timestamp, take-back: signatures and timestamps after the seal.
#include <optional>

#include "cli/Command.h"
#include "cli/Progress.h"
#include "tickmark/app/Signing.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/bundle/Appending.h"
#include "tickmark/crypto/Crl.h"
#include "tickmark/crypto/Timestamp.h"
#include "tickmark/crypto/Token.h"
#include "tickmark/outbound/TimestampClient.h"

namespace tickmark::cli {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t smallFileCap = 1024 * 1024;

/// Where a time-stamp authority is and by which root it is believed, for commands that need no server.
struct AuthorityOptions {
    std::string url{};
    fs::path anchor{};
    fs::path tlsRoots{};
};

struct SignOptions {
    fs::path file{};
    fs::path output{};
    fs::path key{};
    fs::path certificate{};
    std::string token{};
    fs::path module{};
    fs::path passphrase{};
    std::string role{"lead-auditor"};
    std::string decision{};
    std::string comment{};
    std::string name{};
    std::vector<fs::path> crls{};
    std::vector<fs::path> anchors{};
    AuthorityOptions authority{};
};

Result<std::vector<Bytes>> listsOf(const std::vector<fs::path>& files) {
    std::vector<Bytes> lists;
    for (const fs::path& file : files) {
        TM_TRY(const std::string content, archive::readSmallFile(file, smallFileCap));
        auto list = crypto::crlFromFile(viewOf(content));
        if (!list) {
            Error error = std::move(list).error();
            error.field = file.string();
            return error;
        }
        lists.push_back(*std::move(list));
    }
    return lists;
}

Result<crypto::TrustAnchors> anchorsOf(const fs::path& file) {
    crypto::TrustAnchors anchors;
    if (file.empty()) return anchors;
    TM_TRY(const std::string pem, archive::readSmallFile(file, smallFileCap));
    TM_TRY(anchors.certificates, crypto::Certificate::allFromPem(pem));
    return anchors;
}

Result<crypto::TrustAnchors> allAnchors(const fs::path& first, const std::vector<fs::path>& more) {
    TM_TRY(auto anchors, anchorsOf(first));
    for (const fs::path& file : more) {
        TM_TRY(const auto further, anchorsOf(file));
        anchors.certificates.insert(anchors.certificates.end(), further.certificates.begin(),
                                    further.certificates.end());
    }
    return anchors;
}

Result<bundle::AskTimestamp> authorityOf(const AuthorityOptions& options) {
    if (options.url.empty()) return bundle::AskTimestamp{};
    TM_TRY(auto anchors, anchorsOf(options.anchor));
    outbound::TimestampAuthority authority;
    authority.url = options.url;
    authority.caFile = options.tlsRoots.string();
    return bundle::AskTimestamp([authority = std::move(authority),
                                 anchors = std::move(anchors)](const Digest& imprint) -> Result<Bytes> {
        TM_TRY(const auto request, crypto::makeTimestampRequest(imprint));
        TM_TRY(const Bytes response, outbound::requestTimestamp(authority, request.der));
        TM_TRY(const Bytes raw, crypto::tokenFromResponse(response, request));
        TM_TRY(Bytes token, crypto::tidyToken(raw, anchors));
        const auto report = crypto::checkTimestamp(token, imprint, anchors, {});
        if (report.trusted() || (anchors.empty() && report.onlyUnanchored())) return token;
        return refused("timestamp-untrusted",
                       "The authority's answer cannot be used: " +
                           (report.problems.empty() ? "it names no time." : report.problems.front().message),
                       "Compare --tsa-anchor with the authority's own root.");
    });
}

Result<crypto::SigningKey> tokenKeyOf(const SignOptions& options) {
    crypto::TokenAddress address{options.token, options.module.string(), {}};
    if (!options.certificate.empty()) {
        TM_TRY(address.certificatesPem, archive::readSmallFile(options.certificate, smallFileCap));
    }
    TM_TRY(const Secret pin, secretFrom(options.passphrase, "PIN of the token", false));
    return crypto::openTokenKey(address, pin);
}

Result<crypto::SigningKey> keyOf(const SignOptions& options) {
    const bool onToken = !options.token.empty();
    if (onToken == !options.key.empty()) {
        return invalid("key", "--key", "Name one key: --key FILE or --token URI.",
                       "A PKCS#12 or PEM file, or a PKCS#11 token.");
    }
    if (onToken) return tokenKeyOf(options);
    TM_TRY(const std::string content, archive::readSmallFile(options.key, smallFileCap));
    const bool pem = content.find("-----BEGIN") != std::string::npos;
    const bool open = pem && content.find("ENCRYPTED") == std::string::npos;
    Secret secret;
    if (!open) {
        TM_TRY(secret, secretFrom(options.passphrase, "Passphrase of the key", false));
    }
    if (!pem) return crypto::SigningKey::fromPkcs12(viewOf(content), secret);
    if (options.certificate.empty()) {
        return invalid("key", "--certificate", "A PEM key needs its certificate.",
                       "Name the PEM file of the certificate and its chain with --certificate.");
    }
    TM_TRY(const std::string chain, archive::readSmallFile(options.certificate, smallFileCap));
    return crypto::SigningKey::fromPem(content, chain, secret);
}

Result<bundle::SignerStatement> statementOf(const SignOptions& options, const crypto::SigningKey& key) {
    bundle::SignerStatement statement;
    const bool lead = options.role == "lead-auditor";
    statement.role = lead ? bundle::SignatoryRole::LeadAuditor : bundle::SignatoryRole::CertificationAuditor;
    statement.decision = options.decision == "rejected"   ? bundle::Decision::Rejected
                         : options.decision == "accepted" ? bundle::Decision::Accepted
                                                          : bundle::Decision::Approved;
    if (options.decision.empty() && !lead) {
        return invalid("statement", "--decision", "A certification auditor accepts or rejects.",
                       "Add --decision accepted, or --decision rejected with --comment.");
    }
    statement.comment = options.comment;
    statement.name = options.name.empty() ? key.certificate().commonName() : options.name;
    return statement;
}

std::string sentences(const bundle::AppendedBundle& made) {
    std::string text;
    for (const std::string& sentence : made.done) text += sentence + "\n";
    if (made.untimed)
        text += "It has no timestamp: " + made.untimed->message + "\n" + made.untimed->fix + "\n";
    return text;
}

void printMade(Program& program, const fs::path& output, const bundle::AppendedBundle& made) {
    codec::Json done = codec::Json::array();
    for (const std::string& sentence : made.done) done.push(sentence);
    codec::Json json;
    json.set("file", output.string()).set("sha256", made.digest.hex()).set("size", made.size);
    json.set("done", std::move(done));
    if (made.untimed) json.set("no_timestamp", made.untimed->message);
    print(program, json, sentences(made) + output.string() + "\nSHA-256 " + made.digest.hex());
}

std::function<bool(std::uint64_t, std::uint64_t)> shownBy(Progress& bar) {
    return [&bar](std::uint64_t done, std::uint64_t total) {
        bar.show(done, total);
        return true;
    };
}

Outcome sign(Program& program, const SignOptions& options) {
    TM_TRY(const auto state, bundle::readSigningState(options.file));
    TM_TRY(const auto key, keyOf(options));
    TM_TRY(const auto statement, statementOf(options, key));
    TM_CHECK(bundle::mayFollow(state, statement));
    bundle::AppendOptions append;
    TM_TRY(append.crls, listsOf(options.crls));
    TM_TRY(append.timestamp, authorityOf(options.authority));
    TM_TRY(append.anchors, allAnchors(options.authority.anchor, options.anchors));
    Progress bar("Signing");
    append.progress = shownBy(bar);
    const fs::path output = options.output.empty() ? options.file : options.output;
    TM_TRY(const auto made,
           bundle::signBundle(options.file, output, statement, key, SystemClock().now(), append));
    printMade(program, output, made);
    return 0;
}

struct TimestampOptions {
    fs::path file{};
    fs::path output{};
    std::string level{"LT"};
    std::vector<fs::path> crls{};
    std::vector<std::string> crlUrls{};
    std::vector<fs::path> anchors{};
    AuthorityOptions authority{};
    bool pending = false;
};

bundle::WantedLevel wantedLevel(const std::string& text) {
    if (text == "T") return bundle::WantedLevel::T;
    return text == "LTA" ? bundle::WantedLevel::LTA : bundle::WantedLevel::LT;
}

Outcome timestampWaiting(Program& program) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const auto pending, app::timestampPending(*context, machineOwner()));
    codec::Json rows = codec::Json::array();
    std::string text;
    bool waits = false;
    for (const auto& one : pending) {
        codec::Json row;
        row.set("bundle", one.ref.text()).set("level", one.level);
        text += one.ref.text() + "  level " + one.level;
        if (one.error) {
            row.set("error", one.error->message);
            text += "  still waits: " + one.error->message;
            waits = true;
        }
        rows.push(std::move(row));
        text += "\n";
    }
    if (pending.empty()) text = "No bundle waits for a timestamp.\n";
    print(program, rows, text);
    return waits ? 1 : 0;
}

Outcome timestamp(Program& program, const TimestampOptions& options) {
    if (options.pending) return timestampWaiting(program);
    if (options.file.empty()) {
        return invalid("file", "file", "Name the bundle's file, or say --pending for all of the catalog.");
    }
    bundle::AppendOptions append;
    TM_TRY(append.timestamp, authorityOf(options.authority));
    if (!append.timestamp) {
        return invalid("url", "--url", "Name the time-stamp authority.",
                       "Write it like --url http://tsa.example/tsr.");
    }
    TM_TRY(append.crls, listsOf(options.crls));
    for (const std::string& url : options.crlUrls) {
        TM_TRY(const Bytes fetched, outbound::fetchCrl(url));
        TM_TRY(auto list, crypto::crlFromFile(fetched));
        append.crls.push_back(std::move(list));
    }
    TM_TRY(append.anchors, allAnchors(options.authority.anchor, options.anchors));
    Progress bar("Timestamping");
    append.progress = shownBy(bar);
    const fs::path output = options.output.empty() ? options.file : options.output;
    TM_TRY(const auto made,
           bundle::timestampBundle(options.file, output, wantedLevel(options.level), append));
    printMade(program, output, made);
    return 0;
}

struct TakeBackOptions {
    std::string account{};
    std::string ref{};
    fs::path file{};
};

Outcome takeBack(Program& program, const TakeBackOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    TM_TRY(const auto bundle,
           app::takeSignedBundle(*context, actor, domain::BundleRef(options.ref), options.file));
    codec::Json json;
    json.set("bundle", bundle.ref.text()).set("level", bundle.level).set("sha256", bundle.digest.hex());
    json.set("signatures", bundle.signatures.size());
    print(program, json,
          "Took back " + bundle.ref.text() + ": " + std::to_string(bundle.signatures.size()) +
              " signatures, level " + bundle.level + "\nSHA-256 " + bundle.digest.hex() + "\n");
    return 0;
}

void describeAuthority(CLI::App* command, AuthorityOptions& authority) {
    command->add_option("--url", authority.url, "Time-stamp authority (RFC 3161 over HTTP or HTTPS)");
    command->add_option("--tsa-anchor", authority.anchor, "PEM file with the authority's root");
    command->add_option("--tls-roots", authority.tlsRoots,
                        "PEM file with roots for https (default: the system's)");
}

void describeSign(CLI::App* command, const std::shared_ptr<SignOptions>& options) {
    command->add_option("file", options->file, "The bundle's file")->required();
    command->add_option("--out", options->output,
                        "Write there (default: in place, as a whole or not at all)");
    command->add_option("--key", options->key, "PKCS#12 or PEM file with your key");
    command->add_option("--certificate", options->certificate, "PEM file with its certificate and chain");
    command->add_option("--token", options->token, "PKCS#11 URI of your key (RFC 7512)");
    command->add_option("--module", options->module, "PKCS#11 module (default: p11-kit's)");
    command->add_option("--passphrase-file", options->passphrase, "File whose first line opens the key");
    command->add_option("--role", options->role, "lead-auditor or certification-auditor")
        ->check(CLI::IsMember({"lead-auditor", "certification-auditor"}));
    command->add_option("--decision", options->decision, "approved, accepted or rejected")
        ->check(CLI::IsMember({"approved", "accepted", "rejected"}));
    command->add_option("--comment", options->comment, "What you say with it; needed to reject");
    command->add_option("--name", options->name, "Your name (default: the certificate's)");
    command->add_option("--crl", options->crls, "Revocation list for your certificate; may be repeated");
    command->add_option("--anchor", options->anchors,
                        "PEM file with the root that your certificate leads to; needed to embed a list");
    describeAuthority(command, options->authority);
}

}  // namespace

void addBundleSigning(CLI::App& group, Program& program) {
    auto signing = std::make_shared<SignOptions>();
    describeSign(addCommand(group, program, "sign", "Sign a bundle with your own key, without a server",
                            signing, sign),
                 signing);
    auto stamping = std::make_shared<TimestampOptions>();
    CLI::App* command =
        addCommand(group, program, "timestamp", "Add a timestamp to a bundle, or to all that wait for one",
                   stamping, timestamp);
    command->add_option("file", stamping->file, "The bundle's file; no server is needed");
    command->add_option("--out", stamping->output, "Write there (default: in place)");
    command->add_option("--level", stamping->level, "T, LT or LTA")->check(CLI::IsMember({"T", "LT", "LTA"}));
    command->add_option("--crl", stamping->crls, "Revocation list to embed; may be repeated");
    command->add_option("--crl-url", stamping->crlUrls,
                        "Fetch a revocation list from there; may be repeated");
    command->add_option("--anchor", stamping->anchors, "PEM file with roots or intermediates of the signers");
    command->add_flag("--pending", stamping->pending, "All sealed bundles of the catalog that lack one");
    describeAuthority(command, stamping->authority);
    auto taking = std::make_shared<TakeBackOptions>();
    command = addCommand(group, program, "take-back", "Take a bundle back that was signed elsewhere", taking,
                         takeBack);
    command->add_option("bundle", taking->ref, "Reference of the bundle")->required();
    command->add_option("file", taking->file, "The signed file")->required();
    command->add_option("--as", taking->account, "Account that hands it back")->required();
}

}  // namespace tickmark::cli
