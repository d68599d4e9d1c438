#include "bundle/DigestList.h"

#include <optional>

#include "bundle/EntryNames.h"

namespace tickmark::bundle {
namespace {

std::string xmlHead(const ManifestOf& of) {
    const entry::MetaName proof{of.archive ? entry::MetaKind::Timestamp : entry::MetaKind::Signature,
                                of.number};
    std::string head =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" "
        "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n"
        "<asic:SigReference URI=\"";
    head.append(entry::nameOf(proof)).append("\" MimeType=\"");
    head.append(of.archive ? "application/vnd.etsi.timestamp-token" : "application/pkcs7-signature");
    return head.append("\"/>\n");
}

constexpr std::string_view xmlFoot = "</asic:ASiCManifest>\n";
constexpr std::string_view beforeUri = "<asic:DataObjectReference URI=\"";
constexpr std::string_view beforeDigest =
    "\"><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>";
constexpr std::string_view afterDigest = "</ds:DigestValue></asic:DataObjectReference>";

bool isUnreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~' || c == '/';
}

std::string uriOf(std::string_view name) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri;
    for (const char c : name) {
        if (isUnreserved(c)) {
            uri += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        uri += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return uri;
}

std::optional<unsigned> hexDigit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
    return std::nullopt;
}

// Needs to be right only for what uriOf() writes: the caller writes the whole again and compares.
std::string nameOf(std::string_view uri) {
    std::string name;
    for (std::size_t i = 0; i < uri.size(); ++i) {
        const auto high = uri[i] == '%' && i + 2 < uri.size() ? hexDigit(uri[i + 1]) : std::nullopt;
        const auto low = high ? hexDigit(uri[i + 2]) : std::nullopt;
        if (!low) {
            name += uri[i];
            continue;
        }
        name += static_cast<char>(*high * 16U + *low);
        i += 2;
    }
    return name;
}

/// Takes `expected` off the front; false when it does not stand there.
bool skip(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

/// Takes what stands before `end`, and `end` itself.
std::optional<std::string_view> until(std::string_view& text, std::string_view end) {
    const auto place = text.find(end);
    if (place == std::string_view::npos) return std::nullopt;
    const std::string_view found = text.substr(0, place);
    text.remove_prefix(place + end.size());
    return found;
}

Error badLine(const char* type, std::size_t line, const std::string& what) {
    return invalid(type, "line " + std::to_string(line), what);
}

struct Reference {
    std::string name{};
    Digest digest{};
};

std::optional<Reference> readReference(std::string_view line) {
    if (!skip(line, beforeUri)) return std::nullopt;
    const auto uri = until(line, beforeDigest);
    const auto value = uri ? until(line, afterDigest) : std::nullopt;
    if (!value || !line.empty()) return std::nullopt;
    const auto bytes = fromBase64(*value);
    if (!bytes) return std::nullopt;
    const auto digest = Digest::fromBytes(*bytes);
    if (!digest) return std::nullopt;
    return Reference{nameOf(*uri), *digest};
}

}  // namespace

std::string bagManifest(const DigestList& files) {
    std::string text;
    for (const auto& [name, digest] : files) text.append(digest.hex()).append("  ").append(name).append("\n");
    return text;
}

Result<DigestList> parseBagManifest(std::string_view text) {
    DigestList files;
    std::size_t number = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        ++number;
        auto line = until(rest, "\n");
        if (!line) return badLine("bag-manifest", number, "The last line does not end with a line feed.");
        if (line->size() < 67 || line->substr(64, 2) != "  ") {
            return badLine("bag-manifest", number, "A line must be a digest, two spaces and a name.");
        }
        const auto digest = Digest::parse(line->substr(0, 64));
        if (!digest) return badLine("bag-manifest", number, "The digest is not 64 lower-case hex digits.");
        if (!files.emplace(line->substr(66), *digest).second) {
            return badLine("bag-manifest", number, "A name stands twice.");
        }
    }
    if (bagManifest(files) != text) {
        return badLine("bag-manifest", number, "The lines are not in ascending order of names.");
    }
    return files;
}

std::string asicManifest(const DigestList& files, const ManifestOf& of) {
    std::string xml = xmlHead(of);
    for (const auto& [name, digest] : files) {
        xml.append(beforeUri).append(uriOf(name)).append(beforeDigest);
        xml.append(toBase64(digest.bytes())).append(afterDigest).append("\n");
    }
    return xml.append(xmlFoot);
}

Result<DigestList> parseAsicManifest(std::string_view text, const ManifestOf& of) {
    constexpr auto type = "asic-manifest";
    std::string_view rest = text;
    if (!skip(rest, xmlHead(of)))
        return badLine(type, 1, "The first three lines are not the canonical ones.");
    DigestList files;
    std::size_t number = 3;
    while (rest != xmlFoot) {
        ++number;
        const auto line = until(rest, "\n");
        if (!line) return badLine(type, number, "The manifest does not end with its closing line.");
        const auto reference = readReference(*line);
        if (!reference) return badLine(type, number, "The line is not a canonical reference.");
        if (!files.emplace(reference->name, reference->digest).second) {
            return badLine(type, number, "A name stands twice.");
        }
    }
    if (asicManifest(files, of) != text) {
        return badLine(type, number, "The references are not canonical or not in ascending order of names.");
    }
    return files;
}

}  // namespace tickmark::bundle
