#include "cli/BundleAppending.h"

#include <utility>

#include "tickmark/app/Authority.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/crypto/Crl.h"

namespace tickmark::cli {
namespace {

namespace fs = std::filesystem;

Result<crypto::TrustAnchors> anchorsOf(const fs::path& file) {
    crypto::TrustAnchors anchors;
    if (file.empty()) return anchors;
    TM_TRY(const std::string pem, archive::readSmallFile(file, signingFileCap));
    TM_TRY(anchors.certificates, crypto::Certificate::allFromPem(pem));
    return anchors;
}

std::string sentences(const bundle::AppendedBundle& made) {
    std::string text;
    for (const std::string& sentence : made.done) text += sentence + "\n";
    if (made.untimed)
        text += "It has no timestamp: " + made.untimed->message + "\n" + made.untimed->fix + "\n";
    return text;
}

}  // namespace

void describeAuthority(CLI::App* command, AuthorityOptions& authority) {
    command->add_option("--url", authority.url, "Time-stamp authority (RFC 3161 over HTTP or HTTPS)");
    command->add_option("--tsa-anchor", authority.anchor, "PEM file with the authority's root");
    command->add_option("--tls-roots", authority.tlsRoots,
                        "PEM file with roots for https (default: the system's)");
}

Result<std::vector<Bytes>> listsOf(const std::vector<fs::path>& files) {
    std::vector<Bytes> lists;
    for (const fs::path& file : files) {
        TM_TRY(const std::string content, archive::readSmallFile(file, signingFileCap));
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
    return app::askAuthority(std::move(authority), std::move(anchors),
                             "Compare --tsa-anchor with the authority's own root.");
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

void addBundleSigning(CLI::App& group, Program& program) {
    addBundleSign(group, program);
    addBundleTimestamp(group, program);
    addBundleTakeBack(group, program);
}

}  // namespace tickmark::cli
