// tickmark bundle sign: with one's own key, without a server.
#include "cli/BundleAppending.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/crypto/Token.h"

namespace tickmark::cli {
namespace {

namespace fs = std::filesystem;

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

Result<crypto::SigningKey> tokenKeyOf(const SignOptions& options) {
    crypto::TokenAddress address{options.token, options.module.string(), {}};
    if (!options.certificate.empty()) {
        TM_TRY(address.certificatesPem, archive::readSmallFile(options.certificate, signingFileCap));
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
    TM_TRY(const std::string content, archive::readSmallFile(options.key, signingFileCap));
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
    TM_TRY(const std::string chain, archive::readSmallFile(options.certificate, signingFileCap));
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

void addBundleSign(CLI::App& group, Program& program) {
    auto signing = std::make_shared<SignOptions>();
    describeSign(addCommand(group, program, "sign", "Sign a bundle with your own key, without a server",
                            signing, sign),
                 signing);
}

}  // namespace tickmark::cli
