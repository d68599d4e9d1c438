// Requests, files, what is withheld, and how to check all of it.
#include "bundle/ReportPageParts.h"

namespace tickmark::bundle::page {
namespace {

void fileItem(Markup& out, std::string_view link, std::string_view text) {
    out.open("li").element("a", text, " href=\"" + escaped(link) + "\"").close("li");
}

}  // namespace

void requests(Writing& writing) {
    if (writing.content.requests.empty()) return;
    Markup& out = writing.out;
    out.element("h2", "Requests for evidence");
    openTable(out, {"Request", "Text", "State", "Due", "Evidence"});
    for (const auto* request : inOrderOfReference(writing.content.requests)) {
        std::vector<std::string> names;
        for (const auto version : request->evidence) names.push_back(writing.index.versionName(version));
        out.open("tr");
        cell(out, "Request", request->ref.text());
        cell(out, "Text", request->text);
        cell(out, "State", titleOf(request->state));
        cell(out, "Due", dayOf(request->due));
        cell(out, "Evidence", joined(names));
        out.close("tr");
    }
    closeTable(out);
}

void evidence(Writing& writing) {
    std::vector<domain::EvidenceVersionId> present;
    std::vector<domain::EvidenceVersionId> withheld;
    for (const auto* version : writing.index.versionsInOrder()) {
        (writing.index.path(version->id) != nullptr ? present : withheld).push_back(version->id);
    }
    Markup& out = writing.out;
    out.element("h2", "Evidence in the bundle (" + std::to_string(present.size()) + ")");
    if (present.empty()) {
        out.element("p", "The bundle contains no evidence file.");
    } else {
        out.element("p", "The links open the files once the bundle is unpacked.");
        evidenceRows(writing, present);
    }
    if (withheld.empty()) return;
    out.element("h2", "Withheld files (" + std::to_string(withheld.size()) + ")");
    out.element(
        "p",
        "These files belong to what the bundle speaks of and are not in it. Their digests and sizes are, "
        "so that a copy handed over later can be compared.");
    evidenceRows(writing, withheld);
}

void howToVerify(Writing& writing) {
    Markup& out = writing.out;
    out.element("h2", "How to verify");
    out.element(
        "p",
        "This page proves nothing by itself: whoever changes the bundle can change the page. What counts is "
        "the signature over the whole file.");
    out.open("ol", " class=\"steps\"");
    out.element("li",
                "Ask " + writing.content.organisation +
                    " for the fingerprint of its root certificate, by telephone or on paper, not from the "
                    "bundle.");
    out.open("li").element("span", "Check the file as you received it, before unpacking:");
    out.open("pre").element("code", "tickmark-verify " + writing.content.bundle.ref.text() +
                                        ".evidence.zip --fingerprint SHA256:…");
    out.close("pre").close("li");
    out.open("li").element("span", "Without that program, unpack the file and follow");
    out.element("a", "README-VERIFY.txt", " href=\"../README-VERIFY.txt\"");
    out.element("span",
                "with sha256sum and OpenSSL. The commands prove the listed files; only a verifier notices "
                "an extra one.");
    out.close("li");
    out.element("li",
                "Read the four statements: intact (no byte differs), authentic (who signed), complete (every "
                "expected file is present or withheld), in the log.");
    out.close("ol").element("p", "The same content for programs:").open("ul");
    fileItem(out, "manifest.json", "manifest.json, everything on this page");
    fileItem(out, "oscal/assessment-results.json", "OSCAL assessment results");
    fileItem(out, "oscal/poam.json", "OSCAL plan of action and milestones");
    fileItem(out, "audit-trail/entries.jsonl",
             "the audit trail of what the bundle covers, one log entry a line");
    out.close("ul");
}

}  // namespace tickmark::bundle::page
