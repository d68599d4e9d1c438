// Feeds arbitrary bytes to the whole verifier: zip layout, manifests, signatures, statements, timestamps,
// JSON, checkpoint, history, proofs. The first byte chooses: as a file, or as the content of one entry of a
// bundle that is otherwise well built, so that what lies behind the zip is reached too.
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "bundle/EntryNames.h"
#include "bundle/ZipRecords.h"
#include "tickmark/bundle/Verifier.h"

namespace {

using namespace tickmark;
using namespace tickmark::bundle;

/// What every bundle has, then a second signatory, an archive timestamp and evidence.
std::vector<std::string_view> names() {
    std::vector<std::string_view> all(entry::required.begin(), entry::required.end());
    for (const std::string_view name :
         {"keys/root.pem", "data/evidence/audit/E-0001.v1.a", "META-INF/statement002.json",
          "META-INF/ASiCManifest002.xml", "META-INF/signature002.p7s", "META-INF/ASiCArchiveManifest001.xml",
          "META-INF/timestamp001.tst"})
        all.push_back(name);
    std::stable_sort(all.begin(), all.end(), entry::comesBefore);
    return all;
}

/// Everything that a verifier can bring, so that each check has something to do.
const VerifyOptions& everything() {
    static const VerifyOptions brought = [] {
        VerifyOptions options;
        options.threads = 1;
        options.required = {Requirement::Approval, Requirement::Acceptance, Requirement::Timestamp,
                            Requirement::Witness};
        options.witnesses.push_back(
            ledger::VerifierKey::of("witness.example", {}, ledger::KeyUse::Cosignature));
        options.previous.push_back({"earlier", "example.org/log\n1\n"});
        return options;
    }();
    return brought;
}

std::string wrapped(std::size_t chosen, const std::string& content) {
    std::string bytes;
    std::string directory;
    std::size_t count = 0;
    for (const std::string_view name : names()) {
        ZipEntry made;
        made.name = name;
        made.offset = bytes.size();
        const std::string data = count++ == chosen ? content : std::string(entry::mimetypeContent);
        made.size = made.packed = data.size();
        made.crc = static_cast<std::uint32_t>(crc32_z(0, viewOf(data).data(), data.size()));
        bytes += zip::localHeader(made) + data;
        directory += zip::centralRecord(made);
    }
    return bytes + directory + zip::endRecord({count, directory.size(), bytes.size()});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string rest(textOf(ByteView(data, size).subspan(1)));
    const std::size_t chosen = data[0] % (names().size() + 1);
    const std::string bytes = chosen == 0 ? rest : wrapped(chosen - 1, rest);
    static const int descriptor = ::memfd_create("bundle", MFD_CLOEXEC);
    if (::ftruncate(descriptor, 0) != 0 ||
        ::pwrite(descriptor, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        return 0;
    }
    const auto report = verifyBundle("/proc/self/fd/" + std::to_string(descriptor), everything());
    if (report && report->verdict == Verdict::Pass)
        throw std::logic_error("a bundle passed without an anchor");
    if (report && codec::canonicalJson(reportAsJson(*report)).empty()) throw std::logic_error("no report");
    if (report && reportAsText(*report).empty()) throw std::logic_error("no report");
    return 0;
}
